// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace dectprov {

// A message in which no quoted text, nor the whole, is longer than a screen holds: of a longer one the
// beginning, with how long it was. Give it no secret, whose length it would tell.
std::string shortened(std::string message);

// The same of a name, which stands without quotes.
std::string shortened_name(std::string_view name);

}  // namespace dectprov
