// SPDX-License-Identifier: MIT
#include <unistd.h>

#include <array>
#include <csignal>
#include <iostream>
#include <string>
#include <vector>

#include "cli.hpp"
#include "render/staging.hpp"

namespace {

// What a run has staged goes with it. The status is the one that a shell gives to such an end.
extern "C" void end_by_signal(int signal) {
    constexpr int ended_by_signal = 128;
    dectprov::remove_staged();
    _exit(ended_by_signal + signal);
}

// A signal that whoever started us ignores (nohup) stays ignored.
void end_cleanly_by_signals() {
    for (const int signal : std::array{SIGINT, SIGTERM, SIGHUP}) {
        struct sigaction action {};
        if (sigaction(signal, nullptr, &action) != 0 || action.sa_handler == SIG_IGN) continue;
        action = {};
        action.sa_handler = end_by_signal;
        sigfillset(&action.sa_mask);
        sigaction(signal, &action, nullptr);
    }
}

}  // namespace

int main(int argc, char** argv) {
    end_cleanly_by_signals();
    std::ios::sync_with_stdio(false);
    const std::vector<std::string> args(argv + (argc > 0 ? 1 : 0), argv + argc);
    return dectprov::run(args, {.in = std::cin,
                                .out = std::cout,
                                .err = std::cerr,
                                .out_is_terminal = isatty(STDOUT_FILENO) == 1,
                                .err_is_terminal = isatty(STDERR_FILENO) == 1});
}
