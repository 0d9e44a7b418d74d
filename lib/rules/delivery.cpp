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
        "The server cannot fetch anything: it stays as it is, and no file on the provisioning server says "
        "so. It "
        "is told once for each host, with the reason that the system gives.",
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
        "The server asks for exactly one name in exactly one folder. Web servers, FTP and TFTP servers tell "
        "capitals "
        "from small letters, and many begin a path where one does not expect it; what a server does without "
        "the file "
        "is in no source.",
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

constexpr Rule delivery_refused{.id = "delivery/refused",
                                .severity = Severity::error,
                                .summary = "the provisioning server does not give out a file",
                                .why =
                                    "A server has no other user name and password than those of its URL, and "
                                    "no way to ask for them. Where the "
                                    "service itself may not read a file, it refuses that one alone.",
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
    .summary = "what is served is not what is described",
    .why =
        "An upload that did not happen, a cache with yesterday's copy, a transfer that changes the ends of "
        "lines, or "
        "another folder than one thinks: the server imports what it gets.",
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
    .summary = "a page, an empty or a partial answer where a file of the server is due",
    .why =
        "A login page or an error page with status 200 is a success to whoever reads the log, and no "
        "configuration to "
        "the server; so is a file of which the end is missing.",
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
    .summary = "the certificate of the provisioning server is not to be trusted",
    .why =
        "A server takes nothing over HTTPS from a host whose certificate it cannot verify with a CA that it "
        "knows: "
        "one that has ended, is for another host, or is signed by none of the bundle.",
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
    .summary = "the provisioning server leads elsewhere",
    .why =
        "Whether a server follows a redirect is in no source. What is on the same host is looked at all the "
        "same. No "
        "other host is asked: of a file that lies there nothing is known, and that is an error.",
    .origin = "RFC 9110, 15.4; that a server follows was looked for in public sources and not found",
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

constexpr Rule delivery_listing{.id = "delivery/listing",
                                .severity = Severity::warning,
                                .summary = "the folder lists itself, and files in it hold passwords",
                                .why =
                                    "The names of a server's files begin with its address, which is hard to "
                                    "guess. A list of the folder gives all "
                                    "of them away, and with them the SIP password of every user.",
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
    .summary = "an answer that took long",
    .why =
        "How long a server waits is in no source. An answer that takes ten times as long as half of the "
        "others, or "
        "more than half of --timeout, fails before they do.",
    .origin = "that a server waits so long was looked for in public sources and not found",
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
