// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/server.hpp"

namespace dectprov {

// Why no model that a server may be takes a firmware file of this name, by its extension.
struct FirmwareRefusal {
    std::string why;
    std::string help = "name a .bin file";
};
// `own`: it is the firmware of the server itself. Nothing where some model may take it.
std::optional<FirmwareRefusal> refuse_firmware(const Server& server, bool own, std::string_view name);

}  // namespace dectprov
