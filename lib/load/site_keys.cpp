// SPDX-License-Identifier: MIT
#include "load/site_keys.hpp"

#include <array>

#include "load/schemas.hpp"
#include "load/site_server.hpp"
#include "load/site_tables.hpp"

namespace dectprov {
namespace {

constexpr auto version_sample = std::to_array<Sample>({{all_models, "dectprov: 1\n"}});
constexpr auto site_sample = std::to_array<Sample>({{all_models, "site: my-site\n"}});
constexpr auto extends_sample = std::to_array<Sample>({{all_models, R"(
# Layers that this description shares with others, later over earlier:
# extends: [../common/defaults.yaml]
)"}});
constexpr auto servers_sample = std::to_array<Sample>({{all_models, R"(
servers:
  # @NAME@
)"}});

constexpr auto name_sample = std::to_array<Sample>({{all_models, "  - name: my server\n"}});
constexpr auto model_sample = std::to_array<Sample>({{all_models, "    model: \"@MODEL@\"\n"}});
constexpr auto mac_sample = std::to_array<Sample>({{mac_models, "    mac: \"@MAC@\"\n"}});
constexpr auto uuid_sample = std::to_array<Sample>({{all_models - mac_models, "    uuid: @UUID@\n"}});
constexpr auto firmware_version_sample = std::to_array<Sample>({{all_models, R"(
    # What is known of the server opens and closes rules; neither is written anywhere.
    # firmware_version: PCS20Ba
)"}});
constexpr auto licenses_sample =
    std::to_array<Sample>({{all_models, "    # licenses: [enhanced_provisioning]\n"}});
constexpr auto import_sample =
    std::to_array<Sample>({{all_models, R"(
    # The settings of the configuration file. The server overwrites: what is not here goes back to its default.
)"},
                           {ip_models, R"(    # With `import: merge` it keeps what is not here.
    # import: merge
)"}});
constexpr auto settings_sample = std::to_array<Sample>({{all_models, R"(    settings:
      network: {bootproto: dhcp}
      provisioning:
        # When the server looks for new files: every so many minutes, and when a SIP NOTIFY asks for it.
        check: {check_sync: update, interval: 60}
        config: {check: true}
        users: {check: true}
        server: {method: static, url: https://prov.example.com/dect}
        # The firmware to load; `firmware_files` below gives its version.
        # firmware: {kws: kws.bin}
)"},
                                                        {ip_models, R"(        # Needed by handset_groups:
        # cota: {check: true}
)"}});
constexpr auto users_sample = std::to_array<Sample>({{ip_models, R"(
    # Also from a table: `- from: users.csv`, with the names of the fields in its first row. Passwords are kept
    # out of this file: authpassword: "${env:SIP_7001}"
    users:
      - {username: "7001", displayname: First handset}
      # - {username: "7002", displayname: Second handset, ipei: 00077 0000001, configgroup: 100}
)"},
                                                     {dect_models, R"(
    # Also from a table: `- from: users.csv`, with the names of the fields in its first row. Passwords are kept
    # out of this file: authpassword: "${env:SIP_4001}"
    users:
      - {localno: "4001", displayname: First handset}
      # - {localno: "4002", displayname: Second handset, ipei: 00077 0000001, linetype: S}
)"}});
constexpr auto groups_sample = std::to_array<Sample>({{ip_models, R"(
    # handset_groups:
    #   100:
    #     version: auto    # made of the settings: another one whenever they change
    #     settings:
    #       ringing_volume: {volume: 3}
)"}});
constexpr auto firmware_files_sample = std::to_array<Sample>({{all_models, R"(
    # firmware_files:
    #   kws: {version: PCS20Ba 90198}
)"}});

}  // namespace

std::span<const DescriptionRow> description_rows() {
    static constexpr auto rows = std::to_array<DescriptionRow>({
        {.key = {.name = "dectprov",
                 .shape = Shape::text,
                 .otherwise = "the version of the format is not 1",
                 .everywhere = true,
                 .description = "The version of this format.",
                 .schema = site_version_schema,
                 .samples = version_sample},
         .check = check_version,
         .required = true},
        {.key = {.name = "site",
                 .shape = Shape::text,
                 .otherwise = "'site' must be a name",
                 .everywhere = true,
                 .description = "The name of the site, in messages and in --layout site.",
                 .schema = text_schema,
                 .samples = site_sample},
         .read = read_site_name},
        {.key = {.name = "extends",
                 .shape = Shape::list,
                 .otherwise = "'extends' must be a list of files",
                 .everywhere = true,
                 .description = "Layers below this description; a later one overrides an earlier one.",
                 .schema = texts_schema,
                 .samples = extends_sample}},
        {.key = {.name = "vars",
                 .shape = Shape::mapping,
                 .otherwise = "'vars' must be a mapping of names and texts",
                 .everywhere = true,
                 .own_names = true,
                 .description = "Texts by name, for `${var:NAME}`.",
                 .schema = vars_schema},
         .check = check_top_vars,
         .laid = true},
        {.key = {.name = "defaults",
                 .shape = Shape::mapping,
                 .otherwise = "'defaults' must be a mapping of what every server has",
                 .everywhere = true,
                 .description = "Defaults for every server of this file and of the files that extend it.",
                 .schema = defaults_schema},
         .check = check_defaults},
        {.key = {.name = "servers",
                 .shape = Shape::list,
                 .description =
                     "The servers of the site. A file without them is a layer for other files to extend.",
                 .schema = servers_schema,
                 .samples = servers_sample},
         .read = read_servers,
         .misplaced = "a layer cannot have servers",
         .instead = "extend a file that has only `defaults`"},
    });
    return rows;
}

std::span<const SiteServerReader::Row> SiteServerReader::rows() {
    using Reader = SiteServerReader;
    static constexpr auto rows = std::to_array<Row>({
        {.key = {.name = "name",
                 .shape = Shape::text,
                 .description = "A name for messages.",
                 .schema = text_schema,
                 .samples = name_sample},
         .read = &Reader::name},
        {.key = {.name = "model",
                 .shape = Shape::text,
                 .everywhere = true,
                 .description = "The model of the server; vso is the Virtual IP-DECT Server One.",
                 .schema = site_model_schema,
                 .samples = model_sample},
         .read = &Reader::model},
        {.key = {.name = "mac",
                 .shape = Shape::text,
                 .description = "The MAC address in any usual notation; for every model but vso.",
                 .schema = text_schema,
                 .samples = mac_sample},
         .read = &Reader::mac},
        {.key = {.name = "uuid",
                 .shape = Shape::text,
                 .description = "The UUID of a Virtual IP-DECT Server One.",
                 .schema = text_schema,
                 .samples = uuid_sample},
         .read = &Reader::uuid},
        {.key = {.name = "firmware_version",
                 .shape = Shape::text,
                 .everywhere = true,
                 .lifted = true,
                 .description = "The release that the server runs, for example PCS20Ba.",
                 .schema = text_schema,
                 .samples = firmware_version_sample},
         .read = &Reader::firmware_version},
        {.key = {.name = "licenses",
                 .shape = Shape::list,
                 .everywhere = true,
                 .lifted = true,
                 .description = "The licences of the server.",
                 .schema = site_licences_schema,
                 .samples = licenses_sample},
         .read = &Reader::licenses},
        {.key = {.name = "redundant",
                 .shape = Shape::text,
                 .everywhere = true,
                 .lifted = true,
                 .description = "Whether the server is a redundant pair.",
                 .schema = site_truth_schema},
         .read = &Reader::redundant},
        {.key = {.name = "import",
                 .shape = Shape::text,
                 .everywhere = true,
                 .lifted = true,
                 .description =
                     "overwrite: settings that are not in the file go back to their defaults; this is what a "
                     "server does by itself. merge: they stay. 2500 and 8000 can only overwrite.",
                 .schema = import_schema,
                 .samples = import_sample},
         .read = &Reader::import_kind},
        {.key = {.name = "settings",
                 .shape = Shape::mapping,
                 .otherwise = "'settings' must be a mapping with the elements of the configuration",
                 .everywhere = true,
                 .lifted = true,
                 .description = "The server configuration: the elements below <config>. An empty mapping "
                                "gives an empty configuration, which sets every setting back to its default; "
                                "without the key no configuration is written.",
                 .schema = settings_schema,
                 .samples = settings_sample},
         .read = &Reader::settings},
        {.key = {.name = "users",
                 .shape = Shape::list,
                 .everywhere = true,
                 .description = "The users of the server: single users and CSV files (`from:`) in any order. "
                                "Without the key no users file is written.",
                 .schema = users_schema,
                 .samples = users_sample},
         .read = &Reader::users},
        {.key = {.name = "handset_groups",
                 .shape = Shape::mapping,
                 .otherwise = "'handset_groups' must be a mapping by group number",
                 .everywhere = true,
                 .lifted = true,
                 .description = "Handset configuration by group number.",
                 .schema = groups_schema,
                 .samples = groups_sample},
         .read = &Reader::groups},
        {.key = {.name = "firmware_files",
                 .shape = Shape::mapping,
                 .otherwise =
                     "'firmware_files' must be a mapping with the keys of `settings.provisioning.firmware`",
                 .everywhere = true,
                 .lifted = true,
                 .description = "Writes NAME.ver for the file names in settings.provisioning.firmware; the "
                                "keys are the same.",
                 .schema = firmware_files_schema,
                 .samples = firmware_files_sample},
         .read = &Reader::firmware_files},
        {.key = {.name = "extends",
                 .shape = Shape::list,
                 .otherwise = "'extends' must be a list of files",
                 .description = "Layers only for this server. They override `defaults`, and a later one "
                                "overrides an earlier one.",
                 .schema = texts_schema},
         .read = &Reader::extends},
        {.key = {.name = "vars",
                 .shape = Shape::mapping,
                 .otherwise = "'vars' must be a mapping of names and texts",
                 .everywhere = true,
                 .own_names = true,
                 .description = "Texts by name, for `${var:NAME}`; they override those of the layers.",
                 .schema = vars_schema},
         .read = &Reader::vars},
        {.key = {.name = "site",
                 .shape = Shape::text,
                 .description = "The site of this server: its folder with --layout site.",
                 .schema = text_schema},
         .read = &Reader::site},
        {.key = {.name = "replaces",
                 .shape = Shape::text,
                 .description = "The MAC address or UUID of the server that this one replaces.",
                 .schema = text_schema},
         .read = &Reader::replaces},
    });
    return rows;
}

std::span<const SiteServerReader::GroupRow> SiteServerReader::group_rows() {
    static constexpr auto rows = std::to_array<GroupRow>({
        {.key = {.name = "version",
                 .shape = Shape::text,
                 .otherwise = "'version' must be a number or auto",
                 .everywhere = true,
                 .description = "The version of the group's file: a number, or `auto` for a number that is "
                                "made from the settings and changes with them.",
                 .schema = group_version_schema},
         .read = &SiteServerReader::group_version},
        {.key = {.name = "settings",
                 .shape = Shape::mapping,
                 .otherwise = "'settings' must be a mapping with the elements of the handset configuration",
                 .everywhere = true,
                 .description = "The handset settings of the group.",
                 .schema = handset_settings_schema},
         .read = &SiteServerReader::group_settings},
    });
    return rows;
}

std::span<const SiteServerReader::FirmwareFileRow> SiteServerReader::firmware_file_rows() {
    static constexpr auto rows = std::to_array<FirmwareFileRow>({
        {.key = {.name = "version",
                 .shape = Shape::text,
                 .otherwise = "a firmware file must be a mapping with its `version`",
                 .everywhere = true,
                 .description = "The text of the .ver file, for example `PCS20Ba 90198`.",
                 .schema = text_schema},
         .read = &SiteServerReader::firmware_file_version},
    });
    return rows;
}

std::span<const SiteTables::TableRow> SiteTables::table_rows() {
    static constexpr auto rows = std::to_array<TableRow>({
        {.key = {.name = "from",
                 .shape = Shape::text,
                 .otherwise = "'from' must be the path of a CSV file",
                 .everywhere = true,
                 .description = "A CSV file with a header row; its path is relative to this file.",
                 .schema = text_schema},
         .read = &Reading::from},
        {.key = {.name = "encoding",
                 .shape = Shape::text,
                 .everywhere = true,
                 .description = "The encoding of a file without a byte order mark: utf-8 (default), "
                                "windows-1252 or latin-1.",
                 .schema = encoding_schema},
         .read = &Reading::encoding},
        {.key = {.name = "columns",
                 .shape = Shape::mapping,
                 .otherwise = "'columns' must be a mapping of headings of the file to names",
                 .everywhere = true,
                 .own_names = true,
                 .description = "Headings of the file and the names that they stand for. A heading that is "
                                "not listed stands for itself.",
                 .schema = vars_schema},
         .read = &Reading::columns},
        {.key = {.name = "ignore",
                 .shape = Shape::list,
                 .otherwise = "'ignore' must be a list of headings",
                 .everywhere = true,
                 .description = "Headings of columns to skip.",
                 .schema = texts_schema},
         .read = &Reading::ignore},
        {.key = {.name = "where",
                 .shape = Shape::mapping,
                 .otherwise = "'where' must be a mapping of columns to values",
                 .everywhere = true,
                 .own_names = true,
                 .description = "Selects the rows that have these values.",
                 .schema = vars_schema},
         .read = &Reading::where},
        {.key = {.name = "set",
                 .shape = Shape::mapping,
                 .otherwise = "'set' must be a mapping of columns to texts",
                 .everywhere = true,
                 .own_names = true,
                 .description = "Values for rows with an empty cell, or for a column that the file does not "
                                "have. `${row:COLUMN}` is a cell of the row.",
                 .schema = given_schema},
         .read = &Reading::set},
    });
    return rows;
}

std::vector<Key> description_keys() { return keys_of(description_rows()); }
std::vector<Key> server_keys() { return keys_of(SiteServerReader::rows()); }
std::vector<Key> group_keys() { return keys_of(SiteServerReader::group_rows()); }
std::vector<Key> firmware_file_keys() { return keys_of(SiteServerReader::firmware_file_rows()); }
std::vector<Key> table_keys() { return keys_of(SiteTables::table_rows()); }

namespace {

// Keys of a server that `defaults` and layers may have too, and those that they may not.
std::vector<Key> server_keys_where(bool everywhere) {
    std::vector<Key> keys = server_keys();
    std::erase_if(keys, [everywhere](const Key& key) { return key.everywhere != everywhere; });
    return keys;
}
std::vector<Key> keys_of_all_servers() { return server_keys_where(true); }
std::vector<Key> keys_of_one_server() { return server_keys_where(false); }

}  // namespace

std::span<const KeyLevel> key_levels() {
    static constexpr KeyLevel levels[] = {
        {.of = "the top level of a description", .keys = description_keys},
        {.of = "a server, and of `defaults`", .keys = keys_of_all_servers},
        {.of = "a server", .keys = keys_of_one_server},
        {.of = "a handset group", .keys = group_keys},
        {.of = "an item of `firmware_files`", .keys = firmware_file_keys},
        {.of = "a table: an item with `from` in `servers` or `users`", .keys = table_keys}};
    return levels;
}

}  // namespace dectprov
