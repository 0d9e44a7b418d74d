// SPDX-License-Identifier: MIT
#include "diag/fingerprint.hpp"

#include <fmt/format.h>

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "source/stable_hash.hpp"

namespace dectprov {
namespace {

// Reports of different machines and versions are compared, so the hash is stable: FNV-1a of 64 bits, and
// beside it a second sum with another multiplier, each with the mixing steps of SplitMix64.
struct Sum {
    std::uint64_t a = fnv1a_start;
    std::uint64_t b = 0x9e3779b97f4a7c15U;

    void add(std::string_view text) {
        a = fnv1a(text, a);
        for (const char character : text) {
            const auto byte = static_cast<unsigned char>(character);
            b = (b + byte) * 0xd1342543de82ef95U;
            b ^= b >> 29U;
        }
        // A byte that no text has keeps "ab", "c" and "a", "bc" apart.
        a = fnv1a("\xff", a);
        b = (b + 0xffU) * 0xd1342543de82ef95U;
    }
    void add(std::uint64_t number) {
        a = mixed(a ^ number);
        b = mixed(b + number);
    }

    friend bool operator==(const Sum&, const Sum&) = default;
};

struct SumHash {
    std::size_t operator()(const Sum& sum) const { return static_cast<std::size_t>(sum.a ^ sum.b); }
};

}  // namespace

std::vector<Fingerprint> fingerprints(std::span<const Finding> findings) {
    std::vector<Fingerprint> result;
    result.reserve(findings.size());
    std::unordered_map<Sum, std::size_t, SumHash> seen;
    for (const Finding& finding : findings) {
        Sum sum;
        sum.add(finding.rule->id);
        sum.add(finding.file);
        sum.add(finding.identity);
        const std::size_t ordinal = ++seen[sum];
        sum.add(static_cast<std::uint64_t>(ordinal));
        result.push_back({.hex = fmt::format("{:016x}{:016x}", sum.a, sum.b), .ordinal = ordinal});
    }
    return result;
}

}  // namespace dectprov
