// SPDX-License-Identifier: MIT
// dectprov-probe: `dectprov probe`, by the program that links what speaks to a network.
#include <string>
#include <string_view>
#include <vector>

#include "curl_network.hpp"
#include "program.hpp"
#include "source/files.hpp"

int main(int argc, char** argv) {
    // Started by `dectprov`, it gets the arguments as they were typed there, the subcommand among them.
    const bool by_dectprov = argc > 0 && dectprov::base_name(argv[0]) == "dectprov";
    std::vector<std::string> args = dectprov::take_arguments(argc, argv);
    if (!by_dectprov) args.insert(args.begin(), "probe");
    dectprov::CurlNetwork network;
    const dectprov::NetworkMaker maker = [&](const dectprov::NetworkOptions& options) {
        return network.open(options);
    };
    return dectprov::run_program(args, &maker);
}
