// SPDX-License-Identifier: MIT
#include "diag/rules.hpp"
#include "rules/groups.hpp"

namespace dectprov {

namespace {

constexpr Rule firmware_name{
    .id = "config/firmware-name",
    .severity = Severity::error,
    .summary = "a firmware file of a kind that the server cannot take",
    .why =
        "An .ova is firmware of the virtual server alone, and a ZIP file is taken by IP-DECT servers from "
        "PCS 20B_ on. Another server downloads the file and cannot use it.",
    .origin = "guide line 217-238, 429",
    .example = Example::config,
    .bad = R"(<config>
  <provisioning>
    <check>
      <interval>60</interval>
    </check>
    <firmware>
      <kws>«ipdect.ova»</kws>
    </firmware>
  </provisioning>
</config>
)",
    .good = R"(<config>
  <provisioning>
    <check>
      <interval>60</interval>
    </check>
    <firmware>
      <kws>kws.bin</kws>
    </firmware>
  </provisioning>
</config>
)",
    .model = "6500"};

constexpr Rule firmware_too_old{
    .id = "config/firmware-too-old",
    .severity = Severity::warning,
    .summary = "handset configuration on firmware before PCS19C_",
    .why =
        "Servers support handset configuration over the air from PCS 19C_ on. Older firmware never fetches "
        "the list.",
    .origin = "guide line 179, 574",
    .example = Example::site,
    .bad = R"(dectprov: 1
site: aarhus-clinic
servers:
  - model: "200"
    mac: 00:13:d1:80:00:20
    firmware_version: PCS19B_
    settings:
      provisioning:
        check: {interval: 60}
        cota: {check: «true»}
        users: {check: true}
    users:
      - {username: "9997", configgroup: 100}
    handset_groups:
      100:
        version: 1
        settings:
          ringing_volume: {volume: 3}
)",
    .good = R"(dectprov: 1
site: aarhus-clinic
servers:
  - model: "200"
    mac: 00:13:d1:80:00:20
    firmware_version: PCS19C_
    settings:
      provisioning:
        check: {interval: 60}
        cota: {check: true}
        users: {check: true}
    users:
      - {username: "9997", configgroup: 100}
    handset_groups:
      100:
        version: 1
        settings:
          ringing_volume: {volume: 3}
)"};

constexpr Rule firmware_never_loaded{
    .id = "config/firmware-never-loaded",
    .severity = Severity::warning,
    .summary = "firmware is named, and its automatic update is not switched on",
    .why =
        "The server fetches firmware for handsets, base stations and media resources, but loads it only "
        "where "
        "automatic update is on. After an overwrite that does not say so, it is off.",
    .origin = "guide line 168, 545, 616-660",
    .example = Example::config,
    .bad = R"(<config>
  <provisioning>
    <check>
      <interval>60</interval>
    </check>
    <firmware>
      <pp14208700>«pp14208700.bin»</pp14208700>
    </firmware>
  </provisioning>
</config>
)",
    .good = R"(<config>
  <suota>
    <auto>true</auto>
  </suota>
  <provisioning>
    <check>
      <interval>60</interval>
    </check>
    <firmware>
      <pp14208700>pp14208700.bin</pp14208700>
    </firmware>
  </provisioning>
</config>
)"};

constexpr Rule vso_default_needs_zip{
    .id = "config/vso-default-needs-zip",
    .severity = Severity::warning,
    .summary = "default_kws with a bare .ova on a Virtual IP-DECT Server One",
    .why =
        "Base stations and media resources cannot run an .ova. To serve them too, the virtual server needs a "
        "ZIP file that holds its .ova and the .bin of an IP-DECT server.",
    .origin = "guide line 238, 402",
    .example = Example::config,
    .bad = R"(<config>
  <mr>
    <auto>
      <enable>true</enable>
    </auto>
  </mr>
  <provisioning>
    <check>
      <interval>60</interval>
    </check>
    <firmware>
      <kws>«ipdect.ova»</kws>
      <default_kws>true</default_kws>
    </firmware>
  </provisioning>
</config>
)",
    .good = R"(<config>
  <mr>
    <auto>
      <enable>true</enable>
    </auto>
  </mr>
  <provisioning>
    <check>
      <interval>60</interval>
    </check>
    <firmware>
      <kws>ipdect.zip</kws>
      <default_kws>true</default_kws>
    </firmware>
  </provisioning>
</config>
)",
    .model = "vso"};

}  // namespace

std::span<const Rule* const> config_firmware_rules() {
    static constexpr const Rule* rows[] = {&firmware_name, &firmware_too_old, &firmware_never_loaded,
                                           &vso_default_needs_zip};
    return rows;
}

}  // namespace dectprov
