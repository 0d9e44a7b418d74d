// SPDX-License-Identifier: MIT
#pragma once

#include <ostream>
#include <string_view>

#include "editor/json_rpc.hpp"
#include "editor/workspace.hpp"

namespace dectprov {

// How a session with an editor ended.
enum class SessionEnd : unsigned char {
    agreed,  // `shutdown`, then `exit`
    exited,  // `exit` alone
    lost,    // the client went away
};

// Speaks LSP 3.17 with the client until that ends it. `files`: what its texts are laid over. `version` is the
// program's.
SessionEnd serve(ByteSource& in, std::ostream& out, const Files& files, const WorkspaceOptions& options,
                 std::string_view version);

}  // namespace dectprov
