// SPDX-License-Identifier: MIT
#include <functional>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "rules/groups.hpp"
#include "rules/settings.hpp"

namespace dectprov {

namespace {

// All five are found in one go.
UserWalk find_duplicates(const Server& server, Report& report);

constexpr Rule duplicate_username{
    .id = "users/duplicate-username",
    .severity = Severity::error,
    .summary = "two users of one server with the same username",
    .why =
        "The server registers each username with the telephone system. If two users have the same name, one "
        "registration replaces the other, and it is chance which handset a call reaches.",
    .origin = "guide line 1930; the username identifies the record",
    .example = Example::users,
    .bad = R"(<users>
  <user>
    <username>9997</username>
  </user>
  <user>
    <username>«9997»</username>
  </user>
</users>
)",
    .good = R"(<users>
  <user>
    <username>9997</username>
  </user>
  <user>
    <username>9998</username>
  </user>
</users>
)",
    .check = {.users = find_duplicates}};

constexpr Rule duplicate_secondaryusername{
    .id = "users/duplicate-secondaryusername",
    .severity = Severity::error,
    .summary = "a secondary username that is another user's name",
    .why =
        "When the telephone system cannot be reached, calls go to secondary usernames. The guide says that "
        "they must be globally unique; if two users have the same name, only one of them gets the call.",
    .origin = "guide line 1931-1934",
    .example = Example::users,
    .bad = R"(<users>
  <user>
    <username>9997</username>
  </user>
  <user>
    <username>9998</username>
    <secondaryusername>«9997»</secondaryusername>
  </user>
</users>
)",
    .good = R"(<users>
  <user>
    <username>9997</username>
  </user>
  <user>
    <username>9998</username>
    <secondaryusername>Solveig</secondaryusername>
  </user>
</users>
)",
    .check = {.users = find_duplicates}};

constexpr Rule duplicate_ipei{
    .id = "users/duplicate-ipei",
    .severity = Severity::error,
    .summary = "one handset for two users of one server",
    .why =
        "The IPEI identifies one handset, and a handset belongs to one user. Only the twelve digits count, "
        "not the space and not the check character.",
    .origin = "guide line 1926; ETSI EN 300 175-6, IPEI",
    .example = Example::users,
    .bad = R"(<users>
  <user>
    <ipei>00077 0000001</ipei>
    <username>9997</username>
  </user>
  <user>
    <ipei>«000770000001»</ipei>
    <username>9998</username>
  </user>
</users>
)",
    .good = R"(<users>
  <user>
    <ipei>00077 0000001</ipei>
    <username>9997</username>
  </user>
  <user>
    <ipei>000770000002</ipei>
    <username>9998</username>
  </user>
</users>
)",
    .check = {.users = find_duplicates}};

constexpr Rule duplicate_localno{
    .id = "users/duplicate-localno",
    .severity = Severity::error,
    .summary = "two users of one server with the same local number",
    .why =
        "On a DECT Server a handset is called by its local number. It is the only field that every user must "
        "have.",
    .origin = "guide line 1299, 1947",
    .example = Example::users,
    .bad = R"(<users>
  <user>
    <localno>4711</localno>
  </user>
  <user>
    <localno>«4711»</localno>
  </user>
</users>
)",
    .good = R"(<users>
  <user>
    <localno>4711</localno>
  </user>
  <user>
    <localno>4712</localno>
  </user>
</users>
)",
    .check = {.users = find_duplicates}};

constexpr Rule duplicate_cucmdevicename{
    .id = "users/duplicate-cucmdevicename",
    .severity = Severity::error,
    .summary = "two users of one server with the same CUCM device name",
    .why =
        "The name stands for one device in the Cisco Unified Communications Manager. If two handsets have "
        "the same name, one replaces the other.",
    .origin = "guide line 1950",
    .example = Example::users,
    .bad = R"(<users>
  <user>
    <username>9997</username>
    <cucmdevicename>SEP123456789ABC</cucmdevicename>
  </user>
  <user>
    <username>9998</username>
    <cucmdevicename>«SEP123456789ABC»</cucmdevicename>
  </user>
</users>
)",
    .good = R"(<users>
  <user>
    <username>9997</username>
    <cucmdevicename>SEP123456789ABC</cucmdevicename>
  </user>
  <user>
    <username>9998</username>
    <cucmdevicename>SEP123456789ABD</cucmdevicename>
  </user>
</users>
)",
    .check = {.users = find_duplicates}};

// The nodes met so far by what they say: open addressing over hashes, since a list may have some hundred
// thousand users and nearly all of them differ. What a node says is looked at again only when hashes agree.
class FirstSeen {
public:
    // `most`: how many nodes will be kept at most. Room is made when the first comes.
    explicit FirstSeen(std::size_t most) : most_(most) {}

    // The first node for which `same` holds; `node` itself, now kept, where there is none.
    template <class Same>
    NodeIndex find_or_keep(std::size_t hash, NodeIndex node, const Same& same) {
        if (slots_.empty()) slots_.resize(most_ + most_ / 4 + 1);
        Slot& slot = probe(hash, same);
        if (slot.node == Tree::none) slot = {.hash = folded(hash), .node = node};
        return slot.node;
    }

    // The first node for which `same` holds, Tree::none where there is none.
    template <class Same>
    NodeIndex find(std::size_t hash, const Same& same) {
        return slots_.empty() ? Tree::none : probe(hash, same).node;
    }

private:
    struct Slot {
        std::uint32_t hash = 0;
        NodeIndex node = Tree::none;
    };

    static std::uint32_t folded(std::size_t hash) {
        return static_cast<std::uint32_t>(hash) ^ static_cast<std::uint32_t>(std::uint64_t{hash} >> 32U);
    }

    // One in five slots is free, so this ends.
    template <class Same>
    Slot& probe(std::size_t hash, const Same& same) {
        const std::uint32_t wanted = folded(hash);
        // The hash as a fraction of the table (Lemire, Fast random integer generation in an interval).
        std::size_t at = std::size_t{wanted} * slots_.size() >> 32U;
        while (true) {
            Slot& slot = slots_[at];
            if (slot.node == Tree::none || (slot.hash == wanted && same(slot.node))) return slot;
            if (++at == slots_.size()) at = 0;
        }
    }

    std::size_t most_;
    std::vector<Slot> slots_;
};

std::size_t count_users(const Tree& users) {
    std::size_t count = 0;
    if (users.empty()) return count;
    for (NodeIndex node = users.first(0); node < users.after(0); node = users.after(node)) {
        if (users.entry(node) == entry("users.user")) ++count;
    }
    return count;
}

class Duplicates {
public:
    Duplicates(const Tree& users, Report& report)
        : users_(users),
          report_(report),
          usernames_on_(report.on(duplicate_username)),
          secondary_on_(report.on(duplicate_secondaryusername)),
          ipei_on_(report.on(duplicate_ipei)),
          localno_on_(report.on(duplicate_localno)),
          cucm_on_(report.on(duplicate_cucmdevicename)),
          most_(count_users(users)) {}

    void visit(const UserView& user) {
        if (usernames_on_ || secondary_on_) names(user);
        if (ipei_on_) ipei(user);
        if (localno_on_) single(user, entry("users.user.localno"), localnos_, duplicate_localno);
        if (cucm_on_) single(user, entry("users.user.cucmdevicename"), devices_, duplicate_cucmdevicename);
    }

private:
    [[nodiscard]] auto says(std::string_view text) const {
        return [this, text](NodeIndex node) { return users_.value(node) == text; };
    }

    void single(const UserView& user, EntryId id, FirstSeen& seen, const Rule& rule) {
        const std::string_view text = user.value(id);
        if (text.empty()) return;
        const NodeIndex node = user.field(id);
        const NodeIndex first = seen.find_or_keep(std::hash<std::string_view>()(text), node, says(text));
        if (first != node)
            report(rule, node, first, fmt::format("another user has this {}", users_.name(node)));
    }

    // A user's secondary name may equal the own username; between users all names differ.
    void names(const UserView& user) {
        constexpr EntryId username_id = entry("users.user.username");
        constexpr EntryId secondary_id = entry("users.user.secondaryusername");
        const std::string_view username = user.value(username_id);
        if (!username.empty()) {
            const NodeIndex node = user.field(username_id);
            const std::size_t hash = std::hash<std::string_view>()(username);
            const NodeIndex first = usernames_.find_or_keep(hash, node, says(username));
            if (usernames_on_ && first != node) {
                report(duplicate_username, node, first, "another user has this username");
            }
            const NodeIndex taken = secondary_on_ ? secondaries_.find(hash, says(username)) : Tree::none;
            if (taken != Tree::none) {
                report(duplicate_secondaryusername, node, taken,
                       "another user has this username as secondaryusername");
            }
        }
        const std::string_view secondary = secondary_on_ ? user.value(secondary_id) : std::string_view();
        if (secondary.empty()) return;
        const NodeIndex node = user.field(secondary_id);
        const std::size_t hash = std::hash<std::string_view>()(secondary);
        const NodeIndex first = secondaries_.find_or_keep(hash, node, says(secondary));
        const NodeIndex name = usernames_.find(hash, says(secondary));
        const bool others_name = name != Tree::none && name != user.field(username_id);
        if (first == node && !others_name) return;
        const bool by_name = others_name && (first == node || name < first);
        report(duplicate_secondaryusername, node, by_name ? name : first,
               by_name ? "another user has this secondaryusername as username"
                       : "another user has this secondaryusername");
    }

    void ipei(const UserView& user) {
        constexpr EntryId id = entry("users.user.ipei");
        const std::string_view text = user.value(id);
        if (text.empty()) return;
        const auto handset = parse_ipei(text);
        if (!handset) return;
        const NodeIndex node = user.field(id);
        const auto same = [&](NodeIndex other) {
            const auto its = parse_ipei(users_.value(other));
            return its && its->number == handset->number;
        };
        // Serial numbers follow each other: a multiplication spreads them (Knuth, 6.4).
        const auto hash = static_cast<std::size_t>(handset->number * 0x9e37'79b9'7f4a'7c15U);
        const NodeIndex first = ipeis_.find_or_keep(hash, node, same);
        if (first != node) report(duplicate_ipei, node, first, "another user has this handset");
    }

    void report(const Rule& rule, NodeIndex node, NodeIndex first, std::string message) {
        report_.add(rule, users_.value_place(node), std::move(message))
            .related.push_back({.span = users_.marked(first), .message = "the first one"});
    }

    const Tree& users_;
    Report& report_;
    bool usernames_on_;
    bool secondary_on_;
    bool ipei_on_;
    bool localno_on_;
    bool cucm_on_;
    std::size_t most_;
    FirstSeen usernames_{most_};
    FirstSeen secondaries_{most_};
    FirstSeen ipeis_{most_};
    FirstSeen localnos_{most_};
    FirstSeen devices_{most_};
};

UserWalk find_duplicates(const Server& server, Report& report) {
    // std::function wants what can be copied.
    const auto duplicates = std::make_shared<Duplicates>(*server.users, report);
    return {.visit = [duplicates](const UserView& user) { duplicates->visit(user); }};
}

}  // namespace

std::span<const Rule* const> users_duplicate_rules() {
    static constexpr const Rule* rows[] = {&duplicate_username, &duplicate_secondaryusername, &duplicate_ipei,
                                           &duplicate_localno, &duplicate_cucmdevicename};
    return rows;
}

}  // namespace dectprov
