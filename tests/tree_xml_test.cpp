// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <string>
#include <utility>

#include "catalog/entries.hpp"
#include "diag/rules.hpp"
#include "doc/read_xml.hpp"

using namespace dectprov;

namespace {

// As a variable, since clang 14 takes a call of it for its address in a default argument.
constexpr EntryId users_root = entry("users");

// A text that was read, and what is around it.
struct Read {
    explicit Read(std::string text, EntryId expected = users_root)
        : file(sources.add("x.xml", std::move(text))),
          document(read_xml(sources, file, Catalog::builtin(), expected, report)) {}

    std::string_view text() const { return sources.text(file); }
    std::string_view source(Span span) const { return sources.text(span); }
    const Tree& tree() const { return document.tree; }
    // The first node of that name.
    NodeIndex node(std::string_view name) const {
        for (NodeIndex n = 0; n < tree().size(); ++n) {
            if (tree().name(n) == name) return n;
        }
        FAIL("no element ", name);
        return 0;
    }
    const Diagnostic& fault() const {
        REQUIRE(report.all().size() >= 1);
        return report.all().front();
    }

    SourceSet sources;
    Report report;
    FileId file;
    XmlDocument document;
};

// Reads a leaf's content as that of `displayname`.
struct Leaf : Read {
    explicit Leaf(const std::string& content)
        : Read("<users><user><displayname>" + content + "</displayname></user></users>") {
        REQUIRE(document.state == Reading::good);
    }
    std::string_view value() const { return tree().value(2); }
    std::string_view all() const { return tree().text(2); }
    std::string_view span() const { return source(tree().value_span(2)); }
    std::string_view span(std::size_t offset, std::size_t length) const {
        return source(tree().text_span(2, offset, length));
    }
};

// «» mark the place of the first fault; nothing between them for an empty span.
void check_fault(std::string marked, const Rule& rule = rule::xml_malformed) {
    CAPTURE(marked);
    const std::size_t begin = marked.find("«");
    marked.erase(begin, 2);
    const std::size_t end = marked.find("»");
    marked.erase(end, 2);
    const Read read(marked);
    CHECK(read.document.state == Reading::malformed);
    CHECK(read.tree().empty());
    CHECK(read.fault().rule == &rule);
    CHECK(read.fault().place.span.begin == begin);
    CHECK(read.fault().place.span.end == end);
}

}  // namespace

TEST_CASE("elements become nodes in document order, matched with the catalogue") {
    const Read read(
        "<?xml version='1.0'?>\n<users>\n  <user>\n    <ipei>00077 0000001</ipei>\n    <nobody/>\n  </user>\n"
        "  <user ><username>9997</username ></user>\n</users>\n");
    const Tree& tree = read.tree();
    REQUIRE(read.document.state == Reading::good);
    REQUIRE(tree.size() == 6);
    CHECK(tree.entry(0) == entry("users"));
    CHECK(tree.entry(1) == entry("users.user"));
    CHECK(tree.entry(2) == entry("users.user.ipei"));
    CHECK(tree.entry(3) == EntryId::none);
    CHECK(tree.after(0) == 6);
    CHECK(tree.after(1) == 4);
    CHECK(tree.after(2) == 3);
    CHECK(tree.has_children(4));
    CHECK_FALSE(tree.has_children(3));
    CHECK(tree.value(2) == "00077 0000001");
    CHECK(tree.value(5) == "9997");
    CHECK(tree.name(3) == "nobody");
    CHECK(tree.name(4) == "user");
    CHECK(tree.name_span(0).begin == read.text().find("users"));
    CHECK(read.source(tree.name_span(5)) == "username");
    CHECK(tree.child(1, entry("users.user.ipei")) == 2);
    CHECK(tree.child(1, entry("users.user.username")) == Tree::none);
    CHECK(read.report.all().empty());
}

TEST_CASE("an entry is found from the root down") {
    const Read read("<config><sip/><sip><dtmf><duration>270</duration></dtmf></sip></config>",
                    entry("config"));
    CHECK(read.tree().find(entry("config")) == 0);
    CHECK(read.tree().find(entry("config.sip")) == 1);
    CHECK(read.tree().find(entry("config.network")) == Tree::none);
    const Read other("<config><sip><dtmf><duration>270</duration></dtmf></sip></config>", entry("config"));
    CHECK(other.tree().value(other.tree().find(entry("config.sip.dtmf.duration"))) == "270");
}

TEST_CASE("a root of another name gets the expected entry, and its content is matched") {
    const Read read("<Users><user><ipei>1</ipei></user></Users>");
    CHECK(read.tree().entry(0) == entry("users"));
    CHECK(read.tree().name(0) == "Users");
    CHECK(read.tree().entry(2) == entry("users.user.ipei"));
    CHECK(Read("<config/>", EntryId::none).tree().entry(0) == entry("config"));
    CHECK(Read("<users.user/>", EntryId::none).tree().entry(0) == EntryId::none);
}

TEST_CASE("a value is the text without the white space around it") {
    const Leaf leaf(" \n\t Ole \n");
    CHECK(leaf.value() == "Ole");
    CHECK(leaf.all() == " \n\t Ole \n");
    CHECK(leaf.span() == "Ole");
    CHECK(leaf.all().data() == leaf.text().data() + leaf.text().find(" \n\t Ole"));
}

TEST_CASE("an empty element has an empty span behind its start tag") {
    for (const std::string text :
         {"<users><user><lid/></user></users>", "<users><user><lid></lid></user></users>",
          "<users><user><lid> \n </lid></user></users>"}) {
        const Read read(text);
        const Span span = read.tree().value_span(2);
        CHECK(span.begin == span.end);
        CHECK(span.begin == text.find('>', text.find("<lid")) + 1);
        CHECK(read.tree().value(2).empty());
        CHECK(read.tree().name(2) == "lid");
    }
}

TEST_CASE("references are resolved, and their spans are whole") {
    const Leaf leaf("A &amp;&#xf8;&#128222; B &lt;&gt;&quot;&apos;");
    CHECK(leaf.value() == "A &ø\U0001F4DE B <>\"'");
    CHECK(leaf.span() == "A &amp;&#xf8;&#128222; B &lt;&gt;&quot;&apos;");
    CHECK(leaf.span(2, 1) == "&amp;");
    CHECK(leaf.span(3, 2) == "&#xf8;");
    CHECK(leaf.span(5, 4) == "&#128222;");
    CHECK(leaf.span(0, 3) == "A &amp;");
    CHECK(leaf.span(1, 4) == " &amp;&#xf8;");
    CHECK(leaf.span(10, 1) == "B");
}

TEST_CASE("CDATA, comments and instructions count as they stand, and mean what they mean") {
    const Leaf leaf("<![CDATA[a<b&c]]]]><!-- x -->d<?pi y?>");
    CHECK(leaf.value() == "a<b&c]]d");
    CHECK(leaf.span() == "a<b&c]]]]><!-- x -->d<?pi y?>");
    CHECK(leaf.span(0, 5) == "a<b&c");
    CHECK(leaf.span(7, 1) == "d");
    const Leaf cdata("<![CDATA[only]]>");
    CHECK(cdata.span() == "only]]>");
    CHECK(cdata.value() == "only");
}

TEST_CASE("a value ends at its last character where white space follows") {
    CHECK(Leaf("a&amp; ").span() == "a&amp;");
    CHECK(Leaf("<!-- c --> a<!-- d -->\n").span() == "a");
    CHECK(Leaf("&#32;a&#x20;").span() == "a");
    CHECK(Leaf("&#32;a&#x20;").value() == "a");
    CHECK(Leaf("<![CDATA[ a ]]>").span() == "a");
}

TEST_CASE("line ends are LF, whatever they are in the file") {
    const Leaf leaf("a\r\nb\rc\nd&#13;e");
    CHECK(leaf.all() == "a\nb\nc\nd\re");
    CHECK(leaf.span(1, 1) == "\r\n");
    CHECK(leaf.span(3, 1) == "\r");
    CHECK(leaf.span(4, 1) == "c");
}

TEST_CASE("a place behind the last character is an empty span at the end of the text") {
    const Leaf leaf("a&amp;");
    CHECK(leaf.tree().text_span(2, 2, 0).begin == leaf.text().find("</displayname"));
    CHECK(leaf.span(2, 0).empty());
}

TEST_CASE("a very long value is no different") {
    const std::string content(100'000, 'x');
    const Leaf leaf(content + " ");
    CHECK(leaf.value() == content);
    CHECK(leaf.span() == content);
    CHECK(leaf.span(99'999, 1) == "x");
    CHECK(leaf.tree().name(2) == "displayname");
}

TEST_CASE("of a secret the first character alone is marked") {
    const Read read(
        "<users><user><authpassword>øde</authpassword><accesscode>&#49;23</accesscode>"
        "<authpasword>abc</authpasword><username>abc</username></user></users>");
    const auto marked = [&](std::string_view name) {
        return read.source(read.tree().marked(read.node(name)));
    };
    CHECK(marked("authpassword") == "ø");
    CHECK(marked("accesscode") == "&#49;");
    CHECK(marked("authpasword") == "a");
    CHECK(marked("username") == "abc");
}

TEST_CASE("attributes have places and texts") {
    const Read read("<config merge_type = 'me&amp;r\nge'\n  b=\"\">\n<sip x=\"1>2\"/></config>",
                    entry("config"));
    const auto& attributes = read.tree().attributes();
    REQUIRE(attributes.size() == 3);
    CHECK(attributes[0].node == 0);
    CHECK(attributes[0].name_text == "merge_type");
    CHECK(attributes[0].text == "me&r ge");
    CHECK(read.source(attributes[0].name) == "merge_type");
    CHECK(read.source(attributes[0].value) == "me&amp;r\nge");
    CHECK(attributes[1].text.empty());
    CHECK(attributes[1].name.begin == read.text().find("b="));
    CHECK(attributes[2].node == 1);
    CHECK(read.source(attributes[2].value) == "1>2");
    CHECK(read.tree().name(0) == "config");
    CHECK(read.tree().name(1) == "sip");
}

TEST_CASE("text between elements is a stray, once a section, from its first to its last character") {
    const Read read(
        "<users>\n  one <!-- c --> two\n  <user>&#65;<ipei>1</ipei> x <lid/>y</user>\n  <user><!-- c -->"
        "<lid/></user>\n  three\n</users>");
    const auto& strays = read.tree().strays();
    REQUIRE(strays.size() == 2);
    CHECK(strays[0].parent == 0);
    CHECK(read.source(strays[0].span) == "one <!-- c --> two");
    CHECK(strays[1].parent == 1);
    CHECK(read.source(strays[1].span) == "&#65;");
    CHECK(Read("<users><user><lid/></user> late</users>").tree().strays().size() == 1);
    CHECK(Read("<users><!-- a --><user/> <![CDATA[ ]]> <?pi?></users>").tree().strays().empty());
}

TEST_CASE("paths count users and leave the root out") {
    const Read users(
        "<users><user><ipei>1</ipei></user><other/><user><username>9997</username></user><user/></users>");
    CHECK(users.tree().path(0).empty());
    CHECK(users.tree().path(1) == "user[1]");
    CHECK(users.tree().path(2) == "user[1].ipei");
    CHECK(users.tree().path(3) == "other");
    CHECK(users.tree().path(5) == "user[2].username");
    CHECK(users.tree().path(6) == "user[3]");
    const Read config("<config><provisioning><check><interval>5</interval></check></provisioning></config>",
                      entry("config"));
    CHECK(config.tree().path(3) == "provisioning.check.interval");
    const Read cota(
        "<cota><info><group>1</group></info><data><ringing_volume><volume>3</volume></ringing_volume>"
        "</data></cota>",
        entry("cota"));
    CHECK(cota.tree().path(2) == "info.group");
    CHECK(cota.tree().path(5) == "data.ringing_volume.volume");
}

TEST_CASE("paths in a site description are those of its keys") {
    Read users("<users><user><ipei>1</ipei></user><user><ipei>2</ipei></user></users>");
    users.document.tree.set_prefix("servers[1].users");
    CHECK(users.tree().path(0) == "servers[1].users");
    CHECK(users.tree().path(3) == "servers[1].users[2]");
    CHECK(users.tree().path(4) == "servers[1].users[2].ipei");
    Read config("<config><sip><dtmf/></sip></config>", entry("config"));
    config.document.tree.set_prefix("servers[2].settings");
    CHECK(config.tree().path(2) == "servers[2].settings.sip.dtmf");
    CHECK(config.tree().identity(2) == "settings.sip.dtmf");
    Read cota("<cota><info><group>1</group><version>2</version></info><data><vibrate/></data></cota>",
              entry("cota"));
    cota.document.tree.set_prefix("servers[1].handset_groups.100");
    CHECK(cota.tree().path(1) == "servers[1].handset_groups.100");
    CHECK(cota.tree().path(2) == "servers[1].handset_groups.100");
    CHECK(cota.tree().path(3) == "servers[1].handset_groups.100.version");
    CHECK(cota.tree().path(5) == "servers[1].handset_groups.100.settings.vibrate");
    CHECK(cota.tree().identity(5) == "handset_groups.100.settings.vibrate");
}

TEST_CASE("an identity names a user by what stays when users move") {
    const Read read(
        "<users><user><username>9997</username><ipei>00077 0000001*</ipei></user>"
        "<user><ipei>77</ipei><username>9998</username></user><user><localno>12</localno></user>"
        "<user><displayname>Ole</displayname></user></users>");
    const Tree& tree = read.tree();
    CHECK(tree.identity(2) == "user[ipei=000770000001].username");
    CHECK(tree.identity(5) == "user[username=9998].ipei");
    CHECK(tree.identity(7) == "user[localno=12]");
    CHECK(tree.identity(9) == "user[]");
}

TEST_CASE("paths of a million children of one element are no matter of minutes") {
    std::string text = "<users><user>";
    constexpr NodeIndex count = 200'000;
    for (NodeIndex i = 0; i < count; ++i) text += "<x/>";
    const Read read(text + "<username>99</username></user><user><y/></user></users>");
    std::size_t wrong = 0;
    for (NodeIndex i = 0; i < count; ++i) {
        if (read.tree().path(2 + i) != "user[1].x") ++wrong;
        if (read.tree().identity(2 + i) != "user[username=99].x") ++wrong;
    }
    CHECK(wrong == 0);
    CHECK(read.tree().path(4 + count) == "user[2].y");
    CHECK(read.tree().path(3) == "user[1].x");
    CHECK(read.tree().identity(4 + count) == "user[].y");
}

TEST_CASE("a tree of rows answers from its rows") {
    SourceSet sources;
    const FileId file = sources.add("site.yaml", "users:\n  - {username: \"99\", note: 'a\"\"b'}\n");
    const auto span = [&](std::string_view what) {
        const auto begin = static_cast<std::uint32_t>(sources.text(file).find(what));
        return Span{.file = file, .begin = begin, .end = begin + static_cast<std::uint32_t>(what.size())};
    };
    Tree tree(Catalog::builtin(), sources, file);
    const NodeIndex root =
        tree.open(entry("users"), {.name = span("users"), .value = {}, .name_text = {}, .text = {}});
    const NodeIndex user =
        tree.open(entry("users.user"), {.name = span("-"), .value = {}, .name_text = {}, .text = {}});
    const NodeIndex name =
        tree.open(entry("users.user.username"),
                  {.name = span("username"), .value = span("99"), .name_text = "username", .text = "99"});
    tree.close(name);
    const NodeIndex note = tree.open(
        EntryId::none, {.name = span("note"), .value = span("a\"\"b"), .name_text = {}, .text = "a\"b"});
    tree.close(note);
    const NodeIndex late = tree.open(entry("users.user.authpassword"), {.name = {},
                                                                        .value = span("99"),
                                                                        .name_text = {},
                                                                        .text = "${env:X}",
                                                                        .anchor = {},
                                                                        .via = Tree::Via::nothing,
                                                                        .opaque = true});
    tree.close(late);
    tree.close(user);
    tree.close(root);
    CHECK(tree.has_rows());
    CHECK(tree.size() == 5);
    CHECK(tree.after(user) == 5);
    CHECK(tree.after(root) == 5);
    CHECK(tree.value(name) == "99");
    CHECK(tree.name(note) == "note");
    CHECK(sources.text(tree.text_span(name, 1, 1)) == "9");
    CHECK(sources.text(tree.text_span(note, 1, 1)) == "\"\"");
    CHECK(sources.text(tree.text_span(note, 2, 1)) == "b");
    CHECK(sources.text(tree.marked(late)) == "9");
    CHECK(tree.is_opaque(late));
    CHECK_FALSE(tree.is_opaque(name));
    CHECK(tree.path(name) == "user[1].username");
    CHECK(tree.identity(note) == "user[username=99].note");
}

TEST_CASE("comments that speak to us are directives") {
    const Read read(
        "<!-- dectprov-disable element/unknown: old -->\n<users><!--plain--><user>\n<!--\n  dectprov-enable"
        "  --></user></users><!-- dectprov-x-->");
    REQUIRE(read.document.directives.size() == 3);
    CHECK(read.document.directives[0].text == "dectprov-disable element/unknown: old");
    CHECK(read.source(read.document.directives[0].span) == read.document.directives[0].text);
    CHECK(read.source(read.document.directives[1].span) == "dectprov-enable");
    CHECK(read.document.directives[2].text == "dectprov-x");
}

TEST_CASE("a text of white space alone is empty, and nothing else") {
    for (const std::string text : {"", " \r\n\t "}) {
        const Read read(text);
        CHECK(read.document.state == Reading::empty);
        REQUIRE(read.report.all().size() == 1);
        CHECK(read.fault().rule == &rule::file_empty);
        CHECK(read.fault().place.span == Span{.file = read.file});
    }
}

TEST_CASE("a document type declaration is refused where it stands") {
    check_fault("<?xml version='1.0'?><!-- <!DOCTYPE --> «<!DOCTYPE» users SYSTEM 'http://x/'><users/>",
                rule::xml_doctype);
    check_fault("«<!doctype» html><html><body>no</body></html>", rule::xml_doctype);
    check_fault("«<!DOCTYPE» u [<!ENTITY a 'b'><!ENTITY c '&a;&a;'>]><users><user>&c;</user></users>",
                rule::xml_doctype);
}

TEST_CASE("a fault of form has its exact place") {
    check_fault("<users><user><displayname>Ole</«displaynam»></user></users>");
    check_fault("<users><user><displayname>Ole</«user»></users>");
    check_fault("<users><user><displayname>Ole«»");
    check_fault("<users><user«»");
    check_fault("<users><user a='x«»");
    check_fault("<users><user a«»");
    check_fault("<users><user></use«»");
    check_fault("<users>A «&» B</users>");
    check_fault("<users>A «&»</users>");
    check_fault("<users>J«&»oslash;rgen</users>");
    check_fault("<users>«&»#0;</users>");
    check_fault("<users>«&»#xD800;</users>");
    check_fault("<users>«&»amp </users>");
    check_fault("<users a='«&»x'/>");
    check_fault("<users/>\n«<»users/>");
    check_fault("<users/> «l»ate");
    check_fault("<users></users>«<»/users>");
    check_fault("«e»arly <users/>");
    check_fault("<users b='1' a='2' «b»='3'/>");
    check_fault("<users a=«m»erge/>");
    check_fault("<users «a»/>");
    check_fault("<users a='1'«b»='2'/>");
    check_fault("<users a='x «<» y'/>");
    check_fault("<users>a «<» b</users>");
    check_fault("<users>a «]]>» b</users>");
    check_fault("<users>a«\x01»b</users>");
    check_fault("<users>a«\xEF\xBF\xBE»b</users>");
    check_fault("<users>«<!--» a</users>");
    check_fault("<users><!-- a «--» b --></users>");
    check_fault("<users>«<![CDATA[» a</users>");
    check_fault("<users>«<?»pi a</users>");
    check_fault("<users>«<»!DOCTYPE a></users>");
    check_fault("<users><user «<»user/></users>");
    check_fault("<users></« »users>");
    check_fault("<users></users «a»>");
    check_fault("\n«<?xml» version='1.0'?><users/>");
    check_fault("<?xml «encoding»='UTF-8'?><users/>");
    check_fault("<?xml version=«1».0?><users/>");
    check_fault("<!-- nothing else -->«»");
    check_fault("«{»\"json\": true}");
}

TEST_CASE("a zero byte is a control character like any other") {
    const std::string before = "<users>a";
    for (const std::string& text : {before + std::string("\0b</users>", 10), before + std::string("\0", 1)}) {
        const Read read(text);
        CHECK(read.document.state == Reading::malformed);
        CHECK(read.fault().place.span.begin == before.size());
    }
    CHECK(Read(std::string("\0<users/>", 9)).document.state == Reading::malformed);
    CHECK(Read(std::string("<\0?\0", 4)).document.state == Reading::malformed);
}

TEST_CASE("what is open is a related place") {
    for (const std::string text :
         {"<users><user><displayname>Ole</displaynam></user></users>", "<users><user><displayname>Ole"}) {
        const Read read(text);
        REQUIRE(read.fault().related.size() == 1);
        CHECK(read.source(read.fault().related[0].span) == "displayname");
        CHECK(read.fault().related[0].span.begin == text.find("displayname"));
    }
}

TEST_CASE("every bare ampersand is reported, and can be mended") {
    const Read read("<users><user><displayname>A & B &amp; C&D</displayname></user></users>");
    REQUIRE(read.report.all().size() == 2);
    for (const Diagnostic& fault : read.report.all()) {
        REQUIRE(fault.fix);
        CHECK(fault.fix->replacement == "&amp;");
        CHECK(read.source(fault.fix->span) == "&");
    }
}

TEST_CASE("a message about a malformed text holds nothing of the text but known names") {
    const std::string secret = "hunter2";
    for (const char* const text :
         {"<users><user><authpassword>hunter2</hunter2></user></users>", "<users><hunter2>x</users>",
          "<users><user><authpassword>&hunter2;</authpassword></user></users>",
          "<users hunter2='1' hunter2='2'/>", "<users a=hunter2/>", "hunter2 <users/>", "<users/> hunter2",
          "<users><hunter2", "<users></hunter2>", "<users><?hunter2<", "<?xml hunter2='1'?><users/>"}) {
        const Read read{std::string(text)};
        for (const Diagnostic& fault : read.report.all()) {
            CHECK(fault.message.find(secret) == std::string::npos);
            CHECK(fault.help.find(secret) == std::string::npos);
            for (const Note& note : fault.related) CHECK(note.message.find(secret) == std::string::npos);
        }
    }
}

TEST_CASE("elements nest as deep as the limit and no deeper") {
    const auto nested = [](unsigned depth) {
        std::string text;
        for (unsigned i = 0; i < depth; ++i) text += "<a>";
        for (unsigned i = 0; i < depth; ++i) text += "</a>";
        return text;
    };
    CHECK(Read(nested(max_depth)).document.state == Reading::good);
    const Read deep(nested(max_depth + 1));
    CHECK(deep.document.state == Reading::malformed);
    CHECK(deep.fault().place.span.begin == 3 * max_depth + 1);
    CHECK(Read(nested(100'000)).report.all().size() == 1);
}

TEST_CASE("a tag with hundreds of thousands of attributes takes no time") {
    const auto crowded = [](std::size_t count) {
        std::string text = "<users><user";
        for (std::size_t i = 0; i < count; ++i) text += " attribute" + std::to_string(i) + "='>'";
        return text + "/></users>";
    };
    CHECK(Read(crowded(400)).tree().attributes().size() == 400);
    const Read read(crowded(300'000));
    CHECK(read.document.state == Reading::malformed);
    CHECK(read.fault().rule == &rule::xml_malformed);
    CHECK(read.source(read.fault().place.span) == "<");
    CHECK(Read("<users><user><displayname>" + std::string(100'000, 'x') + "</displayname></user></users>")
              .document.state == Reading::good);
}

TEST_CASE("the declared encoding is not believed, since the text is UTF-8 by now") {
    for (const std::string name : {"ISO-8859-1", "UTF-16", "klingon"}) {
        const Read read("<?xml version='1.0' encoding='" + name +
                        "'?><users><user><displayname>ø東</displayname>"
                        "</user></users>");
        REQUIRE(read.document.state == Reading::good);
        CHECK(read.tree().value(2) == "ø東");
    }
}

TEST_CASE("offsets are exact in a text larger than any buffer of the parser") {
    std::string text = "<users>\n";
    std::vector<std::size_t> places;
    while (text.size() < 12'000'000) {
        text += "  <user>\n    <displayname>";
        places.push_back(text.size());
        text += "Jürgen " + std::to_string(places.size()) + "</displayname>\n  </user>\n";
    }
    text += "</users>\n";
    const Read read(text);
    const Tree& tree = read.tree();
    REQUIRE(read.document.state == Reading::good);
    REQUIRE(tree.size() == 1 + 2 * places.size());
    std::size_t wrong = 0;
    for (std::size_t i = 0; i < places.size(); ++i) {
        const auto node = static_cast<NodeIndex>(2 + 2 * i);
        const bool right = tree.value_span(node).begin == places[i] &&
                           tree.name_span(node).begin == places[i] - 12 &&
                           tree.value(node) == "Jürgen " + std::to_string(i + 1) &&
                           tree.name_span(node - 1).begin == places[i] - 12 - 11;
        if (!right) ++wrong;
    }
    CHECK(wrong == 0);
    CHECK(tree.path(2 * static_cast<NodeIndex>(places.size())) ==
          "user[" + std::to_string(places.size()) + "].displayname");

    text.replace(text.size() - 9, 8, "</user>");
    const Read broken(text);
    CHECK(broken.fault().place.span.begin == text.size() - 6);
}

TEST_CASE("a root name is that of the first element") {
    CHECK(root_name("<users/>") == "users");
    CHECK(root_name("<?xml version='1.0'?>\n<!-- <a> --><config merge_type='x'>") == "config");
    CHECK(root_name("<!DOCTYPE x [<!ENTITY y '>'>]><cota>") == "cota");
    CHECK(root_name("").empty());
    CHECK(root_name("dectprov: 1").empty());
    CHECK(root_name("<!-- open").empty());
}
