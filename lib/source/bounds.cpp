// SPDX-License-Identifier: MIT
#include "source/bounds.hpp"

#include <algorithm>
#include <array>

namespace dectprov {
namespace {

// What the system makes up instead of keeping it: the environment of a process, its memory, its terminal.
constexpr std::array<std::string_view, 3> never{"/proc", "/sys", "/dev"};

// Both are where they really are.
bool is_in(std::string_view folder, std::string_view path) {
    if (folder == "/" || folder == path) return true;
    return path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/';
}

bool is_made_up(std::string_view path) {
    // What is kept there is only kept in memory.
    constexpr std::string_view shared_memory = "/dev/shm";
    return !is_in(shared_memory, path) &&
           std::ranges::any_of(never, [&](std::string_view one) { return is_in(one, path); });
}

bool is_repository(const Files& files, const std::string& folder) {
    return files.type(join(folder, ".git")) != Files::Type::none;
}

}  // namespace

std::optional<Outside> leads_outside(const Files& files, const std::string& owner, const std::string& path,
                                     std::string_view name) {
    if (files.is_given(path)) return std::nullopt;
    const std::string there = files.real(path);
    // A commit is a repository by itself, and nothing else can be read from it.
    if (!there.starts_with('/')) return std::nullopt;
    if (is_made_up(there))
        return Outside{.message = "'" + std::string(name) + "' leads to what the system makes up",
                       .help = "name a file that is kept"};
    const auto allows = [&](const std::string& folder) { return is_in(files.real(folder), there); };
    if (std::ranges::any_of(files.allowed_outside(), allows)) return std::nullopt;
    const std::string own(folder_of(files.real(owner)));
    std::string folder = own.empty() ? "/" : own;
    if (is_in(folder, there)) return std::nullopt;
    while (folder.size() > 1 && !is_repository(files, folder)) {
        const std::string_view above = folder_of(folder);
        folder = above.empty() ? "/" : std::string(above);
    }
    const bool repository = is_repository(files, folder);
    if (repository && is_in(folder, there)) return std::nullopt;
    return Outside{.message = "'" + std::string(name) + "' leads out of the " +
                              (repository ? "repository" : "folder") + " that holds " +
                              std::string(base_name(owner)),
                   .help = "keep it inside, or allow its folder on the command line: --allow-outside DIR",
                   .beside = !repository};
}

}  // namespace dectprov
