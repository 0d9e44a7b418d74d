// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "doc/tree.hpp"

namespace dectprov {

// What stands first in every file but those of handset groups.
inline constexpr std::string_view xml_declaration =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

// The text of a document as the contract's chapter "Writing" fixes it: UTF-8, LF, two-space indent, elements
// in the order of the catalogue, what it does not know last and as given. The declaration of the vendor's
// examples stands first (none in handset files). A leaf with an empty text is `<x></x>`; a section without
// children is written the same way. Characters are escaped: & < > everywhere, CR and what a reader would
// normalise as character references.
std::string write_xml(const Tree& tree);

// The same of a handset group with this number and version in place of its `info`, and a `data` in any case.
std::string write_group(const Tree& group, std::string_view number, std::string_view version);

// A node of a tree as write_xml() writes it `depth` levels below the root.
std::string write_element(const Tree& tree, NodeIndex node, unsigned depth);

// The offset of the first character that no XML file can hold (a control character, U+FFFE, U+FFFF; npos
// where there is none), and whether an element can have a name. What comes from elsewhere than XML is asked
// this before it gets into a tree that is to be written.
std::size_t find_unwritable(std::string_view text);
bool is_xml_name(std::string_view name);

}  // namespace dectprov
