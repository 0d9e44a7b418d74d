// SPDX-License-Identifier: MIT
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

#include "editor/protocol.hpp"

namespace dectprov {

// What the client tells of itself in `initialize`.
struct Handshake {
    pid_t process = 0;  // 0: it does not say
    std::vector<std::string> folders = {};
    PositionEncoding encoding = PositionEncoding::utf16;
    bool markdown = true;   // hovers are read as Markdown
    bool snippets = false;  // completions may have places to fill in
    FileOperations may = {};
    bool progress = false;  // it shows progress
    bool watches = false;   // it can be asked to watch files
};

Handshake read_handshake(const Json& params);

// What the server can do, as the answer says it.
Json capabilities(PositionEncoding encoding);

}  // namespace dectprov
