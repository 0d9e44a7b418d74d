// SPDX-License-Identifier: MIT
#include "program.hpp"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstddef>
#include <iostream>
#include <ostream>
#include <string_view>

#include "cli.hpp"
#include "output/staging.hpp"
#include "standard_output.hpp"

namespace dectprov {
namespace {

// What a run has staged goes with it. The status is the one that a shell gives to such an end.
extern "C" void end_by_signal(int signal) {
    constexpr int ended_by_signal = 128;
    remove_staged();
    _exit(ended_by_signal + signal);
}

// A signal that whoever started us ignores (nohup) stays ignored.
void end_cleanly_by_signals() {
    for (const int signal : std::array{SIGINT, SIGTERM, SIGHUP, SIGPIPE}) {
        struct sigaction action {};
        if (sigaction(signal, nullptr, &action) != 0 || action.sa_handler == SIG_IGN) continue;
        action = {};
        action.sa_handler = end_by_signal;
        sigfillset(&action.sa_mask);
        sigaction(signal, &action, nullptr);
    }
}

// A standard stream that was closed when we began would be the next file that we open. What takes its place
// refuses what the stream is for, as a closed one does, also where it is opened by a name (`/dev/stdout`).
void fill_closed_streams() {
    for (const int stream : std::array{STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        if (fcntl(stream, F_GETFD) != -1) continue;
        // The lowest free number is taken, which is this one.
        const int taken =
            stream == STDIN_FILENO ? open("/dev/null", O_WRONLY) : open("/", O_RDONLY | O_DIRECTORY);
        if (taken != stream) _exit(2);
    }
}

// The columns of the terminal that a descriptor is; 0 where it is none.
unsigned columns_of(int descriptor) {
    struct winsize size {};
    return isatty(descriptor) == 1 && ioctl(descriptor, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

}  // namespace

std::vector<std::string> take_arguments(int argc, char** argv) {
    std::vector<std::string> args(argv + (argc > 0 ? 1 : 0), argv + argc);
    for (int i = 1; i < argc; ++i) {
        const std::string_view text = argv[i];
        const std::size_t mark = text.find("://");
        if (mark == std::string_view::npos) continue;
        const std::size_t begin = mark + 3;
        const std::size_t at = text.substr(0, text.find('/', begin)).rfind('@');
        if (at == std::string_view::npos) continue;
        for (std::size_t c = begin; c < at; ++c) argv[i][c] = '*';
    }
    return args;
}

int run_program(const std::vector<std::string>& args, const NetworkMaker* network) {
    fill_closed_streams();
    end_cleanly_by_signals();
    std::ios::sync_with_stdio(false);
    OutputBuffer buffer(STDOUT_FILENO);
    std::ostream out(&buffer);
    // What is said while it waits stands behind what was printed before.
    std::cerr.tie(&out);
    const int status = run(args, {.in = std::cin,
                                  .out = out,
                                  .err = std::cerr,
                                  .out_is_terminal = isatty(STDOUT_FILENO) == 1,
                                  .err_is_terminal = isatty(STDERR_FILENO) == 1,
                                  .out_columns = columns_of(STDOUT_FILENO),
                                  .err_columns = columns_of(STDERR_FILENO),
                                  .out_error = &buffer.error(),
                                  .network = network,
                                  .own_process = network == nullptr,
                                  .in_descriptor = STDIN_FILENO});
    // It outlives `out`.
    std::cerr.tie(nullptr);
    return status;
}

}  // namespace dectprov
