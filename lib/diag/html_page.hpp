// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace dectprov {

// The beginning of a page that needs nothing from elsewhere, up to the open body.
void append_html_head(std::string& out, std::string_view title);

}  // namespace dectprov
