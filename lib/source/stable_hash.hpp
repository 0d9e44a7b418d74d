// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string_view>

namespace dectprov {

// Hashes whose values leave the program (versions, shards) and so are the same in every release
// and on every machine: FNV-1a of 64 bits (Fowler, Noll, Vo), and the finalizer of SplitMix64 (Steele, Lea,
// Flood), after which every bit of the result hangs on every bit of the text.
inline constexpr std::uint64_t fnv1a_start = 0xcbf29ce484222325U;

constexpr std::uint64_t fnv1a(std::string_view text, std::uint64_t hash = fnv1a_start) {
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
    return hash;
}

constexpr std::uint64_t mixed(std::uint64_t value) {
    value = (value ^ (value >> 30U)) * 0xbf58476d1ce4e5b9U;
    value = (value ^ (value >> 27U)) * 0x94d049bb133111ebU;
    return value ^ (value >> 31U);
}

}  // namespace dectprov
