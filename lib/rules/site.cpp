// SPDX-License-Identifier: MIT
#include "diag/rules.hpp"
#include "diag/site_rules.hpp"
#include "rules/groups.hpp"

namespace dectprov {

namespace rule {

constexpr Rule site_yaml{
    .id = "site/yaml",
    .severity = Severity::error,
    .summary = "not YAML, or an alias without an anchor or to itself",
    .why = "A description that cannot be read cannot be rendered. No file of the site is written.",
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
    .summary = "an unknown key, or a key that occurs twice",
    .why =
        "With a misspelt key its part would be missing in the rendered files, without an error message. Of a "
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
    .summary = "the same MAC address or UUID in two descriptions",
    .why =
        "A server fetches the files with its identity in the name. Two descriptions of one server would "
        "overwrite each other's files.",
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
)",
    .across = true};

constexpr Rule site_reference{
    .id = "site/reference",
    .severity = Severity::error,
    .summary = "a layer, a users file or a ${…} reference that does not resolve",
    .why =
        "Without its target the description is not complete, and settings or users would be missing in the "
        "rendered files.",
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
    .summary = "a YAML tag, which dectprov does not interpret",
    .why =
        "A tag says that the text after it stands for something else: a text that another program has "
        "encrypted, or bytes in base64. dectprov does not start that program, so the text itself would "
        "become the value.",
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
    .summary = "a key without a value that removes nothing",
    .why =
        "A key without a value removes what a layer sets. If no layer sets it, the key does nothing, and "
        "perhaps its value was forgotten. For a password this is a warning.",
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
    .summary = "a variable that is not used",
    .why =
        "A variable that is not used changes nothing, but somebody set it for a reason. Often the reference "
        "to it is misspelt.",
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
    .summary = "an unquoted value that other YAML readers convert",
    .why =
        "dectprov takes the text as it is typed. YAML 1.1 readers make a number or a boolean of it, so a "
        "script or an editor that rewrites the file may change it. Quotes prevent this. `null` and `~`, "
        "which may mean nothing, and a secret that is cut off by a comment are warnings.",
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
        "A description is reviewed and kept under version control, and anyone who can read it can use the "
        "password. With `${env:…}` and `${file:…}` the password stays elsewhere until the files are "
        "rendered.",
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
    .summary = "two servers need different content under the same file name",
    .why =
        "The names of firmware files do not contain a server identity, so servers with the same output "
        "folder share them. NAME.ver can have only one text, so the other server would load firmware again "
        "and again, or never.",
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
)",
    .across = true};

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
