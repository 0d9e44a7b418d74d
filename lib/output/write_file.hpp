// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace dectprov {

class StagingFolder;

// One file alone, whole or not at all; `over`: in place of one that is there, which is a Failure otherwise. A
// link is followed, a file that is replaced keeps its permissions. What is no regular file is written to as
// it is, and so is what standard output or standard error goes to (/dev/stdout): behind what is there. What a
// killed run left beside it is removed: whoever writes many files of a folder gives its StagingFolder, so
// that it is locked and looked through once.
void write_whole(const std::string& path, std::string_view bytes, bool over, bool secret = false,
                 const StagingFolder* held = nullptr);

// The same in place of a file that must hold `before` until then: a Failure otherwise.
void write_over(const std::string& path, std::string_view before, std::string_view bytes,
                const StagingFolder* held = nullptr);

// The same for what is for the eyes of its owner alone, whatever was there: mode 0600.
void write_private(const std::string& path, std::string_view bytes, bool over,
                   const StagingFolder* held = nullptr);

// A folder with those above it, where they are not there yet.
void make_folder(const std::string& path);

// Throws the Failure that write_whole() over `path` would end with, as far as that is known before.
void check_writable(const std::string& path);

}  // namespace dectprov
