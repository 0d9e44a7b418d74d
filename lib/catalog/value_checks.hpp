// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string_view>

#include "catalog/value_type.hpp"

// The checks that the rows of value_kinds.cpp name. Each takes a value that is trimmed and not empty, and
// returns its first fault.
namespace dectprov {

std::optional<ValueFault> check_length(const ValueType& type, std::string_view value);
std::optional<ValueFault> check_boolean(const ValueType& type, std::string_view value);
std::optional<ValueFault> check_integer(const ValueType& type, std::string_view value);
std::optional<ValueFault> check_integers(const ValueType& type, std::string_view value);
std::optional<ValueFault> check_choice(const ValueType& type, std::string_view value);
std::optional<ValueFault> check_url(const ValueType& type, std::string_view value);
std::optional<ValueFault> check_start_time(const ValueType& type, std::string_view value);
std::optional<ValueFault> check_sip_name(const ValueType& type, std::string_view value);
std::optional<ValueFault> check_digits(const ValueType& type, std::string_view value);
std::optional<ValueFault> check_ipei(const ValueType& type, std::string_view value);

// Whether the value has a form of value_forms.hpp.
std::optional<ValueFault> check_form(bool (*has_form)(std::string_view), const ValueType& type,
                                     std::string_view value);

}  // namespace dectprov
