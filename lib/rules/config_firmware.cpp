// SPDX-License-Identifier: MIT
#include <cctype>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "doc/secret.hpp"
#include "doc/ver_list.hpp"
#include "rules/firmware_refusal.hpp"
#include "rules/groups.hpp"
#include "rules/settings.hpp"

namespace dectprov {

namespace {

void check_name(const Server& server, Report& report);
void check_too_old(const Server& server, Report& report);
void check_never_loaded(const Server& server, Report& report);
void check_default(const Server& server, Report& report);

constexpr Rule firmware_name{
    .id = "config/firmware-name",
    .severity = Severity::error,
    .summary = "a firmware file of a type that the server cannot use",
    .why =
        "A virtual server needs an .ova, which may be in a ZIP file. All other firmware is a .bin, or for "
        "IP-DECT servers from PCS 20B_ on a ZIP file. The server fetches a file of another type but cannot "
        "use it. The server adds .ver to the name itself.",
    .origin = "guide line 222-238, 429, 1277",
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
    .model = "6500",
    .check = {.server = check_name}};

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
)",
    .check = {.server = check_too_old}};

constexpr Rule firmware_never_loaded{
    .id = "config/firmware-never-loaded",
    .severity = Severity::warning,
    .summary = "firmware is named, but its automatic update is not switched on",
    .why =
        "The server fetches firmware for handsets, base stations and media resources, but loads it only if "
        "automatic update is on. After an overwrite without this setting it is off.",
    .origin = "guide line 168, 546, 622-660",
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
)",
    .check = {.server = check_never_loaded}};

constexpr Rule vso_default_needs_zip{
    .id = "config/vso-default-needs-zip",
    .severity = Severity::warning,
    .summary = "default_kws with a bare .ova on a Virtual IP-DECT Server One",
    .why =
        "Base stations and media resources cannot use an .ova. To update them too, the virtual server needs "
        "a ZIP file with its .ova and the .bin of an IP-DECT server.",
    .origin = "guide line 238",
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
    .model = "vso",
    .check = {.server = check_default}};

bool has_extension(std::string_view name, std::string_view extension) {
    if (name.size() <= extension.size()) return false;
    const std::string_view end = name.substr(name.size() - extension.size());
    for (std::size_t i = 0; i < end.size(); ++i) {
        if (std::tolower(static_cast<unsigned char>(end[i])) != extension[i]) return false;
    }
    return true;
}

std::optional<FirmwareRefusal> refuse_zip(const Server& server) {
    if (only(server, dect_models)) return FirmwareRefusal{.why = "a DECT Server cannot use a ZIP file"};
    if (!is_before(server, "PCS20B_")) return std::nullopt;
    return FirmwareRefusal{.why = fmt::format("a ZIP file needs PCS20B_ or newer, but this server runs {}",
                                              *server.options.firmware_version)};
}

// Why no model that is left takes the file, or asks for it; nothing where one may.
std::optional<FirmwareRefusal> refuse(const Server& server, EntryId firmware, std::string_view name) {
    if (!has_extension(name, ".ver"))
        return refuse_firmware(server, firmware == entry("config.provisioning.firmware.kws"), name);
    const std::string_view image = name.substr(0, name.size() - std::string_view(".ver").size());
    return FirmwareRefusal{
        .why = "the server adds .ver to the name itself: it would ask for a file that ends in .ver.ver",
        .help = fmt::format("name the firmware file, {}", shown_text(image))};
}

void check_name(const Server& server, Report& report) {
    for_each_firmware(server, [&](EntryId id, NodeIndex node) {
        if (is_unclear(*server.config, node)) return;
        auto refusal = refuse(server, id, server.config->value(node));
        if (!refusal) return;
        report.add(firmware_name, server.config->value_place(node), std::move(refusal->why),
                   std::move(refusal->help));
    });
}

void check_too_old(const Server& server, Report& report) {
    if (!is_before(server, first_with_handset_configuration)) return;
    auto place = handset_configuration(server);
    if (!place) return;
    report.add(firmware_too_old, std::move(*place),
               fmt::format("handset configuration needs {} or newer, but this server runs {}",
                           first_with_handset_configuration, *server.options.firmware_version),
               "update the server first, or correct its firmware_version");
}

// What loads a kind of firmware once it is fetched.
struct Loading {
    EntryId automatic;
    std::string_view path;
    std::string_view what;
};

constexpr Loading handset_loading{
    .automatic = entry("config.suota.auto"), .path = "suota.auto", .what = "handset firmware"};
constexpr Loading base_loading{
    .automatic = entry("config.rfp.auto.enable"), .path = "rfp.auto.enable", .what = "base station firmware"};
constexpr Loading digital_loading{.automatic = entry("config.rfp.auto.enable_digital"),
                                  .path = "rfp.auto.enable_digital",
                                  .what = "digital base station firmware"};

const Loading* loading_of(EntryId firmware) {
    // The server loads its own firmware by itself.
    if (firmware == entry("config.provisioning.firmware.kws")) return nullptr;
    if (firmware == entry("config.provisioning.firmware.rfp")) return &base_loading;
    if (firmware == entry("config.provisioning.firmware.rfp6")) return &digital_loading;
    return &handset_loading;
}

bool stays_off(const Server& server, EntryId id) {
    const Switch state = switch_at(server, id);
    return state == Switch::absent || state == Switch::off;
}

// The value that says so is one to change too.
void add_switch(const Server& server, EntryId id, Diagnostic& diagnostic) {
    const NodeIndex node = setting(server, id);
    if (node == Tree::none) return;
    diagnostic.related.push_back({.span = server.config->marked(node), .message = "switched off here"});
}

void check_never_loaded_default(const Server& server, Report& report) {
    constexpr EntryId use_default = entry("config.provisioning.firmware.default_kws");
    constexpr EntryId media = entry("config.mr.auto.enable");
    if (switch_at(server, use_default) != Switch::on) return;
    if (!stays_off(server, media) || !stays_off(server, base_loading.automatic)) return;
    const bool has_media = server.models.empty() || server.models.meets({Model::s6500, Model::vso});
    Diagnostic& diagnostic = report.add(
        firmware_never_loaded, server.config->value_place(setting(server, use_default)),
        has_media
            ? "base stations and media resources do not load this firmware: their automatic update is off"
            : "no base station loads this firmware: rfp.auto.enable is not true",
        has_media ? "set rfp.auto.enable or mr.auto.enable to true" : "set rfp.auto.enable to true");
    add_switch(server, media, diagnostic);
    add_switch(server, base_loading.automatic, diagnostic);
}

void check_never_loaded(const Server& server, Report& report) {
    if (!overwrites(server)) return;
    const Tree& config = *server.config;
    for (const Loading* loading : {&handset_loading, &base_loading, &digital_loading}) {
        if (!stays_off(server, loading->automatic)) continue;
        std::vector<NodeIndex> named;
        for_each_firmware(server, [&](EntryId id, NodeIndex node) {
            if (loading_of(id) == loading) named.push_back(node);
        });
        if (named.empty()) continue;
        Diagnostic& diagnostic = report.add(
            firmware_never_loaded, config.value_place(named.front()),
            fmt::format("the server fetches this {} but never loads it: {} is {}", loading->what,
                        loading->path,
                        switch_at(server, loading->automatic) == Switch::off ? "false" : "not set"),
            fmt::format("set {} to true", loading->path));
        for (std::size_t i = 1; i < named.size(); ++i) {
            diagnostic.related.push_back({.span = config.marked(named[i]), .message = "this one too"});
        }
        add_switch(server, loading->automatic, diagnostic);
    }
    check_never_loaded_default(server, report);
}

void check_default(const Server& server, Report& report) {
    if (!only(server, Model::vso)) return;
    if (switch_at(server, entry("config.provisioning.firmware.default_kws")) != Switch::on) return;
    const NodeIndex kws = setting(server, entry("config.provisioning.firmware.kws"));
    if (kws == Tree::none || is_unclear(*server.config, kws)) return;
    if (!has_extension(server.config->value(kws), ".ova")) return;
    const NodeIndex use_default = setting(server, entry("config.provisioning.firmware.default_kws"));
    report
        .add(vso_default_needs_zip, server.config->value_place(kws),
             "base stations and media resources cannot use an .ova, but default_kws is true",
             "name a ZIP file with the .ova and the .bin of an IP-DECT server")
        .related.push_back(
            {.span = server.config->marked(use_default), .message = "this setting says that they use it"});
}

}  // namespace

std::optional<FirmwareRefusal> refuse_firmware(const Server& server, bool own, std::string_view name) {
    if (has_extension(name, ".ova")) {
        if (!own) return FirmwareRefusal{.why = "firmware of handsets and base stations is never an .ova"};
        if (server.models.empty() || server.models.has(Model::vso)) return std::nullopt;
        return FirmwareRefusal{.why = "an .ova is firmware of a Virtual IP-DECT Server One"};
    }
    if (has_extension(name, ".zip")) return refuse_zip(server);
    if (own && has_extension(name, ".bin") && only(server, Model::vso)) {
        return FirmwareRefusal{.why = "a Virtual IP-DECT Server One cannot use a .bin",
                               .help = "name an .ova file, or a ZIP file that contains one"};
    }
    return std::nullopt;
}

std::span<const Rule* const> config_firmware_rules() {
    static constexpr const Rule* rows[] = {&firmware_name, &firmware_too_old, &firmware_never_loaded,
                                           &vso_default_needs_zip};
    return rows;
}

}  // namespace dectprov
