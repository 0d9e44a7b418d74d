// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compare/side.hpp"
#include "model/identity.hpp"

namespace dectprov {

// What the server fetches together, and leaves together.
enum class Import : std::uint8_t { configuration, users, handset_groups, firmware };
Import import_of(Role role);

// What a server holds before and after it imports the new files, as far as the old and the new ones tell, and
// which of the new ones it fetches at all. The old files are taken for imported.
class DeviceState {
public:
    // `replaces`: the new state is of another box, of which nothing is known before. The sides must outlive
    // it.
    DeviceState(const Side& before, const Side& after, bool replaces = false);

    // The value of a setting: what a file says, what an overwrite leaves out and so is the default, what a
    // merge leaves as it is. Nothing where none of these is known.
    [[nodiscard]] std::optional<std::string_view> before(EntryId id) const;
    [[nodiscard]] std::optional<std::string_view> after(EntryId id) const;

    // Why new files of a kind are not fetched: "provisioning.users.check is not true". Empty where they are,
    // or may be.
    [[nodiscard]] std::string_view not_fetched(Import what) const;
    // Whether the old files of a kind were not fetched, so that they say nothing of what is in the server and
    // its handsets. Of users and handset groups.
    [[nodiscard]] bool was_not_fetched(Import what) const;
    // The server looks at nothing at all: not_fetched() says the same of everything.
    [[nodiscard]] bool fetches_nothing() const { return fetches_nothing_; }

    // The firmware files that the server looked for before and still looks for.
    [[nodiscard]] std::vector<std::string> held_firmware() const;

    // The lists of users that the server has; null where that is not known.
    [[nodiscard]] const Tree* users_before() const;
    [[nodiscard]] const Tree* users_after() const;

    [[nodiscard]] bool replaces() const { return replaces_; }
    [[nodiscard]] const Side& old_side() const { return before_; }
    [[nodiscard]] const Side& new_side() const { return after_; }

private:
    const Side& before_;
    const Side& after_;
    // The value that a configuration gives a setting or leaves it at.
    [[nodiscard]] std::optional<std::string_view> value_in(const Server& server, EntryId id) const;
    [[nodiscard]] bool was_redundant() const;
    [[nodiscard]] bool is_redundant() const;
    [[nodiscard]] bool had_no_handset_groups() const;

    bool replaces_;
    bool fetches_nothing_ = false;
    bool fetches_config_ = true;
    bool had_no_handset_groups_ = false;
    std::string no_handset_groups_;  // why the server cannot have any; empty: it can, or may
};

// The default that a setting goes back to; nothing where no source states it.
std::optional<std::string_view> default_of(const Catalog& catalog, EntryId entry, ModelSet of_server);

}  // namespace dectprov
