// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "catalog/catalog.hpp"
#include "catalog/models.hpp"

namespace dectprov {

// JSON Schema (draft-07) of a site description. A schema must never contradict `lint`: where lint warns or is
// silent, it accepts. Editors read YAML 1.2 core, where an unquoted 0123 is a number, so text fields take
// numbers and booleans too; patterns bind strings alone, and every pattern lets ${…} pass.
std::string site_schema(const Catalog& catalog);

// JSON Schema of .dectprov.yaml.
std::string config_file_schema(std::span<const std::string_view> rule_ids);

// XSDs of the vendor's files, `root` is "config", "users" or "cota". Without a target namespace, since the
// files have none. With a model: without what that model does not have.
std::string xsd(const Catalog& catalog, std::string_view root, std::optional<Model> model);

// The grammar of a value as a regular expression that JSON Schema and XSD both read, unanchored and without
// the blanks that may stand around a value; empty where any text fits.
std::string pattern(const ValueType& type);

}  // namespace dectprov
