// SPDX-License-Identifier: MIT
#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "catalog/entries.hpp"
#include "catalog/explanation.hpp"
#include "editor/features.hpp"
#include "editor/groups.hpp"
#include "editor/spot.hpp"
#include "editor/variables.hpp"
#include "load/config_file.hpp"
#include "load/site_columns.hpp"
#include "rules/families.hpp"
#include "source/failure.hpp"

namespace dectprov {
namespace {

// `CompletionItemKind`.
enum class ItemKind : int { property = 10, value = 12, keyword = 14, file = 17, rule = 20 };

// The items that fit at one place, where they replace what is typed.
class Items {
public:
    Items(const View& view, const Cursor& cursor, const Spot& spot) : view_(view), cursor_(cursor) {
        begin_ = std::min(spot.begin, cursor.offset);
        end_ = std::max(spot.end, cursor.offset);
    }

    void add(std::string_view label, ItemKind kind, std::string_view detail, std::string insert = {},
             std::string documentation = {}) {
        if (label.empty() || !known_.emplace(label).second) return;
        if (insert.empty()) insert = label;
        const bool snippet = insert.find('$') != std::string::npos;
        Json item{{"label", label},
                  {"kind", static_cast<int>(kind)},
                  {"filterText", filter_ + std::string(label)},
                  {"sortText", fmt::format("{:04}", known_.size())},
                  {"textEdit", text_edit(view_, cursor_.document.text, begin_, end_, insert)}};
        if (snippet) item["insertTextFormat"] = 2;
        if (!detail.empty()) item["detail"] = detail;
        if (!documentation.empty()) item["documentation"] = markup(view_, std::move(documentation));
        items_.push_back(std::move(item));
    }

    // Inserts the very label, in which a '$' is no place for the cursor.
    void add_text(const std::string& label, std::string_view detail) {
        if (!known_.emplace(label).second) return;
        items_.push_back({{"label", label},
                          {"kind", static_cast<int>(ItemKind::value)},
                          {"detail", detail},
                          {"filterText", label},
                          {"sortText", fmt::format("{:04}", known_.size())},
                          {"textEdit", text_edit(view_, cursor_.document.text, begin_, end_, label)}});
    }

    // What is replaced begins elsewhere: from a '<', or with one word of a list.
    void replace_from(std::size_t begin) { begin_ = begin; }
    void replace_until(std::size_t end) { end_ = end; }
    void filter_behind(std::string text) { filter_ = std::move(text); }

    Json take() { return {{"isIncomplete", false}, {"items", std::move(items_)}}; }

private:
    const View& view_;
    const Cursor& cursor_;
    std::size_t begin_;
    std::size_t end_;
    std::string filter_;
    std::set<std::string, std::less<>> known_;
    Json items_ = Json::array();
};

class Completer {
public:
    Completer(const View& view, const Cursor& cursor)
        : view_(view),
          cursor_(cursor),
          spot_(spot_at(view, cursor.document, cursor.offset)),
          items_(view, cursor, spot_) {}

    Json run() {
        if (spot_.kind == TextKind::group_list) list_lines();
        switch (spot_.part) {
            case Spot::Part::none:
                break;
            case Spot::Part::comment:
                suppressions();
                break;
            case Spot::Part::name:
                names();
                break;
            case Spot::Part::value:
                values();
                break;
        }
        return items_.take();
    }

private:
    [[nodiscard]] std::string_view text() const { return cursor_.document.text.text(); }
    [[nodiscard]] std::string documentation(EntryId id) const {
        const Explanation explanation = explain(*spot_.catalog, id);
        return view_.markdown ? to_markdown(explanation, 3) : to_text(explanation);
    }
    [[nodiscard]] std::string detail(EntryId id) const {
        return spot_.catalog->is_section(id) ? std::string("section") : describe(spot_.catalog->type(id));
    }

    // ---- names
    void names() {
        switch (spot_.kind) {
            case TextKind::xml:
                elements();
                return;
            case TextKind::table:
                columns();
                return;
            case TextKind::description:
            case TextKind::config_file:
                keys();
                return;
            case TextKind::group_list:
            case TextKind::none:
                return;
        }
    }

    // What a heading of a table, or a key of its `set`, may be.
    void columns(std::string_view behind = {}) {
        if (spot_.section == EntryId::none) {
            for (const std::string_view column : server_columns())
                items_.add(column, ItemKind::property, "column of a table of servers",
                           fmt::format("{}{}", column, behind));
            return;
        }
        for (const EntryId id : spot_.catalog->children(spot_.section))
            name(id, fmt::format("{}{}", (*spot_.catalog)[id].name, behind));
    }

    void name(EntryId id, std::string insert) {
        if (spot_.catalog->is_wildcard(id)) return;
        items_.add((*spot_.catalog)[id].name, ItemKind::property, detail(id), std::move(insert),
                   documentation(id));
    }

    void elements() {
        const bool behind_bracket =
            spot_.begin > 0 && (text()[spot_.begin - 1] == '<' || text()[spot_.begin - 1] == '/');
        // In a tag that is there already the name alone is another.
        const bool whole = spot_.end < text().size() && text()[spot_.end] == '>';
        const auto insert = [&](std::string_view element) {
            if (whole) return std::string(element);
            const std::string_view stop = view_.snippets ? "$0" : "";
            return fmt::format("{}{}>{}</{}>", behind_bracket ? "" : "<", element, stop, element);
        };
        if (spot_.is_root) {
            for (const std::string_view root : {"config", "users", "cota"})
                items_.add(root, ItemKind::property, "root element", insert(root));
            return;
        }
        if (spot_.section == EntryId::none) return;
        for (const EntryId id : spot_.catalog->children(spot_.section))
            name(id, insert((*spot_.catalog)[id].name));
    }

    void keys() {
        // A key that is there already keeps its colon.
        const bool whole = spot_.end < text().size() && text()[spot_.end] == ':';
        if (spot_.section != EntryId::none) {
            for (const EntryId id : spot_.catalog->children(spot_.section)) {
                const std::string_view key = (*spot_.catalog)[id].name;
                name(id, whole ? std::string(key)
                               : fmt::format("{}:{}", key, spot_.catalog->is_section(id) ? "" : " "));
            }
        }
        std::vector<std::string> path = spot_.path;
        if (path.empty()) return;
        path.pop_back();
        if (path == std::vector<std::string>{"servers", "set"}) columns(whole ? "" : ": ");
        const Json schema = schema_of(spot_.kind, *spot_.catalog);
        const Json mapping = resolved_schema(schema, schema_at(schema, path));
        for (const auto& [key, value] : member(mapping, "properties").items()) {
            const Json& description = member(referred_schema(schema, value), "description");
            items_.add(key, ItemKind::property, {}, whole ? key : key + ": ",
                       description.is_string() ? description.get<std::string>() : std::string());
        }
        if (path.size() >= 1 && path.back() == "handset_groups") group_numbers(whole ? "" : ":");
    }

    void group_numbers(std::string_view behind) {
        for (const std::uint32_t number : groups_of(view_, cursor_.document))
            items_.add(std::to_string(number), ItemKind::value, "handset group",
                       fmt::format("{}{}", number, behind));
    }

    // ---- values
    void values() {
        if (spot_.kind == TextKind::description && references()) return;
        const std::string_view before = spot_.behind_colon ? " " : "";
        const auto add = [&](std::string_view value, std::string_view detail) {
            items_.add(value, ItemKind::value, detail, fmt::format("{}{}", before, value));
        };
        if (spot_.entry == entry("users.user.configgroup")) {
            for (const std::uint32_t number : groups_of(view_, cursor_.document))
                add(std::to_string(number), "handset group");
        }
        if (spot_.entry != EntryId::none && !spot_.catalog->is_section(spot_.entry)) {
            const ValueType& type = spot_.catalog->type(spot_.entry);
            const Param* param = (*spot_.catalog)[spot_.entry].param;
            if (type.kind == Kind::boolean) {
                add("true", {});
                add("false", {});
            }
            for (const std::string_view choice : type.choices) add(choice, {});
            if (param != nullptr && param->has_default) add(param->default_value, "the default");
            if (param != nullptr) add(param->example, "an example");
            return;
        }
        if (spot_.path.empty()) return;
        const Json schema = schema_of(spot_.kind, *spot_.catalog);
        const Json& values = member(resolved_schema(schema, schema_at(schema, spot_.path)), "enum");
        // `off` is false to some readers of YAML, so schemas take both; nobody writes the latter.
        const bool has_off = values.is_array() && std::ranges::find(values, "off") != values.end();
        for (const Json& one : values) {
            if (one.is_string()) add(one.get_ref<const std::string&>(), {});
            if (one.is_boolean() && !has_off) add(one.get<bool>() ? "true" : "false", {});
        }
        file_names(add);
        if (spot_.path.size() < 2) return;
        const std::string& above = spot_.path[spot_.path.size() - 2];
        if (spot_.kind == TextKind::description && above == "columns") {
            const bool of_servers = spot_.path.size() == 3;
            if (of_servers) {
                for (const std::string_view column : server_columns())
                    add(column, "column of a table of servers");
            } else {
                for (const EntryId id : spot_.catalog->children(entry("users.user")))
                    add((*spot_.catalog)[id].name, detail(id));
            }
        }
        if (spot_.kind == TextKind::config_file && spot_.path.front() == "policies" &&
            spot_.path.back() == "path") {
            for (const std::string& path : policy_paths(*spot_.catalog)) add(path, {});
        }
    }

    // What `${` begins; whether one is being typed.
    bool references() {
        const std::string_view typed = text().substr(spot_.begin, cursor_.offset - spot_.begin);
        const std::size_t begin = typed.rfind("${");
        if (begin == std::string_view::npos || typed.find('}', begin) != std::string_view::npos) return false;
        items_.replace_from(spot_.begin + begin);
        const bool is_closed = cursor_.offset < text().size() && text()[cursor_.offset] == '}';
        items_.replace_until(cursor_.offset + (is_closed ? 1 : 0));
        for (const std::string& name : variable_names(view_, cursor_.document))
            items_.add_text(fmt::format("${{var:{}}}", name), "variable");
        for (const std::string_view one : {"mac", "uuid", "name", "model"})
            items_.add_text(fmt::format("${{server:{}}}", one), "of the server");
        items_.add_text("${site}", "the name of the site");
        items_.add_text("${env:NAME}", "a secret: an environment variable");
        items_.add_text("${file:PATH}", "a secret: the content of a file");
        return true;
    }

    // Of a key whose value names a file: those that may be meant, from the folder of the text.
    template <class Add>
    void file_names(const Add& add) {
        const std::string& key = spot_.path.back();
        const std::string_view ending = key == "from" ? ".csv" : ".yaml";
        if (key != "from" && key != "extends" && key != "parameters") return;
        const std::string folder(folder_of(cursor_.document.path));
        for (const std::string& below : {folder, std::string(folder_of(folder))}) {
            try {
                for (const Files::Entry& one : view_.workspace.files().list(below)) {
                    const std::string path = join(below, one.name);
                    if (one.type == Files::Type::file && one.name.ends_with(ending) &&
                        path != cursor_.document.path && !one.name.starts_with('.'))
                        add(path_from(folder, path), "file");
                }
            } catch (const Failure&) {
                // A folder that cannot be listed has nothing to offer.
            }
        }
    }

    // ---- comments
    void suppressions() {
        const std::string_view written = text().substr(spot_.begin, cursor_.offset - spot_.begin);
        const std::size_t directive = written.find("dectprov-");
        const std::size_t word = written.find_last_of(" \t,#-") == std::string_view::npos
                                     ? spot_.begin
                                     : spot_.begin + written.find_last_of(" \t,") + 1;
        items_.replace_until(cursor_.offset);
        // The rules come behind the whole word.
        const bool is_whole = directive != std::string_view::npos &&
                              written.find_first_of(" \t", directive) != std::string_view::npos;
        if (!is_whole) {
            items_.replace_from(directive == std::string_view::npos ? cursor_.offset
                                                                    : spot_.begin + directive);
            if (spot_.kind == TextKind::xml) {
                for (const std::string_view one :
                     {"dectprov-disable-next-line ", "dectprov-disable ", "dectprov-enable "})
                    items_.add(one, ItemKind::keyword, "suppress findings");
            } else {
                items_.add("dectprov-disable-line ", ItemKind::keyword, "suppress findings");
            }
            return;
        }
        if (written.find(": ", directive) != std::string_view::npos) return;
        items_.replace_from(word);
        for (const Rule* rule : all_rules()) items_.add(rule->id, ItemKind::rule, rule->summary);
    }

    // ---- lists of groups
    void list_lines() {
        const LineText& lines = cursor_.document.text;
        const std::size_t line = lines.line_of(cursor_.offset);
        items_.replace_from(lines.line_start(line));
        items_.replace_until(lines.line_start(line) + lines.line(line).size());
        for (const std::uint32_t number : groups_of(view_, cursor_.document))
            items_.add(fmt::format("GROUP{} VERSION1", number), ItemKind::value, "handset group");
    }

    const View& view_;
    const Cursor& cursor_;
    Spot spot_;
    Items items_;
};

}  // namespace

Json completion(const View& view, const Json& params) {
    const Cursor cursor = cursor_of(view, params);
    return Completer(view, cursor).run();
}

}  // namespace dectprov
