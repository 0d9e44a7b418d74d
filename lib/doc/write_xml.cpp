// SPDX-License-Identifier: MIT
#include "doc/write_xml.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>
#include <vector>

#include "catalog/byte_scan.hpp"
#include "catalog/entries.hpp"
#include "diag/escape.hpp"
#include "doc/fragments.hpp"
#include "doc/xml_chars.hpp"

namespace dectprov {
namespace {

// What a reader would take for markup, or normalise away when it stands as itself.
constexpr std::string_view reference(char c, bool in_attribute) {
    switch (c) {
        case '&':
            return "&amp;";
        case '<':
            return "&lt;";
        case '>':
            return "&gt;";
        case '\r':
            return "&#13;";
        case '"':
            return in_attribute ? "&quot;" : std::string_view();
        case '\n':
            return in_attribute ? "&#10;" : std::string_view();
        case '\t':
            return in_attribute ? "&#9;" : std::string_view();
        default:
            return {};
    }
}

void append_escaped(std::string& out, std::string_view text, bool in_attribute) {
    std::size_t done = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::string_view instead = reference(text[i], in_attribute);
        if (instead.empty()) continue;
        out.append(text, done, i - done);
        out += instead;
        done = i + 1;
    }
    out.append(text, done);
}

// What needs no reference in an element's text; nearly every text is of these alone.
constexpr std::array<bool, 256> make_plain() {
    std::array<bool, 256> plain{};
    for (std::size_t c = 0; c < plain.size(); ++c) plain[c] = reference(static_cast<char>(c), false).empty();
    return plain;
}
constexpr std::array<bool, 256> plain_characters = make_plain();

bool is_plain(std::string_view text) {
    return std::ranges::all_of(text, [](char c) {
        return plain_characters[static_cast<std::size_t>(static_cast<unsigned char>(c))];
    });
}

class Writer {
public:
    explicit Writer(const Tree& tree) : tree_(tree) {}

    std::string document() {
        if (tree_.empty()) return {};
        reserve();
        if (name(0) != "cota") out_ += xml_declaration;
        element(0, 0);
        return std::move(out_);
    }

    std::string one(NodeIndex node, unsigned depth) {
        element(node, depth);
        return std::move(out_);
    }

    std::string group(std::string_view number, std::string_view version) {
        reserve();
        begin("cota", 0, Begin::section);
        begin("info", 1, Begin::section);
        leaf("group", number);
        leaf("version", version);
        end("info", 1);
        const bool filled = !tree_.empty() && tree_.has_children(0);
        if (!filled || tree_.child(0, entry("cota.data")) == Tree::none) {
            begin("data", 1, Begin::leaf);
            end("data", 0);
        }
        if (filled) children(0, 1, entry("cota.info"));
        end("cota", 0);
        return std::move(out_);
    }

private:
    enum class Begin : std::uint8_t { leaf, section };

    void reserve() {
        constexpr std::size_t usual = 48;  // bytes of an element on a line of its own
        out_.reserve(tree_.size() * usual + xml_declaration.size());
    }

    // The catalogue's name, since a row may be called otherwise where it comes from.
    [[nodiscard]] std::string_view name(NodeIndex node) const {
        const EntryId id = tree_.entry(node);
        if (id == EntryId::none) return tree_.name(node);
        const std::string_view known = tree_.catalog()[id].name;
        return known == "*" ? tree_.name(node) : known;
    }

    void begin(std::string_view name, unsigned depth, Begin kind) {
        out_.append(std::size_t{2} * depth, ' ');
        out_ += '<';
        out_ += name;
        out_ += kind == Begin::section ? std::string_view(">\n") : std::string_view(">");
    }

    void end(std::string_view name, unsigned depth) {
        out_.append(std::size_t{2} * depth, ' ');
        out_ += "</";
        out_ += name;
        out_ += ">\n";
    }

    void leaf(std::string_view name, std::string_view text) {
        begin(name, 2, Begin::leaf);
        append_escaped(out_, text, false);
        end(name, 0);
    }

    // A leaf without attributes whose text stands as it is: its length is known before it is written.
    void plain_leaf(std::string_view name, std::string_view text, unsigned depth) {
        const std::size_t indent = std::size_t{2} * depth;
        const std::size_t before = out_.size();
        out_.append(indent + 2 * name.size() + text.size() + 6, ' ');
        char* at = out_.data() + before + indent;
        const auto put = [&at](std::string_view piece) { at = std::ranges::copy(piece, at).out; };
        put("<");
        put(name);
        put(">");
        put(text);
        put("</");
        put(name);
        put(">\n");
    }

    // Depth is that of the tree, which its readers limit.
    void element(NodeIndex node, unsigned depth) {
        const std::string_view known = name(node);
        const bool section = tree_.has_children(node);
        if (!section && tree_.attributes().empty()) {
            if (const std::string_view text = tree_.text(node); is_plain(text)) {
                plain_leaf(known, text, depth);
                return;
            }
        }
        out_.append(std::size_t{2} * depth, ' ');
        out_ += '<';
        out_ += known;
        attributes(node);
        out_ += '>';
        if (section) {
            out_ += '\n';
            children(node, depth + 1, EntryId::none);
        } else {
            append_escaped(out_, tree_.text(node), false);
        }
        end(known, section ? depth : 0);
    }

    void attributes(NodeIndex node) {
        // They stand in the order of their nodes.
        const auto& all = tree_.attributes();
        for (auto at = std::ranges::lower_bound(all, node, {}, &Tree::Attribute::node);
             at != all.end() && at->node == node; ++at) {
            out_ += ' ';
            out_ += at->name_text;
            out_ += "=\"";
            append_escaped(out_, at->text, true);
            out_ += '"';
        }
    }

    // In the order of the catalogue; `none` is the greatest number, so what it does not know comes last.
    // `left_out`: a child that is written otherwise.
    void children(NodeIndex node, unsigned depth, EntryId left_out) {
        const std::size_t first = order_.size();
        bool sorted = true;
        for (NodeIndex c = tree_.first(node); c != tree_.after(node); c = tree_.after(c)) {
            if (left_out != EntryId::none && tree_.entry(c) == left_out) continue;
            sorted = sorted && (order_.size() == first || tree_.entry(order_.back()) <= tree_.entry(c));
            order_.push_back(c);
        }
        if (!sorted) {
            std::sort(order_.begin() + static_cast<std::ptrdiff_t>(first), order_.end(),
                      [&](NodeIndex a, NodeIndex b) {
                          return std::pair(tree_.entry(a), a) < std::pair(tree_.entry(b), b);
                      });
        }
        const std::size_t last = order_.size();
        for (std::size_t i = first; i != last; ++i) {
            const NodeIndex child = order_[i];
            const Tree::Fragment* const ready = tree_.fragment(child);
            if (ready != nullptr) {
                out_ += ready->of->text(ready->from + (child - ready->begin));
            } else {
                element(child, depth);
            }
        }
        order_.resize(first);
    }

    const Tree& tree_;
    std::string out_;
    std::vector<NodeIndex> order_;  // of the children of the sections that are open
};

}  // namespace

std::string write_xml(const Tree& tree) { return Writer(tree).document(); }

std::string write_group(const Tree& group, std::string_view number, std::string_view version) {
    return Writer(group).group(number, version);
}

std::string write_element(const Tree& tree, NodeIndex node, unsigned depth) {
    return Writer(tree).one(node, depth);
}

std::size_t find_unwritable(std::string_view text) {
    for (std::size_t i = find_unusual(text, 0); i < text.size(); i = find_unusual(text, i)) {
        const CodePoint point = code_point(text, i);
        if (!point.valid || !is_xml_character(point.value)) return i;
        i += point.length;
    }
    return std::string_view::npos;
}

bool is_xml_name(std::string_view name) {
    for (std::size_t i = 0; i < name.size();) {
        const CodePoint point = code_point(name, i);
        const bool fits = i == 0 ? is_name_start(point.value) : is_name_character(point.value);
        if (!point.valid || !fits) return false;
        i += point.length;
    }
    return !name.empty();
}

}  // namespace dectprov
