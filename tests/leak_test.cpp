// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cli.hpp"
#include "workbench.hpp"

// A search for secrets in the output: valid files with a planted secret are damaged, and every command is run
// over them. DECTPROV_LEAK_MINUTES and DECTPROV_LEAK_SEED make it longer and other than here
// (scripts/leak-search.sh).

namespace {

// No part of it is a word, or stands anywhere else.
constexpr std::string_view planted = "Zq7kWmTx4RbHv9Ny";
constexpr std::size_t piece = 6;  // so many characters of it in a row are a leak

struct Seed {
    std::string name;  // of the file that is damaged
    std::string text;
    std::string_view marks;  // characters that mean something to its format
    std::vector<std::pair<std::string, std::string>> others = {};
};

constexpr std::string_view xml_marks = "<>/&;\"'=!?-[] \n:@";
constexpr std::string_view yaml_marks = ":-#{}[],&*!|>'\"%@? \n\t$=";
constexpr std::string_view csv_marks = ",;\"\t\n\r= ";

std::string filled(std::string_view pattern) {
    std::string out;
    for (const char c : pattern) {
        if (c == '~') {
            out += planted;
        } else {
            out += c;
        }
    }
    return out;
}

std::string described(std::string_view inside) {
    return filled(
        "dectprov: 1\nsite: ward\nservers:\n  - model: \"6500\"\n    mac: \"00:13:d1:80:00:32\"\n    "
        "settings:\n"
        "      network: {bootproto: dhcp}\n" +
        std::string(inside));
}

std::vector<Seed> seeds() {
    const std::string with_users = described("    users:\n      - from: users.csv\n");
    const std::string mac = "0013d1800032";
    return {
        {mac + "-users.xml",
         filled(
             "<?xml version=\"1.0\"?>\n<users>\n  <user>\n    <username>9997</username>\n"
             "    <displayname>Ann</displayname>\n    <authuser>ann</authuser>\n"
             "    <authpassword>~</authpassword>\n    <ipei>00077 0000001</ipei>\n  </user>\n"
             "  "
             "<user><username>9998</username><authpassword>~</authpassword><lid>2</lid></user>\n</users>\n"),
         xml_marks},
        {mac + "-config.xml",
         filled("<config>\n  <license>~</license>\n  <provisioning>\n    <server>\n      "
                "<method>static</method>\n"
                "      <url>https://prov:~@prov.example.com/dect?token=~</url>\n    </server>\n"
                "    <check><interval>60</interval></check>\n  </provisioning>\n</config>\n"),
         xml_marks},
        {mac + "-handset_config_group_100.xml",
         filled("<cota>\n  <info><group>100</group><version>1</version></info>\n"
                "  <data><screen_lock><pin>~</pin></screen_lock></data>\n</cota>\n"),
         xml_marks},
        {"site.yaml",
         described(
             "      provisioning:\n        server: {method: static, url: "
             "\"https://prov:~@prov.example.com/\"}\n"
             "    users:\n      - username: \"9997\"\n        displayname: Ann\n        authpassword: ~\n"
             "        ipei: 00077 0000001\n      - username: \"9998\"\n        authpassword: \"~\"\n"),
         yaml_marks},
        {"site.yaml",
         described("    users:\n      - {username: \"9997\", authpassword: ~, ipei: 00077 0000001}\n"
                   "      - {username: \"9998\", authpassword: '~', displayname: Bob}\n"),
         yaml_marks},
        {"base.yaml",
         filled("dectprov: 1\ndefaults:\n  settings:\n    license: [~]\n    provisioning:\n      server:\n"
                "        url: https://prov:~@prov.example.com/dect\n"),
         yaml_marks,
         {{"site.yaml", described("") + "extends: [base.yaml]\n"}}},
        {"users.csv",
         filled("username,authpassword,ipei\n9997,~,00077 0000001\n9998,~,00077 0000002\n"),
         csv_marks,
         {{"site.yaml", with_users}}},
        {"users.csv",
         filled("username;displayname;authpassword\n9997;\"Ann; B\";~\n9998;Bob;\"~\"\n"),
         csv_marks,
         {{"site.yaml", with_users}}},
        {"users.csv",
         filled("username\tauthpassword\n9997\t~\n9998\t~\n"),
         csv_marks,
         {{"site.yaml", with_users}}},
        {".dectprov.yaml",
         filled("policies:\n  pin: {path: data.screen_lock.pin, one_of: [\"~\"]}\n"
                "  password: {path: \"user[].authpassword\", matches: \"^~$\"}\n"),
         yaml_marks,
         {{mac + "-users.xml",
           "<users><user><username>1</username><authpassword>x</authpassword></user></users>"},
          {mac + "-handset_config_group_100.xml",
           "<cota><info><group>100</group><version>1</version></info><data><screen_lock><pin>1</pin></"
           "screen_lock>"
           "</data></cota>"}}},
        {"settings.txt",
         filled("sip.proxy.domain: h\nlicense: ~\nprovisioning.server.url: https://prov:~@h/\n"),
         yaml_marks,
         {{mac + "-config.xml", "<config><sip><proxy><domain>a</domain></proxy></sip></config>"}}},
    };
}

class Damage {
public:
    explicit Damage(std::uint32_t seed) : random_(seed) {}

    std::size_t below(std::size_t end) { return end == 0 ? 0 : random_() % end; }

    std::string of(const Seed& seed) {
        std::string text = seed.text;
        const std::size_t at = place(text, seed.marks);
        switch (below(8)) {
            case 0:
                text.erase(at, 1);
                break;
            case 1:
                text.insert(at, 1, text[at]);
                break;
            case 2:
                if (at + 1 < text.size()) std::swap(text[at], text[at + 1]);
                break;
            case 3:
            case 4:
                text.insert(at, 1, seed.marks[below(seed.marks.size())]);
                break;
            case 5:
                text.resize(at);
                break;
            case 6:
                join(text);
                break;
            default:
                text = encoded(text, at);
        }
        return text;
    }

private:
    // Mostly one that means something.
    std::size_t place(std::string_view text, std::string_view marks) {
        std::size_t at = below(text.size());
        if (below(4) == 0) return at;
        const std::size_t found = text.find_first_of(marks, at);
        return found == std::string_view::npos ? at : found;
    }

    void join(std::string& text) {
        const std::size_t at = text.find('\n', below(text.size()));
        if (at != std::string::npos) text.erase(at, 1);
    }

    std::string encoded(const std::string& text, std::size_t at) {
        std::string out;
        switch (below(4)) {
            case 0:
                for (const char c : "\xFF\xFE" + text) {
                    out += c;
                    if (out.size() > 2) out += '\0';
                }
                return out;
            case 1:
                out = text;
                return out.insert(at, 1, '\xE4');
            case 2:
                for (const char c : text) out += c == '\n' ? std::string("\r\n") : std::string(1, c);
                return out;
            default:
                out = text;
                return out.insert(at, 1, '\0');
        }
    }

    std::mt19937 random_;
};

std::string output_of(const std::vector<std::string>& args) {
    std::istringstream in;
    std::ostringstream out;
    std::ostringstream err;
    dectprov::run(args, {.in = in, .out = out, .err = err});
    return out.str() + err.str();
}

// What of the secret a text shows; empty for nothing.
std::string_view leak_in(std::string_view text) {
    for (std::size_t at = 0; at + piece <= planted.size(); ++at) {
        if (text.find(planted.substr(at, piece)) != std::string_view::npos) return planted.substr(at, piece);
    }
    return {};
}

// A command over the damaged folder `here`; `whole` is the same undamaged.
std::vector<std::string> command(Damage& damage, const std::string& here, const std::string& whole,
                                 const std::string& spare) {
    static constexpr std::array<const char*, 9> formats{"text",     "json",   "sarif",  "junit",  "html",
                                                        "markdown", "gitlab", "github", "compact"};
    static constexpr std::array<const char*, 4> of_diff{"text", "json", "markdown", "html"};
    switch (damage.below(12)) {
        case 0:
            return {"lint", "--unsafe-fixes", "--diff", here};
        case 1:
            return {"render", here, "-o", spare, "--diff"};
        case 2:
            return {"render", here, "-o", spare, "--check"};
        case 3:
            return {"render", here,        "-o",
                    spare,    "--explain", damage.below(2) == 0 ? "provisioning" : "license"};
        case 4:
            return {"diff", "--format", of_diff[damage.below(of_diff.size())], whole, here};
        case 5:
            return {"diff", "--full", here, whole};
        case 6:
            return {"import", here, "-o", spare + "/made.yaml", "--force"};
        case 7:
            return {"preview", "--current", here + "/settings.txt", here + "/0013d1800032-config.xml"};
        case 8:
            return {"lint", "--show-config", here + "/0013d1800032-users.xml"};
        default:
            return {"lint", "--verbose", "--format", formats[damage.below(formats.size())], here};
    }
}

struct Search {
    std::uint32_t seed = 1;
    double seconds = 6;
    std::size_t most = 4000;
};

Search wanted() {
    Search search;
    if (const char* seed = std::getenv("DECTPROV_LEAK_SEED"))
        search.seed = static_cast<std::uint32_t>(std::stoul(seed));
    if (const char* minutes = std::getenv("DECTPROV_LEAK_MINUTES")) {
        search.seconds = std::stod(minutes) * 60;
        search.most = static_cast<std::size_t>(-1);
    }
    return search;
}

// Each seed has a folder of its own in "whole" and "here".
std::string path_of(std::string_view top, std::size_t number, std::string_view name) {
    return std::string(top) + "/" + std::to_string(number) + "/" + std::string(name);
}

}  // namespace

TEST_CASE("no damage to a file brings a secret into any output") {
    const Search search = wanted();
    const std::vector<Seed> all = seeds();
    const workbench::TemporaryFolder folder;
    for (std::size_t i = 0; i < all.size(); ++i) {
        for (const std::string top : {"whole", "here"}) {
            workbench::write(folder / path_of(top, i, all[i].name), all[i].text);
            for (const auto& [name, text] : all[i].others)
                workbench::write(folder / path_of(top, i, name), text);
        }
    }
    std::filesystem::create_directories(folder / "spare");
    Damage damage(search.seed);
    const auto begin = std::chrono::steady_clock::now();
    std::size_t count = 0;
    std::size_t leaks = 0;
    for (; count < search.most; ++count) {
        const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - begin;
        if (passed.count() > search.seconds) break;
        const std::size_t number = damage.below(all.size());
        const Seed& seed = all[number];
        const std::string text = damage.of(seed);
        workbench::write(folder / path_of("here", number, seed.name), text);
        const std::vector<std::string> args =
            command(damage, folder / ("here/" + std::to_string(number)),
                    folder / ("whole/" + std::to_string(number)), folder / "spare");
        const std::string output = output_of(args);
        const std::string_view leak = leak_in(output);
        if (leak.empty()) continue;
        std::string line;
        for (const std::string& arg : args) line += arg + " ";
        MESSAGE("seed " << search.seed << ", mutation " << count << ": " << line << "\n--- " << seed.name
                        << "\n"
                        << text << "\n--- output\n"
                        << output);
        CHECK(leak == std::string_view());
        if (++leaks == 20) break;
    }
    MESSAGE(count << " mutations with seed " << search.seed << ", " << leaks << " leaks");
    CHECK(count > 0);
}
