// SPDX-License-Identifier: MIT
#include "diag/rules.hpp"
#include "rules/groups.hpp"

namespace dectprov {

namespace rule {

constexpr Rule xml_malformed{
    .id = "xml/malformed",
    .severity = Severity::error,
    .summary = "not well-formed XML",
    .why =
        "A server that cannot parse the file imports nothing. Some examples in the guide have a closing tag "
        "in the middle or a misspelt end tag. This is damage from its page layout, and it fails in the same "
        "way.",
    .origin = "https://www.w3.org/TR/xml/#sec-well-formed; guide line 1540-1542, 2013-2014",
    .example = Example::users,
    .bad = R"(<users>
  <user>
    <username>9997</username>
    <displayname>Research «&» Development</displayname>
  </user>
</users>
)",
    .good = R"(<users>
  <user>
    <username>9997</username>
    <displayname>Research &amp; Development</displayname>
  </user>
</users>
)"};

constexpr Rule xml_doctype{
    .id = "xml/doctype",
    .severity = Severity::error,
    .summary = "a document type declaration",
    .why =
        "No provisioning file has one. A declaration can define entities and name external resources. It is "
        "refused before it is parsed, so that a file from elsewhere can neither read local files nor use "
        "unlimited memory.",
    .origin = "no example of the guide has one; https://www.w3.org/TR/xml/#sec-prolog-dtd",
    .example = Example::users,
    .bad = R"(«<!DOCTYPE» users SYSTEM "users.dtd">
<users>
  <user><username>9997</username></user>
</users>
)",
    .good = R"(<users>
  <user><username>9997</username></user>
</users>
)"};

constexpr Rule xml_root{
    .id = "xml/root",
    .severity = Severity::error,
    .summary = "a root element that does not match the file name",
    .why =
        "The server asks for a file by its name and expects the root element that belongs to it: config, "
        "users or cota. Under another root it finds no settings.",
    .origin = "guide line 822, 1961, 2056",
    .example = Example::users,
    .bad = R"(<«userlist»>
  <user><username>9997</username></user>
</userlist>
)",
    .good = R"(<users>
  <user><username>9997</username></user>
</users>
)"};

}  // namespace rule

std::span<const Rule* const> xml_rules() {
    static constexpr const Rule* rows[] = {&rule::xml_malformed, &rule::xml_doctype, &rule::xml_root};
    return rows;
}

}  // namespace dectprov
