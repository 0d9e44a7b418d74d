// SPDX-License-Identifier: MIT
#include "diag/fingerprint.hpp"

#include <array>
#include <cstring>
#include <string_view>
#include <unordered_map>

// All of it is in the header, so that no program needs another library for one function.
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "diag/escape.hpp"

namespace dectprov {
namespace {

// XXH3 of 128 bits (Collet), whose values are the same in every release and on every machine; two texts that
// differ share one by chance alone, and no one in 2^64 findings does.
using Sum = std::array<unsigned char, sizeof(XXH128_canonical_t)>;

Sum sum_of(std::string_view text) {
    XXH128_canonical_t canonical;
    XXH128_canonicalFromHash(&canonical, XXH3_128bits(text.data(), text.size()));
    Sum sum;
    std::memcpy(sum.data(), canonical.digest, sum.size());
    return sum;
}

struct SumHash {
    std::size_t operator()(const Sum& sum) const {
        std::size_t first = 0;
        std::memcpy(&first, sum.data(), sizeof first);
        return first;
    }
};

std::string hex_of(const Sum& sum) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string hex;
    for (const unsigned char byte : sum) {
        hex += digits[byte >> 4U];
        hex += digits[byte & 0xfU];
    }
    return hex;
}

}  // namespace

std::vector<Fingerprint> fingerprints(std::span<const Finding> findings) {
    std::vector<Fingerprint> result;
    result.reserve(findings.size());
    std::unordered_map<Sum, std::size_t, SumHash> seen;
    std::string text;
    for (const Finding& finding : findings) {
        text.clear();
        for (const std::string_view part :
             {finding.rule->id, std::string_view(finding.file), std::string_view(finding.identity)}) {
            text += part;
            // A byte that no text has keeps "ab", "c" and "a", "bc" apart.
            text += '\xff';
        }
        const std::size_t ordinal = ++seen[sum_of(text)];
        append_number(text, ordinal);
        result.push_back({.hex = hex_of(sum_of(text)), .ordinal = ordinal});
    }
    return result;
}

}  // namespace dectprov
