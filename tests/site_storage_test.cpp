// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "doc/secret.hpp"
#include "doc/write_xml.hpp"
#include "load/layer_cache.hpp"
#include "load/site.hpp"
#include "model/bind.hpp"

// How a tree is kept is nobody's business: users from one CSV file are its table, what a layer says is built
// once for many servers, and all of it reads like a tree that is built node by node.

using namespace dectprov;

namespace {

using Others = std::vector<std::pair<std::string, std::string>>;

const char* variable(const char* name) { return std::string_view(name) == "PW" ? "s3cret" : nullptr; }

std::string where(const SourceSet& sources, Span span) {
    const Position begin = sources.position(span.file, span.begin);
    const Position end = sources.position(span.file, span.end);
    return fmt::format("{}:{}:{}-{}:{}", sources.name(span.file), begin.line, begin.column, end.line,
                       end.column);
}

// All that can be asked of the nodes.
std::vector<std::string> all_of(const Tree& tree) {
    std::vector<std::string> lines;
    const SourceSet& sources = tree.sources();
    for (NodeIndex node = 0; node != tree.size(); ++node) {
        const std::size_t length = tree.text(node).size();
        lines.push_back(fmt::format(
            "{} {} {} '{}' '{}' after {} {} {} {} {} {} {} {}", tree.path(node), tree.identity(node),
            tree.name(node), tree.text(node), tree.value(node), tree.after(node), tree.is_opaque(node),
            where(sources, tree.name_span(node)), where(sources, tree.value_span(node)),
            where(sources, tree.marked(node)), where(sources, tree.text_span(node, 0, length)),
            where(sources, tree.text_span(node, length / 2, length / 3)),
            holds_secret(tree, node, tree.after(node))));
    }
    return lines;
}

struct Loaded {
    SourceSet sources;
    Report report;
    Site site;

    Loaded(const std::string& text, const Others& others, bool resolve, LayerCache* layers = nullptr) {
        Files files = Files::memory();
        files.lay_over("d/site.yaml", text);
        for (const auto& [path, bytes] : others) files.lay_over(path, bytes);
        site = load_site(files, "d/site.yaml", sources, Catalog::builtin(),
                         {.resolve = resolve, .environment = variable, .layers = layers}, report);
        for (const SiteServer& one : site.servers) {
            for (const Tree* tree : trees(one)) bind(*tree, report);
        }
    }

    static std::vector<const Tree*> trees(const SiteServer& site_server) {
        std::vector<const Tree*> all;
        const Server& server = site_server.server;
        if (server.config) all.push_back(server.config.get());
        if (server.users) all.push_back(server.users.get());
        for (const HandsetGroup& group : server.groups) all.push_back(&group.tree);
        return all;
    }

    // Without the number of the server, which is said of the first that has it.
    void collect(std::set<std::string>& findings) const {
        for (const Diagnostic& one : report.all())
            findings.insert(
                fmt::format("{} {} {}", one.rule->id, where(sources, one.place.span), one.message));
    }
};

const std::string head = "dectprov: 1\nservers:\n  - model: \"6500\"\n    mac: 00:13:d1:80:00:32\n";

void compare_csv(const std::string& csv, bool resolve) {
    CAPTURE(csv.substr(0, 200));
    CAPTURE(resolve);
    const Others others{{"d/u.csv", csv}, {"d/none.csv", "username\n"}};
    const Loaded table(head + "    users: [{from: u.csv}]\n", others, resolve);
    const Loaded rows(head + "    users: [{from: u.csv}, {from: none.csv}]\n", others, resolve);
    const Tree& one = *table.site.servers.at(0).server.users;
    const Tree& other = *rows.site.servers.at(0).server.users;
    REQUIRE(one.is_table());
    REQUIRE(other.has_rows());
    CHECK(all_of(one) == all_of(other));
    CHECK(write_xml(one) == write_xml(other));
    CHECK(holds_secret(one) == holds_secret(other));
    std::set<std::string> of_table;
    std::set<std::string> of_rows;
    table.collect(of_table);
    rows.collect(of_rows);
    CHECK(of_table == of_rows);
}

const char* const base_layer = R"(dectprov: 1
defaults:
  licenses: [enhanced_provisioning]
  settings:
    network:
      bootproto: dhcp
      hostname: ${env:PW}
    security:
      allow_new_subscriptions: true
      accesscode: 1234
    nonsense: {deep: 1}
    provisioning:
      server: {method: static, url: "https://prov.example.com/dect"}
      check: {check_sync: update, interval: 60}
    sip:
      defaultport: 99999
    license: [A1, B2]
    mr: {auto: {enable: no}}
    dect: {subscription_allowed: "true "}
    phonebook:
  handset_groups:
    100:
      version: auto
      settings:
        ringing_volume: {volume: 3}
        ringing_tone: {tone: 1}
        alert_volume: {volume: 200}
        vibrate: {active: true}
        silent_mode:
          active: false
          settings: {display_flashing: true, vibrate: true, short_ring: false}
        auto_key_lock: {active: off}
        backlight: {timeout_state: "off", delay: 5}
        standby_text: {value: "a <b> & c"}
    101:
      settings:
        ringing_tone: {tone: 2}
        ringing_volume: {volume: 4}
)";
const char* const country_layer = R"(dectprov: 1
extends: [base.yaml]
defaults:
  settings:
    sip: {dtmf: {duration: 270}}
    clock: {timezone: Europe/Berlin}
  handset_groups:
    100:
      settings:
        language: {set: german}
        vibrate: {active: false}
)";

std::string server(int number) {
    std::string text = fmt::format("  - model: \"6500\"\n    mac: 00:13:d1:80:00:{:02x}\n", number);
    if (number % 2 == 1)
        text +=
            "    settings: {network: {hostname: h}, provisioning: {check: {interval: 30}}, media: {codecs: "
            "{}}}\n";
    if (number % 3 == 1)
        text +=
            "    handset_groups: {100: {version: 7, settings: {ringing_tone: {tone: 6}, silent_mode: "
            "{settings: {vibrate: false}}, standby_text: {value: x}}}}\n";
    if (number % 3 == 2) text += "    handset_groups: {102: {settings: {vibrate: {active: true}}}}\n";
    return text;
}

void compare_layers(const std::string& above, bool resolve) {
    CAPTURE(above);
    CAPTURE(resolve);
    const Others others{{"d/base.yaml", base_layer}, {"d/country.yaml", country_layer}};
    constexpr int count = 6;
    std::string all = above + "servers:\n";
    for (int i = 0; i != count; ++i) all += server(i);
    LayerCache layers;
    const Loaded together(all, others, resolve, &layers);
    REQUIRE(together.site.servers.size() == count);
    std::set<std::string> findings;
    std::size_t shared = 0;
    for (int i = 0; i != count; ++i) {
        CAPTURE(i);
        // Its places are elsewhere, but on as many lines of their own.
        std::string text = above + "servers:\n";
        for (int other = 0; other != i; ++other) {
            const std::string left_out = server(other);
            text.append(static_cast<std::size_t>(std::ranges::count(left_out, '\n')), '\n');
        }
        const Loaded alone(text + server(i), others, resolve);
        REQUIRE(alone.site.servers.size() == 1);
        const SiteServer& one = alone.site.servers.front();
        const SiteServer& other = together.site.servers[static_cast<std::size_t>(i)];
        const std::vector<const Tree*> ours = Loaded::trees(one);
        const std::vector<const Tree*> theirs = Loaded::trees(other);
        REQUIRE(ours.size() == theirs.size());
        for (std::size_t t = 0; t != ours.size(); ++t) {
            std::vector<std::string> lines = all_of(*theirs[t]);
            const std::string prefix = fmt::format("servers[{}]", i + 1);
            for (std::string& line : lines) line.replace(0, prefix.size(), "servers[1]");
            CHECK(all_of(*ours[t]) == lines);
            CHECK(write_xml(*ours[t]) == write_xml(*theirs[t]));
            CHECK(write_group(*ours[t], "100", "1") == write_group(*theirs[t], "100", "1"));
            CHECK(holds_secret(*ours[t]) == holds_secret(*theirs[t]));
            for (NodeIndex node = 0; node != ours[t]->size(); ++node) {
                CHECK(ours[t]->fragment(node) == nullptr);
                shared += theirs[t]->fragment(node) != nullptr ? 1 : 0;
            }
        }
        alone.collect(findings);
    }
    CHECK(shared > 10);
    std::set<std::string> of_all;
    together.collect(of_all);
    CHECK(findings == of_all);
    CHECK(of_all.size() > 8);
}

}  // namespace

TEST_CASE("the users of one CSV file are its table, and read like any others") {
    for (const bool resolve : {false, true}) {
        compare_csv("username,displayname,ipei\n7001,Ward,00077 0000001\n7002,,000770000002\n", resolve);
        compare_csv("username;displayname;ipei\r\n0042;\"Doe; \"\"Jim\"\"\";\r\n\"\";\"a\nb\"; x \r\n",
                    resolve);
        compare_csv("ipei,authpassword,authuser\n1,${env:PW},a$${b}\n2,x${env:NO}y,\"${env:PW}\"\n3,p,q\n",
                    resolve);
        compare_csv("\"username\",bogus,displayname,username\n\"a\",b,c,d\n,,,\ne\nf,g,h,i,j\n", resolve);
        compare_csv(
            "username,displayname\n\"a\x01\",\"b\"c\n\xc3\xa6,\"\xc3\xa6\"\"\xc3\xb8\"\n\"never closed,\n",
            resolve);
        compare_csv("username\n" + std::string(70'000, 'x') + "\n\"" + std::string(66'000, '"') + "\"\n",
                    resolve);
        compare_csv("username\n", resolve);
        compare_csv("username", resolve);
    }
}

TEST_CASE("a misspelt column is kept by rows, and stands for the field that is meant") {
    const Others others{{"d/u.csv", "username,displayname,configgrup\n7,Ole,2\n"}};
    const Loaded loaded(head + "    users: [{from: u.csv}]\n", others, false);
    const Tree& users = *loaded.site.servers.at(0).server.users;
    const NodeIndex meant = users.find(entry("users.user.configgroup"));
    REQUIRE(meant != Tree::none);
    CHECK(users.is_opaque(meant));
}

TEST_CASE("what a layer says is the same for many servers and for one") {
    for (const bool resolve : {false, true}) {
        compare_layers("dectprov: 1\nextends: [base.yaml]\n", resolve);
        compare_layers("dectprov: 1\nextends: [country.yaml]\n", resolve);
        compare_layers(
            "dectprov: 1\nextends: [country.yaml, base.yaml]\n"
            "defaults: {settings: {network: {bootproto: static}, clock: {timezone: UTC}}}\n",
            resolve);
        compare_layers(base_layer, resolve);
        // Elements of two sources that follow each other.
        compare_layers(
            "dectprov: 1\nextends: [base.yaml]\ndefaults:\n"
            "  settings: {suota: {auto: true, load: high}, rfp: {auto: {enable: true}}}\n"
            "  handset_groups:\n"
            "    100: {settings: {headset: {volume: 4}, language: {set: danish}}}\n"
            "    103: {settings: {headset: {volume: 4}, language: {set: danish}}}\n",
            resolve);
    }
}
