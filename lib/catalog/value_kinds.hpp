// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/value_type.hpp"

namespace dectprov {

// All that is known of a kind of values: its row in the table of value_kinds.cpp. check(), describe(), the
// schemas and the readers of YAML ask it.
struct KindRow {
    Kind kind;
    std::string_view token;  // as it is written in a `parameters:` file
    std::optional<ValueFault> (*check)(const ValueType& type, std::string_view value);
    std::string (*describe)(const ValueType& type);  // "a number from 1 to 9999"
    // The grammar as a regular expression that JSON Schema and XSD both read, unanchored; empty where any
    // text fits, or where no short expression says it.
    std::string (*pattern)(const ValueType& type);
    bool is_text = true;   // what YAML takes for a number or a boolean stays a text: 007 is not 7
    bool is_list = false;  // several values with commas between, which a description may write as a list
    bool is_open = false;  // takes any text, or nearly: what a template left behind is no fault of its form
};

const KindRow& row(Kind kind);

// How the kinds of values are called, in their order.
std::vector<std::string_view> kind_tokens();

}  // namespace dectprov
