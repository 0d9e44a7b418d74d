// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string_view>

#include "doc/mask_scan.hpp"

namespace dectprov {

// The keys of a YAML text that may be broken, for hide_in_yaml().
class YamlKeys {
public:
    YamlKeys(std::string_view text, SecretNames& names) : text_(text), names_(names) {}

    // The item that ends at `colon`: of the line without what marks a list, or in flow style.
    [[nodiscard]] std::string_view item_before(std::size_t colon) const;
    // The same for `? key` on the line above, where a line begins with the ':' at `colon`.
    [[nodiscard]] std::string_view item_of(std::size_t colon) const;
    // What stands in an item apart from its last word, which is its key, and is not a part of a sentence;
    // empty where nothing does.
    [[nodiscard]] static std::string_view odd_part(std::string_view item);
    // Whether the key before `colon` is a secret's. `? password` and `: text` may stand on two lines.
    [[nodiscard]] bool is_secret(std::size_t colon) const;
    // Whether a known name or a key with its ':' stands at `at`.
    [[nodiscard]] bool begins_with_name(std::size_t at) const;
    // Where the name of a secret ends that begins at `at`, with the colon that slipped into it:
    // `pass:word text`. `at` where there is none.
    [[nodiscard]] std::size_t behind_moved_colon(std::size_t at, std::size_t colon) const;
    // Where the name of a secret ends that begins the word from `at` to `end`, which is not the name of
    // anything itself: `passwordtext`. `end` where there is none.
    [[nodiscard]] std::size_t behind_glued_name(std::size_t at, std::size_t end) const;
    // Where a word ends that would be the name of a secret without the sign at `end`, and more of them:
    // `pass$word`. `end` where it would not.
    [[nodiscard]] std::size_t torn_end(std::size_t at, std::size_t end) const;

private:
    // Whether a key with a blank or a sign in it ends at `colon`: `auth password: text`.
    [[nodiscard]] bool is_torn(std::size_t colon) const;

    std::string_view text_;
    SecretNames& names_;
};

}  // namespace dectprov
