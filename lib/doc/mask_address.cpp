// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "catalog/catalog.hpp"
#include "catalog/characters.hpp"
#include "catalog/letter_case.hpp"
#include "doc/mask_scan.hpp"
#include "doc/raw_text.hpp"

namespace dectprov {
namespace {

// What ends a URL wherever it stands, and what none has inside.
constexpr std::string_view no_url = " \t\r\n\"'<>";

// An address as it is meant, with the place of each character in the text: references to characters are
// those, and what stands for something else is as many harmless ones.
struct Meant {
    std::string text;
    std::vector<std::size_t> places;  // one more than characters: the last is the end
};

Meant meant(std::string_view text, TextPart range, bool references) {
    Meant out;
    const std::string_view part = text.substr(range.begin, range.end - range.begin);
    if (references) {
        RawText raw(part);
        for (RawText::Piece piece; raw.next(piece);) {
            for (std::size_t i = 0; i < piece.text.size(); ++i) {
                out.text += piece.text[i];
                out.places.push_back(range.begin + piece.begin + (piece.whole ? 0 : i));
            }
        }
    } else {
        out.text = part;
        for (std::size_t at = range.begin; at < range.end; ++at) out.places.push_back(at);
    }
    out.places.push_back(range.end);
    for (std::size_t at = out.text.find("${"); at != std::string::npos; at = out.text.find("${", at)) {
        const std::size_t end = out.text.find('}', at);
        if (end == std::string::npos) break;
        out.text.replace(at, end + 1 - at, end + 1 - at, 'x');
    }
    return out;
}

bool is_name(std::string_view word) {
    return std::ranges::all_of(word, [](char c) { return is_key_character(c) || is_blank(c); });
}

// "host", "host:80", "[fe80::1]:80".
bool is_host(std::string_view text) {
    const bool bracketed = text.starts_with('[');
    if (bracketed) {
        const std::size_t end = text.find_first_not_of("0123456789abcdefABCDEF:.%", 1);
        if (end == std::string_view::npos || text[end] != ']') return false;
        text.remove_prefix(end + 1);
    }
    const std::size_t colon = std::min(text.find(':'), text.size());
    if (text.empty()) return bracketed;
    // Capitals and digits together may be what is left of a password.
    const std::string_view host = text.substr(0, colon);
    const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
    if (std::ranges::any_of(host, is_digit) && std::ranges::any_of(host, is_capital)) return false;
    return std::ranges::all_of(host, [](char c) { return is_key_character(c); }) &&
           (colon == text.size() || all_digits(text.substr(colon + 1)));
}

class Address {
public:
    Address(std::string_view text, TextPart range, bool references, std::vector<TextPart>& hidden)
        : meant_(meant(text, range, references)), plain_(meant_.text), hidden_(hidden) {}

    void hide() {
        plain_ = trimmed_end(plain_);
        begin_ = std::min(plain_.find_first_not_of(white_space), end());
        const std::size_t slashes = plain_.find("//", begin_);
        const std::size_t scheme = plain_.find(':', begin_);
        const bool proper = slashes != std::string_view::npos &&
                            (slashes == begin_ || scheme + 1 == slashes) && is_name(part(begin_, scheme));
        if (proper) begin_ = slashes + 2;
        const std::size_t path = std::min(plain_.find_first_of("/?#", begin_), end());
        // A ':' in the path may be that of a protocol or of a password whose mark is lost.
        const bool odd = !proper && plain_.find(':', path) < plain_.find_first_of("?#", path);
        if (odd || !hide_clean(path)) hide_torn(path);
    }

private:
    [[nodiscard]] std::size_t end() const { return plain_.size(); }
    [[nodiscard]] std::string_view part(std::size_t begin, std::size_t behind) const {
        return plain_.substr(begin, behind - begin);
    }
    void hide(std::size_t begin, std::size_t behind) {
        if (begin < behind) hidden_.push_back({.begin = meant_.places[begin], .end = meant_.places[behind]});
    }

    // An address that is in form: its password, and what its query says of secrets.
    bool hide_clean(std::size_t path) {
        const std::string_view all = part(begin_, end());
        if (all.find_first_of(no_url) != std::string_view::npos) return false;
        const std::size_t at_sign = plain_.rfind('@');
        const bool has_user = at_sign != std::string_view::npos && at_sign >= begin_;
        if (has_user && at_sign >= path) return false;
        if (!is_host(part(has_user ? at_sign + 1 : begin_, path))) return false;
        if (has_user) {
            const std::size_t colon = plain_.find(':', begin_);
            if (colon < at_sign && is_user_name(trimmed_end(part(begin_, colon), "0123456789"))) {
                hide(colon + 1, at_sign);
            } else if (!is_user_name(part(begin_, at_sign))) {
                hide(begin_, at_sign);
            }
        }
        hide_query(path);
        // No server is asked for a part of a file, so what is behind a '#' is of something else.
        if (const std::size_t mark = plain_.find('#', path); mark != std::string_view::npos)
            hide(mark + 1, end());
        return true;
    }

    // One that is not: where its password begins and ends cannot be told. It has none without a ':' or '@'.
    void hide_torn(std::size_t path) {
        std::size_t colon = plain_.find(':', begin_);
        if (colon < path && all_digits(part(colon + 1, path))) colon = plain_.find(':', path);
        const bool has_none = plain_.find('@', begin_) == std::string_view::npos &&
                              colon == std::string_view::npos && is_host(part(begin_, path));
        const std::size_t query = plain_.find('?', begin_);
        if (!has_none) {
            hide(begin_, end());
        } else if (query != std::string_view::npos) {
            hide(query + 1, end());
        }
    }

    // What is not known to be harmless in `?name=value&name=value`.
    void hide_query(std::size_t path) {
        const std::size_t query = plain_.find('?', path);
        if (query == std::string_view::npos) return;
        // One without names may be a secret that lost its own.
        if (plain_.find('=', query) == std::string_view::npos) {
            hide(query + 1, end());
            return;
        }
        for (std::size_t at = query + 1; at < end();) {
            const std::size_t behind = std::min(plain_.find_first_of("&;", at), end());
            const std::string_view argument = part(at, behind);
            const std::size_t equals = argument.find('=');
            const std::string_view name = argument.substr(0, equals);
            if (equals == std::string_view::npos) {
                if (!is_user_name(argument)) hide(at, end());
            } else if (!is_name(name) || name.empty() || is_secret_in_query(name)) {
                // It may have a '&' inside.
                hide(at + equals + 1, end());
                return;
            } else if (is_telling(argument.substr(equals + 1)) &&
                       !is_user_name(argument.substr(equals + 1))) {
                hide(at + equals + 1, behind);
            }
            at = behind + 1;
        }
    }

    Meant meant_;
    std::string_view plain_;
    std::size_t begin_ = 0;
    std::vector<TextPart>& hidden_;
};

}  // namespace

bool is_user_name(std::string_view word) {
    constexpr std::size_t longest = 20;
    return word.size() <= longest && std::ranges::all_of(word, [](char c) {
               return (c >= 'a' && c <= 'z') || c == '.' || c == '_' || c == '-';
           });
}

std::size_t behind_word_of_secret(std::string_view text) {
    constexpr std::array<std::string_view, 9> words{"token", "key",  "auth", "pass",   "pwd",
                                                    "pin",   "code", "sig",  "session"};
    const std::string folded = to_lower(text);
    std::size_t behind = std::string_view::npos;
    for (const std::string_view word : words) {
        const std::size_t at = folded.find(word);
        if (at != std::string::npos) behind = std::min(behind, at + word.size());
    }
    return behind;
}

bool is_secret_in_query(std::string_view name) {
    return is_secret_name(name) || behind_word_of_secret(name) != std::string_view::npos;
}

bool is_name_of_address(std::string_view name) {
    std::string letters;
    for (const char c : name) {
        if (is_key_character(c) && static_cast<unsigned char>(c) < 0x80) letters += c;
    }
    return is_near(letters, "url");
}

void hide_in_address(std::string_view text, TextPart range, bool references, std::vector<TextPart>& hidden) {
    Address(text, range, references, hidden).hide();
}

}  // namespace dectprov
