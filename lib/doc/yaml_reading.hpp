// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "doc/yaml.hpp"
#include "doc/yaml_prepare.hpp"

namespace dectprov {

// What one run of yaml-cpp makes of a text.
struct YamlReading {
    YamlDocument document;
    std::vector<RunIn> run_ins = {};              // keys that it takes for whole, without a value
    std::optional<std::uint32_t> failed_at = {};  // where the text is no YAML
};

// Reads a source with edits made, or without; places are those of the source.
YamlReading read_yaml_pass(SourceSet& sources, FileId file, const std::vector<YamlEdit>& edits);

}  // namespace dectprov
