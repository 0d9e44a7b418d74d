// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "catalog/models.hpp"

namespace dectprov {

// What `licenses:` of a description or of .dectprov.yaml may name. Anything else there may be the key of a
// licence, which nobody is to see.
inline constexpr std::array<std::string_view, 4> licence_names{"enhanced_provisioning", "multi_cell", "cucm",
                                                               "handset_sharing"};

// The models that a licence is for, as far as a source denies it to one: Handset Sharing is not for the 200
// (IP-DECT Server 200 Installation and Configuration Guide Ed. 8.0, p. 197).
constexpr ModelSet licence_models(std::string_view name) {
    return name == "handset_sharing" ? all_models - ModelSet{Model::s200} : all_models;
}

inline std::string no_licence_for(std::string_view name, Model model) {
    return fmt::format("'{}' is for {}; this server is {}", name, to_text(licence_models(name)),
                       token(model));
}

}  // namespace dectprov
