// SPDX-License-Identifier: MIT
#include "diag/rules.hpp"
#include "rules/groups.hpp"

namespace dectprov {

namespace {

constexpr Rule licence_missing{
    .id = "config/licence-missing",
    .severity = Severity::warning,
    .summary = "something that needs a licence which the server is declared not to have",
    .why =
        "Without the licence the server leaves out what needs it: firmware of handsets and base stations, "
        "handset settings, CUCM devices or further cells.",
    .origin = "guide line 150-185, 400, 533-541, 1950",
    .example = Example::site,
    .bad = R"(dectprov: 1
site: aarhus-clinic
servers:
  - model: "6500"
    mac: 00:13:d1:80:00:32
    import: merge
    licenses: [cucm]
    settings:
      suota: {auto: «true»}
)",
    .good = R"(dectprov: 1
site: aarhus-clinic
servers:
  - model: "6500"
    mac: 00:13:d1:80:00:32
    import: merge
    licenses: [cucm, enhanced_provisioning]
    settings:
      suota: {auto: true}
)"};

constexpr Rule licence_needed{
    .id = "config/licence-needed",
    .severity = Severity::note,
    .summary = "something that needs a licence; which licences the server has is not declared",
    .why =
        "Without the licence the server leaves this out. `licenses:` in the site description or in "
        ".dectprov.yaml says what a server has, and the note goes away.",
    .origin = "guide line 150-185, 400, 533-541, 1950",
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
</config>
)",
    .good = R"(<config>
  <provisioning>
    <check>
      <interval>60</interval>
    </check>
    <cota>
      <check>false</check>
    </cota>
  </provisioning>
</config>
)",
    .model = "6500"};

constexpr Rule overwrite_drops_licence{
    .id = "config/overwrite-drops-licence",
    .severity = Severity::note,
    .summary = "an overwrite without the licence keys of a server that has licences",
    .why =
        "The keys are one setting. An import that is not a merge and does not name them leaves the server "
        "without: what needs a licence stops working.",
    .origin = "guide line 441-449, 1806-1861",
    .example = Example::site,
    .bad = R"(dectprov: 1
site: aarhus-clinic
servers:
  - model: "6500"
    mac: 00:13:d1:80:00:32
    licenses: [enhanced_provisioning]
    «settings»:
      network: {bootproto: dhcp}
)",
    .good = R"(dectprov: 1
site: aarhus-clinic
servers:
  - model: "6500"
    mac: 00:13:d1:80:00:32
    licenses: [enhanced_provisioning]
    import: merge
    settings:
      network: {bootproto: dhcp}
)"};

constexpr Rule licence_duplicate{
    .id = "config/licence-duplicate",
    .severity = Severity::warning,
    .summary = "one licence key twice",
    .why = "A key counts once. Where two licences were meant, one of them is missing.",
    .origin = "guide line 1808-1861",
    .example = Example::config,
    .bad = R"(<config merge_type="merge">
  <license>11111AAAA11111,22222BBBB22222,«1»1111AAAA11111</license>
</config>
)",
    .good = R"(<config merge_type="merge">
  <license>11111AAAA11111,22222BBBB22222,33333CCCC33333</license>
</config>
)"};

}  // namespace

std::span<const Rule* const> config_licence_rules() {
    static constexpr const Rule* rows[] = {&licence_missing, &licence_needed, &overwrite_drops_licence,
                                           &licence_duplicate};
    return rows;
}

}  // namespace dectprov
