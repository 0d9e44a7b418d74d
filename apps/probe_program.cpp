// SPDX-License-Identifier: MIT
#include "probe_program.hpp"

#include <unistd.h>

#include <array>
#include <cerrno>
#include <filesystem>
#include <system_error>
#include <vector>

#include <fmt/format.h>

#include "source/failure.hpp"

namespace dectprov {

void start_probe_program(std::span<const std::string> args) {
    namespace fs = std::filesystem;
    std::error_code error;
    const fs::path own = fs::read_symlink("/proc/self/exe", error).parent_path();
    constexpr std::array places{"dectprov-probe", "../libexec/dectprov-probe"};
    for (const char* place : places) {
        const std::string program = (own / place).string();
        if (access(program.c_str(), X_OK) != 0) continue;
        // Its name tells it that the arguments begin with the subcommand, or with options in front of it.
        std::vector<std::string> words{"dectprov"};
        words.insert(words.end(), args.begin(), args.end());
        std::vector<char*> pointers;
        pointers.reserve(words.size() + 1);
        for (std::string& word : words) pointers.push_back(word.data());
        pointers.push_back(nullptr);
        execv(program.c_str(), pointers.data());
        throw Failure(fmt::format("cannot start dectprov-probe: {}", std::generic_category().message(errno)));
    }
    throw Failure(
        "dectprov-probe, the program that fetches from provisioning servers, is neither beside dectprov nor "
        "in ../libexec; install it with dectprov");
}

}  // namespace dectprov
