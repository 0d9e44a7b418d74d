// SPDX-License-Identifier: MIT
#include "probe_summary.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "diag/escape.hpp"
#include "diag/shorten.hpp"
#include "diag/tally.hpp"
#include "probe/address.hpp"
#include "probe/judge.hpp"

namespace dectprov {
namespace {

constexpr std::size_t most_listed = 10;

std::string amount(double bytes) {
    constexpr double megabyte = 1e6;
    return bytes < megabyte ? fmt::format("{:.3g} kB", bytes / 1e3)
                            : fmt::format("{:.4g} MB", bytes / megabyte);
}

std::string load_text(const FleetLoad& load) {
    std::string text;
    if (load.by_interval != 0) {
        text += fmt::format("{} {} {:.3g} requests per second and {} per hour, at {} own intervals\n",
                            count_of(load.by_interval, "server"), load.by_interval == 1 ? "asks" : "ask",
                            load.requests_per_second, amount(load.bytes_per_hour),
                            load.by_interval == 1 ? "its" : "their");
    }
    if (load.busiest) {
        text += fmt::format("the busiest time of day is {}: {}, {}, {}\n", visible(load.busiest->time),
                            count_of(load.busiest->servers, "server"),
                            count_of(load.busiest->requests, "request"),
                            amount(static_cast<double>(load.busiest->bytes)));
    }
    if (load.silent != 0) {
        text += fmt::format("{} {} neither at intervals nor at a time of day\n",
                            count_of(load.silent, "server"), load.silent == 1 ? "looks" : "look");
    }
    return text;
}

}  // namespace

std::string probe_summary(const ProbeResult& result, bool all) {
    std::vector<const ProbedServer*> order;
    for (const ProbedServer& server : result.servers) order.push_back(&server);
    std::ranges::stable_sort(
        order, [](const ProbedServer* a, const ProbedServer* b) { return a->slowest > b->slowest; });
    std::string text;
    for (std::size_t i = 0; i < order.size(); ++i) {
        if (!all && i == most_listed) {
            text += fmt::format("and {}; --verbose lists all\n", count_of(order.size() - i, "more server"));
            break;
        }
        const ProbedServer& server = *order[i];
        if (server.files == 0) {
            text += fmt::format("{}: not asked\n", server.identity);
            continue;
        }
        text +=
            fmt::format("{}: {} of {} served, {} byte{}", server.identity, server.served,
                        count_of(server.files, "file"), grouped(server.bytes), server.bytes == 1 ? "" : "s");
        if (!server.slowest_file.empty())
            text += fmt::format(", slowest {:.3f} s ({})", server.slowest,
                                visible(shortened_name(shown_path(server.slowest_file))));
        text += '\n';
    }
    return text + load_text(result.load);
}

std::string probe_json(const ProbeResult& result) {
    const auto quoted = [](const std::string& text) {
        return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    };
    const FleetLoad& load = result.load;
    std::string out = fmt::format(
        "  \"probe\": {{\n    \"interrupted\": {},\n    \"load\": {{\"servers_at_intervals\": {}, "
        "\"requests_per_second\": {:g}, \"bytes_per_hour\": {:g}, \"servers_that_never_look\": {}",
        result.interrupted, load.by_interval, load.requests_per_second, load.bytes_per_hour, load.silent);
    if (load.busiest) {
        out += fmt::format(
            R"(, "busiest_minute": {{"time": {}, "servers": {}, "requests": {}, "bytes": {}}})",
            quoted(load.busiest->time), load.busiest->servers, load.busiest->requests, load.busiest->bytes);
    }
    out += "},\n    \"servers\": [";
    std::string_view separator = "\n";
    for (const ProbedServer& server : result.servers) {
        out += fmt::format(R"({}      {{"server": {}, "files": {}, "served": {}, "bytes": {})", separator,
                           quoted(server.identity), server.files, server.served, server.bytes);
        if (!server.slowest_file.empty())
            out += fmt::format(R"(, "slowest": {{"file": {}, "seconds": {:g}}})",
                               quoted(shown_path(server.slowest_file)), server.slowest);
        out += '}';
        separator = ",\n";
    }
    out += result.servers.empty() ? "]\n  },\n" : "\n    ]\n  },\n";
    return out;
}

}  // namespace dectprov
