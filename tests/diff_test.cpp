// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <random>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "analyse.hpp"
#include "compare/users.hpp"
#include "compare/values.hpp"
#include "diff/diff_format.hpp"
#include "diff/fold.hpp"
#include "diff/wrap.hpp"
#include "json_schema.hpp"
#include "load/config_file.hpp"
#include "rules/families.hpp"

using namespace dectprov;

namespace {

constexpr const char* mac = "0013d1800032";
using Fields = std::map<std::string, std::string>;

// A server as a test thinks of it: settings by path, users by IPEI, groups by number.
struct World {
    Fields config;
    std::map<std::string, Fields> users;
    std::map<std::uint32_t, Fields> groups;

    friend bool operator==(const World&, const World&) = default;
};

// Pseudo-random, the same on every machine.
class Dice {
public:
    explicit Dice(std::uint32_t seed) : engine_(seed) {}
    std::uint32_t below(std::uint32_t limit) { return static_cast<std::uint32_t>(engine_() % limit); }
    bool one_in(std::uint32_t limit) { return below(limit) == 0; }
    template <class All>
    const auto& pick(const All& all) {
        return all[below(static_cast<std::uint32_t>(all.size()))];
    }

private:
    std::mt19937 engine_;
};

const std::vector<std::string> config_paths{"sip.dtmf.duration", "sip.callwaiting",
                                            "network.domain",    "provisioning.check.interval",
                                            "vendor.extra",      "sip.dnsmethod"};
const std::vector<std::string> user_fields{"displayname", "standbytext", "configgroup", "odd"};
const std::vector<std::string> group_paths{"data.ringing_volume.volume", "data.language.set", "info.version"};
const std::vector<std::string> texts{"1",   "2", "300", "true", "Solveig & <Rank>", "\u00e6\u00f8\u00e5",
                                     "a  b"};

// The value of an element that nobody knows is shown where it tells nothing.
const std::string& value_of(const std::string& path, Dice& dice) {
    static const std::vector<std::string> harmless(texts.begin(), texts.begin() + 4);
    return dice.pick(path == "vendor.extra" || path == "odd" ? harmless : texts);
}

World random_world(Dice& dice) {
    World world;
    // What a server does not fetch is no change.
    for (const char* const kind : {"users", "cota"})
        world.config[std::string("provisioning.") + kind + ".check"] = "true";
    for (const std::string& path : config_paths) {
        if (!dice.one_in(3)) world.config[path] = value_of(path, dice);
    }
    for (std::uint32_t i = 0; i < 5; ++i) {
        if (dice.one_in(4)) continue;
        Fields& user = world.users["00077 000000" + std::to_string(i)];
        user["username"] = "70" + std::to_string(i) + (dice.one_in(4) ? "x" : "");
        for (const std::string& field : user_fields) {
            if (!dice.one_in(3)) user[field] = value_of(field, dice);
        }
    }
    for (const std::uint32_t number : {100U, 101U}) {
        if (dice.one_in(3)) continue;
        Fields& group = world.groups[number];
        group["info.group"] = std::to_string(number);
        for (const std::string& path : group_paths) {
            if (!dice.one_in(3)) group[path] = dice.pick(texts);
        }
    }
    return world;
}

std::string escaped(const std::string& text, Dice& dice) {
    if (dice.one_in(4) && text.find("]]>") == std::string::npos) return "<![CDATA[" + text + "]]>";
    std::string out;
    for (const char c : text) {
        if (c == '&') {
            out += dice.one_in(2) ? "&amp;" : "&#38;";
        } else if (c == '<') {
            out += dice.one_in(2) ? "&lt;" : "&#x3c;";
        } else {
            out += c;
        }
    }
    return out;
}

template <class All>
void shuffle(All& all, Dice& dice) {
    for (std::size_t i = all.size(); i > 1; --i)
        std::swap(all[i - 1], all[dice.below(static_cast<std::uint32_t>(i))]);
}

std::string blank(Dice& dice) {
    static const std::vector<std::string> blanks{
        "", "\n", "  ", "\r\n\t", "<!-- a comment -->", "\n<!-- <sip> -->\n"};
    return dice.pick(blanks);
}

// Elements of paths that share their first names, in any order.
std::string elements(const Fields& fields, Dice& dice) {
    std::map<std::string, Fields> below;
    std::vector<std::string> parts;
    for (const auto& [path, value] : fields) {
        const std::size_t dot = path.find('.');
        if (dot == std::string::npos) {
            parts.push_back("<" + path + ">" + escaped(value, dice) + "</" + path + ">");
        } else {
            below[path.substr(0, dot)][path.substr(dot + 1)] = value;
        }
    }
    for (const auto& [name, rest] : below)
        parts.push_back("<" + name + ">" + elements(rest, dice) + "</" + name + " >");
    shuffle(parts, dice);
    std::string out = blank(dice);
    for (const std::string& part : parts) out += part + blank(dice);
    return out;
}

// UTF-8, with or without a mark, or UTF-16.
std::string encoded(const std::string& body, Dice& dice) {
    const std::uint32_t way = dice.below(3);
    if (way == 0) return "<?xml version='1.0' encoding='UTF-8' standalone=\"yes\"?>\n" + body;
    if (way == 1) return "\xef\xbb\xbf" + body;
    std::string out = "\xff\xfe";
    for (std::size_t i = 0; i < body.size(); ++i) {
        const auto byte = static_cast<unsigned char>(body[i]);
        const bool two = byte >= 0x80;
        const unsigned value =
            two ? ((byte & 0x1fU) << 6U) | (static_cast<unsigned char>(body[++i]) & 0x3fU) : byte;
        out += static_cast<char>(value & 0xffU);
        out += static_cast<char>(value >> 8U);
    }
    return out;
}

void write(Files& files, const std::string& folder, const World& world, Dice& dice) {
    const std::string start = folder + "/" + mac;
    files.lay_over(start + "-config.xml",
                   encoded("<config>" + elements(world.config, dice) + "</config>", dice));
    std::vector<std::string> users;
    for (const auto& [ipei, fields] : world.users) {
        Fields all = fields;
        all["ipei"] = ipei;
        users.push_back("<user>" + elements(all, dice) + "</user>");
    }
    shuffle(users, dice);
    std::string list;
    for (const std::string& user : users) list += user + blank(dice);
    files.lay_over(start + "-users.xml", encoded("<users>" + list + "</users>", dice));
    for (const auto& [number, fields] : world.groups) {
        files.lay_over(start + "-handset_config_group_" + std::to_string(number) + ".xml",
                       encoded("<cota>" + elements(fields, dice) + "</cota>", dice));
    }
}

// In one way, so that what says the same is the same.
void write_plain(Files& files, const std::string& folder, const World& world, const std::string& behind) {
    const std::string start = folder + "/" + mac;
    const auto body = [](const Fields& fields) {
        Dice dice(1);
        return elements(fields, dice);
    };
    files.lay_over(start + "-config.xml", "<config>" + body(world.config) + "</config>" + behind);
    std::string list;
    for (const auto& [ipei, fields] : world.users) {
        Fields all = fields;
        all["ipei"] = ipei;
        list += "<user>" + body(all) + "</user>";
    }
    files.lay_over(start + "-users.xml", "<users>" + list + "</users>" + behind);
    for (const auto& [number, fields] : world.groups) {
        files.lay_over(start + "-handset_config_group_" + std::to_string(number) + ".xml",
                       "<cota>" + body(fields) + "</cota>" + behind);
    }
}

Comparison compare_folders(const Files& files, const std::string& before = "old",
                           const std::string& after = "new", unsigned threads = 1) {
    ConfigFiles configs(files, std::nullopt, true, {.find = find_rule, .all = all_rules()});
    const auto side = [&](const std::string& folder) {
        return analyse::Side{
            .files = files, .inputs = find_inputs(files, {folder}, {}, configs), .root = folder};
    };
    return analyse::compare(side(before), side(after), threads);
}

Comparison compare_worlds(const World& before, const World& after, Dice& dice) {
    Files files = Files::memory();
    write(files, "old", before, dice);
    write(files, "new", after, dice);
    return compare_folders(files);
}

// What a change says, made.
void apply(const Change& change, const World& after, World& to) {
    const auto set = [&](Fields& fields, const std::string& path) {
        if (change.after) {
            fields[path] = *change.after;
        } else {
            fields.erase(path);
        }
    };
    if (change.role == Role::config) {
        set(to.config, change.path);
        return;
    }
    if (change.role == Role::group) {
        if (!change.path.empty()) {
            set(to.groups[change.group], change.path);
        } else if (change.kind == ChangeKind::removed) {
            to.groups.erase(change.group);
        } else {
            for (const auto& [path, value] : change.fields) to.groups[change.group][path] = value;
        }
        return;
    }
    REQUIRE(change.role == Role::users);
    if (change.pattern == "user[]") {
        Fields fields(change.fields.begin(), change.fields.end());
        const std::string ipei = fields["ipei"];
        fields.erase("ipei");
        if (change.kind == ChangeKind::removed) {
            to.users.erase(ipei);
        } else {
            to.users[ipei] = fields;
        }
        return;
    }
    // A user is named by what it is called now.
    const auto user = std::ranges::find_if(
        after.users, [&](const auto& one) { return one.second.at("username") == change.user; });
    REQUIRE(user != after.users.end());
    set(to.users[user->first], change.pattern.substr(std::string_view("user[].").size()));
}

// A small tree of two servers to see things in.
Files small_fleet() {
    Files files = Files::memory();
    for (const std::string& folder : {std::string("old/"), std::string("new/")}) {
        for (const std::string& one : {std::string("0013d1800001"), std::string("0013d1800002")}) {
            const std::string value = folder == "new/" ? "301" : "270";
            files.lay_over(folder + one + "-config.xml",
                           "<config><sip><dtmf><duration>" + value + "</duration></dtmf></sip></config>");
        }
    }
    return files;
}

template <class Print>
std::string printed(const Comparison& comparison, Print print, const DiffPrintOptions& options = {}) {
    std::ostringstream out;
    print(out, comparison, options);
    return std::move(out).str();
}

}  // namespace

TEST_CASE("nothing differs exactly where the records are equal, whatever the order and the encoding") {
    for (std::uint32_t seed = 0; seed < 150; ++seed) {
        CAPTURE(seed);
        Dice dice(seed);
        const World before = random_world(dice);
        const World after = dice.one_in(2) ? before : random_world(dice);
        const Comparison comparison = compare_worlds(before, after, dice);
        CHECK(comparison.failures.empty());
        CHECK(comparison.servers.empty() == (before == after));
    }
}

TEST_CASE("what is reported, made, turns the old state into the new one") {
    for (std::uint32_t seed = 1000; seed < 1150; ++seed) {
        CAPTURE(seed);
        Dice dice(seed);
        World world = random_world(dice);
        const World after = random_world(dice);
        const Comparison comparison = compare_worlds(world, after, dice);
        for (const ServerDiff& server : comparison.servers) {
            for (const Change& change : server.changes) apply(change, after, world);
        }
        CHECK(world == after);
    }
}

// What is the same on both sides byte for byte is not read; a blank line behind it has it read all the same.
TEST_CASE("what is left out because it is the same changes nothing that is said") {
    const std::vector<std::string> groups{"100", "101"};
    const std::string list_name = std::string("/") + mac + "-handset_config_list.ver";
    std::size_t moves = 0;
    for (std::uint32_t seed = 2000; seed < 2150; ++seed) {
        CAPTURE(seed);
        Dice dice(seed);
        World before = random_world(dice);
        for (auto& [ipei, user] : before.users) user["configgroup"] = dice.pick(groups);
        for (const char* const kind : {"users", "cota"})
            before.config[std::string("provisioning.") + kind + ".check"] = "true";
        World after = before;
        if (dice.one_in(2)) after.config["sip.dtmf.duration"] = dice.pick(texts);
        if (dice.one_in(4)) after.groups[100]["data.language.set"] = dice.pick(texts);
        if (dice.one_in(2) && !after.users.empty())
            after.users.begin()->second["configgroup"] = dice.pick(groups);
        if (dice.one_in(4) && !after.users.empty()) after.users.erase(after.users.begin());
        const std::string list = "GROUP100 VERSION1\n";
        const std::string new_list = dice.one_in(4) ? list + "GROUP101 VERSION1\n" : list;
        const auto say = [&](const std::string& behind) {
            Files files = Files::memory();
            write_plain(files, "old", before, "");
            write_plain(files, "new", after, behind);
            files.lay_over("old" + list_name, list);
            files.lay_over("new" + list_name, new_list + behind);
            return printed(compare_folders(files), print_diff_json);
        };
        const std::string quick = say("");
        CHECK(quick == say("\n"));
        if (quick.find("the handset keeps what group") != std::string::npos) ++moves;
    }
    CHECK(moves > 5);
}

TEST_CASE("the same comparison whatever the number of threads") {
    Files files = Files::memory();
    Dice dice(7);
    for (int i = 0; i < 3; ++i) {
        write(files, "old/" + std::to_string(i), random_world(dice), dice);
        write(files, "new/" + std::to_string(i), random_world(dice), dice);
    }
    const std::string alone = printed(compare_folders(files), print_diff_json);
    CHECK(printed(compare_folders(files, "old", "new", 4), print_diff_json) == alone);
    CHECK(alone.find(mac) != std::string::npos);
}

TEST_CASE("equal changes of a fleet are one, and --full lists them") {
    const Files files = small_fleet();
    const Comparison comparison = compare_folders(files);
    const auto count = [](const std::string& text) {
        std::size_t found = 0;
        for (std::size_t at = text.find("301"); at != std::string::npos; at = text.find("301", at + 1))
            ++found;
        return found;
    };
    CHECK(count(printed(comparison, print_diff_text)) == 1);
    CHECK(count(printed(comparison, print_diff_text, {.full = true})) == 2);
    CHECK(count(printed(comparison, print_diff_markdown)) == 1);
    CHECK(count(printed(comparison, print_diff_html)) == 1);
}

TEST_CASE("what a comment has no room for is counted in it") {
    Files files = Files::memory();
    constexpr std::size_t users = 900;
    const auto list = [](std::string_view name) {
        std::string text;
        for (std::size_t i = 0; i < users; ++i)
            text += fmt::format("<user><username>{0}</username><displayname>{1} {0}</displayname></user>",
                                7000 + i, name);
        return fmt::format("<users>{}</users>", text);
    };
    files.lay_over(fmt::format("old/{}-users.xml", mac), list("Desk"));
    files.lay_over(fmt::format("new/{}-users.xml", mac), list("Ward"));
    const std::string text = printed(compare_folders(files), print_diff_markdown);
    CHECK(text.size() <= 65'536);
    const std::string row = "\n| changed |";
    std::size_t rows = 0;
    for (std::size_t at = text.find(row); at != std::string::npos; at = text.find(row, at + 1)) ++rows;
    CHECK(rows > users / 4);
    CHECK(text.find(fmt::format("\nnot shown for lack of room: {} changes; none of them is worse",
                                users - rows)) != std::string::npos);
}

TEST_CASE("servers that notice at times of their own are told together") {
    Files files = Files::memory();
    for (int i = 1; i <= 3; ++i) {
        const std::string name = "/0013d180000" + std::to_string(i) + "-config.xml";
        const std::string check = "<provisioning><check><interval>60</interval><time>02:1" +
                                  std::to_string(i) + "</time></check></provisioning>";
        files.lay_over("old" + name, "<config>" + check + "</config>");
        files.lay_over("new" + name,
                       "<config>" + check + "<sip><callwaiting>false</callwaiting></sip></config>");
    }
    const std::string text = printed(compare_folders(files), print_diff_text);
    CHECK(text.find("3 servers: 0013d1800001, 0013d1800002, 0013d1800003\n") == 0);
    CHECK(text.find("checks every 60 minutes, at its own time") != std::string::npos);
    CHECK(printed(compare_folders(files), print_diff_json).find("at 02:12") != std::string::npos);
}

TEST_CASE("no line of the text is longer than 80 columns") {
    Files files = small_fleet();
    std::string many = "<users>";
    for (int i = 0; i < 40; ++i) {
        many += "<user><username>" + std::to_string(7000 + i) + "</username><displayname>" +
                std::string(30, 'x') + "</displayname></user>";
    }
    files.lay_over("old/0013d1800001-users.xml", many + "</users>");
    files.lay_over("new/0013d1800001-users.xml", "<users><user><username>1</username></user></users>");
    const std::string text = printed(compare_folders(files), print_diff_text);
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) CHECK_MESSAGE(line.size() <= 80, line);
}

TEST_CASE("json keeps to its schema") {
    const json_schema::Json schema = json_schema::Json::parse(changes_schema());
    Dice dice(11);
    const std::string text =
        printed(compare_worlds(random_world(dice), random_world(dice), dice), print_diff_json);
    CHECK(json_schema::Validator(schema).problems(json_schema::Json::parse(text)).empty());
    const auto empty = json_schema::Json::parse(printed(Comparison{}, print_diff_json));
    CHECK(json_schema::Validator(schema).problems(empty).empty());
    CHECK(empty["changes"].empty());
}

TEST_CASE("a user is the same by name, then by local number, then by IPEI") {
    const auto user = [](std::uint64_t ipei, std::string_view name, std::string_view localno) {
        return UserKey{.ipei = ipei, .username = name, .localno = localno};
    };
    const std::vector<UserKey> before{user(1, "a", ""), user(2, "b", ""), user(0, "c", ""), user(0, "", "5")};
    const std::vector<UserKey> after{user(0, "", "5"), user(3, "c", ""), user(2, "a", ""), user(1, "z", "")};
    // "a" has the handset of "b" now, which is nobody's name any more.
    CHECK(match_users(before, after).partner_of_after ==
          std::vector<std::uint32_t>{3, 2, 0, UserMatch::none});
    const std::vector<UserKey> renamed{user(2, "y", ""), user(1, "z", "")};
    CHECK(match_users(before, renamed).partner_of_after == std::vector<std::uint32_t>{1, 0});
}

TEST_CASE("on a DECT server the local number tells users apart before the name does") {
    const std::vector<UserKey> before{{.username = "a", .localno = "1"}, {.username = "b", .localno = "2"}};
    const std::vector<UserKey> after{{.username = "b", .localno = "1"}, {.username = "a", .localno = "2"}};
    CHECK(match_users(before, after, true).partner_of_after == std::vector<std::uint32_t>{0, 1});
    CHECK(match_users(before, after, false).partner_of_after == std::vector<std::uint32_t>{1, 0});
}

TEST_CASE("users of one name keep apart") {
    std::vector<UserKey> users(3);
    users[0].username = "7001";
    users[1].username = "7001";
    users[2].number = 3;
    CHECK(user_labels(users) == std::vector<std::string>{"7001", "7001#2", "#3"});
}

TEST_CASE("keys are counted, passwords of a URL hidden") {
    const Catalog& catalog = Catalog::builtin();
    CHECK(shown(catalog, catalog.find("config.license"), "license", "a, b,\n a") == "<2 keys>");
    CHECK(shown(catalog, catalog.find("config.license"), "license", "a") == "<1 key>");
    CHECK(shown(catalog, catalog.find("users.user.authpassword"), "authpassword", "x") == "<secret>");
    CHECK(shown(catalog, EntryId::none, "authpasword", "x") == "<secret>");
    CHECK(shown(catalog, catalog.find("config.provisioning.server.url"), "url", "https://u:pw@h/p") ==
          "https://u:***@h/p");
}

TEST_CASE("long values are shown where they differ") {
    const std::string start = "https://prov.example.com/" + std::string(60, 'a') + "\u00e6/";
    Change change;
    change.before = start + "site-0000";
    change.after = start + "site-0001";
    CHECK(values_of(change) == "\u2026aaaaaaaaa\u00e6/site-0000 -> \u2026aaaaaaaaa\u00e6/site-0001");
    change.after = "short";
    CHECK(values_of(change).ends_with("\u2026 -> short"));
}

TEST_CASE("a long text breaks at blanks before column 80") {
    std::string out;
    append_wrapped(out, std::string(60, 'a') + " " + std::string(30, 'b') + " c", 4, 6);
    CHECK(out == std::string(60, 'a') + "\n      " + std::string(30, 'b') + " c");
}
