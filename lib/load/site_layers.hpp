// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "diag/diagnostic.hpp"
#include "doc/yaml.hpp"
#include "load/keys.hpp"
#include "load/layered.hpp"
#include "load/secret_variables.hpp"
#include "load/site.hpp"
#include "source/files.hpp"
#include "source/source_set.hpp"

namespace dectprov {

struct DescriptionRow;
struct SiteScope;
struct SiteRow;

// What every part of the loading of one site needs.
struct SiteContext {
    const Files& files;
    SourceSet& sources;
    const Catalog& catalog;
    const SiteOptions& options;
    Report& report;
    const std::string& main;           // the path of the description
    const SiteScope* scope = nullptr;  // of the server that is read
    bool stands_in = false;            // what is missing is not told, since something else is
    SecretVariables variables = {};
};

// What layers say, laid over each other.
struct Laid {
    Layered defaults;
    Layered vars;
    std::vector<const SiteSource*> sources = {};  // each once, in their order
    std::vector<const SiteSource*> order = {};    // those with `defaults`, as they are laid: the last wins
    bool whole = true;                            // nothing that was to be laid is missing or broken
};

// Reports a key that does not belong there, with the nearest that does.
void report_unknown_key(SiteContext& context, Span key, const std::string& path, std::string_view what,
                        std::string_view typed, const std::vector<std::string_view>& known);
// Reports a value where it stands and, of an alias, where it is written.
Diagnostic& report_value(SiteContext& context, const Rule& rule, const Yaml::Node& value, std::string path,
                         std::string message, std::string help = {});
// Reports `site/key` for a value of the wrong shape: `message` says what is due.
void report_shape(SiteContext& context, const Yaml::Node& node, const std::string& path, std::string message);

// Reports a key without a value that takes nothing back, which of a secret is graver. Nothing is known of
// that before the server is read that layers are laid under.
void report_empty_key(SiteContext& context, const Layered& key, std::string path, bool secret = false);
void report_empty_key(SiteContext& context, const Layers& layers, const Layered& key, std::string path,
                      bool secret = false);

// Reports a key that has run into its value ("name:value"), of which nothing is shown but its name.
void report_run_in(SiteContext& context, Span key, const std::string& path);
// Whether a text stands where it does because a key has run into its value.
bool is_run_in(const Yaml::Node& value);

// "servers[1]" and "model" make "servers[1].model".
std::string path_below(std::string_view path, std::string_view key);

// The value of a key of the mapping at `path`; none, and reported, where it has another shape than the key's
// or is a key without a value that takes nothing back.
Layered shaped(SiteContext& context, const Layered& value, const Key& key, const std::string& path);

// Reports the members of a mapping that no row is for.
template <class Row>
void check_members(SiteContext& context, const Layered& mapping, const std::string& path,
                   std::string_view what, std::span<const Row> rows) {
    mapping.each([&](const Layered& one) {
        const std::string_view name = one.yaml().key_text;
        if (find_key(rows, name) == nullptr)
            report_unknown_key(context, one.yaml().key, path, what, name, key_names(rows));
    });
}

// A path that is put together when it is asked for: few values ever have anything said about them.
class SitePath {
public:
    // Both must outlive this.
    explicit SitePath(const std::string& start) : key_(start) {}
    SitePath(const SitePath& above, std::string_view key) : above_(&above), key_(key) {}

    [[nodiscard]] std::string text() const {
        return above_ == nullptr ? std::string(key_) : path_below(above_->text(), key_);
    }

private:
    const SitePath* above_ = nullptr;
    std::string_view key_;
};

// Reads the description and what it extends.
class SiteLayers {
public:
    explicit SiteLayers(SiteContext& context) : context_(context) {}

    // What is laid over each other; good as long as this lives.
    [[nodiscard]] Layers& layers() { return layers_; }

    // Reads the description; throws Failure where the file cannot be read. Good as long as this lives.
    const SiteSource& read_main(const std::string& path);
    // What its layers and it itself lay under every server.
    Laid base(const SiteSource& main);
    // The same with the layers that a server's own `extends` names laid over it. `path` is the server's.
    Laid extended(const Laid& base, const Layered& extends, const std::string& path);

    // When all servers are read: those at the top of a file that have taken nothing back.
    void report_empty_keys() const;

    std::vector<YamlComment>& comments() { return comments_; }

private:
    const SiteSource& read(const std::string& path);
    const SiteSource& read_layer(const std::string& path);
    SiteSource& add(const std::string& path, FileId file);
    void take(SiteSource& source, std::shared_ptr<const YamlDocument> document);
    [[nodiscard]] bool can_share() const;
    // A file whose layers are laid.
    struct Reading;
    void lay(Reading& reading, const SiteSource& source);
    static void lay_own(Reading& reading, const SiteSource& source);
    Laid finish(Reading reading);
    void extend(Reading& reading, const Layered& extends);
    const SiteSource* named_layer(Reading& reading, const Layered& entry, const Yaml::Node& list,
                                  const std::string& path);
    void check_keys(const SiteSource& source, bool main);
    void empty_key(const Layered& key, const DescriptionRow& row);
    // Whether the file there begins as a layer does.
    [[nodiscard]] bool is_layer(const std::string& path) const;

    SiteContext& context_;
    Layers layers_;
    std::deque<SiteSource> sources_;
    std::map<std::string, const SiteSource*, std::less<>> by_path_;
    std::vector<YamlComment> comments_;
    std::vector<Layered> empty_keys_;  // at the top of a file, of what is laid over the layers below
    std::size_t servers_ = 0;          // that the description has
    bool depth_told_ = false;          // that too many extend each other
    std::map<std::vector<const SiteSource*>, Laid> extended_;  // by the layers of a server
};

}  // namespace dectprov
