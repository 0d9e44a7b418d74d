// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>

#include "render/render_sites.hpp"

namespace dectprov {

// What became of the files of a run.
// The report of `render --report json=FILE`: what was written, left alone and removed, a server at a time,
// for the upload that follows.
std::string report_of(const RenderResult& result);

}  // namespace dectprov
