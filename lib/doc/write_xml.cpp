// SPDX-License-Identifier: MIT
#include "doc/write_xml.hpp"

#include <algorithm>
#include <vector>

#include "diag/escape.hpp"
#include "doc/xml_chars.hpp"

namespace dectprov {
namespace {

constexpr std::string_view declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

// What a reader would take for markup, or normalise away when it stands as itself.
std::string_view reference(char c, bool in_attribute) {
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

class Writer {
public:
    explicit Writer(const Tree& tree) : tree_(tree) {}

    std::string run() {
        if (tree_.empty()) return {};
        if (name(0) != "cota") out_ += declaration;
        element(0, 0);
        return std::move(out_);
    }

private:
    // The catalogue's name, since a row may be called otherwise where it comes from.
    [[nodiscard]] std::string_view name(NodeIndex node) const {
        const EntryId id = tree_.entry(node);
        if (id == EntryId::none) return tree_.name(node);
        const std::string_view known = tree_.catalog()[id].name;
        return known == "*" ? tree_.name(node) : known;
    }

    void indent(unsigned depth) { out_.append(std::size_t{2} * depth, ' '); }

    // Depth is that of the tree, which its readers limit.
    void element(NodeIndex node, unsigned depth) {
        indent(depth);
        out_ += '<';
        out_ += name(node);
        attributes(node);
        out_ += '>';
        if (tree_.has_children(node)) {
            out_ += '\n';
            children(node, depth + 1);
            indent(depth);
        } else {
            append_escaped(out_, tree_.text(node), false);
        }
        out_ += "</";
        out_ += name(node);
        out_ += ">\n";
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
    void children(NodeIndex node, unsigned depth) {
        std::vector<NodeIndex> order;
        bool sorted = true;
        for (NodeIndex c = tree_.first(node); c != tree_.after(node); c = tree_.after(c)) {
            sorted = sorted && (order.empty() || tree_.entry(order.back()) <= tree_.entry(c));
            order.push_back(c);
        }
        if (!sorted) {
            std::ranges::stable_sort(order, {}, [&](NodeIndex c) { return tree_.entry(c); });
        }
        for (const NodeIndex c : order) element(c, depth);
    }

    const Tree& tree_;
    std::string out_;
};

}  // namespace

std::string write_xml(const Tree& tree) { return Writer(tree).run(); }

bool is_xml_text(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        const CodePoint point = code_point(text, i);
        if (!point.valid || !is_xml_character(point.value)) return false;
        i += point.length;
    }
    return true;
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
