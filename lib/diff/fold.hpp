// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "compare/change.hpp"

namespace dectprov {

// One change, on however many servers and of however many users it is made in the same way.
struct FoldedChange {
    const Change* change = nullptr;  // the first of them
    std::vector<std::string_view> servers = {};
    std::vector<std::string_view> users = {};
    std::size_t rank = 0;
};

// The worst first, then in the order of the files. `full`: nothing is folded.
std::vector<FoldedChange> fold(const Comparison& comparison, bool full);

// One forecast, of however many servers it is made. The worst first.
struct FoldedForecast {
    const ServerDiff* server = nullptr;
    std::vector<std::string_view> servers = {};
    std::string_view notice = {};
};
std::vector<FoldedForecast> fold_forecasts(const Comparison& comparison, bool full);

// "0013d1800001, 0013d1800002 and 3 more"
std::string list_of(const std::vector<std::string_view>& names, std::size_t most);

// Whose: the one server, or their number and the first of them.
constexpr std::size_t most_servers = 3;
std::string whose(const std::vector<std::string_view>& servers);

// What is changed: "sip.dtmf.duration", "users 7001, 7002", "group 100: data.language.set".
std::string subject_of(const FoldedChange& folded);
// "270 -> 301", "301", ""; a value longer than a line is cut.
std::string values_of(const Change& change);
// Where: "config", "users", "handset group 100", "handset list", "firmware", "server"
std::string place_of(const Change& change);

}  // namespace dectprov
