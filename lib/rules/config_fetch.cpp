// SPDX-License-Identifier: MIT
#include "diag/rules.hpp"
#include "rules/groups.hpp"

namespace dectprov {

namespace {

constexpr Rule never_checks{
    .id = "config/never-checks",
    .severity = Severity::warning,
    .summary = "a server that looks for changes only when it starts",
    .why =
        "There is no interval and no time, and notifications are not followed. New users, settings and "
        "firmware wait on the provisioning server until someone restarts the device.",
    .origin = "guide line 1180-1182, 1228-1242",
    .example = Example::config,
    .bad = R"(<config>
  <provisioning>
    <«check»>
      <check_sync>disabled</check_sync>
      <interval>0</interval>
    </check>
  </provisioning>
</config>
)",
    .good = R"(<config>
  <provisioning>
    <check>
      <check_sync>update</check_sync>
      <interval>0</interval>
    </check>
  </provisioning>
</config>
)"};

constexpr Rule url_missing{
    .id = "config/url-missing",
    .severity = Severity::error,
    .summary = "the method static without a URL",
    .why =
        "With this method the server takes the address of the provisioning server from its settings alone, "
        "and there is none: it can fetch nothing any more, not even a file that mends this.",
    .origin = "guide line 1175-1179, 1248",
    .example = Example::config,
    .bad = R"(<config>
  <provisioning>
    <check>
      <interval>60</interval>
    </check>
    <«server»>
      <method>static</method>
    </server>
  </provisioning>
</config>
)",
    .good = R"(<config>
  <provisioning>
    <check>
      <interval>60</interval>
    </check>
    <server>
      <method>static</method>
      <url>https://prov.example.com/dect</url>
    </server>
  </provisioning>
</config>
)"};

constexpr Rule url_ignored{.id = "config/url-ignored",
                           .severity = Severity::warning,
                           .summary = "a URL that the method does not use",
                           .why =
                               "Only the method static reads the URL. With dhcp, the default, the address "
                               "comes from DHCP option 66, "
                               "and with disabled there is no provisioning at all.",
                           .origin = "guide line 188-191, 1175-1176",
                           .example = Example::config,
                           .bad = R"(<config>
  <provisioning>
    <check>
      <interval>60</interval>
    </check>
    <server>
      <method>dhcp</method>
      <url>«https://prov.example.com/dect»</url>
    </server>
  </provisioning>
</config>
)",
                           .good = R"(<config>
  <provisioning>
    <check>
      <interval>60</interval>
    </check>
    <server>
      <method>static</method>
      <url>https://prov.example.com/dect</url>
    </server>
  </provisioning>
</config>
)"};

constexpr Rule url_credentials{.id = "config/url-credentials",
                               .severity = Severity::note,
                               .summary = "a password in the URL of the provisioning server",
                               .why =
                                   "The form is documented and works. Whoever can read this file can then "
                                   "read those of every server, so "
                                   "it needs the care of a password.",
                               .origin = "guide line 1176-1179",
                               .example = Example::config,
                               .bad = R"(<config>
  <provisioning>
    <check>
      <interval>60</interval>
    </check>
    <server>
      <method>static</method>
      <url>https://dect:«k»elp-Ostrich@prov.example.com/dect</url>
    </server>
  </provisioning>
</config>
)",
                               .good = R"(<config>
  <provisioning>
    <check>
      <interval>60</interval>
    </check>
    <server>
      <method>static</method>
      <url>https://prov.example.com/dect</url>
    </server>
  </provisioning>
</config>
)"};

constexpr Rule insecure_transport{
    .id = "config/insecure-transport",
    .severity = Severity::warning,
    .summary = "SIP passwords are fetched without encryption",
    .why =
        "FTP, TFTP and HTTP carry the users file as it is. Whoever can listen on the way gets every SIP "
        "password in it.",
    .origin = "guide line 195-210",
    .example = Example::site,
    .bad = R"(dectprov: 1
site: aarhus-clinic
servers:
  - model: "6500"
    mac: 00:13:d1:80:00:32
    settings:
      provisioning:
        check: {interval: 60}
        server: {method: static, url: «http://prov.example.com/dect»}
        users: {check: true}
    users:
      - username: "9997"
        authpassword: "${env:SIP_9997}"
)",
    .good = R"(dectprov: 1
site: aarhus-clinic
servers:
  - model: "6500"
    mac: 00:13:d1:80:00:32
    settings:
      provisioning:
        check: {interval: 60}
        server: {method: static, url: https://prov.example.com/dect}
        users: {check: true}
    users:
      - username: "9997"
        authpassword: "${env:SIP_9997}"
)"};

constexpr Rule nothing_to_fetch{
    .id = "config/nothing-to-fetch",
    .severity = Severity::warning,
    .summary = "a provisioning server, and nothing to fetch from it",
    .why =
        "Every import is off and no firmware is named. The server contacts the provisioning server and takes "
        "nothing, so this configuration is the last one it ever gets.",
    .origin = "guide line 808-812, 1188-1208, 1248",
    .example = Example::config,
    .bad = R"(<config>
  <provisioning>
    <check>
      <interval>60</interval>
    </check>
    <config>
      <check>«false»</check>
    </config>
    <server>
      <method>static</method>
      <url>https://prov.example.com/dect</url>
    </server>
  </provisioning>
</config>
)",
    .good = R"(<config>
  <provisioning>
    <check>
      <interval>60</interval>
    </check>
    <config>
      <check>true</check>
    </config>
    <server>
      <method>static</method>
      <url>https://prov.example.com/dect</url>
    </server>
  </provisioning>
</config>
)"};

}  // namespace

std::span<const Rule* const> config_fetch_rules() {
    static constexpr const Rule* rows[] = {&never_checks,    &url_missing,        &url_ignored,
                                           &url_credentials, &insecure_transport, &nothing_to_fetch};
    return rows;
}

}  // namespace dectprov
