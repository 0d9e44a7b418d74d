// SPDX-License-Identifier: MIT
#include "load/config_file.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string>

#include "rules/families.hpp"
#include "source/failure.hpp"

using namespace dectprov;

namespace {

RuleIndex index() { return {.find = find_rule, .all = all_rules()}; }

ConfigFile read(std::string text) {
    Files files = Files::memory();
    files.lay_over("a/.dectprov.yaml", std::move(text));
    files.lay_over("a/vendor.yaml", "- path: sip.shiny.mode\n  type: boolean\n  models: [vso]\n");
    files.lay_over("a/broken.yaml", "parameters:\n  - path: sip.shiny\n    typ: boolean\n");
    return read_config_file(files, "a/.dectprov.yaml", "a", index());
}

std::string failure(std::string text) {
    try {
        read(std::move(text));
    } catch (const Failure& caught) {
        return caught.what();
    }
    return "";
}

}  // namespace

TEST_CASE("a configuration file is read in full") {
    const ConfigFile config = read(R"(servers:
  "00:13:D1:80:00:32": {model: "6500", firmware_version: PCS20Ba, licenses: [enhanced_provisioning], redundant: true}
  89FED27F-7c47-43f5-8347-cb854cedc538: {model: vso}
paths:
  "clinics/**": {model: 8000, rules: {config/insecure-transport: off, policy/dtmf: note}}
rules:
  element/unknown: error
  policy/https-only: off
ignore: ["archive/**"]
parameters: [vendor.yaml]
fail-on: warning
min-severity: note
require-reason: true
policies:
  https-only: {path: provisioning.server.url, matches: "^https://", severity: error, why: "in the clear"}
  two: {path: "user[].configgroup", one_of: [100, 101], models: ["6500", vso]}
  dtmf: {path: sip.dtmf.duration, required: true, range: [-100, 500], in: "clinics/**"}
)");
    const ServerOptions& server = config.servers.at("0013d1800032");
    CHECK(server.model == Model::s6500);
    CHECK(server.firmware_version == "PCS20Ba");
    CHECK(server.licenses->at(0) == "enhanced_provisioning");
    CHECK(server.redundant);
    CHECK(config.servers.at("89fed27f-7c47-43f5-8347-cb854cedc538").model == Model::vso);
    REQUIRE(config.paths.size() == 1);
    CHECK(config.paths[0].glob == "clinics/**");
    CHECK(config.paths[0].model == Model::s8000);
    REQUIRE(config.paths[0].rules.size() == 1);
    CHECK(config.paths[0].rules[0].rule == find_rule("config/insecure-transport"));
    REQUIRE(config.paths[0].policies.size() == 1);
    CHECK(config.paths[0].policies[0].policy == "dtmf");
    CHECK(config.paths[0].policies[0].severity == Severity::note);
    REQUIRE(config.rules.size() == 1);
    CHECK(config.rules[0].severity == Severity::error);
    REQUIRE(config.policy_severities.size() == 1);
    CHECK(config.policy_severities[0].policy == "https-only");
    CHECK(config.ignore == std::vector<std::string>{"archive/**"});
    CHECK(config.parameter_files == std::vector<std::string>{"a/vendor.yaml"});
    const EntryId added = catalog_of(&config).find("config.sip.shiny.mode");
    REQUIRE(added != EntryId::none);
    CHECK(catalog_of(&config).type(added).kind == Kind::boolean);
    CHECK(catalog_of(&config)[added].models == ModelSet{Model::vso});
    CHECK(catalog_of(nullptr).find("config.sip.shiny.mode") == EntryId::none);
    CHECK(config.fail_on == Severity::warning);
    CHECK(config.min_severity == Severity::note);
    CHECK(config.require_reason);
    REQUIRE(config.policies.size() == 3);
    CHECK(config.policies[0].matches == "^https://");
    CHECK(config.policies[0].severity == Severity::error);
    CHECK(config.policies[0].line == 15);
    CHECK(config.policies[0].column == 3);
    CHECK(config.policies[0].end_column == 13);
    CHECK(config.policies[1].one_of == std::vector<std::string>{"100", "101"});
    CHECK(config.policies[1].models == ModelSet{Model::s6500, Model::vso});
    CHECK(config.policies[2].range == std::pair<std::int64_t, std::int64_t>{-100, 500});
    CHECK(config.policies[2].required);
}

TEST_CASE("an empty configuration file says nothing") {
    CHECK(read("").rules.empty());
    CHECK(read("# nothing\n").ignore.empty());
    CHECK(read("rules:\nignore: []\n").rules.empty());
}

TEST_CASE("an item of parameters may be the name of a setting itself") {
    const ConfigFile config = read("parameters: [\"sip.shiny.*\", user.badge]\n");
    CHECK(config.parameter_files.empty());
    const Catalog& catalog = catalog_of(&config);
    const EntryId section = catalog.find("config.sip.shiny");
    REQUIRE(section != EntryId::none);
    CHECK(catalog.is_wildcard(catalog.child(section, "anything")));
    CHECK(catalog.find("users.user.badge") != EntryId::none);
}

TEST_CASE("a mistake among the parameters has its place") {
    CHECK(failure("parameters: [broken.yaml]\n") ==
          "a/broken.yaml:3:5: error: unknown key 'typ'; did you mean 'type'?");
    CHECK(failure("parameters: [none.yaml]\n").starts_with("a/.dectprov.yaml:1:14: error: "));
    CHECK(failure("parameters: [\"sip.*.x\"]\n")
              .starts_with("a/.dectprov.yaml:1:15: error: 'sip.*.x' has a *"));
}

TEST_CASE("a mistake in the configuration has its place and the nearest name") {
    const std::string file = "a/.dectprov.yaml:";
    CHECK(failure("ignore: [\"old/**\"]\nrule:\n  value/type: off\n") ==
          file + "2:1: error: unknown key 'rule'; did you mean 'rules'?");
    CHECK(failure("rules:\n  value/typ: off\n") ==
          file + "2:3: error: unknown rule 'value/typ'; did you mean 'value/type'?");
    CHECK(failure("rules:\n  value/type: warn\n") ==
          file + "2:15: error: unknown severity 'warn'; did you mean 'warning'?");
    CHECK(failure("servers:\n  \"0013d1800032\": {model: \"6501\"}\n")
              .starts_with(file + "2:28: error: unknown model '6501'"));
    CHECK(failure("servers:\n  \"0013d1800032\": {model: vso}\n")
              .starts_with(file + "2:27: error: a server with the identity"));
    CHECK(failure("servers:\n  x: {}\n").starts_with(file + "2:3: error: 'x' is neither"));
    CHECK(failure("servers:\n  0013d1800032: {}\n  00-13-d1-80-00-32: {}\n")
              .starts_with(file + "3:3: error: the server"));
    CHECK(failure("servers:\n  0013d1800032: {licenses: [cumc]}\n").find("did you mean 'cucm'?") !=
          std::string::npos);
    CHECK(failure("rules:\n  value/type: [off\nignore: x\n").starts_with(file + "3:"));
    CHECK(failure("ignore: x\n") == file + "1:9: error: 'ignore' must be a list");
    CHECK(failure("- a\n") == file + "1:1: error: the configuration must be a mapping");
    CHECK(failure("require-reason: yes\n").starts_with(file + "1:17: error: 'require-reason' is 'yes'"));
    CHECK(failure("fail-on: off\n").starts_with(file + "1:10: error: unknown severity 'off'"));
    CHECK(failure("rules:\n  value/type: off\n  value/type: note\n")
              .starts_with(file + "3:3: error: the key 'value/type' occurs twice"));
    CHECK(failure("rules: {policy/x: off}\n").starts_with(file + "1:9: error: unknown rule 'policy/x'"));
    CHECK(failure("policies:\n  x: {path: a}\n").starts_with(file + "2:3: error: the policy checks nothing"));
    CHECK(failure("policies:\n  x: {required: true}\n")
              .starts_with(file + "2:3: error: the policy has no 'path'"));
    CHECK(failure("policies:\n  x: {path: sip.dtmf.duration, range: [5, 1]}\n")
              .starts_with(file + "2:39: error: the second number of 'range'"));
    CHECK(failure("policies:\n  x: {path: sip.dtmf.duration, range: [5, b]}\n")
              .starts_with(file + "2:43: error: this is not a whole number"));
    CHECK(failure("a: \xff\n").starts_with(file + "1:4: error: "));
}

TEST_CASE("all mistakes of a configuration are told, in the order of the file") {
    const std::string file = "a/.dectprov.yaml:";
    CHECK(failure(R"(fail-on: loud
rule: {}
servers:
  ward-3: {}
  0013d1800032: {model: vso, redundant: yes, licenses: cucm}
rules:
  value/typ: off
  policy/https: warn
  policy/broken: note
parameters: [broken.yaml, "sip.*.x"]
policies:
  https: {path: provisioning.server.urll, matches: "^https("}
  broken: [a]
  third: {path: "users.user.ipei", one_of: []}
  ours: {path: sip.shiny.mode, required: true}
)") == file + "1:10: error: unknown severity 'loud'; known: error, warning, note\n" + file +
              "2:1: error: unknown key 'rule'; did you mean 'rules'?\n" + file +
              "4:3: error: 'ward-3' is neither a MAC address nor a UUID\n" + file +
              "5:25: error: a server with the identity 0013d1800032 cannot be a vso\n" + file +
              "5:41: error: 'redundant' is 'yes'; expected true or false\n" + file +
              "5:56: error: 'licenses' must be a list\n" + file +
              "7:3: error: unknown rule 'value/typ'; did you mean 'value/type'?\n" + file +
              "8:17: error: unknown severity 'warn'; did you mean 'warning'?\n" + file +
              "10:28: error: 'sip.*.x' has a * that is not its last name\n" + file +
              "12:17: error: unknown parameter 'provisioning.server.urll'; did you mean "
              "'provisioning.server.url'?\n" +
              file + "12:53: error: the pattern of 'https' cannot be read: missing )\n" + file +
              "13:11: error: a policy must be a mapping\n" + file +
              "14:18: error: unknown parameter 'users.user.ipei'\n" + file +
              "14:44: error: 'one_of' is empty\n" + file +
              "15:16: error: unknown parameter 'sip.shiny.mode'\n" +
              "a/broken.yaml:3:5: error: unknown key 'typ'; did you mean 'type'?");
}

TEST_CASE("a policy is about a parameter of the catalogue, or of the parameters that are named") {
    for (const char* path :
         {"sip.dtmf.duration", "sip.dtmf", "user[].ipei", "user.ipei", "data.ringing_volume.volume",
          "info.version", "sip.shiny.mode", "provisioning.newer.x"}) {
        const std::string text = std::string("parameters: [vendor.yaml, \"provisioning.newer.*\"]\n") +
                                 "policies: {x: {path: \"" + path + "\", required: true}}\n";
        CHECK_MESSAGE(failure(text) == "", path);
    }
    for (const char* path : {"sip.dtmf.duraton", "config.sip.dtmf", "users.user.ipei", "user[2].ipei", "ipei",
                             "", "data.volume", "sip.shiny.other"}) {
        const std::string text = std::string("parameters: [vendor.yaml]\npolicies: {x: {path: \"") + path +
                                 "\", required: true}}\n";
        CHECK_MESSAGE(failure(text) != "", path);
    }
}

TEST_CASE("globs match names and folders") {
    const std::array matching =
        std::to_array<std::pair<const char*, const char*>>({{"archive/**", "archive/a.xml"},
                                                            {"archive/**", "archive/b/a.xml"},
                                                            {"archive/**", "archive/"},
                                                            {"archive/", "archive/x/y"},
                                                            {"archive", "x/archive/y"},
                                                            {"*.xml", "a/b/c.xml"},
                                                            {"a/*.xml", "a/c.xml"},
                                                            {"a/b", "a/b/c"},
                                                            {"**/x", "x"},
                                                            {"**/x", "a/b/x"},
                                                            {"a/**/b", "a/b"},
                                                            {"a/**/b", "a/x/y/b"},
                                                            {"**", "a"},
                                                            {"/a", "a"},
                                                            {"./a/b", "a/b"},
                                                            {"a?c", "abc"},
                                                            {"[abc]x[!0-9]", "bxa"},
                                                            {"[", "["},
                                                            {"a*b*c", "aXbYbZc"}});
    for (const auto& one : matching) {
        const char* const pattern = one.first;
        const char* const path = one.second;
        CAPTURE(pattern);
        CAPTURE(path);
        CHECK(glob_matches(pattern, path));
    }
    const std::array other =
        std::to_array<std::pair<const char*, const char*>>({{"archive/**", "archive"},
                                                            {"archive/**", "x/archive/a"},
                                                            {"a/*.xml", "a/b/c.xml"},
                                                            {"a/*", "a/b/c"},
                                                            {"*", ""},
                                                            {"/a", "b/a"},
                                                            {"[a]", "b"},
                                                            {"[!a]", "a"},
                                                            {"a?", "a"},
                                                            {"**/x", "a/y"},
                                                            {"a**b", "a/b"}});
    for (const auto& one : other) {
        const char* const pattern = one.first;
        const char* const path = one.second;
        CAPTURE(pattern);
        CAPTURE(path);
        CHECK(!glob_matches(pattern, path));
    }
    CHECK(!glob_matches("**/*a*a*a*a*a*a*a*b/**", std::string(2000, 'a') + "/" + std::string(2000, 'a')));
}

TEST_CASE("the nearest configuration applies, up to the repository's root") {
    Files files = Files::memory();
    files.lay_over("r/.git/HEAD", "x");
    files.lay_over(".dectprov.yaml", "ignore: [top]\n");
    files.lay_over("r/a/.dectprov.yaml", "ignore: [a]\n");
    files.lay_over("r/a/b/c/x.xml", "");
    files.lay_over("other/x.xml", "");
    ConfigFiles configs(files, {}, false, index());
    const ConfigFile* a = configs.for_folder("r/a/b/c");
    REQUIRE(a != nullptr);
    CHECK(a->path == "r/a/.dectprov.yaml");
    CHECK(configs.for_folder("r/a") == a);
    CHECK(configs.for_folder("./r/a/b") == a);
    CHECK(configs.for_folder("r") == nullptr);
    CHECK(configs.for_folder("r/z") == nullptr);
    const ConfigFile* top = configs.for_folder("other");
    REQUIRE(top != nullptr);
    CHECK(top->path == ".dectprov.yaml");
    CHECK(configs.for_folder("") == top);
    CHECK(configs.all().size() == 2);
    CHECK(a->relative("r/a/b/x.xml") == "b/x.xml");
    CHECK(a->relative("r/a/b/") == "b/");
    CHECK(a->relative("other/x") == "../../other/x");
    CHECK(top->relative("./other//x") == "other/x");

    CHECK(ConfigFiles(files, {}, true, index()).for_folder("r/a") == nullptr);
    ConfigFiles forced(files, "r/a/.dectprov.yaml", false, index());
    CHECK(forced.for_folder("other")->ignore.at(0) == "a");
    CHECK(forced.for_folder("other")->relative("other/x") == "other/x");
    CHECK_THROWS_AS(ConfigFiles(files, "nowhere.yaml", false, index()), Failure);
}
