// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catalog/param.hpp"
#include "diag/finding.hpp"
#include "doc/tree.hpp"
#include "model/identity.hpp"

namespace dectprov {

enum class ChangeKind : std::uint8_t { added, removed, changed };
std::string_view to_text(ChangeKind kind);

// What comes of a change, the worst first: what is lost, what does not arrive, what happens, what does not.
enum class EffectKind : std::uint8_t {
    cut_off,  // the server looks no more for what it looked for, or not where it did
    licence_lost,
    user_removed,
    to_default,
    not_sent,
    not_compared,
    left_behind,  // stays in handsets or in the server though it is gone from the files
    ignored,      // the server does not read it
    restarts,
    restart_unknown,
    sent,
    gained,
    told,
    no_restart,
};

struct Effect {
    EffectKind kind;
    std::string text;         // lower case, no full stop
    std::size_t count = 1;    // of what it happens to: licence keys
    std::uint32_t group = 0;  // where the change is of several groups: which of them
};

// One difference in meaning. Texts are as they may be printed.
struct Change {
    ChangeKind kind = ChangeKind::changed;
    Role role = Role::none;   // none: the server itself, or a firmware's version file
    std::uint32_t group = 0;  // of a handset group's file
    std::string file;         // as the provisioning server has it; "" for the server itself
    std::string path;         // "sip.dtmf.duration", "user[9997].displayname", "GROUP100"; "" for a file
    std::string pattern;      // the same without what identifies a user: "user[].displayname"
    std::string user = {};    // what identifies the user
    std::optional<std::string> before = {};
    std::optional<std::string> after = {};
    // What a user, a group or a file that came or went holds, path by path.
    std::vector<std::pair<std::string, std::string>> fields = {};
    std::vector<Effect> effects = {};  // worst first

    // Where the values stand, for as long as the sources do.
    const Tree* before_tree = nullptr;
    NodeIndex before_node = Tree::none;
    const Tree* after_tree = nullptr;
    NodeIndex after_node = Tree::none;
};

// What a server will do about all of its changes, in one line.
struct Forecast {
    std::size_t rank = 0;  // 0 is worst
    std::string text;      // "restarts; 2 licence keys lost; …"
    std::string notice;    // when it learns of it: "notices every 60 minutes, at 02:15"
    // The same without the time of day, which is often spread over a fleet on purpose.
    std::string notice_pattern;
};

struct ServerDiff {
    std::string identity;
    std::string name = {};   // of the description, where it has one
    std::string title = {};  // with its name behind it; "" without one
    std::string folder;
    std::string replaced = {};  // the identity of the server that it takes over from
    ChangeKind kind = ChangeKind::changed;
    std::vector<Change> changes = {};
    Forecast forecast = {};

    void set_name(const std::string& given) {
        name = given;
        title = given.empty() ? std::string() : identity + " (" + given + ")";
    }
    // How people tell it from others: "0013d1800001 (main building)".
    [[nodiscard]] std::string_view label() const { return title.empty() ? identity : title; }
};

struct Comparison {
    std::vector<ServerDiff> servers;    // those that differ, by identity
    std::vector<Finding> findings;      // of the rules by comparison, sorted
    std::vector<std::string> failures;  // what cannot be read: status 2
    std::size_t compared = 0;           // servers on either side
    std::vector<std::string> notes;     // what was left out of the comparison, and why
    std::size_t unknown = 0;            // values that stand for something that only `render` knows

    [[nodiscard]] std::size_t count(ChangeKind kind) const;
};

}  // namespace dectprov
