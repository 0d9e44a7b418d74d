// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "doc/tree.hpp"

namespace dectprov {

// The one place that knows what a secret is, which bytes of a value it is, and how it is shown. mask.hpp
// looks for the same in texts of which no tree was made.

// What stands for a secret.
inline constexpr std::string_view secret_stars = "***";

// Whether the whole value of an element is a secret: the catalogue knows it of its own elements; of what it
// does not know and of what a `parameters:` file adds, the name may say it too.
bool is_secret(const Catalog& catalog, EntryId entry, std::string_view name);
// The same of a value at a dotted path: in an element that the catalogue does not know, the names of those
// around it count as well.
bool is_secret_at(const Catalog& catalog, EntryId entry, std::string_view path);
// The same of a node. What came out of a reference (`${env:…}`) is a secret wherever it stands.
bool is_secret(const Tree& tree, NodeIndex node);

// Whether a name within an element may be a secret, written as an element: the value of the element is one,
// or may have one in it (the password in a URL).
bool hides_names(const Catalog& catalog, EntryId entry, std::string_view name);

// The bytes of a value that are secret although the rest may be shown: the password in a URL.
std::vector<TextPart> secret_parts(const Catalog& catalog, EntryId entry, std::string_view value);
// Those of the value of a node, with what came out of references.
std::vector<TextPart> secret_parts(const Tree& tree, NodeIndex node);

// In order, and none within another.
std::vector<TextPart> in_order(std::vector<TextPart> parts);
// `value` with each of the parts, which are in order, as "***".
std::string with_stars(std::string_view value, const std::vector<TextPart>& parts);
// A value that is no secret by its name as it may be shown; of an element that nobody knows, nothing that
// tells something (is_telling()).
std::string shown_value(const Catalog& catalog, EntryId entry, std::string_view value);
// The value of a node as it may be shown.
std::string shown_value(const Tree& tree, NodeIndex node);
// A text that belongs to no secret, as a version or what a user is called: the password of a URL in it is.
std::string shown_text(std::string_view text);
// The same where it stands in a message as a name, which is cut to what a screen holds.
std::string shown_label(std::string_view text);
// A message about something that people gave, as the name of an input: without the passwords of URLs.
std::string shown_message(std::string_view message);

// The text of a firmware's version file as it may be shown: of another kind of file nothing.
std::string shown_firmware_version(std::string_view text);

// Whether a tree holds what nobody but the server is to read: a secret that is not empty, or a part of one.
bool holds_secret(const Tree& tree);
// The same of the nodes from `begin` up to `end`.
bool holds_secret(const Tree& tree, NodeIndex begin, NodeIndex end);

// The names of the elements whose values are secret only because they came out of references.
std::vector<std::string> names_of_references(const Tree& tree);

}  // namespace dectprov
