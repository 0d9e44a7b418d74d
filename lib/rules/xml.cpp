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
        "A server that cannot parse the file has nothing to import. What the guide prints with closing tags "
        "in the middle or an end tag in the wrong spelling is damage from its page layout and fails the "
        "same way.",
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
        "No provisioning file has one. A declaration can define entities and name external resources; it is "
        "refused before the parser sees it, so that a file from elsewhere can neither read local files nor "
        "grow without bounds.",
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
    .summary = "a root element other than the file name promises",
    .why =
        "The server asks for a file by its name and looks for the root that belongs to it: config, users or "
        "cota. Under another root it finds none of the settings.",
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
