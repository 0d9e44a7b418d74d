// SPDX-License-Identifier: MIT
#include "doc/tree.hpp"

#include <algorithm>
#include <cassert>
#include <optional>
#include <utility>

#include "catalog/characters.hpp"
#include "doc/csv.hpp"
#include "doc/fragments.hpp"
#include "doc/raw_text.hpp"
#include "doc/secret.hpp"
#include "doc/yaml.hpp"

namespace dectprov {
namespace {

Span slice(Span whole, std::size_t begin, std::size_t end) {
    return {.file = whole.file,
            .begin = whole.begin + static_cast<std::uint32_t>(begin),
            .end = whole.begin + static_cast<std::uint32_t>(end)};
}

// The bytes of `raw` that mean `length` bytes from `offset` of its text.
Span span_in_raw(std::string_view raw, Span place, std::size_t offset, std::size_t length) {
    RawText pieces(raw);
    std::size_t passed = 0;
    std::size_t last_end = 0;
    std::optional<std::size_t> begin;
    for (RawText::Piece piece{}; pieces.next(piece); passed += piece.text.size()) {
        const std::size_t size = piece.text.size();
        last_end = piece.end;
        if (!begin && offset < passed + size) {
            begin = piece.whole ? piece.begin : piece.begin + (offset - passed);
        }
        if (!begin) continue;
        if (length == 0) return slice(place, *begin, *begin);
        if (offset + length > passed + size) continue;
        const std::size_t end = piece.whole ? piece.end : piece.begin + (offset + length - passed);
        return slice(place, *begin, end);
    }
    return slice(place, begin.value_or(last_end), last_end);
}

// The bytes of a quoted CSV field, where two quotes stand for one; nothing where the field is no such text.
std::optional<Span> span_in_csv(std::string_view source, Span place, std::string_view text,
                                std::size_t offset, std::size_t length) {
    std::size_t begin = source.size();
    std::size_t end = source.size();
    std::size_t at = 0;
    for (std::size_t i = 0; i <= text.size(); ++i) {
        if (i == offset) begin = at;
        if (i == offset + length) end = at;
        if (i == text.size()) break;
        if (at >= source.size() || source[at] != text[i]) return std::nullopt;
        ++at;
        if (text[i] != '"') continue;
        if (at >= source.size() || source[at] != '"') return std::nullopt;
        ++at;
    }
    if (at != source.size()) return std::nullopt;
    return slice(place, begin, end);
}

}  // namespace

NodeIndex Tree::child(NodeIndex node, EntryId entry) const {
    for (NodeIndex c = first(node); c != after(node); c = after(c)) {
        if (at(c).entry == entry) return c;
    }
    return none;
}

NodeIndex Tree::find(EntryId entry) const {
    if (empty() || entry == EntryId::none) return none;
    if (at(0).entry == entry) return 0;
    const NodeIndex parent = find((*catalog_)[entry].parent);
    return parent == none ? none : child(parent, entry);
}

std::uint32_t Tree::value_begin(NodeIndex node) const {
    if (!has_children(node)) return at(node).place;
    const auto found = std::ranges::lower_bound(sections_, node, {}, &Section::node);
    return found->value_begin;
}

// The raw text of a leaf of XML, as it stands between its tags.
Span Tree::raw_span(NodeIndex node) const {
    const Node& leaf = at(node);
    const std::uint32_t end = leaf.length == decode
                                  ? static_cast<std::uint32_t>(raw_end(sources_->text(file_), leaf.place))
                                  : leaf.place + leaf.length;
    return {.file = file_, .begin = leaf.place, .end = end};
}

std::string_view Tree::name(NodeIndex node) const {
    // Every node of CSV is one that the catalogue knows.
    if (is_table()) return (*catalog_)[at(node).entry].name;
    if (has_rows() && !rows_[node].name_text.empty()) return rows_[node].name_text;
    return sources_->text(name_span(node));
}

Span Tree::name_span(NodeIndex node) const {
    if (has_rows()) return rows_[node].name;
    if (is_table()) {
        if (node == 0) return table_.root_name;
        if (is_given(node)) return table_.given[at(node).place].name;
        const Table::Column* const of = column(node);
        return of != nullptr ? of->name : field_span(value_begin(node));
    }
    const std::string_view text = sources_->text(file_);
    // '<' cannot occur inside an attribute value, so the last one opened this tag.
    const std::size_t begin = text.rfind('<', value_begin(node) - 1) + 1;
    const std::size_t end = text.find_first_of(" \n\t\r/>", begin);
    return {
        .file = file_, .begin = static_cast<std::uint32_t>(begin), .end = static_cast<std::uint32_t>(end)};
}

Span Tree::value_span(NodeIndex node) const {
    if (has_rows()) return rows_[node].value;
    if (is_given(node)) return table_.given[at(node).place].value;
    const std::uint32_t begin = value_begin(node);
    if (is_table()) {
        if (node == 0) return table_.root_value;
        const Node& field = at(node);
        if (column(node) == nullptr) return {.file = table_.file, .begin = begin, .end = begin};
        return field.length == decode
                   ? field_span(begin)
                   : Span{.file = table_.file, .begin = begin, .end = begin + field.length};
    }
    const Span nothing{.file = file_, .begin = begin, .end = begin};
    if (has_children(node)) return nothing;
    if (at(node).length != decode) {
        const std::string_view inner = value(node);
        if (inner.empty()) return nothing;
        return slice(nothing, static_cast<std::size_t>(inner.data() - base_) - begin,
                     static_cast<std::size_t>(inner.data() - base_) - begin + inner.size());
    }
    const Span raw = raw_span(node);
    const std::string_view whole = text(node);
    const std::string_view inner = trim(whole);
    if (inner.empty()) return nothing;
    const auto offset = static_cast<std::size_t>(inner.data() - whole.data());
    Span span = text_span(node, offset, inner.size());
    // Markup behind the last character (`]]>`, a comment) belongs to the value as it stands.
    if (offset + inner.size() == whole.size()) span.end = raw.end;
    return span;
}

bool Tree::is_text_alone(Span part) const {
    const std::string_view source = sources_->text(part);
    return !is_xml() ||
           (source.find('<') == std::string_view::npos && source.find("]]>") == std::string_view::npos);
}

Span Tree::marked(NodeIndex node) const {
    Span span = value_span(node);
    if (has_children(node) || span.begin == span.end) return span;
    if (!is_secret(*catalog_, entry(node), name(node))) return span;
    if (is_xml()) {
        const std::string_view whole = text(node);
        const std::string_view inner = trim(whole);
        return text_span(node, static_cast<std::size_t>(inner.data() - whole.data()), first_character(inner));
    }
    return sources_->first_character(span);
}

std::string_view Tree::other_text(NodeIndex node) const {
    if (has_children(node)) return {};
    if (has_rows()) return rows_[node].text;
    const auto found = decoded_.find(node);
    if (found != decoded_.end()) return found->second;
    return is_given(node) ? table_.given[at(node).place].text : sources_->text(raw_span(node));
}

bool Tree::is_opaque_field(NodeIndex node) const {
    return std::binary_search(opaque_.begin(), opaque_.end(), node);
}

// Null for what is no field: the root and the rows.
const Tree::Table::Column* Tree::column(NodeIndex node) const {
    const auto found = std::ranges::find(table_.columns, at(node).entry, &Table::Column::entry);
    return found == table_.columns.end() ? nullptr : &*found;
}

Span Tree::field_span(std::uint32_t begin) const {
    const std::size_t end = csv_field_end(sources_->text(table_.file), begin, table_.separator);
    return {.file = table_.file, .begin = begin, .end = static_cast<std::uint32_t>(end)};
}

void Tree::keep_decoded(NodeIndex node) {
    if (has_children(node)) return;
    const std::string_view raw = sources_->text(raw_span(node));
    if (raw.find_first_of("&<\r") != std::string_view::npos) decoded_.emplace(node, decode_raw(raw));
}

std::string_view Tree::trim(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(white_space);
    if (begin == std::string_view::npos) return text.substr(0, 0);
    return text.substr(begin, text.find_last_not_of(white_space) + 1 - begin);
}

Span Tree::text_span(NodeIndex node, std::size_t offset, std::size_t length) const {
    if (has_rows()) {
        const Row& row = rows_[node];
        // An alias is one place, whatever it stands for; so is a value that was put together.
        return row.via != Via::nothing || row.opaque ? row.value
                                                     : decoded_span(row.value, row.text, offset, length);
    }
    if (has_children(node)) return value_span(node);
    if (is_table()) {
        const Span field = value_span(node);
        return is_opaque(node) ? field : decoded_span(field, text(node), offset, length);
    }
    const Span raw = raw_span(node);
    if (at(node).length != decode) return slice(raw, offset, offset + length);
    return span_in_raw(sources_->text(raw), raw, offset, length);
}

// The bytes at `place`, which mean `text`, of `length` bytes of it from `offset`.
Span Tree::decoded_span(Span place, std::string_view text, std::size_t offset, std::size_t length) const {
    const std::string_view source = sources_->text(place);
    if (source == text) return slice(place, offset, std::min(offset + length, source.size()));
    if (const auto span = span_in_csv(source, place, text, offset, length)) return *span;
    const Yaml::Node scalar{.type = Yaml::Type::scalar, .quoted = true, .span = place, .text = text};
    return scalar_span(*sources_, scalar, offset, length);
}

void Tree::make_section(NodeIndex node) {
    Node& parent = nodes_[node];
    if (!has_rows()) sections_.push_back({.node = node, .value_begin = parent.place});
    parent.length = section;
}

NodeIndex Tree::open(EntryId entry, const Row& row) {
    assert(rows_.size() == nodes_.size() && !is_table());
    storage_ = Storage::rows;
    rows_.push_back(row);
    return push(entry, 0, decode);
}

const Tree::Fragment* Tree::find_fragment(NodeIndex node) const {
    const auto behind = std::ranges::upper_bound(fragments_, node, {}, &Fragment::begin);
    if (behind == fragments_.begin()) return nullptr;
    const Fragment& found = *std::prev(behind);
    return node < found.end ? &found : nullptr;
}

void Tree::add(const Fragments& of, NodeIndex begin, NodeIndex end, FileId file) {
    const Tree& from = of.tree();
    assert(has_rows() && from.has_rows() && catalog_ == from.catalog_ && open_.size() == of.depth());
    if (nodes_[open_.back()].length != section) make_section(open_.back());
    const auto to = static_cast<NodeIndex>(nodes_.size());
    has_unknown_ = has_unknown_ || from.has_unknown_;
    nodes_.insert(nodes_.end(), from.nodes_.begin() + begin, from.nodes_.begin() + end);
    rows_.insert(rows_.end(), from.rows_.begin() + begin, from.rows_.begin() + end);
    for (NodeIndex node = to; node != nodes_.size(); ++node) {
        if (nodes_[node].length == section) nodes_[node].place += to - begin;
    }
    if (file != from.file_) {
        for (NodeIndex node = to; node != rows_.size(); ++node)
            rows_[node].name.file = rows_[node].value.file = rows_[node].anchor.file = file;
    }
    fragments_.push_back(
        {.begin = to, .end = static_cast<NodeIndex>(nodes_.size()), .of = &of, .from = begin});
}

void Tree::set_table(Table table) {
    assert(nodes_.empty());
    storage_ = Storage::csv;
    table_ = std::move(table);
    base_ = sources_->unread(table_.file).data();
}

NodeIndex Tree::field(EntryId entry, Span span, std::string text, bool opaque) {
    const NodeIndex node = push_leaf(entry, span.begin, decode);
    decoded_.emplace(node, std::move(text));
    if (opaque) opaque_.push_back(node);
    return node;
}

NodeIndex Tree::given(std::size_t index, std::string text, bool opaque) {
    const NodeIndex node =
        push_leaf(table_.given[index].entry, static_cast<std::uint32_t>(index), given_text);
    if (!text.empty()) decoded_.emplace(node, std::move(text));
    if (opaque) opaque_.push_back(node);
    return node;
}

NodeIndex Tree::leaf(EntryId entry, const Row& row) {
    assert(has_rows() && rows_.size() == nodes_.size());
    rows_.push_back(row);
    return push_leaf(entry, 0, decode);
}

}  // namespace dectprov
