// SPDX-License-Identifier: MIT
#include "diag/rules.hpp"
#include "rules/groups.hpp"

namespace dectprov {

namespace {

constexpr Rule duplicate_username{
    .id = "users/duplicate-username",
    .severity = Severity::error,
    .summary = "two users of one server with one username",
    .why =
        "A username is what the server registers with the telephone system. With two of them, one "
        "registration displaces the other, and calls reach one handset or the other by chance.",
    .origin = "guide line 1930; the username identifies the record",
    .example = Example::users,
    .bad = R"(<users>
  <user>
    <username>9997</username>
  </user>
  <user>
    <username>«9997»</username>
  </user>
</users>
)",
    .good = R"(<users>
  <user>
    <username>9997</username>
  </user>
  <user>
    <username>9998</username>
  </user>
</users>
)"};

constexpr Rule duplicate_secondaryusername{
    .id = "users/duplicate-secondaryusername",
    .severity = Severity::error,
    .summary = "a secondary username that is another user's name",
    .why =
        "While the telephone system is out of reach, calls are placed by secondary usernames. The guide asks "
        "for globally unique ones; a name of two users rings at one of them.",
    .origin = "guide line 1931-1934",
    .example = Example::users,
    .bad = R"(<users>
  <user>
    <username>9997</username>
  </user>
  <user>
    <username>9998</username>
    <secondaryusername>«9997»</secondaryusername>
  </user>
</users>
)",
    .good = R"(<users>
  <user>
    <username>9997</username>
  </user>
  <user>
    <username>9998</username>
    <secondaryusername>Solveig</secondaryusername>
  </user>
</users>
)"};

constexpr Rule duplicate_ipei{
    .id = "users/duplicate-ipei",
    .severity = Severity::error,
    .summary = "one handset for two users of one server",
    .why =
        "The IPEI is the identity of one handset, and one handset is one user. The blank and the check "
        "character are no part of it: only the twelve digits count.",
    .origin = "guide line 1926; ETSI EN 300 175-6, IPEI",
    .example = Example::users,
    .bad = R"(<users>
  <user>
    <ipei>00077 0000001</ipei>
    <username>9997</username>
  </user>
  <user>
    <ipei>«000770000001»</ipei>
    <username>9998</username>
  </user>
</users>
)",
    .good = R"(<users>
  <user>
    <ipei>00077 0000001</ipei>
    <username>9997</username>
  </user>
  <user>
    <ipei>000770000002</ipei>
    <username>9998</username>
  </user>
</users>
)"};

constexpr Rule duplicate_localno{
    .id = "users/duplicate-localno",
    .severity = Severity::error,
    .summary = "two users of one server with one local number",
    .why =
        "On a DECT Server the local number is what a handset is called by, and the one field that every user "
        "must have.",
    .origin = "guide line 1299, 1947",
    .example = Example::users,
    .bad = R"(<users>
  <user>
    <localno>4711</localno>
  </user>
  <user>
    <localno>«4711»</localno>
  </user>
</users>
)",
    .good = R"(<users>
  <user>
    <localno>4711</localno>
  </user>
  <user>
    <localno>4712</localno>
  </user>
</users>
)"};

constexpr Rule duplicate_cucmdevicename{
    .id = "users/duplicate-cucmdevicename",
    .severity = Severity::error,
    .summary = "two users of one server with one CUCM device name",
    .why =
        "The name stands for one device in the Cisco Unified Communications Manager. Two handsets under one "
        "name displace each other.",
    .origin = "guide line 1950",
    .example = Example::users,
    .bad = R"(<users>
  <user>
    <username>9997</username>
    <cucmdevicename>SEP123456789ABC</cucmdevicename>
  </user>
  <user>
    <username>9998</username>
    <cucmdevicename>«SEP123456789ABC»</cucmdevicename>
  </user>
</users>
)",
    .good = R"(<users>
  <user>
    <username>9997</username>
    <cucmdevicename>SEP123456789ABC</cucmdevicename>
  </user>
  <user>
    <username>9998</username>
    <cucmdevicename>SEP123456789ABD</cucmdevicename>
  </user>
</users>
)"};

constexpr Rule ipei_checksum{
    .id = "users/ipei-checksum",
    .severity = Severity::error,
    .summary = "the thirteenth character of an IPEI is not its check character",
    .why =
        "The check character follows from the twelve digits before it. Where it does not fit, one of the "
        "thirteen was typed wrongly, and the handset that is meant cannot subscribe.",
    .origin = "ETSI EN 300 175-6, IPEI; reference users.tsv",
    .example = Example::users,
    .bad = R"(<users>
  <user>
    <ipei>00077 0000001«5»</ipei>
    <username>9997</username>
  </user>
</users>
)",
    .good = R"(<users>
  <user>
    <ipei>00077 00000019</ipei>
    <username>9997</username>
  </user>
</users>
)"};

constexpr Rule configgroup_undefined{
    .id = "users/configgroup-undefined",
    .severity = Severity::warning,
    .summary = "a handset group that the server's list does not name",
    .why =
        "A handset gets the settings of the group its user is in. The server never hears of this group, so "
        "the handset gets none.",
    .origin = "guide line 472-478, 527, 1927",
    .example = Example::site,
    .bad = R"(dectprov: 1
site: aarhus-clinic
servers:
  - model: "6500"
    mac: 00:13:d1:80:00:32
    users:
      - {username: "9997", configgroup: 100}
      - {username: "9998", configgroup: «101»}
    handset_groups:
      100:
        version: 1
        settings:
          ringing_volume: {volume: 3}
)",
    .good = R"(dectprov: 1
site: aarhus-clinic
servers:
  - model: "6500"
    mac: 00:13:d1:80:00:32
    users:
      - {username: "9997", configgroup: 100}
      - {username: "9998", configgroup: 100}
    handset_groups:
      100:
        version: 1
        settings:
          ringing_volume: {volume: 3}
)"};

constexpr Rule too_many_groups{
    .id = "users/too-many-groups",
    .severity = Severity::error,
    .summary = "more than 99 handset groups on one server",
    .why = "A server takes 99 groups at most. Which of the others it leaves out is stated nowhere.",
    .origin = "guide line 1927",
    .example = Example::none};

constexpr Rule lid_without_analogue{
    .id = "users/lid-without-analogue",
    .severity = Severity::error,
    .summary = "a line of an analogue card for a user who is not on one",
    .why =
        "The line identifier names a shelf, a card and a line of an analogue interface card. With another "
        "line type there is no such line, or the line type is the mistake.",
    .origin = "guide line 1940-1944",
    .example = Example::users,
    .bad = R"(<users>
  <user>
    <lid>«01020003»</lid>
    <linetype>S</linetype>
    <localno>4711</localno>
  </user>
</users>
)",
    .good = R"(<users>
  <user>
    <lid>01020003</lid>
    <linetype>A</linetype>
    <localno>4711</localno>
  </user>
</users>
)"};

constexpr Rule analogue_without_lid{.id = "users/analogue-without-lid",
                                    .severity = Severity::warning,
                                    .summary = "a user on an analogue interface without a line",
                                    .why =
                                        "Without a line identifier the server does not know which line of "
                                        "which card the handset is on, so it "
                                        "can neither call nor be called there.",
                                    .origin = "guide line 1940-1944",
                                    .example = Example::users,
                                    .bad = R"(<users>
  <user>
    <linetype>«A»</linetype>
    <localno>4711</localno>
  </user>
</users>
)",
                                    .good = R"(<users>
  <user>
    <lid>01020003</lid>
    <linetype>A</linetype>
    <localno>4711</localno>
  </user>
</users>
)"};

constexpr Rule presentationtext_without_analogue{
    .id = "users/presentationtext-without-analogue",
    .severity = Severity::warning,
    .summary = "a presentation text for a user who is not on an analogue interface",
    .why = "The text is shown on handsets of an analogue interface alone: here the setting has no effect.",
    .origin = "guide line 1944-1945",
    .example = Example::users,
    .bad = R"(<users>
  <user>
    <linetype>S</linetype>
    <presentationtext>«true»</presentationtext>
    <localno>4711</localno>
  </user>
</users>
)",
    .good = R"(<users>
  <user>
    <linetype>S</linetype>
    <localno>4711</localno>
  </user>
</users>
)"};

constexpr Rule gain_on_dect_to_dect{
    .id = "users/gain-on-dect-to-dect",
    .severity = Severity::error,
    .summary = "a gain for a DECT to DECT user",
    .why =
        "The guide rules gain out for users of line type D. Either the gain is lost or the line type is the "
        "mistake.",
    .origin = "guide line 1944, 1948, 1949",
    .example = Example::users,
    .bad = R"(<users>
  <user>
    <linetype>D</linetype>
    <localno>4711</localno>
    <tx_gain>«3»</tx_gain>
  </user>
</users>
)",
    .good = R"(<users>
  <user>
    <linetype>S</linetype>
    <localno>4711</localno>
    <tx_gain>3</tx_gain>
  </user>
</users>
)"};

constexpr Rule auth_incomplete{
    .id = "users/auth-incomplete",
    .severity = Severity::note,
    .summary = "a name to authenticate with, and no password",
    .why =
        "A telephone system that asks for authentication refuses a name without its password. Where it does "
        "not ask, the name is not needed either.",
    .origin = "guide line 1937, 1938",
    .example = Example::users,
    .bad = R"(<users>
  <user>
    <username>9997</username>
    <authuser>«auth9997»</authuser>
  </user>
</users>
)",
    .good = R"(<users>
  <user>
    <username>9997</username>
  </user>
</users>
)"};

constexpr Rule password_is_name{
    .id = "users/password-is-name",
    .severity = Severity::warning,
    .summary = "a SIP password that equals the user's name or number",
    .why =
        "Numbers and names are what an attacker tries first, and whoever guesses the password makes calls at "
        "the user's cost.",
    .origin = "guide line 1938; RFC 3261, section 26",
    .example = Example::users,
    .bad = R"(<users>
  <user>
    <username>nurse9997</username>
    <authpassword>«n»urse9997</authpassword>
  </user>
</users>
)",
    .good = R"(<users>
  <user>
    <username>nurse9997</username>
    <authpassword>vT5-kelp.Ostrich</authpassword>
  </user>
</users>
)"};

constexpr Rule empty_list{
    .id = "users/empty-list",
    .severity = Severity::warning,
    .summary = "a users file without a user",
    .why = "The server takes the list as it is. Importing an empty one may remove every user it has.",
    .origin = "guide line 1286-1300",
    .example = Example::users,
    .bad = R"(<«users»>
</users>
)",
    .good = R"(<users>
  <user>
    <username>9997</username>
  </user>
</users>
)"};

}  // namespace

std::span<const Rule* const> users_rules() {
    static constexpr const Rule* rows[] = {&duplicate_username,
                                           &duplicate_secondaryusername,
                                           &duplicate_ipei,
                                           &duplicate_localno,
                                           &duplicate_cucmdevicename,
                                           &ipei_checksum,
                                           &configgroup_undefined,
                                           &too_many_groups,
                                           &lid_without_analogue,
                                           &analogue_without_lid,
                                           &presentationtext_without_analogue,
                                           &gain_on_dect_to_dect,
                                           &auth_incomplete,
                                           &password_is_name,
                                           &empty_list};
    return rows;
}

}  // namespace dectprov
