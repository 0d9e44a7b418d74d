// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <charconv>

#include "catalog/catalog.hpp"
#include "doc/mask_scan.hpp"

namespace dectprov {
namespace {

// A character of a URL, which in XML may be a reference.
struct Unit {
    char character;
    std::size_t length;
};

Unit unit_at(std::string_view text, std::size_t at, bool references) {
    const Unit plain{.character = text[at], .length = 1};
    if (!references || text.substr(at, 2) != "&#") return plain;
    const bool hexadecimal = text.substr(at + 2, 1) == "x";
    const std::size_t begin = at + (hexadecimal ? 3 : 2);
    const std::string_view digits = text.substr(begin, 8);
    unsigned code = 0;
    const auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), code, hexadecimal ? 16 : 10);
    const auto length = static_cast<std::size_t>(end - digits.data());
    if (error != std::errc() || length == digits.size() || *end != ';' || code > 0x7f) return plain;
    return {.character = static_cast<char>(code), .length = begin + length + 1 - at};
}

constexpr std::string_view value_ends = " \t\r\n\"'<>";

std::size_t value_end(std::string_view text, std::size_t at) {
    return std::min(text.find_first_of(value_ends, at), text.size());
}

// Whether the end tag of an element begins at `at`: `</name>`.
bool is_end_tag(std::string_view text, std::size_t at) {
    if (text.substr(at, 2) != "</") return false;
    std::size_t end = at + 2;
    while (end < text.size() && (is_key_character(text[end]) || text[end] == ':')) ++end;
    return end > at + 2 && end < text.size() && (text[end] == '>' || is_white(text[end]));
}

// Behind a reference of a description that begins at `at`; npos where none does, or its end may be lost.
std::size_t end_of_reference_at(std::string_view text, std::size_t at) {
    constexpr std::array<std::string_view, 6> starts{
        "${var:", "${row:", "${server:", "${site}", "${env:", "${file:"};
    const std::string_view rest = text.substr(at);
    const auto begins = [&](std::string_view start) { return rest.starts_with(start); };
    if (!rest.starts_with("${") || std::ranges::none_of(starts, begins)) return std::string_view::npos;
    std::size_t end = at + 2;
    while (end < text.size() && (is_key_character(text[end]) || text[end] == ':')) ++end;
    return end < text.size() && text[end] == '}' ? end + 1 : std::string_view::npos;
}

// The authority of a URL from behind its `//`: what stands between the first ':' and the last '@' on the
// line. Blanks end a URL, but a password with a blank in it must be kept all the same: they end it only where
// no user name or a port stands before them.
class Authority {
public:
    Authority(std::string_view text, std::size_t at, bool references)
        : text_(text), begin_(at), at_(at), references_(references) {}

    // Returns where it ends.
    std::size_t hide(std::vector<TextPart>& hidden) {
        if (text_.substr(at_, 1) == "[") skip_address();
        while (at_ < text_.size() && step()) {
        }
        // A user without a password may be a token.
        if (alone_ > begin_ && !is_user_name(text_.substr(begin_, alone_ - begin_)))
            hidden.push_back({.begin = begin_, .end = alone_});
        // A password that lost its ':' may have a '/' in it.
        if (torn_ > begin_) hidden.push_back({.begin = begin_, .end = torn_});
        if (last_ > colon_) hidden.push_back({.begin = colon_, .end = last_});
        // A port that is none may be a password whose '@' is lost; `${…}` is a reference.
        const bool odd =
            after_ == After::other && !slash_ && last_ <= colon_ && text_.substr(colon_, 2) != "${";
        if (odd) hidden.push_back({.begin = colon_, .end = markup_ ? at_ : value_end(text_, colon_)});
        return at_;
    }

private:
    enum class After : unsigned char { host, digits, port, other };

    void skip_address() {
        const std::size_t end = text_.find_first_not_of("0123456789abcdefABCDEF:.%", at_ + 1);
        if (end != std::string_view::npos && text_[end] == ']') at_ = end + 1;
    }

    bool step() {
        // What it stands for is not there; its ':' begins no port.
        const std::size_t behind =
            after_ == After::other ? std::string_view::npos : end_of_reference_at(text_, at_);
        if (behind != std::string_view::npos) {
            at_ = behind;
            return true;
        }
        const Unit unit = unit_at(text_, at_, references_);
        const char c = unit.character;
        if (text_[at_] == '<') {
            // In a text that may be broken it may stand in the middle of a password.
            if (!references_ || after_ == After::host || is_end_tag(text_, at_)) return false;
            markup_ = true;
            after_ = After::other;
        }
        const bool breaks = c == '\n' || c == '\r';
        if (breaks && !(references_ && after_ == After::other)) return false;
        if (is_blank(c) && after_ != After::other) return false;
        if (after_ == After::host) {
            slash_ = slash_ || c == '/' || c == '?' || c == '#';
            if (c == '@') (slash_ ? torn_ : alone_) = at_;
        } else if (c == '@') {
            last_ = at_;
        }
        if (after_ == After::digits && (c < '0' || c > '9'))
            after_ = is_end_of_port(c) ? After::port : After::other;
        at_ += unit.length;
        if (c == ':' && after_ == After::host) {
            after_ = After::digits;
            colon_ = at_;
        }
        return true;
    }

    static bool is_end_of_port(char c) {
        return value_ends.find(c) != std::string_view::npos ||
               std::string_view("/?#,;)}]").find(c) != std::string_view::npos;
    }

    std::string_view text_;
    std::size_t begin_;
    std::size_t at_;
    bool references_;
    After after_ = After::host;
    bool markup_ = false;    // a '<' that may be of the password was met
    bool slash_ = false;     // the path has begun
    std::size_t alone_ = 0;  // the '@' behind a user without a password
    std::size_t torn_ = 0;   // one in a path
    std::size_t colon_ = 0;
    std::size_t last_ = 0;
};

// Schemes of addresses that are no URLs and have no password.
bool is_address_scheme(std::string_view word) {
    constexpr std::array<std::string_view, 5> schemes{"sip", "sips", "tel", "mailto", "xmpp"};
    return std::ranges::find(schemes, word) != schemes.end();
}

// `user:password@host` without a protocol, seen from its '@'.
void hide_user(std::string_view text, std::size_t at_sign, std::vector<TextPart>& hidden) {
    constexpr std::size_t longest = 512;
    // A quote may be of the password.
    constexpr std::string_view ends = " \t\r\n<>";
    std::size_t begin = at_sign;
    while (begin > 0 && at_sign - begin < longest && !is_one_of(ends, text[begin - 1])) --begin;
    const std::string_view word = text.substr(begin, at_sign - begin);
    for (std::size_t colon = word.find(':'); colon != std::string_view::npos;
         colon = word.find(':', colon + 1)) {
        const std::string_view user = key_before(word, colon);
        const std::string_view rest = word.substr(colon + 1);
        // A blank or a '<' may have parted the user from what follows.
        const bool parted = colon == 0 && begin > 0 && text[begin - 1] != '\n' && text[begin - 1] != '\r';
        if ((user.empty() && !parted) || rest.empty() || rest.starts_with("//")) continue;
        const bool address = is_address_scheme(user) && rest.find(':') == std::string_view::npos;
        if (!address) hidden.push_back({.begin = begin + colon + 1, .end = at_sign});
        return;
    }
}

// The part of a URL that ends before `end`.
std::string_view url_before(std::string_view text, std::size_t end) {
    constexpr std::size_t longest = 512;
    std::size_t begin = end;
    while (begin > 0 && end - begin < longest && value_ends.find(text[begin - 1]) == std::string_view::npos)
        --begin;
    return text.substr(begin, end - begin);
}

// A secret that has run into its name (`tokenS3cret=`), up to `end`, which is not before the name's.
void hide_behind_word(std::string_view text, TextPart name, std::size_t end, std::vector<TextPart>& hidden) {
    constexpr std::size_t shortest = 4;  // a PIN has four digits
    const std::string_view word = text.substr(name.begin, name.end - name.begin);
    const std::size_t behind = behind_word_of_secret(word);
    if (behind >= word.size()) return;
    const std::size_t begin = name.begin + behind;
    const std::string_view value = text.substr(begin, end - begin);
    if (value.size() >= shortest && !is_user_name(value)) hidden.push_back({.begin = begin, .end = end});
}

// What URLs have behind their '?', from the first to the last of a text.
class Queries {
public:
    Queries(std::string_view text, std::vector<TextPart>& hidden) : text_(text), hidden_(hidden) {}

    // The value behind the '=' at `at`, where a URL gives it a secret's name, or a name that may be a
    // misspelt one and the value is not a plain word.
    void hide_argument(std::size_t at) {
        const std::string_view name = key_before(text_, at);
        const bool secret = is_secret_in_query(name);
        // A letter is not a misspelt name.
        if (!secret && (name.size() == 1 || is_plain(at + 1))) return;
        const std::string_view before = url_before(text_, at - name.size());
        const bool asks = before.ends_with('?') || before.ends_with('&') || before.ends_with(';');
        // A password in front may have a quote in it, where the URL seems to begin then.
        if (!(secret && asks) && before.find('/') == std::string_view::npos) return;
        const auto begin = static_cast<std::size_t>(name.data() - text_.data());
        hide_behind_word(text_, {.begin = begin, .end = begin + name.size()}, begin + name.size(), hidden_);
        const std::size_t end = value_ends_.at(text_, at + 1);
        // The next argument has its own say; in XML its '&' may be a reference.
        hidden_.push_back(
            {.begin = at + 1, .end = secret ? end : std::min(end, arguments_.at(text_, at + 1))});
    }

    // One without names, behind the '?' at `at`, may be a secret that lost its own.
    void hide_query(std::size_t at) {
        if (url_before(text_, at).find("//") == std::string_view::npos) return;
        const std::size_t end = value_ends_.at(text_, at + 1);
        if (end > at + 1 && equals_.at(text_, at + 1) >= end)
            hidden_.push_back({.begin = at + 1, .end = end});
    }

private:
    // The next of some characters, or the end; kept, as many places may have the same one.
    class Next {
    public:
        explicit Next(std::string_view characters) : characters_(characters) {}
        std::size_t at(std::string_view text, std::size_t begin) {
            if (begin < begin_ || begin > end_) {
                begin_ = begin;
                end_ = std::min(text.find_first_of(characters_, begin), text.size());
            }
            return end_;
        }

    private:
        std::string_view characters_;
        std::size_t begin_ = 1;
        std::size_t end_ = 0;  // of nothing yet
    };

    [[nodiscard]] bool is_plain(std::size_t begin) const {
        constexpr std::size_t longer_than_any = 32;
        const std::string_view value = text_.substr(begin, longer_than_any);
        return is_user_name(value.substr(0, std::min(value_end(value, 0), value.find('&'))));
    }

    std::string_view text_;
    std::vector<TextPart>& hidden_;
    Next value_ends_{value_ends};
    Next arguments_{"&"};
    Next equals_{"="};
};

// A step of a path with a secret's name may be an argument that lost its '?' and '='. `range`: from the
// authority of a URL.
void hide_in_path(std::string_view text, TextPart range, std::vector<TextPart>& hidden) {
    std::string_view url = text.substr(0, range.end);
    url = url.substr(0, value_end(url, range.begin));
    // Arguments have their own say.
    const std::size_t query = std::min(url.find_first_of("?=", range.begin), url.size());
    for (std::size_t at = url.find('/', range.begin); at < query;) {
        const std::size_t end = std::min(url.find('/', at + 1), url.size());
        hide_behind_word(text, {.begin = at, .end = std::min(end, query)}, end, hidden);
        at = end;
    }
}

}  // namespace

void hide_in_urls(std::string_view text, bool references, std::vector<TextPart>& hidden) {
    // Each is looked for by itself: there are few of the second.
    std::size_t slash = 0;
    std::size_t reference = references ? 0 : std::string_view::npos;
    for (std::size_t at = 0;;) {
        if (slash <= at && slash != std::string_view::npos) slash = text.find('/', at);
        if (reference <= at && reference != std::string_view::npos) reference = text.find("&#", at);
        at = std::min(slash, reference);
        if (at == std::string_view::npos) break;
        const Unit first = unit_at(text, at, references);
        at += first.length;
        if (first.character != '/' || at >= text.size()) continue;
        const Unit second = unit_at(text, at, references);
        if (second.character != '/') continue;
        const std::size_t authority = at + second.length;
        at = Authority(text, authority, references).hide(hidden);
        hide_in_path(text, {.begin = authority, .end = at}, hidden);
    }
    for (std::size_t at = text.find('@'); at != std::string_view::npos; at = text.find('@', at + 1))
        hide_user(text, at, hidden);
    // Markup has few of these, so each is looked for by itself.
    Queries queries(text, hidden);
    for (std::size_t at = text.find('='); at != std::string_view::npos; at = text.find('=', at + 1))
        queries.hide_argument(at);
    for (std::size_t at = text.find('?'); at != std::string_view::npos; at = text.find('?', at + 1))
        queries.hide_query(at);
}

void hide_in_value(std::string_view value, bool address, SecretNames& names, std::vector<TextPart>& hidden) {
    hide_pairs(value, names, hidden);
    hide_in_urls(value, false, hidden);
    if (address) hide_in_address(value, {.begin = 0, .end = value.size()}, false, hidden);
}

}  // namespace dectprov
