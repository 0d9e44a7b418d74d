// SPDX-License-Identifier: MIT
#pragma once

#include <span>

#include "diag/rule.hpp"

// The rows of each group, in the order of its file. families.cpp is the only one that asks.
namespace dectprov {

std::span<const Rule* const> file_rules();
std::span<const Rule* const> xml_rules();
std::span<const Rule* const> element_rules();
std::span<const Rule* const> value_rules();
std::span<const Rule* const> value_text_rules();
std::span<const Rule* const> model_rules();
std::span<const Rule* const> config_rules();
std::span<const Rule* const> config_fetch_rules();
std::span<const Rule* const> config_firmware_rules();
std::span<const Rule* const> config_licence_rules();
std::span<const Rule* const> config_comparison_rules();
std::span<const Rule* const> users_rules();
std::span<const Rule* const> users_duplicate_rules();
std::span<const Rule* const> users_line_rules();
std::span<const Rule* const> handset_rules();
std::span<const Rule* const> handset_screen_lock_rules();
std::span<const Rule* const> handset_comparison_rules();
std::span<const Rule* const> ver_rules();
std::span<const Rule* const> firmware_rules();
std::span<const Rule* const> fleet_rules();
std::span<const Rule* const> delivery_rules();
std::span<const Rule* const> site_rules();
std::span<const Rule* const> suppression_rules();
std::span<const Rule* const> baseline_rules();

}  // namespace dectprov
