// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

#include "catalog/param.hpp"
#include "catalog/types.hpp"

// Shapes of the rows of the handset configuration, so that a row is a line. All of it is for the IP servers
// alone, and the guide shows one value of each setting and lists none: the type is known, the set is not.
namespace dectprov {

inline constexpr std::string_view by_name_alone = "its meaning is inferred from its name";
inline constexpr std::string_view unit_not_stated =
    "neither unit nor range is stated; its meaning is inferred from its name";
inline constexpr std::string_view no_range_stated =
    "no range is stated; its meaning is inferred from its name";
inline constexpr std::string_view no_words_stated =
    "the allowed words are not stated; its meaning is inferred from its name";

constexpr Param handset_section(std::string_view path, std::string_view summary, std::string_view origin) {
    return {.path = path,
            .type = types::section,
            .models = ip_models,
            .summary = summary,
            .origin = origin,
            .traits = Trait::closed};
}

constexpr Param handset_flag(std::string_view path, std::string_view summary, std::string_view origin,
                             std::string_view example) {
    return {.path = path,
            .type = types::boolean,
            .models = ip_models,
            .summary = summary,
            .origin = origin,
            .note = by_name_alone,
            .example = example};
}

constexpr Param handset_number(std::string_view path, std::string_view summary, std::string_view origin,
                               std::string_view example, std::string_view note) {
    return {.path = path,
            .type = types::integer,
            .models = ip_models,
            .summary = summary,
            .origin = origin,
            .note = note,
            .example = example};
}

constexpr Param handset_word(std::string_view path, std::string_view summary, std::string_view origin,
                             std::string_view example) {
    return {.path = path,
            .type = types::token,
            .models = ip_models,
            .summary = summary,
            .origin = origin,
            .note = no_words_stated,
            .example = example};
}

constexpr Param menu_entry(std::string_view path, std::string_view summary, std::string_view origin,
                           std::string_view example) {
    return {.path = path,
            .type = types::boolean,
            .models = ip_models,
            .summary = summary,
            .origin = origin,
            .note = "false hides the entry and locks its setting at the value that it has",
            .example = example};
}

}  // namespace dectprov
