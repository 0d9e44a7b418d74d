// SPDX-License-Identifier: MIT
#pragma once

#include "catalog/origins.hpp"
#include "catalog/param.hpp"
#include "catalog/types.hpp"

namespace dectprov {

inline constexpr std::string_view line_types[] = {"D", "S", "A"};

// The users file. The fields of a user stand in the order of the guide's examples and reference, right
// behind `users.user`: rules find them by their distance from it.
inline constexpr Param users_rows[] = {
    {.path = "users",
     .type = types::section,
     .models = all_models,
     .summary = "The users of one server",
     .origin = "guide line 1961, 2023"},
    {.path = "users.user",
     .type = types::section,
     .models = all_models,
     .summary = "One user",
     .origin = "guide line 1293-1300, 1962",
     .traits = Trait::repeatable | Trait::closed,
     .restart = Restart::no,
     .note = "a user needs a username on an IP server and a localno on a DECT server"},
    {.path = "users.user.ipei",
     .type = types::ipei,
     .models = all_models,
     .summary = "The user's handset",
     .origin = "guide line 1926, 1963, 1968, 1975, 1996, 2001, 1293; "
               "http://wiki.ucware.com/archiv/4_x/server/knowledgebase/endgeraete/ipei_ipui; "
               "https://www.manualslib.com/manual/1408876/Spectralink-Ip-Dect-200.html?page=197; "
               "https://www.manualslib.com/manual/1408876/Spectralink-Ip-Dect-200.html?page=214; "
               "https://www.manualslib.com/manual/1344115/Spectralink-Ip-Dect-Server-400.html?page=176; "
               "https://github.com/StrongeLeeroy/ipui2ipei; https://github.com/dect-e/howto-dect/pull/2",
     .restart = Restart::no,
     .note =
         "a thirteenth character is the check character; may be empty or absent: users without a handset are "
         "normal with Handset Sharing; on the web page the IPEI of a linked handset links it to the new "
         "user, "
         "for an import no source says this; other makers write the handset as ten hexadecimal digits "
         "(IPUI), "
         "or with a space before the check character",
     .example = "00077 0000001"},
    {.path = "users.user.configgroup",
     .type = types::group,
     .models = ip_models,
     .summary = "Handset configuration group",
     .origin = "guide line 1927, 527, 1293",
     .restart = Restart::no,
     .note = "at most 99 groups on one server",
     .example = "100"},
    {.path = "users.user.accesscode",
     .type = types::digits(8),
     .models = all_models,
     .summary = "Code that a handset needs to subscribe",
     .origin = "guide line 1928, 1293",
     .traits = Trait::secret,
     .restart = Restart::no},
    {.path = "users.user.standbytext",
     .type = types::text,
     .models = all_models,
     .summary = "Text that the idle handset shows",
     .origin =
         "guide line 1929, 1293; https://manualshive.com/en/manual/spectralink/ip-dect-200/1343870?page=401; "
         "https://www.easymanua.ls/spectralink/ip-dect-server-6500/manual/23687?p=16",
     .restart = Restart::no,
     .note =
         "the web page refuses < > \\ and the double quote; only Spectralink handsets show it; no length is "
         "stated",
     .example = "9997"},
    {.path = "users.user.username",
     .type = types::sip_name(63),
     .models = all_models,
     .summary = "Name or extension with which the user registers at the SIP server",
     .origin = "guide line 1930, 1296, 1293; "
               "https://manualshive.com/en/manual/spectralink/ip-dect-200/1343870?page=401; "
               "https://www.easymanua.ls/spectralink/ip-dect-server-400/manual/1469937?p=401; "
               "https://www.easymanua.ls/spectralink/ip-dect-server-6500/manual/23687?p=16",
     .restart = Restart::no,
     .note = "required on IP servers; on DECT servers an empty one is replaced by the local number; unique "
             "on its "
             "server; with a Cisco call manager the directory number of the handset there",
     .example = "9997"},
    {.path = "users.user.localno",
     .type = types::text_of(12),
     .models = dect_models,
     .summary = "Local number",
     .origin = "guide line 1947, 1299, 1293",
     .restart = Restart::no,
     .note = "required on DECT servers",
     .example = "9997"},
    {.path = "users.user.secondaryusername",
     .type = types::sip_name(63),
     .models = ip_models,
     .summary = "Second name, for calls when the SIP server cannot be reached",
     .origin = "guide line 1931, 1934, 1293; "
               "https://manualshive.com/en/manual/spectralink/ip-dect-200/1343870?page=401; "
               "https://www.easymanua.ls/spectralink/ip-dect-server-6500/manual/23687?p=16",
     .restart = Restart::no,
     .note = "globally unique; needs internal routing fallback to be on",
     .example = "Solveig"},
    {.path = "users.user.domain",
     .type = types::domain,
     .models = all_models,
     .summary = "SIP domain, if it is not the domain of the server",
     .origin = "guide line 1935, 1293",
     .restart = Restart::no,
     .note = "no source shows a port in it"},
    {.path = "users.user.displayname",
     .type = types::text,
     .models = all_models,
     .summary = "Name in SIP requests",
     .origin = "guide line 1936, 1293; RFC 3261, section 25.1; https://github.com/poroh/ersip/pull/70; "
               "https://github.com/team-telnyx/freeswitch/pull/589",
     .restart = Restart::no,
     .note = "a line break, or a backslash at its end, is not allowed (RFC 3261)",
     .example = "Solveig Rank"},
    {.path = "users.user.authuser",
     .type = types::sip_name(63),
     .models = all_models,
     .summary = "Name with which the user authenticates",
     .origin = "guide line 1937, 1293",
     .restart = Restart::no},
    {.path = "users.user.authpassword",
     .type = types::text_of(35),
     .models = all_models,
     .summary = "Password with which the user authenticates",
     .origin = "guide line 1938, 1293",
     .traits = Trait::secret,
     .restart = Restart::no},
    {.path = "users.user.disabled",
     .type = types::boolean,
     .models = all_models,
     .summary = "Prevents the user from making calls",
     .origin =
         "guide line 1939, 1293; https://manualshive.com/en/manual/spectralink/ip-dect-200/1343870?page=401",
     .restart = Restart::no,
     .example = "true"},
    {.path = "users.user.lid",
     .type = types::lid,
     .models = dect_models,
     .summary = "Line of an analogue interface card: shelf, card and line",
     .origin = "guide line 1940, 1943, 1293",
     .restart = Restart::no,
     .note = "empty or absent without an analogue card"},
    {.path = "users.user.linetype",
     .type = types::choice(line_types),
     .models = dect_models,
     .summary = "Interface of the handset: D is DECT to DECT, S is SIP, A is analogue",
     .origin =
         "guide line 1944, 1293; https://www.easymanua.ls/polycom/kirk-wireless-server-8000/manual?p=47",
     .restart = Restart::no},
    {.path = "users.user.presentationtext",
     .type = types::boolean,
     .models = dect_models,
     .summary = "Shows a presentation text on the display of the handset that makes a local call",
     .origin =
         "guide line 1945, 1293; https://www.easymanua.ls/polycom/kirk-wireless-server-8000/manual?p=47",
     .default_value = "false",
     .has_default = true,
     .restart = Restart::no,
     .note = "only for handsets on an analogue interface"},
    {.path = "users.user.name",
     .type = types::text,
     .models = dect_models,
     .summary = "Name of the function or person",
     .origin =
         "guide line 1946, 1293; https://www.easymanua.ls/polycom/kirk-wireless-server-8000/manual?p=47",
     .restart = Restart::no},
    {.path = "users.user.tx_gain",
     .type = types::number(-12, 12),
     .models = dect_models,
     .summary = "Gain in dB of what the handset sends",
     .origin = "guide line 1948, 1293",
     .default_value = "0",
     .has_default = true,
     .restart = Restart::no,
     .note = "not for linetype D"},
    {.path = "users.user.rx_gain",
     .type = types::number(-12, 12),
     .models = dect_models,
     .summary = "Gain in dB of what the handset receives",
     .origin = "guide line 1949, 1293",
     .default_value = "0",
     .has_default = true,
     .restart = Restart::no,
     .note = "not for linetype D"},
    {.path = "users.user.cucmdevicename",
     .type = types::cucm_device,
     .models = all_models,
     .summary = "Name of the device in a Cisco call manager",
     .origin = "guide line 1950, 1293",
     .restart = Restart::no,
     .note = "needs the CUCM licence on every model; the length is not stated",
     .example = "SEP123456789ABC"},
    {.path = "users.user.adminrights",
     .type = types::boolean,
     .models = ip_models,
     .summary = "Lets the user replace a broken handset",
     .origin = "guide line 1951, 1293",
     .restart = Restart::no,
     .example = "true"},
};

}  // namespace dectprov
