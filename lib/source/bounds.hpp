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
    // It is in a folder beside that of a description that lies in no repository, or below one, and nothing
    // worse.
    bool beside = false;
};

// Why the file `owner` must not lead to `path`, which it calls `name`; nothing where it may.
std::optional<Outside> leads_outside(const Files& files, const std::string& owner, const std::string& path,
                                     std::string_view name);

// Why a file or folder that was found or named is not to be looked at: it is a link, or lies beyond one, that
// leads out of the repository that holds this. Nothing where it may be, and where no repository holds it: a
// stranger's change comes in one, and what else is checked is the user's own.
std::optional<std::string> leaves_repository(const Files& files, const std::string& path);

// Why a link that a walk meets is not followed though no repository holds it: it leads to a folder above, up
// to the root, and the walk would go through all that lies around. Nothing where it leads elsewhere.
std::optional<std::string> leads_up(const Files& files, const std::string& path);

// Why a folder is never walked: what the system makes up has no end, and is nobody's input.
std::optional<std::string> is_no_input(const Files& files, const std::string& folder);

}  // namespace dectprov
