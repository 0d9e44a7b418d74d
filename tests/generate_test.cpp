// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <sys/stat.h>

#include <string>
#include <vector>

#include "workbench.hpp"

using workbench::CommandResult;
using workbench::Folder;
using workbench::read;
using workbench::run;
using workbench::write;

namespace {

CommandResult generate(std::vector<std::string> args) {
    args.insert(args.begin(), "generate");
    return run(args);
}

}  // namespace

TEST_CASE("the starter of every model has no finding, and renders to files that have none") {
    const Folder folder;
    for (const char* model : {"200", "400", "6500", "vso", "2500", "8000"}) {
        CAPTURE(model);
        const bool virtual_server = model == std::string("vso");
        const CommandResult made =
            generate({"site", "--model", model, virtual_server ? "--uuid" : "--mac",
                      virtual_server ? "89fed27f-7c47-43f5-8347-cb854cedc538" : "0013d1800032"});
        REQUIRE_MESSAGE(made.status == 0, made.err);
        const std::string name = std::string("m") + model;
        write(name + ".yaml", made.out);
        const CommandResult site = run({"lint", "-q", "--verbose", name + ".yaml"});
        CHECK(site.status == 0);
        CHECK(site.out.empty());
        REQUIRE(run({"render", name + ".yaml", "-o", name}).status == 0);
        const CommandResult files = run({"lint", "-q", "--fail-on", "warning", name});
        CHECK(files.status == 0);
        CHECK(files.out.empty());
    }
}

TEST_CASE("what the starter shows in comments is right as well") {
    const Folder folder;
    for (const char* model : {"6500", "8000"}) {
        CAPTURE(model);
        std::string text = generate({"site", "--model", model, "--mac", "0013d1800032"}).out;
        // Takes the comment sign from examples: lines that are YAML behind it.
        for (const char* example : {"# firmware_version:", "# licenses:", "# firmware:", "# cota:", "# - {",
                                    "# handset_groups:", "#   100:", "#     version:", "#     settings:",
                                    "#       ringing_volume:", "# firmware_files:", "#   kws:"}) {
            const std::size_t at = text.find(example);
            if (at != std::string::npos) text.erase(at, 2);
        }
        write("site.yaml", text);
        const CommandResult site = run({"lint", "-q", "--fail-on", "warning", "site.yaml"});
        CHECK(site.status == 0);
        CHECK(site.out.empty());
    }
}

TEST_CASE("a configuration takes settings by their paths") {
    const Folder folder;
    const CommandResult made = generate({"config", "--model", "6500", "--set", "sip.dtmf.duration=300",
                                         "--set", "provisioning.server.method=static", "--set",
                                         "provisioning.server.url=https://p.example.com"});
    CHECK(made.status == 0);
    CHECK(made.out.find("  <sip>\n    <dtmf>\n      <duration>300</duration>\n") != std::string::npos);
    CHECK(made.out.find("<method>static</method>") != std::string::npos);
    CHECK(made.out.find("dhcp</method>") == std::string::npos);
    write("0013d1800032-config.xml", made.out);
    CHECK(run({"lint", "--fail-on", "warning", "."}).status == 0);
}

TEST_CASE("a setting that the model refuses or whose value does not fit is an error at the assignment") {
    const Folder folder;
    const CommandResult value = generate({"config", "--model", "6500", "--set", "sip.dtmf.duration=long"});
    CHECK(value.status == 1);
    CHECK(value.out.empty());
    CHECK(value.err.find("--set:1:19: error:") != std::string::npos);
    CHECK(value.err.find("[value/type]") != std::string::npos);
    const CommandResult model = generate({"config", "--model", "200", "--set", "mr.auto.enable=true"});
    CHECK(model.status == 1);
    CHECK(model.err.find("[element/not-for-model]") != std::string::npos);
    const CommandResult unknown = generate({"config", "--model", "200", "--set", "sip.dtmf.durtion=3"});
    CHECK(unknown.status == 0);
    CHECK(unknown.err.find("[element/unknown]") != std::string::npos);
    CHECK(unknown.out.find("<durtion>3</durtion>") != std::string::npos);
    for (const char* bad : {"sip.dtmf=3", "sip", "=3", ".sip=3", "sip..tos=3", "sip.tos.x=1"}) {
        CAPTURE(bad);
        CHECK(generate({"config", "--model", "200", "--set", "sip.tos=1", "--set", bad}).status == 2);
    }
}

TEST_CASE("no secret of an assignment is told") {
    const Folder folder;
    const CommandResult made =
        generate({"handset", "--group", "1", "--version", "1", "--set", "screen_lock.pin=Hush1234", "--set",
                  "screen_lock.minimum_pin_length=many"});
    CHECK(made.status == 1);
    CHECK(made.err.find("Hush") == std::string::npos);
}

TEST_CASE("users come from a table and are validated where they stand in it") {
    const Folder folder;
    write("u.csv", "username;displayname;authpassword\n7001;\"Doe; Jim\";Hush-1\n7002;B\xc3\xb8;\n");
    const CommandResult made = generate({"users", "--model", "6500", "u.csv", "-o", "users.xml"});
    CHECK_MESSAGE(made.status == 0, made.err);
    CHECK(read("users.xml").find("<displayname>Doe; Jim</displayname>") != std::string::npos);
    struct stat status {};
    REQUIRE(::stat("users.xml", &status) == 0);
    CHECK((status.st_mode & 07777U) == 0640U);
    write("twice.csv", "username\n7001\n7001\n");
    const CommandResult twice = generate({"users", "--model", "6500", "twice.csv"});
    CHECK(twice.status == 1);
    CHECK(twice.out.empty());
    CHECK(twice.err.find("twice.csv:3:1: error:") != std::string::npos);
    CHECK(run({"generate", "users", "--model", "8000", "-"}, "localno\n4001\n").out.find("<localno>4001<") !=
          std::string::npos);
    CHECK(generate({"users", "--model", "6500", "nowhere.csv"}).status == 2);
}

TEST_CASE("a handset group takes paths from data or below it") {
    for (const char* path : {"ringing_volume.volume=3", "data.ringing_volume.volume=3"}) {
        CHECK(generate({"handset", "--group", "100", "--version", "7", "--set", path}).out ==
              "<cota>\n  <info>\n    <group>100</group>\n    <version>7</version>\n  </info>\n  <data>\n"
              "    <ringing_volume>\n      <volume>3</volume>\n    </ringing_volume>\n  </data>\n</cota>\n");
    }
    CHECK(generate({"handset", "--group", "0", "--version", "7"}).status == 2);
    CHECK(generate({"handset", "--group", "10000", "--version", "7"}).status == 2);
}

TEST_CASE("a version list is made of the group files in a folder") {
    const Folder folder;
    const auto group = [](const std::string& identity, int number, int version) {
        const std::string id = std::to_string(number);
        write("g/" + identity + "-handset_config_group_" + id + ".xml",
              "<cota><info><group>" + id + "</group><version>" + std::to_string(version) +
                  "</version></info><data/></cota>");
    };
    group("0013d1800032", 100, 3);
    group("0013d1800032", 20, 1);
    CHECK(generate({"ver", "g"}).out == "GROUP20 VERSION1\nGROUP100 VERSION3\n");
    group("0013d1800033", 1, 9);
    CHECK(generate({"ver", "g"}).status == 2);
    CHECK(generate({"ver", "g", "--server", "00:13:d1:80:00:33"}).out == "GROUP1 VERSION9\n");
    write("b/0013d1800032-handset_config_group_1.xml", "<cota><info></cota>");
    CHECK(generate({"ver", "b"}).status == 1);
    write("c/0013d1800032-handset_config_group_1.xml", "<cota><info><group>1</group></info></cota>");
    CHECK(generate({"ver", "c"}).status == 1);
    CHECK(generate({"ver", "nowhere"}).status == 2);
}

TEST_CASE("a firmware version is written in the form that the guide prints first") {
    CHECK(generate({"firmware-ver", "PCS20Ba 90198"}).out == "PCS20Ba 90198\n");
    CHECK(generate({"firmware-ver", "PCS17Ea58478"}).out == "PCS17Ea 58478\n");
    CHECK(generate({"firmware-ver", "newest"}).status == 2);
}

TEST_CASE("the configuration file is accepted as it is made, and with its examples in force") {
    const Folder folder;
    const CommandResult made = generate({"config-file"});
    REQUIRE(made.status == 0);
    write("site.yaml", generate({"site", "--model", "6500", "--mac", "0013d1800032"}).out);
    write(".dectprov.yaml", made.out);
    CHECK(run({"lint", "site.yaml"}).status == 0);
    std::string text;
    std::string line;
    std::istringstream lines(made.out);
    while (std::getline(lines, line)) {
        // Examples are keys or stand below one; sentences begin with a capital letter.
        const bool example = line.starts_with("# ") && (line[2] == ' ' || (line[2] >= 'a' && line[2] <= 'z'));
        const bool missing = line.starts_with("# parameters:");
        if (example && !missing) text += line.substr(2) + "\n";
    }
    write(".dectprov.yaml", text);
    const CommandResult done = run({"lint", "site.yaml"});
    CHECK_MESSAGE(done.status != 2, done.err);
}

TEST_CASE("wrong usage has status 2 and prints no result") {
    const Folder folder;
    const std::vector<std::vector<std::string>> usages{
        {"site", "--model", "6500"},
        {"site", "--mac", "00:13:d1:80:00:32"},
        {"site", "--model", "6500", "--uuid", "89fed27f-7c47-43f5-8347-cb854cedc538"},
        {"site", "--model", "vso", "--mac", "00:13:d1:80:00:32"},
        {"site", "--model", "6500", "--mac", "01:00:5e:00:00:01"},
        {"site", "--model", "6500", "--mac", "twelve"},
        {"site", "--model", "6501", "--mac", "00:13:d1:80:00:32"},
        {"handset", "--group", "100"},
        {"handset", "--version", "3"},
        {"handset", "--group", "100", "--version", "3", "--model", "6500"},
        {"users", "--model", "6500"},
        {"config"},
        {"config", "--model", "6500", "--set", "sip.tos"},
        {"firmware-ver"},
        {"config-file", "extra"},
        {"nonsense"},
        {}};
    for (const auto& usage : usages) {
        const CommandResult done = generate(usage);
        CAPTURE(done.err);
        CHECK(done.status == 2);
        CHECK(done.out.empty());
    }
    CHECK(generate({"sites"}).err.find("'site'") != std::string::npos);
}

TEST_CASE("an existing file is replaced only by force") {
    const Folder folder;
    write("site.yaml", "mine\n");
    const std::vector<std::string> args{"site",         "--model", "6500",     "--mac",
                                        "0013d1800032", "-o",      "site.yaml"};
    CHECK(generate(args).status == 2);
    CHECK(read("site.yaml") == "mine\n");
    std::vector<std::string> forced = args;
    forced.emplace_back("--force");
    CHECK(generate(forced).status == 0);
    CHECK(read("site.yaml").starts_with("# A site description"));
    CHECK(generate({"config-file", "-o", "new.yaml"}).status == 0);
}
