// SPDX-License-Identifier: MIT
#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catalog/characters.hpp"
#include "doc/read_xml.hpp"
#include "doc/write_xml.hpp"
#include "editor/features.hpp"
#include "editor/spot.hpp"
#include "editor/xml_outline.hpp"
#include "load/config_file.hpp"
#include "source/encoding.hpp"

namespace dectprov {
namespace {

// Writes a document as the writer of files does, with its comments: one on the line of an element stays
// behind it, any other in front of what follows.
class Formatter {
public:
    Formatter(std::string_view text, const Tree& tree)
        : text_(text), tree_(tree), outline_(outline_xml(text)) {
        const std::size_t count = outline_.elements.size();
        children_.resize(count);
        before_.resize(count);
        behind_.resize(count);
        last_.resize(count);
        for (std::size_t i = 1; i < count; ++i) children_[outline_.elements[i].parent].push_back(i);
        for (std::size_t i = 0; i < outline_.comments.size(); ++i) place(i);
        std::ranges::sort(holds_comment_);
        sort();
    }

    // Whether the scan and the reader have seen the same elements.
    [[nodiscard]] bool fits() const {
        if (outline_.elements.size() != tree_.size()) return false;
        for (std::size_t i = 0; i < tree_.size(); ++i) {
            if (outline_.elements[i].name != tree_.name(static_cast<NodeIndex>(i))) return false;
        }
        return true;
    }

    std::string run() {
        if (tree_.name(0) != "cota") out_ += xml_declaration;
        element(0, 0);
        for (const std::size_t comment : end_) line(comment, 0);
        return std::move(out_);
    }

private:
    // Which element a comment belongs to.
    void place(std::size_t number) {
        const XmlComment& comment = outline_.comments[number];
        const auto& elements = outline_.elements;
        const std::size_t around = outline_.around(comment.begin);
        if (around != XmlElement::none && !elements[around].has_children) {
            holds_comment_.push_back(around);
            return;
        }
        // The only element without another around it is the root.
        const std::vector<std::size_t>& siblings = around == XmlElement::none ? root_ : children_[around];
        const auto next = std::ranges::lower_bound(siblings, comment.end, {},
                                                   [&](std::size_t i) { return elements[i].begin; });
        if (next != siblings.begin()) {
            const std::size_t previous = *std::prev(next);
            const std::string_view between =
                text_.substr(elements[previous].end, comment.begin - elements[previous].end);
            if (between.find_first_of("\n<") == std::string_view::npos) {
                behind_[previous].push_back(number);
                return;
            }
        }
        if (next != siblings.end()) {
            before_[*next].push_back(number);
        } else if (around != XmlElement::none) {
            last_[around].push_back(number);
        } else {
            end_.push_back(number);
        }
    }

    // In the order of the catalogue, unless comments span several elements.
    void sort() {
        for (const XmlComment& comment : outline_.comments) {
            const std::string_view words = text_.substr(comment.begin, comment.end - comment.begin);
            if (words.find("dectprov-disable ") != std::string_view::npos ||
                words.find("dectprov-enable") != std::string_view::npos)
                return;
        }
        for (std::vector<std::size_t>& all : children_) {
            std::ranges::stable_sort(
                all, {}, [&](std::size_t one) { return tree_.entry(static_cast<NodeIndex>(one)); });
        }
    }

    void line(std::size_t comment, unsigned depth) {
        const XmlComment& one = outline_.comments[comment];
        out_.append(std::size_t{2} * depth, ' ');
        out_ += text_.substr(one.begin, one.end - one.begin);
        out_ += '\n';
    }

    // Depth is that of the tree, which its reader limits.
    void element(std::size_t number, unsigned depth) {
        for (const std::size_t comment : before_[number]) line(comment, depth);
        const XmlElement& one = outline_.elements[number];
        if (!one.has_children && last_[number].empty()) {
            leaf(number, depth);
        } else {
            tag(one, depth);
            out_ += '\n';
            for (const std::size_t child : children_[number]) element(child, depth + 1);
            for (const std::size_t comment : last_[number]) line(comment, depth + 1);
            out_.append(std::size_t{2} * depth, ' ');
            out_ += "</";
            out_ += one.name;
            out_ += ">\n";
        }
        if (behind_[number].empty()) return;
        out_.pop_back();
        for (const std::size_t comment : behind_[number]) {
            out_ += ' ';
            out_ += text_.substr(outline_.comments[comment].begin,
                                 outline_.comments[comment].end - outline_.comments[comment].begin);
        }
        out_ += '\n';
    }

    void leaf(std::size_t number, unsigned depth) {
        if (!std::ranges::binary_search(holds_comment_, number)) {
            out_ += write_element(tree_, static_cast<NodeIndex>(number), depth);
            return;
        }
        const XmlElement& one = outline_.elements[number];
        tag(one, depth);
        out_ += text_.substr(one.content, one.content_end - one.content);
        out_ += "</";
        out_ += one.name;
        out_ += ">\n";
    }

    // The start tag, whose attributes stay as they are.
    void tag(const XmlElement& one, unsigned depth) {
        out_.append(std::size_t{2} * depth, ' ');
        std::string_view tag = text_.substr(one.begin, one.content - one.begin);
        tag.remove_suffix(tag.ends_with("/>") ? 2 : 1);
        out_ += trimmed_end(tag);
        out_ += '>';
    }

    std::string_view text_;
    const Tree& tree_;
    XmlOutline outline_;
    std::vector<std::size_t> root_ = {0};
    std::vector<std::vector<std::size_t>> children_;
    // Comments by the element that they belong to.
    std::vector<std::vector<std::size_t>> before_;
    std::vector<std::vector<std::size_t>> behind_;
    std::vector<std::vector<std::size_t>> last_;  // in front of its closing tag
    std::vector<std::size_t> end_;                // behind the root
    std::vector<std::size_t> holds_comment_;      // leaves
    std::string out_;
};

[[noreturn]] void refuse(std::string_view why) {
    throw BadRequest(RpcError::request_failed, std::string(why));
}

std::string formatted(const std::string& text, const Catalog& catalog) {
    const Decoded decoded = decode_xml(text);
    if (!decoded.utf8 || decoded.bad)
        refuse("the text declares another encoding than UTF-8; change that first");
    SourceSet sources;
    Report report;
    const FileId file = sources.add("text.xml", decoded.text);
    const XmlDocument document = read_xml(sources, file, catalog, EntryId::none, report);
    if (document.state != Reading::good) refuse("the text is not well-formed; its findings say where");
    if (!document.tree.strays().empty()) refuse("the text between elements would be lost");
    if (decoded.text.find("<?", 1) != std::string::npos) refuse("a processing instruction would be lost");
    Formatter formatter(sources.text(file), document.tree);
    if (!formatter.fits()) refuse("the text has a form that the formatter cannot write");
    return formatter.run();
}

}  // namespace

Json formatting(const View& view, const Json& params) {
    const Document& document = document_of(view, params);
    if (kind_of(document) != TextKind::xml) return Json::array();
    const std::string& text = document.text.text();
    const std::string with = formatted(text, catalog_of(view.workspace.config_of(document.path)));
    Json edits = Json::array();
    if (with != text) edits.push_back(text_edit(view, document.text, 0, text.size(), with));
    return edits;
}

}  // namespace dectprov
