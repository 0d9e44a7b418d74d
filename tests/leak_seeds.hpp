// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <filesystem>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <re2/re2.h>

#include "workbench.hpp"

// Valid files with a planted secret, for the search that damages them.
namespace leak {

// No part of it is a word, or stands anywhere else.
inline constexpr std::string_view planted = "Zq7kWmTx4RbHv9Ny";

// The same secret as formats write it: with a character in it that means something, or one written as a
// reference or an escape, or as the name of an element.
struct Form {
    std::string_view plant;
    std::string_view format;  // whose it is: "xml", "yaml", "csv"; "" for all
};
inline constexpr std::array forms{
    Form{planted, ""},
    Form{"Zq7kWm%54x4RbHv9Ny", ""},
    Form{"Zq7kWm&amp;Tx4RbHv9Ny", "xml"},
    Form{"&#90;q7kWmTx4Rb&#x48;v9Ny", "xml"},
    Form{"<![CDATA[Zq7kWmTx4RbHv9Ny]]>", "xml"},
    Form{"<Zq7kWmTx4RbHv9Ny/>", "xml"},
    Form{"Zq7kWm'Tx4RbHv9Ny", "yaml"},
    Form{"Zq7kWm#Tx4RbHv9Ny", "yaml"},
    Form{"Zq7kWm\\x54x4RbHv9Ny", "yaml"},
    Form{"Zq7kWm\"\"Tx4RbHv9Ny", "csv"},
    Form{"Zq7kWm/Tx4RbHv9Ny", ""},
};

struct Seed {
    std::string name;  // of the file that is damaged
    std::string text;  // '~' stands for the secret
    std::string_view format;
    std::vector<std::pair<std::string, std::string>> others = {};
};

// The characters that mean something to a format.
inline std::string_view marks_of(std::string_view format) {
    if (format == "xml") return "<>/&;\"'=!?-[] \n:@";
    if (format == "csv") return ",;\"\t\n\r= ";
    return ":-#{}[],&*!|>'\"%@? \n\t$=<";
}

inline std::string filled(std::string_view pattern, std::string_view plant) {
    std::string out;
    for (const char c : pattern) {
        if (c == '~') {
            out += plant;
        } else {
            out += c;
        }
    }
    return out;
}

inline std::string described(std::string_view inside) {
    return "dectprov: 1\nsite: ward\nservers:\n  - model: \"6500\"\n    mac: \"00:13:d1:80:00:32\"\n    "
           "settings:\n"
           "      network: {bootproto: dhcp}\n" +
           std::string(inside);
}

// A description whose secrets stand in a file of variables and in files of their own.
inline std::vector<std::pair<std::string, std::string>> with_references() {
    return {
        {"site.yaml",
         described("      provisioning: {server: {method: static, url: \"https://prov:${env:PROV}@h/\"}}\n"
                   "    users:\n      - {username: \"9997\", authpassword: \"${env:SIP_9997}\"}\n"
                   "      - {username: \"${env:SIP_9998}\", displayname: \"${file:secrets/9997}\"}\n")},
        {"pass.env", "SIP_9997=x\nSIP_9998=y\nPROV=z\n"},
        {"secrets/9997", "x\n"}};
}

inline std::vector<Seed> patterns() {
    const std::string with_users = described("    users:\n      - from: users.csv\n");
    const std::string mac = "0013d1800032";
    return {
        {mac + "-users.xml",

         "<?xml version=\"1.0\"?>\n<users>\n  <user>\n    <username>9997</username>\n"
         "    <displayname>Ann</displayname>\n    <authuser>ann</authuser>\n"
         "    <authpassword>~</authpassword>\n    <ipei>00077 0000001</ipei>\n  </user>\n"
         "  "
         "<user><username>9998</username><authpassword>~</authpassword><lid>2</lid></user>\n</users>\n",
         "xml"},
        {mac + "-config.xml",
         "<config>\n  <license>~</license>\n  <provisioning>\n    <server>\n      "
         "<method>static</method>\n"
         "      <url>https://prov:~@prov.example.com/dect?token=~</url>\n    </server>\n"
         "    <check><interval>60</interval></check>\n  </provisioning>\n</config>\n",
         "xml"},
        {mac + "-handset_config_group_100.xml",
         "<cota>\n  <info><group>100</group><version>1</version></info>\n"
         "  <data><screen_lock><pin>~</pin></screen_lock></data>\n</cota>\n",
         "xml"},
        {"site.yaml",
         described(
             "      provisioning:\n        server: {method: static, url: "
             "\"https://prov:~@prov.example.com/\"}\n"
             "    users:\n      - username: \"9997\"\n        displayname: Ann\n        authpassword: ~\n"
             "        ipei: 00077 0000001\n      - username: \"9998\"\n        authpassword: \"~\"\n"),
         "yaml"},
        {"site.yaml",
         described("    users:\n      - {username: \"9997\", authpassword: ~, ipei: 00077 0000001}\n"
                   "      - {username: \"9998\", authpassword: '~', displayname: Bob}\n"),
         "yaml"},
        {"base.yaml",
         "dectprov: 1\ndefaults:\n  settings:\n    license: [~]\n    provisioning:\n      server:\n"
         "        url: https://prov:~@prov.example.com/dect\n",
         "yaml",
         {{"site.yaml", described("") + "extends: [base.yaml]\n"}}},
        {"users.csv",
         "username,authpassword,ipei\n9997,~,00077 0000001\n9998,~,00077 0000002\n",
         "csv",
         {{"site.yaml", with_users}}},
        {"users.csv",
         "username;displayname;authpassword\n9997;\"Ann; B\";~\n9998;Bob;\"~\"\n",
         "csv",
         {{"site.yaml", with_users}}},
        {"users.csv", "username\tauthpassword\n9997\t~\n9998\t~\n", "csv", {{"site.yaml", with_users}}},
        {".dectprov.yaml",
         "policies:\n  pin: {path: data.screen_lock.pin, one_of: [\"~\"]}\n"
         "  password: {path: \"user[].authpassword\", matches: \"^~$\"}\n",
         "yaml",
         {{mac + "-users.xml",
           "<users><user><username>1</username><authpassword>x</authpassword></user></users>"},
          {mac + "-handset_config_group_100.xml",
           "<cota><info><group>100</group><version>1</version></info><data><screen_lock><pin>1</pin></"
           "screen_lock>"
           "</data></cota>"}}},
        {"settings.txt",
         "sip.proxy.domain: h\nlicense: ~\nprovisioning.server.url: https://prov:~@h/\n",
         "yaml",
         {{mac + "-config.xml", "<config><sip><proxy><domain>a</domain></proxy></sip></config>"}}},
        {mac + "-config.xml",
         "<config merge_type=\"merge\">\n  <sip><auth><password>~</password></auth></sip>\n  "
         "<slave><license>~"
         "</license></slave>\n  <provisioning><server><url>prov:~@prov.example.com</url></server>\n  "
         "</provisioning>\n  <!-- https://prov:~@h/ --><vendor><secret>~</secret></vendor>\n</config>\n",
         "xml"},
        {"site.yaml",
         described("    users:\n      - from: users.csv\n        password: ~\n"
                   "    # authpassword: ~\n    handset_groups:\n      100:\n        version: 1\n"
                   "        settings: {screen_lock: {active: auto, pin: \"~\"}}\n"),
         "yaml",
         {{"users.csv", "username\n9997\n"}}},
        {"pass.env", "# the store\nSIP_9997=~\nexport SIP_9998=\"~\"\nPROV='~'\n", "env", with_references()},
        {"secrets/9997", "~\n", "env", with_references()},
        {"users.csv",
         "username,displayname,authpassword\n9997,Ann,${env:SIP_9997}\n9998,Bob,~\n",
         "csv",
         {{"site.yaml", with_users}, {"pass.env", "SIP_9997=x\n"}}},
    };
}

// The files of an example in which anything holds a secret, or could: a password, a key, the URL.
inline std::vector<Seed> of_example(const std::filesystem::path& folder) {
    const re2::RE2 element("(<(authpassword|pin|license|accesscode)>)[^<]*");
    const re2::RE2 key("((authpassword|pin|accesscode): )(\"[^\"]*\"|[^,}\n]*)");
    const re2::RE2 line("(\\n[A-Z_0-9]+=).*");
    std::vector<std::pair<std::string, std::string>> files;
    for (const std::string& name : workbench::files_below(folder)) {
        std::string text = workbench::read(folder / name);
        re2::RE2::GlobalReplace(&text, element, R"(\1~)");
        re2::RE2::GlobalReplace(&text, key, R"(\1"~")");
        re2::RE2::GlobalReplace(&text, "https://", "https://prov:~@");
        if (name.ends_with(".env")) re2::RE2::GlobalReplace(&text, line, R"(\1~)");
        files.emplace_back(name, std::move(text));
    }
    std::vector<Seed> seeds;
    for (const auto& [name, text] : files) {
        if (text.find('~') == std::string::npos) continue;
        std::vector<std::pair<std::string, std::string>> others = files;
        std::erase_if(others, [&seed_name = name](const auto& file) { return file.first == seed_name; });
        seeds.push_back({.name = name,
                         .text = text,
                         .format = name.ends_with(".xml") ? "xml" : "yaml",
                         .others = std::move(others)});
    }
    return seeds;
}

inline Seed planted_with(Seed seed, std::string_view plant) {
    seed.text = filled(seed.text, plant);
    for (auto& [name, text] : seed.others) text = filled(text, plant);
    return seed;
}

// Every pattern in every form of the secret that its format takes, and the examples.
inline std::vector<Seed> seeds(const std::filesystem::path& examples) {
    std::vector<Seed> out;
    for (const Seed& seed : patterns()) {
        for (const Form& form : forms) {
            if (form.format.empty() || form.format == seed.format)
                out.push_back(planted_with(seed, form.plant));
        }
    }
    for (const char* name : {"clinic", "fleet", "multicell", "virtual"}) {
        for (Seed& seed : of_example(examples / name)) out.push_back(planted_with(std::move(seed), planted));
    }
    return out;
}

}  // namespace leak
