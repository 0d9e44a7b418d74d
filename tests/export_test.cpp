// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <re2/re2.h>

#include <optional>

#include <string>
#include <string_view>

#include "catalog/catalog.hpp"
#include "catalog/export.hpp"
#include "catalog/value_type.hpp"
#include "load/schemas.hpp"

using dectprov::Catalog;
using dectprov::EntryId;
using dectprov::Fault;
using dectprov::Kind;
using dectprov::ValueType;

namespace {

// Values of every form, right and wrong ones.
constexpr std::string_view samples[] = {"true",
                                        "false",
                                        "True",
                                        "0",
                                        "1",
                                        "-1",
                                        "-12",
                                        "12",
                                        "13",
                                        "60",
                                        "9999",
                                        "10000",
                                        "007",
                                        "1,2",
                                        "1, 2,3",
                                        "a",
                                        "a b",
                                        "9997",
                                        "o'neill",
                                        "x@y",
                                        "a.b-c_d!~*()&=+$,;?/",
                                        "00077 0000001",
                                        "000770000001",
                                        "00077 0000001 9",
                                        "00077 00000019",
                                        "0007700000019",
                                        "00077 0000002*",
                                        "00077 000001",
                                        "65535 1048575",
                                        "65536 0000000",
                                        "12:30",
                                        "00:00",
                                        "23:59",
                                        "24:00",
                                        "5:08",
                                        "05:8",
                                        "immediately",
                                        "dhcp",
                                        "static",
                                        "disabled",
                                        "update",
                                        "reboot",
                                        "low",
                                        "medium",
                                        "high",
                                        "D",
                                        "S",
                                        "A",
                                        "d",
                                        "01010000",
                                        "08080015",
                                        "01010016",
                                        "09010000",
                                        "SEP123456789ABC",
                                        "SEP12345",
                                        "sep123456789abc",
                                        "12345678",
                                        "123456789",
                                        "kws.bin",
                                        "http://a/b",
                                        "ftp://u:p@host/",
                                        "host",
                                        "10.0.0.1",
                                        "999.1.1.1",
                                        "[::1]:5060",
                                        "example.com:5060",
                                        "æøå",
                                        "aaaaaaaaaaaaa",
                                        "off",
                                        "5",
                                        "0_dB",
                                        "english",
                                        "merge"};

}  // namespace

// A schema that refuses what lint takes would have the editor contradict the tool.
TEST_CASE("what a type takes, its pattern takes") {
    const Catalog& catalog = Catalog::builtin();
    for (std::size_t i = 0; i < catalog.size(); ++i) {
        const auto id = static_cast<EntryId>(i);
        const ValueType& type = catalog.type(id);
        const std::string form = dectprov::pattern(type);
        if (catalog.is_section(id) || form.empty()) continue;
        const re2::RE2 regex(form);
        for (const std::string_view sample : samples) {
            const auto fault = dectprov::check(type, sample);
            if (fault && fault->fault != Fault::charset_doubtful) continue;
            CHECK_MESSAGE(re2::RE2::FullMatch(std::string(sample), regex), catalog.path(id), ": ", sample,
                          " against ", form);
        }
    }
}

TEST_CASE("a pattern refuses what is wrong by its form alone") {
    const auto matches = [](const ValueType& type, const char* text) {
        return re2::RE2::FullMatch(text, dectprov::pattern(type));
    };
    CHECK_FALSE(matches({.kind = Kind::boolean}, "yes"));
    CHECK_FALSE(matches({.kind = Kind::integer}, "6o"));
    CHECK_FALSE(matches({.kind = Kind::integer, .lowest = 1, .highest = 9}, "-1"));
    CHECK_FALSE(matches({.kind = Kind::sip_name, .longest = 3}, "abcd"));
    CHECK_FALSE(matches({.kind = Kind::sip_name, .longest = 3}, "a b"));
    CHECK_FALSE(matches({.kind = Kind::ipei}, "00077 000001"));
    CHECK_FALSE(matches({.kind = Kind::time_of_day}, "24:00"));
    CHECK_FALSE(matches({.kind = Kind::lid}, "01090000"));
}

TEST_CASE("a schema says what a parameters file adds") {
    Catalog catalog;
    CHECK(catalog.add({.path = "sip.newthing", .kind = Kind::integer, .summary = "Added <here>"}).empty());
    const std::string text = dectprov::xsd(catalog, "config", std::nullopt);
    CHECK(text.find("<xs:element name=\"newthing\" minOccurs=\"0\">") != std::string::npos);
    CHECK(text.find("Added &lt;here&gt;") != std::string::npos);
    CHECK(dectprov::site_schema(catalog).find("\"newthing\"") != std::string::npos);
}

TEST_CASE("the XSD of a model is without what the model does not have") {
    const std::string of_200 = dectprov::xsd(Catalog::builtin(), "config", dectprov::Model::s200);
    CHECK(of_200.find("\"mr\"") == std::string::npos);
    CHECK(of_200.find("merge_type") != std::string::npos);
    const std::string of_8000 = dectprov::xsd(Catalog::builtin(), "config", dectprov::Model::s8000);
    CHECK(of_8000.find("merge_type") == std::string::npos);
    CHECK(dectprov::xsd(Catalog::builtin(), "config", std::nullopt).find("\"mr\"") != std::string::npos);
}
