// SPDX-License-Identifier: MIT
#include "catalog/value_type.hpp"

#include <doctest/doctest.h>

#include <array>
#include <random>
#include <string>

#include "catalog/types.hpp"

using namespace dectprov;

namespace {

constexpr std::string_view words[] = {"disabled", "update", "reboot"};
constexpr std::string_view methods[] = {"static", "dhcp", "disabled"};

struct Good {
    ValueType type;
    std::string_view value;
};

struct Bad {
    ValueType type;
    std::string_view value;
    Fault fault;
    std::size_t begin = 0;
    std::size_t end = std::string_view::npos;  // npos: the end of the value
    std::string_view help = {};                // something the help says; empty: there is none
};

std::string times(std::size_t count, std::string_view piece) {
    std::string text;
    while (count-- > 0) text += piece;
    return text;
}

void expect(const Bad& bad) {
    CAPTURE(token(bad.type.kind));
    CAPTURE(bad.value);
    const auto fault = check(bad.type, bad.value);
    REQUIRE(fault);
    CHECK(fault->fault == bad.fault);
    CHECK(fault->begin == bad.begin);
    CHECK(fault->end == (bad.end == std::string_view::npos ? bad.value.size() : bad.end));
    CHECK_FALSE(fault->expected.empty());
    CAPTURE(fault->help);
    if (bad.help.empty()) CHECK(fault->help.empty());
    CHECK(fault->help.find(bad.help) != std::string::npos);
}

}  // namespace

TEST_CASE("values that a source shows or allows fit their type") {
    const std::string long_name = times(63, "n");
    const std::string umlauts = times(35, "\xc3\xb8");
    const Good all[] = {
        {types::boolean, "true"},
        {types::boolean, "false"},
        {types::integer, "0"},
        {types::integer, "-12"},
        {types::integer, "007"},
        {types::integer, "9223372036854775807"},
        {types::number(1, 9999), "9999"},
        {types::number(-12, 12), "-12"},
        {types::at_least(0), "999999999999"},
        {types::integers, "1,2"},
        {types::integers, "8, 0 ,18"},
        {types::choice(words), "reboot"},
        {types::token, "DD/MM/YYYY"},
        {types::text, "\xe6\x9d\xb1 ward <7>"},
        {types::ipv4, "192.168.0.1"},
        {types::ipv4, "255.255.255.0"},
        {types::host, "0.us.pool.ntp.org"},
        {types::host, "10.0.0.1"},
        {types::host, "pbx_1.example.com."},
        {types::domain, "sip.example.com"},
        {types::domain, "[2001:db8::1]"},
        {types::domain, "[::]"},
        {types::domain, "[::ffff:10.0.0.1]"},
        {types::domain, "12345"},
        {types::url, "example.com"},
        {types::url, "https://prov.example.com/dect"},
        {types::url, "ftp://10.0.0.1/"},
        {types::url, "HTTPS://prov.example.com"},
        {types::url, "http://user:pa:s@s@prov.example.com:8080/a/b/"},
        {types::url, "https://user@prov.example.com"},
        {types::url, "prov.example.com:8080/path"},
        {types::url, "prov.example.com/a?next=http://b@c"},
        {types::url, "tftp://[2001:db8::1]:69/x"},
        {types::time_of_day, "00:00"},
        {types::time_of_day, "23:59"},
        {types::start_time, "immediately"},
        {types::start_time, "05:08"},
        {types::file_name, "kws 6500.bin"},
        {types::sip_name(63), "aZ09-_.!~*()&=+$,;?/"},
        {types::sip_name(63), long_name},
        {types::digits(8), "12345678"},
        {types::text_of(35), umlauts},
        {types::ipei, "00077 0000001"},
        {types::ipei, "000770000001"},
        {types::ipei, "65535 1048575"},
        {types::ipei, "57005 07820687"},
        {types::ipei, "57005 0782068 7"},
        {types::ipei, "570050782068*"},
        {types::lid, "01010000"},
        {types::lid, "08080015"},
        {types::cucm_device, "SEP123456789ABC"},
        {types::cucm_device, "SEP1"},
        {types::licence_keys, "11111AAAA11111"},
        {types::licence_keys, "11111AAAA11111,22222BBBB22222,\n  33333CCCC33333"},
        {types::licence_keys, "a-b_c/d="},
    };
    for (const Good& good : all) {
        CAPTURE(token(good.type.kind));
        CAPTURE(good.value);
        CHECK_FALSE(check(good.type, good.value));
    }
}

TEST_CASE("an empty value fits every type") {
    for (int kind = 0; kind <= static_cast<int>(Kind::licence_keys); ++kind) {
        CHECK_FALSE(check({.kind = static_cast<Kind>(kind), .lowest = 1, .highest = 2, .longest = 1}, ""));
    }
}

TEST_CASE("a value of the wrong type is marked whole") {
    for (const Bad& bad : {
             Bad{types::boolean, "True", Fault::type, 0, std::string_view::npos, "true"},
             Bad{types::boolean, "FALSE", Fault::type, 0, std::string_view::npos, "false"},
             Bad{types::boolean, "yes", Fault::type},
             Bad{types::boolean, "1", Fault::type},
             Bad{types::boolean, "tru", Fault::type, 0, std::string_view::npos, "true"},
             Bad{types::boolean, ">true", Fault::type, 0, std::string_view::npos, "damage"},
             Bad{types::integer, "6o", Fault::type},
             Bad{types::integer, "0x10", Fault::type},
             Bad{types::integer, "1.5", Fault::type},
             Bad{types::integer, "1e3", Fault::type},
             Bad{types::integer, "+5", Fault::type},
             Bad{types::integer, "-", Fault::type},
             Bad{types::integer, "--5", Fault::type},
             Bad{types::integers, "1,,2", Fault::type},
             Bad{types::integers, "1,2,", Fault::type},
             Bad{types::integers, "1;2", Fault::type},
         }) {
        expect(bad);
    }
}

TEST_CASE("a number out of its limits is out of range, however long it is") {
    const std::string long_number = times(400, "9");
    const std::string long_negative = "-" + long_number;
    for (const Bad& bad : {
             Bad{types::number(1, 9999), "0", Fault::range},
             Bad{types::number(1, 9999), "10000", Fault::range},
             Bad{types::number(-12, 12), "-13", Fault::range},
             Bad{types::number(-12, 12), "13", Fault::range},
             Bad{types::at_least(0), "-5", Fault::range},
             Bad{types::at_least(0), "9223372036854775808", Fault::range},
             Bad{types::number(1, 9999), long_number, Fault::range},
             Bad{types::number(1, 9999), long_negative, Fault::range},
             Bad{types::integer, long_number, Fault::range},
             Bad{types::at_least(0), "-0", Fault::range},
             Bad{types::at_least(0), "-1", Fault::range},
             Bad{types::group, "-00100", Fault::range},
         }) {
        expect(bad);
    }
    CHECK(check(types::number(1, 9999), "0")->expected == "a number from 1 to 9999");
}

TEST_CASE("a word that is not among the choices gets the nearest one") {
    for (const Bad& bad : {
             Bad{types::choice(words), "updat", Fault::choice, 0, std::string_view::npos, "'update'"},
             Bad{types::choice(words), "Update", Fault::choice, 0, std::string_view::npos, "'update'"},
             Bad{types::choice(words), "never", Fault::choice},
             Bad{types::choice(methods), "statik", Fault::choice, 0, std::string_view::npos, "'static'"},
             Bad{types::choice(methods), "staic", Fault::choice, 0, std::string_view::npos, "'static'"},
             Bad{types::choice(methods), "default", Fault::choice},
         }) {
        expect(bad);
    }
    CHECK(check(types::choice(methods), "default")->expected == "static, dhcp or disabled");
}

TEST_CASE("length counts characters, not bytes") {
    const std::string long_name = times(64, "n");
    const std::string umlauts = times(36, "\xc3\xb8");
    for (const Bad& bad : {
             Bad{types::sip_name(63), long_name, Fault::length},
             Bad{types::digits(8), "123456789", Fault::length},
             Bad{types::text_of(12), "9123456789012", Fault::length},
             Bad{types::text_of(35), umlauts, Fault::length},
         }) {
        expect(bad);
    }
    CHECK(check(types::digits(8), "123456789")->expected == "at most 8 digits");
}

TEST_CASE("a character that does not belong is marked alone and as a whole") {
    const std::string long_and_wrong = times(64, "n") + "#";
    const std::string long_and_doubtful = "o'" + times(64, "n");
    for (const Bad& bad : {
             Bad{types::sip_name(63), "ab#cd@", Fault::charset, 2, 3},
             Bad{types::sip_name(63), "ab\xe6\x9d\xb1", Fault::charset, 2, 5},
             Bad{types::sip_name(63), "x\xf0\x9f\x93\x9e!", Fault::charset, 1, 5},
             Bad{types::sip_name(63), "back up", Fault::charset, 4, 5},
             Bad{types::sip_name(63), "o'n#", Fault::charset, 3, 4},
             Bad{types::sip_name(63), long_and_wrong, Fault::charset, 64, 65},
             Bad{types::sip_name(63), long_and_doubtful, Fault::length},
             Bad{types::sip_name(63), "o'neill's", Fault::charset_doubtful, 1, 2, "RFC 3261"},
             Bad{types::digits(8), "123x4567", Fault::charset, 3, 4},
             Bad{types::digits(8), "1234 567890", Fault::charset, 4, 5},
             Bad{types::digits(8), "\xd9\xa1", Fault::charset, 0, 2},
         }) {
        expect(bad);
    }
}

TEST_CASE("a value that is not in form is marked whole") {
    const std::string long_label = times(64, "a") + ".com";
    for (const Bad& bad : {
             Bad{types::ipei, "00077 000011", Fault::format},
             Bad{types::ipei, "00077-0001234", Fault::format},
             Bad{types::ipei, "0007 70001234", Fault::format},
             Bad{types::ipei, "00077  0001234", Fault::format},
             Bad{types::ipei, "0A077 0001234", Fault::format},
             Bad{types::ipei, "00077 00012341*", Fault::format},
             Bad{types::ipei, "00077 0001234  1", Fault::format},
             Bad{types::ipei, "00077 0001234x", Fault::format},
             Bad{types::ipei, "77 1234", Fault::format},
             Bad{types::ipei, "65536 0000001", Fault::format},
             Bad{types::ipei, "00077 1048576", Fault::format},
             Bad{types::lid, "01090000", Fault::format},
             Bad{types::lid, "00010000", Fault::format},
             Bad{types::lid, "01010016", Fault::format},
             Bad{types::lid, "0101000", Fault::format},
             Bad{types::lid, "1-1-0", Fault::format},
             Bad{types::url, "htps://prov.example.com", Fault::format, 0, std::string_view::npos, "http"},
             Bad{types::url, "https//prov.example.com/x", Fault::format, 0, std::string_view::npos,
                 "https://"},
             Bad{types::url, "FTP//prov.example.com", Fault::format, 0, std::string_view::npos, "ftp://"},
             Bad{types::url, "gopher://prov.example.com", Fault::format},
             Bad{types::url, "https://", Fault::format},
             Bad{types::url, "https:///dect", Fault::format},
             Bad{types::url, "https://prov.example.com:port/x", Fault::format},
             Bad{types::url, "https://prov.example.com:99999/", Fault::format},
             Bad{types::url, "https://prov.example.com:0/", Fault::format},
             Bad{types::url, "https://prov.example.com:/", Fault::format},
             Bad{types::url, "https://prov example.com/", Fault::format},
             Bad{types::url, "https://user:@", Fault::format},
             Bad{types::url, "https://:secret@host", Fault::format},
             Bad{types::url, "tftp://[2001:db8::1", Fault::format},
             Bad{types::url, "/dect", Fault::format},
             Bad{types::ipv4, "256.1.1.1", Fault::format},
             Bad{types::ipv4, "1.2.3", Fault::format},
             Bad{types::ipv4, "1.2.3.4.5", Fault::format},
             Bad{types::host, "10.0.0.256", Fault::format},
             Bad{types::host, long_label, Fault::format},
             Bad{types::domain, "sip..example.com", Fault::format},
             Bad{types::domain, "sip example.com", Fault::format},
             Bad{types::domain, "sip.exam_ple!.com", Fault::format},
             Bad{types::domain, "-.com", Fault::format},
             Bad{types::domain, "example.com:5060", Fault::format},
             Bad{types::domain, "[2001:db8::1]:5060", Fault::format},
             Bad{types::domain, "[1::2::3]", Fault::format},
             Bad{types::domain, "[1:2:3:4:5:6:7]", Fault::format},
             Bad{types::domain, "[1:2:3:4:5:6:7:8:9]", Fault::format},
             Bad{types::domain, "[::1", Fault::format},
             Bad{types::time_of_day, "24:00", Fault::format},
             Bad{types::time_of_day, "7:05", Fault::format},
             Bad{types::time_of_day, "07:60", Fault::format},
             Bad{types::time_of_day, "0705", Fault::format},
             Bad{types::time_of_day, "07:05:00", Fault::format},
             Bad{types::time_of_day, "immediately", Fault::format},
             Bad{types::start_time, "now", Fault::format},
             Bad{types::start_time, "Immediately", Fault::format, 0, std::string_view::npos, "'immediately'"},
             Bad{types::start_time, "23.59", Fault::format},
             Bad{types::cucm_device, "SIP123456789ABC", Fault::format},
             Bad{types::cucm_device, "SEP", Fault::format},
             Bad{types::cucm_device, "SEP1234 6789ABC", Fault::format},
             Bad{types::cucm_device, "sep123456789ABC", Fault::format},
             Bad{types::licence_keys, "11111 22222", Fault::format},
             Bad{types::licence_keys, "11111,,22222", Fault::format},
             Bad{types::licence_keys, "11111,", Fault::format},
             Bad{types::licence_keys, "11111\n22222", Fault::format},
         }) {
        expect(bad);
    }
}

TEST_CASE("no fault repeats a secret or tells how long it is") {
    const auto length = check(types::text_of(35), times(36, "x"));
    CHECK(length->expected == "at most 35 characters");
    CHECK(length->help.empty());
    const auto url = check(types::url, "https://user:hunter2@host:bad");
    CHECK(url->expected.find("hunter2") == std::string::npos);
    CHECK(url->help.find("hunter2") == std::string::npos);
    const auto keys = check(types::licence_keys, "hunter2 hunter3");
    CHECK(keys->expected.find("hunter") == std::string::npos);
    CHECK(keys->help.empty());
}

TEST_CASE("the check character of an IPEI is the weighted sum modulo 11") {
    CHECK(ipei_check_character("570050782068") == '7');
    CHECK(ipei_check_character("000770000001") == '9');
    CHECK(ipei_check_character("000770000002") == '*');
    CHECK(ipei_check_character("000770000003") == '0');
}

TEST_CASE("an IPEI is one number however it is written") {
    CHECK(parse_ipei("00077 0000001")->number == 770000001);
    CHECK(parse_ipei("000770000001")->number == 770000001);
    CHECK(parse_ipei("00077 0000001 9")->number == 770000001);
    CHECK(parse_ipei("65535 1048575")->number == 655351048575);
    CHECK(parse_ipei("00077 0000001")->check == 0);
    CHECK(parse_ipei("0007700000028")->check == '8');
    CHECK(parse_ipei("00077 0000002 *")->check == '*');
    CHECK_FALSE(parse_ipei(""));
}

TEST_CASE("a URL falls into its parts") {
    const auto url = parse_url("https://user:p@ss@prov.example.com:8443/dect/?a=b");
    REQUIRE(url);
    CHECK(url->protocol == "https");
    CHECK(url->user == "user");
    CHECK(url->password == "p@ss");
    CHECK(url->host == "prov.example.com");
    CHECK(url->port == "8443");
    CHECK(url->path == "/dect/?a=b");

    const auto bare = parse_url("prov.example.com");
    REQUIRE(bare);
    CHECK(bare->protocol.empty());
    CHECK(bare->password.empty());
    CHECK(bare->host == "prov.example.com");
    CHECK(bare->path.empty());
}

TEST_CASE("every kind has a name of its own and says what it takes") {
    for (int number = 0; number <= static_cast<int>(Kind::licence_keys); ++number) {
        const auto kind = static_cast<Kind>(number);
        CHECK(find_kind(token(kind)) == kind);
        CHECK_FALSE(describe({.kind = kind, .choices = words}).empty());
    }
    CHECK_FALSE(find_kind("colour"));
    CHECK(describe(types::number(1, 9999)) == "a number from 1 to 9999");
    CHECK(describe(types::at_least(0)) == "a number of at least 0");
    CHECK(describe(types::boolean) == "true or false");
}

TEST_CASE("a fault lies inside the value, whatever the bytes are") {
    std::mt19937 random(20240607);
    constexpr std::string_view likely = "0123456789:.,-*/@[]# >'\xc3\xb8\xff\x80\xf0SEPtruehp";
    for (int round = 0; round < 60000; ++round) {
        // Of exactly its size, so that a sanitizer sees a read behind it.
        std::vector<char> bytes(random() % 24 + 1);
        for (char& byte : bytes) {
            byte = random() % 4 == 0 ? static_cast<char>(random() % 256) : likely[random() % likely.size()];
        }
        const std::string_view value(bytes.data(), bytes.size());
        for (int kind = 0; kind <= static_cast<int>(Kind::licence_keys); ++kind) {
            const ValueType type{.kind = static_cast<Kind>(kind),
                                 .lowest = -12,
                                 .highest = 12,
                                 .longest = static_cast<std::uint32_t>(random() % 9),
                                 .choices = words};
            const auto fault = check(type, value);
            if (!fault) continue;
            REQUIRE(fault->begin < fault->end);
            REQUIRE(fault->end <= value.size());
        }
    }
}
