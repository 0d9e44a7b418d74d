// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "diff/compare.hpp"
#include "load/load_server.hpp"
#include "load/site.hpp"
#include "source/source_set.hpp"

namespace dectprov {

// The one server that an input names, with what its records point into.
class OneServer {
public:
    // Throws Failure where there is not exactly one server, or its configuration cannot be read. `what`: what
    // the input is for, "CONFIG".
    OneServer(const CompareInput& input, const CompareOptions& options, std::string_view what);

    [[nodiscard]] const Server& server() const { return *server_; }
    [[nodiscard]] const Tree& config() const { return *server_->config; }

private:
    void refuse_faults() const;

    SourceSet sources_;
    Report report_;
    LoadedServer loaded_;
    Site site_;
    const Server* server_ = nullptr;
};

}  // namespace dectprov
