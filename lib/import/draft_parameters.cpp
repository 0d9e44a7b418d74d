// SPDX-License-Identifier: MIT
#include "import/draft_parameters.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <utility>

#include "analysis/server_unit.hpp"
#include "catalog/catalog.hpp"
#include "doc/secret.hpp"
#include "doc/write_yaml.hpp"

namespace dectprov {
namespace {

// What was seen of one unknown element.
struct Occurrence {
    std::size_t count = 0;
    bool booleans = true;
    bool integers = true;
    bool values = false;
    bool secret = false;
    std::string file;  // the first that has it
    std::string near;  // a known name beside it
};

constexpr std::string_view header =
    "# A draft of what is not in the catalogue. Remove the mistakes, say what each setting does, and name\n# "
    "this file under `parameters:` in .dectprov.yaml. The types are guessed from the values.\n";

class Collector {
public:
    explicit Collector(const Session& session) : session_(session) {}

    void take(const ServerInput& input) {
        ServerUnit unit(session_, input);
        unit.open();
        for (const std::string& failure : unit.failures()) result_.failures.push_back(failure);
        const Server& server = unit.server();
        for (const InputFile& file : server.files) {
            if (file.state == InputFile::State::malformed || file.state == InputFile::State::wrong_root)
                result_.broken.push_back(fmt::format(
                    "{}: the content does not match the name; lint says where and why", file.path));
        }
        if (server.config) tree(*server.config);
        if (server.users) tree(*server.users);
        for (const HandsetGroup& group : server.groups) tree(group.tree);
    }

    DraftedParameters finish() {
        result_.text = header;
        for (const auto& [path, seen] : seen_) row(path, seen);
        if (result_.count == 0) result_.text += "\nparameters: []\n";
        return std::move(result_);
    }

private:
    void tree(const Tree& tree) {
        if (!tree.empty()) section(tree, 0, tree.catalog().path(tree.entry(0)));
    }

    // Depth is limited by the reader.
    void section(const Tree& tree, NodeIndex parent, const std::string& path) {
        if (!tree.has_children(parent)) return;
        for (NodeIndex node = tree.first(parent); node != tree.after(parent); node = tree.after(node)) {
            const std::string below = fmt::format("{}.{}", path, tree.name(node));
            const EntryId id = tree.entry(node);
            if (tree.has_children(node)) {
                // Not of what may be the secret itself.
                if (id == EntryId::none || !hides_names(tree.catalog(), id, tree.name(node)))
                    section(tree, node, below);
            } else if (id == EntryId::none) {
                leaf(tree, parent, node, below);
            }
        }
    }

    void leaf(const Tree& tree, NodeIndex parent, NodeIndex node, const std::string& path) {
        Occurrence& seen = seen_[path];
        if (seen.count++ == 0) {
            seen.file = base_name(tree.sources().name(tree.file()));
            seen.secret = is_secret(tree, node);
            seen.near = near(tree, parent, tree.name(node));
        }
        const std::string_view value = tree.value(node);
        if (value.empty()) return;
        seen.values = true;
        seen.booleans = seen.booleans && (value == "true" || value == "false");
        seen.integers = seen.integers && !check({.kind = Kind::integer}, value);
    }

    static std::string near(const Tree& tree, NodeIndex parent, std::string_view name) {
        const Catalog& catalog = tree.catalog();
        const EntryId above = tree.entry(parent);
        if (above == EntryId::none) return {};
        std::vector<std::string_view> known;
        for (const EntryId child : catalog.children(above)) known.push_back(catalog[child].name);
        return std::string(nearest(name, known).value_or(""));
    }

    // As findings name it, where that leads back to the same root.
    static std::string shown(const std::string& path) {
        std::string rest = path.substr(path.find('.') + 1);
        return Catalog::rooted(rest) == path ? rest : path;
    }

    void row(const std::string& path, const Occurrence& seen) {
        YamlValue row = YamlValue::mapping();
        row.add("path", YamlValue::scalar(shown(path)));
        const std::string_view type = !seen.values || seen.secret ? "text"
                                      : seen.booleans             ? "boolean"
                                      : seen.integers             ? "integer"
                                                                  : "text";
        row.add("type", YamlValue::scalar(std::string(type)));
        if (seen.secret) row.add("secret", {.kind = YamlValue::Kind::typed, .text = "true"});
        row.add("summary", YamlValue::scalar(""));
        row.add("origin", YamlValue::scalar(fmt::format("seen in {}", seen.file)));
        YamlValue list = YamlValue::sequence();
        list.items.push_back(std::move(row));
        result_.text += result_.count == 0 ? "\nparameters:\n" : "\n";
        result_.text += fmt::format(
            "  # Seen {}.\n", seen.count == 1 ? std::string("once") : fmt::format("{} times", seen.count));
        if (!seen.near.empty())
            result_.text += fmt::format("  # Similar to '{}' in the same place: misspelt?\n", seen.near);
        result_.text += write_yaml(list, 2);
        ++result_.count;
    }

    const Session& session_;
    std::map<std::string, Occurrence> seen_;
    DraftedParameters result_;
};

}  // namespace

DraftedParameters draft_parameters(const Session& session, const Inputs& inputs) {
    Collector collector(session);
    for (const ServerInput& server : inputs.servers) collector.take(server);
    return collector.finish();
}

}  // namespace dectprov
