// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "command.hpp"
#include "workbench.hpp"

namespace {

std::size_t columns_of(const std::string& line) {
    std::size_t columns = 0;
    for (const char c : line) columns += (static_cast<unsigned char>(c) & 0xc0U) == 0x80U ? 0 : 1;
    return columns;
}

}  // namespace

TEST_CASE("the help of every command fits 80 columns, and has what every command takes") {
    std::vector<std::string> names{""};
    for (const dectprov::Command& command : dectprov::commands()) names.emplace_back(command.name);
    for (const std::string& name : names) {
        CAPTURE(name);
        std::vector<std::string> args{"--help"};
        if (!name.empty()) args.insert(args.begin(), name);
        const workbench::CommandResult help = workbench::run(args, "");
        CHECK(help.status == 0);
        for (const std::string& line : workbench::lines_of(help.out))
            CHECK_MESSAGE(columns_of(line) <= 80, line);
        for (const char* part : {"Usage: dectprov", "--server ID", "--allow-outside DIR",
                                 "Exit status:\n  0 ", "Examples:\n  dectprov "})
            CHECK_MESSAGE(help.out.find(part) != std::string::npos, part);
        // Its own, not those of the program by itself.
        if (!name.empty()) CHECK(help.out.find("Examples:\n  dectprov " + name) != std::string::npos);
        const workbench::CommandResult same = workbench::run(
            name.empty() ? std::vector<std::string>{"help"} : std::vector<std::string>{"help", name}, "");
        CHECK(same.out == help.out);
    }
}
