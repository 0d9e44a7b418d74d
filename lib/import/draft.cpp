// SPDX-License-Identifier: MIT
#include "import/draft.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "catalog/characters.hpp"
#include "catalog/entries.hpp"
#include "catalog/letter_case.hpp"
#include "catalog/value_forms.hpp"
#include "doc/secret.hpp"
#include "load/site_keys.hpp"
#include "model/mac_notation.hpp"

namespace dectprov {
namespace {

// A text with what a description would take for a reference doubled.
std::string escaped(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at != text.size(); ++at) {
        if (text.substr(at).starts_with("${")) out += '$';
        out += text[at];
    }
    return out;
}

bool is_whole_number(std::string_view text) {
    if (text.starts_with('-')) text.remove_prefix(1);
    constexpr std::size_t most_digits = 18;
    if (text.empty() || text.size() > most_digits || (text.front() == '0' && text.size() > 1)) return false;
    return all_digits(text);
}

YamlValue number_or_text(std::string_view text) {
    return {.kind = is_whole_number(text) ? YamlValue::Kind::typed : YamlValue::Kind::text,
            .text = std::string(text)};
}

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

// Blanks in one line may be meant, as a password; with a line break they are layout.
bool is_blanks(std::string_view text) {
    return !text.empty() && text.find_first_not_of(" \t") == std::string_view::npos;
}

bool has_line_break(std::string_view text) { return text.find_first_of("\r\n") != std::string_view::npos; }

class Drafter {
public:
    Drafter(const Server& server, Model model, const SourceSet& sources, const DraftOptions& options)
        : server_(server), model_(model), sources_(sources), options_(options) {}

    ServerDraft run() {
        draft_.identity = server_.identity.text;
        for (const Key& key : server_keys()) {
            const auto writer = std::ranges::find(writers, key.name, &ServerKeyWriter::key);
            if (writer == writers.end()) continue;
            std::optional<YamlValue> value = (this->*writer->value)();
            if (value) draft_.server.add(std::string(key.name), std::move(*value));
        }
        return std::move(draft_);
    }

    // What writes the value of a server's key, from the files; nothing where they do not say it. The order is
    // that of the keys' rows. A name, and which server this one replaces, no file says.
    struct ServerKeyWriter {
        std::string_view key;
        std::optional<YamlValue> (Drafter::*value)();
    };

private:
    static const std::array<ServerKeyWriter, 11> writers;

    std::optional<YamlValue> model() { return YamlValue::scalar(std::string(token(model_))); }

    std::optional<YamlValue> mac() {
        if (server_.identity.kind == Identity::Kind::uuid) return std::nullopt;
        return YamlValue::scalar(spelled_mac(server_.identity.text));
    }

    std::optional<YamlValue> uuid() {
        if (server_.identity.kind != Identity::Kind::uuid) return std::nullopt;
        return YamlValue::scalar(server_.identity.text);
    }

    std::optional<YamlValue> firmware_version() {
        if (!server_.options.firmware_version) return std::nullopt;
        return YamlValue::scalar(*server_.options.firmware_version);
    }

    std::optional<YamlValue> licenses() {
        if (!server_.options.licenses) return std::nullopt;
        YamlValue list = YamlValue::sequence();
        for (const std::string& name : *server_.options.licenses)
            list.items.push_back(YamlValue::scalar(name));
        return list;
    }

    std::optional<YamlValue> redundant() {
        if (!server_.options.redundant) return std::nullopt;
        return YamlValue{.kind = YamlValue::Kind::typed, .text = "true"};
    }

    std::optional<YamlValue> import_kind() {
        if (!server_.has_config() || !server_.merge) return std::nullopt;
        return YamlValue::scalar("merge");
    }

    std::optional<YamlValue> settings() {
        if (!server_.has_config()) return std::nullopt;
        return section(*server_.config, 0, "");
    }

    // The members below a node in the order of the catalogue, as they are written. `name`: of the variables
    // that stand for secrets. Depth is limited by the reader.
    YamlValue section(const Tree& tree, NodeIndex node, const std::string& name) {
        std::vector<NodeIndex> order;
        if (tree.has_children(node)) {
            for (NodeIndex c = tree.first(node); c != tree.after(node); c = tree.after(c)) order.push_back(c);
        }
        std::ranges::stable_sort(order, {}, [&](NodeIndex c) { return tree.entry(c); });
        YamlValue out = YamlValue::mapping();
        std::set<std::string_view> seen;
        for (const NodeIndex c : order) {
            const std::string_view key = tree.name(c);
            const EntryId id = tree.entry(c);
            // The secret itself may be written as an element. compare_meaning() finds what is lost.
            if (tree.has_children(c) && id != EntryId::none && hides_names(tree.catalog(), id, key)) continue;
            // A mapping has a key once; compare_meaning() finds what that loses.
            if (seen.insert(key).second) out.add(std::string(key), member(tree, c, name));
        }
        return out;
    }

    YamlValue member(const Tree& tree, NodeIndex node, const std::string& above) {
        const EntryId id = tree.entry(node);
        const std::string name = above + "_" + variable_part(tree.name(node));
        if (tree.has_children(node)) return section(tree, node, name);
        const bool known_section = id != EntryId::none && tree.catalog().is_section(id);
        if (known_section && tree.value(node).empty()) return YamlValue::mapping();
        return leaf(tree, node, name);
    }

    YamlValue leaf(const Tree& tree, NodeIndex node, const std::string& name) {
        const Catalog& catalog = tree.catalog();
        const EntryId id = tree.entry(node);
        const std::string_view value = tree.value(node);
        if (value.empty() && !is_blanks(tree.text(node))) return YamlValue::scalar("");
        if (is_secret(catalog, id, tree.name(node)))
            return YamlValue::scalar(secret(name, secret_text(tree, node)));
        const bool known = id != EntryId::none;
        const std::vector<TextPart> parts = secret_parts(catalog, id, value);
        if (!parts.empty() || is_broken_address(catalog, id, value))
            return YamlValue::scalar(address(name, value, parts));
        if (!known) return YamlValue::scalar(escaped(tree.text(node)));
        const Kind kind = catalog.type(id).kind;
        const std::string_view text = catalog.has(id, Trait::lines) ? value : tree.text(node);
        if (kind == Kind::boolean && (text == "true" || text == "false"))
            return {.kind = YamlValue::Kind::typed, .text = std::string(text)};
        if (kind == Kind::integer) return number_or_text(text);
        return YamlValue::scalar(escaped(text));
    }

    // Keys of a licence stand on lines of their own; a variable has one.
    static std::string secret_text(const Tree& tree, NodeIndex node) {
        const EntryId id = tree.entry(node);
        const std::string_view text = tree.text(node);
        if (id == EntryId::none || tree.catalog().type(id).kind != Kind::licence_keys)
            return std::string(has_line_break(text) ? tree.value(node) : text);
        std::string out;
        std::string_view separator;
        for_each_licence_key(tree.value(node), [&](std::string_view key) {
            out += separator;
            out += key;
            separator = ",";
        });
        return out;
    }

    // Where the password cannot be told from the rest, all is a secret.
    static bool is_broken_address(const Catalog& catalog, EntryId id, std::string_view value) {
        const bool is_address = value.find("://") != std::string_view::npos ||
                                (id != EntryId::none && catalog.has(id, Trait::credential));
        return is_address && value.find('@') != std::string_view::npos && !parse_url(value);
    }

    // The password alone is a secret where it can be told from the rest.
    std::string address(const std::string& name, std::string_view text, const std::vector<TextPart>& parts) {
        if (parts.empty()) return secret(name, std::string(text));
        std::string out;
        std::size_t done = 0;
        for (const TextPart& part : parts) {
            out += escaped(text.substr(done, part.begin - done));
            out += secret(name + "_PASSWORD", std::string(text.substr(part.begin, part.end - part.begin)));
            done = part.end;
        }
        return out + escaped(text.substr(done));
    }

    std::string secret(const std::string& name, std::string value) {
        const std::string_view site = options_.site;
        const std::string whole = fmt::format("DECT_{}{}{}{}", site, site.empty() ? "" : "_",
                                              variable_part(server_.identity.text), name);
        std::string unique = whole;
        for (unsigned number = 2; !names_.insert(unique).second; ++number)
            unique = fmt::format("{}_{}", whole, number);
        // What stands first in a text read from elsewhere may be taken for the mark of its encoding.
        const bool own_file = has_line_break(value) || value.starts_with(byte_order_mark);
        const Secret& made = draft_.secrets.emplace_back(
            Secret{.name = unique, .value = std::move(value), .own_file = own_file});
        return made.own_file ? "${file:" + file_of(made) + "}" : "${env:" + made.name + "}";
    }

    // A user by what names him, since numbers change when others come or go.
    static std::string user_part(const UserView& user) {
        constexpr std::array fields{entry("users.user.username"), entry("users.user.localno"),
                                    entry("users.user.ipei")};
        for (const EntryId id : fields) {
            std::string part = variable_part(user.value(id));
            if (part.find_first_not_of('_') != std::string::npos) return "_USER_" + part;
        }
        return fmt::format("_USER_NUMBER_{}", user.number);
    }

    // They may be very many, and stay apart from the rest.
    std::optional<YamlValue> users() {
        if (!server_.users || server_.users->empty()) return std::nullopt;
        YamlValue& rows = draft_.users.emplace(YamlValue{.kind = YamlValue::Kind::rows});
        for_each_user(server_, [&](const UserView& user) {
            if (draft_.user_count++ != 0) rows.text += '\n';
            YamlValue fields = section(user.tree, user.node, user_part(user));
            rows.text += write_yaml_line(fields);
            if (options_.with_fields) draft_.user_fields.push_back(std::move(fields));
        });
        return std::nullopt;
    }

    std::optional<YamlValue> groups() {
        if (server_.groups.empty()) return std::nullopt;
        YamlValue all = YamlValue::mapping();
        for (const HandsetGroup& group : server_.groups) {
            if (group.tree.empty() || all.find(std::to_string(group.number)) != nullptr) continue;
            const NodeIndex version = group.tree.find(entry("cota.info.version"));
            const NodeIndex data = group.tree.find(entry("cota.data"));
            YamlValue one = YamlValue::mapping();
            if (version != Tree::none) one.add("version", number_or_text(group.tree.value(version)));
            if (data != Tree::none)
                one.add("settings", section(group.tree, data, fmt::format("_GROUP_{}", group.number)));
            all.add(std::to_string(group.number), std::move(one));
        }
        return all;
    }

    std::optional<YamlValue> firmware_files() {
        YamlValue all = YamlValue::mapping();
        std::set<std::string_view> seen;
        for (const FirmwareFile& file : server_.firmware) {
            // Two settings may name one file, whose version is said once.
            if (!file.version || file.node == Tree::none || !seen.insert(file.name).second) continue;
            const std::string_view text = trimmed_end(sources_.text(*file.version));
            YamlValue one = YamlValue::mapping();
            one.add("version", YamlValue::scalar(std::string(text)));
            all.add(std::string(server_.config->name(file.node)), std::move(one));
        }
        if (all.items.empty()) return std::nullopt;
        return all;
    }

    const Server& server_;
    Model model_;
    const SourceSet& sources_;
    const DraftOptions& options_;
    ServerDraft draft_;
    std::set<std::string> names_;
};

const std::array<Drafter::ServerKeyWriter, 11> Drafter::writers{{
    {"model", &Drafter::model},
    {"mac", &Drafter::mac},
    {"uuid", &Drafter::uuid},
    {"firmware_version", &Drafter::firmware_version},
    {"licenses", &Drafter::licenses},
    {"redundant", &Drafter::redundant},
    {"import", &Drafter::import_kind},
    {"settings", &Drafter::settings},
    {"users", &Drafter::users},
    {"handset_groups", &Drafter::groups},
    {"firmware_files", &Drafter::firmware_files},
}};

// In single quotes unless nothing in it could mean something to a shell.
std::string env_value(std::string_view value) {
    constexpr std::string_view marks = "_-./:@%+,=";
    const bool plain =
        std::ranges::all_of(value, [marks](char c) { return is_alphanumeric(c) || is_one_of(marks, c); });
    if (plain) return std::string(value);
    std::string out = "'";
    for (const char c : value) {
        if (c == '\'') {
            out += "'\\''";
        } else {
            out += c;
        }
    }
    return out + "'";
}

// A server's keys in the order of their rows.
YamlValue in_order(const ServerDraft& draft) {
    if (draft.server.find("from") != nullptr) return draft.server;
    YamlValue server = YamlValue::mapping();
    for (const Key& key : server_keys()) {
        const YamlValue* const value =
            key.name == "users" && draft.users ? &*draft.users : draft.server.find(key.name);
        if (value != nullptr) server.add(std::string(key.name), *value);
    }
    return server;
}

// `defaults` and the like with a blank line in front.
void append_part(std::string& out, std::string_view key, const YamlValue& value) {
    YamlValue part = YamlValue::mapping();
    part.add(std::string(key), value);
    out += '\n' + write_yaml(part);
}

}  // namespace

ServerDraft draft_server(const Server& server, Model model, const SourceSet& sources,
                         const DraftOptions& options) {
    return Drafter(server, model, sources, options).run();
}

std::string variable_part(std::string_view text) {
    std::string out;
    for (const char c : text) {
        out += is_alphanumeric(c) ? to_upper(c) : '_';
    }
    return out;
}

std::string write_site(const SiteText& site) {
    std::string out;
    if (!site.schema.empty()) out += fmt::format("# yaml-language-server: $schema={}\n", site.schema);
    YamlValue head = YamlValue::mapping();
    head.add("dectprov", {.kind = YamlValue::Kind::typed, .text = "1"});
    if (!site.site.empty()) head.add("site", YamlValue::scalar(std::string(site.site)));
    if (!site.extends.empty()) {
        YamlValue list = YamlValue::sequence();
        for (const std::string& one : site.extends) list.items.push_back(YamlValue::scalar(one));
        head.add("extends", std::move(list));
    }
    out += write_yaml(head);
    if (site.defaults != nullptr && !site.defaults->items.empty())
        append_part(out, "defaults", *site.defaults);
    if (site.servers == nullptr) return out;
    out += "\nservers:\n";
    for (const ServerDraft& draft : *site.servers) {
        if (&draft != site.servers->data()) out += '\n';
        YamlValue list = YamlValue::sequence();
        list.items.push_back(in_order(draft));
        out += write_yaml(list, 2);
    }
    return out;
}

std::string file_of(const Secret& secret) { return secret.name + ".secret"; }

// A reader takes off one line end, and what marks the encoding.
std::string bytes_of(const Secret& secret) {
    const std::string_view start =
        secret.value.starts_with(byte_order_mark) ? byte_order_mark : std::string_view();
    return fmt::format("{}{}{}", start, secret.value, secret.value.ends_with('\r') ? "\r\n" : "\n");
}

std::string write_env(const std::vector<ServerDraft>& servers) {
    std::string out;
    for (const ServerDraft& server : servers) {
        for (const Secret& secret : server.secrets) {
            if (!secret.own_file) out += fmt::format("{}={}\n", secret.name, env_value(secret.value));
        }
    }
    return out;
}

}  // namespace dectprov
