// SPDX-License-Identifier: MIT
#include "diag/rules.hpp"
#include "rules/groups.hpp"

namespace dectprov {

namespace {

constexpr Rule merge_type{
    .id = "config/merge-type",
    .severity = Severity::error,
    .summary = "an attribute that looks like merge_type=\"merge\" and is not",
    .why =
        "A server that finds another attribute or value overwrites: every setting that the file does not "
        "name goes back to its default, without a warning.",
    .origin = "guide line 441-449, 1579-1585",
    .example = Example::config,
    .bad = R"(<config «merge-type»="merge">
  <sip>
    <callwaiting>true</callwaiting>
  </sip>
</config>
)",
    .good = R"(<config merge_type="merge">
  <sip>
    <callwaiting>true</callwaiting>
  </sip>
</config>
)"};

constexpr Rule merge_unsupported{
    .id = "config/merge-unsupported",
    .severity = Severity::error,
    .summary = "a merge on a DECT Server, which can only overwrite",
    .why =
        "A DECT Server 2500 or 8000 takes the file as a complete configuration: every setting that it does "
        "not name goes back to its default.",
    .origin = "guide line 441-449",
    .example = Example::config,
    .bad = R"(<config «merge_type»="merge">
  <network>
    <bootproto>dhcp</bootproto>
  </network>
</config>
)",
    .good = R"(<config>
  <network>
    <bootproto>dhcp</bootproto>
  </network>
</config>
)",
    .model = "8000"};

constexpr Rule overwrite_drops_provisioning{
    .id = "config/overwrite-drops-provisioning",
    .severity = Severity::warning,
    .summary = "an overwrite without provisioning settings, and users or handset files beside it",
    .why =
        "An import that is not a merge puts what it does not name back to its default, and the import of "
        "users and handset files is off by default. After this file the server no longer fetches the others.",
    .origin = "guide line 441-449, 1089-1091",
    .example = Example::site,
    .bad = R"(dectprov: 1
site: aarhus-clinic
servers:
  - model: "6500"
    mac: 00:13:d1:80:00:32
    «settings»:
      network: {bootproto: dhcp}
    users:
      - {username: "9997"}
)",
    .good = R"(dectprov: 1
site: aarhus-clinic
servers:
  - model: "6500"
    mac: 00:13:d1:80:00:32
    settings:
      network: {bootproto: dhcp}
      provisioning:
        check: {interval: 60}
        users: {check: true}
    users:
      - {username: "9997"}
)"};

constexpr Rule redundant_handsets{
    .id = "config/redundant-handsets",
    .severity = Severity::error,
    .summary = "handset configuration on a redundant system",
    .why =
        "Handset configuration over the air does not work on redundant systems: the handsets never get the "
        "settings.",
    .origin = "guide line 181, 576, 1833-1845",
    .example = Example::config,
    .bad = R"(<config>
  <provisioning>
    <check>
      <interval>60</interval>
    </check>
    <cota>
      <check>«true»</check>
    </cota>
  </provisioning>
  <slave>
    <license>11111AAAA11111</license>
  </slave>
</config>
)",
    .good = R"(<config>
  <provisioning>
    <check>
      <interval>60</interval>
    </check>
  </provisioning>
  <slave>
    <license>11111AAAA11111</license>
  </slave>
</config>
)"};

}  // namespace

std::span<const Rule* const> config_rules() {
    static constexpr const Rule* rows[] = {&merge_type, &merge_unsupported, &overwrite_drops_provisioning,
                                           &redundant_handsets};
    return rows;
}

}  // namespace dectprov
