// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace {

namespace fs = std::filesystem;

// The rooms from the ground up. A file includes what is in its own room or on a lower floor; rooms of one
// floor do not know each other.
const std::map<std::string, int, std::less<>> floors{
    {"source", 0},  {"catalog", 0}, {"diag", 1},     {"doc", 2},       {"model", 3},
    {"load", 4},    {"rules", 4},   {"analysis", 5}, {"output", 4},    {"lint", 6},
    {"compare", 6}, {"device", 7},  {"render", 8},   {"diff", 8},      {"manual", 6},
    {"import", 9},  {"probe", 9},   {"editor", 10},  {"dectprov", 10}, {"apps", 11},
};

struct Exception {
    std::string_view file;
    std::string_view include;
    std::string_view reason;
};

// What breaks the order and why it may.
constexpr std::array<Exception, 0> exceptions{};

struct Include {
    std::string from;  // "lib/rules/users.cpp"
    std::string room;
    std::string target;  // "catalog/param.hpp"
};

std::string room_of(std::string_view include) {
    const std::size_t slash = include.find('/');
    return slash == std::string_view::npos ? "" : std::string(include.substr(0, slash));
}

std::vector<Include> includes() {
    const fs::path root = DECTPROV_ROOT;
    std::vector<Include> found;
    for (const char* top : {"lib", "apps"}) {
        for (const auto& entry : fs::recursive_directory_iterator(root / top)) {
            const std::string extension = entry.path().extension().string();
            if (extension != ".cpp" && extension != ".hpp") continue;
            const std::string from = fs::relative(entry.path(), root).generic_string();
            const std::string room =
                top == std::string_view("apps") ? "apps" : room_of(std::string_view(from).substr(4));
            std::ifstream in(entry.path());
            for (std::string line; std::getline(in, line);) {
                constexpr std::string_view start = "#include \"";
                if (!line.starts_with(start)) continue;
                const std::size_t end = line.find('"', start.size());
                found.push_back(
                    {.from = from, .room = room, .target = line.substr(start.size(), end - start.size())});
            }
        }
    }
    return found;
}

bool excepted(const Include& include) {
    return std::ranges::any_of(exceptions, [&](const Exception& e) {
        return e.file == include.from && e.include == include.target;
    });
}

bool points_down(const Include& include) {
    const std::string target = room_of(include.target);
    if (target.empty()) return include.room == "apps";  // apps/ is included without a folder
    if (target == include.room) return true;
    const auto from = floors.find(include.room);
    const auto to = floors.find(target);
    return from != floors.end() && to != floors.end() && to->second < from->second;
}

}  // namespace

TEST_CASE("every room of lib/ has its floor") {
    for (const auto& entry : fs::directory_iterator(fs::path(DECTPROV_ROOT) / "lib"))
        CHECK_MESSAGE(floors.contains(entry.path().filename().string()), entry.path().string());
}

TEST_CASE("includes point one way, from apps/ down to source/ and catalog/") {
    const std::vector<Include> all = includes();
    REQUIRE(all.size() > 20);
    for (const Include& include : all) {
        if (excepted(include)) continue;
        CHECK_MESSAGE(points_down(include), include.from, " includes ", include.target);
    }
}

TEST_CASE("every exception to the order is still one") {
    const std::vector<Include> all = includes();
    for (const Exception& e : exceptions) {
        const bool used = std::ranges::any_of(all, [&](const Include& include) {
            return include.from == e.file && include.target == e.include && !points_down(include);
        });
        CHECK_MESSAGE(used, e.file, " -> ", e.include);
        CHECK_MESSAGE(!e.reason.empty(), e.file);
    }
}

TEST_CASE("libxml2 and yaml-cpp are included by lib/doc alone") {
    const fs::path root = DECTPROV_ROOT;
    for (const char* top : {"lib", "apps"}) {
        for (const auto& entry : fs::recursive_directory_iterator(root / top)) {
            if (!entry.is_regular_file()) continue;
            const std::string from = fs::relative(entry.path(), root).generic_string();
            // What a fully linked program leaves out of libxml2 is declared by its headers.
            if (from.starts_with("lib/doc/") || from == "apps/static/left_out.cpp") continue;
            std::ifstream in(entry.path());
            for (std::string line; std::getline(in, line);) {
                const bool foreign =
                    line.starts_with("#include <libxml/") || line.starts_with("#include <yaml-cpp/");
                CHECK_MESSAGE(!foreign, from, ": ", line);
            }
        }
    }
}

// What a model lacks and what is misspelt is settled once, in seen() and validated_user(): a rule that looks
// at the tree by itself would validate both again.
TEST_CASE("rules look at settings as seen() shows them") {
    for (const auto& entry : fs::directory_iterator(fs::path(DECTPROV_ROOT) / "lib/rules")) {
        std::ifstream in(entry.path());
        for (std::string line; std::getline(in, line);) {
            for (const std::string_view raw : {"find(entry(", "is_opaque(", "node_at(", " value_at("})
                CHECK_MESSAGE(line.find(raw) == std::string::npos, entry.path().string(), ": ", line);
        }
    }
}
