// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "load/site_users.hpp"

namespace dectprov {

// Reads one item of `servers:` with the defaults under it.
class SiteServerReader {
public:
    // `path`: "servers[1]".
    SiteServerReader(SiteContext& context, Layers& layers, SiteUsers& users, SiteServer& to, std::string path)
        : context_(context), layers_(layers), users_(users), to_(to), path_(std::move(path)) {}

    void read(const Layered& defaults, const SiteSource& source, std::uint32_t item);

private:
    [[nodiscard]] std::string below(std::string_view key) const { return path_below(path_, key); }
    void add(const Rule& rule, const Yaml::Node& value, std::string_view key, std::string message,
             std::string help = {});
    void check_keys(const SiteSource& source, std::uint32_t item);
    // The text of a key; empty, and reported, where it is something else.
    const Yaml::Node* text(const Layered& server, std::string_view key);
    void ambiguous(const Yaml::Node& value, std::string_view key);

    void identity(const Layered& server);
    void check_identity(const Yaml::Node& value, std::string_view key, Identity identity);
    void model(const Layered& server);
    void options(const Layered& server);
    void licenses(const Layered& list);

    void config(const Layered& server);
    void import_kind(const Layered& server);
    void users(const Layered& server);
    void groups(const Layered& server);
    void group(const Layered& value);
    void version_list();
    void firmware_files(const Layered& server);
    void firmware_file(const Layered& value, const std::vector<std::string_view>& known);

    SiteContext& context_;
    Layers& layers_;
    SiteUsers& users_;
    SiteServer& to_;
    std::string path_;
    Span item_ = {};
    Span identity_key_ = {};
    // Meant to be there, under a key that is not read.
    bool model_meant_ = false;
    bool identity_meant_ = false;
};

}  // namespace dectprov
