// SPDX-License-Identifier: MIT
#include "source/git_revision.hpp"

#include <charconv>
#include <utility>

#include "source/failure.hpp"
#include "source/files.hpp"

namespace dectprov {
namespace {

// Nothing is fetched: not by a partial clone either, which would do it behind our back.
const std::vector<std::string>& quiet_environment() {
    static const std::vector<std::string> variables{"GIT_NO_LAZY_FETCH=1", "GIT_ALLOW_PROTOCOL=none",
                                                    "GIT_TERMINAL_PROMPT=0", "GIT_OPTIONAL_LOCKS=0",
                                                    "GIT_NO_REPLACE_OBJECTS=1"};
    return variables;
}

struct Answer {
    std::string text;
    int status;
};

Answer ask(const std::vector<std::string>& command) {
    ChildProcess git;
    if (!git.start(command, quiet_environment())) throw Failure("cannot run git, which `git:` needs");
    std::string text = git.read_all();
    constexpr int not_found = 127;
    const int status = git.finish();
    if (status == not_found) throw Failure("cannot run git, which `git:` needs");
    return {.text = std::move(text), .status = status};
}

bool is_shallow() { return ask({"git", "rev-parse", "--is-shallow-repository"}).text.starts_with("true"); }

[[noreturn]] void refuse(const std::string& revision, const std::string& what) {
    if (is_shallow()) {
        throw Failure(
            "git:" + revision + ": " + what +
            " is missing from this shallow clone; fetch more of the history first (fetch-depth: 0 for "
            "actions/checkout, GIT_DEPTH: 0 for GitLab)");
    }
    throw Failure(
        "git:" + revision + ": " + what +
        " is not in this repository; a branch of a remote is named as origin/main, and fetched first");
}

// The text without its line end.
std::string line_of(std::string text) {
    while (text.ends_with('\n') || text.ends_with('\r')) text.pop_back();
    return text;
}

}  // namespace

GitRevision::GitRevision(const std::string& revision) : revision_(revision) {
    Answer prefix = ask({"git", "rev-parse", "--show-prefix"});
    if (prefix.status != 0) throw Failure("git:" + revision + ": this folder is in no git repository");
    prefix_ = line_of(std::move(prefix.text));
    // An option cannot be smuggled in: --end-of-options stands before what was typed.
    const Answer commit =
        ask({"git", "rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}"});
    if (commit.status != 0) refuse(revision, "the commit");
    const std::string id = line_of(commit.text);
    const Answer tree = ask({"git", "ls-tree", "-r", "-t", "-z", "--full-tree", id});
    if (tree.status != 0) refuse(revision, "its tree");

    for (const GitTreeRow& row : read_git_tree(tree.text)) {
        const std::string_view folder = folder_of(row.path);
        folders_[folder.empty() ? "." : std::string(folder)].emplace_back(base_name(row.path), row.type);
        objects_.emplace(row.path, Object{.type = row.type, .id = std::string(row.id)});
    }
}

GitRevision::Type GitRevision::type(std::string_view path) const {
    if (path == ".") return Type::folder;
    const auto found = objects_.find(path);
    return found == objects_.end() ? Type::none : found->second.type;
}

const std::vector<std::pair<std::string, GitRevision::Type>>& GitRevision::list(
    const std::string& folder) const {
    static const std::vector<std::pair<std::string, Type>> nothing;
    const auto found = folders_.find(folder);
    return found == folders_.end() ? nothing : found->second;
}

std::string GitRevision::read(const std::string& path) const {
    const auto found = objects_.find(path);
    if (found == objects_.end() || found->second.type != Type::file) {
        throw Failure("cannot read git:" + revision_ + ":" + path + ": no such file");
    }
    const std::lock_guard lock(mutex_);
    if (!reader_.is_running() && !reader_.start({"git", "cat-file", "--batch"}, quiet_environment()))
        throw Failure("cannot run git, which `git:` needs");
    std::string header;
    std::string bytes;
    if (!reader_.write(found->second.id + "\n") || !reader_.read_line(header))
        throw Failure("cannot read git:" + revision_ + ":" + path + ": git ended early");
    // OBJECT TYPE SIZE, or OBJECT missing
    if (header.ends_with(" missing")) refuse(revision_, path);
    std::size_t size = 0;
    const std::size_t blank = header.rfind(' ');
    std::from_chars(header.data() + blank + 1, header.data() + header.size(), size);
    std::string line_end;
    if (!reader_.read(bytes, size) || !reader_.read(line_end, 1))
        throw Failure("cannot read git:" + revision_ + ":" + path + ": git ended early");
    return bytes;
}

std::vector<GitTreeRow> read_git_tree(std::string_view listing) {
    std::vector<GitTreeRow> rows;
    // MODE TYPE OBJECT<tab>PATH<nul>
    constexpr std::size_t before_type = 7;
    while (!listing.empty()) {
        const std::size_t end = listing.find('\0');
        const std::string_view row = listing.substr(0, end);
        listing.remove_prefix(end == std::string_view::npos ? listing.size() : end + 1);
        const std::size_t tab = row.find('\t');
        if (tab == std::string_view::npos || tab < before_type || tab + 1 == row.size()) continue;
        const std::string_view mode = row.substr(0, before_type - 1);
        const std::string_view kind = row.substr(before_type, tab - before_type);
        GitTreeRow& to = rows.emplace_back();
        to = {.path = row.substr(tab + 1), .type = GitRevision::Type::other, .id = {}};
        if (kind.starts_with("tree ")) to.type = GitRevision::Type::folder;
        // A link holds the name of what it leads to; it is left alone, as a submodule is.
        if (kind.starts_with("blob ") && mode.starts_with("100")) {
            to.type = GitRevision::Type::file;
            to.id = kind.substr(kind.find(' ') + 1);
        }
    }
    return rows;
}

GitAddress parse_git_address(std::string_view text) {
    int depth = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '{') ++depth;
        if (text[i] == '}') --depth;
        if (text[i] == ':' && depth <= 0)
            return {.revision = std::string(text.substr(0, i)), .path = std::string(text.substr(i + 1))};
    }
    return {.revision = std::string(text), .path = {}};
}

}  // namespace dectprov
