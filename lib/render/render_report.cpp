// SPDX-License-Identifier: MIT
#include "render/render_report.hpp"

#include <nlohmann/json.hpp>
#include <utility>

namespace dectprov {

RenderCounts counts_of(const RenderResult& result) {
    RenderCounts counts;
    const auto count_of = [&](FileStatus status) -> std::size_t& {
        switch (status) {
            case FileStatus::created:
                return counts.created;
            case FileStatus::changed:
                return counts.changed;
            case FileStatus::unchanged:
                return counts.unchanged;
            case FileStatus::removed:
                break;
        }
        return counts.removed;
    };
    for (const RenderedServer& server : result.servers) {
        for (const FileChange& change : server.changes) ++count_of(change.status);
    }
    return counts;
}

std::string report_of(const RenderResult& result, const RenderCounts& counts) {
    using Json = nlohmann::ordered_json;
    Json servers = Json::array();
    for (const RenderedServer& server : result.servers) {
        Json files = Json::array();
        for (const FileChange& change : server.changes) {
            files.push_back(Json{{"path", change.path}, {"outcome", to_text(change.status)}});
        }
        servers.push_back(
            Json{{"server", server.identity}, {"site", server.site}, {"files", std::move(files)}});
    }
    const Json report{{"version", 1},
                      {"written", result.published},
                      {"summary",
                       {{"servers", result.servers.size()},
                        {"created", counts.created},
                        {"changed", counts.changed},
                        {"unchanged", counts.unchanged},
                        {"removed", counts.removed}}},
                      {"servers", std::move(servers)}};
    return report.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace dectprov
