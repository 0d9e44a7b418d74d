// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "source/files.hpp"

namespace dectprov {

// How far the paths lead that inputs name. A description may come from a stranger, and a job that checks it
// shows what it finds: so what it names stays inside the repository that holds it, or, where there is none,
// in its own folder and below. Links count by where they lead. Files::allow_outside() widens it.

struct Outside {
    std::string message;
    std::string help;
    // It is a file beside the folder of a description that lies in no repository, and nothing worse.
    bool beside = false;
};

// Why the file `owner` must not lead to `path`, which it calls `name`; nothing where it may.
std::optional<Outside> leads_outside(const Files& files, const std::string& owner, const std::string& path,
                                     std::string_view name);

}  // namespace dectprov
