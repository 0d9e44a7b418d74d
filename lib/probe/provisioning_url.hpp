// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include "analysis/session.hpp"
#include "probe/address.hpp"
#include "probe/described.hpp"

namespace dectprov {

// Where a described server fetches its files, by its own configuration.
struct ProvisioningUrl {
    std::string url = {};  // may hold a password
    std::optional<Address> address = {};
    std::string why = {};  // there is none
};
ProvisioningUrl provisioning_url_of(const Session& session, const Described& described,
                                    const DescribedServer& server);

}  // namespace dectprov
