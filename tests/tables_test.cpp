// SPDX-License-Identifier: MIT
// Random fleets, each written down in three ways: as tables, as servers and users that are written out, and
// as what `import --tables` makes of the rendered files. All three render to the same bytes.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <array>
#include <filesystem>
#include <map>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "workbench.hpp"

using workbench::CommandResult;
using workbench::Folder;
using workbench::run;

namespace {

namespace fs = std::filesystem;

using Fields = std::vector<std::pair<std::string, std::string>>;

struct RandomServer {
    std::string mac;
    std::string name;
    std::string layer;  // empty: none
    Fields settings;    // dotted paths
    std::vector<Fields> users;
};

class RandomFleet {
public:
    explicit RandomFleet(unsigned seed) : random_(seed) {
        const std::size_t servers = 1 + below(12);
        for (std::size_t i = 0; i != servers; ++i) {
            RandomServer& server = servers_.emplace_back();
            server.mac = fmt::format("00:13:d1:40:00:{:02x}", i + 1);
            server.name = text() + fmt::format("{}", i);
            server.layer = pick({"", "", "loud.yaml", "quiet.yaml"});
            if (below(2) == 0)
                server.settings.emplace_back("settings.sip.callwaiting", pick({"true", "false"}));
            if (below(3) == 0)
                server.settings.emplace_back("settings.sip.dtmf.duration",
                                             fmt::format("{}", 100 + below(900)));
            if (below(4) == 0)
                server.settings.emplace_back("settings.network.domain", fmt::format("dect-{}", i));
            const std::size_t users = below(6);
            for (std::size_t u = 0; u != users; ++u) server.users.push_back(user(i, u));
        }
    }

    [[nodiscard]] std::string servers_table() const {
        constexpr std::array<std::string_view, 3> paths{
            "settings.sip.callwaiting", "settings.sip.dtmf.duration", "settings.network.domain"};
        std::string out = "MAC;name;var.clinic;extends";
        for (const std::string_view path : paths) out += fmt::format(";{}", path);
        out += '\n';
        for (const RandomServer& one : servers_) {
            out += fmt::format("{};{};{};{}", one.mac, cell(one.name), clinic(one), one.layer);
            for (const std::string_view path : paths) {
                std::string value;
                for (const auto& [known, text] : one.settings) value = known == path ? text : value;
                out += fmt::format(";{}", value);
            }
            out += '\n';
        }
        return out;
    }

    [[nodiscard]] std::string users_table() const {
        constexpr std::array<std::string_view, 4> fields{"username", "displayname", "ipei", "configgroup"};
        // In turns, so that the users of a server do not stand together.
        std::string out = "clinic,Extension,Name,IPEI,group\n";
        bool any = true;
        for (std::size_t number = 0; any; ++number) {
            any = false;
            for (const RandomServer& one : servers_) {
                if (number >= one.users.size()) continue;
                any = true;
                out += clinic(one);
                for (const std::string_view field : fields) {
                    std::string value;
                    for (const auto& [known, text] : one.users[number]) value = known == field ? text : value;
                    out += "," + cell(value);
                }
                out += '\n';
            }
        }
        return out;
    }

    // The servers and their users, written out.
    [[nodiscard]] std::string written_out() const {
        std::string out;
        for (const RandomServer& one : servers_) {
            out += fmt::format("  - mac: {}\n    name: {}\n    vars: {{clinic: {}}}\n", quoted(one.mac),
                               quoted(one.name), clinic(one));
            if (!one.layer.empty()) out += fmt::format("    extends: [{}]\n", one.layer);
            out += "    settings:\n      provisioning: {users: {check: true}}\n";
            std::map<std::string, std::string> sections;
            for (const auto& [path, value] : one.settings) {
                const std::string below_settings = path.substr(std::string_view("settings.").size());
                const std::size_t dot = below_settings.find('.');
                std::string rest = below_settings.substr(dot + 1);
                std::string text = rest + ": " + value;
                if (const std::size_t inner = rest.find('.'); inner != std::string::npos)
                    text =
                        fmt::format("{}: {{{}: {}}}", rest.substr(0, inner), rest.substr(inner + 1), value);
                std::string& section = sections[below_settings.substr(0, dot)];
                section += (section.empty() ? "" : ", ") + text;
            }
            for (const auto& [name, text] : sections) out += fmt::format("      {}: {{{}}}\n", name, text);
            if (one.users.empty()) out += "    users: []\n";
            if (!one.users.empty()) out += "    users:\n";
            for (const Fields& user : one.users) {
                std::string row;
                for (const auto& [field, value] : user)
                    row += fmt::format("{}{}: {}", row.empty() ? "" : ", ", field, quoted(value));
                out += fmt::format("      - {{{}}}\n", row);
            }
        }
        return out;
    }

private:
    std::size_t below(std::size_t limit) {
        return std::uniform_int_distribution<std::size_t>(0, limit - 1)(random_);
    }
    std::string pick(const std::vector<std::string>& from) { return from[below(from.size())]; }

    // With what tables and YAML have to put in quotes.
    std::string text() {
        return pick({"Ida Krog", "Vig, Ole", "Per \"the\" Holm", "Semi; colon", "S\xc3\xb8ren: the # first",
                     "a|b", "- x", "it's"});
    }

    Fields user(std::size_t server, std::size_t number) {
        Fields fields{{"username", fmt::format("{}{:02}", server + 10, number)}};
        if (below(4) != 0) fields.emplace_back("displayname", text());
        if (below(3) != 0) fields.emplace_back("ipei", fmt::format("00077 {:07}", server * 100 + number + 1));
        if (below(2) == 0) fields.emplace_back("configgroup", pick({"100", "101"}));
        return fields;
    }

    static std::string clinic(const RandomServer& server) { return "c" + server.mac.substr(15); }

    static std::string cell(const std::string& text) {
        if (text.find_first_of(",;\"") == std::string::npos) return text;
        std::string out = "\"";
        for (const char c : text) out.append(c == '"' ? 2 : 1, c);
        return out + "\"";
    }
    static std::string quoted(const std::string& text) {
        std::string out = "\"";
        for (const char c : text) {
            if (c == '"' || c == '\\') out += '\\';
            out += c;
        }
        return out + "\"";
    }

    std::mt19937 random_;
    std::vector<RandomServer> servers_;
};

constexpr std::string_view common = R"(dectprov: 1
site: fleet
vars: {host: prov.example.com}
defaults:
  model: "400"
  settings:
    provisioning:
      check: {check_sync: update, interval: 60}
      users: {check: true}
      server: {method: static, url: "https://${var:host}/${var:clinic}"}
    sip: {dtmf: {duration: 270}}
)";

void write_layers() {
    workbench::write("quiet.yaml", R"(dectprov: 1
defaults:
  settings: {provisioning: {cota: {check: true}}, sip: {dtmf: {duration: 100}}}
  handset_groups:
    100: {version: 1, settings: {ringing_volume: {volume: 1}}}
)");
    workbench::write("loud.yaml", R"(dectprov: 1
extends: [quiet.yaml]
vars: {host: loud.example.com}
defaults:
  settings: {sip: {dtmf: }}
  handset_groups:
    100: {version: 2}
    101: {version: 1, settings: {ringing_volume: {volume: 7}}}
)");
}

std::map<std::string, std::string> files_in(const std::string& folder) {
    std::map<std::string, std::string> files;
    for (const auto& entry : fs::directory_iterator(folder))
        files.emplace(entry.path().filename().string(), workbench::read(entry.path()));
    return files;
}

std::map<std::string, std::string> rendered(const std::string& description, const std::string& folder,
                                            std::vector<std::string> more = {}) {
    std::vector<std::string> arguments{"render", "--no-config", "-q", description, "-o", folder};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const CommandResult done = run(arguments);
    REQUIRE_MESSAGE(done.status == 0, description, "\n", done.err);
    return files_in(folder);
}

}  // namespace

TEST_CASE("tables, what they stand for, and the way back from the files render to the same bytes") {
    for (unsigned seed = 1; seed <= 25; ++seed) {
        CAPTURE(seed);
        const Folder folder;
        const RandomFleet fleet(seed);
        write_layers();
        workbench::write("servers.csv", fleet.servers_table());
        workbench::write("users.csv", fleet.users_table());
        workbench::write("tables.yaml", std::string(common) + R"(  users:
    - from: users.csv
      where: {clinic: "${var:clinic}"}
      columns: {Extension: username, Name: displayname, group: configgroup}
servers:
  - {from: servers.csv}
)");
        workbench::write("plain.yaml", std::string(common) + "servers:\n" + fleet.written_out());
        const auto tables = rendered("tables.yaml", "out-tables");
        CHECK(tables == rendered("plain.yaml", "out-plain"));

        const CommandResult imported =
            run({"import", "--no-config", "-q", "--model", "400", "--tables", "out-tables", "-o", "again/"});
        REQUIRE_MESSAGE(imported.status == 0, imported.err);
        CHECK(tables == rendered("again/site.yaml", "out-again"));
    }
}

TEST_CASE("tables that are read in parts render to the same bytes as those that are held") {
    const Folder folder;
    // Over a megabyte each; of the users those of a clinic stand together, or none beside the other.
    std::string servers = "mac,name,var.clinic\n";
    std::string together = "username,displayname,clinic\n";
    std::array<std::string, 5> apart;
    const std::string padding(2500, 'x');
    for (int i = 0; i != 600; ++i) {
        servers += fmt::format("0013d1{:06x},{}{},c{}\n", i + 1, padding, i, i);
        for (std::size_t k = 0; k != apart.size(); ++k) {
            const std::string row =
                fmt::format("{},\"Søren \"\"{}\"\" {}\",c{}\n", 100000 + i * 5 + static_cast<int>(k), k,
                            padding.substr(0, 500), i);
            together += row;
            apart.at(k) += row;
        }
    }
    std::string mixed = together.substr(0, together.find('\n') + 1);
    for (const std::string& rows : apart) mixed += rows;
    workbench::write("site.yaml",
                     std::string(common) + R"(  users: [{from: users.csv, where: {clinic: "${var:clinic}"}}]
servers: [{from: servers.csv}]
)");
    // A byte order mark is in the way of reading in parts.
    workbench::write("servers.csv", "\xEF\xBB\xBF" + servers);
    workbench::write("users.csv", "\xEF\xBB\xBF" + together);
    const auto held = rendered("site.yaml", "held");
    CHECK(held.size() == 1200);
    const CommandResult held_lint = run({"lint", "--no-config", "site.yaml"});
    workbench::write("servers.csv", servers);
    workbench::write("users.csv", together);
    CHECK(rendered("site.yaml", "parts") == held);
    CHECK(run({"lint", "--no-config", "site.yaml"}).out == held_lint.out);
    CHECK(rendered("site.yaml", "one", {"--jobs", "1"}) == held);
    workbench::write("users.csv", mixed);
    CHECK(rendered("site.yaml", "mixed") == held);

    // What is wrong in the middle of one is told at the same place.
    const auto spoil = [](std::string text, std::string_view from, std::string_view to) {
        return text.replace(text.find(from), from.size(), to);
    };
    const std::string bad_servers = spoil(servers, ",c300\n", ",nowhere\n");
    const std::string bad_users = spoil(mixed, "100400,", "100401,100400,");
    workbench::write("servers.csv", bad_servers);
    workbench::write("users.csv", bad_users);
    const CommandResult found = run({"lint", "--no-config", "site.yaml"});
    CHECK(found.out.find("5 users that no server selects") != std::string::npos);
    CHECK(found.out.find("4 fields in a row") != std::string::npos);
    CHECK(found.out.find("no row of users.csv has the clinic 'nowhere'") != std::string::npos);
    workbench::write("servers.csv", "\xEF\xBB\xBF" + bad_servers);
    workbench::write("users.csv", "\xEF\xBB\xBF" + bad_users);
    CHECK(run({"lint", "--no-config", "site.yaml"}).out == found.out);
}

TEST_CASE("a table of a million columns, or a row of a million cells, is told in words and quickly") {
    const Folder folder;
    std::string million;
    for (int i = 0; i < 1'000'000; ++i) million += ",x";
    const std::string site =
        "dectprov: 1\ndefaults: {model: \"400\", settings: {provisioning: {check: {interval: 60}}}}\n"
        "servers: [{from: servers.csv}]\n";
    workbench::write("site.yaml", site);
    workbench::write("servers.csv", "mac" + million + "\n00:13:d1:40:00:01\n");
    CommandResult done = run({"render", "--no-config", "site.yaml", "-o", "out"});
    CHECK(done.status == 1);
    CHECK(done.err.find("columns; a table may have 1024 [site/key]") != std::string::npos);
    CHECK(done.err.size() < 1000);
    workbench::write("servers.csv", "mac,name\n00:13:d1:40:00:01" + million + "\n");
    done = run({"render", "--no-config", "site.yaml", "-o", "out"});
    CHECK(done.status == 1);
    CHECK(done.err.find("servers.csv:2:21: error: 1000001 fields in a row; the header has 2 [site/key]") !=
          std::string::npos);
    CHECK(done.err.size() < 1000);
    CHECK_FALSE(fs::exists("out"));
}
