// SPDX-License-Identifier: MIT
#include "model/identity_set.hpp"

#include <algorithm>
#include <charconv>
#include <system_error>
#include <utility>

namespace dectprov {

std::optional<std::uint64_t> mac_number(std::string_view identity) {
    constexpr std::size_t digits = 12;
    const char* const behind = identity.data() + identity.size();
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(identity.data(), behind, number, 16);
    const bool is_mac = identity.size() == digits && error == std::errc() && end == behind;
    return is_mac ? std::optional(number) : std::nullopt;
}

void IdentitySet::insert(std::string_view identity) {
    if (const auto mac = mac_number(identity)) {
        macs_.push_back(*mac);
    } else {
        others_.emplace(identity);
    }
}

void IdentitySet::merge(IdentitySet more) {
    if (macs_.empty()) {
        macs_ = std::move(more.macs_);
    } else {
        macs_.insert(macs_.end(), more.macs_.begin(), more.macs_.end());
    }
    others_.merge(more.others_);
}

void IdentitySet::settle() { std::ranges::sort(macs_); }

bool IdentitySet::contains(std::string_view identity) const {
    const auto mac = mac_number(identity);
    return mac ? std::ranges::binary_search(macs_, *mac) : others_.contains(identity);
}

}  // namespace dectprov
