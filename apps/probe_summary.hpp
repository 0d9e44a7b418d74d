// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "probe/probe.hpp"

namespace dectprov {

// What `probe` says behind its findings: what each server got, the slowest first, and what the fleet asks of
// its provisioning servers. `all`: every server, instead of the slowest ten.
std::string probe_summary(const ProbeResult& result, bool all);

// The same of all servers, as a member of the JSON report.
std::string probe_json(const ProbeResult& result);

}  // namespace dectprov
