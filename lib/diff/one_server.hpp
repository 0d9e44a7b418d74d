// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "analysis/server_unit.hpp"
#include "analysis/site_unit.hpp"
#include "diff/compare.hpp"

namespace dectprov {

// The one server that an input names, with what its records point into.
class OneServer {
public:
    // Throws Failure where there is not exactly one server, or its configuration cannot be read. `what`: what
    // the input is for, "CONFIG".
    OneServer(const CompareInput& input, std::string_view what);

    [[nodiscard]] const Server& server() const { return *server_; }
    // Throws Failure where there is none.
    [[nodiscard]] const Tree& config() const;

private:
    std::string what_;
    std::optional<ServerUnit> server_unit_;
    std::optional<SiteUnit> site_unit_;
    const Server* server_ = nullptr;
};

}  // namespace dectprov
