// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catalog/param.hpp"

namespace dectprov {

// An element that may stand in a file, by its place in the order of the guide's examples: `<` is the order
// in which elements are written. Sections and parameters, roots included, share the numbers.
enum class EntryId : std::uint16_t { none = 0xffff };  // none: not in the catalogue

struct Entry {
    std::string_view name;  // of the element
    EntryId parent;         // none for a root
    EntryId after;          // one past the last built-in entry below: [id + 1, after) is its subtree
    ModelSet models;        // of a section: all that any of its children has
    const Param* param;     // the row; null for a section that has no row of its own
};

// What a `parameters:` file adds: an element of newer firmware, or as `sip.*` everything below a section. All
// texts are copied.
struct Addition {
    std::string path;  // as people write it, with its root or without; see Catalog::rooted()
    Kind kind = Kind::text;
    std::int64_t lowest = std::numeric_limits<std::int64_t>::min();
    std::int64_t highest = std::numeric_limits<std::int64_t>::max();
    std::uint32_t longest = 0;
    std::vector<std::string> choices = {};
    ModelSet models = all_models;
    Trait traits = Trait::none;
    std::string summary = {};
    std::string origin = {};
};

// The built-in tables, and what a `parameters:` file adds to them. A const catalogue may be used by many
// threads. Built-in entries are the same numbers in every catalogue; added ones come behind all of them, so
// they are written last in their section, and no `after` counts them: see children().
class Catalog {
public:
    Catalog();  // of the built-in tables
    Catalog(Catalog&& other) noexcept;
    Catalog& operator=(Catalog&& other) noexcept;
    ~Catalog();

    static const Catalog& builtin();

    // Says what is wrong with the addition; empty where it was made. Sections above it are made with it. A
    // path that is known stays as it is. The last part may be `*`: then every element that is not known
    // otherwise is that entry, below it too; it takes any text.
    std::string add(const Addition& addition);

    [[nodiscard]] const Entry& operator[](EntryId id) const {
        const auto at = static_cast<std::size_t>(id);
        return at < builtin_entries.size() ? builtin_entries[at] : extra(id);
    }
    [[nodiscard]] std::size_t size() const;

    // The child of `parent` with that element name; none where there is no such child, and for every child
    // of none: what stands in an unknown element is unknown (roots are found by find()). The lookup is one
    // hash and one comparison.
    [[nodiscard]] EntryId child(EntryId parent, std::string_view name) const;
    // All children, in order.
    [[nodiscard]] std::vector<EntryId> children(EntryId parent) const;
    // By dotted path with its root ("users.user.ipei"); none where there is no such entry.
    [[nodiscard]] EntryId find(std::string_view path) const;
    // Dotted, with its root.
    [[nodiscard]] std::string path(EntryId id) const;
    // The root entry above `id`, itself for a root.
    [[nodiscard]] EntryId root(EntryId id) const;
    [[nodiscard]] bool is_section(EntryId id) const { return type(id).kind == Kind::section; }
    // Stands for every element of a section, by `*`; so not none.
    [[nodiscard]] bool is_wildcard(EntryId id) const;
    [[nodiscard]] bool has(EntryId id, Trait trait) const {
        return dectprov::has((*this)[id].param->traits, trait);
    }
    // Kind::section for sections without a row.
    [[nodiscard]] const ValueType& type(EntryId id) const { return (*this)[id].param->type; }
    // All entries below the root of `within` that are called `name`, in order.
    [[nodiscard]] std::vector<EntryId> named(EntryId within_root, std::string_view name) const;

    // A path as find() takes it, of one as people write it: the root in front where it is not there
    // ("sip.dtmf.duration", "user[2].ipei", "data.vibrate.active"), and no list positions.
    static std::string rooted(std::string_view path);

private:
    struct Extra;

    static const std::span<const Entry> builtin_entries;

    [[nodiscard]] const Entry& extra(EntryId id) const;
    [[nodiscard]] EntryId extra_child(EntryId parent, std::string_view name) const;
    EntryId append(EntryId parent, std::string_view name, const Addition* addition);

    std::vector<std::unique_ptr<const Extra>> extras_;
    std::map<std::pair<EntryId, std::string_view>, EntryId> extra_children_;  // names are those of extras_
};

// entries.hpp has `entry("users.user.ipei")`, known to the compiler: a misspelt path does not build.

// The candidate nearest to what was typed: equal but for case, '-' and '_', else by the least number of
// edits, at most a third of the length and at most two for short names. Nothing where none is near. Only the
// first thousand are compared, since there may be as many that were typed.
std::optional<std::string_view> nearest(std::string_view typed, std::span<const std::string_view> candidates);
// The same, as its index among the candidates.
std::optional<std::size_t> nearest_index(std::string_view typed,
                                         std::span<const std::string_view> candidates);
// The same test for a single pair.
bool is_near(std::string_view typed, std::string_view name);

// Whether the text of an element (or YAML key, CSV column, attribute) of this name is kept out of every
// output: the secrets of the catalogue, names near to one, and what speaks of a password or a licence.
bool is_secret_name(std::string_view name);
// Whether it is the very name of a secret of the catalogue, but for case, '-' and '_'.
bool is_name_of_secret(std::string_view name);

}  // namespace dectprov
