// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "diag/diagnostic.hpp"
#include "doc/yaml.hpp"
#include "load/site.hpp"
#include "source/files.hpp"
#include "source/source_set.hpp"

namespace dectprov {

// What every part of the loading of one site needs.
struct SiteContext {
    const Files& files;
    SourceSet& sources;
    const Catalog& catalog;
    const SiteOptions& options;
    Report& report;
};

// A YAML source: the description itself or a layer.
struct SiteSource {
    std::string path;
    FileId file{};
    Yaml yaml = {};
    bool sound = false;  // no `site/yaml` problem
};

// A value with the layers under it: of a mapping the members, whatever sources they come from; of all else
// one node of one source.
struct Layered {
    const SiteSource* source = nullptr;  // null: no value at all
    std::uint32_t node = 0;
    std::vector<Layered> members = {};

    explicit operator bool() const { return source != nullptr; }
    const Yaml::Node& yaml() const { return source->yaml[node]; }
    bool is(Yaml::Type type) const { return yaml().type == type; }
    const Layered* find(std::string_view key) const;  // null where there is none, or a key without a value
};

// Lays a node over `base`: mappings merge, a key without a value changes nothing, all else replaces.
void lay_over(Layered& base, const SiteSource& source, std::uint32_t node);
void lay_over(Layered& base, const Layered& over);

// Reports a key that does not belong there, with the nearest that does.
void report_unknown_key(SiteContext& context, Span key, const std::string& path, std::string_view what,
                        std::string_view typed, const std::vector<std::string_view>& known);
// Reports `site/key` for a value of the wrong shape: `message` says what is due.
void report_shape(SiteContext& context, const Yaml::Node& node, const std::string& path, std::string message);

// "servers[1]" and "model" make "servers[1].model".
std::string path_below(std::string_view path, std::string_view key);

// Reads the description and what it extends.
class SiteLayers {
public:
    explicit SiteLayers(SiteContext& context) : context_(context) {}

    // Reads the description; throws Failure where the file cannot be read. Good as long as this lives.
    const SiteSource& read_main(const std::string& path);
    // What its layers and its own `defaults` say, laid over each other.
    Layered defaults(const SiteSource& main);

    std::vector<YamlComment>& comments() { return comments_; }

private:
    const SiteSource& read(const std::string& path);
    Layered merged(const SiteSource& source, std::vector<std::string>& chain);
    void extend(Layered& base, const SiteSource& source, std::vector<std::string>& chain);
    void add_layer(Layered& base, const SiteSource& source, std::uint32_t entry, const std::string& path,
                   std::vector<std::string>& chain);
    void check_keys(const SiteSource& source, bool main);
    void check_defaults(const SiteSource& source, std::uint32_t defaults);

    SiteContext& context_;
    std::deque<SiteSource> sources_;
    std::map<std::string, const SiteSource*, std::less<>> by_path_;
    std::map<const SiteSource*, Layered> merged_;
    std::vector<YamlComment> comments_;
};

}  // namespace dectprov
