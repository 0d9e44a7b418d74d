// SPDX-License-Identifier: MIT
#include "render/render_report.hpp"

#include <nlohmann/json.hpp>
#include <utility>

namespace dectprov {

std::string report_of(const RenderResult& result) {
    using Json = nlohmann::ordered_json;
    Json servers = Json::array();
    result.servers.each([&](const RenderedServer& server) {
        Json files = Json::array();
        for (const FileChange& change : server.changes) {
            files.push_back(Json{{"path", change.path}, {"outcome", to_text(change.status)}});
        }
        servers.push_back(
            Json{{"server", server.identity}, {"site", server.site}, {"files", std::move(files)}});
    });
    const Json report{{"version", 1},
                      {"written", result.published},
                      {"summary",
                       {{"servers", result.rendered},
                        {"created", result.counts.created},
                        {"changed", result.counts.changed},
                        {"unchanged", result.counts.unchanged},
                        {"removed", result.counts.removed}}},
                      {"servers", std::move(servers)}};
    return report.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace dectprov
