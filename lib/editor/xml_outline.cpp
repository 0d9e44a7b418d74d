// SPDX-License-Identifier: MIT
#include "editor/xml_outline.hpp"

#include <algorithm>

namespace dectprov {
namespace {

constexpr std::string_view name_ends = " \t\r\n/><";

class Scanner {
public:
    explicit Scanner(std::string_view text) : text_(text) {}

    XmlOutline run() {
        for (std::size_t at = text_.find('<'); at != std::string_view::npos; at = text_.find('<', at))
            at = markup(at);
        while (!open_.empty()) close_last(text_.size(), text_.size(), false);
        return std::move(outline_);
    }

private:
    // Behind the markup that begins at `at`.
    std::size_t markup(std::size_t at) {
        const std::string_view rest = text_.substr(at);
        if (rest.starts_with("<!--")) {
            const std::size_t end = behind("-->", at + 4);
            outline_.comments.push_back({.begin = at, .end = end});
            return end;
        }
        if (rest.starts_with("<![CDATA[")) return behind("]]>", at);
        if (rest.starts_with("<?")) return behind("?>", at);
        if (rest.starts_with("<!")) return behind(">", at);
        if (rest.starts_with("</")) return closing(at);
        return opening(at);
    }

    [[nodiscard]] std::size_t behind(std::string_view what, std::size_t from) const {
        const std::size_t found = text_.find(what, from);
        return found == std::string_view::npos ? text_.size() : found + what.size();
    }

    [[nodiscard]] std::string_view name_at(std::size_t at) const {
        const std::size_t end = std::min(text_.find_first_of(name_ends, at), text_.size());
        return text_.substr(at, end - at);
    }

    // A tag ends at its '>'; one that is still being typed ends before the next '<' or with its line.
    [[nodiscard]] std::size_t tag_end(std::size_t at) const {
        const std::size_t end = text_.find_first_of("<>", at);
        if (end != std::string_view::npos && text_[end] == '>') return end + 1;
        return std::min({text_.find_first_of("\r\n", at), end, text_.size()});
    }

    std::size_t opening(std::size_t at) {
        const std::string_view name = name_at(at + 1);
        const std::size_t end = tag_end(at + 1 + name.size());
        if (name.empty()) return std::max(end, at + 1);
        if (!open_.empty()) outline_.elements[open_.back()].has_children = true;
        outline_.elements.push_back({.name = name,
                                     .parent = open_.empty() ? XmlElement::none : open_.back(),
                                     .begin = at,
                                     .name_begin = at + 1,
                                     .content = end,
                                     .content_end = end,
                                     .end = end,
                                     .closed = false,
                                     .has_children = false});
        open_.push_back(outline_.elements.size() - 1);
        if (text_.substr(0, end).ends_with("/>")) close_last(end, end, true);
        return end;
    }

    std::size_t closing(std::size_t at) {
        const std::string_view name = name_at(at + 2);
        const std::size_t end = std::max(tag_end(at + 2 + name.size()), at + 2);
        const auto same = [&](std::size_t one) { return outline_.elements[one].name == name; };
        if (std::find_if(open_.rbegin(), open_.rend(), same) == open_.rend()) return end;
        while (!same(open_.back())) close_last(at, at, false);
        close_last(at, end, true);
        return end;
    }

    void close_last(std::size_t content_end, std::size_t end, bool closed) {
        XmlElement& element = outline_.elements[open_.back()];
        element.content_end = std::max(content_end, element.content);
        element.end = std::max(end, element.content);
        element.closed = closed;
        open_.pop_back();
    }

    std::string_view text_;
    XmlOutline outline_;
    std::vector<std::size_t> open_;
};

}  // namespace

namespace {

// The innermost that `holds`, of the last element before `next` and those around it.
template <class Holds>
std::size_t innermost(const std::vector<XmlElement>& elements, std::vector<XmlElement>::const_iterator next,
                      const Holds& holds) {
    std::size_t at =
        next == elements.begin() ? XmlElement::none : static_cast<std::size_t>(next - elements.begin()) - 1;
    while (at != XmlElement::none && !holds(elements[at])) at = elements[at].parent;
    return at;
}

}  // namespace

std::size_t XmlOutline::at(std::size_t offset) const {
    const auto next = std::ranges::upper_bound(elements, offset, {}, &XmlElement::begin);
    return innermost(elements, next, [&](const XmlElement& one) {
        return offset < one.end || (offset == one.end && !one.closed);
    });
}

std::size_t XmlOutline::around(std::size_t offset) const {
    const auto next = std::ranges::lower_bound(elements, offset, {}, &XmlElement::begin);
    return innermost(elements, next, [&](const XmlElement& one) {
        return offset >= one.content && offset <= one.content_end;
    });
}

EntryId XmlOutline::entry(const Catalog& catalog, std::size_t element) const {
    if (element == XmlElement::none) return EntryId::none;
    std::vector<std::string_view> names;
    for (std::size_t at = element; at != XmlElement::none; at = elements[at].parent)
        names.push_back(elements[at].name);
    EntryId id = catalog.find(names.back());
    for (std::size_t i = names.size() - 1; i-- > 0;) id = catalog.child(id, names[i]);
    return id;
}

XmlOutline outline_xml(std::string_view text) { return Scanner(text).run(); }

}  // namespace dectprov
