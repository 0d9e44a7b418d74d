// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <string>

#include "source/encoding.hpp"

using namespace dectprov;

namespace {

constexpr std::string_view bad_character = "\xEF\xBF\xBD";

std::string utf16(std::u16string_view text, bool big, bool mark) {
    std::string bytes;
    const auto put = [&](char16_t unit) {
        const auto high = static_cast<char>(unit >> 8);
        const auto low = static_cast<char>(unit & 0xff);
        bytes += big ? high : low;
        bytes += big ? low : high;
    };
    if (mark) put(u'\xFEFF');
    for (const char16_t unit : text) put(unit);
    return bytes;
}

}  // namespace

TEST_CASE("UTF-8 is taken as it is, in the same memory") {
    std::string bytes = "<a>ø東\U0001F4DE</a> and enough of it to be no small string";
    const std::string copy = bytes;
    const char* const memory = bytes.data();
    const Decoded decoded = decode_xml(std::move(bytes));
    CHECK(decoded.text == copy);
    CHECK(decoded.text.data() == memory);
    CHECK(decoded.utf8);
    CHECK_FALSE(decoded.bad);
    CHECK_FALSE(decoded.byte_order_mark);
    CHECK(decoded.encoding == "UTF-8");
}

TEST_CASE("a byte order mark of UTF-8 is taken off and told") {
    for (auto* decode : {decode_xml, decode_text}) {
        const Decoded decoded = decode("\xEF\xBB\xBF<a/>");
        CHECK(decoded.text == "<a/>");
        CHECK(decoded.byte_order_mark);
        CHECK(decoded.utf8);
        CHECK_FALSE(decoded.bad);
    }
}

TEST_CASE("bytes that are not UTF-8 become U+FFFD, and the first is named") {
    for (const std::string wrong :
         {"\xFF", "\x80", "\xC0\xAF", "\xC3", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xF8"}) {
        CAPTURE(wrong);
        const Decoded decoded = decode_xml("<a>\xC3\xB8 and so on " + wrong + "</a>\xFF");
        REQUIRE(decoded.bad);
        CHECK(*decoded.bad == 16);
        CHECK(decoded.text.substr(*decoded.bad).starts_with(bad_character));
        CHECK(decoded.text.find("</a>") != std::string::npos);
        CHECK(decoded.text.ends_with(bad_character));
        CHECK(decoded.problem == "bytes that are not UTF-8");
        CHECK_FALSE(decoded.utf8);
    }
}

TEST_CASE("every border of UTF-8's sequences is on the right side") {
    for (const std::string good : {"\x7F", "\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF",
                                   "\xEE\x80\x80", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"}) {
        CHECK_FALSE(decode_xml("a" + good + "b").bad);
    }
}

TEST_CASE("a wrong byte is found at every offset within a word and within several") {
    for (const std::size_t size : {40U, 64U, 150U}) {
        for (std::size_t i = 0; i < size; ++i) {
            std::string bytes(size, 'a');
            bytes[i] = '\xFF';
            CHECK(decode_text(bytes).bad == i);
        }
        CHECK_FALSE(decode_text(std::string(size, 'a')).bad);
    }
}

TEST_CASE("UTF-16 is known by its byte order mark and without one by its first characters") {
    for (const bool big : {false, true}) {
        for (const bool mark : {false, true}) {
            const Decoded decoded =
                decode_xml(utf16(u"<?xml version='1.0' encoding='UTF-16'?><a>ø\U0001F4DE</a>", big, mark));
            CHECK(decoded.text == "<?xml version='1.0' encoding='UTF-16'?><a>ø\U0001F4DE</a>");
            CHECK(decoded.byte_order_mark == mark);
            CHECK(decoded.encoding == (big ? "UTF-16BE" : "UTF-16LE"));
            CHECK_FALSE(decoded.utf8);
            CHECK_FALSE(decoded.bad);
        }
    }
    CHECK(decode_text(utf16(u"dectprov: 1\n", true, true)).text == "dectprov: 1\n");
}

TEST_CASE("half a surrogate pair and half a unit are wrong bytes of UTF-16") {
    const Decoded half = decode_xml(utf16(u"<a>", false, true) + "\x3D\xD8" + utf16(u"b</a>", false, false));
    CHECK(half.bad == 3);
    CHECK(half.text == "<a>" + std::string(bad_character) + "b</a>");
    CHECK(half.problem == "bytes that are not UTF-16LE");
    const Decoded odd = decode_xml(utf16(u"<a/>", true, true) + "\x01");
    CHECK(odd.bad == 4);
    CHECK(odd.text == "<a/>" + std::string(bad_character));
}

TEST_CASE("a declaration in wide characters that names an encoding of narrow ones is wrong at the name") {
    for (const bool mark : {true, false}) {
        CAPTURE(mark);
        const Decoded decoded = decode_xml(utf16(u"<?xml version='1.0' encoding='utf-8'?><a/>", false, mark));
        CHECK(decoded.bad == 30);
        CHECK(decoded.problem == "the declaration says utf-8, but the bytes are UTF-16LE");
        CHECK(decoded.text == "<?xml version='1.0' encoding='utf-8'?><a/>");
        CHECK_FALSE(decode_xml(utf16(u"<?xml version='1.0' encoding='UCS-2'?><a/>", true, mark)).bad);
        CHECK_FALSE(decode_xml(utf16(u"<?xml version='1.0' encoding='klingon'?><a/>", true, mark)).bad);
        CHECK_FALSE(decode_xml(utf16(u"<?xml version='1.0'?><a/>", true, mark)).bad);
    }
}

TEST_CASE("a declared encoding is used where the bytes have no mark") {
    const Decoded decoded = decode_xml("<?xml version=\"1.0\" encoding = 'ISO-8859-1' ?><a>J\xF8rgen</a>");
    CHECK(decoded.text == "<?xml version=\"1.0\" encoding = 'ISO-8859-1' ?><a>Jørgen</a>");
    CHECK(decoded.encoding == "ISO-8859-1");
    CHECK_FALSE(decoded.utf8);
    CHECK_FALSE(decoded.bad);
    CHECK(decode_xml("<?xml version='1.0' encoding='windows-1252'?>\x80").text.ends_with("€"));
}

TEST_CASE("a file in another encoding may be of any length") {
    std::string bytes = "<?xml version='1.0' encoding='latin1'?>";
    std::string text = bytes;
    for (int i = 0; i < 100'000; ++i) {
        bytes += "\xE6";
        text += "æ";
    }
    CHECK(decode_xml(bytes).text == text);
}

TEST_CASE("UTF-8 by its name in any case is UTF-8, in the spelling of the file") {
    for (const std::string name : {"utf-8", "Utf-8", "UTF8"}) {
        const Decoded decoded = decode_xml("<?xml version='1.0' encoding='" + name + "'?><a>ø</a>");
        CHECK(decoded.utf8);
        CHECK(decoded.encoding == name);
    }
}

TEST_CASE("an encoding that nobody knows is wrong at its name") {
    for (const std::string name :
         {"klingon-7", "latin1//IGNORE", "-", "INTERNAL", "UCS-4", "UTF-16", "UTF-32"}) {
        CAPTURE(name);
        const Decoded decoded = decode_xml("<?xml version='1.0' encoding='" + name + "'?><a>ø</a>");
        CHECK(decoded.bad == 30);
        CHECK_FALSE(decoded.problem.empty());
        CHECK(decoded.text == "<?xml version='1.0' encoding='" + name + "'?><a>ø</a>");
    }
}

TEST_CASE("bytes that the declared encoding has no character for are wrong") {
    const Decoded decoded = decode_xml("<?xml version='1.0' encoding='US-ASCII'?><a>\xF8</a>");
    CHECK(decoded.bad == 44);
    CHECK(decoded.problem == "bytes that are not US-ASCII");
    CHECK(decoded.text.ends_with("<a>" + std::string(bad_character) + "</a>"));
}

TEST_CASE("what looks like a declaration further down is none") {
    CHECK_FALSE(decode_xml("<a><!-- encoding='klingon' --></a>").bad);
    CHECK_FALSE(decode_xml(" <?xml encoding='klingon'?>").bad);
    CHECK_FALSE(decode_xml("<?xml version='1.0'?><?pi encoding='klingon'?>").bad);
    CHECK_FALSE(decode_text("<?xml version='1.0' encoding='klingon'?>").bad);
}
