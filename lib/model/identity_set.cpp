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

std::optional<PackedMac> PackedMac::of(std::string_view text) {
    const auto is_digit = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
    const auto value = [](char c) { return static_cast<unsigned>(c <= '9' ? c - '0' : c - 'a' + 10); };
    if (text.size() != digits || !std::ranges::all_of(text, is_digit)) return std::nullopt;
    PackedMac mac{};
    for (std::size_t i = 0; i != mac.bytes.size(); ++i)
        mac.bytes.at(i) = static_cast<unsigned char>(value(text[2 * i]) << 4U | value(text[2 * i + 1]));
    return mac;
}

char* PackedMac::write(char* to) const noexcept {
    constexpr std::string_view all_digits = "0123456789abcdef";
    for (const unsigned byte : bytes) {
        *to++ = all_digits[byte >> 4U];
        *to++ = all_digits[byte & 0xfU];
    }
    return to;
}

std::string PackedMac::text() const {
    std::string text(digits, '\0');
    write(text.data());
    return text;
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
