// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace dectprov {

// Bytes of a text that no output may show.
struct Hidden {
    std::size_t begin;
    std::size_t end;
};

// Whether a name is a secret's, asked once for each name of a text.
class SecretNames {
public:
    bool has(std::string_view name);

private:
    std::unordered_map<std::string_view, bool> known_;
};

// One way each to look for secrets. Ranges come in any order and may overlap. None trusts the text to be
// well-formed: where an end is missing, too much is hidden rather than too little.
void hide_in_xml(std::string_view text, SecretNames& names, std::vector<Hidden>& hidden);
void hide_in_yaml(std::string_view text, SecretNames& names, std::vector<Hidden>& hidden);
void hide_in_csv(std::string_view text, SecretNames& names, std::vector<Hidden>& hidden);

// `password: text` and `password=text`, to the end of the line, of the quotes or of the markup.
void hide_pairs(std::string_view text, SecretNames& names, std::vector<Hidden>& hidden);
// The password of `//user:password@host`. `references`: a character may be written as `&#58;`.
void hide_in_urls(std::string_view text, bool references, std::vector<Hidden>& hidden);

// The name that ends before `end`, with blanks and a closing quote passed over; empty where none does.
std::string_view key_before(std::string_view text, std::size_t end);
// The end of the line that holds `at`: of its line break or of the text.
std::size_t line_end(std::string_view text, std::size_t at);

}  // namespace dectprov
