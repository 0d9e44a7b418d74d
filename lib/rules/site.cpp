// SPDX-License-Identifier: MIT
#include "diag/rules.hpp"
#include "diag/site_rules.hpp"
#include "rules/groups.hpp"

namespace dectprov {

namespace rule {

constexpr Rule site_yaml{.id = "site/yaml",
                         .severity = Severity::error,
                         .summary = "not YAML, or an alias that leads nowhere or to itself",
                         .why = "What cannot be read cannot be rendered: no file of the site is written.",
                         .origin = "https://yaml.org/spec/1.2.2/",
                         .example = Example::site,
                         .bad = R"(dectprov: 1
site: «*nowhere»
servers:
  - model: "6500"
    mac: 00:13:d1:80:00:32
)",
                         .good = R"(dectprov: 1
site: aarhus-clinic
servers:
  - model: "6500"
    mac: 00:13:d1:80:00:32
)"};

constexpr Rule site_key{
    .id = "site/key",
    .severity = Severity::error,
    .summary = "an unknown key, or a key that stands twice",
    .why =
        "A key in the wrong spelling would leave its part out of the rendered files without a word, and of a "
        "repeated key only one value could be used.",
    .origin = "the format of site descriptions",
    .example = Example::site,
    .bad = R"(dectprov: 1
site: aarhus-clinic
servers:
  - model: "6500"
    mac: 00:13:d1:80:00:32
    «nmae»: main building
)",
    .good = R"(dectprov: 1
site: aarhus-clinic
servers:
  - model: "6500"
    mac: 00:13:d1:80:00:32
    name: main building
)"};

constexpr Rule site_duplicate_server{
    .id = "site/duplicate-server",
    .severity = Severity::error,
    .summary = "one MAC address or UUID described twice",
    .why =
        "A server fetches the files that carry its identity. Two descriptions of one server would write over "
        "each other's files.",
    .origin = "guide line 436",
    .example = Example::site,
    .bad = R"(dectprov: 1
site: aarhus-clinic
servers:
  - model: "6500"
    mac: 00:13:d1:80:00:32
  - model: "6500"
    mac: «0013d1800032»
)",
    .good = R"(dectprov: 1
site: aarhus-clinic
servers:
  - model: "6500"
    mac: 00:13:d1:80:00:32
  - model: "6500"
    mac: 0013d1800033
)"};

constexpr Rule site_reference{
    .id = "site/reference",
    .severity = Severity::error,
    .summary = "a layer, a users file or a ${…} reference that does not resolve",
    .why =
        "Without what it points to the description is not complete, and rendering it would leave settings or "
        "users out.",
    .origin = "the format of site descriptions",
    .example = Example::site,
    .bad = R"(dectprov: 1
site: aarhus-clinic
servers:
  - model: "6500"
    mac: 00:13:d1:80:00:32
    settings:
      provisioning: {check: {interval: 60}, users: {check: true}}
    users:
      - {username: "9997"}
      - from: «no-such-users.csv»
)",
    .good = R"(dectprov: 1
site: aarhus-clinic
servers:
  - model: "6500"
    mac: 00:13:d1:80:00:32
    settings:
      provisioning: {check: {interval: 60}, users: {check: true}}
    users:
      - {username: "9997"}
)"};

constexpr Rule site_tag{
    .id = "site/tag",
    .severity = Severity::error,
    .summary = "a YAML tag, whose meaning is not read",
    .why =
        "A tag says that the text behind it stands for something else: what another program has encrypted, "
        "or "
        "bytes in base64. That program is not asked here, so the text itself would become the value.",
    .origin = "YAML 1.2.2, 6.9.1: https://yaml.org/spec/1.2.2/#691-node-tags",
    .example = Example::site,
    .bad = R"(dectprov: 1
site: aarhus-clinic
servers:
  - model: "6500"
    mac: 00:13:d1:80:00:32
    settings:
      provisioning: {check: {interval: 60}, users: {check: true}}
    users:
      - {username: "9997", authpassword: «!»vault SIP_9997}
)",
    .good = R"(dectprov: 1
site: aarhus-clinic
servers:
  - model: "6500"
    mac: 00:13:d1:80:00:32
    settings:
      provisioning: {check: {interval: 60}, users: {check: true}}
    users:
      - {username: "9997", authpassword: "${env:SIP_9997}"}
)"};

constexpr Rule site_empty_key{
    .id = "site/empty-key",
    .severity = Severity::note,
    .summary = "a key without a value that takes nothing back",
    .why =
        "A key without a value takes back what a layer says. Where no layer says anything it does nothing, "
        "and "
        "what was to stand behind it may have been forgotten; so a password without a value is a warning.",
    .origin = "the format of site descriptions",
    .example = Example::site,
    .bad = R"(dectprov: 1
site: aarhus-clinic
servers:
  - model: "6500"
    mac: 00:13:d1:80:00:32
    settings:
      provisioning: {check: {interval: 60}}
      sip: {«callwaiting»: }
)",
    .good = R"(dectprov: 1
site: aarhus-clinic
defaults:
  settings:
    provisioning: {check: {interval: 60}}
    sip: {callwaiting: true}
servers:
  - model: "6500"
    mac: 00:13:d1:80:00:32
    settings:
      sip: {callwaiting: }
)"};

constexpr Rule site_unused_variable{
    .id = "site/unused-variable",
    .severity = Severity::warning,
    .summary = "a variable that nothing uses",
    .why =
        "A value that is set and used nowhere changes nothing, though whoever set it means it to. Often the "
        "reference to it is misspelt.",
    .origin = "the format of site descriptions",
    .example = Example::site,
    .bad = R"(dectprov: 1
site: aarhus-clinic
vars: {«host»: prov.example.com}
servers:
  - model: "6500"
    mac: 00:13:d1:80:00:32
    settings:
      provisioning: {check: {interval: 60}, server: {method: static, url: "https://prov.example.com"}}
)",
    .good = R"(dectprov: 1
site: aarhus-clinic
vars: {host: prov.example.com}
servers:
  - model: "6500"
    mac: 00:13:d1:80:00:32
    settings:
      provisioning: {check: {interval: 60}, server: {method: static, url: "https://${var:host}"}}
)"};

constexpr Rule site_ambiguous_scalar{
    .id = "site/ambiguous-scalar",
    .severity = Severity::note,
    .summary = "an unquoted value that other YAML readers retype",
    .why =
        "Here a value is the text that was typed. Readers of YAML 1.1 make a number or a boolean of it, so a "
        "script or an editor that rewrites the file may change it. Quotes keep it for all of them. `null` "
        "and "
        "`~`, which may mean nothing, and a secret that a comment cuts off are warnings.",
    .origin = "https://yaml.org/type/",
    .example = Example::site,
    .bad = R"(dectprov: 1
site: aarhus-clinic
servers:
  - model: "6500"
    mac: 00:13:d1:80:00:32
    settings:
      provisioning: {check: {interval: 60}, users: {check: true}}
    users:
      - {username: «0123»}
)",
    .good = R"(dectprov: 1
site: aarhus-clinic
servers:
  - model: "6500"
    mac: 00:13:d1:80:00:32
    settings:
      provisioning: {check: {interval: 60}, users: {check: true}}
    users:
      - {username: "0123"}
)"};

constexpr Rule site_plain_secret{
    .id = "site/plain-secret",
    .severity = Severity::note,
    .summary = "a password written in the description",
    .why =
        "A description is reviewed and kept under version control, and whoever can read it can use the "
        "password. `${env:…}` and `${file:…}` keep it elsewhere until the files are rendered.",
    .origin = "the format of site descriptions",
    .example = Example::site,
    .bad = R"(dectprov: 1
site: aarhus-clinic
servers:
  - model: "6500"
    mac: 00:13:d1:80:00:32
    settings:
      provisioning: {check: {interval: 60}, users: {check: true}}
    users:
      - username: "9997"
        authpassword: «s»ommer-1997
)",
    .good = R"(dectprov: 1
site: aarhus-clinic
servers:
  - model: "6500"
    mac: 00:13:d1:80:00:32
    settings:
      provisioning: {check: {interval: 60}, users: {check: true}}
    users:
      - username: "9997"
        authpassword: "${env:SIP_9997}"
)"};

constexpr Rule site_output_collision{
    .id = "site/output-collision",
    .severity = Severity::error,
    .summary = "two servers want different content under one file name",
    .why =
        "Firmware files do not carry the identity of a server, so servers that share an output folder share "
        "them. Only one text can stand in NAME.ver, and the other server would load firmware again and "
        "again or never.",
    .origin = "guide line 1259-1277",
    .example = Example::site,
    .bad = R"(dectprov: 1
site: aarhus-clinic
servers:
  - model: "6500"
    mac: 00:13:d1:80:00:32
    settings:
      provisioning: {check: {interval: 60}, firmware: {kws: kws.bin}}
    firmware_files:
      kws: {version: PCS20Ba 90198}
  - model: "400"
    mac: 00:13:d1:00:00:07
    settings:
      provisioning: {check: {interval: 60}, firmware: {kws: kws.bin}}
    firmware_files:
      kws: {version: «PCS24B_ 101»}
)",
    .good = R"(dectprov: 1
site: aarhus-clinic
servers:
  - model: "6500"
    mac: 00:13:d1:80:00:32
    settings:
      provisioning: {check: {interval: 60}, firmware: {kws: kws6500.bin}}
    firmware_files:
      kws: {version: PCS20Ba 90198}
  - model: "400"
    mac: 00:13:d1:00:00:07
    settings:
      provisioning: {check: {interval: 60}, firmware: {kws: kws400.bin}}
    firmware_files:
      kws: {version: PCS24B_ 101}
)"};

}  // namespace rule

std::span<const Rule* const> site_rules() {
    static constexpr const Rule* rows[] = {&rule::site_yaml,
                                           &rule::site_key,
                                           &rule::site_duplicate_server,
                                           &rule::site_reference,
                                           &rule::site_tag,
                                           &rule::site_empty_key,
                                           &rule::site_unused_variable,
                                           &rule::site_ambiguous_scalar,
                                           &rule::site_plain_secret,
                                           &rule::site_output_collision};
    return rows;
}

}  // namespace dectprov
