// SPDX-License-Identifier: MIT
// What is generated and committed (schemas, completions, the pages of rules and parameters) is what the
// program prints now; DECTPROV_UPDATE=1 rewrites it. And the schemas hold for the examples.
#include <doctest/doctest.h>
#include <libxml/parser.h>
#include <libxml/xmlschemas.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "json_schema.hpp"
#include "workbench.hpp"

namespace {

namespace fs = std::filesystem;
using json_schema::Json;

const fs::path root = DECTPROV_ROOT;

struct Artifact {
    std::string_view path;
    std::string_view command;
};

constexpr std::array<Artifact, 12> artifacts{{
    {.path = "schemas/site.schema.json", .command = "schema site"},
    {.path = "schemas/config-file.schema.json", .command = "schema config-file"},
    {.path = "schemas/report.schema.json", .command = "schema report"},
    {.path = "schemas/changes.schema.json", .command = "schema changes"},
    {.path = "schemas/config.xsd", .command = "schema config"},
    {.path = "schemas/users.xsd", .command = "schema users"},
    {.path = "schemas/handset.xsd", .command = "schema handset"},
    {.path = "completions/dectprov.bash", .command = "completion bash"},
    {.path = "completions/dectprov.zsh", .command = "completion zsh"},
    {.path = "completions/dectprov.fish", .command = "completion fish"},
    {.path = "docs/rules.md", .command = "explain --rules --format markdown"},
    {.path = "docs/parameters.md", .command = "explain --parameters --format markdown"},
}};

std::string printed(std::string_view command) {
    const workbench::CommandResult outcome = workbench::run(workbench::words(command));
    REQUIRE_MESSAGE(outcome.status == 0, command, ": ", outcome.err);
    return outcome.out;
}

// The rendered files of every example, in a folder that is the current one.
void render_examples() {
    for (const auto& entry : fs::directory_iterator(root / "examples")) {
        const std::string name = entry.path().filename().string();
        if (!fs::exists(entry.path() / "out")) continue;
        std::vector<std::string> arguments{"render", entry.path().string(), "-o", name};
        if (const fs::path secrets = entry.path() / "demo.env"; fs::exists(secrets))
            arguments.insert(arguments.end(), {"--env-file", secrets.string()});
        const workbench::CommandResult outcome = workbench::run(arguments);
        REQUIRE_MESSAGE(outcome.status == 0, name, ": ", outcome.err);
    }
}

std::string last_problem;

void keep_problem(void* /*unused*/, const xmlError* error) {
    if (error != nullptr && error->message != nullptr) last_problem = error->message;
}

// Empty where the file is valid, else what libxml2 says.
std::string xsd_problem(const std::string& xsd, const fs::path& file) {
    last_problem.clear();
    const std::unique_ptr<xmlSchemaParserCtxt, decltype(&xmlSchemaFreeParserCtxt)> parser(
        xmlSchemaNewMemParserCtxt(xsd.data(), static_cast<int>(xsd.size())), &xmlSchemaFreeParserCtxt);
    const std::unique_ptr<xmlSchema, decltype(&xmlSchemaFree)> schema(xmlSchemaParse(parser.get()),
                                                                      &xmlSchemaFree);
    if (!schema) return "the schema is no schema";
    const std::unique_ptr<xmlSchemaValidCtxt, decltype(&xmlSchemaFreeValidCtxt)> context(
        xmlSchemaNewValidCtxt(schema.get()), &xmlSchemaFreeValidCtxt);
    xmlSchemaSetValidStructuredErrors(
        context.get(), [](void* data, xmlErrorPtr error) { keep_problem(data, error); }, nullptr);
    const int result = xmlSchemaValidateFile(context.get(), file.c_str(), 0);
    return result == 0 ? "" : last_problem + " (" + std::to_string(result) + ")";
}

std::string xsd_of(const std::string& name) {
    if (name.ends_with("-config.xml")) return "schema config";
    if (name.ends_with("-users.xml")) return "schema users";
    if (name.find("_group_") != std::string::npos) return "schema handset";
    return {};
}

std::vector<std::string> site_problems(const std::string& yaml) {
    static const Json schema = Json::parse(printed("schema site"));
    return json_schema::Validator(schema).problems(json_schema::from_yaml(YAML::Load(yaml)));
}

std::string joined(const std::vector<std::string>& lines) {
    std::string all;
    for (const std::string& line : lines) all += line + "\n";
    return all;
}

}  // namespace

TEST_CASE("generated files are what the program prints now") {
    for (const Artifact& artifact : artifacts) {
        const std::string now = printed(artifact.command);
        const fs::path path = root / artifact.path;
        if (workbench::updating()) {
            workbench::write(path, now);
            continue;
        }
        const std::string before = fs::exists(path) ? workbench::read(path) : "";
        CHECK_MESSAGE(before == now, artifact.path,
                      " is out of date; DECTPROV_UPDATE=1 build/dev/tests/artifacts_test rewrites it");
    }
}

TEST_CASE("what the examples render to is valid by the XSDs, with the model and without") {
    const workbench::Folder folder;
    render_examples();
    std::size_t count = 0;
    for (const std::string& name : workbench::Folder::files()) {
        const std::string command = xsd_of(name);
        if (command.empty()) continue;
        const std::string problem = xsd_problem(printed(command), name);
        CHECK_MESSAGE(problem.empty(), name, ": ", problem);
        ++count;
    }
    CHECK(count >= 10);
}

TEST_CASE("the XSDs refuse what lint refuses") {
    const workbench::Folder folder;
    const auto refused = [](const char* command, const char* bytes) {
        workbench::write("file.xml", bytes);
        return !xsd_problem(printed(command), "file.xml").empty();
    };
    CHECK(refused("schema users", "<users><user><username>a b</username></user></users>"));
    CHECK(refused("schema users", "<users><user><ipei>00077 000001</ipei></user></users>"));
    CHECK(refused("schema users", "<users><user><disabled>yes</disabled></user></users>"));
    CHECK(refused("schema users", "<users><user><configgroup>0</configgroup></user></users>"));
    CHECK(refused("schema config", "<config merge_type=\"Merge\"/>"));
    CHECK(refused("schema config", "<config><sip><dtmf><duraton>1</duraton></dtmf></sip></config>"));
    CHECK(refused("schema handset", "<cota><data/></cota>"));
    CHECK(refused("schema users --model 8000", "<users><user><username>7</username></user></users>"));
    CHECK_FALSE(refused("schema users --model 8000", "<users><user><localno>7</localno></user></users>"));
    CHECK_FALSE(refused("schema users", "<users><user><ipei/><username> 7 </username></user></users>"));
}

TEST_CASE("every example is valid by the schema of site descriptions, read as an editor reads it") {
    std::size_t count = 0;
    for (const auto& entry : fs::recursive_directory_iterator(root / "examples")) {
        if (entry.path().extension() != ".yaml" || entry.path().filename() == ".dectprov.yaml") continue;
        const std::string text = workbench::read(entry.path());
        if (!text.starts_with("dectprov:") && text.find("\ndectprov:") == std::string::npos) continue;
        const std::vector<std::string> problems = site_problems(text);
        CHECK_MESSAGE(problems.empty(), entry.path().string(), "\n", joined(problems));
        ++count;
    }
    CHECK(count >= 4);
}

TEST_CASE("a schema of site descriptions takes what a text field takes, however an editor reads it") {
    for (const char* value : {"0123", "1e3", "no", "12:30", "true", "~", "", "\"a\"", "${env:NAME}",
                              "\"${file:secret.txt}\"", "9997"}) {
        const std::string yaml =
            std::string("dectprov: 1\nservers:\n  - users:\n      - displayname: ") + value + "\n";
        CHECK_MESSAGE(site_problems(yaml).empty(), std::string(value), "\n", joined(site_problems(yaml)));
    }
    const std::string opaque =
        "dectprov: 1\nservers:\n  - settings:\n      provisioning: {check: {check_sync: \"${env:S}\", "
        "interval: "
        "\"${env:I}\"}, users: {check: \"${env:B}\"}}\n    users: [{ipei: \"${env:P}\"}]\n";
    CHECK_MESSAGE(site_problems(opaque).empty(), joined(site_problems(opaque)));
}

TEST_CASE("a schema of site descriptions refuses what lint refuses") {
    const auto refused = [](const char* yaml) { return !site_problems(yaml).empty(); };
    CHECK(refused("dectprov: 1\nsrvers: []\n"));
    CHECK(refused("servers: []\n"));
    CHECK(refused("dectprov: 1\nservers: [{model: 6501}]\n"));
    CHECK(refused("dectprov: 1\nservers: [{users: [{username: a b}]}]\n"));
    // A warning, since newer firmware may have more.
    CHECK_FALSE(refused("dectprov: 1\nservers: [{users: [{usrname: a}]}]\n"));
    CHECK(refused("dectprov: 1\nservers: [{users: [{configgroup: 10000}]}]\n"));
    CHECK(refused("dectprov: 1\nservers: [{settings: {provisioning: {users: {check: sometimes}}}}]\n"));
    CHECK(refused("dectprov: 1\nservers: [{handset_groups: {a: {}}}]\n"));
}

TEST_CASE("the schema of .dectprov.yaml takes the contract's example") {
    const Json schema = Json::parse(printed("schema config-file"));
    const auto problems = [&](const char* yaml) {
        return json_schema::Validator(schema).problems(json_schema::from_yaml(YAML::Load(yaml)));
    };
    const std::vector<std::string> none = problems(R"(
servers:
  0013d1800032: {model: "6500", firmware_version: PCS20Ba, licenses: [enhanced_provisioning], redundant: false}
paths:
  "clinics/**": {model: "8000", rules: {config/insecure-transport: off}}
rules:
  config/never-checks: off
  element/unknown: error
ignore: ["archive/**"]
parameters: [vendor-parameters.yaml]
fail-on: warning
policies:
  https-only: {path: provisioning.server.url, matches: "^https://", severity: error, why: "in the clear"}
  two-groups: {path: "user[].configgroup", one_of: [100, 101], models: ["6500", vso]}
  dtmf:       {path: sip.dtmf.duration, required: true, range: [100, 500], in: "clinics/**"}
)");
    CHECK_MESSAGE(none.empty(), joined(none));
    CHECK_FALSE(problems("rules: {value/tipe: off}\n").empty());
    CHECK_FALSE(problems("fail_on: warning\n").empty());
    CHECK_FALSE(problems("policies: {a: {matches: x}}\n").empty());
}

TEST_CASE("every report is valid by the schema of reports") {
    const Json schema = Json::parse(printed("schema report"));
    const workbench::Folder folder;
    workbench::write("0013d1800032-users.xml",
                     "<users><user><username>a b</username></user><user><username>7</username></user>"
                     "<user><username>7</username></user></users>\n");
    const workbench::CommandResult outcome = workbench::run({"lint", "--format", "json", "."});
    REQUIRE(outcome.status == 1);
    const std::vector<std::string> problems =
        json_schema::Validator(schema).problems(Json::parse(outcome.out));
    CHECK_MESSAGE(problems.empty(), joined(problems));
}
