// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "catalog/catalog.hpp"
#include "catalog/models.hpp"

namespace dectprov {

// XSDs of the vendor's files, `root` is "config", "users" or "cota". Without a target namespace, since the
// files have none. With a model: without what that model does not have.
std::string xsd(const Catalog& catalog, std::string_view root, std::optional<Model> model);

// The grammar of a value as a regular expression that JSON Schema and XSD both read, unanchored and without
// the blanks that may stand around a value; empty where any text fits.
std::string pattern(const ValueType& type);

}  // namespace dectprov
