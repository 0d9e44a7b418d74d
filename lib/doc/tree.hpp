// SPDX-License-Identifier: MIT
#pragma once

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "catalog/catalog.hpp"
#include "catalog/characters.hpp"
#include "diag/diagnostic.hpp"
#include "doc/raw_text.hpp"
#include "source/source_set.hpp"
#include "source/span.hpp"
#include "source/visits.hpp"

namespace dectprov {

using NodeIndex = std::uint32_t;

class Fragments;

// Bytes of a text.
struct TextPart {
    std::size_t begin;
    std::size_t end;
};

// A document as a flat array of nodes in document order, each already matched with its catalogue entry. Three
// storages behind one face. A tree read from XML keeps 8 bytes a node and looks at the text of its source,
// and so does one that is the table of a single CSV file; any other tree of a description has a row a node,
// since its nodes come from several files.
//
// Node 0 is the root element. Views and spans are good as long as the SourceSet is.
class Tree {
public:
    static constexpr NodeIndex none = 0xffff'ffff;

    struct Attribute {
        NodeIndex node;
        Span name;
        Span value;  // between the quotes
        std::string name_text;
        std::string text;  // with references resolved
    };
    // Text where elements stand: the first such run of a section, from its first to its last character.
    struct Stray {
        NodeIndex parent;
        Span span;
    };
    // By what way the value of a node came there.
    enum class Via : std::uint8_t { nothing, alias, reference };
    // A node of a tree whose nodes come from several places. Its texts are in the sources, or kept by them.
    struct Row {
        Span name;
        Span value;
        std::string_view name_text;
        std::string_view text;
        Span anchor = {};  // where the value stands when it came by an alias; by a reference: where that is
        Via via = Via::nothing;
        bool opaque = false;  // holds an unresolved ${...}, or more than was read: no rule about it applies
    };

    // An element that the catalogue does not know, and one that is meant by all appearances.
    struct StandIn {
        NodeIndex node;
        EntryId meant;
    };

    // Nodes that were copied from those that many trees share.
    struct Fragment {
        NodeIndex begin;
        NodeIndex end;
        const Fragments* of;
        NodeIndex from;  // what `begin` is there
    };
    // What the rows of a CSV file have in common. The root stands in the description that names the file.
    struct Table {
        struct Column {
            EntryId entry;
            Span name;  // in the header
        };
        // A field of every row that has no cell for it.
        struct Given {
            EntryId entry;
            Span name;
            Span value;
            std::string_view text;
        };
        FileId file{};
        char separator = ',';
        std::vector<Column> columns;    // those that become nodes
        std::vector<Given> given = {};  // what the description adds to them
        Span root_name;
        Span root_value;
    };

    // ---- reading
    [[nodiscard]] bool empty() const { return nodes_.empty(); }
    [[nodiscard]] std::size_t size() const { return nodes_.size(); }
    [[nodiscard]] const Catalog& catalog() const { return *catalog_; }
    [[nodiscard]] const SourceSet& sources() const { return *sources_; }
    [[nodiscard]] FileId file() const { return file_; }
    [[nodiscard]] bool is_xml() const { return storage_ == Storage::xml; }
    // Of an XML file: whether any text is written otherwise than it reads, or is long.
    [[nodiscard]] bool has_decoded() const { return !decoded_.empty(); }
    [[nodiscard]] bool is_table() const { return storage_ == Storage::csv; }
    [[nodiscard]] bool has_rows() const { return storage_ == Storage::rows; }

    [[nodiscard]] EntryId entry(NodeIndex node) const { return at(node).entry; }
    [[nodiscard]] bool has_children(NodeIndex node) const { return at(node).length == section; }
    [[nodiscard]] bool is_opaque(NodeIndex node) const {
        return has_rows() ? rows_[node].opaque : !opaque_.empty() && is_opaque_field(node);
    }
    // The parts of text(node) that came out of references, as far as they were told; null for none.
    [[nodiscard]] const std::vector<TextPart>* referred(NodeIndex node) const {
        if (referred_.empty()) return nullptr;
        const auto found = referred_.find(node);
        return found == referred_.end() ? nullptr : &found->second;
    }
    // Calls `visit` for every node that has such parts, in any order.
    template <class Visit>
    void each_referred(Visit&& visit) const {
        for (const auto& [node, parts] : referred_) visit(node);
    }
    // One past the subtree of `node`.
    [[nodiscard]] NodeIndex after(NodeIndex node) const {
        const Node& looked_at = at(node);
        return looked_at.length == section ? looked_at.place : node + 1;
    }
    // The first child with that entry, Tree::none where there is none. Looks at the children in turn.
    [[nodiscard]] NodeIndex child(NodeIndex node, EntryId entry) const;
    // By entry, from the root down, first of each: the only way most rules look. Tree::none where absent.
    [[nodiscard]] NodeIndex find(EntryId entry) const;

    // What the node was copied with, null where it was not.
    [[nodiscard]] const Fragment* fragment(NodeIndex node) const {
        return fragments_.empty() ? nullptr : find_fragment(node);
    }

    // Whether more may belong to it, which could not be read: nothing is missing then.
    [[nodiscard]] bool is_part() const { return is_part_; }
    void set_part() { is_part_ = true; }
    // Whether the catalogue does not know one of the elements.
    [[nodiscard]] bool has_unknown() const { return has_unknown_; }
    // By node; empty until set_stand_ins() is called.
    [[nodiscard]] const std::vector<StandIn>& stand_ins() const { return stand_ins_; }
    void set_stand_ins(std::vector<StandIn> stand_ins) { stand_ins_ = std::move(stand_ins); }

    // Iteration over the children: for (NodeIndex c = first(n); c != after(n); c = after(c)).
    // Asked of a tree, as the others are.
    // NOLINTNEXTLINE(readability-convert-member-functions-to-static)
    [[nodiscard]] NodeIndex first(NodeIndex node) const { return node + 1; }

    [[nodiscard]] std::string_view name(NodeIndex node) const;
    [[nodiscard]] Span name_span(NodeIndex node) const;
    // From the first character that is not white space to `</` (or to the last such character, where white
    // space follows); empty, behind the start tag, for an empty element. In YAML: the scalar without quotes.
    [[nodiscard]] Span value_span(NodeIndex node) const;
    // The value as it is marked in a finding: of a secret the first character alone.
    [[nodiscard]] Span marked(NodeIndex node) const;
    // References resolved, CDATA unwrapped, comments left out, line ends as LF. Empty for sections. A view
    // into the source where it can be; `text` keeps the white space around, `value` is without it.
    [[nodiscard]] std::string_view text(NodeIndex node) const {
        const Node& n = at(node);
        return n.length < given_text ? std::string_view(base_ + n.place, n.length) : other_text(node);
    }
    [[nodiscard]] std::string_view value(NodeIndex node) const {
        const std::string_view whole = text(node);
        const bool trimmed = !whole.empty() && !is_white(whole.front()) && !is_white(whole.back());
        return trimmed ? whole : trim(whole);
    }
    // The source bytes of `length` bytes of text(node) from `offset`: the whole reference for a reference.
    [[nodiscard]] Span text_span(NodeIndex node, std::size_t offset, std::size_t length) const;
    // Whether no markup (a comment, the marks of CDATA) stands within a part of a value, so that a text may
    // take its place.
    [[nodiscard]] bool is_text_alone(Span part) const;

    [[nodiscard]] const std::vector<Attribute>& attributes() const { return attributes_; }
    [[nodiscard]] const std::vector<Stray>& strays() const { return strays_; }
    [[nodiscard]] const Row& row(NodeIndex node) const {
        count_visit();
        return rows_[node];
    }

    [[nodiscard]] Place name_place(NodeIndex node) const {
        return {.span = name_span(node), .tree = this, .node = node};
    }
    [[nodiscard]] Place value_place(NodeIndex node) const {
        return {.span = marked(node), .tree = this, .node = node};
    }

    // "user[2].username", "provisioning.check.interval", "data.ringing_volume.volume"; in a site description
    // prefix + that. Logarithmic in the number of users.
    [[nodiscard]] std::string path(NodeIndex node) const;
    // The same with a user named by what identifies it instead of by its number.
    [[nodiscard]] std::string identity(NodeIndex node) const;
    // What stands before every path, "servers[1].settings" or "servers[1].users", and for users of a site
    // whether "[3].ipei" follows instead of ".user[3].ipei". Empty for files.
    void set_prefix(std::string prefix) { prefix_ = std::move(prefix); }

    // ---- building, by readers and binders
    Tree(const Catalog& catalog, const SourceSet& sources, FileId file)
        : catalog_(&catalog), sources_(&sources), file_(file) {}

    // Makes the tree that of a CSV file, before its root is opened. Whatever has no column is a row.
    void set_table(Table table);
    // Opens an element of an XML file; returns its index. `value_begin` is behind the start tag's '>'. In CSV
    // opens the root, or a row whose first field begins there.
    NodeIndex open(EntryId entry, std::uint32_t value_begin) {
        if (base_ == nullptr) base_ = sources_->text(file_).data();
        return push(entry, value_begin, 0);
    }
    // A field of the row that is open, which is its text.
    NodeIndex field(EntryId entry, Span span) {
        const std::uint32_t length = span.end - span.begin;
        if (length >= given_text) return field(entry, span, std::string(sources_->text(span)), false);
        return push_leaf(entry, span.begin, static_cast<std::uint16_t>(length));
    }
    // One whose text is another; `opaque` as in Row.
    NodeIndex field(EntryId entry, Span span, std::string text, bool opaque);
    // A field of the row that is open, which the table's `given` at `index` gives; with a text of its own
    // where that is not empty.
    NodeIndex given(std::size_t index, std::string text, bool opaque);
    // Opens a node with a row. Do not mix the two kinds in one tree.
    NodeIndex open(EntryId entry, const Row& row);
    // The same of a node without children, which is ended at once.
    NodeIndex leaf(EntryId entry, const Row& row);
    // Ends the node opened last and not ended yet. `value_end`: where `</` stands (XML leaves alone).
    // `plain`: the raw text needs no decoding.
    void close(NodeIndex node, std::uint32_t value_end, bool plain) {
        Node& n = nodes_[node];
        const std::uint32_t length = value_end - n.place;
        if (n.length != section)
            n.length = plain && length < given_text ? static_cast<std::uint16_t>(length) : decode;
        close(node);
        if (!plain) keep_decoded(node);
    }
    void close(NodeIndex node) {
        assert(!open_.empty() && open_.back() == node);
        open_.pop();
        if (nodes_[node].length == section) nodes_[node].place = static_cast<NodeIndex>(nodes_.size());
    }
    void set_referred(NodeIndex node, std::vector<TextPart> parts) {
        referred_.insert_or_assign(node, std::move(parts));
    }
    void add_referred(NodeIndex node, TextPart part) { referred_[node].push_back(part); }
    // Adds the children of the root of `of` from `begin` up to `end` to the section that is open. `of` must
    // outlive the tree; `file` is what the file is here that they come from.
    void add(const Fragments& of, NodeIndex begin, NodeIndex end, FileId file);
    void add(Attribute attribute) { attributes_.push_back(std::move(attribute)); }
    void add(Stray stray) { strays_.push_back(stray); }
    void reserve(std::size_t nodes) {
        nodes_.reserve(nodes);
        // What is not needed of it is never touched.
        if (has_rows()) {
            rows_.reserve(nodes);
        } else {
            sections_.reserve(nodes / 2);
        }
    }

private:
    enum class Storage : std::uint8_t { xml, csv, rows };

    // Special lengths of a node.
    static constexpr std::uint16_t section = 0xffff;     // has child elements
    static constexpr std::uint16_t decode = 0xfffe;      // raw text holds references, CDATA, comments or CR,
                                                         // or is long: its end has to be looked for; any row;
                                                         // a field whose text is not what stands there
    static constexpr std::uint16_t given_text = 0xfffd;  // of CSV: `place` is an index of the table's `given`

    // A users file has millions of these. What they do not say is found in the text around them, which only
    // findings ask for.
    struct Node {
        std::uint32_t place;  // section: one past its subtree; leaf of XML: the byte behind the tag's '>'
        EntryId entry;
        std::uint16_t length;  // of a leaf's raw text, or one of the above
    };
    static_assert(sizeof(Node) == 8);

    // Of a section in XML: the byte behind the start tag's '>', for which its node has no room. Of a row in
    // CSV: where its first field begins.
    struct Section {
        NodeIndex node;
        std::uint32_t value_begin;
    };
    // A child of the root, and how many of those that may repeat there are up to it.
    struct Top {
        NodeIndex node;
        std::uint32_t number;
    };

    // The nodes that are open, from the root down: push_back() of a vector would be a call an element.
    class OpenNodes {
    public:
        void push(NodeIndex node) {
            constexpr std::size_t usual = 16;
            if (depth_ == nodes_.size()) nodes_.resize(2 * depth_ + usual);
            nodes_[depth_++] = node;
        }
        void pop() { --depth_; }
        [[nodiscard]] NodeIndex back() const { return nodes_[depth_ - 1]; }
        [[nodiscard]] bool empty() const { return depth_ == 0; }
        [[nodiscard]] std::size_t size() const { return depth_; }

    private:
        std::vector<NodeIndex> nodes_;
        std::size_t depth_ = 0;
    };

    // Every look at a node of a finished tree goes through here.
    [[nodiscard]] const Node& at(NodeIndex node) const {
        count_visit();
        return nodes_[node];
    }
    NodeIndex push(EntryId entry, std::uint32_t place, std::uint16_t length) {
        const NodeIndex node = push_leaf(entry, place, length);
        open_.push(node);
        return node;
    }
    // Once an element of every file: without being told, compilers leave it out of the loops that call it.
    [[gnu::always_inline]] NodeIndex push_leaf(EntryId entry, std::uint32_t place, std::uint16_t length) {
        const auto node = static_cast<NodeIndex>(nodes_.size());
        has_unknown_ = has_unknown_ || entry == EntryId::none;
        if (!open_.empty() && nodes_[open_.back()].length != section) make_section(open_.back());
        nodes_.push_back({.place = place, .entry = entry, .length = length});
        return node;
    }
    void make_section(NodeIndex node);
    // Rare, so it is kept out of what each element runs through.
    [[gnu::noinline, gnu::cold]] void keep_decoded(NodeIndex node);
    // Of sections, of rows, and of leaves that are no plain run of the source.
    [[nodiscard]] std::string_view other_text(NodeIndex node) const;
    static std::string_view trim(std::string_view text);
    void path_to(NodeIndex node, std::vector<NodeIndex>& chain) const;
    [[nodiscard]] const std::vector<Top>& top_level() const;
    [[nodiscard]] std::string path_of(NodeIndex node, std::string_view prefix, bool by_identity) const;
    [[nodiscard]] std::string step(NodeIndex node) const;
    [[nodiscard]] const std::string& user_key(NodeIndex user) const;
    [[nodiscard]] std::uint32_t value_begin(NodeIndex node) const;
    [[nodiscard]] Span raw_span(NodeIndex node) const;
    [[nodiscard]] Span decoded_span(Span place, std::string_view text, std::size_t offset,
                                    std::size_t length) const;
    [[nodiscard]] const Fragment* find_fragment(NodeIndex node) const;
    [[nodiscard]] bool is_given(NodeIndex node) const { return is_table() && at(node).length == given_text; }
    [[nodiscard]] bool is_opaque_field(NodeIndex node) const;
    [[nodiscard]] const Table::Column* column(NodeIndex node) const;
    [[nodiscard]] Span field_span(std::uint32_t begin) const;

    const Catalog* catalog_;
    const SourceSet* sources_;
    FileId file_;
    Storage storage_ = Storage::xml;
    const char* base_ = nullptr;  // of the text of an XML or CSV file
    Table table_;
    std::vector<NodeIndex> opaque_;  // of CSV, rising
    std::string prefix_;
    std::vector<Node> nodes_;
    std::vector<Row> rows_;
    std::vector<Fragment> fragments_;  // by node
    std::vector<StandIn> stand_ins_;
    bool has_unknown_ = false;
    bool is_part_ = false;
    std::vector<Section> sections_;  // by node
    OpenNodes open_;
    std::vector<Attribute> attributes_;
    std::vector<Stray> strays_;
    std::unordered_map<NodeIndex, std::string> decoded_;  // texts that are no view of the source, or long
    std::unordered_map<NodeIndex, std::vector<TextPart>> referred_;
    mutable std::vector<Top> top_level_;  // the root's children, for path()
    // What was asked last: findings come mostly in document order, and one element may have a million
    // children with a finding each.
    mutable std::vector<NodeIndex> last_chain_;
    mutable NodeIndex last_user_ = none;
    mutable std::string last_key_;
};

}  // namespace dectprov
