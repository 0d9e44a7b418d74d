// SPDX-License-Identifier: MIT
#include "source/child_process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>

extern char** environ;  // NOLINT(readability-redundant-declaration): POSIX leaves it to its users

namespace dectprov {
namespace {

constexpr std::size_t piece = std::size_t{1} << 16U;

// What a command gets as its arguments and its environment.
std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> all;
    all.reserve(texts.size() + 1);
    for (std::string& text : texts) all.push_back(text.data());
    all.push_back(nullptr);
    return all;
}

std::vector<std::string> environment_with(const std::vector<std::string>& ours) {
    std::vector<std::string> all = ours;
    for (char** one = environ; *one != nullptr; ++one) {
        const std::string_view text = *one;
        const std::string_view name = text.substr(0, text.find('=') + 1);
        bool replaced = false;
        for (const std::string& own : ours) replaced = replaced || own.starts_with(name);
        if (!replaced) all.emplace_back(text);
    }
    return all;
}

void close_both(std::array<int, 2>& ends) {
    for (int& end : ends) {
        if (end >= 0) ::close(end);
        end = -1;
    }
}

}  // namespace

ChildProcess::~ChildProcess() { finish(); }

bool ChildProcess::start(const std::vector<std::string>& command, const std::vector<std::string>& environment,
                         Listen listen) {
    const bool errors = listen == Listen::errors;
    std::array<int, 2> input{-1, -1};
    std::array<int, 2> output{-1, -1};
    // A socket rather than a pipe, since writing to one can be kept from raising SIGPIPE.
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, input.data()) != 0) return false;
    if (::pipe2(output.data(), O_CLOEXEC) != 0) {
        close_both(input);
        return false;
    }
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, input[0], STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, output[1], errors ? STDERR_FILENO : STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions, errors ? STDOUT_FILENO : STDERR_FILENO, "/dev/null", O_WRONLY,
                                     0);
    std::vector<std::string> arguments = command;
    std::vector<std::string> variables = environment_with(environment);
    const int error = ::posix_spawnp(&process_, command.front().c_str(), &actions, nullptr,
                                     pointers(arguments).data(), pointers(variables).data());
    posix_spawn_file_actions_destroy(&actions);
    ::close(input[0]);
    ::close(output[1]);
    to_ = input[1];
    from_ = output[0];
    if (error == 0) return true;
    process_ = -1;
    close_pipes();
    errno = error;
    return false;
}

bool ChildProcess::write(std::string_view text) const {
    while (!text.empty()) {
        const ssize_t sent = ::send(to_, text.data(), text.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent < 0) return false;
        text.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

bool ChildProcess::fill() {
    if (from_ < 0) return false;
    if (begin_ == buffer_.size()) {
        buffer_.clear();
        begin_ = 0;
    }
    const std::size_t size = buffer_.size();
    buffer_.resize(size + piece);
    ssize_t got = 0;
    do {
        got = ::read(from_, buffer_.data() + size, piece);
    } while (got < 0 && errno == EINTR);
    buffer_.resize(size + static_cast<std::size_t>(got > 0 ? got : 0));
    return got > 0;
}

bool ChildProcess::read_line(std::string& line) {
    std::size_t looked = begin_;
    while (true) {
        const std::size_t end = buffer_.find('\n', looked);
        if (end != std::string::npos) {
            line.assign(buffer_, begin_, end - begin_);
            begin_ = end + 1;
            return true;
        }
        const std::size_t waiting = buffer_.size() - begin_;
        if (!fill()) return false;
        looked = begin_ + waiting;
    }
}

bool ChildProcess::read(std::string& bytes, std::size_t size) {
    while (buffer_.size() - begin_ < size) {
        if (!fill()) return false;
    }
    bytes.assign(buffer_, begin_, size);
    begin_ += size;
    return true;
}

std::string ChildProcess::read_all() {
    while (fill()) {
    }
    std::string all = buffer_.substr(begin_);
    begin_ = buffer_.size();
    return all;
}

void ChildProcess::close_pipes() {
    if (to_ >= 0) ::close(to_);
    if (from_ >= 0) ::close(from_);
    to_ = -1;
    from_ = -1;
}

int ChildProcess::finish() {
    close_pipes();
    if (process_ <= 0) return -1;
    int status = 0;
    pid_t ended = 0;
    do {
        ended = ::waitpid(process_, &status, 0);
    } while (ended < 0 && errno == EINTR);
    process_ = -1;
    return ended > 0 && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace dectprov
