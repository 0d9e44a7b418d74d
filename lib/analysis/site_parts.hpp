// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <vector>

#include "analysis/conclude.hpp"
#include "analysis/site_unit.hpp"
#include "load/table_cache.hpp"

namespace dectprov {

// The analysis of one description in parts: a table may have any number of servers, of which some at a time
// are in memory. One without a large table is a single part.
class SiteParts {
public:
    // `session` and `input` must outlive this.
    SiteParts(const Session& session, const SiteInput& input) : session_(session), input_(input) {}

    // Reads the first part, by which the others are known. Throws Failure where the description cannot be
    // read.
    void open();
    [[nodiscard]] std::size_t size() const { return parts_; }
    // Calls `work` for each part, several at a time and in any order; the unit is open.
    void each(const std::function<void(std::size_t, SiteUnit&)>& work);
    // What the parts have concluded, in their order, as if they were one.
    [[nodiscard]] Conclusion merge(std::vector<Conclusion> conclusions);

private:
    [[nodiscard]] Conclusion closing(std::size_t row);

    const Session& session_;
    const SiteInput& input_;
    TableCache tables_;
    std::unique_ptr<SiteUnit> first_;
    std::size_t parts_ = 1;
};

}  // namespace dectprov
