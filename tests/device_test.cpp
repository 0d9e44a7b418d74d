// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyse.hpp"
#include "load/config_file.hpp"
#include "rules/families.hpp"

using namespace dectprov;

namespace {

using Fields = std::map<std::string, std::string>;
using Names = std::set<std::string>;

// What an import does to a server, in as few words as the vendor's guide has for it: an overwrite sets what
// the file does not name to its default, a merge leaves it as it is. It knows nothing of the program.
struct Setting {
    std::string path;
    std::string default_value;
    std::vector<std::string> values;
};
const std::vector<Setting> settings{
    {"sip.dtmf.duration", "270", {"270", "300"}},
    {"provisioning.check.interval", "0", {"0", "60"}},
    {"provisioning.check.time", "", {"", "02:15"}},
    {"provisioning.check.check_sync", "disabled", {"disabled", "update"}},
    {"provisioning.config.check", "true", {"true", "true", "false"}},
    {"provisioning.users.check", "false", {"true", "true", "false"}},
    {"provisioning.cota.check", "false", {"true", "false"}},
    {"provisioning.server.method", "dhcp", {"static", "dhcp", "static", "disabled"}},
};

struct Config {
    bool merge = false;
    Fields fields;
};
// Nothing where it is not known.
using State = std::map<std::string, std::optional<std::string>>;

State imported(const State& held, const Config& config) {
    State after = held;
    for (const Setting& one : settings) {
        const auto found = config.fields.find(one.path);
        if (found != config.fields.end()) {
            after[one.path] = found->second;
        } else if (!config.merge) {
            after[one.path] = one.default_value;
        }
    }
    return after;
}

struct World {
    Config config;
    std::optional<std::map<std::string, std::string>> users;  // name -> IPEI
};

// What happens to a server that held `before` when it finds `now`.
class Oracle {
public:
    Oracle(const World& old_world, const World& new_world) : old_(old_world), new_(new_world) {
        before_ = imported({}, old_.config);
        nothing_ = before_["provisioning.server.method"] == "disabled";
        config_ = !nothing_ && !is("false", before_, "provisioning.config.check");
        after_ = config_ ? imported(before_, new_.config) : before_;
    }

    [[nodiscard]] bool fetches_config() const { return config_; }

    bool fetches_users() {
        return !nothing_ && !is("disabled", after_, "provisioning.server.method") &&
               !is("false", after_, "provisioning.users.check");
    }

    // The settings that an overwrite puts back.
    [[nodiscard]] Names put_back() const {
        Names all;
        if (!config_ || new_.config.merge) return all;
        for (const Setting& one : settings) {
            const auto found = old_.config.fields.find(one.path);
            if (found != old_.config.fields.end() && found->second != one.default_value &&
                !new_.config.fields.contains(one.path))
                all.insert(one.path);
        }
        return all;
    }

    // Users whom the other list names in no way: a name that is new to a handset that nobody names any more
    // is another name of its user. What was not fetched says of nobody that the server has or lacks him.
    Names beyond(const World& one, const World& other) {
        Names all;
        if (!fetches_users() || !new_.users || is("false", before_, "provisioning.users.check")) return all;
        const Fields ours = one.users.value_or(Fields());
        const Fields theirs = other.users.value_or(Fields());
        for (const auto& [name, ipei] : ours) {
            const bool renamed = std::ranges::any_of(theirs, [&ours, &ipei = ipei](const auto& their) {
                return their.second == ipei && !ours.contains(their.first);
            });
            if (!theirs.contains(name) && !renamed) all.insert(name);
        }
        return all;
    }
    Names removed() { return beyond(old_, new_); }
    Names added() { return beyond(new_, old_); }

    // Whether the server looks no more for something that it may have looked for.
    bool is_cut_off() {
        if (!config_) return false;
        const std::string method = "provisioning.server.method";
        if (after_[method] == "disabled") return true;
        if (before_[method] == "static" && after_[method] == "dhcp") return true;
        for (const char* const kind : {"config", "users", "cota"}) {
            const std::string path = std::string("provisioning.") + kind + ".check";
            const bool had = before_[path] ? *before_[path] == "true" : new_.config.fields.contains(path);
            if (had && after_[path] == "false") return true;
        }
        return never_looks(after_) && !never_looks(before_);
    }

private:
    static bool is(std::string_view value, State& state, const std::string& path) {
        return state[path] == std::string(value);
    }
    static bool never_looks(State& state) {
        return is("0", state, "provisioning.check.interval") && is("", state, "provisioning.check.time") &&
               is("disabled", state, "provisioning.check.check_sync");
    }

    const World& old_;
    const World& new_;
    State before_;
    State after_;
    bool nothing_ = false;
    bool config_ = false;
};

// Pseudo-random, the same on every machine.
class Dice {
public:
    explicit Dice(std::uint32_t seed) : engine_(seed) {}
    std::uint32_t below(std::size_t limit) {
        return static_cast<std::uint32_t>(engine_() % static_cast<std::uint32_t>(limit));
    }
    bool one_in(std::uint32_t limit) { return below(limit) == 0; }

private:
    std::mt19937 engine_;
};

World random_world(Dice& dice) {
    World world;
    world.config.merge = dice.one_in(3);
    for (const Setting& one : settings) {
        if (dice.one_in(2)) world.config.fields[one.path] = one.values[dice.below(one.values.size())];
    }
    if (dice.one_in(6)) return world;
    world.users.emplace();
    // Handsets go from user to user; now and then one is left over.
    std::vector<std::string> handsets{"1", "2", "3", "4", "5"};
    for (const char* const name : {"7001", "7002", "7003", "7004"}) {
        if (dice.one_in(3)) continue;
        const std::uint32_t which = dice.below(handsets.size());
        (*world.users)[name] = "00077 000000" + handsets[which];
        handsets.erase(handsets.begin() + which);
    }
    return world;
}

std::string elements(const Fields& fields) {
    std::map<std::string, Fields> below;
    std::string out;
    for (const auto& [path, value] : fields) {
        const std::size_t dot = path.find('.');
        if (dot == std::string::npos) {
            out += "<" + path + ">" + value + "</" + path + ">";
        } else {
            below[path.substr(0, dot)][path.substr(dot + 1)] = value;
        }
    }
    for (const auto& [name, rest] : below) out += "<" + name + ">" + elements(rest) + "</" + name + ">";
    return out;
}

void write(Files& files, const std::string& folder, const World& world) {
    const std::string start = folder + "/0013d1800032";
    files.lay_over(start + "-config.xml",
                   (world.config.merge ? "<config merge_type=\"merge\">" : "<config>") +
                       elements(world.config.fields) + "</config>");
    if (!world.users) return;
    std::string list;
    for (const auto& [name, ipei] : *world.users)
        list += "<user><username>" + name + "</username><ipei>" + ipei + "</ipei></user>";
    files.lay_over(start + "-users.xml", "<users>" + list + "</users>");
}

std::vector<Change> changes_between(const World& before, const World& after) {
    Files files = Files::memory();
    write(files, "old", before);
    write(files, "new", after);
    ConfigFiles configs(files, std::nullopt, true, {.find = find_rule, .all = all_rules()});
    const auto side = [&](const std::string& folder) {
        return analyse::Side{
            .files = files, .inputs = find_inputs(files, {folder}, {}, configs), .root = folder};
    };
    Comparison comparison = analyse::compare(side("old"), side("new"), 1);
    CHECK(comparison.failures.empty());
    return comparison.servers.empty() ? std::vector<Change>() : std::move(comparison.servers.front().changes);
}

bool has(const Change& change, EffectKind kind) {
    return std::ranges::find(change.effects, kind, &Effect::kind) != change.effects.end();
}

}  // namespace

TEST_CASE("what a server loses, keeps and does not fetch is what an import by the guide's words does") {
    std::size_t cut_off = 0;
    std::size_t removed = 0;
    std::size_t put_back = 0;
    for (std::uint32_t seed = 0; seed < 1500; ++seed) {
        CAPTURE(seed);
        Dice dice(seed);
        const World before = random_world(dice);
        World after = random_world(dice);
        // Mostly little changes between two states.
        if (dice.one_in(2)) {
            after.config.merge = before.config.merge;
            for (const auto& [path, value] : before.config.fields) {
                if (!dice.one_in(4)) after.config.fields[path] = value;
            }
        }
        Oracle oracle(before, after);
        Names said_put_back;
        Names said_removed;
        Names said_added;
        bool said_cut_off = false;
        for (const Change& change : changes_between(before, after)) {
            said_cut_off = said_cut_off || has(change, EffectKind::cut_off);
            if (has(change, EffectKind::user_removed)) said_removed.insert(change.user);
            if (change.pattern == "user[]" && change.kind == ChangeKind::added)
                said_added.insert(change.user);
            if (change.path != "merge_type" && has(change, EffectKind::to_default))
                said_put_back.insert(change.path);
            // What is not fetched is one change of the file, and nothing comes of it.
            if (change.role == Role::config && !change.path.empty()) CHECK(oracle.fetches_config());
            if (change.role == Role::users && !change.path.empty()) CHECK(oracle.fetches_users());
        }
        CHECK(said_put_back == oracle.put_back());
        CHECK(said_removed == oracle.removed());
        CHECK(said_added == oracle.added());
        CHECK(said_cut_off == oracle.is_cut_off());
        cut_off += said_cut_off ? 1 : 0;
        removed += said_removed.size();
        put_back += said_put_back.size();
    }
    // They all came up.
    CHECK(cut_off > 100);
    CHECK(removed > 100);
    CHECK(put_back > 100);
}
