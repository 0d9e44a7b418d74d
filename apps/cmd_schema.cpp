// SPDX-License-Identifier: MIT
#include <CLI/CLI.hpp>
#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/rule_index.hpp"
#include "catalog/catalog.hpp"
#include "catalog/export.hpp"
#include "catalog/models.hpp"
#include "command.hpp"
#include "diag/report_schema.hpp"
#include "diag/rule.hpp"
#include "diff/diff_format.hpp"
#include "load/config_file.hpp"
#include "load/schemas.hpp"
#include "options.hpp"
#include "rules/families.hpp"
#include "source/files.hpp"

namespace dectprov {
namespace {

struct SchemaOptions {
    std::string kind;
    std::string model;
};

std::string print_config_file_schema() {
    std::vector<std::string_view> ids;
    for (const Rule* rule : all_rules()) ids.push_back(rule->id);
    return config_file_schema(ids);
}

struct SchemaKind {
    std::string_view name;
    std::string (*print)(const Catalog& catalog, std::optional<Model> model);
};

constexpr std::array<SchemaKind, 7> kinds{{
    {.name = "site",
     .print = [](const Catalog& catalog, std::optional<Model>) { return site_schema(catalog, true); }},
    {.name = "config-file",
     .print = [](const Catalog&, std::optional<Model>) { return print_config_file_schema(); }},
    {.name = "report", .print = [](const Catalog&, std::optional<Model>) { return report_schema(); }},
    {.name = "changes", .print = [](const Catalog&, std::optional<Model>) { return changes_schema(); }},
    {.name = "config",
     .print = [](const Catalog& catalog,
                 std::optional<Model> model) { return xsd(catalog, "config", model); }},
    {.name = "users",
     .print = [](const Catalog& catalog,
                 std::optional<Model> model) { return xsd(catalog, "users", model); }},
    {.name = "handset",
     .print = [](const Catalog& catalog, std::optional<Model> model) { return xsd(catalog, "cota", model); }},
}};

int run_schema(const SchemaOptions& options, const Context& context) {
    std::optional<Model> model;
    if (!options.model.empty()) model = model_named(options.model);
    std::vector<std::string_view> names;
    for (const SchemaKind& kind : kinds) {
        if (kind.name == options.kind) {
            const Files files = context.files();
            ConfigFiles configs(files, context.global.config, context.global.no_config, rule_index());
            context.streams.out << kind.print(catalog_of(configs.for_folder(".")), model);
            return 0;
        }
        names.push_back(kind.name);
    }
    fail_unknown("schema", options.kind, names);
}

}  // namespace

Action add_schema(CLI::App& app) {
    auto options = std::make_shared<SchemaOptions>();
    app.add_option("kind", options->kind,
                   "site, config-file, report, changes (JSON Schema), config, users, handset (XSD)")
        ->type_name("KIND:{site,config-file,report,changes,config,users,handset}")
        ->required();
    app.add_option("--model", options->model, "only the elements of this model (XSD)")->type_name("MODEL");
    return [options](const Context& context) { return run_schema(*options, context); };
}

}  // namespace dectprov
