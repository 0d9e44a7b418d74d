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
    SiteServerReader(SiteContext& context, Layers& layers, SiteUsers& users, SiteServer& to, std::string path)
        : context_(context), layers_(layers), users_(users), to_(to), path_(std::move(path)) {}

    void read(const Layered& defaults, const SiteSource& source, std::uint32_t item);

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
    [[nodiscard]] std::string below(std::string_view key) const { return path_below(path_, key); }
    void add(const Rule& rule, const Yaml::Node& value, std::string_view key, std::string message,
             std::string help = {});
    void check_keys(const SiteSource& source, std::uint32_t item);
    // Whether something that stands there is, or may be, the key, though it is not read.
    [[nodiscard]] bool is_meant(std::string_view key) const;
    void ambiguous(const Yaml::Node& value, std::string_view key);

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

    // What the model and the identity are together.
    void check_identity();
    void take_identity(const Yaml::Node& value, std::string_view key, Identity identity);
    void check_model();

    void group(const Layered& value);
    void group_version(Group& group, const Layered& value);
    void group_settings(Group& group, const Layered& value);
    void version_list();
    void firmware_file(const Layered& value, const std::vector<std::string_view>& known);
    void firmware_file_version(FirmwareFile& file, const Layered& value);

    SiteContext& context_;
    Layers& layers_;
    SiteUsers& users_;
    SiteServer& to_;
    std::string path_;
    Span item_ = {};
    Span identity_key_ = {};
    // Null where the key is not there.
    const Yaml::Node* model_ = nullptr;
    const Yaml::Node* mac_ = nullptr;
    const Yaml::Node* uuid_ = nullptr;
    const Yaml::Node* import_ = nullptr;
    std::vector<std::string_view> meant_;
};

}  // namespace dectprov
