// SPDX-License-Identifier: MIT
#include "diag/rules.hpp"
#include "rules/groups.hpp"

namespace dectprov {

// Reported by lib/probe, which asks the provisioning server. An example is what is said there: each question
// with its answer, and in front of them, where it matters, the file that is described.
namespace rule {

constexpr Rule delivery_unreachable{
    .id = "delivery/unreachable",
    .severity = Severity::error,
    .summary = "no connection to the provisioning server",
    .why =
        "The server cannot fetch anything. It keeps its settings, and nothing on the provisioning server "
        "shows it. Reported once for each host, with the reason from the operating system.",
    .origin = "guide line 195, 1254",
    .example = Example::exchange,
    .bad = R"(GET «https://prov.example.com/dect/0013d1800032-config.xml» -> no connection: Connection refused
)",
    .good = R"(GET https://prov.example.com/dect/0013d1800032-config.xml -> 200
<config>
  <network>
    <bootproto>dhcp</bootproto>
  </network>
</config>
)"};

constexpr Rule delivery_missing{
    .id = "delivery/missing",
    .severity = Severity::error,
    .summary = "a file that the server needs is not served",
    .why =
        "The server asks for exactly one name in exactly one folder. On web, FTP and TFTP servers capital "
        "and small letters are different, and the root folder is often not the expected one. No source says "
        "what a server does without the file.",
    .origin = "guide line 436, 457, 486, 511; RFC 9110, 15.5.5; RFC 959, 4.2.1; RFC 1350, appendix",
    .example = Example::exchange,
    .bad = R"(GET «https://prov.example.com/dect/0013d1800032-config.xml» -> 404
GET https://prov.example.com/dect/0013D1800032-config.xml -> 200
)",
    .good = R"(GET https://prov.example.com/dect/0013d1800032-config.xml -> 200
<config>
  <network>
    <bootproto>dhcp</bootproto>
  </network>
</config>
)"};

constexpr Rule delivery_refused{
    .id = "delivery/refused",
    .severity = Severity::error,
    .summary = "the provisioning server does not give out a file",
    .why =
        "A server has only the user name and password in its URL, and cannot ask for others. If the web, FTP "
        "or TFTP service has no permission to read a file, it refuses only that file.",
    .origin = "guide line 1176; RFC 9110, 15.5.2 and 15.5.4; RFC 959, 4.2.1",
    .example = Example::exchange,
    .bad = R"(GET «https://prov.example.com/dect/0013d1800032-config.xml» -> 401
)",
    .good = R"(GET https://prov.example.com/dect/0013d1800032-config.xml -> 200
<config>
  <network>
    <bootproto>dhcp</bootproto>
  </network>
</config>
)"};

constexpr Rule delivery_differs{
    .id = "delivery/differs",
    .severity = Severity::error,
    .summary = "the served file is not the described one",
    .why =
        "The upload did not happen, a cache has an old copy, the transfer changed the line ends, or the "
        "folder is another one. The server imports what it gets.",
    .origin = "guide line 195; the files of the tree, or those that the description yields",
    .example = Example::exchange,
    .bad = R"(FILE 0013d1800032-config.xml
<config>
  <network>
    <bootproto>dhcp</bootproto>
    <domain>clinic.example.com</domain>
  </network>
</config>
GET «https://prov.example.com/dect/0013d1800032-config.xml» -> 200
<config>
  <network>
    <bootproto>dhcp</bootproto>
    <domain>depot.example.com</domain>
  </network>
</config>
)",
    .good = R"(FILE 0013d1800032-config.xml
<config>
  <network>
    <bootproto>dhcp</bootproto>
    <domain>clinic.example.com</domain>
  </network>
</config>
GET https://prov.example.com/dect/0013d1800032-config.xml -> 200
<config>
  <network>
    <bootproto>dhcp</bootproto>
    <domain>clinic.example.com</domain>
  </network>
</config>
)"};

constexpr Rule delivery_not_provisioning{
    .id = "delivery/not-provisioning",
    .severity = Severity::error,
    .summary = "a web page, an empty or an incomplete answer instead of a file of the server",
    .why =
        "A login page or an error page with status 200 looks like a success in the log, but it is not a "
        "configuration for the server. The same is true for a file without its end.",
    .origin = "guide line 436, 457; RFC 9110, 15.3.1 and 8.6",
    .example = Example::exchange,
    .bad = R"(GET «https://prov.example.com/dect/0013d1800032-config.xml» -> 200
<!DOCTYPE html>
<html><head><title>Log in</title></head></html>
)",
    .good = R"(GET https://prov.example.com/dect/0013d1800032-config.xml -> 200
<config>
  <network>
    <bootproto>dhcp</bootproto>
  </network>
</config>
)"};

constexpr Rule delivery_certificate{
    .id = "delivery/certificate",
    .severity = Severity::error,
    .summary = "the certificate of the provisioning server cannot be trusted",
    .why =
        "A server fetches nothing over HTTPS from a host with a certificate that it cannot verify with a CA "
        "that it knows: an expired certificate, one for another host, or one that is not signed by a CA in "
        "the bundle.",
    .origin = "guide line 206-208; RFC 5280, 4.1.2.5 and 6.1; RFC 9110, 4.3.4",
    .example = Example::exchange,
    .bad = R"(GET «https://prov.example.com/dect/0013d1800032-config.xml» -> certificate: expired
)",
    .good = R"(GET https://prov.example.com/dect/0013d1800032-config.xml -> 200
<config>
  <network>
    <bootproto>dhcp</bootproto>
  </network>
</config>
)"};

constexpr Rule delivery_redirect{
    .id = "delivery/redirect",
    .severity = Severity::warning,
    .summary = "the provisioning server redirects to another URL",
    .why =
        "No source says whether a server follows a redirect. A file on the same host is checked anyway. "
        "Another host is never asked: nothing is known about a file there, and that is an error.",
    .origin = "RFC 9110, 15.4; no public source was found that says whether a server follows it",
    .example = Example::exchange,
    .bad =
        R"(GET «https://prov.example.com/dect/0013d1800032-config.xml» -> 301 https://files.example.com/dect/0013d1800032-config.xml
)",
    .good = R"(GET https://prov.example.com/dect/0013d1800032-config.xml -> 200
<config>
  <network>
    <bootproto>dhcp</bootproto>
  </network>
</config>
)"};

constexpr Rule delivery_listing{
    .id = "delivery/listing",
    .severity = Severity::warning,
    .summary = "the folder has a public listing, and files in it contain passwords",
    .why =
        "The names of a server's files begin with its address, which is hard to guess. A listing of the "
        "folder shows all names, and so anyone can read the SIP password of every user.",
    .origin = "guide line 457; RFC 9110, 17.3",
    .example = Example::exchange,
    .bad = R"(GET https://prov.example.com/dect/0013d1800032-config.xml -> 200
<config>
  <network>
    <bootproto>dhcp</bootproto>
  </network>
</config>
GET «https://prov.example.com/dect/» -> 200
<a href="0013d1800032-config.xml">0013d1800032-config.xml</a>
<a href="0013d1800032-users.xml">0013d1800032-users.xml</a>
)",
    .good = R"(GET https://prov.example.com/dect/0013d1800032-config.xml -> 200
<config>
  <network>
    <bootproto>dhcp</bootproto>
  </network>
</config>
GET https://prov.example.com/dect/ -> 403
)"};

constexpr Rule delivery_slow{
    .id = "delivery/slow",
    .severity = Severity::note,
    .summary = "a slow answer",
    .why =
        "No source says how long a server waits. An answer that takes ten times as long as half of the "
        "others, or more than half of --timeout, fails before the others do.",
    .origin = "no public source was found that says how long a server waits",
    .example = Example::exchange,
    .bad = R"(GET «https://prov.example.com/dect/0013d1800032-config.xml» -> 200 after 20 s
<config>
  <network>
    <bootproto>dhcp</bootproto>
  </network>
</config>
)",
    .good = R"(GET https://prov.example.com/dect/0013d1800032-config.xml -> 200 after 0.02 s
<config>
  <network>
    <bootproto>dhcp</bootproto>
  </network>
</config>
)"};

}  // namespace rule

std::span<const Rule* const> delivery_rules() {
    static constexpr const Rule* rows[] = {
        &rule::delivery_unreachable, &rule::delivery_missing,          &rule::delivery_refused,
        &rule::delivery_differs,     &rule::delivery_not_provisioning, &rule::delivery_certificate,
        &rule::delivery_redirect,    &rule::delivery_listing,          &rule::delivery_slow};
    return rows;
}

}  // namespace dectprov
