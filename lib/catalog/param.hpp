// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string_view>

#include "catalog/models.hpp"
#include "catalog/value_type.hpp"

namespace dectprov {

// What an entry is besides a value; a set of bits.
enum class Trait : std::uint8_t {
    none = 0,
    secret = 1,       // never printed: passwords, PINs, access codes, licence keys
    repeatable = 2,   // may stand many times (users.user)
    closed = 4,       // a section whose children the guide lists completely
    open = 8,         // a section with children no public source names (provisioning)
    lines = 16,       // white space around the value is its habit (a licence key on a line of its own)
    credential = 32,  // may hold a password inside (a URL)
};
constexpr Trait operator|(Trait a, Trait b) {
    return static_cast<Trait>(static_cast<unsigned>(a) | static_cast<unsigned>(b));
}
constexpr bool has(Trait set, Trait one) {
    return (static_cast<unsigned>(set) & static_cast<unsigned>(one)) != 0;
}

// Whether importing a changed value restarts the server, as far as a source says.
enum class Restart : std::uint8_t { unknown, no, yes };

// One row, one fact, one origin: what the catalogue knows of one parameter or section. Members without an
// initialiser must be written in every row.
struct Param {
    std::string_view path;  // dotted, from the root element: "config.sip.dtmf.duration", "users.user.ipei"
    ValueType type;
    ModelSet models;           // those that have it; all where no source denies it to one
    std::string_view summary;  // what it does, in our own words; one sentence, no full stop
    std::string_view origin;   // where the fact is from: "guide line 844, 1397"; a URL; several by "; "
    std::string_view default_value = {};  // the device's default where a source gives one; see `has_default`
    bool has_default = false;             // an empty default_value may be known (provisioning.check.time)
    Trait traits = Trait::none;
    Restart restart = Restart::unknown;
    ModelSet stated = {};  // those that a source names, where no source says who else has it; else empty
    std::string_view note = {};     // a doubt worth telling: "unit not stated", "known from a KWS300 alone"
    std::string_view example = {};  // a value that a source shows
};

}  // namespace dectprov
