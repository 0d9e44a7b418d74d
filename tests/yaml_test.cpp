// SPDX-License-Identifier: MIT
#include "doc/yaml.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace dectprov;

namespace {

struct Document {
    SourceSet sources;
    FileId file;
    YamlDocument read;

    explicit Document(std::string text)
        : file(sources.add("t.yaml", std::move(text))), read(read_yaml(sources, file)) {}

    // "(a=1 b=[x y] c=)": keys, scalars and structure.
    std::string shape(std::uint32_t i = 0) const {
        const Yaml& yaml = read.yaml;
        if (yaml.empty()) return "";
        const Yaml::Node& node = yaml[i];
        if (node.type == Yaml::Type::null) return "null";
        if (node.type == Yaml::Type::scalar) {
            const std::string text(node.text);
            return node.quoted ? "'" + text + "'" : text;
        }
        const bool mapping = node.type == Yaml::Type::mapping;
        std::string out = mapping ? "(" : "[";
        for (std::uint32_t c = i + 1; c != node.after; c = yaml[c].after) {
            if (c != i + 1) out += ' ';
            if (mapping) out += std::string(yaml[c].key_text) + "=";
            out += shape(c);
        }
        return out + (mapping ? ")" : "]");
    }
    std::string at(Span span) const {
        const Position p = sources.position(span.file, span.begin);
        return std::to_string(p.line) + ":" + std::to_string(p.column);
    }
    std::string under(Span span) const { return std::string(sources.text(span)); }
    std::string problems() const {
        std::string out;
        for (const YamlProblem& p : read.problems) {
            if (!out.empty()) out += "; ";
            out += at(p.span) + " " +
                   (p.kind == YamlProblem::Kind::key   ? "key: "
                    : p.kind == YamlProblem::Kind::tag ? "tag: "
                                                       : "") +
                   p.message;
        }
        return out;
    }
    const Yaml::Node& value(std::string_view key) const { return read.yaml[read.yaml.find(0, key)]; }
};

}  // namespace

TEST_CASE("scalars are the text that was typed") {
    const Document d("a: 0123\nb: 12:30\nc: no\nd: Null\ne: 1e3\nf: +45\ng: ~\nh: ~x\ni:\nj: ''\n");
    CHECK(d.problems() == "");
    CHECK(d.shape() == "(a=0123 b=12:30 c=no d=Null e=1e3 f=+45 g=~ h=~x i=null j='')");
}

TEST_CASE("a value that is not there is none, also before a key called Null") {
    CHECK(Document("a:\nNull: b\n").shape() == "(a=null Null=b)");
    CHECK(Document("a: &x\nNull: b\n").shape() == "(a=null Null=b)");
    CHECK(Document("k:\n- \nNull: 3\n").shape() == "(k=[null] Null=3)");
    CHECK(Document("{a: , Null: b, c}\n").shape() == "(a=null Null=b c=null)");
    CHECK(Document("a:\n").shape() == "(a=null)");
    CHECK(Document("a: Null").shape() == "(a=Null)");
}

TEST_CASE("an empty item of a list is at its '-'") {
    const Document d("l:\n  # one\n  -   # two\n\n  # three\n  - a\n  - - \n  -");
    CHECK(d.shape() == "(l=[null a [null] null])");
    CHECK(d.at(d.read.yaml[2].span) == "3:3");
    CHECK(d.at(d.read.yaml[5].span) == "7:5");
    CHECK(d.at(d.read.yaml[6].span) == "8:3");
}

TEST_CASE("spans are bytes of the source, without quotes, in CRLF and multi-byte text too") {
    const Document d("\xC3\xA5: \xC3\xA6\xC3\xB8\r\nb: &x !t \"q\"\r\nc: [one, 'two']\r\n");
    CHECK(d.problems() == "2:7 tag: a YAML tag; dectprov does not interpret tags");
    CHECK(d.under(d.value("\xC3\xA5").key) == "\xC3\xA5");
    CHECK(d.under(d.value("\xC3\xA5").span) == "\xC3\xA6\xC3\xB8");
    CHECK(d.under(d.value("b").span) == "q");
    CHECK(d.under(d.value("b").key) == "b");
    CHECK(d.at(d.value("c").span) == "3:4");
    const std::uint32_t list = d.read.yaml.find(0, "c");
    CHECK(d.under(d.read.yaml[list + 1].span) == "one");
    CHECK(d.under(d.read.yaml[list + 2].span) == "two");
}

TEST_CASE("spans cover scalars of several lines") {
    const Document d("a: one\n  two\nb: |2\n    x\n    y\n\nc: >-\n  z\n\n  w\nd: \"q \\\n  r\"\ne: end\n");
    CHECK(d.problems() == "");
    CHECK(d.under(d.value("a").span) == "one\n  two");
    CHECK(d.under(d.value("b").span) == "x\n    y");
    CHECK(d.under(d.value("c").span) == "z\n\n  w");
    CHECK(d.under(d.value("d").span) == "q \\\n  r");
    CHECK(d.under(d.value("e").span) == "end");
}

TEST_CASE("a repeated key is a problem with both places, and the first stays") {
    const Document d("a: {b: 1, b: 2}\nc: 3\na: [4]\nd: {e: {f: 1}, e: 2, g: 5}\n");
    CHECK(d.problems() ==
          "1:11 key: the key 'b' occurs twice; 4:16 key: the key 'e' occurs twice; 3:1 key: the key 'a' "
          "occurs twice");
    CHECK(d.shape() == "(a=(b=1) c=3 d=(e=(f=1) g=5))");
    REQUIRE(d.read.problems[2].related);
    CHECK(d.at(d.read.problems[2].related->span) == "1:1");
}

TEST_CASE("a merge key is a problem that names extends") {
    const Document d("x: &x {a: 1}\ny:\n  <<: *x\n  b: 2\n");
    CHECK(d.problems() == "3:3 key: merge keys are not supported");
    CHECK(d.read.problems[0].help.find("extends") != std::string::npos);
    CHECK(d.shape() == "(x=(a=1) y=(b=2))");
}

TEST_CASE("an alias is expanded where it stands and remembers its anchor") {
    const Document d("x: &x [1, {a: b}]\ny: *x\nz: &z hi\nw: *z\n");
    CHECK(d.problems() == "");
    CHECK(d.shape() == "(x=[1 (a=b)] y=[1 (a=b)] z=hi w=hi)");
    const Yaml::Node& w = d.value("w");
    CHECK(w.aliased);
    CHECK(d.at(w.span) == "4:4");
    CHECK(d.under(w.span) == "*z");
    CHECK(d.under(w.anchor) == "hi");
    CHECK(d.under(w.key) == "w");
}

TEST_CASE("an alias of an alias names the first anchor") {
    const Document d("a: &a x\nb: &b [*a]\nc: *b\n");
    const std::uint32_t c = d.read.yaml.find(0, "c");
    CHECK(d.at(d.read.yaml[c + 1].anchor) == "1:7");
    CHECK(d.at(d.read.yaml[c + 1].span) == "3:4");
}

TEST_CASE("unknown aliases and alias loops are problems at the alias") {
    const Document unknown("a: b\nc: *nowhere\n");
    CHECK(unknown.problems() == "2:4 an alias to an anchor that is not defined before it");
    CHECK(unknown.under(unknown.read.problems[0].span) == "*nowhere");
    CHECK(unknown.read.yaml.empty());
    CHECK(Document("a: &x [b, *x]\n").problems() == "1:11 an alias inside the node that it refers to");
}

TEST_CASE("aliases of aliases do not fill the memory") {
    std::string text = "a: &a [x, x, x, x, x, x, x, x, x]\n";
    for (char c = 'b'; c < 'l'; ++c) {
        const std::string before(1, static_cast<char>(c - 1));
        text += std::string(1, c) + ": &" + c + " [";
        for (int i = 0; i < 9; ++i) text += (i == 0 ? "*" : ", *") + before;
        text += "]\n";
    }
    const Document d(text);
    CHECK(d.problems().find("the aliases make the file larger than one file may be") != std::string::npos);
    CHECK(d.read.yaml.empty());
}

TEST_CASE("nesting has a limit") {
    CHECK(Document(std::string(64, '[') + std::string(64, ']')).problems() == "");
    CHECK(Document(std::string(65, '[') + std::string(65, ']')).problems() ==
          "1:65 nested deeper than 64 levels");
    CHECK(Document(std::string(100000, '[')).problems().ends_with(" nested deeper than 64 levels"));
    std::string items;
    for (int i = 0; i < 5000; ++i) items += "- ";
    CHECK(Document(items).problems() == "1:129 nested deeper than 64 levels");
    std::string keys;
    for (int i = 0; i < 5000; ++i) keys += "? ";
    CHECK(!Document(keys).read.problems.empty());
}

TEST_CASE("what is not YAML has its line") {
    CHECK(Document("a: 1\n  - name: main: building\n").problems().starts_with("2:"));
    CHECK(Document("a:\n  b: c: d\n").problems() == "2:7 a ':' where no value can start");
    CHECK(Document("s:\n\tsip: {}\n").problems() == "2:1 a tab in the indentation");
    CHECK(Document("rules:\n  v: [off\nignore: x\n").problems() ==
          "3:7 a '[' that is not closed before this place");
    CHECK(Document("a: \"x\nb: 1\n").problems() == "1:4 a quote that is never closed");
    CHECK(Document("a: 'x\n").problems().starts_with("1:4 "));
    CHECK(Document("a: @x\n").problems() == "1:4 a character that cannot begin an unquoted text");
    CHECK(Document("a: 1\n---\nb: 2\n").problems() == "2:1 a second document; a file contains only one");
    CHECK(Document("a: \x01\n").problems().starts_with("1:4 a control character"));
    CHECK(Document("? [a]\n: b\nc: d\n").problems() == "1:3 key: a key that is not a text");
    CHECK(Document("? [a]\n: b\nc: d\n").shape() == "(c=d)");
}

TEST_CASE("a document may start and end with its markers") {
    CHECK(Document("%YAML 1.1\n---\na: 1\n...\n").shape() == "(a=1)");
    CHECK(Document("").shape() == "");
    CHECK(Document("# nothing\n").problems() == "");
}

TEST_CASE("comments to dectprov are found outside scalars") {
    const Document d(
        "a: 'x # dectprov-disable-line no'   # dectprov-disable-line value/type: why\n"
        "b: |\n  # dectprov-disable-line no\n#dectprov-disable-line x  \r\nc: y# dectprov-no\n");
    REQUIRE(d.read.comments.size() == 2);
    CHECK(d.read.comments[0].text == "dectprov-disable-line value/type: why");
    CHECK(d.at(d.read.comments[0].span) == "1:39");
    CHECK(d.read.comments[1].text == "dectprov-disable-line x");
    CHECK(d.under(d.read.comments[1].span) == "dectprov-disable-line x");
}

TEST_CASE("a place in a scalar's text is found in the source") {
    const Document d(
        "a: plain text\nb: \"x\\u00e5\\ty\"\nc: 'it''s so'\nd: one\n   two\ne: |\n  l1\n  l2\nf: &f v\ng: "
        "*f\n");
    const auto part = [&](std::string_view key, std::size_t offset, std::size_t length) {
        return d.under(scalar_span(d.sources, d.value(key), offset, length));
    };
    CHECK(part("a", 6, 4) == "text");
    CHECK(part("b", 1, 2) == "\\u00e5");
    CHECK(part("b", 3, 1) == "\\t");
    CHECK(part("b", 4, 1) == "y");
    CHECK(part("c", 2, 1) == "''");
    CHECK(part("c", 3, 1) == "s");
    CHECK(part("d", 4, 3) == "two");
    CHECK(part("e", 3, 2) == "l2");
    CHECK(part("a", 10, 0) == "");
    CHECK(part("g", 0, 1) == "*f");
}

TEST_CASE("readings of YAML 1.1 are told where they are not the text") {
    CHECK(yaml_1_1_reading("0123") == "the number 83");
    CHECK(yaml_1_1_reading("12:30") == "the number 750");
    CHECK(yaml_1_1_reading("no") == "the boolean false");
    CHECK(yaml_1_1_reading("ON") == "the boolean true");
    CHECK(yaml_1_1_reading("+4560747") == "the number 4560747");
    CHECK(yaml_1_1_reading("0x1F") == "the number 31");
    CHECK(yaml_1_1_reading("Null") == "nothing");
    CHECK(yaml_1_1_reading("~") == "nothing");
    CHECK(yaml_1_1_reading("1e3") == "the number 1000");
    CHECK(yaml_1_1_reading("1_000") == "the number 1000");
    CHECK(yaml_1_1_reading("0b1") == "the number 1");
    CHECK(yaml_1_1_reading("1.50") == "the number 1.5");
    CHECK(yaml_1_1_reading(".inf") == "an infinite number");
    CHECK(yaml_1_1_reading("2024-01-01") == "the date 2024-01-01");
    CHECK(yaml_1_1_reading("2024-1-1 10:00:00") == "a date with a time");
    CHECK(yaml_1_1_reading("0x" + std::string(40, 'f')) == "a number");
    for (const char* same : {"9997",
                             "0",
                             "-5",
                             "1.5",
                             "3.0",
                             "true",
                             "false",
                             "nO",
                             "Ward 7",
                             "10.0.0.1",
                             "00:13:d1:80:00:32",
                             "a",
                             "+",
                             "-",
                             "0x",
                             "12:3x",
                             "12:99",
                             "::1",
                             "1:",
                             "e3",
                             "2024-01",
                             "99999999999999999999",
                             ".",
                             "+."}) {
        CAPTURE(same);
        CHECK(!yaml_1_1_reading(same));
    }
}

TEST_CASE("the first key of a document is found without reading the rest") {
    CHECK(first_key("# c\n\n---\ndectprov: 1\nx: [") == "dectprov");
    CHECK(first_key("\"dectprov\" : 1") == "dectprov");
    CHECK(first_key("{dectprov: 1}") == "dectprov");
    CHECK(first_key("%YAML 1.2\r\n--- # x\r\n") == "");
    CHECK(first_key("%YAML 1.2\r\n--- # x\r\ndectprov: 1\r\n") == "dectprov");
    CHECK(first_key("---\t# x\n# y\n\ndectprov: 1\n") == "dectprov");
    CHECK(first_key("--- {dectprov: 1}\n") == "dectprov");
    CHECK(first_key("{\n  \"dectprov\": 1,\n") == "dectprov");
    CHECK(first_key("{ # x\n\t'dectprov':1}\n") == "dectprov");
    CHECK(first_key("\xEF\xBB\xBF"
                    "dectprov: 1\n") == "dectprov");
    CHECK(first_key("---#x\ndectprov: 1\n") == "");
    CHECK(first_key("- a: b") == "- a");
    CHECK(first_key("http://x") == "");
    CHECK(first_key("just text") == "");
    CHECK(first_key("") == "");
}

TEST_CASE("a question mark within plain text of flow style is text") {
    const Document d("{u: https://h/x?a=1, v: [a?, ?b, c ?d e], ? k : w}\n");
    CHECK(d.problems() == "");
    CHECK(d.shape() == "(u=https://h/x?a=1 v=[a? ?b c ?d e] k=w)");
    CHECK(d.under(d.value("u").span) == "https://h/x?a=1");
    CHECK(d.under(d.value("k").span) == "w");
    CHECK(Document("a: x?y\nb: {c: \"?\", d: '?'}\n").shape() == "(a=x?y b=(c='?' d='?'))");
}

TEST_CASE("escapes of JSON and of YAML 1.2 are the characters that they stand for") {
    const Document d(R"(a: "\uD83D\uDE00!"
b: "x\N\_y"
c: "\L\P\/"
d: "\\N"
)");
    CHECK(d.problems() == "");
    CHECK(d.value("a").text == "\xF0\x9F\x98\x80!");
    CHECK(d.value("b").text == "x\xC2\x85\xC2\xA0y");
    CHECK(d.value("c").text == "\xE2\x80\xA8\xE2\x80\xA9/");
    CHECK(d.value("d").text == "\\N");
    CHECK(d.under(d.value("a").span) == "\\uD83D\\uDE00!");
    CHECK(d.under(scalar_span(d.sources, d.value("a"), 4, 1)) == "!");
    CHECK(d.under(scalar_span(d.sources, d.value("b"), 5, 1)) == "y");
    CHECK(Document("a: \"\\uD83D\"\n").problems() != "");
}

TEST_CASE("a line of blanks and tabs alone is an empty line, and a comment may begin with a tab") {
    const Document d("a: 1\n\t\nb:\n  c: 2\n \t \n\t# x\n  d: 3\r\n\t\r\ne: 4\n\t");
    CHECK(d.problems() == "");
    CHECK(d.shape() == "(a=1 b=(c=2 d=3) e=4)");
    CHECK(d.at(d.value("e").span) == "9:4");
    CHECK(Document("a:\n\tb: 1\n").problems() == "2:1 a tab in the indentation");
}

TEST_CASE("a key of flow style may stand on two lines") {
    const Document d("{a\n  : b, \"c\n  d\": e, f g\n  h: 'i\n  j'} # x\n");
    CHECK(d.problems() == "");
    CHECK(d.shape() == "(a=b c d=e f g h='i j')");
    CHECK(d.at(d.value("c d").span) == "3:7");
    CHECK(d.under(d.value("a").span) == "b");
    const Document json("{\n  \"a\": [1, # one\n    2],\n\n  \"b\"\n  :\n  {\"c\": null}\n}\n");
    CHECK(json.problems() == "");
    CHECK(json.shape() == "(a=[1 2] b=(c=null))");
}

TEST_CASE("a key that has run into its value is told, and read as it is meant") {
    const std::string blank = "key: a key without a space after its ':'";
    const std::string equals = "key: a key with '=' instead of ': '";
    const Document flow("{a: 1, check:true, interval=60, x:{y: 1}, z:[1], w:\"t\"}");
    CHECK(flow.shape() == "(a=1 check=true interval=60 x=(y=1) z=[1] w='t')");
    CHECK(flow.problems() ==
          "1:33 " + blank + "; 1:43 " + blank + "; 1:8 " + blank + "; 1:20 " + equals + "; 1:50 " + blank);
    const Document block("s:\n  a:1\n  b: 2\n  c=3\n  d:4\n  e:\n    f: 5\n    g:6\nh:7\r\n");
    CHECK(block.shape() == "(s=(a=1 b=2 c=3 d=4 e=(f=5 g=6)) h=7)");
    CHECK(block.read.problems.size() == 5);
    CHECK(block.under(block.value("h").span) == "7");
    const Document list("l:\n  - a:1\n    b: 2\n  - c: 3\n    d:4\n");
    CHECK(list.shape() == "(l=[(a=1 b=2) (c=3 d=4)])");
    CHECK(list.read.problems.size() == 2);
    const Document top("a:1\nb: |\n  c:2\n\nd:3\n");
    CHECK(top.shape() == "(a=1 b='c:2\n' d=3)");
    CHECK(top.read.problems.size() == 2);
    const Document last("a: 1\nb:2");
    CHECK(last.shape() == "(a=1 b=2)");
    CHECK(last.problems() == "2:1 " + blank);
}

TEST_CASE("texts with a colon in them are no keys that have run into their values") {
    for (const char* text :
         {"{00:13:d1:80:00:32: a}", "00:13:D1:80:00:32:\n", "[http://h, 12:30, a:b]", "{http://h: 1}",
          "a: b:c\n", "a:\n  b:c\n", "\"a:b\":\n", "a: |\n  b:c\n  d: e\n", "{89fed27f-7c47: }"})
        CHECK_MESSAGE(Document(text).problems() == "", std::string(text));
}

TEST_CASE("a tag is told, and a text cut off by a comment is known") {
    const Document d("a: !vault x\nb: !!str 5\nc: !secret\nd: !!map {e: f}\ng: !x [1]\nh: ! y\n");
    const std::string tag = " tag: a YAML tag; dectprov does not interpret tags";
    CHECK(d.problems() == "1:4" + tag + "; 3:4" + tag + "; 5:4" + tag);
    CHECK(d.shape() == "(a='x' b='5' c='' d=(e=f) g=[1] h='y')");
    CHECK(d.value("a").tagged);
    CHECK_FALSE(d.value("b").tagged);
    const Document cut(
        "a: Ward #3\nb: Ward # 3\nc: Ward#3\nd: \"Ward\" #3\ne: Ward #\nf: Ward ### x\ng: W "
        "#dectprov-disable-line x\n");
    std::string keys;
    for (const Yaml::Node& node : cut.read.yaml.nodes) keys += node.cut ? node.key_text : "";
    CHECK(keys == "a");
}
