// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "catalog/catalog.hpp"

namespace dectprov {

// The elements of a text that is being typed and so may be broken in any way: what is closed by no tag ends
// with what is around it, and a closing tag without an element is passed over.
struct XmlElement {
    static constexpr std::size_t none = static_cast<std::size_t>(-1);

    std::string_view name;
    std::size_t parent;  // by index; none for the first level
    std::size_t begin;   // of its '<', in bytes
    std::size_t name_begin;
    std::size_t content;      // behind the '>' of its tag
    std::size_t content_end;  // where its closing tag begins, or where it ends without one
    std::size_t end;
    bool closed;  // by a tag of its own, or by "/>"
    bool has_children;
};

struct XmlComment {
    std::size_t begin;  // of "<!--"
    std::size_t end;
};

struct XmlOutline {
    std::vector<XmlElement> elements;  // in document order
    std::vector<XmlComment> comments;

    // The innermost element that holds a byte, its tags included; none for none.
    [[nodiscard]] std::size_t at(std::size_t offset) const;
    // The innermost element whose content a byte is in.
    [[nodiscard]] std::size_t around(std::size_t offset) const;
    // What the catalogue calls an element.
    [[nodiscard]] EntryId entry(const Catalog& catalog, std::size_t element) const;
};

XmlOutline outline_xml(std::string_view text);

}  // namespace dectprov
