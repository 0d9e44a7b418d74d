// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <poll.h>
#include <sys/inotify.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "render/render.hpp"
#include "render/rendered_servers.hpp"
#include "workbench.hpp"

using workbench::CommandResult;
using workbench::files_below;
using workbench::Folder;
using workbench::mode_of;
using workbench::read;
using workbench::run;
using workbench::write;
namespace fs = std::filesystem;

namespace {

struct SiteText {
    std::string name = "north";
    std::string mac = "00:13:d1:80:00:01";
    std::string version = "auto";
    std::string volume = "3";
    bool groups = true;
    std::string more = {};
};

std::string site(const SiteText& of = {}) {
    std::string text = "dectprov: 1\nsite: " + of.name +
                       "\nservers:\n"
                       "  - model: \"6500\"\n"
                       "    mac: \"" +
                       of.mac +
                       "\"\n"
                       "    settings:\n"
                       "      network: {bootproto: dhcp}\n"
                       "      provisioning:\n"
                       "        server: {method: static, url: https://prov.example.com/dect}\n"
                       "        check: {check_sync: update, interval: 0}\n"
                       "        users: {check: true}\n";
    if (of.groups) text += "        cota: {check: true}\n";
    text += "    users:\n      - {username: \"7001\", ipei: 00077 0000001";
    if (of.groups) text += ", configgroup: 100";
    text += "}\n";
    if (of.groups) {
        text += "    handset_groups:\n      100:\n        version: " + of.version +
                "\n        settings:\n          ringing_volume: {volume: " + of.volume + "}\n";
    }
    return text + of.more;
}

const std::string id = "0013d1800001";

CommandResult render(std::vector<std::string> args) {
    args.insert(args.begin(), "render");
    return run(args);
}

std::string list_of(const std::string& folder, const std::string& identity = id) {
    return read(folder + "/" + identity + "-handset_config_list.ver");
}

// The files that come into a folder.
class Arrivals {
public:
    explicit Arrivals(const std::string& folder) : descriptor_(::inotify_init1(IN_CLOEXEC)) {
        REQUIRE(::inotify_add_watch(descriptor_, folder.c_str(), IN_CREATE) >= 0);
    }
    ~Arrivals() { ::close(descriptor_); }
    Arrivals(const Arrivals&) = delete;
    Arrivals& operator=(const Arrivals&) = delete;
    Arrivals(Arrivals&&) = delete;
    Arrivals& operator=(Arrivals&&) = delete;

    // Waits until so many have come; false where they do not come.
    bool wait_for(std::size_t wanted) const {
        constexpr int patience = 20000;  // ms
        // An event has a header of this size and the name behind it.
        alignas(inotify_event) std::array<char, 4096> events{};
        for (std::size_t come = 0; come < wanted;) {
            pollfd waited{.fd = descriptor_, .events = POLLIN, .revents = 0};
            if (::poll(&waited, 1, patience) != 1) return false;
            const ssize_t got = ::read(descriptor_, events.data(), events.size());
            if (got <= 0) return false;
            for (std::size_t at = 0; at < static_cast<std::size_t>(got); ++come) {
                inotify_event event{};
                std::memcpy(&event, events.data() + at, sizeof event);
                at += sizeof event + event.len;
            }
        }
        return true;
    }

private:
    int descriptor_;
};

// The list of a server whose group 100 has a version made of its settings. These numbers stay as they are: a
// group whose settings are as before must not be sent again by a new release.
const std::string of_volume_3 = "GROUP100 VERSION65415\n";
const std::string of_volume_4 = "GROUP100 VERSION51784\n";

}  // namespace

TEST_CASE("a server becomes the files that it asks for, byte for byte") {
    const Folder folder;
    write("site.yaml", site());
    const CommandResult done = render({"site.yaml", "-o", "out"});
    CHECK_MESSAGE(done.status == 0, done.err);
    CHECK(done.out.empty());
    CHECK(files_below("out") == std::vector<std::string>{id + "-config.xml",
                                                         id + "-handset_config_group_100.xml",
                                                         id + "-handset_config_list.ver", id + "-users.xml"});
    CHECK(list_of("out") == of_volume_3);
    CHECK(read("out/" + id + "-handset_config_group_100.xml") ==
          "<cota>\n  <info>\n    <group>100</group>\n    <version>65415</version>\n  </info>\n  <data>\n"
          "    <ringing_volume>\n      <volume>3</volume>\n    </ringing_volume>\n  </data>\n</cota>\n");
    CHECK(read("out/" + id + "-users.xml") ==
          "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<users>\n  <user>\n"
          "    <ipei>00077 0000001</ipei>\n    <configgroup>100</configgroup>\n"
          "    <username>7001</username>\n  </user>\n</users>\n");
    CHECK(done.err == "4 created, 0 changed, 0 unchanged, 0 removed of 1 server\n");
}

TEST_CASE("files with credentials are for the group alone") {
    const Folder folder;
    write("site.yaml", site());
    REQUIRE(render({"site.yaml", "-o", "out"}).status == 0);
    CHECK(mode_of("out/" + id + "-users.xml") == 0640U);
    CHECK((mode_of("out/" + id + "-config.xml") & 0400U) != 0);
    CHECK(mode_of("out/" + id + "-config.xml") != 0640U);
    std::string text = site();
    const std::string url = "https://prov.example.com";
    text.replace(text.find(url), url.size(), "https://dect:Hush-9931@prov.example.com");
    text.replace(text.find("{volume: 3}"), 11, "{volume: 3}\n          screen_lock: {pin: \"482913\"}");
    write("site.yaml", text);
    const CommandResult done = render({"site.yaml", "-o", "secret"});
    CHECK_MESSAGE(done.status == 0, done.err);
    CHECK(mode_of("secret/" + id + "-config.xml") == 0640U);
    CHECK(mode_of("secret/" + id + "-handset_config_group_100.xml") == 0640U);
    CHECK(done.err.find("9931") == std::string::npos);
}

TEST_CASE("a file with credentials that others may read gets its mode, though its bytes stay") {
    const Folder folder;
    write("site.yaml", site());
    REQUIRE(render({"site.yaml", "-o", "out"}).status == 0);
    const std::string users = "out/" + id + "-users.xml";
    fs::permissions(users, fs::perms(0644));
    // A checkout keeps no such modes, and its files are what would be written.
    CHECK(render({"site.yaml", "-o", "out", "--check"}).status == 0);
    REQUIRE(render({"site.yaml", "-o", "out"}).status == 0);
    CHECK(mode_of(users) == 0640U);
    CHECK(render({"site.yaml", "-o", "out", "--check"}).status == 0);
    // Narrower is as whoever narrowed it wants it.
    fs::permissions(users, fs::perms(0600));
    CHECK(render({"site.yaml", "-o", "out", "--check"}).status == 0);
}

TEST_CASE("the version of a group is another when its settings change, and only then") {
    const Folder folder;
    write("site.yaml", site());
    REQUIRE(render({"site.yaml", "-o", "out"}).status == 0);
    REQUIRE(render({"site.yaml", "-o", "out"}).status == 0);
    CHECK(list_of("out") == of_volume_3);
    // Another layout of the same settings is no change.
    write("out/" + id + "-handset_config_group_100.xml",
          "<cota><!-- by hand --><data><ringing_volume>\n<volume> 3 </volume></ringing_volume></data>"
          "<info><version>8</version><group>100</group></info></cota>");
    REQUIRE(render({"site.yaml", "-o", "out"}).status == 0);
    CHECK(list_of("out") == "GROUP100 VERSION8\n");
    write("site.yaml", site({.volume = "4"}));
    REQUIRE(render({"site.yaml", "-o", "out"}).status == 0);
    CHECK(list_of("out") == of_volume_4);
    CHECK(read("out/" + id + "-handset_config_group_100.xml").find("<version>51784<") != std::string::npos);
}

TEST_CASE("the version of a group is made of its settings, in every folder and layout and for every server") {
    const Folder folder;
    write("site.yaml", site());
    REQUIRE(render({"site.yaml", "-o", "a"}).status == 0);
    REQUIRE(render({"site.yaml", "-o", "b", "--layout", "site"}).status == 0);
    CHECK(list_of("a") == of_volume_3);
    CHECK(list_of("b/north") == of_volume_3);
    write("site.yaml", site({.mac = "00:13:d1:80:00:07"}));
    REQUIRE(render({"site.yaml", "-o", "c"}).status == 0);
    CHECK(list_of("c", "0013d1800007") == of_volume_3);
}

TEST_CASE("a version that the previous file or list has is not used again for other settings") {
    const Folder folder;
    write("site.yaml", site());
    const std::string group = "out/" + id + "-handset_config_group_100.xml";
    const std::string list = "out/" + id + "-handset_config_list.ver";
    // The very number that the new settings would get, by hand: in the file, in the list, and in both.
    const std::string other =
        "<cota><info><group>100</group><version>{}</version></info><data>"
        "<ringing_volume><volume>9</volume></ringing_volume></data></cota>";
    const auto with_version = [&](const std::string& version) {
        std::string text = other;
        return text.replace(text.find("{}"), 2, version);
    };
    write(group, with_version("65415"));
    REQUIRE(render({"site.yaml", "-o", "out"}).status == 0);
    CHECK(list_of("out") == "GROUP100 VERSION65416\n");
    write(group, with_version("3"));
    write(list, "GROUP100 VERSION65415\n");
    REQUIRE(render({"site.yaml", "-o", "out"}).status == 0);
    CHECK(list_of("out") == "GROUP100 VERSION65416\n");
    fs::remove(group);
    write(list, "GROUP100 VERSION65415\nGROUP101 VERSION65416\n");
    REQUIRE(render({"site.yaml", "-o", "out"}).status == 0);
    CHECK(list_of("out") == "GROUP100 VERSION65416\n");
}

TEST_CASE("the previous output may stand elsewhere") {
    const Folder folder;
    write("site.yaml", site());
    REQUIRE(render({"site.yaml", "-o", "out"}).status == 0);
    write("site.yaml", site({.volume = "4"}));
    REQUIRE(render({"site.yaml", "-o", "new", "--previous", "out"}).status == 0);
    CHECK(list_of("new") == of_volume_4);
}

TEST_CASE("a box that replaces another gets every file, and its groups another version where they differ") {
    const Folder folder;
    write("site.yaml", site());
    REQUIRE(render({"site.yaml", "-o", "out"}).status == 0);
    const std::string replaces = "    replaces: \"00:13:d1:80:00:01\"\n";
    write("site.yaml", site({.mac = "00:13:d1:80:00:02", .more = replaces}));
    const CommandResult same = render({"site.yaml", "-o", "out", "--prune"});
    CHECK_MESSAGE(same.status == 0, same.err);
    CHECK(same.err == "4 created, 0 changed, 0 unchanged, 0 removed of 1 server\n");
    CHECK(list_of("out", "0013d1800002") == of_volume_3);
    CHECK(fs::exists("out/0013d1800002-handset_config_group_100.xml"));
    CHECK(list_of("out") == of_volume_3);
    write("site.yaml", site({.mac = "00:13:d1:80:00:02", .volume = "4", .more = replaces}));
    CHECK(render({"site.yaml", "-o", "out", "--prune"}).status == 0);
    CHECK(list_of("out", "0013d1800002") == of_volume_4);
}

TEST_CASE("a previous group that cannot be read is another") {
    const Folder folder;
    write("site.yaml", site());
    write("out/" + id + "-handset_config_group_100.xml", "<cota><info>");
    const CommandResult done = render({"site.yaml", "-o", "out"});
    CHECK_MESSAGE(done.status == 0, done.err);
    CHECK(list_of("out") == of_volume_3);
}

TEST_CASE("a written version that stays while the settings change is an error") {
    const Folder folder;
    write("site.yaml", site({.version = "4"}));
    REQUIRE(render({"site.yaml", "-o", "out"}).status == 0);
    write("site.yaml", site({.version = "4", .volume = "5"}));
    const std::string before = list_of("out");
    const CommandResult done = render({"site.yaml", "-o", "out"});
    CHECK(done.status == 1);
    CHECK(done.err.find("site.yaml:17:18: error: version is still 4") != std::string::npos);
    CHECK(done.err.find("[handset/version-not-bumped]") != std::string::npos);
    CHECK(read("out/" + id + "-handset_config_group_100.xml").find("<volume>3<") != std::string::npos);
    write("site.yaml", site({.version = "5", .volume = "5"}));
    CHECK(render({"site.yaml", "-o", "out"}).status == 0);
    CHECK(list_of("out") == "GROUP100 VERSION5\n");
}

TEST_CASE("dry-run, check and diff write nothing; check alone has a status") {
    const Folder folder;
    write("site.yaml", site());
    CHECK(render({"site.yaml", "-o", "out", "--check"}).status == 1);
    CHECK_FALSE(fs::exists("out"));
    const CommandResult list = render({"site.yaml", "-o", "out", "--dry-run"});
    CHECK(list.status == 0);
    CHECK(list.out.starts_with("created out/" + id + "-handset_config_group_100.xml\n"));
    CHECK_FALSE(fs::exists("out"));
    REQUIRE(render({"site.yaml", "-o", "out"}).status == 0);
    CHECK(render({"site.yaml", "-o", "out", "--check"}).status == 0);
    CHECK(render({"site.yaml", "-o", "out", "--diff"}).out.empty());
    write("site.yaml", site({.volume = "4"}));
    const CommandResult diff = render({"site.yaml", "-o", "out", "--diff"});
    CHECK(diff.out.find("--- out/" + id + "-handset_config_group_100.xml\n+++ out/") != std::string::npos);
    CHECK(diff.out.find("-      <volume>3</volume>\n+      <volume>4</volume>\n") != std::string::npos);
    CHECK(diff.out.find("-" + of_volume_3 + "+" + of_volume_4) != std::string::npos);
    CHECK(list_of("out") == of_volume_3);
}

TEST_CASE("no secret is shown by a diff, and its change is seen all the same") {
    const Folder folder;
    std::string text = site();
    text.replace(text.find("7001\""), 5, "7001\", authpassword: Hush-1111");
    write("site.yaml", text);
    REQUIRE(render({"site.yaml", "-o", "out"}).status == 0);
    text.replace(text.find("Hush-1111"), 9, "Quiet-22222");
    write("site.yaml", text);
    const CommandResult diff = render({"site.yaml", "-o", "out", "--diff"});
    CHECK(diff.out.find("-    <authpassword>***</authpassword>\n+    <authpassword>***</authpassword>\n") !=
          std::string::npos);
    CHECK((diff.out + diff.err).find("Hush") == std::string::npos);
    CHECK((diff.out + diff.err).find("Quiet") == std::string::npos);
}

TEST_CASE("an error in one site keeps all unwritten, or that one alone") {
    const Folder folder;
    write("a.yaml", site());
    write("b.yaml", site({.name = "south", .mac = "00:13:d1:80:00:02", .volume = "loud"}));
    const CommandResult stopped = render({"a.yaml", "b.yaml", "-o", "out"});
    CHECK(stopped.status == 1);
    CHECK(stopped.err.find("b.yaml:19:") != std::string::npos);
    CHECK(files_below("out").empty());
    CHECK_FALSE(fs::exists("out"));
    const CommandResult kept = render({"a.yaml", "b.yaml", "-o", "out", "--keep-going"});
    CHECK(kept.status == 1);
    CHECK(kept.err.find("b.yaml has errors; it is left out") != std::string::npos);
    CHECK(files_below("out").size() == 4);
}

TEST_CASE("of two sites that describe one server neither is written") {
    const Folder folder;
    write("a.yaml", site());
    write("b.yaml", site({.name = "south", .volume = "4"}));
    const CommandResult stopped = render({"a.yaml", "b.yaml", "-o", "out"});
    CHECK(stopped.status == 1);
    CHECK(stopped.err.find("[site/duplicate-server]") != std::string::npos);
    CHECK(files_below("out").empty());
    write("c.yaml", site({.name = "east", .mac = "00:13:d1:80:00:09"}));
    const CommandResult kept = render({"a.yaml", "b.yaml", "c.yaml", "-o", "out", "--keep-going"});
    CHECK(kept.status == 1);
    CHECK(kept.err.find("a.yaml has errors; it is left out") != std::string::npos);
    CHECK(kept.err.find("b.yaml has errors; it is left out") != std::string::npos);
    CHECK_FALSE(fs::exists("out/" + id + "-config.xml"));
    CHECK(fs::exists("out/0013d1800009-config.xml"));
}

TEST_CASE("two sites that want one version file to say two things collide, in one folder alone") {
    const Folder folder;
    const auto firmware = [](const SiteText& of, const std::string& version) {
        std::string text = site(of);
        text.replace(text.find("        check:"), 14, "        firmware: {kws: kws.bin}\n        check:");
        return text + "    firmware_files: {kws: {version: " + version + "}}\n";
    };
    write("a.yaml", firmware({}, "PCS20Ba 90198"));
    write("b.yaml", firmware({.name = "south", .mac = "00:13:d1:80:00:02"}, "PCS20Ba90198"));
    const CommandResult same = render({"b.yaml", "-o", "same"});
    CHECK_MESSAGE(same.status == 0, same.err);
    CHECK(read("same/kws.bin.ver") == "PCS20Ba 90198\n");
    write("b.yaml", firmware({.name = "south", .mac = "00:13:d1:80:00:02"}, "PCS20Ca 91000"));
    const CommandResult stopped = render({"a.yaml", "b.yaml", "-o", "out"});
    CHECK(stopped.status == 1);
    CHECK(stopped.err.find("[site/output-collision]") != std::string::npos);
    CHECK(render({"a.yaml", "b.yaml", "-o", "out", "--layout", "site"}).status == 0);
    CHECK(read("out/north/kws.bin.ver") == "PCS20Ba 90198\n");
    CHECK(read("out/south/kws.bin.ver") == "PCS20Ca 91000\n");
}

TEST_CASE("what layers of two sites want of one file is told where it stands") {
    const Folder folder;
    const auto layered = [](const std::string& layer, const std::string& version, const SiteText& of) {
        write(layer,
              "dectprov: 1\ndefaults:\n  settings: {provisioning: {firmware: {kws: kws.bin}}}\n"
              "  firmware_files: {kws: {version: " +
                  version + "}}\n");
        return site(of) + "extends: [" + layer + "]\n";
    };
    write("a.yaml", layered("ba.yaml", "PCS20Ba 90198", {}));
    write("b.yaml", layered("ca.yaml", "PCS20Ca 91000", {.name = "south", .mac = "00:13:d1:80:00:02"}));
    const CommandResult stopped = render({"a.yaml", "b.yaml", "-o", "out"});
    CHECK(stopped.status == 1);
    CHECK_MESSAGE(stopped.err.find("ca.yaml:4:35: error: kws.bin.ver would need two different contents") !=
                      std::string::npos,
                  stopped.err);
    CHECK(stopped.err.find("b.yaml has errors; nothing is written") != std::string::npos);
}

TEST_CASE("nothing is written outside the output folder") {
    const Folder folder;
    write("a.yaml", site({.name = "../elsewhere"}));
    CHECK(render({"a.yaml", "-o", "out", "--layout", "site"}).status == 1);
    CHECK(render({"a.yaml", "-o", "out"}).status == 0);
    std::string text = site();
    text.replace(text.find("        check:"), 14, "        firmware: {kws: ../kws.bin}\n        check:");
    write("b.yaml", text + "    firmware_files: {kws: {version: PCS20Ba 90198}}\n");
    const CommandResult done = render({"b.yaml", "-o", "other"});
    CHECK(done.status == 1);
    CHECK(done.err.find("outside the output folder") != std::string::npos);
    CHECK_FALSE(fs::exists("kws.bin.ver"));
    CHECK_FALSE(fs::exists("elsewhere"));
}

TEST_CASE("pruning removes what the rendered servers no longer have, and nothing else") {
    const Folder folder;
    write("site.yaml", site());
    REQUIRE(render({"site.yaml", "-o", "out"}).status == 0);
    write("out/0013d18000ff-config.xml", "<config/>");
    write("out/notes.txt", "mine");
    write("site.yaml", site({.groups = false}));
    REQUIRE(render({"site.yaml", "-o", "out"}).status == 0);
    CHECK(files_below("out").size() == 6);
    CHECK(render({"site.yaml", "-o", "out", "--prune", "--check"}).status == 1);
    const CommandResult done = render({"site.yaml", "-o", "out", "--prune"});
    CHECK(done.status == 0);
    CHECK(done.err ==
          "out has files of a server without a description in this run: 0013d18000ff; --prune=servers "
          "removes them\n0 created, 0 changed, 2 unchanged, 2 removed of 1 server\n");
    CHECK(files_below("out") == std::vector<std::string>{id + "-config.xml", id + "-users.xml",
                                                         "0013d18000ff-config.xml", "notes.txt"});
}

TEST_CASE("the shards of a fleet do not overlap, and together they are the whole") {
    const Folder folder;
    std::vector<std::string> names;
    for (int i = 0; i < 9; ++i) {
        names.push_back("s" + std::to_string(i) + ".yaml");
        write(names.back(), site({.mac = "00:13:d1:80:01:0" + std::to_string(i)}));
    }
    const auto shard = [&](const std::string& which, const std::string& out) {
        std::vector<std::string> args{"-o", out};
        if (!which.empty()) args.insert(args.end(), {"--shard", which});
        args.insert(args.end(), names.begin(), names.end());
        return render(args).status;
    };
    REQUIRE(shard("", "whole") == 0);
    std::vector<std::string> together;
    for (int k = 1; k <= 3; ++k) {
        const std::string part = "part" + std::to_string(k);
        REQUIRE(shard(std::to_string(k) + "/3", part) == 0);
        for (const std::string& name : files_below(part)) {
            CHECK(read(part + "/" + name) == read("whole/" + name));
            together.push_back(name);
        }
    }
    std::ranges::sort(together);
    CHECK(together == files_below("whole"));
    for (const char* bad : {"0/3", "4/3", "1", "a/b", "1/", "/2", "1/2/3"}) {
        CAPTURE(bad);
        CHECK(shard(bad, "x") == 2);
    }
}

TEST_CASE("the number of jobs changes nothing") {
    const Folder folder;
    std::vector<std::string> args{"-o", "one", "-j", "1", "--dry-run"};
    for (int i = 0; i < 12; ++i) {
        const std::string name = "s" + std::to_string(i) + ".yaml";
        write(name, site({.mac = "00:13:d1:80:02:1" + std::to_string(i % 8), .volume = i == 7 ? "x" : "3"}));
        args.push_back(name);
    }
    const CommandResult one = render(args);
    args[3] = "6";
    const CommandResult six = render(args);
    CHECK(one.status == 1);
    CHECK(one.err == six.err);
    CHECK(one.out == six.out);
    CHECK(one.err.find("duplicate-server") != std::string::npos);
}

TEST_CASE("a large server is validated and written by several threads as by one") {
    const Folder folder;
    std::string csv = "username,displayname,authuser,ipei\n";
    for (int i = 0; i < 12'000; ++i) {
        csv += std::to_string(10'000 + i % 11'998) + ",Ward " + std::to_string(i) + ",a" + std::to_string(i) +
               ",00077" + std::to_string(1'000'000 + i) + "\n";
    }
    const std::string text =
        "dectprov: 1\nservers:\n  - model: \"6500\"\n    mac: 00:13:d1:80:00:01\n    settings:\n"
        "      provisioning: {check: {interval: 60}, users: {check: true}}\n    users: [{from: u.csv}]\n";
    write("u.csv", csv);
    write("s.yaml", text);
    const CommandResult one = render({"s.yaml", "-o", "one", "-j", "1"});
    const CommandResult four = render({"s.yaml", "-o", "four", "-j", "4"});
    CHECK(one.status == 1);
    CHECK(one.err == four.err);
    CHECK(one.err.find("u.csv:12000:1") != std::string::npos);
    CHECK(one.err.find("u.csv:12001:1") != std::string::npos);

    write("u.csv", csv.substr(0, csv.find("10000,Ward 11998")));
    CHECK(render({"s.yaml", "-o", "one", "-j", "1"}).status == 0);
    CHECK(render({"s.yaml", "-o", "four", "-j", "4"}).status == 0);
    const std::string users = id + "-users.xml";
    CHECK(read("one/" + users).size() > 1'000'000);
    CHECK(read("one/" + users) == read("four/" + users));
    const CommandResult again = render({"s.yaml", "-o", "four", "-j", "4"});
    CHECK((again.out + again.err).find("2 unchanged") != std::string::npos);
}

TEST_CASE("a report lists each server's files with what became of them") {
    const Folder folder;
    write("site.yaml", site());
    REQUIRE(render({"site.yaml", "-o", "out"}).status == 0);
    write("site.yaml", site({.volume = "4"}));
    REQUIRE(render({"site.yaml", "-o", "out", "--report", "json=report.json"}).status == 0);
    const auto report = nlohmann::json::parse(read("report.json"));
    CHECK(report["version"] == 1);
    CHECK(report["written"] == true);
    CHECK(report["summary"]["changed"] == 2);
    CHECK(report["summary"]["unchanged"] == 2);
    REQUIRE(report["servers"].size() == 1);
    CHECK(report["servers"][0]["server"] == id);
    CHECK(report["servers"][0]["site"] == "site.yaml");
    CHECK(report["servers"][0]["files"][3]["path"] == id + "-handset_config_list.ver");
    CHECK(report["servers"][0]["files"][3]["outcome"] == "changed");
    CHECK(render({"site.yaml", "-o", "out", "--report", "xml=x"}).status == 2);
}

TEST_CASE("a setting is traced to the layer that gives it") {
    const Folder folder;
    write("common.yaml", "dectprov: 1\ndefaults:\n  settings:\n    sip: {dtmf: {duration: 100}}\n");
    write("site.yaml", site({.more = "extends: [common.yaml]\n"}));
    const CommandResult layer = render({"site.yaml", "--explain", "sip.dtmf.duration"});
    CHECK(layer.status == 0);
    CHECK(layer.out == id + " sip.dtmf.duration = 100 (common.yaml:4:28)\n");
    CHECK(render({"site.yaml", "--explain", "data.ringing_volume.volume"}).out ==
          id + " handset_groups.100 data.ringing_volume.volume = 3 (site.yaml:19:36)\n");
    CHECK(render({"site.yaml", "--explain", "sip.dtmf.rtp"}).out == id + " sip.dtmf.rtp is not set\n");
    const CommandResult wrong = render({"site.yaml", "--explain", "sip.dtmf.durtion"});
    CHECK(wrong.status == 2);
    CHECK(wrong.err.find("sip.dtmf.duration") != std::string::npos);
    CHECK(files_below("out").empty());
}

TEST_CASE("standard input is a site description under the name that it is given") {
    const Folder folder;
    const CommandResult done = run({"render", "-", "--stdin-filename", "piped.yaml", "-o", "out"}, site());
    CHECK_MESSAGE(done.status == 0, done.err);
    CHECK(files_below("out").size() == 4);
    CHECK(run({"render", "-", "-o", "out"}, site()).status == 2);
}

TEST_CASE("wrong usage and unreadable input have status 2 and write nothing") {
    const Folder folder;
    write("site.yaml", site());
    write("flat", "a file\n");
    write("notes.txt", "mine");
    CHECK(render({"nowhere.yaml", "-o", "out"}).status == 2);
    CHECK(render({"site.yaml", "nowhere.yaml", "-o", "out"}).status == 2);
    CHECK(render({"site.yaml"}).status == 2);
    CHECK(render({"-o", "out"}).status == 2);
    write("layer.yaml", "dectprov: 1\ndefaults: {settings: {sip: {tos: 1}}}\n");
    CHECK(render({"layer.yaml", "-o", "out"}).status == 2);
    CHECK(render({"layer.yaml", "site.yaml", "-o", "fine"}).status == 0);
    CHECK(render({"site.yaml", "-o", "flat"}).status == 2);
    CHECK(render({"site.yaml", "-o", "out", "--layout", "tree"}).status == 2);
    CHECK(read("flat") == "a file\n");
    CHECK(files_below("out").empty());
}

TEST_CASE("a suppressed error does not stop the writing") {
    const Folder folder;
    std::string text = site();
    text.replace(text.find("interval: 0}"), 12,
                 "interval: often} # dectprov-disable-line value/type: a trial");
    write("site.yaml", text);
    const CommandResult done = render({"site.yaml", "-o", "out"});
    CHECK_MESSAGE(done.status == 0, done.err);
    CHECK(files_below("out").size() == 4);
}

TEST_CASE("shards are near enough equal and numbered from 1") {
    std::vector<int> counts(5);
    for (int i = 0; i < 5000; ++i) {
        const std::string identity = "0013d180" + std::to_string(1000 + i);
        const std::uint32_t shard = dectprov::shard_of(identity, 5);
        REQUIRE(shard >= 1);
        REQUIRE(shard <= 5);
        ++counts[shard - 1];
    }
    for (const int count : counts) {
        CHECK(count > 800);
        CHECK(count < 1200);
    }
}

TEST_CASE("a run that is interrupted ends with 130 and leaves nothing staged") {
    const Folder folder;
    for (int i = 0; i < 250; ++i) {
        const std::string number = std::to_string(100 + i);
        write("sites/" + number + ".yaml",
              site({.mac = "00:13:d1:80:1" + number.substr(0, 1) + ":" + number.substr(1)}));
    }
    bool interrupted = false;
    for (const std::size_t staged : {1U, 20U, 200U, 600U}) {
        fs::remove_all("out");
        fs::create_directories("out");
        Arrivals arrivals("out");
        const pid_t child = ::fork();
        if (child == 0) {
            ::execl(DECTPROV_BINARY, DECTPROV_BINARY, "render", "-q", "sites", "-o", "out", nullptr);
            ::_exit(127);
        }
        CHECK(arrivals.wait_for(staged));
        ::kill(child, SIGINT);
        int status = 0;
        REQUIRE(::waitpid(child, &status, 0) == child);
        REQUIRE(WIFEXITED(status));
        CHECK((WEXITSTATUS(status) == 130 || WEXITSTATUS(status) == 0));
        interrupted = interrupted || WEXITSTATUS(status) == 130;
        for (const std::string& name : files_below("out")) CHECK(name.find("staged") == std::string::npos);
    }
    CHECK(interrupted);
}

TEST_CASE("servers and what becomes of their files come out of the packing as they went in") {
    using dectprov::FileChange;
    using dectprov::FileStatus;
    using dectprov::RenderedServer;
    const std::string first = "first.yaml";
    const std::string second = "second.yaml";
    std::vector<RenderedServer> servers;
    servers.push_back(
        {.identity = {}, .site = {}, .changes = {{.path = "a", .status = FileStatus::removed}}});
    const std::vector<std::string> identities{"0013d1800032", "0013D1800032", "89fed27f", ""};
    for (std::size_t i = 0; i != 2000; ++i) {
        const std::string& identity = identities[i % identities.size()];
        RenderedServer& server = servers.emplace_back(
            RenderedServer{.identity = identity, .site = i % 3 == 0 ? first : second, .changes = {}});
        for (std::size_t k = 0; k != i % 4; ++k) {
            server.changes.push_back({.path = identity + "-config.xml", .status = FileStatus::created});
            server.changes.push_back(
                {.path = "clinic/" + identity + "-" + std::to_string(i), .status = FileStatus::unchanged});
        }
        server.changes.push_back({.path = "kws.ver" + std::string(i, 'x'), .status = FileStatus::changed});
    }
    dectprov::RenderedServers packed;
    CHECK(packed.empty());
    std::size_t changes = 0;
    for (const RenderedServer& one : servers) {
        packed.add(one);
        changes += one.changes.size();
    }
    packed.add(FileChange{.path = "last", .status = FileStatus::removed});
    servers.back().changes.push_back({.path = "last", .status = FileStatus::removed});
    CHECK(packed.changes() == changes + 1);
    std::size_t at = 0;
    const auto compare = [&](const RenderedServer& one) {
        const RenderedServer& wanted = servers.at(at++);
        CHECK(one.identity == wanted.identity);
        CHECK(one.site == wanted.site);
        CHECK(std::ranges::equal(one.changes, wanted.changes, [](const FileChange& a, const FileChange& b) {
            return a.path == b.path && a.status == b.status;
        }));
    };
    packed.each(compare);
    CHECK(at == servers.size());
    at = 0;
    packed.drain(compare);
    CHECK(at == servers.size());
    CHECK(packed.empty());
}
