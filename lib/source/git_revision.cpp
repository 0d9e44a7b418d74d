// SPDX-License-Identifier: MIT
#include "source/git_revision.hpp"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <initializer_list>
#include <string_view>
#include <system_error>
#include <utility>

#include "source/failure.hpp"
#include "source/files.hpp"

namespace dectprov {
namespace {

// Nothing is fetched: not by a partial clone either, which would do it behind our back.
const std::vector<std::string>& quiet_environment() {
    static const std::vector<std::string> variables{"GIT_NO_LAZY_FETCH=1", "GIT_ALLOW_PROTOCOL=none",
                                                    "GIT_TERMINAL_PROMPT=0", "GIT_OPTIONAL_LOCKS=0",
                                                    "GIT_NO_REPLACE_OBJECTS=1",
                                                    // Its reasons are read, and shown.
                                                    "LC_ALL=C"};
    return variables;
}

[[noreturn]] void no_git() {
    throw Failure("cannot run git, which is needed for `git:`: " + std::generic_category().message(errno));
}

struct Answer {
    std::string text;
    int status;
};

// The command for the repository of a folder; "" is the folder we are in.
std::vector<std::string> git_command(const std::string& folder, std::initializer_list<std::string> words) {
    std::vector<std::string> command{"git"};
    if (!folder.empty()) command.insert(command.end(), {"-C", folder});
    command.insert(command.end(), words);
    return command;
}

Answer ask(const std::vector<std::string>& command,
           ChildProcess::Listen listen = ChildProcess::Listen::output) {
    ChildProcess git;
    if (!git.start(command, quiet_environment(), listen)) no_git();
    std::string text = git.read_all();
    constexpr int not_found = 127;
    const int status = git.finish();
    errno = ENOENT;
    if (status == not_found) no_git();
    return {.text = std::move(text), .status = status};
}

// Why git refuses a command, in its own words: its first complaint, and the command that it says would help.
struct Reason {
    std::string text;
    std::string remedy;
};

Reason reason_of(const std::vector<std::string>& command) {
    const std::string said = ask(command, ChildProcess::Listen::errors).text;
    Reason reason;
    for (std::size_t at = 0; at < said.size();) {
        const std::size_t end = std::min(said.find('\n', at), said.size());
        std::string_view line = std::string_view(said).substr(at, end - at);
        at = end + 1;
        line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
        for (const std::string_view prefix : {"fatal: ", "error: "}) {
            if (line.starts_with(prefix) && reason.text.empty()) reason.text = line.substr(prefix.size());
        }
        if (line.starts_with("git config ") && reason.remedy.empty()) reason.remedy = line;
    }
    return reason;
}

[[noreturn]] void refuse(const std::string& address, const Reason& reason) {
    if (!reason.remedy.empty()) {
        throw Failure(address + ": git refuses the repository: " + reason.text + "; if you trust it, `" +
                      reason.remedy + "` allows it");
    }
    throw Failure(address + ": git refuses: " + (reason.text.empty() ? "no reason given" : reason.text));
}

bool is_shallow(const std::string& folder) {
    return ask(git_command(folder, {"rev-parse", "--is-shallow-repository"})).text.starts_with("true");
}

// A clone with a filter leaves out objects, and would fetch them when they are asked for.
bool is_partial(const std::string& folder) {
    return ask(git_command(folder, {"config", "--get-regexp", R"(^remote\..*\.promisor$)"})).status == 0;
}

// `what` is not there, as git says by `reason`; `hint` helps where the clone is whole.
[[noreturn]] void refuse_missing(const std::string& folder, const std::string& address,
                                 const std::string& what, const Reason& reason, const std::string& hint) {
    if (!reason.remedy.empty()) refuse(address, reason);
    if (is_shallow(folder)) {
        throw Failure(address + ": " + what +
                      " is missing from this shallow clone; fetch more of the history first (fetch-depth: 0 "
                      "for actions/checkout, GIT_DEPTH: 0 for GitLab)");
    }
    if (is_partial(folder)) {
        throw Failure(address + ": " + what +
                      " is missing from this partial clone, and dectprov fetches nothing; `git fetch "
                      "--refetch --no-filter` fetches the missing part");
    }
    throw Failure(address + ": " + what + " is not in this repository; " + hint);
}

constexpr const char* lost = "`git fsck` shows what is missing";

// The text without its line end.
std::string line_of(std::string text) {
    while (text.ends_with('\n') || text.ends_with('\r')) text.pop_back();
    return text;
}

}  // namespace

GitRevision::GitRevision(const std::string& revision, const std::string& folder)
    : revision_(revision), folder_(folder) {
    const auto git = [&](std::initializer_list<std::string> words) { return git_command(folder, words); };
    const std::string address = "git:" + revision;
    Answer prefix = ask(git({"rev-parse", "--show-prefix"}));
    if (prefix.status != 0) {
        const Reason reason = reason_of(git({"rev-parse", "--show-prefix"}));
        if (reason.text.starts_with("not a git repository"))
            throw Failure(address + ": this folder is not in a git repository");
        refuse(address, reason);
    }
    prefix_ = line_of(std::move(prefix.text));
    // An option cannot be smuggled in: --end-of-options stands before what was typed.
    const Answer commit =
        ask(git({"rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}"}));
    if (commit.status != 0)
        refuse_missing(folder, address, "the commit", {},
                       "name the branch of a remote as origin/main, and fetch it first");
    const std::string id = line_of(commit.text);
    const Answer tree = ask(git({"ls-tree", "-r", "-t", "-z", "--full-tree", id}));
    if (tree.status != 0) {
        refuse_missing(folder, address, "its tree",
                       reason_of(git({"ls-tree", "-r", "-t", "--full-tree", id})), lost);
    }

    for (const GitTreeRow& row : read_git_tree(tree.text)) {
        const std::string_view in = folder_of(row.path);
        folders_[in.empty() ? "." : std::string(in)].emplace_back(base_name(row.path), row.type);
        has_links_ = has_links_ || row.type == Type::link;
        objects_.emplace(row.path, Object{.type = row.type, .id = std::string(row.id)});
    }
}

std::optional<std::string> GitRevision::real(const std::string& path) const {
    if (!has_links_) return normal(path);
    // As many as the system follows before it takes them for a ring.
    constexpr int most_links = 40;
    int links = 0;
    std::string done;         // "" is the top
    std::string rest = path;  // below it
    while (!rest.empty()) {
        const std::size_t slash = rest.find('/');
        const std::string name = rest.substr(0, slash);
        rest.erase(0, slash == std::string::npos ? rest.size() : slash + 1);
        if (name.empty() || name == ".") continue;
        if (name == "..") {
            if (done.empty()) return std::nullopt;
            done = folder_of(done);
            continue;
        }
        done = join(done, name);
        const auto found = objects_.find(done);
        if (found == objects_.end() || found->second.type != Type::link) continue;
        const std::string& target = target_of(done, found->second.id);
        if (target.starts_with('/') || ++links > most_links) return std::nullopt;
        done = folder_of(done);
        rest = rest.empty() ? target : target + '/' + rest;
    }
    return done.empty() ? "." : done;
}

const std::string& GitRevision::target_of(const std::string& link, const std::string& id) const {
    const std::lock_guard lock(mutex_);
    const auto [place, fresh] = targets_.try_emplace(id);
    if (fresh) place->second = read_object(id, link);
    return place->second;
}

GitRevision::Type GitRevision::type(const std::string& path) const {
    const std::optional<std::string> place = real(path);
    if (!place) return Type::none;
    if (*place == ".") return Type::folder;
    const auto found = objects_.find(*place);
    return found == objects_.end() ? Type::none : found->second.type;
}

std::vector<std::pair<std::string, GitRevision::Type>> GitRevision::list(const std::string& folder) const {
    const std::optional<std::string> place = real(folder);
    const auto found = place ? folders_.find(*place) : folders_.end();
    if (found == folders_.end()) return {};
    std::vector<std::pair<std::string, Type>> entries = found->second;
    for (auto& [name, type] : entries) {
        if (type == Type::link) type = this->type(join(*place, name));
    }
    return entries;
}

std::string GitRevision::read(const std::string& path) const {
    const std::optional<std::string> place = real(path);
    const auto found = place ? objects_.find(*place) : objects_.end();
    if (found == objects_.end() || found->second.type != Type::file) {
        throw Failure("cannot read git:" + revision_ + ":" + path + ": no such file");
    }
    const std::lock_guard lock(mutex_);
    return read_object(found->second.id, path);
}

// Called with the mutex held.
std::string GitRevision::read_object(const std::string& id, const std::string& path) const {
    const std::string called = "git:" + revision_ + ":" + path;
    if (!reader_.is_running() &&
        !reader_.start(git_command(folder_, {"cat-file", "--batch"}), quiet_environment()))
        no_git();
    std::string header;
    std::string bytes;
    // OBJECT TYPE SIZE, or OBJECT missing. Of a partial clone, git ends where it may not fetch.
    if (!reader_.write(id + "\n") || !reader_.read_line(header) || header.ends_with(" missing"))
        refuse_missing(folder_, "git:" + revision_, path,
                       reason_of(git_command(folder_, {"cat-file", "blob", id})), lost);
    std::size_t size = 0;
    const std::size_t blank = header.rfind(' ');
    std::from_chars(header.data() + blank + 1, header.data() + header.size(), size);
    std::string line_end;
    if (!reader_.read(bytes, size) || !reader_.read(line_end, 1))
        throw Failure("cannot read " + called + ": git ended too early");
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
        if (!kind.starts_with("blob ")) continue;
        if (mode.starts_with("100")) to.type = GitRevision::Type::file;
        // What it holds is the path that it leads to.
        if (mode.starts_with("120")) to.type = GitRevision::Type::link;
        if (to.type != GitRevision::Type::other) to.id = kind.substr(kind.find(' ') + 1);
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
