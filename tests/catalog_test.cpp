// SPDX-License-Identifier: MIT
#include "catalog/catalog.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "catalog/entries.hpp"
#include "catalog/firmware.hpp"
#include "catalog/handset_locks.hpp"
#include "catalog/value_forms.hpp"

using namespace dectprov;

namespace {

constexpr int guide_lines = 2479;

std::vector<EntryId> all_entries(const Catalog& catalog) {
    std::vector<EntryId> ids;
    for (std::size_t id = 0; id < catalog.size(); ++id) ids.push_back(static_cast<EntryId>(id));
    return ids;
}

std::vector<std::string> split(const std::string& text, std::string_view by) {
    std::vector<std::string> parts;
    for (std::size_t begin = 0; true;) {
        const auto end = text.find(by, begin);
        parts.push_back(text.substr(begin, end - begin));
        if (end == std::string::npos) return parts;
        begin = end + by.size();
    }
}

// "12", "12-15": lines of the guide, in order.
bool is_lines(const std::string& text) {
    const auto dash = text.find('-');
    const std::string first = text.substr(0, dash);
    const std::string last = dash == std::string::npos ? first : text.substr(dash + 1);
    if (!all_digits(first) || !all_digits(last) || first.size() > 4 || last.size() > 4) return false;
    return std::stoi(first) >= 1 && std::stoi(first) <= std::stoi(last) && std::stoi(last) <= guide_lines;
}

bool is_origin(const std::string& origin) {
    constexpr std::string_view guide = "guide line ";
    return std::ranges::all_of(split(origin, "; "), [&](const std::string& part) {
        if (part.starts_with("https://") || part.starts_with("http://")) {
            return parse_url(part).has_value();
        }
        if (part.starts_with("RFC ")) return true;
        if (part.starts_with("inferred ")) return true;
        if (part.starts_with("no source ")) return true;
        return part.starts_with(guide) &&
               std::ranges::all_of(split(part.substr(guide.size()), ", "), is_lines);
    });
}

}  // namespace

TEST_CASE("every entry is found under its path and as a child of its parent") {
    const Catalog& catalog = Catalog::builtin();
    for (const EntryId id : all_entries(catalog)) {
        const std::string path = catalog.path(id);
        CAPTURE(path);
        CHECK(catalog.find(path) == id);
        const Entry& entry = catalog[id];
        if (entry.parent == EntryId::none) continue;
        CHECK(catalog.child(entry.parent, entry.name) == id);
        CHECK(catalog.path(entry.parent) + '.' + std::string(entry.name) == path);
        CHECK(entry.parent < id);
        CHECK(entry.after <= catalog[entry.parent].after);
    }
}

TEST_CASE("an entry's subtree is what has its path in front") {
    const Catalog& catalog = Catalog::builtin();
    for (const EntryId id : all_entries(catalog)) {
        const std::string front = catalog.path(id) + '.';
        for (const EntryId other : all_entries(catalog)) {
            CHECK((id < other && other < catalog[id].after) == catalog.path(other).starts_with(front));
        }
    }
}

TEST_CASE("names that are not there are not found") {
    const Catalog& catalog = Catalog::builtin();
    CHECK(catalog.find("") == EntryId::none);
    CHECK(catalog.find("config.") == EntryId::none);
    CHECK(catalog.find(".config") == EntryId::none);
    CHECK(catalog.find("config.sip.nothing") == EntryId::none);
    CHECK(catalog.find("sip.callwaiting") == EntryId::none);
    CHECK(catalog.child(entry("config.sip"), "") == EntryId::none);
    CHECK(catalog.child(entry("config.sip"), "Callwaiting") == EntryId::none);
    CHECK(catalog.child(entry("config.sip"), std::string(1'000'000, 'c')) == EntryId::none);
    CHECK(catalog.child(EntryId::none, "config") == EntryId::none);
}

TEST_CASE("fields of a user have numbers right behind the user") {
    const Catalog& catalog = Catalog::builtin();
    const EntryId user = entry("users.user");
    const auto first = static_cast<std::size_t>(user);
    CHECK(static_cast<std::size_t>(catalog[user].after) - first < 32);
    for (auto id = first + 1; id < static_cast<std::size_t>(catalog[user].after); ++id) {
        CHECK(catalog[static_cast<EntryId>(id)].parent == user);
    }
    CHECK(static_cast<std::size_t>(entry("users.user.localno")) ==
          static_cast<std::size_t>(entry("users.user.username")) + 1);
}

TEST_CASE("sections of a configuration stand in the order of the guide's examples") {
    const Catalog& catalog = Catalog::builtin();
    const auto names = [&](EntryId parent) {
        std::string text;
        for (const EntryId id : catalog.children(parent)) text += std::string(catalog[id].name) + ' ';
        return text;
    };
    CHECK(names(entry("config")) == "network mr rfp suota provisioning sip license slave dect system_event ");
    CHECK(names(entry("config.provisioning")) == "check config cota firmware server users ");
    CHECK(names(entry("cota")) == "info data ");
    CHECK(names(entry("cota.info")) == "group version ");
}

TEST_CASE("a section has the models of its children together") {
    const Catalog& catalog = Catalog::builtin();
    for (const EntryId id : all_entries(catalog)) {
        if (!catalog.is_section(id)) continue;
        ModelSet together;
        for (const EntryId child : catalog.children(id)) together = together | catalog[child].models;
        CAPTURE(catalog.path(id));
        CHECK(together == catalog[id].models);
    }
}

TEST_CASE("defaults and examples fit the type of their row") {
    for (const Param* row : builtin_rows) {
        CAPTURE(row->path);
        CHECK_FALSE(check(row->type, row->default_value));
        CHECK_FALSE(check(row->type, row->example));
    }
}

TEST_CASE("every row tells its origin in a known form") {
    for (const Param* row : builtin_rows) {
        CAPTURE(row->path);
        CAPTURE(row->origin);
        CHECK(is_origin(std::string(row->origin)));
        CHECK_FALSE(row->summary.ends_with('.'));
        CHECK_FALSE(row->note.ends_with('.'));
    }
    CHECK(is_origin(std::string(merge_type.origin)));
    const auto check_facts = [](const auto& facts) {
        for (const FirmwareFact& fact : facts) {
            CAPTURE(fact.origin);
            CHECK(is_origin(std::string(fact.origin)));
        }
    };
    check_facts(firmware_releases);
    check_facts(firmware_forms);
    check_facts(firmware_part_numbers);
    for (const FirmwareElement& element : firmware_elements) CHECK(is_origin(std::string(element.origin)));
    CHECK_FALSE(is_origin("guide line 2480"));
    CHECK_FALSE(is_origin("guide line 12-3"));
    CHECK_FALSE(is_origin("somebody said so"));
}

TEST_CASE("secrets are the rows that hold one, and each has a secret name") {
    std::set<std::string> secret;
    for (const Param* row : builtin_rows) {
        const std::string_view name = row->path.substr(row->path.rfind('.') + 1);
        if (has(row->traits, Trait::secret)) {
            secret.emplace(row->path);
            CHECK(is_secret_name(name));
            CHECK(row->example.empty());
        } else if (row->type.kind != Kind::section) {
            CAPTURE(name);
            CHECK_FALSE(is_secret_name(name));
        }
    }
    CHECK(secret == std::set<std::string>{"config.license", "config.slave.license", "users.user.accesscode",
                                          "users.user.authpassword", "cota.data.screen_lock.pin",
                                          "cota.data.power_off_password.password"});
}

TEST_CASE("traits say which sections are closed, open and repeated") {
    const Catalog& catalog = Catalog::builtin();
    for (const std::string_view path : {"config.suota", "config.mr", "config.mr.auto", "config.rfp",
                                        "config.rfp.auto", "cota.info", "users.user", "cota.data.vibrate"}) {
        CAPTURE(path);
        CHECK(catalog.has(catalog.find(path), Trait::closed));
    }
    for (const std::string_view path : {"config.provisioning", "config.provisioning.check",
                                        "config.provisioning.server", "config.provisioning.firmware"}) {
        CAPTURE(path);
        CHECK(catalog.has(catalog.find(path), Trait::open));
        CHECK_FALSE(catalog.has(catalog.find(path), Trait::closed));
    }
    CHECK(catalog.has(entry("users.user"), Trait::repeatable));
    CHECK(catalog.has(entry("config.license"), Trait::lines));
    CHECK(catalog.has(entry("config.provisioning.server.url"), Trait::credential));
    CHECK(catalog.root(entry("users.user.ipei")) == entry("users"));
    CHECK(catalog.named(entry("config"), "check").size() == 4);
    CHECK(catalog.named(entry("users"), "check").empty());
}

TEST_CASE("paths as people write them find their root") {
    CHECK(Catalog::rooted("sip.dtmf.duration") == "config.sip.dtmf.duration");
    CHECK(Catalog::rooted("config.sip") == "config.sip");
    CHECK(Catalog::rooted("user[].configgroup") == "users.user.configgroup");
    CHECK(Catalog::rooted("user[12].ipei") == "users.user.ipei");
    CHECK(Catalog::rooted("users.user.ipei") == "users.user.ipei");
    CHECK(Catalog::rooted("data.vibrate.active") == "cota.data.vibrate.active");
    CHECK(Catalog::rooted("info.group") == "cota.info.group");
    CHECK(Catalog::rooted("cota.info") == "cota.info");
}

TEST_CASE("an addition is found like a built-in row, and built-in numbers stay") {
    Catalog catalog;
    CHECK(catalog.add({.path = "sip.srtp.mode", .kind = Kind::choice, .choices = {"off", "on"}}).empty());
    CHECK(catalog.add({.path = "user.pincode", .traits = Trait::secret}).empty());
    CHECK(catalog.add({.path = "sip.callwaiting", .kind = Kind::integer}).empty());
    CHECK(catalog.size() == Catalog::builtin().size() + 3);

    const Catalog moved = std::move(catalog);
    const EntryId mode = moved.find("config.sip.srtp.mode");
    REQUIRE(mode != EntryId::none);
    CHECK(moved.path(mode) == "config.sip.srtp.mode");
    CHECK(moved[mode].name == "mode");
    CHECK(moved.is_section(moved[mode].parent));
    CHECK(moved.root(mode) == entry("config"));
    CHECK(moved.named(entry("config"), "mode") == std::vector{mode});
    CHECK(moved.children(moved[mode].parent) == std::vector{mode});
    CHECK(check(moved.type(mode), "of")->help == "did you mean 'off'?");
    CHECK(moved.has(moved.find("users.user.pincode"), Trait::secret));
    CHECK(moved.type(entry("config.sip.callwaiting")).kind == Kind::boolean);
    CHECK(moved.find("users.user.ipei") == entry("users.user.ipei"));
    CHECK(Catalog::builtin().find("config.sip.srtp.mode") == EntryId::none);
}

TEST_CASE("a section with a star takes every element that is not known otherwise") {
    Catalog catalog;
    CHECK(catalog.add({.path = "provisioning.firmware_server.*"}).empty());
    CHECK(catalog.add({.path = "sip.*"}).empty());
    CHECK(catalog.add({.path = "sip.later", .kind = Kind::boolean}).empty());

    const EntryId server = catalog.find("config.provisioning.firmware_server");
    REQUIRE(server != EntryId::none);
    const EntryId any = catalog.child(server, "method");
    REQUIRE(any != EntryId::none);
    CHECK(catalog.is_wildcard(any));
    CHECK(catalog.child(server, "url") == any);
    CHECK(catalog.child(any, "deeper") == any);
    CHECK(catalog.has(any, Trait::repeatable));
    CHECK_FALSE(check(catalog.type(any), "anything at all"));
    CHECK(catalog.find("config.sip.callwaiting") == entry("config.sip.callwaiting"));
    CHECK(catalog.type(catalog.find("config.sip.later")).kind == Kind::boolean);
    CHECK(catalog.is_wildcard(catalog.find("config.sip.whatever")));
    CHECK_FALSE(catalog.is_wildcard(entry("config.sip.callwaiting")));
}

TEST_CASE("an addition that cannot be is refused and says why") {
    Catalog catalog;
    CHECK(catalog.add({.path = "sip.callwaiting.more"}) ==
          "is below config.sip.callwaiting, which is not a section");
    CHECK(catalog.add({.path = "sip.*.more"}) == "has a * that is not its last name");
    CHECK(catalog.add({.path = "sip.a*"}) == "has a * that is not its last name");
    CHECK(catalog.add({.path = "sip..more"}) == "has an empty name in it");
    CHECK(catalog.add({.path = ""}) == "has an empty name in it");
    CHECK(catalog.add({.path = "sip.mode", .kind = Kind::choice}) == "has no choices");
    CHECK(catalog.size() == Catalog::builtin().size());
}

TEST_CASE("model sets are written as people say them") {
    CHECK(to_text({}).empty());
    CHECK(to_text(Model::vso) == "vso");
    CHECK(to_text(dect_models) == "2500 and 8000");
    CHECK(to_text(ip_models) == "200, 400, 6500 and vso");
    CHECK(find_model("6500") == Model::s6500);
    CHECK_FALSE(find_model("VSO"));
    CHECK_FALSE(find_model("kws300"));
    for (const ModelRow& row : models) {
        CHECK(token(row.model) == row.token);
        CHECK(find_model(row.token) == row.model);
    }
}

TEST_CASE("what a hidden menu entry locks is no menu entry itself") {
    const Catalog& catalog = Catalog::builtin();
    for (const HandsetLock& lock : handset_locks) {
        CHECK(catalog.path(lock.menu).starts_with("cota.data.menu_"));
        CHECK_FALSE(catalog.is_section(lock.menu));
        CHECK_FALSE(catalog.path(lock.locked).starts_with("cota.data.menu_"));
    }
}
