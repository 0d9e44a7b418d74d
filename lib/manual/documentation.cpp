// SPDX-License-Identifier: MIT
#include "manual/documentation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/catalog.hpp"
#include "catalog/entries.hpp"
#include "catalog/explanation.hpp"
#include "catalog/letter_case.hpp"
#include "catalog/param.hpp"
#include "catalog/value_type.hpp"
#include "diag/explain.hpp"
#include "diag/rule.hpp"
#include "rules/families.hpp"

namespace dectprov {
namespace {

constexpr Rule fleet_policy{
    .id = "policy/NAME",
    .severity = Severity::warning,
    .summary = "a rule of your own, from `policies:` in .dectprov.yaml",
    .why =
        "A rule for all servers of your fleet: only https, two handset groups, one length of DTMF tones. A "
        "policy names a parameter and the values that it may have; severity and reason are your own.",
    .origin = "`policies:` of the nearest .dectprov.yaml",
    .example = Example::none};

std::string_view group_of(std::string_view rule_id) { return rule_id.substr(0, rule_id.find('/')); }

std::string title_of(std::string_view root) {
    if (root == "config") return "Server configuration: `MAC-config.xml`";
    if (root == "users") return "Users: `MAC-users.xml`";
    return "Handset groups: `MAC-handset_config_group_N.xml`";
}

}  // namespace

const Rule& policy_rule() { return fleet_policy; }

std::vector<const Rule*> documented_rules() {
    const auto rows = all_rules();
    std::vector<const Rule*> all(rows.begin(), rows.end());
    all.push_back(&fleet_policy);
    return all;
}

std::string rules_list() {
    std::string list = "Rules (`dectprov explain RULE` says more):\n";
    std::size_t column = 0;
    for (const Rule* rule : documented_rules()) column = std::max(column, rule->id.size() + 2);
    for (const Rule* rule : documented_rules())
        list += fmt::format("  {:<{}}{:<9}{}\n", rule->id, column, to_text(rule->severity), rule->summary);
    return list;
}

std::string parameters_list(const Catalog& catalog) {
    std::string list = "Parameters (`dectprov explain PARAMETER` says more):\n";
    std::size_t column = 0;
    for (std::size_t i = 0; i < catalog.size(); ++i)
        column = std::max(column, short_path(catalog, static_cast<EntryId>(i)).size() + 2);
    for (std::size_t i = 0; i < catalog.size(); ++i) {
        const auto id = static_cast<EntryId>(i);
        if (catalog.is_section(id)) continue;
        list += fmt::format("  {:<{}}{}\n", short_path(catalog, id), column, describe(catalog.type(id)));
    }
    return list;
}

std::string rules_page() {
    std::string page =
        "# Rules\n\nMade by `dectprov explain --rules --format markdown`. The guide is the vendor's "
        "Provisioning Guide. In the\nexamples, carets (^) are under the text that a finding marks.\n\n| rule "
        "| severity | finding |\n|---|---|---|\n";
    for (const Rule* rule : documented_rules()) {
        std::string anchor = to_lower(rule->id);
        std::erase(anchor, '/');
        page += fmt::format("| [`{}`](#{}) | {} | {} |\n", rule->id, anchor, to_text(rule->severity),
                            rule->summary);
    }
    std::string_view group;
    for (const Rule* rule : documented_rules()) {
        if (group_of(rule->id) != group) {
            group = group_of(rule->id);
            page += fmt::format("\n## {}\n", group);
        }
        page += '\n' + to_markdown(explain(*rule), 3);
    }
    return page;
}

std::string parameters_page(const Catalog& catalog) {
    std::string page =
        "# Parameters\n\nMade by `dectprov explain --parameters --format markdown` from the catalogue. The "
        "vendor's complete list is\nnot public: a parameter that is not here gives a warning of "
        "`element/unknown`, and `parameters:` in\n`.dectprov.yaml` adds it. The guide is the vendor's "
        "Provisioning Guide. Where no default is given, no source\nstates one.\n";
    for (std::size_t i = 0; i < catalog.size(); ++i) {
        const auto id = static_cast<EntryId>(i);
        if (catalog[id].parent == EntryId::none) page += fmt::format("\n## {}\n", title_of(catalog[id].name));
        // Sections without a row say nothing that their parameters do not.
        if (catalog.is_section(id) && catalog[id].param == nullptr) continue;
        page += '\n' + to_markdown(explain(catalog, id), 3);
        if (id == entry("config")) page += '\n' + to_markdown(explain_merge_type(), 3);
    }
    return page;
}

}  // namespace dectprov
