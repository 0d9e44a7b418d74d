// SPDX-License-Identifier: MIT
#include "rules/families.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "rules/groups.hpp"

namespace dectprov {

namespace {

using Group = std::span<const Rule* const> (*)();

// The rule_groups in the order of the documentation; a group may fill several files.
constexpr Group rule_groups[] = {
    file_rules,
    xml_rules,
    element_rules,
    value_rules,
    value_text_rules,
    model_rules,
    config_rules,
    config_fetch_rules,
    config_firmware_rules,
    config_licence_rules,
    config_comparison_rules,
    users_rules,
    users_duplicate_rules,
    users_line_rules,
    handset_rules,
    handset_screen_lock_rules,
    handset_comparison_rules,
    ver_rules,
    firmware_rules,
    fleet_rules,
    delivery_rules,
    site_rules,
    suppression_rules,
    baseline_rules,
};

// Ids of rules that are now called otherwise. A rule that is renamed gets a row here, so that configuration
// files and suppressions that name it keep working.
struct Renamed {
    std::string_view former;
    std::string_view id;
};
constexpr std::span<const Renamed> renamed{};

std::vector<const Rule*> join_groups() {
    std::vector<const Rule*> rows;
    for (const Group group : rule_groups) {
        const auto more = group();
        rows.insert(rows.end(), more.begin(), more.end());
    }
    return rows;
}

}  // namespace

std::span<const Rule* const> all_rules() {
    static const std::vector<const Rule*> rows = join_groups();
    return rows;
}

const Rule* find_rule(std::string_view id) {
    const auto former = std::ranges::find(renamed, id, &Renamed::former);
    if (former != renamed.end()) id = former->id;
    const auto rows = all_rules();
    const auto row = std::ranges::find(rows, id, [](const Rule* rule) { return rule->id; });
    return row == rows.end() ? nullptr : *row;
}

}  // namespace dectprov
