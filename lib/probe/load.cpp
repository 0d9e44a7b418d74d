// SPDX-License-Identifier: MIT
#include "probe/load.hpp"

#include <algorithm>
#include <map>

#include "catalog/value_forms.hpp"

namespace dectprov {
namespace {

const AskedFile& answered(const std::vector<Talk>& talks, const AskedFile& file) {
    return file.first ? talks[file.first->first].files[file.first->second] : file;
}

}  // namespace

FleetLoad load_of(const std::vector<Talk>& talks) {
    constexpr double seconds_a_minute = 60;
    constexpr double minutes_an_hour = 60;
    FleetLoad load;
    std::map<std::string, FleetLoad::Minute> minutes;
    for (const Talk& talk : talks) {
        if (!talk.followed) continue;
        std::size_t requests = 0;
        std::uint64_t bytes = 0;
        for (const AskedFile& file : talk.files) {
            if (file.role == Role::group || file.image) continue;
            ++requests;
            bytes += answered(talks, file).bytes;
        }
        const Switches& switches = talk.switches;
        if (switches.interval != 0) {
            ++load.by_interval;
            load.requests_per_second +=
                static_cast<double>(requests) / (switches.interval * seconds_a_minute);
            load.bytes_per_hour += static_cast<double>(bytes) * minutes_an_hour / switches.interval;
        }
        // What is no time of day says nothing of when the server looks; lint tells it.
        if (is_time(switches.time)) {
            FleetLoad::Minute& minute = minutes[switches.time];
            minute.time = switches.time;
            ++minute.servers;
            minute.requests += requests;
            minute.bytes += bytes;
        }
        if (switches.interval == 0 && switches.time.empty()) ++load.silent;
    }
    const auto busiest =
        std::ranges::max_element(minutes, {}, [](const auto& one) { return one.second.requests; });
    if (busiest != minutes.end()) load.busiest = busiest->second;
    return load;
}

}  // namespace dectprov
