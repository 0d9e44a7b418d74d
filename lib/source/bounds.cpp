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

bool is_allowed(const Files& files, const std::string& there) {
    return std::ranges::any_of(files.allowed_outside(),
                               [&](const std::string& folder) { return is_in(files.real(folder), there); });
}

// What git keeps for itself, such as the token that a job fetches with.
// `.git` is a folder, or in a worktree a file that names it.
bool is_in_store(std::string_view path) {
    return path.find("/.git/") != std::string_view::npos || path.ends_with("/.git");
}

std::string folder_above(std::string_view path) {
    const std::string_view above = folder_of(path);
    return above.empty() ? "/" : std::string(above);
}

bool is_link(const Files& files, const std::string& path) {
    return files.real(path) != join(files.real(folder_above(path)), base_name(path));
}

// The repository that holds a path from the root; empty for none.
std::string repository_of(const Files& files, const std::string& path) {
    for (std::string folder = folder_above(path);; folder = folder_above(folder)) {
        if (is_repository(files, folder) && !is_link(files, folder)) return folder;
        if (folder.size() <= 1) return {};
    }
}

// `path` is from the root, `there` is where it leads.
bool leaves_repository_of(const Files& files, const std::string& path, std::string_view there) {
    const std::string repository = repository_of(files, path);
    return !repository.empty() && (!is_in(files.real(repository), there) || is_in_store(there));
}

// Whether it is in a folder beside `folder`, or below one. The root holds what belongs to nobody.
bool is_beside(const std::string& folder, std::string_view there) {
    const std::string above = folder_above(folder);
    return above != "/" && is_in(above, there);
}

}  // namespace

std::optional<Outside> leads_outside(const Files& files, const std::string& owner, const std::string& path,
                                     std::string_view name) {
    if (files.is_given(path)) return std::nullopt;
    const std::string there = files.real(path);
    // A commit is a repository by itself, and nothing else can be read from it.
    if (!there.starts_with('/')) return std::nullopt;
    if (is_made_up(there))
        return Outside{.message = "'" + std::string(name) + "' leads to a file that is made by the system",
                       .help = "name a file on disk"};
    if (is_in_store(there))
        return Outside{.message = "'" + std::string(name) + "' leads into git's own files",
                       .help = "name a file that is in the repository"};
    if (is_allowed(files, there)) return std::nullopt;
    const std::string own(folder_of(files.real(owner)));
    std::string folder = own.empty() ? "/" : own;
    if (is_in(folder, there)) return std::nullopt;
    while (folder.size() > 1 && !is_repository(files, folder)) folder = folder_above(folder);
    const bool repository = is_repository(files, folder);
    if (repository && is_in(folder, there)) return std::nullopt;
    return Outside{.message = "'" + std::string(name) + "' leads out of the " +
                              (repository ? "repository" : "folder") + " that contains " +
                              std::string(base_name(owner)),
                   .help = "move it inside, or allow its folder on the command line: --allow-outside DIR",
                   .beside = !repository && is_beside(own, there)};
}

std::optional<std::string> leaves_repository(const Files& files, const std::string& path) {
    if (files.is_given(path)) return std::nullopt;
    const std::string there = files.real(path);
    const std::string whole = files.absolute(path);
    // A commit holds all that it leads to.
    if (!there.starts_with('/') || there == whole) return std::nullopt;
    // The folder may be reached by a link of its own that the user follows.
    const std::string in_place = join(files.real(folder_above(whole)), base_name(whole));
    if (!leaves_repository_of(files, whole, there) && !leaves_repository_of(files, in_place, there))
        return std::nullopt;
    if (is_in_store(there)) return "cannot read " + path + ": it is a link into git's own files";
    if (is_allowed(files, there)) return std::nullopt;
    return "cannot read " + path +
           ": it is a link that leads out of the repository; --allow-outside DIR allows its folder";
}

std::optional<std::string> leads_up(const Files& files, const std::string& path) {
    const std::string there = files.real(path);
    const std::string whole = files.absolute(path);
    const std::string place = files.real(folder_above(whole));
    const bool is_up = there.starts_with('/') && is_in(there, place);
    if (!is_up || is_allowed(files, there) || !repository_of(files, whole).empty() ||
        !repository_of(files, join(place, base_name(whole))).empty())
        return std::nullopt;
    return "cannot read " + path +
           ": it is a link to a folder above it; --allow-outside DIR allows that folder";
}

std::optional<std::string> is_no_input(const Files& files, const std::string& folder) {
    if (!is_made_up(files.real(folder))) return std::nullopt;
    return "cannot read " + folder + ": its files are made by the system";
}

}  // namespace dectprov
