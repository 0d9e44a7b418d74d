// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "load/keys.hpp"
#include "load/site_users.hpp"

namespace dectprov {

// What `import` may say.
inline constexpr std::array<std::string_view, 2> import_kinds{"overwrite", "merge"};

// Reads one item of `servers:` with the defaults under it.
class SiteServerReader {
public:
    // `path`: "servers[1]".
    // `own`: where what is laid for this server alone is kept.
    SiteServerReader(SiteContext& context, SiteLayers& layers, Layers& own, SiteUsers& users, SiteServer& to,
                     std::string path)
        : context_(context), layers_(layers), own_(own), users_(users), to_(to), path_(std::move(path)) {}

    // `own`: what the server itself says. `site`: the name of the description's site, empty where it has
    // none.
    void read(const Laid& base, const Layered& own, std::string_view site);

    // A group, and a firmware file, while it is read.
    struct Group;
    struct FirmwareFile;
    // What a reader gets is no value where the key is not there, or has a value of another shape.
    using Row = KeyRow<void (SiteServerReader::*)(const Layered&)>;
    using GroupRow = KeyRow<void (SiteServerReader::*)(Group&, const Layered&)>;
    using FirmwareFileRow = KeyRow<void (SiteServerReader::*)(FirmwareFile&, const Layered&)>;
    static std::span<const Row> rows();
    static std::span<const GroupRow> group_rows();
    static std::span<const FirmwareFileRow> firmware_file_rows();

private:
    // The text of a key, with its references replaced.
    struct Text {
        const Yaml::Node* node = nullptr;  // null: there is none, or it cannot be known
        std::string_view text = {};
        Span span = {};  // of what has to change where it is wrong
        std::vector<VariablePart> parts = {};
        bool secret = false;  // a part of it is

        explicit operator bool() const { return node != nullptr; }
    };

    [[nodiscard]] std::string below(std::string_view key) const { return path_below(path_, key); }
    void add(const Rule& rule, const Yaml::Node& value, std::string_view key, std::string message,
             std::string help = {});
    void add(const Rule& rule, const Text& value, std::string_view key, std::string message,
             std::string help = {});
    Text text(const Layered& value, std::string_view key);
    // Keeps what a layer or the server says of all below `path`.
    void state(const Layered& value, const std::string& path);
    void read_keys(const Layered& merged);
    void mean(std::string_view key);
    void check_keys(const Layered& own);
    // Whether something that stands there is, or may be, the key, though it is not read.
    [[nodiscard]] bool is_meant(std::string_view key) const;
    // Whether nothing is to be said of a key that is missing, where it, or one in its place, is meant.
    bool is_told_elsewhere(bool meant);
    void ambiguous(const Text& value, std::string_view key);

    // The readers of the keys, in the order of the rows.
    void name(const Layered& value);
    void model(const Layered& value);
    void mac(const Layered& value);
    void uuid(const Layered& value);
    void firmware_version(const Layered& value);
    void licenses(const Layered& list);
    void redundant(const Layered& value);
    void import_kind(const Layered& value);
    void settings(const Layered& value);
    void users(const Layered& list);
    void groups(const Layered& groups);
    void firmware_files(const Layered& files);
    void replaces(const Layered& value);
    void site(const Layered& value);
    void vars(const Layered& value);
    void extends(const Layered& value);

    // What the model and the identity are together.
    void check_identity();
    void take_identity(const Text& value, std::string_view key, Identity identity);
    void check_model();

    void group(const Layered& value);
    void group_version(Group& group, const Layered& value);
    void group_settings(Group& group, const Layered& value);
    void version_list();
    void firmware_file(const Layered& value, const std::vector<std::string_view>& known);
    void firmware_file_version(FirmwareFile& file, const Layered& value);

    SiteContext& context_;
    SiteLayers& layers_;
    Layers& own_;
    SiteUsers& users_;
    SiteServer& to_;
    std::string path_;
    Span item_ = {};
    Span identity_key_ = {};
    Text model_ = {};
    Text mac_ = {};
    Text uuid_ = {};
    Text replaces_ = {};
    Text import_ = {};
    Layered vars_ = {};  // with those of all layers
    std::vector<std::string_view> meant_;
};

}  // namespace dectprov
