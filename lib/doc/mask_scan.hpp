// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "catalog/characters.hpp"
#include "doc/mask.hpp"
#include "doc/tree.hpp"

namespace dectprov {

// What a name says of what stands under it, found out once for each name of a text.
class SecretNames {
public:
    struct Kind {
        bool secret = false;
        bool address = false;  // is_name_of_address()
        bool section = false;  // of an element that holds elements alone, whatever stands around it
        // of one that holds a secret in some place: its own text may be that
        bool holds_secret = false;
        bool known = false;  // of an element or key
    };

    SecretNames() = default;
    explicit SecretNames(const TextNames& names);

    bool has(std::string_view name) { return name.size() >= 2 && kind(name).secret; }
    const Kind& kind(std::string_view name) {
        const auto found = known_.find(name);
        return found != known_.end() ? found->second : known_.emplace(name, kind_of(name)).first->second;
    }

    // Another one that is a secret's, whatever it says. It must outlive this.
    void add(std::string_view name) { known_.insert_or_assign(name, Kind{.secret = true}); }

    // Whether what such a key says is hidden.
    [[nodiscard]] bool hides_own() const { return hides_own_; }
    // Whether the keys below are the admin's own.
    [[nodiscard]] bool has_own_names(std::string_view key) const {
        return keys_ != nullptr && keys_->own.contains(key);
    }

private:
    [[nodiscard]] Kind kind_of(std::string_view name) const;

    const KeyNames* keys_ = nullptr;
    bool hides_own_ = false;
    std::unordered_map<std::string_view, Kind> known_;
};

// Of what is hidden where it says what a secret says: a shorter one is part of many words.
inline constexpr std::size_t shortest_alike = 6;

// The characters of a name, as far as one can tell in a text that may be broken: a table, since nearly every
// character is asked for. The function is for calls alone: g++ -O1 refuses a pointer to it.
inline constexpr auto key_characters = [] {
    std::array<bool, 256> is{};
    for (std::size_t i = 0; i < is.size(); ++i) {
        const char one = static_cast<char>(i);
        is[i] = is_alphanumeric(one) || one == '_' || one == '-' || one == '.' || i >= 0x80;
    }
    return is;
}();
[[gnu::always_inline]] inline bool is_key_character(char c) {
    return key_characters[static_cast<unsigned char>(c)];
}

inline std::size_t skip_blanks(std::string_view text, std::size_t at) {
    while (at < text.size() && is_blank(text[at])) ++at;
    return at;
}

// The characters at which a scan over XML or loose text has to look.
template <std::size_t size>
constexpr std::array<bool, 256> table_of(const std::array<char, size>& characters) {
    std::array<bool, 256> table{};
    for (const char c : characters) table[static_cast<unsigned char>(c)] = true;
    return table;
}

inline std::size_t next_of(const std::array<bool, 256>& table, std::string_view text, std::size_t at) {
    while (at < text.size() && !table[static_cast<unsigned char>(text[at])]) ++at;
    return at;
}

// One way each to look for secrets. Ranges come in any order and may overlap. None trusts the text to be
// well-formed: where an end is missing, too much is hidden rather than too little.
void hide_in_xml(std::string_view text, SecretNames& names, std::vector<TextPart>& hidden);
void hide_in_yaml(std::string_view text, SecretNames& names, std::vector<TextPart>& hidden);
// `columns`: what is known of them; empty where their headings tell all that is.
void hide_in_csv(std::string_view text, const std::vector<SourceSet::Cells>& columns,
                 std::vector<TextPart>& hidden);

// What is no line of a list of versions and no version of a firmware, from its first odd word on.
void hide_in_versions(std::string_view text, std::vector<TextPart>& hidden);
// GROUP, VERSION: a word that such a line is made with.
bool is_word_of_versions(std::string_view word);

// Text where only elements belong, of which nobody knows what it is: outside of all elements, behind the end
// of one, or in one that is known to hold none.
void hide_stray_text(std::string_view text, SecretNames& names, std::vector<TextPart>& hidden);
bool is_name_of_section(std::string_view name);
// Of a section with secrets in it, whatever else is called so elsewhere.
bool holds_secret_by_name(std::string_view name);
// Of an element of the built-in catalogue.
bool is_name_of_element(std::string_view name);
// Whether a text is words, small numbers and the signs of a sentence: one that has others may hold a secret.
bool is_prose(std::string_view text);
// The name of the tag that begins at `at`, behind `<` or `</`.
std::string_view tag_name(std::string_view text, std::size_t at);
// Whether an end tag of that very name stands near behind `at`.
bool is_closed(std::string_view text, std::size_t at, std::string_view name);
// Whether a value says something that one could keep secret: it is no short number, and no word of those that
// values are made of (`true`, `merge`).
bool is_telling(std::string_view value);
// `password text` within a value or message: a word behind the name of a secret that is none of a sentence.
void hide_behind_names(std::string_view text, TextPart range, SecretNames& names,
                       std::vector<TextPart>& hidden);
// What stands behind the name of a secret in a comment ("the password was …").
void hide_in_comment(std::string_view text, TextPart comment, SecretNames& names,
                     std::vector<TextPart>& hidden);

// `password: text` and `password=text`, to the end of the line, of the quotes or of the markup.
void hide_pairs(std::string_view text, SecretNames& names, std::vector<TextPart>& hidden);
// The password of `//user:password@host` and of `user:password@host`, a user alone before '@' that may be a
// token, the secrets in a query. `references`: a character may be written as `&#58;`.
void hide_in_urls(std::string_view text, bool references, std::vector<TextPart>& hidden);

// The same of what is known to be all of an address, and as strictly as that allows: what is not in form may
// be its password.
void hide_in_address(std::string_view text, TextPart range, bool references, std::vector<TextPart>& hidden);
// Whether an element or key of this name is to hold an address with credentials.
bool is_name_of_address(std::string_view name);

// Whether what stands alone before an '@' is the name of a user, and no token or password.
bool is_user_name(std::string_view word);
// Names that are a secret's in the query of a URL, though they need not be one elsewhere.
bool is_secret_in_query(std::string_view name);
// Behind the first word in a text that such a name has; npos where none is in it.
std::size_t behind_word_of_secret(std::string_view text);

// What is secret of a value that is no secret by its name. `address`: it is to be a URL with credentials.
void hide_in_value(std::string_view value, bool address, SecretNames& names, std::vector<TextPart>& hidden);

// The name that ends before `end`, with blanks and a closing quote passed over; empty where none does.
std::string_view key_before(std::string_view text, std::size_t end);
// The end of the line that holds `at`: of its line break or of the text.
std::size_t line_end(std::string_view text, std::size_t at);

}  // namespace dectprov
