// SPDX-License-Identifier: MIT
#include "load/site.hpp"
#include "model/bind.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "catalog/entries.hpp"
#include "diag/rules.hpp"
#include "source/failure.hpp"

using namespace dectprov;

namespace {

const char* variable(const char* name) { return std::string_view(name) == "PW" ? "s3cret" : nullptr; }

// A site that is loaded, with the places of what was reported.
struct Loaded {
    Files files = Files::memory();
    SourceSet sources;
    Report report;
    Site site;

    explicit Loaded(std::string text, bool resolve = false,
                    std::initializer_list<std::pair<const char*, const char*>> others = {}) {
        files.lay_over("d/site.yaml", std::move(text));
        for (const auto& [path, bytes] : others) files.lay_over(path, bytes);
        site = load_site(files, "d/site.yaml", sources, Catalog::builtin(),
                         {.resolve = resolve, .environment = variable}, report);
        for (const SiteServer& one : site.servers) {
            if (one.server.config) bind(*one.server.config, report);
            if (one.server.users) bind(*one.server.users, report);
            for (const HandsetGroup& group : one.server.groups) bind(group.tree, report);
        }
    }

    // "site/key d/site.yaml:3:5 path | …", of the rules that are no notes.
    std::string problems(bool notes = false) const {
        std::string out;
        for (const Diagnostic& d : report.all()) {
            if ((d.rule->severity == Severity::note) != notes) continue;
            const Position at = sources.position(d.place.span.file, d.place.span.begin);
            if (!out.empty()) out += " | ";
            out += std::string(d.rule->id) + " " + sources.name(d.place.span.file) + ":" +
                   std::to_string(at.line) + ":" + std::to_string(at.column);
            const std::string path =
                d.place.tree != nullptr ? d.place.tree->path(d.place.node) : d.place.path;
            if (!path.empty()) out += " " + path;
        }
        return out;
    }
    std::string help() const { return report.all().empty() ? "" : report.all().front().help; }
    const SiteServer& server(std::size_t i = 0) const { return site.servers.at(i); }
};

// "config(sip(dtmf(duration=270)))"
std::string shape(const Tree& tree, NodeIndex node = 0) {
    std::string out(tree.name(node));
    if (!tree.has_children(node)) return out + "=" + std::string(tree.text(node));
    out += "(";
    for (NodeIndex c = tree.first(node); c != tree.after(node); c = tree.after(c)) {
        if (c != tree.first(node)) out += ' ';
        out += shape(tree, c);
    }
    return out + ")";
}

const std::string head = "dectprov: 1\nsite: x\nservers:\n  - model: \"6500\"\n    mac: 00:13:d1:80:00:32\n";

}  // namespace

TEST_CASE("a description is read in full") {
    const Loaded l(R"(dectprov: 1
site: aarhus-clinic
defaults:
  settings:
    network: {bootproto: dhcp}
servers:
  - name: main building
    model: "6500"
    mac: 00-13-D1-80-00-32
    firmware_version: PCS20Ba
    licenses: [enhanced_provisioning, cucm]
    redundant: true
    import: merge
    replaces: 0013d1800031
    settings:
      sip: {dtmf: {duration: 270}, proxy: }
      provisioning: {firmware: {kws: kws6500.bin}}
    users:
      - {username: "9997", ipei: 00077 0000001}
      - from: users.csv
    handset_groups:
      200: {version: auto, settings: {ringing_volume: {volume: 3}}}
      100: {version: 7}
    firmware_files:
      kws: {version: PCS20Ba 90198}
  - model: vso
    uuid: 89FED27F-7c47-43f5-8347-cb854cedc538
)",
                   false, {{"d/users.csv", "username;displayname;ipei\n0042;\"Doe; \"\"Jim\"\"\";\n"}});
    CHECK(l.problems() == "");
    CHECK(l.site.name == "aarhus-clinic");
    REQUIRE(l.site.servers.size() == 2);
    const SiteServer& main = l.server(0);
    CHECK(main.name == "main building");
    CHECK(main.server.identity.text == "0013d1800032");
    CHECK(main.server.options.model == Model::s6500);
    CHECK(main.server.declared);
    CHECK(main.server.of_site);
    CHECK(main.server.options.firmware_version == "PCS20Ba");
    CHECK(main.server.options.licenses->size() == 2);
    CHECK(main.server.options.redundant);
    CHECK(main.server.merge);
    CHECK(main.replaces == "0013d1800031");
    CHECK(main.has_users);
    CHECK(shape(*main.server.config) ==
          "config(network(bootproto=dhcp) sip(dtmf(duration=270)) provisioning(firmware(kws=kws6500.bin)))");
    CHECK(main.server.config->attributes().at(0).text == "merge");
    CHECK(shape(*main.server.users) ==
          "users(user(username=9997 ipei=00077 0000001) user(username=0042 displayname=Doe; \"Jim\"))");
    REQUIRE(main.server.groups.size() == 2);
    CHECK(main.server.groups[0].number == 100);
    CHECK(shape(main.server.groups[0].tree) == "cota(info(group=100 version=7))");
    CHECK(shape(main.server.groups[1].tree) ==
          "cota(info(group=200 version=auto) data(ringing_volume(volume=3)))");
    CHECK(main.server.groups[1].tree.is_opaque(3));
    CHECK(!main.versions.at(0).automatic);
    CHECK(main.versions.at(1).automatic);
    REQUIRE(main.server.list);
    CHECK(main.server.list->site);
    CHECK(main.server.list->lines.at(0).group == "100");
    CHECK(main.server.list->lines.at(0).version == "7");
    CHECK(l.sources.text(main.server.list->lines.at(0).group_span) == "100");
    REQUIRE(main.firmware_versions.size() == 1);
    CHECK(main.firmware_versions[0].file == "kws6500.bin");
    CHECK(main.firmware_versions[0].text == "PCS20Ba 90198");
    CHECK(l.server(1).server.identity.text == "89fed27f-7c47-43f5-8347-cb854cedc538");
    CHECK(!l.server(1).has_users);
    CHECK(shape(*l.server(1).server.config) == "config(network(bootproto=dhcp))");
}

TEST_CASE("paths are those of the description") {
    const Loaded l(head + R"(    settings: {sip: {dtmf: {duration: 270}}}
    users: [{username: "1"}, {username: "2"}]
    handset_groups: {100: {version: 3, settings: {ringing_volume: {volume: 3}}}}
)");
    const Server& server = l.server().server;
    CHECK(server.config->path(3) == "servers[1].settings.sip.dtmf.duration");
    CHECK(server.users->path(4) == "servers[1].users[2].username");
    const Tree& group = server.groups.at(0).tree;
    CHECK(group.path(group.find(entry("cota.info.version"))) == "servers[1].handset_groups.100.version");
    CHECK(group.path(group.find(entry("cota.data.ringing_volume.volume"))) ==
          "servers[1].handset_groups.100.settings.ringing_volume.volume");
}

TEST_CASE("layers lie under each other, later over earlier") {
    const Loaded l(
        "dectprov: 1\nextends: [base/a.yaml, base/b.yaml]\ndefaults: {model: \"400\"}\nservers:\n  - mac: "
        "0013d1800001\n"
        "    settings: {sip: {dtmf: {duration: 270}}, license: }\n",
        false,
        {{"d/base/a.yaml",
          "dectprov: 1\ndefaults:\n  model: \"200\"\n  users: [{username: a}]\n  settings:\n    license: K\n "
          "   sip: {callwaiting: "
          "false, dtmf: {duration: 100, rtp: false}}\n"},
         {"d/base/b.yaml", "extends: [c.yaml]\ndefaults:\n  settings:\n    sip: {dtmf: {duration: 200}}\n"},
         {"d/base/c.yaml", "defaults: {settings: {sip: {dtmf: {duration: 1, info: true}}}}\n"}});
    CHECK(l.problems() == "");
    CHECK(shape(*l.server().server.config) ==
          "config(sip(callwaiting=false dtmf(duration=270 rtp=false info=true)))");
    CHECK(l.server().server.options.model == Model::s400);
    CHECK(l.server().server.users->size() == 3);
    const Tree& config = *l.server().server.config;
    CHECK(l.sources.name(config.value_span(config.find(entry("config.sip.dtmf.rtp"))).file) ==
          "d/base/a.yaml");
}

TEST_CASE("layers that are missing, in a circle or full of servers are reported at their entry") {
    CHECK(Loaded("dectprov: 1\nextends: [no.yaml]\nservers: []\n").problems() ==
          "site/reference d/site.yaml:2:11 extends[1]");
    CHECK(Loaded("dectprov: 1\nextends: [a.yaml]\nservers: []\n", false,
                 {{"d/a.yaml", "dectprov: 1\nextends: [site.yaml]\n"}})
              .problems() == "site/reference d/a.yaml:2:11 extends[1]");
    CHECK(Loaded("dectprov: 1\nextends: [site.yaml]\nservers: []\n").problems() ==
          "site/reference d/site.yaml:2:11 extends[1]");
    CHECK(Loaded("dectprov: 1\nextends: [a.yaml]\nservers: []\n", false,
                 {{"d/a.yaml", "dectprov: 1\nservers: []\n"}})
              .problems() == "site/key d/a.yaml:2:1 servers");
    CHECK(Loaded("dectprov: 1\nextends: a.yaml\nservers: []\n").problems() ==
          "site/key d/site.yaml:2:10 extends");
    CHECK(Loaded("dectprov: 1\nextends: [a.yaml]\nservers: []\n", false, {{"d/a.yaml", "a: b: c\n"}})
              .problems() == "site/yaml d/a.yaml:1:5");
    CHECK(Loaded("dectprov: 1\n").site.layer);
}

TEST_CASE("layers that name each other twice are read once") {
    Files files = Files::memory();
    std::string last = "dectprov: 1\nextends: [l0.yaml, l0.yaml]\nservers: []\n";
    files.lay_over("site.yaml", last);
    for (int i = 0; i < 40; ++i) {
        const std::string next = "l" + std::to_string(i + 1) + ".yaml";
        files.lay_over("l" + std::to_string(i) + ".yaml", "extends: [" + next + ", " + next + "]\n");
    }
    files.lay_over("l40.yaml", "defaults: {redundant: true}\n");
    SourceSet sources;
    Report report;
    load_site(files, "site.yaml", sources, Catalog::builtin(), {}, report);
    CHECK(report.all().empty());
    CHECK(sources.size() == 42);
}

TEST_CASE("unknown and repeated keys are reported at the key") {
    const auto at = [](const std::string& text) { return Loaded(text).problems(); };
    CHECK(at("dectprov: 1\nextend: [c.yaml]\nservers: []\n") == "site/key d/site.yaml:2:1 extend");
    CHECK(Loaded("dectprov: 1\nextend: [c.yaml]\nservers: []\n").help() == "did you mean 'extends'?");
    CHECK(at(head + "    nmae: x\n") == "site/key d/site.yaml:6:5 servers[1].nmae");
    CHECK(at(head + "    model: vso\n") == "site/key d/site.yaml:6:5");
    CHECK(at("dectprov: 1\ndefaults: {mac: 1}\nservers: []\n") == "site/key d/site.yaml:2:12 defaults.mac");
    CHECK(at(head + "    handset_groups: {100: {version: 1, setings: {}}}\n") ==
          "site/key d/site.yaml:6:40 servers[1].handset_groups.100.setings");
    CHECK(at(head + "    users: [{from: u.csv, username: x}]\n")
              .starts_with("site/key d/site.yaml:6:27 servers[1].users[1].username"));
    CHECK(at("dectprov: 2\nservers: []\n") == "site/key d/site.yaml:1:11 dectprov");
    CHECK(at("servers: []\n") == "site/key d/site.yaml:1:1");
    CHECK(at("") == "site/key d/site.yaml:1:1");
}

TEST_CASE("values of another shape are reported and do no harm") {
    const auto at = [](const std::string& text) { return Loaded(text).problems(); };
    CHECK(at("- a\n") == "site/key d/site.yaml:1:1");
    CHECK(at("dectprov: 1\nservers: x\n") == "site/key d/site.yaml:2:10 servers");
    CHECK(at("dectprov: 1\nservers: [x, [y], ]\n") ==
          "site/key d/site.yaml:2:11 servers[1] | site/key d/site.yaml:2:14 servers[2]");
    CHECK(at(head + "    settings: [a]\n") == "site/key d/site.yaml:6:15 servers[1].settings");
    CHECK(at(head + "    settings: {sip: {dtmf: {duration: [1]}}}\n") ==
          "site/key d/site.yaml:6:39 servers[1].settings.sip.dtmf.duration");
    CHECK(at(head + "    settings: {sip: {dtmf: {duration: {a: 1}}}}\n") ==
          "site/key d/site.yaml:6:39 servers[1].settings.sip.dtmf.duration");
    CHECK(at(head + "    settings: {sip: text}\n") ==
          "element/text d/site.yaml:6:21 servers[1].settings.sip");
    CHECK(at(head + "    users: {a: b}\n") == "site/key d/site.yaml:6:12 servers[1].users");
    CHECK(at(head + "    users: [x]\n") == "site/key d/site.yaml:6:13 servers[1].users[1]");
    CHECK(at(head + "    users: [{username: {a: b}}]\n") ==
          "site/key d/site.yaml:6:24 servers[1].users[1].username");
    CHECK(at(head + "    handset_groups: [100]\n") == "site/key d/site.yaml:6:21 servers[1].handset_groups");
    CHECK(at(head + "    handset_groups: {100: x}\n") ==
          "site/key d/site.yaml:6:27 servers[1].handset_groups.100");
    CHECK(at(head + "    handset_groups: {100: {version: [1]}}\n") ==
          "site/key d/site.yaml:6:37 servers[1].handset_groups.100.version");
    CHECK(at(head + "    firmware_files: {kws: x}\n") ==
          "site/key d/site.yaml:6:27 servers[1].firmware_files.kws");
    CHECK(at(head + "    licenses: cucm\n") == "site/key d/site.yaml:6:15 servers[1].licenses");
    CHECK(at(head + "    name: [x]\n") == "site/key d/site.yaml:6:11 servers[1].name");
    CHECK(at(head + "    users:\n    settings:\n    handset_groups:\n    name:\n") == "");
}

TEST_CASE("what a server is must be known") {
    const auto at = [](const std::string& server) {
        return Loaded("dectprov: 1\nservers:\n  - " + server + "\n").problems();
    };
    CHECK(at("{model: \"6501\", mac: 0013d1800032}") == "value/choice d/site.yaml:3:14 servers[1].model");
    CHECK(at("{model: \"6500\", mac: 0013d18000}") == "value/format d/site.yaml:3:26 servers[1].mac");
    CHECK(at("{model: \"6500\", mac: \"ff:ff:ff:ff:ff:ff\"}") ==
          "file/identity d/site.yaml:3:27 servers[1].mac");
    CHECK(at("{model: vso, mac: 0013d1800032}") == "site/key d/site.yaml:3:18 servers[1].mac");
    CHECK(at("{model: \"6500\", uuid: 89fed27f-7c47-43f5-8347-cb854cedc538}") ==
          "site/key d/site.yaml:3:21 servers[1].uuid");
    CHECK(at("{model: \"6500\", mac: 89fed27f-7c47-43f5-8347-cb854cedc538}") ==
          "value/format d/site.yaml:3:26 servers[1].mac");
    CHECK(at("{model: \"6500\"}") == "element/missing d/site.yaml:3:5 servers[1]");
    CHECK(at("{mac: 0013d1800032}") == "element/missing d/site.yaml:3:5 servers[1]");
    CHECK(at("{model: vso, mac: 0013d1800032, uuid: 89fed27f-7c47-43f5-8347-cb854cedc538}")
              .starts_with("site/key d/site.yaml:3:37"));
    CHECK(Loaded(head + "    redundant: yes\n").problems() ==
          "value/type d/site.yaml:6:16 servers[1].redundant");
    CHECK(Loaded(head + "    import: marge\n").problems() ==
          "value/choice d/site.yaml:6:13 servers[1].import");
    CHECK(Loaded(head + "    licenses: [cumc]\n").problems() ==
          "value/choice d/site.yaml:6:16 servers[1].licenses[1]");
    CHECK(Loaded(head + "    licenses: [cumc]\n").help() == "did you mean 'cucm'?");
    CHECK(Loaded(head + "    replaces: x\n").problems() ==
          "value/format d/site.yaml:6:15 servers[1].replaces");
}

TEST_CASE("elements and values are validated at their place") {
    CHECK(Loaded(head + "    settings: {network: {bootprotto: dhcp}}\n").problems() ==
          "element/unknown d/site.yaml:6:26 servers[1].settings.network.bootprotto");
    CHECK(Loaded(head + "    settings: {provisioning: {check: {interval: 6o}}}\n").problems() ==
          "value/type d/site.yaml:6:49 servers[1].settings.provisioning.check.interval");
    CHECK(Loaded(head + "    users: [{username: \"1\\u00232\"}]\n").problems() ==
          "value/charset d/site.yaml:6:26 servers[1].users[1].username");
    CHECK(Loaded(head + "    handset_groups: {10000: {version: 1}}\n").problems() ==
          "value/range d/site.yaml:6:22 servers[1].handset_groups.10000");
    CHECK(Loaded(head + "    handset_groups: {100: {version: 1}, 0100: {version: 1}}\n").problems() ==
          "site/key d/site.yaml:6:41 servers[1].handset_groups.0100");
    CHECK(Loaded(head + "    firmware_files: {kws: {version: PCS20Ba 1}}\n").problems() ==
          "site/reference d/site.yaml:6:22 servers[1].firmware_files.kws");
    CHECK(Loaded(head + "    settings: {provisioning: {firmware: {kws: a.bin}}}\n    firmware_files: {kws: "
                        "{version: PCS20Ba x}}\n")
              .problems() == "firmware/ver-form d/site.yaml:7:45 servers[1].firmware_files.kws.version");
    CHECK(Loaded(head + "    settings: {network: {domain: \"a\\x01b\"}}\n")
              .problems()
              .starts_with("value/charset d/site.yaml:6:36"));
}

TEST_CASE("users of CSV files are those of the description") {
    const auto at = [](const char* csv) {
        return Loaded(head + "    users:\n      - from: u.csv\n", false, {{"d/u.csv", csv}}).problems();
    };
    CHECK(at("username,displayname\n1,a\n") == "");
    CHECK(at("username,dispalyname\n1,a\n") == "site/key d/u.csv:1:10 columns.dispalyname");
    CHECK(at("username,username\n1,a\n") == "site/key d/u.csv:1:10 columns.username");
    CHECK(at("username,displayname\n1,a,b\n") == "site/key d/u.csv:2:5");
    CHECK(at("displayname,username\n\"Ann, ward 7\",70#01\n") ==
          "value/charset d/u.csv:2:17 servers[1].users[1].username");
    CHECK(at("") == "file/empty d/u.csv:1:1");
    CHECK(Loaded(head + "    users: [{from: no.csv}]\n").problems() ==
          "site/reference d/site.yaml:6:20 servers[1].users[1].from");
    const Loaded twice(
        "dectprov: 1\ndefaults: {model: \"400\", users: [{from: u.csv}]}\nservers:\n"
        "  - {mac: 0013d1800001}\n  - {mac: 0013d1800002}\n",
        false, {{"d/u.csv", "username\n1\n"}});
    CHECK(twice.sources.size() == 2);
    CHECK(shape(*twice.server(1).server.users) == "users(user(username=1))");
}

TEST_CASE("references stay closed until a description is rendered") {
    const std::string text = head +
                             "    users:\n      - {username: \"1\", authpassword: \"${env:PW}\", "
                             "displayname: \"$${x} $5 ${file:n.txt}\"}\n";
    const Loaded lint(text);
    CHECK(lint.problems() == "");
    const Tree& closed = *lint.server().server.users;
    CHECK(closed.is_opaque(3));
    CHECK(closed.text(3) == "${env:PW}");
    const Loaded render(text, true, {{"d/n.txt", "Ann\r\n"}});
    CHECK(render.problems() == "");
    const Tree& open = *render.server().server.users;
    CHECK(!open.is_opaque(3));
    CHECK(open.text(3) == "s3cret");
    CHECK(open.text(4) == "${x} $5 Ann");
}

TEST_CASE("references that lead nowhere are reported at their place, without a value") {
    const auto at = [](const std::string& value, bool resolve) {
        return Loaded(head + "    settings: {network: {domain: \"" + value + "\"}}\n", resolve).problems();
    };
    const std::string path = " servers[1].settings.network.domain";
    CHECK(at("a${env:NO}", true) == "site/reference d/site.yaml:6:36" + path);
    CHECK(at("a${env:NO}", false) == "");
    CHECK(at("${file:no.txt}", true) == "site/reference d/site.yaml:6:35" + path);
    CHECK(at("${env:}", false) == "site/reference d/site.yaml:6:35" + path);
    CHECK(at("${PW}", false) == "site/reference d/site.yaml:6:35" + path);
    CHECK(at("${env:PW", false) == "site/reference d/site.yaml:6:35" + path);
    CHECK(at("$${env:PW", false) == "");
    CHECK(Loaded(head + "    users: [{from: u.csv}]\n", true,
                 {{"d/u.csv", "username,authpassword\n1,${env:NO}\n"}})
              .problems() == "site/reference d/u.csv:2:3 servers[1].users[1].authpassword");
}

TEST_CASE("licence keys may be a list") {
    const Loaded l(head + "    settings: {license: [\"${env:PW}\", K2]}\n", true);
    CHECK(l.problems() == "");
    CHECK(shape(*l.server().server.config) == "config(license=s3cret,K2)");
}

TEST_CASE("notes tell what other readers retype, and written secrets") {
    CHECK(Loaded(head + "    users: [{username: 0123, displayname: true, ipei: \"1\"}]\n").problems(true) ==
          "site/ambiguous-scalar d/site.yaml:6:24 servers[1].users[1].username");
    CHECK(Loaded(head + "    settings: {sip: {dtmf: {duration: 0270}}}\n").problems(true) == "");
    const Loaded secret(head + "    users: [{username: a, authpassword: hunter2}]\n");
    CHECK(secret.problems(true) == "site/plain-secret d/site.yaml:6:41 servers[1].users[1].authpassword");
    for (const Diagnostic& d : secret.report.all()) {
        CHECK(d.place.span.end - d.place.span.begin == 1);
        CHECK(d.message.find("hunter2") == std::string::npos);
    }
    CHECK(Loaded(head + "    users: [{from: u.csv}]\n", false,
                 {{"d/u.csv", "username,authpassword\n1,x\n2,y\n"}})
              .problems(true) == "site/plain-secret d/u.csv:1:10");
}

TEST_CASE("an aliased value stands at the alias and knows its anchor") {
    const Loaded l(head + "    settings: {sip: {dtmf: {duration: &d 6o, rtp: *d}}}\n");
    CHECK(l.problems() ==
          "value/type d/site.yaml:6:42 servers[1].settings.sip.dtmf.duration | value/type d/site.yaml:6:51 "
          "servers[1].settings.sip.dtmf.rtp");
    const Tree& config = *l.server().server.config;
    const NodeIndex rtp = config.find(entry("config.sip.dtmf.rtp"));
    CHECK(config.row(rtp).via == Tree::Via::alias);
    CHECK(l.sources.text(config.row(rtp).anchor) == "6o");
}

TEST_CASE("a document that is no YAML has no servers, and comments of all sources are kept") {
    const Loaded bad(head + "    name: a: b\n");
    CHECK(bad.site.servers.empty());
    CHECK(bad.problems() == "site/yaml d/site.yaml:6:12");
    const Loaded l("dectprov: 1 # dectprov-disable-line value/type\nextends: [a.yaml]\nservers: []\n", false,
                   {{"d/a.yaml", "dectprov: 1\n# dectprov-x\n"}});
    CHECK(l.site.comments.size() == 2);
}

TEST_CASE("a description that cannot be read is a failure of the run") {
    SourceSet sources;
    Report report;
    const auto load = [&] {
        return load_site(Files::memory(), "nowhere.yaml", sources, Catalog::builtin(), {}, report).name;
    };
    CHECK_THROWS_AS((void)load(), Failure);
}

TEST_CASE("layers that extend each other beyond 64 levels are refused at the entry that leads too deep") {
    const auto chain = [](int levels) {
        Loaded loaded(
            "dectprov: 1\nextends: [l1.yaml]\nservers:\n  - {model: \"6500\", mac: 0013d1800032, "
            "settings: {}}\n");
        loaded.report = Report();
        for (int i = 1; i <= levels; ++i) {
            const std::string next =
                i == levels ? std::string() : "extends: [l" + std::to_string(i + 1) + ".yaml]\n";
            loaded.files.lay_over("d/l" + std::to_string(i) + ".yaml", "dectprov: 1\n" + next);
        }
        SourceSet sources;
        Report report;
        const Site site = load_site(loaded.files, "d/site.yaml", sources, Catalog::builtin(), {}, report);
        std::string out;
        for (const Diagnostic& one : report.all()) {
            if (one.rule == &rule::site_reference)
                out += sources.name(one.place.span.file) + ": " + one.message;
        }
        return out;
    };
    CHECK(chain(63).empty());
    CHECK(chain(64) == "d/l63.yaml: too many layers extend each other");
    CHECK(chain(10'000) == "d/l63.yaml: too many layers extend each other");
}
