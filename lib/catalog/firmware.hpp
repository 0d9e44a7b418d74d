// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

#include "catalog/entries.hpp"

// What the sources say of firmware: documentation for people, shown by `explain`. No rule is decided by it.
namespace dectprov {

struct FirmwareFact {
    std::string_view what;
    std::string_view detail;
    std::string_view origin;
};

// The firmware of a device, by the element that names its file.
struct FirmwareElement {
    EntryId element;
    std::string_view device;
    std::string_view part_number = {};  // of a handset's firmware; the element is called after it
    std::string_view doubt = {};
    std::string_view origin;
};

inline constexpr std::string_view by_row_order =
    "inferred: only the order of rows on the web page links this number to this family";

inline constexpr FirmwareElement firmware_elements[] = {
    {.element = entry("config.provisioning.firmware.kws"),
     .device = "the server itself: .bin, on vso .ova, from PCS20B_ on .zip (not on DECT servers)",
     .origin = "guide line 238, 251, 265, 280, 295, 429, 1197-1199"},
    {.element = entry("config.provisioning.firmware.rfp"),
     .device = "IP base stations of a DECT server",
     .origin = "guide line 232, 296, 1200"},
    {.element = entry("config.provisioning.firmware.rfp6"),
     .device = "digital (TDM) base stations RFP6 of a DECT server",
     .origin = "guide line 233, 297, 1201"},
    {.element = entry("config.provisioning.firmware.pp14208700"),
     .device = "handsets Butterfly",
     .part_number = "14208700",
     .doubt = by_row_order,
     .origin = "guide line 252, 1202"},
    {.element = entry("config.provisioning.firmware.pp14225100"),
     .device = "handsets 75x2, 76x2 and 77x2",
     .part_number = "14225100",
     .doubt = by_row_order,
     .origin = "guide line 253, 1203"},
    {.element = entry("config.provisioning.firmware.pp14225110"),
     .device = "handsets 72x2",
     .part_number = "14225110",
     .doubt = by_row_order,
     .origin = "guide line 254, 1204"},
    {.element = entry("config.provisioning.firmware.pp14225190"),
     .device = "handsets of other brands (OEM)",
     .part_number = "14225190",
     .doubt = by_row_order,
     .origin = "guide line 255, 1205"},
};

// Where the sources date or demand a release.
inline constexpr FirmwareFact firmware_releases[] = {
    {"PCS05__", "KWS300 and KWS6000, first quarter of 2010",
     "https://github.com/plastboks/Overland/tree/be0f25d/Documentation/XML-RPC_SDK_1_6"},
    {"PCS05A_", "KWS300 and KWS6000, first quarter of 2010",
     "https://github.com/plastboks/Overland/tree/be0f25d/Documentation/XML-RPC_SDK_1_6"},
    {"PCS05C_", "KWS300 and KWS6000, third quarter of 2010",
     "https://github.com/plastboks/Overland/tree/be0f25d/Documentation/XML-RPC_SDK_1_6"},
    {"PCS06__", "KWS2500 and KWS8000, third quarter of 2011",
     "https://github.com/plastboks/Overland/tree/be0f25d/Documentation/XML-RPC_SDK_1_6"},
    {"PCS06Da", "handsets 6020, 6040, 7020 and 7040, third quarter of 2010",
     "https://github.com/plastboks/Overland/tree/be0f25d/Documentation/XML-RPC_SDK_1_6"},
    {"PCS08Ja", "handsets 5020 and 5040, third quarter of 2010",
     "https://github.com/plastboks/Overland/tree/be0f25d/Documentation/XML-RPC_SDK_1_6"},
    {"PCS14A_", "IP servers, tried with BroadWorks 20.sp1 in 2015",
     "https://docplayer.net/amp/8490592-Broadsoft-partner-configuration-guide.html"},
    {"PCS15__", "base stations: the minimum for an automatic update", "guide line 550, 618"},
    {"PCS16E_", "digital base stations RFP6: the minimum for Microsoft Teams",
     "https://github.com/MicrosoftDocs/OfficeDocs-SkypeForBusiness/blob/live/Teams/sip-gateway-plan.md"},
    {"PCS18Ba", "IP servers: kit for BroadWorks, printed there as PCS18bA",
     "https://www.easymanua.ls/spectralink/ip-dect-200/manual/711778?p=40"},
    {"PCS19C_", "IP servers: the minimum for handset configuration over the air", "guide line 179"},
    {"PCS19K_", "handsets 72x2, 75x2, 76x2 and 77x2: the minimum for configuration over the air",
     "guide line 177"},
    {"PCS20B_", "the minimum for firmware as .zip", "guide line 238, 429"},
    {"PCS20Ba", "build 90198, shown on the web page as default of base stations and media resources",
     "guide line 685"},
    {"PCS22Ab", "IP servers and base stations: the minimum for Microsoft Teams; PCS24B is approved",
     "https://github.com/MicrosoftDocs/OfficeDocs-SkypeForBusiness/blob/live/Teams/sip-gateway-plan.md"},
    {"PCS22B_", "handsets 72x2, 75x2, 76x2 and 77x2: the minimum for Microsoft Teams; PCS22D is approved",
     "https://github.com/MicrosoftDocs/OfficeDocs-SkypeForBusiness/blob/live/Teams/sip-gateway-plan.md"},
    {"PCS23Ca", "handsets S33, S35 and S37: the minimum for Microsoft Teams; PCS24G is approved",
     "https://github.com/MicrosoftDocs/OfficeDocs-SkypeForBusiness/blob/live/Teams/sip-gateway-plan.md"},
    {"PCS24Ab", "IP-DECT Gateway: the minimum for Microsoft Teams; PCS24B is approved",
     "https://github.com/MicrosoftDocs/OfficeDocs-SkypeForBusiness/blob/live/Teams/sip-gateway-plan.md"},
};

// How releases and version texts are written and compared.
inline constexpr FirmwareFact firmware_forms[] = {
    {"PCS20Ba",
     "PCS, two digits, a capital letter or _, a small letter or _; running text leaves out the last places",
     "inferred from all releases above"},
    {"PCS20__ before PCS20B_ before PCS20Ba",
     "by number, then by the two places, with _ before every letter (in ASCII it is after the capitals). "
     "Handsets and servers have separate numbers",
     "inferred from the dated pairs and the pairs for Microsoft Teams; no source states it"},
    {"PCS17Ea 58478", "text of a firmware .ver: release, space, build", "guide line 1266"},
    {"PCS17Ea58478", "the same without its space, most likely lost in print", "guide line 425"},
    {"PCS20Ba / 90198", "the form of the web page; accepted in a .ver, not written", "guide line 685, 725"},
    {"NAME.ver", "beside the firmware file NAME, with its full name: kws.bin.ver",
     "guide line 425-429, 1266"},
    {"GROUP100 VERSION1", "a line of the list of handset configurations: upper case, white space between",
     "guide line 497-507"},
};

// Numbers that an order or a web page shows.
inline constexpr FirmwareFact firmware_part_numbers[] = {
    {"14218500",
     "shown with the default firmware of base stations and media resources; its meaning is not stated",
     "guide line 685, 725"},
    {"14075701", "licence Enhanced Provisioning for a 400", "guide line 537"},
    {"14075700", "licence Enhanced Provisioning for a 6500", "guide line 538"},
    {"14233250", "licence Enhanced Provisioning for a virtual server, one year", "guide line 539"},
    {"14075702", "licence Enhanced Provisioning for a 2500", "guide line 540"},
    {"14075703", "licence Enhanced Provisioning for an 8000", "guide line 541"},
};

}  // namespace dectprov
