// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "analyse.hpp"
#include "rules/families.hpp"

using namespace dectprov;

namespace {

// What rules_test cannot say: relations between several users or files, and when a rule is silent.

using FileList = std::vector<std::pair<std::string, std::string>>;

const std::string config_name = "0013d1800032-config.xml";
const std::string users_name = "0013d1800032-users.xml";
const std::string list_name = "0013d1800032-handset_config_list.ver";

std::vector<Finding> findings_in(const FileList& list, unsigned jobs = 1) {
    Files files = Files::memory();
    std::vector<std::string> paths;
    for (const auto& [path, bytes] : list) {
        files.lay_over(path, bytes);
        if (path != ".dectprov.yaml") paths.push_back(path);
    }
    ConfigFiles configs(files, std::nullopt, false, {.find = find_rule, .all = all_rules()});
    const Inputs inputs = find_inputs(files, paths, {}, configs);
    return analyse::lint(files, inputs, {.thresholds = {.min_severity = Severity::note}}, jobs).findings;
}

// "PATH:LINE RULE" of the findings of a group of rules, in order.
std::string found(const FileList& list, std::string_view prefix) {
    std::vector<std::string> lines;
    for (const Finding& finding : findings_in(list)) {
        if (!finding.rule->id.starts_with(prefix)) continue;
        const std::string at = finding.path.empty() ? finding.file : finding.path;
        lines.push_back(fmt::format("{} {}", at, finding.rule->id));
    }
    return fmt::format("{}", fmt::join(lines, ", "));
}

// Each user's fields as XML.
std::string users_file(const std::vector<std::string>& users) {
    std::string text = "<users>\n";
    for (const std::string& fields : users) text += "  <user>" + fields + "</user>\n";
    return text + "</users>\n";
}

std::string in_users(const std::vector<std::string>& users, std::string_view prefix) {
    return found({{users_name, users_file(users)}}, prefix);
}

// A configuration with an interval, so that it is not said to check never.
std::string config_file(std::string_view provisioning, std::string_view beside = "",
                        std::string_view root = "config") {
    return fmt::format(
        "<{}>{}<provisioning><check><interval>60</interval></check>{}</provisioning></config>\n", root,
        beside, provisioning);
}

std::string in_config(std::string_view provisioning, std::string_view prefix, std::string_view beside = "",
                      std::string_view root = "config") {
    return found({{config_name, config_file(provisioning, beside, root)}}, prefix);
}

FileList declared(std::string_view options, FileList list) {
    list.emplace_back(".dectprov.yaml", fmt::format("servers:\n  0013d1800032: {{{}}}\n", options));
    return list;
}

std::string group_file(int group, int version) {
    return fmt::format("<cota><info><group>{}</group><version>{}</version></info></cota>\n", group, version);
}

std::string group_name(int group) { return fmt::format("0013d1800032-handset_config_group_{}.xml", group); }

}  // namespace

TEST_CASE("of three users with one name the two later ones are found") {
    CHECK(in_users({"<username>desk</username>", "<username>desk</username>", "<username>desk</username>"},
                   "users/") ==
          "user[2].username users/duplicate-username, user[3].username users/duplicate-username");
}

TEST_CASE("a user's secondary name may be the own username, and no one else's") {
    CHECK(in_users({"<username>a</username><secondaryusername>a</secondaryusername>"}, "users/").empty());
    CHECK(in_users({"<secondaryusername>a</secondaryusername><username>a</username>"}, "users/").empty());
    CHECK(
        in_users({"<username>a</username>", "<username>b</username><secondaryusername>a</secondaryusername>"},
                 "users/") == "user[2].secondaryusername users/duplicate-secondaryusername");
    CHECK(
        in_users({"<username>b</username><secondaryusername>a</secondaryusername>", "<username>a</username>"},
                 "users/") == "user[2].username users/duplicate-secondaryusername");
    CHECK(in_users({"<username>a</username><secondaryusername>x</secondaryusername>",
                    "<username>b</username><secondaryusername>x</secondaryusername>"},
                   "users/") == "user[2].secondaryusername users/duplicate-secondaryusername");
}

TEST_CASE("names compare exactly, and empty values are no duplicates") {
    CHECK(in_users({"<username>Solveig</username>", "<username>solveig</username>"}, "users/").empty());
    CHECK(in_users({"<username>a</username><ipei/><secondaryusername></secondaryusername>",
                    "<username>b</username><ipei/><secondaryusername></secondaryusername>"},
                   "users/")
              .empty());
}

TEST_CASE("names are compared as they read, whatever the file writes for a character") {
    CHECK(in_users({"<username>r&amp;d</username>", "<username><![CDATA[r&d]]></username>"}, "users/") ==
          "user[2].username users/duplicate-username");
}

TEST_CASE("a handset is known by its twelve digits, in every form") {
    for (const std::string_view form :
         {"000770000001", "00077 0000001", "0007700000019", "00077 00000019", "00077 0000001 9"}) {
        CAPTURE(std::string(form));
        CHECK(in_users({"<ipei>00077 0000001</ipei><username>a</username>",
                        fmt::format("<ipei>{}</ipei><username>b</username>", form)},
                       "users/") == "user[2].ipei users/duplicate-ipei");
    }
}

TEST_CASE("among many users the one that repeats another is found, and no other") {
    std::vector<std::string> users;
    for (int i = 0; i < 5000; ++i) {
        users.push_back(fmt::format("<ipei>00077 {:07}</ipei><username>n{}</username>", i, i));
    }
    CHECK(in_users(users, "users/").empty());
    users.emplace_back("<ipei>000770004711</ipei><username>n17</username>");
    CHECK(in_users(users, "users/") ==
          "user[5001].ipei users/duplicate-ipei, user[5001].username users/duplicate-username");
}

TEST_CASE("a wrong check character is found alone, and a right one not at all") {
    CHECK(in_users({"<ipei>00077 00000019</ipei><username>a</username>"}, "users/").empty());
    CHECK(in_users({"<ipei>00077 0000002*</ipei><username>a</username>"}, "users/").empty());
    CHECK(in_users({"<ipei>00077 00000020</ipei><username>a</username>"}, "users/") ==
          "user[1].ipei users/ipei-checksum");
}

TEST_CASE("a password that equals a name or number is never part of what is said of it") {
    for (const std::string_view field : {"username", "authuser", "localno"}) {
        const auto findings = findings_in(
            {{users_name, users_file({fmt::format("<{}>hemlig77</{}><authpassword>hemlig77</authpassword>",
                                                  field, field)})}});
        const auto is_it = [](const Finding& finding) {
            return finding.rule->id == "users/password-is-name";
        };
        const auto finding = std::ranges::find_if(findings, is_it);
        REQUIRE(finding != findings.end());
        CHECK(finding->message.find("hemlig77") == std::string::npos);
        CHECK(finding->help.find("hemlig77") == std::string::npos);
        CHECK(finding->end.column == finding->begin.column + 1);
    }
}

TEST_CASE("line types other than those that are known validate nothing") {
    CHECK(in_users({"<lid>01020003</lid><localno>1</localno>"}, "users/").empty());
    CHECK(in_users({"<lid>01020003</lid><linetype>X</linetype><localno>1</localno>"}, "users/").empty());
    CHECK(in_users({"<linetype>D</linetype><localno>1</localno><tx_gain>0</tx_gain>"}, "users/").empty());
    CHECK(in_users({"<linetype>D</linetype><localno>1</localno><tx_gain>-3</tx_gain><rx_gain>3</rx_gain>"},
                   "users/") ==
          "user[1].tx_gain users/gain-on-dect-to-dect, user[1].rx_gain users/gain-on-dect-to-dect");
}

TEST_CASE("whether a group exists is only said where its list can be read whole") {
    const std::string users = users_file({"<configgroup>101</configgroup><username>a</username>"});
    const FileList rest{{users_name, users}, {group_name(100), group_file(100, 1)}};
    const auto with_list = [&](std::string_view list) {
        FileList all = rest;
        all.emplace_back(list_name, list);
        return found(all, "users/configgroup");
    };
    CHECK(found(rest, "users/configgroup").empty());
    CHECK(with_list("GROUP100 VERSION1\n") == "user[1].configgroup users/configgroup-undefined");
    CHECK(with_list("GROUP100 VERSION1\nGroup101 VERSION1\n").empty());
    CHECK(with_list(" \n").empty());
    CHECK(with_list("GROUP100 VERSION1\nGROUP0101 VERSION1\n").empty());
}

TEST_CASE("a merge leaves in the server what the file does not name") {
    const std::string_view merge = "config merge_type=\"merge\"";
    const std::string_view url = "<server><url>https://prov.example.com</url></server>";
    CHECK(in_config(url, "config/") == "provisioning.server.url config/url-ignored");
    CHECK(in_config(url, "config/", "", merge).empty());
    const std::string_view handsets = "<firmware><pp14208700>pp.bin</pp14208700></firmware>";
    CHECK(in_config(handsets, "config/firmware") ==
          "provisioning.firmware.pp14208700 config/firmware-never-loaded");
    CHECK(in_config(handsets, "config/firmware", "", merge).empty());
}

TEST_CASE("an overwrite that says so is no wrong merge") {
    CHECK(in_config("", "config/merge", "", "config merge_type=\"overwrite\"").empty());
    CHECK(in_config("", "config/merge", "", "config merge_type=\"Merge\"") ==
          config_name + " config/merge-type");
    CHECK(in_config("", "element/", "", "config merge-type=\"merge\"").empty());
}

TEST_CASE("one switch of two is enough for default_kws, and false is as good as absent") {
    const std::string_view firmware =
        "<firmware><kws>kws.zip</kws><default_kws>true</default_kws></firmware>";
    const std::string_view on = "<auto><enable>true</enable></auto>";
    const std::string_view off = "<auto><enable>false</enable></auto>";
    const std::string wanted = "provisioning.firmware.default_kws config/firmware-never-loaded";
    CHECK(in_config(firmware, "config/firmware") == wanted);
    CHECK(in_config(firmware, "config/firmware", fmt::format("<mr>{}</mr><rfp>{}</rfp>", off, off)) ==
          wanted);
    CHECK(in_config(firmware, "config/firmware", fmt::format("<mr>{}</mr><rfp>{}</rfp>", off, on)).empty());
    CHECK(in_config(firmware, "config/firmware", fmt::format("<mr>{}</mr>", on)).empty());
}

TEST_CASE("sections that the catalogue does not know may fetch and check by themselves") {
    const std::string text =
        "<config><provisioning><config><check>false</check></config>{}<server><method>static</method>"
        "<url>https://prov.example.com</url></server></provisioning></config>\n";
    const std::string_view other = "<other_server><interval>60</interval></other_server>";
    CHECK(found({{config_name, fmt::format(fmt::runtime(text), "")}}, "config/") ==
          "provisioning config/never-checks, provisioning.config.check config/nothing-to-fetch");
    CHECK(found({{config_name, fmt::format(fmt::runtime(text), other)}}, "config/").empty());
}

TEST_CASE("passwords in the clear are those of a URL that names its protocol") {
    const FileList users{
        {users_name, users_file({"<username>a</username><authpassword>kelp</authpassword>"})}};
    const auto with_url = [&](std::string_view url) {
        FileList all = users;
        all.emplace_back(config_name,
                         config_file(fmt::format("<users><check>true</check></users><server><method>static"
                                                 "</method><url>{}</url></server>",
                                                 url)));
        return found(all, "config/insecure");
    };
    CHECK(with_url("tftp://prov.example.com") == "provisioning.server.url config/insecure-transport");
    CHECK(with_url("prov.example.com").empty());
    CHECK(with_url("https://prov.example.com").empty());
}

TEST_CASE("a licence is asked for once, and never of a 200") {
    const FileList config{
        {config_name, config_file("<cota><check>true</check></cota><firmware><pp14208700>pp.bin</pp14208700>"
                                  "</firmware>",
                                  "<suota><auto>true</auto></suota>")}};
    CHECK(found(declared("model: \"6500\"", config), "config/licence") == "suota.auto config/licence-needed");
    CHECK(found(declared("model: \"6500\", licenses: [cucm]", config), "config/licence") ==
          "suota.auto config/licence-missing");
    CHECK(found(declared("model: \"6500\", licenses: [enhanced_provisioning]", config), "config/licence")
              .empty());
    CHECK(found(declared("model: \"200\", licenses: [cucm]", config), "config/licence").empty());
    CHECK(found(config, "config/licence").empty());
}

TEST_CASE("further cells on a 400 need their own licence") {
    const FileList config{{config_name, config_file("", "<rfp><auto><enable>true</enable></auto></rfp>")}};
    CHECK(found(declared("model: \"400\", licenses: [enhanced_provisioning]", config), "config/licence") ==
          "rfp.auto.enable config/licence-missing");
    CHECK(found(declared("model: \"6500\", licenses: [enhanced_provisioning]", config), "config/licence")
              .empty());
}

TEST_CASE("a list, its files and the import agree") {
    const std::string config = config_file("<cota><check>true</check></cota>");
    const FileList all{
        {config_name, config}, {list_name, "GROUP100 VERSION1\n"}, {group_name(100), group_file(100, 1)}};
    CHECK(found(all, "file/").empty());
    CHECK(found(all, "ver/").empty());
    CHECK(found({all[0], all[2]}, "") == "provisioning.cota.check file/missing");
    CHECK(found({{config_name, config_file("<cota><check>false</check></cota>")}, all[1], all[2]}, "file/") ==
          list_name + " file/orphan");
    CHECK(found({all[1]}, "ver/") == "GROUP100 ver/group-file-missing");
}

TEST_CASE("a broken file counts as present, and rules that need its content are silent") {
    const std::string config = config_file("<users><check>true</check></users>");
    CHECK(found({{config_name, config}, {users_name, "<users><user>"}}, "") == users_name + " xml/malformed");
}

TEST_CASE("a menu entry that is hidden needs one of the settings behind it") {
    const auto with = [](std::string_view data) {
        return found(
            {{group_name(100), fmt::format("<cota><info><group>100</group><version>1</version></info>"
                                           "<data>{}<menu_advanced><screen_lock>false</screen_lock>"
                                           "</menu_advanced></data></cota>",
                                           data)}},
            "handset/");
    };
    const std::string wanted = "data.menu_advanced.screen_lock handset/locked-without-value";
    CHECK(with("") == wanted);
    CHECK(with("<screen_lock><pin></pin></screen_lock>") == wanted);
    CHECK(with("<screen_lock><active>false</active></screen_lock>").empty());
}

TEST_CASE("leading zeros make no other version, and another version is another one") {
    const auto with = [](std::string_view list) {
        return found({{list_name, std::string(list)}, {group_name(100), group_file(100, 7)}},
                     "handset/version");
    };
    CHECK(with("GROUP100 VERSION7\n").empty());
    CHECK(with("GROUP100 VERSION07\n").empty());
    CHECK(with("GROUP100 VERSION8\n") == "info.version handset/version-mismatch");
}

TEST_CASE("users of a large list that threads share are validated as by one") {
    // Faults of one user, of two far apart, of the list and of its groups; references and markup in values.
    std::string text = "<users version=\"1\">\n";
    constexpr int count = 12'000;
    for (int i = 0; i < count; ++i) {
        const int number = i % 1000 == 999 ? 100'000 : 100'000 + i;
        text += fmt::format(
            "  <user><ipei>{:05} {:07}</ipei><configgroup>{}</configgroup><username>{}</username>"
            "<displayname>{}</displayname></user>{}\n",
            i % 60'000, i % 3000, 100 + i % 7, number, i % 11 == 0 ? "A &amp; B" : "<![CDATA[Ole]]> ",
            i % 2500 == 0 ? "<usr/>stray" : "");
    }
    text += "</users>\n";
    const FileList list = {{users_name, text}, {list_name, "GROUP100_VERSION=1\n"}};
    const std::vector<Finding> alone = findings_in(list, 1);
    const std::vector<Finding> shared = findings_in(list, 3);
    CHECK(alone.size() > count / 2);
    REQUIRE(alone.size() == shared.size());
    for (std::size_t i = 0; i < alone.size(); ++i) {
        CAPTURE(alone[i].path);
        REQUIRE(alone[i].rule == shared[i].rule);
        REQUIRE(alone[i].path == shared[i].path);
        REQUIRE(alone[i].begin == shared[i].begin);
        REQUIRE(alone[i].message == shared[i].message);
        REQUIRE(alone[i].related.size() == shared[i].related.size());
    }
}
