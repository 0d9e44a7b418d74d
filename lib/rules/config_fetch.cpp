// SPDX-License-Identifier: MIT
#include <string_view>

#include <fmt/format.h>

#include "rules/groups.hpp"
#include "rules/settings.hpp"

namespace dectprov {

namespace {

void check_never(const Server& server, Report& report);
void check_url(const Server& server, Report& report);
void check_url_ignored(const Server& server, Report& report);
void check_credentials(const Server& server, Report& report);
void check_transport(const Server& server, Report& report);
void check_nothing(const Server& server, Report& report);

constexpr Rule never_checks{
    .id = "config/never-checks",
    .severity = Severity::warning,
    .summary = "a server that checks for changes only when it starts",
    .why =
        "The server has no interval and no time, and it ignores notifications. New users, settings and "
        "firmware stay on the provisioning server until someone restarts the server.",
    .origin = "guide line 1180-1182, 1236-1242",
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
)",
    .check = {.server = check_never}};

constexpr Rule url_missing{
    .id = "config/url-missing",
    .severity = Severity::error,
    .summary = "method static without a URL",
    .why =
        "With this method the server takes the address of the provisioning server only from its settings, "
        "and there is no address. It can no longer fetch anything, not even a corrected file.",
    .origin = "guide line 1175-1179, 1222, 1254",
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
)",
    .check = {.server = check_url}};

constexpr Rule url_ignored{
    .id = "config/url-ignored",
    .severity = Severity::warning,
    .summary = "a URL that is not used with this method",
    .why =
        "The URL is used only with method static. With dhcp, the default, the address comes from DHCP option "
        "66. With disabled there is no provisioning.",
    .origin = "guide line 191, 1175-1176",
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
)",
    .check = {.server = check_url_ignored}};

constexpr Rule url_credentials{
    .id = "config/url-credentials",
    .severity = Severity::note,
    .summary = "a password in the URL of the provisioning server",
    .why =
        "The guide shows this form. But anyone who can read this file can use the password and read the "
        "files of every server. Protect the file like a password.",
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
)",
    .check = {.server = check_credentials}};

constexpr Rule insecure_transport{
    .id = "config/insecure-transport",
    .severity = Severity::warning,
    .summary = "SIP passwords are fetched without encryption",
    .why =
        "FTP, TFTP and HTTP do not encrypt the users file. Anyone who can listen on the network gets every "
        "SIP password in it.",
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
)",
    .check = {.server = check_transport}};

constexpr Rule nothing_to_fetch{
    .id = "config/nothing-to-fetch",
    .severity = Severity::warning,
    .summary = "a provisioning server, and nothing to fetch from it",
    .why =
        "Every import is off, and no firmware is named. The server contacts the provisioning server and "
        "fetches nothing, so it never gets another configuration.",
    .origin = "guide line 807-808, 1188-1208, 1222, 1254",
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
)",
    .check = {.server = check_nothing}};

constexpr EntryId method_id = entry("config.provisioning.server.method");
constexpr EntryId url_id = entry("config.provisioning.server.url");

// Firmware has sections that no public source names, with times and servers of their own.
bool has_unknown_section(const Tree& config, NodeIndex provisioning) {
    for (NodeIndex node = config.first(provisioning); node < config.after(provisioning);
         node = config.after(node)) {
        if (config.entry(node) == EntryId::none && config.has_children(node)) return true;
    }
    return false;
}

// Whether a setting says `off` or nothing at all.
bool is_off(const Server& server, EntryId id, std::string_view off) {
    const NodeIndex node = setting(server, id);
    if (node == Tree::none) return true;
    if (is_unclear(*server.config, node)) return false;
    const std::string_view value = server.config->value(node);
    return value.empty() || value == off;
}

void check_never(const Server& server, Report& report) {
    if (!overwrites(server)) return;
    const Tree& config = *server.config;
    const NodeIndex provisioning = setting(server, entry("config.provisioning"));
    if (provisioning == Tree::none || !config.has_children(provisioning)) return;
    if (has_unknown_section(config, provisioning)) return;
    if (setting_value(server, method_id) == "disabled") return;
    // What is no method may have been meant as that one.
    const NodeIndex method = setting(server, method_id);
    if (method != Tree::none && (is_unclear(config, method) ||
                                 dectprov::check(config.catalog().type(method_id), config.value(method))))
        return;
    const NodeIndex interval = setting(server, entry("config.provisioning.check.interval"));
    if (interval != Tree::none && is_given(config, interval) && to_number(config.value(interval)) != 0U)
        return;
    if (!is_off(server, entry("config.provisioning.check.time"), "")) return;
    if (!is_off(server, entry("config.provisioning.check.check_sync"), "disabled")) return;
    const NodeIndex section = setting(server, entry("config.provisioning.check"));
    report.add(
        never_checks, config.name_place(section == Tree::none ? provisioning : section),
        "no interval, no time, and notifications are disabled: the server checks for changes only when it "
        "starts",
        "set check_sync to update, or set an interval in minutes, or a time");
}

void check_url(const Server& server, Report& report) {
    if (!overwrites(server) || setting_value(server, method_id) != "static") return;
    const Tree& config = *server.config;
    const NodeIndex url = setting(server, url_id);
    if (url != Tree::none && is_given(config, url)) return;
    report
        .add(url_missing, config.name_place(setting(server, entry("config.provisioning.server"))),
             "method is static, but there is no url", "add the url of the provisioning server")
        .related.push_back({.span = config.marked(setting(server, method_id)), .message = "the method"});
}

// Whether the method is one with which the server does not use a URL.
bool ignores_url(const Server& server) {
    const NodeIndex method = setting(server, method_id);
    if (method != Tree::none && is_unclear(*server.config, method)) return false;
    const std::string_view value = setting_value(server, method_id);
    // A merge leaves the method as it is in the server.
    return value.empty() ? !server.merge : value == "dhcp" || value == "disabled";
}

void check_url_ignored(const Server& server, Report& report) {
    const NodeIndex url = setting(server, url_id);
    if (url == Tree::none || !is_given(*server.config, url)) return;
    const Tree& config = *server.config;
    if (config.entry(url) == EntryId::none || !ignores_url(server)) return;
    const NodeIndex method = setting(server, method_id);
    const std::string_view value = setting_value(server, method_id);
    Diagnostic& diagnostic = report.add(
        url_ignored, url_place(config, url),
        value.empty() ? std::string("the server does not use this url: without a method it asks DHCP")
                      : fmt::format("the server does not use this url: method is {}", value),
        "set method to static, or remove the url");
    if (value.empty()) return;
    diagnostic.related.push_back({.span = config.marked(method), .message = "the method"});
}

void check_credentials(const Server& server, Report& report) {
    const NodeIndex url = setting(server, url_id);
    if (url == Tree::none || is_unclear(*server.config, url)) return;
    const Tree& config = *server.config;
    const std::string_view value = config.value(url);
    const auto parts = parse_url(value);
    if (!parts || parts->password.empty()) return;
    const std::size_t at =
        value_offset(config, url) + static_cast<std::size_t>(parts->password.data() - value.data());
    report.add(url_credentials, Place{.span = config.text_span(url, at, 1), .tree = &config, .node = url},
               "the url contains a password; anyone who reads this file can use it",
               "protect the file like a password");
}

// Whether the configuration says that no users are fetched: their file is `file/orphan`.
bool leaves_out_users(const Server& server) {
    const Switch users = switch_at(server, entry("config.provisioning.users.check"));
    return users == Switch::off || (users == Switch::absent && overwrites(server));
}

void check_transport(const Server& server, Report& report) {
    const NodeIndex url = setting(server, url_id);
    if (url == Tree::none || is_unclear(*server.config, url)) return;
    if (ignores_url(server) || leaves_out_users(server)) return;
    const auto parts = parse_url(server.config->value(url));
    // No source says which protocol a bare host means.
    if (!parts || (parts->protocol != "ftp" && parts->protocol != "tftp" && parts->protocol != "http"))
        return;
    for_each_with(server, entry("users.user.authpassword"), [&](NodeIndex, NodeIndex password) {
        report
            .add(insecure_transport, url_place(*server.config, url),
                 fmt::format("the SIP passwords of the users are sent over {}, without encryption",
                             parts->protocol),
                 "use https")
            .related.push_back({.span = server.users->marked(password), .message = "the first password"});
        return false;
    });
}

// Whether any is named, or something stands there that may be meant as a name of it.
bool may_name_firmware(const Server& server) {
    const NodeIndex section = setting(server, entry("config.provisioning.firmware"));
    if (section == Tree::none) return false;
    const Tree& config = *server.config;
    bool named = is_unclear(config, section);
    for (NodeIndex node = config.first(section); node < config.after(section); node = config.after(node)) {
        named = named || config.entry(node) == EntryId::none;
    }
    for_each_firmware(server, [&](EntryId, NodeIndex) { named = true; });
    return named;
}

void check_nothing(const Server& server, Report& report) {
    if (!overwrites(server)) return;
    if (switch_at(server, entry("config.provisioning.config.check")) != Switch::off) return;
    for (const EntryId import :
         {entry("config.provisioning.users.check"), entry("config.provisioning.cota.check")}) {
        const Switch state = switch_at(server, import);
        if (state == Switch::on || state == Switch::unclear) return;
    }
    const Tree& config = *server.config;
    const NodeIndex url = setting(server, url_id);
    // With DHCP nothing here says that there is a provisioning server at all.
    if (setting_value(server, method_id) != "static" || url == Tree::none || !is_given(config, url)) return;
    if (has_unknown_section(config, setting(server, entry("config.provisioning")))) return;
    if (may_name_firmware(server)) return;
    const NodeIndex check = setting(server, entry("config.provisioning.config.check"));
    report
        .add(nothing_to_fetch, config.value_place(check),
             "every import is off and no firmware is named: there is nothing to fetch",
             "set it to true, so that a later configuration reaches the server")
        .related.push_back({.span = url_place(config, url).span, .message = "the provisioning server"});
}

}  // namespace

std::span<const Rule* const> config_fetch_rules() {
    static constexpr const Rule* rows[] = {&never_checks,    &url_missing,        &url_ignored,
                                           &url_credentials, &insecure_transport, &nothing_to_fetch};
    return rows;
}

}  // namespace dectprov
