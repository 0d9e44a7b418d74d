// SPDX-License-Identifier: MIT
#include "import/tabulate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "catalog/characters.hpp"
#include "catalog/entries.hpp"
#include "doc/csv.hpp"
#include "import/lift.hpp"
#include "load/site_columns.hpp"
#include "source/files.hpp"

namespace dectprov {
namespace {

bool is_text(const YamlValue& value) {
    return value.kind == YamlValue::Kind::text || value.kind == YamlValue::Kind::typed;
}

// Whether a cell can hold it: an empty one holds nothing, and blanks around a text are easily lost.
bool fits_cell(const YamlValue& value) {
    return is_text(value) && !value.text.empty() && trimmed(value.text) == value.text;
}

std::string cell_text(std::string_view text) {
    if (text.find_first_of(",;\t\"\r\n") == std::string_view::npos) return std::string(text);
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"') out += '"';
        out += c;
    }
    return out + "\"";
}

// Rows of cells by the names of their columns, which come in the order in which they are first named.
class TableText {
public:
    void begin() { rows_.emplace_back(); }
    void add(const std::string& column, std::string text) {
        const auto [found, fresh] = columns_.try_emplace(column, names_.size());
        if (fresh) names_.push_back(column);
        std::vector<std::string>& row = rows_.back();
        if (row.size() <= found->second) row.resize(found->second + 1);
        row[found->second] = std::move(text);
    }
    [[nodiscard]] bool empty() const { return rows_.empty(); }

    [[nodiscard]] std::string text() const {
        std::string out = line(names_);
        for (const std::vector<std::string>& row : rows_) out += line(row);
        return out;
    }

private:
    [[nodiscard]] std::string line(const std::vector<std::string>& cells) const {
        std::string out;
        for (std::size_t i = 0; i != names_.size(); ++i) {
            if (i != 0) out += ',';
            if (i < cells.size()) out += cell_text(cells[i]);
        }
        return out + '\n';
    }

    std::vector<std::string> names_;
    std::map<std::string, std::size_t, std::less<>> columns_;
    std::vector<std::vector<std::string>> rows_;
};

// What a server says over the defaults: the cells of its row, and what no cell can hold.
struct Row {
    std::vector<std::pair<std::string, std::string>> cells;
    YamlValue rest = YamlValue::mapping();
};

// The settings below a path that are cells; what is left stays.
YamlValue take_settings(const YamlValue& mapping, const std::string& path, Row& row) {
    YamlValue rest = YamlValue::mapping();
    for (std::size_t i = 0; i != mapping.items.size(); ++i) {
        const YamlValue& value = mapping.items[i];
        const std::string& key = mapping.keys[i];
        const std::string below = fmt::format("{}.{}", path, key);
        const bool is_plain = key.find('.') == std::string::npos && trimmed(key) == key;
        if (is_plain && fits_cell(value)) {
            row.cells.emplace_back(below, value.text);
        } else if (is_plain && value.kind == YamlValue::Kind::mapping && !value.items.empty()) {
            YamlValue left = take_settings(value, below, row);
            if (!left.items.empty()) rest.add(key, std::move(left));
        } else {
            rest.add(key, value);
        }
    }
    return rest;
}

Row row_of(const YamlValue& server) {
    Row row;
    for (std::size_t i = 0; i != server.items.size(); ++i) {
        const std::string& key = server.keys[i];
        const YamlValue& value = server.items[i];
        const bool words = value.kind == YamlValue::Kind::sequence && !value.items.empty() &&
                           std::ranges::all_of(value.items, fits_cell);
        if (key == "settings" && value.kind == YamlValue::Kind::mapping && !value.items.empty()) {
            YamlValue left = take_settings(value, key, row);
            if (!left.items.empty()) row.rest.add(key, std::move(left));
        } else if (server_column(key) == key && !is_list_column(key) && fits_cell(value)) {
            row.cells.emplace_back(key, value.text);
        } else if (is_list_column(key) && words) {
            std::string text;
            for (const YamlValue& one : value.items) text += (text.empty() ? "" : " ") + one.text;
            row.cells.emplace_back(key, std::move(text));
        } else {
            row.rest.add(key, value);
        }
    }
    return row;
}

// The rows of this server in the table of users.
YamlValue users_item(const ServerDraft& draft) {
    const bool has_uuid = draft.server.find("uuid") != nullptr;
    YamlValue where = YamlValue::mapping();
    where.add("server", YamlValue::scalar(has_uuid ? "${server:uuid}" : "${server:mac}"));
    YamlValue item = YamlValue::mapping();
    item.add("from", YamlValue::scalar(std::string(users_table)));
    item.add("where", std::move(where));
    YamlValue list = YamlValue::sequence();
    list.items.push_back(std::move(item));
    return list;
}

class Tabulator {
public:
    explicit Tabulator(std::vector<ServerDraft> drafts) : drafts_(std::move(drafts)) {}

    TabulatedFleet run() {
        put_users();
        fleet_.defaults = lift(drafts_, LiftedKeys::everywhere);
        rows_.reserve(drafts_.size());
        for (const ServerDraft& draft : drafts_) rows_.push_back(row_of(draft.server));
        name_layers();
        put_rows();
        put_others();
        return std::move(fleet_);
    }

private:
    // Users that can be rows stand in the table, and their server names it.
    void put_users() {
        std::vector<const YamlValue*> users;
        std::vector<std::string> servers;
        for (ServerDraft& draft : drafts_) {
            if (!draft.users) continue;
            if (draft.user_fields.empty() || !can_be_rows(draft.user_fields)) {
                draft.server.add("users", *draft.users);
                continue;
            }
            draft.server.add("users", users_item(draft));
            draft.users.reset();
            for (const YamlValue& one : draft.user_fields) {
                users.push_back(&one);
                servers.push_back(draft.identity);
            }
        }
        if (!users.empty())
            fleet_.files.push_back(
                {.name = std::string(users_table), .text = write_users_table(users, "server", servers)});
    }

    // What several rows have besides their cells is a layer that they extend.
    void name_layers() {
        std::map<std::string, std::vector<std::size_t>> same;
        for (std::size_t i = 0; i != rows_.size(); ++i) {
            if (!rows_[i].rest.items.empty()) same[write_yaml(rows_[i].rest)].push_back(i);
        }
        std::vector<const std::vector<std::size_t>*> shared;
        for (const auto& [text, servers] : same) {
            if (servers.size() > 1) shared.push_back(&servers);
        }
        std::ranges::sort(shared, {}, [](const auto* servers) { return servers->front(); });
        for (const std::vector<std::size_t>* const servers : shared) {
            const std::string name = fmt::format("layer-{}.yaml", ++layers_);
            fleet_.files.push_back(
                {.name = name, .text = write_site({.defaults = &rows_[servers->front()].rest})});
            for (const std::size_t server : *servers) {
                rows_[server].cells.emplace_back("extends", name);
                rows_[server].rest = YamlValue::mapping();
            }
        }
    }

    void put_rows() {
        TableText table;
        for (std::size_t i = 0; i != rows_.size(); ++i) {
            if (!rows_[i].rest.items.empty()) continue;
            table.begin();
            for (auto& [column, text] : rows_[i].cells) table.add(column, std::move(text));
            fleet_.order.push_back(i);
        }
        if (table.empty()) return;
        fleet_.files.push_back({.name = std::string(servers_table), .text = table.text()});
        ServerDraft item;
        item.server.add("from", YamlValue::scalar(std::string(servers_table)));
        fleet_.items.push_back(std::move(item));
    }

    void put_others() {
        for (std::size_t i = 0; i != rows_.size(); ++i) {
            if (rows_[i].rest.items.empty()) continue;
            fleet_.order.push_back(i);
            ServerDraft& item = fleet_.items.emplace_back(std::move(drafts_[i]));
            item.users.reset();
        }
    }

    std::vector<ServerDraft> drafts_;
    std::vector<Row> rows_;
    std::size_t layers_ = 0;
    TabulatedFleet fleet_;
};

}  // namespace

bool can_be_rows(const std::vector<YamlValue>& users) {
    const Catalog& catalog = Catalog::builtin();
    return std::ranges::all_of(users, [&](const YamlValue& user) {
        for (std::size_t i = 0; i != user.items.size(); ++i) {
            const EntryId field = users_column(catalog, user.keys[i]);
            const bool known = field != EntryId::none && !catalog.is_wildcard(field);
            if (!known || catalog[field].name != user.keys[i] || !fits_cell(user.items[i])) return false;
        }
        return !user.items.empty();
    });
}

std::string write_users_table(const std::vector<const YamlValue*>& users, std::string_view name,
                              const std::vector<std::string>& cells) {
    TableText table;
    for (std::size_t i = 0; i != users.size(); ++i) {
        table.begin();
        if (!name.empty()) table.add(std::string(name), cells[i]);
        const YamlValue& user = *users[i];
        for (std::size_t k = 0; k != user.items.size(); ++k) table.add(user.keys[k], user.items[k].text);
    }
    return table.text();
}

std::vector<TabulatedFleet::File> put_users_aside(std::vector<ServerDraft>& servers, const std::string& path,
                                                  std::set<std::string>& taken) {
    std::vector<TabulatedFleet::File> files;
    for (ServerDraft& server : servers) {
        if (server.user_fields.empty() || !can_be_rows(server.user_fields)) continue;
        std::vector<const YamlValue*> users;
        for (const YamlValue& one : server.user_fields) users.push_back(&one);
        const std::string one = servers.size() == 1 ? std::string() : "-" + server.identity;
        // A description of another folder may be called as this one with its identity is.
        std::string name = fmt::format("{}{}-users.csv", path, one);
        for (unsigned number = 2; !taken.insert(name).second; ++number)
            name = fmt::format("{}{}-users-{}.csv", path, one, number);
        files.push_back({.name = std::move(name), .text = write_users_table(users)});
        YamlValue item = YamlValue::mapping();
        item.add("from", YamlValue::scalar(std::string(base_name(files.back().name))));
        server.users = YamlValue::sequence();
        server.users->items.push_back(std::move(item));
        server.user_fields.clear();
    }
    return files;
}

TabulatedFleet tabulate(std::vector<ServerDraft> drafts) { return Tabulator(std::move(drafts)).run(); }

}  // namespace dectprov
