// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "doc/write_yaml.hpp"
#include "import/draft.hpp"

namespace dectprov {

// Which keys of a server are lifted: those that `import --lift` puts into a layer, or all that `defaults` may
// have.
enum class LiftedKeys : unsigned char { lifted, everywhere };

// What most servers say alike: what `defaults` are to hold. Empty for a single server and where there is
// nothing. The servers keep what they say otherwise, and take back by a key without a value what they do not
// say at all.
YamlValue lift(std::vector<ServerDraft>& servers, LiftedKeys keys = LiftedKeys::lifted);

// What has to be laid over `base` to make `wanted` of it; both are mappings.
YamlValue laid_over(const YamlValue& base, const YamlValue& wanted);

}  // namespace dectprov
