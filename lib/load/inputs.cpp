// SPDX-License-Identifier: MIT
#include "load/inputs.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "catalog/characters.hpp"
#include "catalog/letter_case.hpp"
#include "doc/read_xml.hpp"
#include "doc/yaml.hpp"
#include "source/bounds.hpp"
#include "source/encoding.hpp"
#include "source/failure.hpp"

namespace dectprov {
namespace {

bool has_yaml_extension(std::string_view name) { return name.ends_with(".yaml") || name.ends_with(".yml"); }

// A description may stand in any encoding that a reader of YAML takes.
constexpr std::string_view first_key_of_site = "dectprov";

bool is_description(std::string bytes) {
    return first_key(decode_text(std::move(bytes)).text) == first_key_of_site;
}

// Whether the first line that is not blank says so: "GROUP100 VERSION1".
bool is_version_list(std::string_view text) { return trimmed(text).starts_with("GROUP"); }

// What a file is when its name does not say: by its first key, its root element or its first word.
Role role_by_content(const Files& files, const std::string& path) {
    std::string bytes = files.read(path);
    if (is_description(bytes)) return Role::site;
    const Decoded decoded = decode_xml(std::move(bytes));
    const std::string_view root = root_name(decoded.text);
    if (root == "config") return Role::config;
    if (root == "users") return Role::users;
    if (root == "cota") return Role::group;
    return is_version_list(decoded.text) ? Role::list : Role::none;
}

// Why a file that no walk takes looks like ours, by its content; empty where it does not.
std::string_view resemblance(Role role) {
    switch (role) {
        case Role::site:
            return "a site description, but its name does not end with .yaml or .yml";
        case Role::config:
            return "its root element is 'config', but its name does not contain a server";
        case Role::users:
            return "its root element is 'users', but its name does not contain a server";
        case Role::group:
            return "its root element is 'cota', but its name does not contain a server";
        case Role::list:
            return "it lists handset groups, but its name does not contain a server";
        case Role::none:
            return {};
    }
    return {};
}

// Whether `dectprov:` with a version of the format stands at the beginning of a line, though not as the
// first key. A job of a CI system may be called so, and has no number.
bool has_later_key(std::string_view text) {
    constexpr std::string_view key = "dectprov:";
    for (std::size_t at = 0; at < text.size();
         at = text.find_first_of("\r\n", at), at += at < text.size() ? 1 : 0) {
        if (!text.substr(at).starts_with(key)) continue;
        const std::size_t value = text.find_first_not_of(" \t\"'", at + key.size());
        if (value != std::string_view::npos && is_digit(text[value])) return true;
    }
    return false;
}

// Files whose content is looked at; images of firmware and the like are large.
bool may_hold_text(std::string_view name) {
    constexpr std::string_view endings[] = {".xml", ".txt", ".json", ".yaml", ".yml", ".ver"};
    const std::string_view extension = name.substr(std::min(name.rfind('.'), name.size()));
    return std::ranges::any_of(
        endings, [&](std::string_view ending) { return equals_ignoring_case(extension, ending); });
}

class Finder {
public:
    Finder(const Files& files, const InputOptions& options, ConfigFiles& configs)
        : files_(files), options_(options), configs_(configs) {}

    void take(const std::string& given) {
        const std::string path = normal(given);
        try {
            if (stays_out(path)) return;
            switch (files_.type(path)) {
                case Files::Type::folder:
                    walk(path);
                    return;
                case Files::Type::file:
                    named(path);
                    return;
                case Files::Type::none:
                    inputs_.failures.push_back(fmt::format("cannot read {}: no such file or folder", path));
                    return;
                case Files::Type::other:
                    inputs_.failures.push_back(
                        fmt::format("cannot read {}: it is neither a file nor a folder", path));
                    return;
            }
        } catch (const Failure& failure) {
            inputs_.failures.emplace_back(failure.what());
        }
    }

    Inputs finish() {
        if (is_stopped()) throw Failure("stopped before all inputs were found");
        for (auto& [key, server] : servers_) {
            if (!wanted(server.identity)) continue;
            add_context(server);
            std::ranges::sort(server.files, {}, &Candidate::path);
            // What is named again is one file.
            const auto is_same = [](const Candidate& one, const Candidate& other) {
                return one.path == other.path;
            };
            server.files.erase(std::unique(server.files.begin(), server.files.end(), is_same),
                               server.files.end());
            set_misnamed_aside(server);
            server.config = configs_.for_folder(server.folder);
            const auto neighbours = inputs_.neighbours.find(server.folder);
            if (neighbours != inputs_.neighbours.end()) server.neighbours = &neighbours->second;
            inputs_.servers.push_back(std::move(server));
        }
        for (const std::string& path : sites_) {
            inputs_.sites.push_back(
                {.path = path, .config = configs_.for_folder(std::string(folder_of(path)))});
        }
        return std::move(inputs_);
    }

private:
    // A file without an identity is a server by itself: its path tells it from others of the folder.
    struct Key {
        std::string folder;
        std::string identity;
        std::string alone;

        // clang-tidy 14 takes the comparison with 0 that the compiler makes for a null pointer.
        // NOLINTNEXTLINE(modernize-use-nullptr)
        friend auto operator<=>(const Key&, const Key&) = default;
    };

    [[nodiscard]] bool wanted(const Identity& identity) const {
        return options_.servers.empty() ||
               std::ranges::find(options_.servers, identity.text) != options_.servers.end();
    }

    [[nodiscard]] bool is_stopped() const { return options_.stopped != nullptr && *options_.stopped; }

    bool is_ignored(const std::string& path) {
        if (options_.is_ignored) return options_.is_ignored(path);
        const ConfigFile* config = configs_.for_folder(std::string(folder_of(path)));
        return config != nullptr && config->ignores(path);
    }

    // Whether a link leads where no input may lie, which is said.
    bool stays_out(const std::string& path) {
        std::optional<std::string> why = leaves_repository(files_, path);
        if (why) inputs_.failures.push_back(std::move(*why));
        return why.has_value();
    }

    // The same of a folder that a walk meets.
    bool leads_astray(const std::string& path) {
        if (walked_.contains(files_.real(path)) || stays_out(path)) return true;
        std::optional<std::string> why = leads_up(files_, path);
        if (why) inputs_.failures.push_back(std::move(*why));
        return why.has_value();
    }

    // The same of a file that a walk meets. Only what would be read is worth a word.
    bool stays_out(const std::string& path, const Files::Entry& entry) {
        if (!entry.link || entry.type != Files::Type::file) return false;
        const std::optional<std::string> why = leaves_repository(files_, path);
        if (!why) return false;
        const bool ours = has_yaml_extension(entry.name)
                              ? is_description_there(path)
                              : read_name(entry.name).state != FileName::State::other;
        if (ours && !is_ignored(path)) inputs_.failures.push_back(*why);
        return true;
    }

    [[nodiscard]] bool is_description_there(const std::string& path) const {
        try {
            return is_description(files_.read(path));
        } catch (const Failure&) {
            return false;
        }
    }

    void walk(const std::string& folder) {
        // A link back to a folder above would be walked for ever.
        if (!walked_.insert(files_.real(folder)).second) return;
        if (std::optional<std::string> why = is_no_input(files_, folder)) {
            inputs_.failures.push_back(std::move(*why));
            return;
        }
        const std::string as_named = folder == "." ? "" : folder;
        ServerInput::Names neighbours;
        for (const Files::Entry& entry : files_.list(folder)) {
            if (is_stopped()) return;
            if (entry.name.starts_with('.')) continue;
            const std::string path = join(folder, entry.name);
            if (entry.type == Files::Type::folder) {
                if (is_ignored(path + "/") || (entry.link && leads_astray(path))) continue;
                try {
                    walk(path);
                } catch (const Failure& failure) {
                    inputs_.failures.emplace_back(failure.what());
                }
            } else if (stays_out(path, entry)) {
                continue;
            } else if (entry.type == Files::Type::file) {
                if (!found(path, entry.name)) {
                    pass_over(path, entry.name);
                    neighbours.insert(entry.name);
                }
            } else {
                found_no_file(path, entry);
            }
        }
        if (options_.sites_only) return;
        complete_.insert(as_named);
        inputs_.neighbours.insert_or_assign(as_named, std::move(neighbours));
    }

    // A link that leads nowhere, or something that is neither a file nor a folder.
    void found_no_file(const std::string& path, const Files::Entry& entry) {
        FileName name = read_name(entry.name);
        const bool ours = name.state != FileName::State::other;
        const bool dangling = entry.type == Files::Type::none;
        if (ours && dangling && !options_.sites_only && !is_ignored(path)) {
            add(path, std::move(name), true);
        } else if (options_.tell_passed_over && (ours || has_yaml_extension(entry.name))) {
            inputs_.passed_over.push_back(
                {.path = path, .why = dangling ? "a link without a target" : "not a regular file"});
        }
    }

    // Says why a file is left out though it looks like ours.
    void pass_over(const std::string& path, std::string_view base) {
        if (!options_.tell_passed_over || sites_.contains(path) || is_ignored(path)) return;
        std::string_view why;
        const auto original = backed_up_name(base);
        if (original && read_name(*original).state != FileName::State::other) {
            why = "a backup of an editor";
        } else if (may_hold_text(base)) {
            why = look_into(path, base);
        }
        if (why.empty() && begins_with_identity(base))
            why = "its name begins like a server's file, but no server asks for it";
        if (!why.empty()) inputs_.passed_over.push_back({.path = path, .why = std::string(why)});
    }

    [[nodiscard]] std::string_view look_into(const std::string& path, std::string_view base) const {
        try {
            const Role role = role_by_content(files_, path);
            if (role == Role::site || !begins_with_identity(base)) return resemblance(role);
        } catch (const Failure&) {
            return "it cannot be read";
        }
        return {};
    }

    // Whether the file's name is that of a server's file.
    bool found(const std::string& path, std::string_view base) {
        if (has_yaml_extension(base)) {
            if (is_ignored(path)) return false;
            try {
                const std::string text = decode_text(files_.read(path)).text;
                if (first_key(text) == first_key_of_site) {
                    sites_.insert(path);
                } else if (has_later_key(text)) {
                    inputs_.passed_over.push_back(
                        {.path = path,
                         .why = "it has the key `dectprov`, but not as its first key",
                         .is_description = true});
                } else if (options_.tell_empty && trimmed(text).empty()) {
                    inputs_.passed_over.push_back(
                        {.path = path, .why = "it is empty", .is_description = true});
                }
            } catch (const Failure& failure) {
                inputs_.failures.emplace_back(failure.what());
            }
            return false;
        }
        FileName name = read_name(base);
        if (name.state == FileName::State::other) return false;
        if (!options_.sites_only && !is_ignored(path)) add(path, std::move(name));
        return true;
    }

    void named(const std::string& path) {
        if (options_.force_exclude && is_ignored(path)) return;
        FileName name = read_name(base_name(path));
        if (name.state == FileName::State::other) {
            const Role role = has_yaml_extension(path) ? Role::site : role_by_content(files_, path);
            if (role == Role::site) {
                sites_.insert(path);
                return;
            }
            // What is left of this ending is the version of a firmware, which is free text.
            if (role == Role::none && !path.ends_with(".ver")) {
                inputs_.failures.push_back(
                    fmt::format("{}: neither its name nor its content says what it is", path));
                return;
            }
            name.role = role;
        }
        if (options_.sites_only) {
            inputs_.failures.push_back(fmt::format("{}: not a site description", path));
            return;
        }
        add(path, std::move(name));
        named_.insert(path);
    }

    void add(const std::string& path, FileName name, bool dangling = false) {
        const std::string folder(folder_of(path));
        const bool alone = name.identity.text.empty();
        // A server's files follow each other in a folder.
        if (alone || last_ == nullptr || last_->identity.text != name.identity.text ||
            last_->folder != folder) {
            last_ =
                &servers_[Key{.folder = folder, .identity = name.identity.text, .alone = alone ? path : ""}];
        }
        ServerInput& server = *last_;
        server.folder = folder;
        server.identity = name.identity;
        server.files.push_back(
            {.path = path, .name = std::move(name), .reported = true, .dangling = dangling});
    }

    // The other files of a server are read though only one was named.
    void add_context(ServerInput& server) {
        if (server.identity.text.empty() || complete_.contains(server.folder)) return;
        const auto [place, fresh] = listed_.try_emplace(server.folder);
        if (fresh) {
            try {
                ServerInput::Names neighbours;
                for (const Files::Entry& entry : files_.list(server.folder.empty() ? "." : server.folder)) {
                    const bool dangling = entry.type == Files::Type::none;
                    if (entry.type != Files::Type::file && !dangling) continue;
                    const FileName name = read_name(entry.name);
                    if (name.state != FileName::State::other) {
                        place->second[name.identity.text].push_back(entry);
                    } else if (!dangling && !entry.name.starts_with('.')) {
                        neighbours.insert(entry.name);
                    }
                }
                inputs_.neighbours.insert_or_assign(server.folder, std::move(neighbours));
            } catch (const Failure&) {
                // A folder that may not be listed still has the file that was named.
                place->second.clear();
            }
        }
        const auto others = place->second.find(server.identity.text);
        if (others == place->second.end()) return;
        std::set<std::string, std::less<>> have;
        for (const Candidate& one : server.files) have.insert(one.path);
        for (const Files::Entry& entry : others->second) {
            const std::string path = join(server.folder, entry.name);
            if (have.contains(path) || is_ignored(path) || stays_out(path, entry)) continue;
            server.files.push_back({.path = path,
                                    .name = read_name(entry.name),
                                    .reported = false,
                                    .dangling = entry.type == Files::Type::none});
        }
    }

    // A file whose name is only close to the right one stands in for nothing where the right file is there,
    // nor where that is not wanted. The files are sorted.
    void set_misnamed_aside(ServerInput& server) const {
        for (Candidate& file : server.files) {
            file.name.right_is_there = has_right_one(server, file.name);
            const bool stands_in =
                options_.stand_ins || named_.contains(file.path) || file.name.state != FileName::State::near;
            if (file.name.right_is_there || !stands_in) file.name.role = Role::none;
        }
    }

    static bool has_right_one(const ServerInput& server, const FileName& name) {
        if (name.right.empty()) return false;
        const std::string path = join(server.folder, name.right);
        const auto right = std::ranges::lower_bound(server.files, path, {}, &Candidate::path);
        return right != server.files.end() && right->path == path && !right->dangling;
    }

    const Files& files_;
    const InputOptions& options_;
    ConfigFiles& configs_;
    Inputs inputs_;
    std::map<Key, ServerInput> servers_;
    ServerInput* last_ = nullptr;  // of `servers_`
    std::set<std::string, std::less<>> sites_;
    std::set<std::string, std::less<>> named_;  // files, by hand
    std::set<std::string, std::less<>> walked_;
    std::set<std::string, std::less<>> complete_;  // folders whose files were all found, as servers name them
    // Of each folder that was listed for context: its provisioning files by identity.
    std::map<std::string, std::map<std::string, std::vector<Files::Entry>, std::less<>>, std::less<>> listed_;
};

}  // namespace

Inputs find_inputs(const Files& files, const std::vector<std::string>& paths, const InputOptions& options,
                   ConfigFiles& configs) {
    Finder finder(files, options, configs);
    for (const std::string& path : paths) finder.take(path);
    return finder.finish();
}

}  // namespace dectprov
