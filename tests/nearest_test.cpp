// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <random>
#include <string>
#include <vector>

#include "catalog/catalog.hpp"

using namespace dectprov;

namespace {

// The edits as a table says them: what is_near() must agree with.
std::size_t edits(std::string_view a, std::string_view b) {
    std::vector<std::vector<std::size_t>> cost(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i) {
        for (std::size_t j = 0; j <= b.size(); ++j) {
            if (i == 0 || j == 0) {
                cost[i][j] = i + j;
                continue;
            }
            const std::size_t replace = cost[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U);
            cost[i][j] = std::min({cost[i - 1][j] + 1, cost[i][j - 1] + 1, replace});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
            }
        }
    }
    return cost[a.size()][b.size()];
}

}  // namespace

TEST_CASE("slips of the pen are near, other names are not") {
    constexpr std::array<std::array<std::string_view, 2>, 18> near{{{"calwaiting", "callwaiting"},
                                                                    {"nat_keep_alive", "nat_keepalive"},
                                                                    {"dnsmetod", "dnsmethod"},
                                                                    {"blacklist_timout", "blacklist_timeout"},
                                                                    {"displaynam", "displayname"},
                                                                    {"standbytekst", "standbytext"},
                                                                    {"Ipei", "ipei"},
                                                                    {"auth_password", "authpassword"},
                                                                    {"access_code", "accesscode"},
                                                                    {"authpasword", "authpassword"},
                                                                    {"ringing_tonne", "ringing_tone"},
                                                                    {"usr", "user"},
                                                                    {"merge-type", "merge_type"},
                                                                    {"MERGETYPE", "merge_type"},
                                                                    {"statci", "static"},
                                                                    {"d", "D"},
                                                                    {"chek", "check"},
                                                                    {"url", "url"}}};
    for (const auto& pair : near) {
        CAPTURE(pair[0]);
        CHECK(is_near(pair[0], pair[1]));
    }
    constexpr std::array<std::array<std::string_view, 2>, 8> far{{{"zzqqxx", "bootproto"},
                                                                  {"X", "D"},
                                                                  {"lid", "url"},
                                                                  {"authuser", "authpassword"},
                                                                  {"mr", "rfp"},
                                                                  {"", "a"},
                                                                  {"default", "dhcp"},
                                                                  {"users", "suota"}}};
    for (const auto& pair : far) {
        CAPTURE(pair[0]);
        CHECK_FALSE(is_near(pair[0], pair[1]));
    }
}

TEST_CASE("the nearest of several is the one with the fewest edits, the first of equals") {
    constexpr std::array<std::string_view, 4> names{"check", "config", "cota", "users"};
    CHECK(nearest("conig", names) == "config");
    CHECK(nearest("Config", names) == "config");
    CHECK(nearest("user", names) == "users");
    CHECK_FALSE(nearest("firmware", names));
    CHECK_FALSE(nearest("", names));
    constexpr std::array<std::string_view, 2> twins{"key_1", "key_2"};
    CHECK(nearest("key_3", twins) == "key_1");
}

TEST_CASE("nearness agrees with the plain table of edits") {
    std::mt19937 random(7);
    for (int round = 0; round < 20000; ++round) {
        const auto word = [&] {
            std::string text(random() % 20 + 1, 'a');
            for (char& c : text) c = static_cast<char>('a' + random() % 3);
            return text;
        };
        const std::string a = word();
        std::string b = a;
        for (auto change = random() % 6; change > 0 && !b.empty(); --change) {
            const std::size_t at = random() % b.size();
            switch (random() % 4) {
                case 0:
                    b.erase(at, 1);
                    break;
                case 1:
                    b.insert(at, 1, static_cast<char>('a' + random() % 3));
                    break;
                case 2:
                    b[at] = static_cast<char>('a' + random() % 3);
                    break;
                default:
                    if (at + 1 < b.size()) std::swap(b[at], b[at + 1]);
            }
        }
        const std::size_t longer = std::max(a.size(), b.size());
        const bool expected =
            !b.empty() && edits(a, b) <= std::min<std::size_t>(longer / 3, longer < 12 ? 2 : 4);
        CAPTURE(a);
        CAPTURE(b);
        REQUIRE(is_near(a, b) == expected);
    }
}

TEST_CASE("a name of any length is validated at once, and a very long one is near to nothing") {
    std::string name;
    name.resize(10'000'000, 'p');
    CHECK_FALSE(is_near(name, "pin"));
    CHECK_FALSE(is_near("pin", name));
    CHECK_FALSE(is_secret_name(name));
}

TEST_CASE("names of secrets and names near to them are secret") {
    for (const std::string_view name :
         {"authpassword",  "accesscode",   "pin",         "password",  "license",      "authpasword",
          "auth_password", "AuthPassword", "access_code", "acesscode", "licence",      "licenses",
          "license_key",   "LicenceKeys",  "passwort",    "passwd",    "sip-password", "user_pin",
          "pin_code",      "PIN",          "pinn",        "secret",    "admin_pwd"}) {
        CAPTURE(name);
        CHECK(is_secret_name(name));
    }
}

TEST_CASE("names of other settings are not secret") {
    for (const std::string_view name :
         {"username", "authuser", "ipei", "lid", "name", "url", "minimum_pin_length", "in", "min", "bin",
          "line", "displayname", "standbytext", "ping_interval", "opinion", "spinner", "key_1", "",
          "keypad"}) {
        CAPTURE(name);
        CHECK_FALSE(is_secret_name(name));
    }
}
