// SPDX-License-Identifier: MIT
#include "probe/provisioning_url.hpp"

#include <utility>

#include <fmt/format.h>

#include "probe/switches.hpp"

namespace dectprov {

ProvisioningUrl provisioning_url_of(const Session& session, const Described& described,
                                    const DescribedServer& server) {
    const std::string name = file_name(server.input.identity.text, Role::config);
    ProvisioningUrl found;
    std::optional<Switches> switches;
    if (server.has(name)) {
        switches = read_switches(described.files().read(server.path_of(name)), server.input,
                                 session.options().model);
    }
    if (!switches) {
        found.why = "it has no configuration with the URL of its files";
        return found;
    }
    found.url = std::move(switches->url);
    if (found.url.empty()) {
        found.why = "provisioning.server.url is not set";
        return found;
    }
    std::string why;
    found.address = parse_address(found.url, why);
    if (!found.address) found.why = fmt::format("provisioning.server.url: {}", why);
    return found;
}

}  // namespace dectprov
