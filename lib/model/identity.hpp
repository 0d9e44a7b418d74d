// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "catalog/models.hpp"
#include "catalog/types.hpp"

namespace dectprov {

// A server's identity as its files carry it: 12 lower-case hex digits of a MAC address, or a lower-case UUID.
struct Identity {
    enum class Kind : std::uint8_t { none, mac, uuid };

    Kind kind = Kind::none;
    std::string text = {};

    [[nodiscard]] ModelSet models() const;  // those that an identity of this kind allows; all for none
    friend bool operator==(const Identity& a, const Identity& b) { return a.text == b.text; }
    friend bool operator<(const Identity& a, const Identity& b) { return a.text < b.text; }
};

// Any usual notation: "00:13:d1:80:00:32", "00-13-D1-80-00-32", "0013.d180.0032", "0013D1800032"; a UUID with
// dashes, in any case. Nothing where the text is neither.
std::optional<Identity> parse_identity(std::string_view text);
// The same, and of a text that has the shape of a UUID with a letter that is no hexadecimal digit: files may
// be named so (`file/identity`).
std::optional<Identity> parse_identity_of_files(std::string_view text);

// Why no server can have it ("a multicast address", "all zero"); empty where one can.
std::string_view unusable(const Identity& identity);

// The highest number of a handset group, as the catalogue has it from the guide. The lowest is 1.
inline constexpr auto highest_group = static_cast<std::uint32_t>(types::group.highest);

inline bool is_group(std::uint32_t number) { return number != 0 && number <= highest_group; }

// What a file of a provisioning server is for.
enum class Role : std::uint8_t { none, config, users, list, group, site };

// What a file's name says. `state`:
//   exact     the server asks for this name
//   doubtful  a form that the guide prints once, or upper-case hex: stands in for its role likewise
//   near      a name no server asks for, close to one: stands in for its role where the right file is not
//             there, as long as files are checked and not compared
//   other     no provisioning name
struct FileName {
    enum class State : std::uint8_t { exact, doubtful, near, other };

    State state = State::other;
    Role role = Role::none;
    Identity identity = {};       // text as in the name, lower case, where it is not usable
    bool bad_identity = false;    // in the place of the identity stands something that is none
    std::uint32_t group = 0;      // of a group file, out of range or not
    std::string right = {};       // the name the server asks for, where `state` is not exact; empty where the
                                  // group is none
    bool right_is_there = false;  // so that this one stands in for nothing

    // Whether it counts for nothing: its role was taken from it.
    [[nodiscard]] bool is_set_aside() const { return role == Role::none && state != State::other; }
};

FileName read_name(std::string_view base_name);

// The name that an editor made its backup's name of ("NAME~", "NAME.bak"); nothing where it is no such name.
std::optional<std::string_view> backed_up_name(std::string_view base_name);

// Whether a name begins as those of a server's files do, with a MAC address or a UUID.
bool begins_with_identity(std::string_view base_name);

// "0013d1800032-users.xml", "0013d1800032-handset_config_group_100.xml" (`group` counts for groups alone).
std::string file_name(std::string_view identity, Role role, std::uint32_t group = 0);

}  // namespace dectprov
