// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>

#include "render/render_sites.hpp"

namespace dectprov {

// What became of the files of a run.
struct RenderCounts {
    std::size_t created = 0;
    std::size_t changed = 0;
    std::size_t unchanged = 0;
    std::size_t removed = 0;

    [[nodiscard]] bool any() const { return created + changed + removed != 0; }
};

RenderCounts counts_of(const RenderResult& result);

// The report of `render --report json=FILE`: what was written, left alone and removed, a server at a time,
// for the upload that follows.
std::string report_of(const RenderResult& result, const RenderCounts& counts);

}  // namespace dectprov
