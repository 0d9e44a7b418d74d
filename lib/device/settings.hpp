// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/catalog.hpp"
#include "compare/values.hpp"
#include "doc/tree.hpp"

namespace dectprov {

// A setting as a server holds it.
struct HeldSetting {
    enum class Known : unsigned char {
        value,
        secret,            // shown as "<secret>" to begin with
        unstated_default,  // the default, which no source states
    };

    std::string path;         // "sip.dtmf.duration"
    std::string hidden_path;  // printed instead, where a name in `path` may be a secret; else ""
    EntryId entry = EntryId::none;
    const Catalog* catalog = nullptr;  // that the entry is of
    std::string value;
    Known known = Known::value;
    std::size_t keys = 0;     // licence keys of which nothing but their number is known
    bool more = false;        // there may be others than those that are known, by text or by number
    bool opaque = false;      // the value holds what only `render` knows
    std::string masked = {};  // shown instead of a value that came out of a secret
};

// What an export says: an XML configuration, or lines of `path: value` or `path=value`, those that `preview`
// prints among them. Throws Failure with the place of what is neither. `name` is that of the text.
std::vector<HeldSetting> read_settings(const std::string& name, std::string bytes, const Catalog& catalog);

// The settings after the import of a configuration: those that are held first, then what it brings.
// `of_server`: its models, for its defaults.
std::vector<HeldSetting> after_import(const std::vector<HeldSetting>& held, const Tree& config, bool merge,
                                      ModelSet of_server);

// The setting of a value; `above`: what its path begins with, as "user[9997]", or ""; `shown_above`: the same
// as it may be printed.
HeldSetting held_setting(const Leaf& leaf, std::string_view above, std::string_view shown_above);

// The path as it may be printed.
const std::string& shown_path(const HeldSetting& setting);

// A value as it may be printed: "270", "<secret>", "<2 keys>", "<at least 2 keys>", "<default, not
// stated>".
std::string shown(const HeldSetting& setting);

// Whether two settings have the same value, as far as both are known.

Same compare(const HeldSetting& a, const HeldSetting& b);

}  // namespace dectprov
