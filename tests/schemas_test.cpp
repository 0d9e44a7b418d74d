// SPDX-License-Identifier: MIT
// A schema never contradicts `lint`: an editor may know less, and must not complain of what lint takes.
#include <doctest/doctest.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/catalog.hpp"
#include "catalog/json_schema.hpp"
#include "catalog/value_type.hpp"
#include "json_schema.hpp"
#include "load/config_keys.hpp"
#include "load/site_keys.hpp"
#include "workbench.hpp"

using dectprov::Catalog;
using dectprov::EntryId;
using dectprov::Key;
using dectprov::Kind;

namespace {

json_schema::Json schema_of(const char* kind) {
    const workbench::CommandResult outcome = workbench::run({"schema", kind});
    REQUIRE(outcome.status == 0);
    return json_schema::Json::parse(outcome.out);
}

std::string problems_of(const json_schema::Json& schema, const std::string& yaml) {
    std::string all;
    for (const std::string& one :
         json_schema::Validator(schema).problems(json_schema::from_yaml(YAML::Load(yaml))))
        all += one + '\n';
    return all;
}

// How lint takes a description: whether it finds no error.
bool is_accepted(const std::string& description) {
    workbench::write("site.yaml", description);
    return workbench::run({"lint", "site.yaml"}).status == 0;
}

bool is_accepted_config(const std::string& config) {
    workbench::write(".dectprov.yaml", config);
    workbench::write("0013d1800032-users.xml", "<users><user><username>7</username></user></users>\n");
    return workbench::run({"lint", "--exit-zero", "."}).status == 0;
}

// What people write behind a key, of every shape, and as a text in quotes, which is the same text.
constexpr auto values =
    std::to_array<std::string_view>({"",
                                     "true",
                                     "false",
                                     "\"true\"",
                                     "\"false\"",
                                     "off",
                                     "\"off\"",
                                     "null",
                                     "~",
                                     "3",
                                     "\"3\"",
                                     "-3",
                                     "0123",
                                     "\"0123\"",
                                     "1e3",
                                     "2024",
                                     "6500",
                                     "\"6500\"",
                                     "vso",
                                     "overwrite",
                                     "merge",
                                     "\"merge\"",
                                     "auto",
                                     "\"auto\"",
                                     "PCS20Ba",
                                     "error",
                                     "\"error\"",
                                     "a b",
                                     "\"\"",
                                     "[]",
                                     "{}",
                                     "[a]",
                                     "[1, 2]",
                                     "[\"1\", \"2\"]",
                                     "[cucm]",
                                     "[\"cucm\"]",
                                     "[~]",
                                     "[6500, vso]",
                                     "[\"6500\"]",
                                     "[\"${env:A}\", B]",
                                     "{a: 1}",
                                     "{version: 1}",
                                     "{version: }",
                                     "{kws: }",
                                     "{kws: {version: PCS20Ba 90198}}",
                                     "{kws: {version: }}",
                                     "{100: }",
                                     "{100: {version: auto}}",
                                     "{\"100\": {version: \"3\", settings: }}",
                                     "{100: {version: 3, settings: {ringing_volume: {volume: 3}}}}",
                                     "[{username: \"7\"}]",
                                     "[{username: 7, ipei: }]",
                                     "[{username: 7, displayname: 5, disabled: \"true\"}]",
                                     "{provisioning: {check: {interval: 60}}}",
                                     "{sip: {dtmf: }, newer: {x: 1}}",
                                     "{suota: {newer: 1}, provisioning: \"\"}",
                                     "0013d1800032",
                                     "\"00:13:d1:80:00:33\""});

// Counts what both take, what both refuse, and what lint alone refuses; the fourth must not be.
struct Tally {
    int both_take = 0;
    int both_refuse = 0;
    int lint_refuses = 0;

    void add(const json_schema::Json& schema, const std::string& yaml, bool accepted) {
        const std::string problems = problems_of(schema, yaml);
        CHECK_MESSAGE((!accepted || problems.empty()), yaml, "\n", problems);
        ++(accepted ? both_take : problems.empty() ? lint_refuses : both_refuse);
    }
    // So that a schema that takes anything, or a test that tries nothing, is noticed.
    void check() const {
        CHECK(both_take > 50);
        CHECK(both_refuse > 50);
        CHECK(both_refuse > lint_refuses);
    }
};

// A description with one key in its server, or in `defaults`.
std::string server_with(std::string_view key, std::string_view value, bool in_defaults = false) {
    std::string text = "dectprov: 1\nservers:\n  -\n";
    const auto line = [&](std::string_view name, std::string_view plain) {
        if (name != key) text += "    " + std::string(name) + ": " + std::string(plain) + "\n";
    };
    line("model", "6500");
    if (key != "uuid") line("mac", "00:13:d1:80:00:32");
    line("settings",
         "{provisioning: {check: {interval: 60}, users: {check: true}, cota: {check: true}, firmware: {kws: "
         "k.bin}}}");
    line("users", "[{username: \"7\"}]");
    line("handset_groups", "{7: {version: 1, settings: {}}}");
    const std::string pair = std::string(key) + ": " + std::string(value);
    return in_defaults ? text + "defaults: {" + pair + "}\n" : text + "    " + pair + "\n";
}

}  // namespace

TEST_CASE("the schema of site descriptions takes what lint takes: every key of a server with every shape") {
    const workbench::Folder folder;
    const json_schema::Json schema = schema_of("site");
    Tally tally;
    for (const Key& key : dectprov::server_keys()) {
        for (const std::string_view value : values) {
            const std::string yaml = server_with(key.name, value);
            tally.add(schema, yaml, is_accepted(yaml));
            if (!key.everywhere) continue;
            const std::string layered = server_with(key.name, value, true);
            tally.add(schema, layered, is_accepted(layered));
        }
    }
    tally.check();
}

TEST_CASE("the schema of site descriptions takes what lint takes: at the top, in groups, tables and files") {
    const workbench::Folder folder;
    workbench::write("users.csv", "username\n7\n");
    workbench::write("a", "dectprov: 1\n");
    workbench::write("1", "dectprov: 1\n");
    workbench::write("2", "dectprov: 1\n");
    const json_schema::Json schema = schema_of("site");
    Tally tally;
    const auto try_at = [&](const std::string& before, std::string_view key, const std::string& behind) {
        for (const std::string_view value : values) {
            const std::string yaml = before + std::string(key) + ": " + std::string(value) + behind;
            tally.add(schema, yaml, is_accepted(yaml));
        }
    };
    for (const Key& key : dectprov::description_keys())
        try_at(key.name == "dectprov" ? "" : "dectprov: 1\n", key.name, "\n");
    const std::string start =
        "dectprov: 1\nservers:\n  - model: 6500\n    mac: 0013d1800032\n    users: []\n"
        "    settings: {provisioning: {check: {interval: 60}, users: {check: true}, cota: "
        "{check: true}, firmware: {kws: k.bin}}}\n";
    for (const Key& key : dectprov::group_keys()) {
        const std::string version = key.name == "version" ? "" : "version: 1, ";
        try_at(start + "    handset_groups: {7: {" + version, key.name, "}}\n");
    }
    for (const Key& key : dectprov::firmware_file_keys())
        try_at(start + "    firmware_files: {kws: {", key.name, "}}\n");
    for (const std::string_view item :
         {"from: users.csv", "from: ", "from: \"\"", "from: [users.csv]", "from: 7",
          "from: users.csv, username: 7", "username: 7, newer: 1", "username: 7, 7: 1"}) {
        std::string yaml = start;
        yaml.replace(yaml.find("users: []"), 9, "users: [{" + std::string(item) + "}]");
        tally.add(schema, yaml, is_accepted(yaml));
    }
    tally.check();
}

TEST_CASE("the schema of site descriptions takes a reference where lint does, in place of a word too") {
    const workbench::Folder folder;
    const std::string yaml =
        "dectprov: 1\nvars: {m: \"6500\", i: merge, r: \"true\", l: enhanced_provisioning}\n"
        "servers:\n  - {model: \"${var:m}\", mac: 0013d1800032, import: \"${var:i}\", redundant: "
        "\"${var:r}\", licenses: [\"${var:l}\"]}\n";
    CHECK(is_accepted(yaml));
    CHECK(problems_of(schema_of("site"), yaml).empty());
}

TEST_CASE("the schema of .dectprov.yaml takes what lint takes: every key with every shape") {
    const workbench::Folder folder;
    const json_schema::Json schema = schema_of("config-file");
    Tally tally;
    const auto try_at = [&](const std::string& before, const std::vector<Key>& keys,
                            const std::string& behind) {
        for (const Key& key : keys) {
            for (const std::string_view value : values) {
                const std::string yaml = before + std::string(key.name) + ": " + std::string(value) + behind;
                tally.add(schema, yaml, is_accepted_config(yaml));
            }
        }
    };
    try_at("", dectprov::config_keys(), "\n");
    try_at("servers: {0013d1800032: {", dectprov::config_server_keys(), "}}\n");
    try_at("paths: {\"a/**\": {", dectprov::config_path_keys(), "}}\n");
    for (const Key& key : dectprov::policy_keys()) {
        const std::string needed = key.name == "path" ? "" : "path: sip.dtmf.duration, ";
        const std::string check = key.name == "required" ? "" : "required: true, ";
        try_at("policies: {x: {" + needed + check, {key}, "}}\n");
    }
    for (const std::string_view severity : values) {
        const std::string yaml = "rules: {value/type: " + std::string(severity) +
                                 ", policy/x: note}\n"
                                 "policies: {x: {path: sip.dtmf.duration, required: true}}\n";
        tally.add(schema, yaml, is_accepted_config(yaml));
    }
    tally.check();
}

TEST_CASE("the schema of an element takes what its type takes, in quotes and without") {
    const Catalog& catalog = Catalog::builtin();
    int tried = 0;
    for (std::size_t i = 0; i < catalog.size(); ++i) {
        const auto id = static_cast<EntryId>(i);
        if (catalog[id].parent == EntryId::none || catalog.is_section(id) || catalog.is_wildcard(id))
            continue;
        const json_schema::Json all = dectprov::element_properties(catalog, catalog[id].parent);
        const json_schema::Json schema = all.at(std::string(catalog[id].name));
        std::vector<std::string> texts{"true",         "false", "0",   "7",       "-7",
                                       "007",          "60",    "1,2", "12:30",   "00:00",
                                       "23:59",        "9999",  "1e3", "0x10",    "00077 0000001",
                                       "000770000001", "vso",   "a",   "10.0.0.1"};
        for (const std::string_view word : catalog.type(id).choices) texts.emplace_back(word);
        for (const std::string& text : texts) {
            if (const auto fault = dectprov::check(catalog.type(id), text);
                fault && fault->fault != dectprov::Fault::charset_doubtful)
                continue;
            for (const std::string& yaml : {text, '"' + text + '"', " \" " + text + " \""}) {
                const std::string problems = problems_of(schema, yaml);
                CHECK_MESSAGE(problems.empty(), catalog.path(id), ": ", yaml, "\n", problems);
                ++tried;
            }
        }
        const Kind kind = catalog.type(id).kind;
        if (kind == Kind::integers || kind == Kind::licence_keys)
            CHECK_MESSAGE(problems_of(schema, "[1, \"2\"]").empty(), catalog.path(id));
    }
    CHECK(tried > 2000);
}
