// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "catalog/catalog.hpp"
#include "catalog/config.hpp"
#include "catalog/dect.hpp"
#include "catalog/handset_alarms.hpp"
#include "catalog/handset_menu.hpp"
#include "catalog/handset_ringing.hpp"
#include "catalog/handset_settings.hpp"
#include "catalog/handset_shortcut.hpp"
#include "catalog/license.hpp"
#include "catalog/mr.hpp"
#include "catalog/network.hpp"
#include "catalog/provisioning.hpp"
#include "catalog/rfp.hpp"
#include "catalog/sip.hpp"
#include "catalog/suota.hpp"
#include "catalog/users.hpp"

namespace dectprov {

namespace detail {

template <std::size_t... rows>
consteval auto joined(const Param (&... tables)[rows]) {
    std::array<const Param*, (rows + ...)> all{};
    std::size_t at = 0;
    const auto append = [&](const auto& table) {
        for (const Param& row : table) all[at++] = &row;
    };
    (append(tables), ...);
    return all;
}

// Not constexpr, so that a call of it stops the compiler, with this name in the message.
void there_is_no_such_entry();

}  // namespace detail

// All rows in the order in which elements are written, which is that of the guide's examples; what they do
// not have follows. The place of a row is its EntryId.
inline constexpr auto builtin_rows =
    detail::joined(config_rows, network_rows, mr_rows, rfp_rows, suota_rows, provisioning_rows, sip_rows,
                   license_rows, dect_rows, users_rows, handset_ringing_rows, handset_settings_rows,
                   handset_shortcut_rows, handset_alarms_rows, handset_menu_rows);

// `entry("users.user.ipei")`: by dotted path with its root. A path that is not in the tables does not build.
consteval EntryId entry(std::string_view path) {
    for (std::size_t id = 0; id < builtin_rows.size(); ++id) {
        if (builtin_rows[id]->path == path) return static_cast<EntryId>(id);
    }
    detail::there_is_no_such_entry();
    return EntryId::none;
}

}  // namespace dectprov
