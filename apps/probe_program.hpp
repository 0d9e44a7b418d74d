// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string>

namespace dectprov {

// Becomes the program that speaks to provisioning servers: `dectprov-probe`, from beside this one or from the
// libexec folder of the same installation, with the same arguments. Throws Failure where it is not there.
[[noreturn]] void start_probe_program(std::span<const std::string> args);

}  // namespace dectprov
