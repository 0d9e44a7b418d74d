// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/entries.hpp"
#include "diag/format.hpp"
#include "diff/diff_format.hpp"
#include "lsp_client.hpp"
#include "workbench.hpp"

namespace {

// A text that is nothing else's: where any of its middle shows, a secret has been printed.
constexpr std::string_view secret = "QzPlantedSecretXy";
constexpr std::string_view middle = "PlantedSecret";

struct Planted {
    std::string_view what;
    std::string_view file;
    std::string text;
};

std::string users(std::string_view inside) {
    return "<?xml version=\"1.0\"?>\n<users>\n  <user>\n    <username>7001</username>\n    " +
           std::string(inside) + "\n    <disabled>perhaps</disabled>\n  </user>\n</users>\n";
}

std::string config(std::string_view inside) { return "<config>\n  " + std::string(inside) + "\n</config>\n"; }

std::string group(std::string_view inside) {
    return "<cota><info><group>100</group><version>one</version></info><data>" + std::string(inside) +
           "</data></cota>\n";
}

std::string site(std::string_view inside) {
    return "dectprov: 1\nsite: a\nservers:\n  - model: \"6500\"\n    mac: 0013d1800032\n" +
           std::string(inside);
}

std::string with(std::string_view before, std::string_view after) {
    return std::string(before) + std::string(secret) + std::string(after);
}

std::vector<Planted> planted() {
    constexpr std::string_view users_file = "0013d1800032-users.xml";
    constexpr std::string_view config_file = "0013d1800032-config.xml";
    constexpr std::string_view group_file = "0013d1800032-handset_config_group_100.xml";
    std::vector<Planted> all{
        {"a password that is too long", users_file,
         users(with("<authpassword>", "0123456789012345678901234567890123456789</authpassword>"))},
        {"a password with white space around", users_file,
         users(with("<authpassword> ", " </authpassword>"))},
        {"a password in CDATA", users_file, users(with("<authpassword><![CDATA[", "]]></authpassword>"))},
        {"a password twice", users_file,
         users(with("<authpassword>x</authpassword><authpassword>", "</authpassword>"))},
        {"a password as the user's name", users_file,
         users(with("<authuser>u</authuser><authpassword>", "</authpassword>"))},
        {"a password below an element", users_file, users(with("<authpassword><b>", "</b></authpassword>"))},
        {"a password in a misspelt element", users_file, users(with("<auth_pasword>", "</auth_pasword>"))},
        {"a password in an attribute", users_file,
         users(with("<domain authpassword=\"", "\">a..b</domain>"))},
        {"a password in a comment", users_file,
         users(with("<!-- <authpassword>", "</authpassword> --><domain>a..b</domain>"))},
        {"a password noted in a comment", users_file,
         users(with("<!-- password: ", " --><domain>a..b</domain>"))},
        {"an access code of letters", users_file, users(with("<accesscode>", "</accesscode>"))},
        {"a password that is cut off", users_file, with("<users><user><authpassword>", "")},
        {"a password with a wrong end tag", users_file,
         users(with("<authpassword>a</x>", "</authpassword>"))},
        {"a password with a bare ampersand", users_file, users(with("<authpassword>a&", "</authpassword>"))},
        {"a password that opens an element", users_file, users(with("<authpassword>a<", "</authpassword>"))},
        {"a password in an unclosed comment", users_file, users(with("<!-- authpassword: ", ""))},
        {"a password in front of the root", users_file, with("<!-- password=", " --><user/>")},
        {"a licence key with a blank", config_file, config(with("<license>a ", "</license>"))},
        {"a licence key twice", config_file, config(with("<license>", with(",", "</license>")))},
        {"a licence key of the second server", config_file,
         config(with("<slave><license>a b,", "</license></slave>"))},
        {"a password in a URL", config_file,
         config(with("<provisioning><server><method>dhcp</method><url>https://u:",
                     "@prov.example.com:port/</url></server></provisioning>"))},
        {"a password in a URL of another element", config_file,
         config(with("<network><ntp>http://u:", "@ntp.example.com</ntp></network><zz/>"))},
        {"a PIN that is too short for its minimum", group_file,
         group(
             with("<screen_lock><minimum_pin_length>99</minimum_pin_length><pin>", "</pin></screen_lock>"))},
        {"a password to power off", group_file,
         group(with("<power_off_password><password>", "</password></power_off_password>"))},
        {"a password in a description", "site.yaml",
         site(with("    users:\n      - {username: \"7\", authpassword: ", ", disabled: perhaps}\n"))},
        {"a password in quotes in a description", "site.yaml",
         site(with("    users:\n      - username: 7\n        authpassword: \"",
                   "\" # note\n        nmae: x\n"))},
        {"a password on lines of its own in a description", "site.yaml",
         site(with("    users:\n      - username: 7\n        authpassword: |\n          ",
                   "\n        disabled: no\n"))},
        {"a description that is no YAML at a password", "site.yaml",
         site(with("    users:\n      - username: 7\n        authpassword: [", "\n"))},
        {"a licence key in a description", "site.yaml",
         site(with("    settings: {license: ", ", sip: 3}\n"))},
        {"a URL in a description", "site.yaml",
         site(with("    settings: {provisioning: {server: {url: \"htp://u:", "@h\"}}}\n"))},
    };
    return all;
}

void check_hidden(const workbench::CommandResult& outcome, std::string_view what, std::string_view how) {
    CAPTURE(what);
    CAPTURE(how);
    CHECK(outcome.out.find(middle) == std::string::npos);
    CHECK(outcome.err.find(middle) == std::string::npos);
}

}  // namespace

TEST_CASE("no format prints a secret, wherever it stands") {
    for (const Planted& one : planted()) {
        const workbench::Folder folder;
        workbench::write(one.file, one.text);
        for (const dectprov::Format& format : dectprov::formats()) {
            const workbench::CommandResult outcome =
                workbench::run({"lint", "--format", std::string(format.name), "--verbose", "--statistics",
                                std::string(one.file)});
            check_hidden(outcome, one.what, format.name);
            CHECK(outcome.status != 2);
        }
    }
}

TEST_CASE("every planted file has a finding, so that there is something to print") {
    for (const Planted& one : planted()) {
        const workbench::Folder folder;
        workbench::write(one.file, one.text);
        const workbench::CommandResult outcome =
            workbench::run({"lint", "--format", "compact", "--verbose", std::string(one.file)});
        CAPTURE(one.what);
        CHECK_FALSE(outcome.out.empty());
    }
}

TEST_CASE("fixes and baselines keep a secret to themselves") {
    for (const Planted& one : planted()) {
        const workbench::Folder folder;
        workbench::write(one.file, one.text);
        check_hidden(workbench::run({"lint", "--unsafe-fixes", "--diff", std::string(one.file)}), one.what,
                     "--diff");
        check_hidden(workbench::run({"lint", "--write-baseline", "baseline.json", std::string(one.file)}),
                     one.what, "--write-baseline");
        CHECK(workbench::read("baseline.json").find(middle) == std::string::npos);
    }
}

TEST_CASE("a table of users keeps a secret to itself") {
    const workbench::Folder folder;
    workbench::write("site.yaml", site("    users:\n      - from: users.csv\n"));
    workbench::write("users.csv", "username;authpassword;disabled\n7001;" + std::string(secret) +
                                      ";perhaps\n7001;\"" + std::string(secret) + ";x\";;1\n");
    for (const dectprov::Format& format : dectprov::formats()) {
        check_hidden(workbench::run({"lint", "--format", std::string(format.name), "--verbose", "site.yaml"}),
                     "a CSV file", format.name);
    }
    check_hidden(workbench::run({"render", "site.yaml", "-o", "out", "--diff", "--dry-run"}), "a CSV file",
                 "render");
}

TEST_CASE("comparing keeps a secret to itself, of either side") {
    for (const Planted& one : planted()) {
        const workbench::Folder folder;
        std::string other = one.text;
        for (std::size_t at = other.find(secret); at != std::string::npos; at = other.find(secret, at))
            other.replace(at, secret.size(), "another");
        workbench::write(std::filesystem::path("a") / one.file, one.text);
        workbench::write(std::filesystem::path("b") / one.file, other);
        std::filesystem::create_directories("none");
        for (const dectprov::DiffFormat& format : dectprov::diff_formats()) {
            const auto check = [&](const std::string& before, const std::string& after) {
                check_hidden(workbench::run({"diff", "--full", "--verbose", "--allow-empty", "--format",
                                             std::string(format.name), before, after}),
                             one.what, format.name);
            };
            check("a", "b");
            check("b", "a");
            check("a", "none");
            check("none", "a");
        }
        const std::string file = "a/" + std::string(one.file);
        check_hidden(workbench::run({"preview", "--current", file, file}), one.what, "preview");
        check_hidden(workbench::run({"diff", "--current", file, "b"}), one.what, "drift");
    }
}

TEST_CASE("what a server holds keeps a secret to itself, and equal secrets are known as such") {
    const workbench::Folder folder;
    const std::string held = "license=" + std::string(secret) +
                             "\nprovisioning.server.url=https://u:" + std::string(secret) +
                             "@h/p\nvendor.password=" + std::string(secret) + "\n";
    workbench::write("held", held);
    const std::string name = "0013d1800032-config.xml";
    const auto with_url = [](const std::string& password) {
        return config("<license>" + password + "</license><provisioning><server><url>https://u:" + password +
                      "@h/p</url></server></provisioning><vendor><password>" + password +
                      "</password></vendor>");
    };
    workbench::write(std::filesystem::path("same") / name, with_url(std::string(secret)));
    workbench::write(std::filesystem::path("other") / name, with_url("another"));
    for (const dectprov::DiffFormat& format : dectprov::diff_formats()) {
        const auto drift = [&](const std::string& tree) {
            return workbench::run({"diff", "--format", std::string(format.name), "--current", "held", tree});
        };
        CHECK(drift("same").status == 0);
        CHECK(drift("other").status == 1);
        check_hidden(drift("other"), "a held secret", format.name);
    }
    for (const std::string& tree : {std::string("same"), std::string("other")}) {
        check_hidden(workbench::run({"preview", "--current", "held", tree}), "a held secret", "preview");
        check_hidden(workbench::run({"preview", "--diff", "--current", "held", tree}), "a held secret",
                     "preview --diff");
    }
}

TEST_CASE("a secret that the environment gives stays there") {
    const workbench::Folder folder;
    REQUIRE(setenv("DECTPROV_TEST_SECRET", std::string(secret).c_str(), 1) == 0);
    workbench::write("site.yaml",
                     site("    settings: {network: {bootproto: dhcp}, provisioning: {check: {interval: 5}}}\n"
                          "    users:\n      - {username: 7001, authpassword: \"a${env:DECTPROV_TEST_SECRET} "
                          "${env:DECTPROV_TEST_SECRET}${env:DECTPROV_TEST_SECRET}\"}\n"));
    const workbench::CommandResult failed = workbench::run({"render", "site.yaml", "-o", "out"});
    CHECK(failed.status == 1);
    check_hidden(failed, "a password from the environment that is too long", "render");
    workbench::write(
        "site.yaml",
        site("    settings: {network: {bootproto: dhcp}, provisioning: {check: {interval: 5}}}\n"
             "    users:\n      - {username: 7001, authpassword: \"${env:DECTPROV_TEST_SECRET}\"}\n"));
    const workbench::CommandResult made = workbench::run({"render", "site.yaml", "-o", "out", "--diff"});
    CHECK(made.status == 0);
    check_hidden(made, "a password from the environment", "render --diff");
    check_hidden(workbench::run({"render", "site.yaml", "-o", "out"}), "a password from the environment",
                 "render");
    CHECK(workbench::read("out/0013d1800032-users.xml").find(secret) != std::string::npos);
}

namespace {

// Every element below a section with a text in it, but for what says which group or kind of server it is.
std::string every_element(dectprov::EntryId section, std::string_view text) {
    const dectprov::Catalog& catalog = dectprov::Catalog::builtin();
    std::string out;
    for (const dectprov::EntryId child : catalog.children(section)) {
        const std::string_view name = catalog[child].name;
        if (name == "*" || child == dectprov::entry("cota.info.group")) continue;
        const std::string inside = catalog.is_section(child) ? every_element(child, text) : std::string(text);
        out += "<" + std::string(name) + ">" + inside + "</" + std::string(name) + ">\n";
    }
    return out;
}

// A server's files with the text in every element, in the list and in a table.
void write_everywhere(const std::string& folder, const std::string& text) {
    const std::string server = folder + "/files/0013d1800032-";
    workbench::write(server + "config.xml",
                     "<config>" + every_element(dectprov::entry("config"), text) + "</config>\n");
    workbench::write(server + "users.xml", "<users>" + every_element(dectprov::entry("users"), text) +
                                               every_element(dectprov::entry("users"), "1") + "</users>\n");
    workbench::write(server + "handset_config_group_5.xml",
                     "<cota>" + every_element(dectprov::entry("cota"), text) + "</cota>\n");
    workbench::write(server + "handset_config_list.ver", "GROUP5 VERSION1\n");
    workbench::write(server + "image.bin", "");
    const std::string one = "\"" + text + "\"";
    workbench::write(
        folder + "/described/site.yaml",
        "dectprov: 1\nsite: " + one + "\nservers:\n  - model: \"6500\"\n    mac: \"00:13:d1:80:00:32\"\n" +
            "    name: " + one + "\n    firmware_version: " + one + "\n    licenses: [" + one + "]\n" +
            "    settings:\n      sip: {callwaiting: " + one + ", proxy: {domain: " + one + "}}\n" +
            "      provisioning: {check: {interval: " + one + ", time: " + one +
            "}, users: {check: true}, cota: {check: true}, firmware: {kws: " + one + "}}\n" +
            "    firmware_files: [{file: " + one + ", version: " + one + "}]\n    users:\n" +
            "      - {ipei: " + one + ", username: " + one + ", displayname: " + one +
            ", configgroup: " + one + "}\n      - {ipei: " + one + ", username: " + one + "}\n" +
            "      - from: users.csv\n        columns: {A: username, B: displayname, C: localno}\n" +
            "        where: {B: \"none\"}\n        set: {standbytext: " + one + "}\n" +
            "    handset_groups: {5: {version: " + one + ", settings: {ringing_volume: {volume: " + one +
            "}}}}\n  - model: " + one + "\n    mac: " + one + "\n");
    workbench::write(folder + "/described/users.csv",
                     "A,B,C\n" + text + "," + text + "," + text + "\n1,2,3\n");
}

}  // namespace

TEST_CASE("the password in an address or behind its name is shown of no value, wherever it stands") {
    const workbench::TemporaryFolder folder;
    write_everywhere(folder / "plain", "1");
    for (const std::string& text : {with("https://adm:", "@h/x.ver"), with("adm:", "@h/x.zip"),
                                    with("x.bin?token=", ""), with("password=", "")}) {
        write_everywhere(folder / "other", text);
        for (const std::string kind : {"files", "described"}) {
            const std::string plain = folder / ("plain/" + kind);
            const std::string other = folder / ("other/" + kind);
            bool some_hidden = false;
            std::vector<std::vector<std::string>> commands{
                {"diff", "--full", plain, other},
                {"diff", "--full", other, plain},
                {"diff", "--verbose", other, other},
                {"import", other, "-o", folder / "made.yaml"},
                {"render", other, "-o", folder / "out", "--diff"},
                {"render", other, "-o", folder / "out", "--explain", "sip"},
                {"render", other, "-o", folder / "out", "--explain", "provisioning.firmware.kws"},
                {"lint", "--verbose", "--unsafe-fixes", "--diff", other}};
            for (const dectprov::Format& format : dectprov::formats())
                commands.push_back({"lint", "--verbose", "--format", std::string(format.name), other});
            for (const dectprov::DiffFormat& format : dectprov::diff_formats())
                commands.push_back({"diff", "--format", std::string(format.name), plain, other});
            for (const std::string name : {"config", "users", "handset_config_group_5"}) {
                const std::string file = "/0013d1800032-" + name + ".xml";
                if (kind != "files") continue;
                commands.push_back({"preview", "--diff", "--current", plain + file, other + file});
                commands.push_back({"preview", "--diff", "--current", other + file, plain + file});
            }
            for (const auto& command : commands) {
                std::string line;
                for (const std::string& word : command) line += word + ' ';
                const workbench::CommandResult outcome = workbench::run(command);
                check_hidden(outcome, text, line);
                some_hidden = some_hidden || outcome.out.find("***") != std::string::npos;
            }
            CHECK(some_hidden);
        }
    }
}

TEST_CASE("an editor is shown no password of an address, wherever it stands") {
    const workbench::TemporaryFolder folder;
    std::size_t shown = 0;
    for (const std::string& text : {with("https://adm:", "@h/x.ver"), with("password=", "")}) {
        write_everywhere(folder / "", text);
        for (const std::string name : {"files/0013d1800032-config.xml", "files/0013d1800032-users.xml",
                                       "files/0013d1800032-handset_config_group_5.xml", "described/site.yaml",
                                       "described/users.csv"}) {
            const std::string path = folder / name;
            const std::string content = workbench::read(path);
            lsp::Session session(lsp::Json::object(), {folder / ""});
            session.open(path, content);
            session.settle(path);
            const int lines = static_cast<int>(std::ranges::count(content, '\n'));
            for (int line = 0; line < lines && line < 60; ++line) {
                for (const int character : {4, 14, 30})
                    session.at("textDocument/hover", path, line, character);
            }
            for (const char* method :
                 {"textDocument/documentSymbol", "textDocument/codeLens", "textDocument/documentLink"})
                session.request(method, {{"textDocument", {{"uri", lsp::file_uri(path)}}}});
            session.request("workspace/symbol", {{"query", ""}});
            session.play();
            std::string output = session.err;
            for (const lsp::Json& message : session.messages) output += message.dump() + '\n';
            CAPTURE(name);
            CAPTURE(text);
            CHECK(output.find(middle) == std::string::npos);
            shown += output.find("***") != std::string::npos ? 1 : 0;
        }
    }
    CHECK(shown > 2);
}
