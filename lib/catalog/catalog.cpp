// SPDX-License-Identifier: MIT
#include "catalog/catalog.hpp"

#include <algorithm>
#include <array>
#include <cassert>

#include "catalog/entries.hpp"

namespace dectprov {

namespace {

constexpr std::size_t builtin_size = builtin_rows.size();
constexpr std::size_t slot_count = 2048;
constexpr std::uint16_t no_slot = 0xffff;

constexpr std::size_t index(EntryId id) { return static_cast<std::size_t>(id); }

constexpr std::string_view last_part(std::string_view path) {
    const auto dot = path.rfind('.');
    return dot == std::string_view::npos ? path : path.substr(dot + 1);
}

// Of the length and four letters, so that a long name costs no more than a short one. Names that share all
// of that lie in neighbouring slots.
constexpr std::size_t first_slot(EntryId parent, std::string_view name) {
    if (name.empty()) return 0;
    const auto letter = [&](std::size_t at) {
        return static_cast<std::uint32_t>(static_cast<unsigned char>(name[at]));
    };
    const std::size_t size = name.size();
    std::uint32_t mixed = static_cast<std::uint32_t>(parent) * 0x9e37'79b1U;
    mixed ^= static_cast<std::uint32_t>(size) * 0x85eb'ca77U;
    mixed ^= (letter(0) | letter(size / 2) << 8U | letter(size - 1) << 16U | letter(size * 2 / 3) << 24U) *
             0xc2b2'ae3dU;
    mixed ^= mixed >> 15U;
    mixed *= 0x2c1b'3c6dU;
    return mixed >> 21U;
}
static_assert(slot_count == std::size_t{1} << (32U - 21U));

struct Tables {
    std::array<Entry, builtin_size> entries{};
    std::array<std::uint16_t, slot_count> slots{};
};

consteval Tables build() {
    Tables tables;
    tables.slots.fill(no_slot);
    std::array<std::size_t, 16> open{};  // the sections above the row
    std::size_t depth = 0;
    for (std::size_t id = 0; id < builtin_size; ++id) {
        const Param& row = *builtin_rows[id];
        const auto is_above = [&](std::size_t section) {
            const std::string_view path = builtin_rows[section]->path;
            return path.size() < row.path.size() && row.path[path.size()] == '.' &&
                   row.path.substr(0, path.size()) == path;
        };
        while (depth > 0 && !is_above(open[depth - 1])) {
            tables.entries[open[--depth]].after = static_cast<EntryId>(id);
        }
        Entry& entry = tables.entries[id];
        entry.name = last_part(row.path);
        entry.parent = depth == 0 ? EntryId::none : static_cast<EntryId>(open[depth - 1]);
        entry.models = row.models;
        entry.param = &row;
        open[depth++] = id;
        std::size_t slot = first_slot(entry.parent, entry.name);
        while (tables.slots[slot] != no_slot) slot = (slot + 1) % slot_count;
        tables.slots[slot] = static_cast<std::uint16_t>(id);
    }
    while (depth > 0) tables.entries[open[--depth]].after = static_cast<EntryId>(builtin_size);
    return tables;
}

constexpr Tables builtin_tables = build();

// The longest way of a lookup: names may share a slot, but few.
consteval std::size_t longest_run() {
    std::size_t longest = 0;
    std::size_t run = 0;
    for (const std::uint16_t slot : builtin_tables.slots) {
        run = slot == no_slot ? 0 : run + 1;
        longest = std::max(longest, run);
    }
    return longest;
}
static_assert(longest_run() <= 6);

// What every row must be for the tables above to be right. Facts in the rows are compared with their
// sources by catalog_test.
consteval bool sound() {
    for (std::size_t id = 0; id < builtin_size; ++id) {
        const Param& row = *builtin_rows[id];
        const Entry& entry = builtin_tables.entries[id];
        if (row.summary.empty() || row.origin.empty() || row.models.empty()) return false;
        if ((row.type.kind == Kind::choice) == row.type.choices.empty()) return false;
        if (!row.default_value.empty() && !row.has_default) return false;
        const bool has_children = index(entry.after) > id + 1;
        if ((row.type.kind == Kind::section) != has_children) return false;
        if (entry.parent == EntryId::none) {
            if (entry.name != row.path) return false;
            continue;
        }
        // A parent precedes its children, and they are below it by their whole path.
        const Param& parent = *builtin_rows[index(entry.parent)];
        if (row.path.size() != parent.path.size() + 1 + entry.name.size()) return false;
        if (!row.models.within(parent.models)) return false;
        for (std::size_t other = index(entry.parent) + 1; other < id; ++other) {
            const Entry& sibling = builtin_tables.entries[other];
            if (sibling.parent == entry.parent && sibling.name == entry.name) return false;
        }
    }
    return true;
}
static_assert(sound());

EntryId builtin_child(EntryId parent, std::string_view name) {
    for (std::size_t slot = first_slot(parent, name); builtin_tables.slots[slot] != no_slot;
         slot = (slot + 1) % slot_count) {
        const std::uint16_t id = builtin_tables.slots[slot];
        const Entry& entry = builtin_tables.entries[id];
        if (entry.parent == parent && entry.name == name) return static_cast<EntryId>(id);
    }
    return EntryId::none;
}

}  // namespace

// One addition, or a section above one. Views of the entry and the row look into the texts beside them.
struct Catalog::Extra {
    std::string path;
    std::string summary;
    std::string origin;
    std::vector<std::string> choices;
    std::vector<std::string_view> choice_views;
    Param param{.path = {}, .type = types::section, .models = all_models, .summary = {}, .origin = {}};
    Entry entry{
        .name = {}, .parent = EntryId::none, .after = EntryId::none, .models = all_models, .param = nullptr};
};

Catalog::Catalog() = default;
Catalog::Catalog(Catalog&& other) noexcept = default;
Catalog& Catalog::operator=(Catalog&& other) noexcept = default;
Catalog::~Catalog() = default;

const Catalog& Catalog::builtin() {
    static const Catalog catalog;
    return catalog;
}

std::size_t Catalog::size() const { return builtin_size + extras_.size(); }

constinit const std::span<const Entry> Catalog::builtin_entries = builtin_tables.entries;

const Entry& Catalog::extra(EntryId id) const { return extras_[index(id) - builtin_size]->entry; }

EntryId Catalog::child(EntryId parent, std::string_view name) const {
    if (parent == EntryId::none) return EntryId::none;
    const EntryId id = builtin_child(parent, name);
    return id != EntryId::none || extras_.empty() ? id : extra_child(parent, name);
}

EntryId Catalog::extra_child(EntryId parent, std::string_view name) const {
    if (is_wildcard(parent)) return parent;
    auto found = extra_children_.find({parent, name});
    if (found == extra_children_.end()) found = extra_children_.find({parent, "*"});
    return found == extra_children_.end() ? EntryId::none : found->second;
}

std::vector<EntryId> Catalog::children(EntryId parent) const {
    std::vector<EntryId> ids;
    if (index(parent) < builtin_size) {
        const std::size_t after = index(builtin_tables.entries[index(parent)].after);
        for (std::size_t id = index(parent) + 1; id < after; id = index(builtin_tables.entries[id].after)) {
            ids.push_back(static_cast<EntryId>(id));
        }
    }
    for (std::size_t at = 0; at < extras_.size(); ++at) {
        if (extras_[at]->entry.parent == parent) ids.push_back(static_cast<EntryId>(builtin_size + at));
    }
    return ids;
}

EntryId Catalog::find(std::string_view path) const {
    EntryId id = builtin_child(EntryId::none, path.substr(0, path.find('.')));
    while (id != EntryId::none) {
        const auto dot = path.find('.');
        if (dot == std::string_view::npos) break;
        path.remove_prefix(dot + 1);
        id = child(id, path.substr(0, path.find('.')));
    }
    return id;
}

std::string Catalog::path(EntryId id) const { return std::string((*this)[id].param->path); }

EntryId Catalog::root(EntryId id) const {
    while ((*this)[id].parent != EntryId::none) id = (*this)[id].parent;
    return id;
}

bool Catalog::is_wildcard(EntryId id) const { return id != EntryId::none && (*this)[id].name == "*"; }

std::vector<EntryId> Catalog::named(EntryId within_root, std::string_view name) const {
    std::vector<EntryId> ids;
    const EntryId top = root(within_root);
    for (std::size_t id = index(top) + 1; id < index((*this)[top].after); ++id) {
        if (builtin_tables.entries[id].name == name) ids.push_back(static_cast<EntryId>(id));
    }
    for (std::size_t at = 0; at < extras_.size(); ++at) {
        const auto id = static_cast<EntryId>(builtin_size + at);
        if (extras_[at]->entry.name == name && root(id) == top) ids.push_back(id);
    }
    return ids;
}

std::string Catalog::rooted(std::string_view path) {
    std::string plain;
    for (std::size_t at = 0; at < path.size(); ++at) {
        if (path[at] == '[') {
            const auto close = path.find(']', at);
            if (close != std::string_view::npos) {
                at = close;
                continue;
            }
        }
        plain += path[at];
    }
    const std::string_view first = std::string_view(plain).substr(0, plain.find('.'));
    if (first == "config" || first == "users" || first == "cota") return plain;
    if (first == "user") return "users." + plain;
    if (first == "info" || first == "data") return "cota." + plain;
    return "config." + plain;
}

EntryId Catalog::append(EntryId parent, std::string_view name, const Addition* addition) {
    const auto id = static_cast<EntryId>(size());
    auto extra = std::make_unique<Extra>();
    extra->path = path(parent) + '.' + std::string(name);
    extra->summary = addition != nullptr ? addition->summary : std::string();
    extra->origin = addition != nullptr ? addition->origin : std::string();
    extra->param.path = extra->path;
    extra->param.summary = extra->summary;
    extra->param.origin = extra->origin;
    extra->entry = {.name = last_part(extra->path),
                    .parent = parent,
                    .after = static_cast<EntryId>(index(id) + 1),
                    .models = addition != nullptr ? addition->models : all_models,
                    .param = &extra->param};
    extra->param.models = extra->entry.models;
    if (addition != nullptr) {
        extra->choices = addition->choices;
        extra->choice_views.assign(extra->choices.begin(), extra->choices.end());
        extra->param.traits = addition->traits;
        extra->param.type = {.kind = addition->kind,
                             .lowest = addition->lowest,
                             .highest = addition->highest,
                             .longest = addition->longest,
                             .choices = extra->choice_views};
    }
    if (name == "*") {
        // One entry stands for elements of many names, so two of it are no repetition.
        extra->param.type = types::text;
        extra->param.traits = extra->param.traits | Trait::repeatable | Trait::open;
    }
    extra_children_.emplace(std::pair(parent, extra->entry.name), id);
    extras_.push_back(std::move(extra));
    return id;
}

std::string Catalog::add(const Addition& addition) {
    const std::string path = rooted(addition.path);
    if (addition.kind == Kind::choice && addition.choices.empty()) return "has no choices";
    if (size() + path.size() >= index(EntryId::none)) return "is one addition too many";

    std::vector<std::string_view> parts;
    for (std::string_view rest = path; true;) {
        const auto dot = rest.find('.');
        parts.push_back(rest.substr(0, dot));
        if (dot == std::string_view::npos) break;
        rest.remove_prefix(dot + 1);
    }
    for (std::size_t at = 0; at < parts.size(); ++at) {
        if (parts[at].empty()) return "has an empty name in it";
        const bool star = parts[at].find('*') != std::string_view::npos;
        if (star && (at + 1 < parts.size() || parts[at] != "*")) return "has a * that is not its last name";
    }
    EntryId parent = builtin_child(EntryId::none, parts[0]);
    for (std::size_t at = 1; at < parts.size(); ++at) {
        const bool last = at + 1 == parts.size();
        EntryId next = child(parent, parts[at]);
        if (next != EntryId::none && is_wildcard(next) && parts[at] != "*") next = EntryId::none;
        if (next == EntryId::none) {
            if (!is_section(parent)) return "is below " + this->path(parent) + ", which is not a section";
            next = append(parent, parts[at], last ? &addition : nullptr);
        }
        parent = next;
    }
    return {};
}

}  // namespace dectprov
