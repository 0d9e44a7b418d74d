// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analysis/rule_index.hpp"
#include "analysis/session.hpp"
#include "command.hpp"
#include "diag/format.hpp"
#include "doc/secret.hpp"
#include "doc/write_xml.hpp"
#include "generate_fleet.hpp"
#include "load/config_file.hpp"
#include "load/inputs.hpp"
#include "model/bind.hpp"
#include "options.hpp"
#include "output/write_file.hpp"
#include "probe/described.hpp"
#include "probe/dhcp.hpp"
#include "render/generate.hpp"
#include "render/generate_from_files.hpp"
#include "render/render.hpp"
#include "source/failure.hpp"

namespace dectprov {
namespace {

struct GenerateArguments {
    std::string kind;
    std::string argument;
    std::string model;
    std::string mac;
    std::string uuid;
    std::optional<std::uint32_t> group;
    std::optional<std::uint32_t> version;
    std::vector<std::string> settings;
    std::string output;
    std::vector<std::string> env_files;
    bool merge = false;
    std::string dialect;
    std::string url;
    bool force = false;
    bool fleet = false;
};

// What a kind makes: nothing where its input has errors, which are printed by then.
struct Made {
    std::string text;
    bool secret = false;
};

class Generator {
public:
    Generator(const GenerateArguments& arguments, const Context& context)
        : arguments_(arguments),
          context_(context),
          pool_(context.global.jobs),
          configs_(files_, context.global.config, context.global.no_config, rule_index()),
          env_files_(read_env_files(arguments.env_files, context.streams.in, files_)),
          session_(files_, pool_,
                   {.thresholds = {.quotes = std::nullopt}, .environment = environment_of(env_files_)}) {}

    std::optional<Made> site() {
        const Model model = model_named(arguments_.model);
        if (arguments_.mac.empty() == arguments_.uuid.empty()) {
            throw Failure("generate site: one of --mac and --uuid is needed");
        }
        const std::string& given = arguments_.mac.empty() ? arguments_.uuid : arguments_.mac;
        const auto identity = parse_identity(given);
        const auto kind = arguments_.mac.empty() ? Identity::Kind::uuid : Identity::Kind::mac;
        if (!identity || identity->kind != kind) {
            throw Failure(fmt::format("generate site: '{}' is not a {}", given,
                                      arguments_.mac.empty() ? "UUID" : "MAC address"));
        }
        if (const std::string_view why = unusable(*identity); !why.empty()) {
            throw Failure(fmt::format("generate site: '{}' is {}, which no server has", given, why));
        }
        if (!identity->models().has(model)) {
            throw Failure(
                fmt::format("generate site: a {} is identified by its {}", arguments_.model,
                            kind == Identity::Kind::uuid ? "MAC address; use --mac" : "UUID; use --uuid"));
        }
        return Made{.text = site_starter(model, *identity)};
    }

    std::optional<Made> config() {
        SourceSet sources;
        Report report;
        Server server = server_of_model();
        if (arguments_.merge && !ip_models.has(model_named(arguments_.model)))
            throw Failure(
                fmt::format("generate config: model {} only overwrites; remove --merge", arguments_.model));
        if (arguments_.merge && arguments_.settings.empty())
            throw Failure("generate config: a merge needs at least one setting; give it with --set");
        server.config =
            std::make_unique<Tree>(config_of(catalog(), sources, assignments(), arguments_.merge));
        bind(*server.config, report);
        check_texts(*server.config, report);
        infer(server, report);
        if (!print(findings_of(session_, sources, report))) return std::nullopt;
        return Made{.text = write_xml(*server.config), .secret = holds_secret(*server.config)};
    }

    std::optional<Made> users() {
        Files files = context_.files();
        std::string table = arguments_.argument;
        if (table == "-") {
            table = "users.csv";
            files.lay_over(table, read_all(context_.streams.in));
        }
        GeneratedFile made = users_of_table(std::move(files), pool_, configs_.for_folder("."),
                                            session_.options(), model_named(arguments_.model), table);
        if (!print(std::move(made.findings))) return std::nullopt;
        return Made{.text = std::move(made.text), .secret = true};
    }

    std::optional<Made> handset() {
        if (*arguments_.group < 1 || *arguments_.group > highest_group) {
            throw Failure(
                fmt::format("--group: {} is not a number from 1 to {}", *arguments_.group, highest_group));
        }
        SourceSet sources;
        Report report;
        const Tree tree = group_of(catalog(), sources, *arguments_.group, *arguments_.version, assignments());
        bind(tree, report);
        check_texts(tree, report);
        if (!print(findings_of(session_, sources, report))) return std::nullopt;
        return Made{.text = write_xml(tree), .secret = holds_secret(tree)};
    }

    std::optional<Made> version_list() {
        AnalysisOptions options = session_.options();
        options.servers = context_.global.servers;
        const Session session(files_, pool_, std::move(options));
        GeneratedFile made = version_list_of_folder(session, catalog(), arguments_.argument);
        if (!print(std::move(made.findings))) return std::nullopt;
        return Made{.text = std::move(made.text)};
    }

    std::optional<Made> firmware_version() {
        const auto version = parse_firmware_version(arguments_.argument);
        if (!version) {
            throw Failure(
                fmt::format("'{}' is not a firmware version such as 'PCS20Ba 90198'", arguments_.argument));
        }
        return Made{.text = fmt::format("{} {}\n", version->release, version->build)};
    }

    // Option 66 for the servers of a tree or of descriptions.
    std::optional<Made> dhcp() {
        AnalysisOptions options = session_.options();
        options.resolve = true;
        options.servers = context_.global.servers;
        const Session session(files_, pool_, std::move(options));
        const Inputs inputs =
            find_inputs(files_, {arguments_.argument}, {.servers = context_.global.servers}, configs_);
        const Described described(session, inputs, {arguments_.argument});
        if (!described.failures().empty()) throw Failure(described.failures().front());
        if (!print(described.findings())) return std::nullopt;
        const std::vector<DhcpServer> servers = dhcp_servers(session, described, arguments_.url);
        if (servers.empty())
            throw Failure(fmt::format("generate dhcp: no server in {}", arguments_.argument));
        return Made{.text = dhcp_dialect_named(arguments_.dialect).write(servers),
                    .secret = std::ranges::any_of(servers, &DhcpServer::secret)};
    }

    // A row of the table of kinds takes a member function, as the others are.
    // NOLINTNEXTLINE(readability-convert-member-functions-to-static)
    std::optional<Made> config_file() { return Made{.text = config_file_starter()}; }

private:
    // Of the folder that the command runs in; some kinds need none.
    const Catalog& catalog() { return catalog_of(configs_.for_folder(".")); }

    [[nodiscard]] std::vector<Assignment> assignments() const {
        std::vector<Assignment> all;
        for (const std::string& text : arguments_.settings) {
            const std::size_t equals = text.find('=');
            if (equals == std::string::npos) {
                throw Failure(fmt::format("--set: '{}' does not have the form PATH=VALUE", text));
            }
            all.push_back({.path = text.substr(0, equals), .value = text.substr(equals + 1)});
        }
        return all;
    }

    [[nodiscard]] Server server_of_model() const {
        Server server;
        server.options.model = model_named(arguments_.model);
        server.models = *server.options.model;
        server.declared = true;
        return server;
    }

    // Prints what is wrong; whether there is no error.
    [[nodiscard]] bool print(std::vector<Finding> findings) const {
        Results results{.findings = std::move(findings), .summary = {}};
        std::erase_if(results.findings,
                      [](const Finding& finding) { return finding.severity < Severity::warning; });
        sort(results.findings);
        deduplicate(results.findings);
        count(results.findings, results.summary);
        if (!results.findings.empty()) {
            print_text(context_.streams.err, results, {.color = context_.color_err(), .counts = false});
        }
        return results.summary.errors == 0;
    }

    const GenerateArguments& arguments_;
    const Context& context_;
    const Files files_ = context_.files();
    ThreadPool pool_;
    ConfigFiles configs_;
    const EnvFiles env_files_;
    const Session session_;
};

// Options that a kind needs or takes; the others mean something else to whoever gave them.
enum Uses : unsigned {
    none = 0,
    argument = 1,
    model = 2,
    identity = 4,
    group = 8,
    settings = 16,
    import_kind = 32,
    dialect = 64,
    variables = 128,
};

struct KindRow {
    std::string_view name;
    unsigned uses;
    std::string_view argument;  // what it is, for messages
    std::optional<Made> (Generator::*make)();
};

constexpr std::array<KindRow, 8> generated_kinds{{
    {.name = "site", .uses = model | identity, .argument = {}, .make = &Generator::site},
    {.name = "config", .uses = model | settings | import_kind, .argument = {}, .make = &Generator::config},
    {.name = "users",
     .uses = argument | model | variables,
     .argument = "a CSV file",
     .make = &Generator::users},
    {.name = "handset", .uses = group | settings, .argument = {}, .make = &Generator::handset},
    {.name = "ver",
     .uses = argument,
     .argument = "a folder of handset group files",
     .make = &Generator::version_list},
    {.name = "firmware-ver",
     .uses = argument,
     .argument = "a version such as 'PCS20Ba 90198'",
     .make = &Generator::firmware_version},
    {.name = "dhcp",
     .uses = argument | dialect | variables,
     .argument = "a tree or a site description",
     .make = &Generator::dhcp},
    {.name = "config-file", .uses = none, .argument = {}, .make = &Generator::config_file},
}};

const KindRow& kind_named(const std::string& name) {
    const auto row = std::ranges::find(generated_kinds, name, &KindRow::name);
    if (row != generated_kinds.end()) return *row;
    std::vector<std::string_view> names;
    names.reserve(generated_kinds.size());
    for (const KindRow& one : generated_kinds) names.push_back(one.name);
    fail_unknown("kind", name, names);
}

void check_use(const KindRow& kind, Uses use, bool given, bool needed, std::string_view what) {
    const bool used = (kind.uses & use) != 0;
    if (used && needed && !given) throw Failure(fmt::format("generate {}: {} is needed", kind.name, what));
    if (!used && given) throw Failure(fmt::format("generate {}: {} cannot be used here", kind.name, what));
}

void check_uses(const KindRow& kind, const GenerateArguments& arguments) {
    check_use(kind, argument, !arguments.argument.empty(), true,
              kind.argument.empty() ? fmt::format("'{}'", arguments.argument) : std::string(kind.argument));
    check_use(kind, model, !arguments.model.empty(), true, "--model");
    check_use(kind, identity, !arguments.mac.empty() || !arguments.uuid.empty(), true, "--mac or --uuid");
    check_use(kind, group, arguments.group.has_value(), true, "--group");
    check_use(kind, group, arguments.version.has_value(), true, "--version");
    check_use(kind, dialect, !arguments.dialect.empty(), true, "--for");
    check_use(kind, dialect, !arguments.url.empty(), false, "--url");
    check_use(kind, settings, !arguments.settings.empty(), false, "--set");
    check_use(kind, import_kind, arguments.merge, false, "--merge");
    check_use(kind, variables, !arguments.env_files.empty(), false, "--env-file");
    const auto from_stdin =
        std::ranges::count(arguments.env_files, "-") + (arguments.argument == "-" ? 1 : 0);
    if (from_stdin > 1) throw Failure("standard input is named twice");
}

int run_generate(const GenerateArguments& arguments, const Context& context) {
    if (arguments.fleet)
        return generate_fleet({.kind = arguments.kind,
                               .model = arguments.model,
                               .has_identity = !arguments.mac.empty() || !arguments.uuid.empty(),
                               .folder = arguments.output,
                               .force = arguments.force},
                              context);
    const KindRow& kind = kind_named(arguments.kind);
    check_uses(kind, arguments);
    const Files files;
    if (!arguments.output.empty() && !arguments.force && is_there(files, arguments.output)) {
        throw Failure(fmt::format("{} exists; --force replaces it", arguments.output));
    }
    Generator generator(arguments, context);
    const std::optional<Made> made = (generator.*kind.make)();
    if (!made) return 1;
    if (arguments.output.empty()) {
        context.streams.out << made->text;
    } else {
        write_whole(arguments.output, made->text, arguments.force, made->secret);
    }
    return 0;
}

}  // namespace

Action add_generate(CLI::App& app) {
    const auto arguments = std::make_shared<GenerateArguments>();
    std::string kinds;
    for (const KindRow& kind : generated_kinds) {
        if (!kinds.empty()) kinds += ',';
        kinds += kind.name;
    }
    app.add_option("KIND", arguments->kind,
                   "site, config, users, handset, ver, firmware-ver, dhcp or config-file")
        ->type_name("KIND:{" + kinds + "}")
        ->required();
    app.add_option(
        "ARG", arguments->argument,
        "users: a CSV file; ver: a folder of group files; firmware-ver: a version; dhcp: a tree or a site "
        "description");
    app.add_option("--model", arguments->model, "the server's model: " + model_choices())->type_name("MODEL");
    app.add_option("--mac", arguments->mac, "site: the server's MAC address")->type_name("MAC");
    app.add_option("--uuid", arguments->uuid, "site: the UUID of a virtual server")->type_name("UUID");
    app.add_option("--group", arguments->group, "handset: the number of the group")->type_name("N");
    app.add_option("--version", arguments->version, "handset: the version of the group")->type_name("N");
    app.add_option("--set", arguments->settings, "config, handset: a setting by its dotted path (repeatable)")
        ->allow_extra_args(false)
        ->type_name("PATH=VALUE");
    app.add_flag("--merge", arguments->merge,
                 "config: a merge with only the settings of --set, instead of an overwrite");
    app.add_option("--for", arguments->dialect, "dhcp: the DHCP server: dhcpd, kea, dnsmasq or netsh")
        ->type_name("NAME:{dhcpd,kea,dnsmasq,netsh}");
    app.add_option("--url", arguments->url,
                   "dhcp: the provisioning server (default: that of the description)")
        ->type_name("URL");
    add_env_file_option(app, arguments->env_files);
    app.add_option("-o,--output", arguments->output,
                   "write to this file instead of standard output; with --fleet to this folder")
        ->type_name("FILE");
    app.add_flag("--force", arguments->force, "replace the file if it exists");
    app.add_flag("--fleet", arguments->fleet,
                 "site: a description of a fleet with its two tables, in the folder of -o");
    return [arguments](const Context& context) { return run_generate(*arguments, context); };
}

}  // namespace dectprov
