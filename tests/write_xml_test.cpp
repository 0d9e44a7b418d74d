// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "catalog/entries.hpp"
#include "doc/read_xml.hpp"
#include "doc/write_xml.hpp"
#include "workbench.hpp"

using namespace dectprov;

namespace {

constexpr std::string_view declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

std::string rewritten(const std::string& text, EntryId expected) {
    SourceSet sources;
    Report report;
    const FileId file = sources.add("x.xml", text);
    const XmlDocument document = read_xml(sources, file, Catalog::builtin(), expected, report);
    REQUIRE(document.state == Reading::good);
    return write_xml(document.tree);
}

// The text of one user's displayname, written and read back.
std::string through(const std::string& value) {
    SourceSet sources;
    Report report;
    Tree tree(Catalog::builtin(), sources, sources.add("none", ""));
    const auto row = [&](std::string text) {
        return Tree::Row{.name = {}, .value = {}, .name_text = "x", .text = sources.keep(std::move(text))};
    };
    const NodeIndex root = tree.open(entry("users"), row({}));
    const NodeIndex user = tree.open(entry("users.user"), row({}));
    tree.close(tree.open(entry("users.user.displayname"), row(value)));
    tree.close(user);
    tree.close(root);
    tree.add(Tree::Attribute{.node = root, .name = {}, .value = {}, .name_text = "a", .text = value});

    const FileId file = sources.add("x.xml", write_xml(tree));
    const XmlDocument document = read_xml(sources, file, Catalog::builtin(), entry("users"), report);
    REQUIRE(document.state == Reading::good);
    REQUIRE(document.tree.size() == 3);
    REQUIRE(document.tree.attributes().size() == 1);
    CHECK(document.tree.attributes()[0].text == value);
    return std::string(document.tree.text(2));
}

}  // namespace

TEST_CASE("elements are written in the order of the catalogue, unknown ones last as given") {
    CHECK(
        rewritten(
            "<users><user><zzz>1</zzz><username>9997</username><aaa>2</aaa><ipei>00077 0000001</ipei></user>"
            "</users>",
            entry("users")) == std::string(declaration) +
                                   "<users>\n"
                                   "  <user>\n"
                                   "    <ipei>00077 0000001</ipei>\n"
                                   "    <username>9997</username>\n"
                                   "    <zzz>1</zzz>\n"
                                   "    <aaa>2</aaa>\n"
                                   "  </user>\n"
                                   "</users>\n");
}

TEST_CASE("an element without text or children has two tags") {
    CHECK(rewritten("<users/>", entry("users")) == std::string(declaration) + "<users></users>\n");
    CHECK(rewritten("<users><user/></users>", entry("users")) ==
          std::string(declaration) + "<users>\n  <user></user>\n</users>\n");
}

TEST_CASE("handset files have no declaration") {
    CHECK(rewritten("<?xml version='1.0'?><cota><info><group>1</group></info></cota>", entry("cota")) ==
          "<cota>\n  <info>\n    <group>1</group>\n  </info>\n</cota>\n");
}

TEST_CASE("attributes are kept") {
    CHECK(rewritten("<config merge_type = 'merge'><sip a=\"&quot;'\"/></config>", entry("config")) ==
          std::string(declaration) +
              "<config merge_type=\"merge\">\n  <sip a=\"&quot;'\"></sip>\n</config>\n");
}

TEST_CASE("many of one kind stay in their order") {
    CHECK(rewritten("<users><user><lid>1</lid></user><user><lid>2</lid></user></users>", entry("users")) ==
          std::string(declaration) +
              "<users>\n  <user>\n    <lid>1</lid>\n  </user>\n  <user>\n    <lid>2</lid>\n  "
              "</user>\n</users>\n");
}

TEST_CASE("every character survives being written and read") {
    for (const char* const text :
         {"&", "<", ">", "\"", "'", "]]>", "&amp;", "a\rb", "a\r\nb", "a\tb", "a\nb", "ø", "東", "\U0001F4DE",
          "\xC2\x85", "\xE2\x80\xA8", "<!-- x -->", " around ", "\x7f"}) {
        CAPTURE(text);
        CHECK(through(text) == text);
    }
    for (char c = ' '; c < '\x7f'; ++c) CHECK(through(std::string(1, c)) == std::string(1, c));
}

TEST_CASE("what the guide shows is written as it stands there" * doctest::test_suite("shared")) {
    const auto folder = workbench::beside_repository("corpus/guide");
    if (!folder) return;
    std::size_t same = 0;
    for (const auto& found : std::filesystem::recursive_directory_iterator(*folder)) {
        const std::string name = found.path().filename().string();
        if (!name.starts_with("0013") || found.path().extension() != ".xml") continue;
        const std::string text = workbench::read(found.path());
        const std::string written = rewritten(text, EntryId::none);
        CHECK(rewritten(written, EntryId::none) == written);
        if (written == text) ++same;
    }
    CHECK(same > 0);
}

TEST_CASE("what XML cannot carry is known") {
    CHECK(find_unwritable("a\tb\r\nø\U0001F4DE") == std::string_view::npos);
    CHECK(find_unwritable("a\x01") == 1);
    CHECK(find_unwritable(std::string_view("a\0", 2)) == 1);
    CHECK(find_unwritable("a\xEF\xBF\xBF") == 1);
    CHECK(find_unwritable("\xFF") == 0);
    CHECK(is_xml_name("merge_type"));
    CHECK(is_xml_name("ø-1.2"));
    for (const char* const name : {"", "1a", "a b", "-a", "a<", "a\xFF"}) CHECK_FALSE(is_xml_name(name));
}
