// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cstdint>
#include <string>
#include <unordered_set>

#include "catalog/catalog.hpp"
#include "catalog/characters.hpp"
#include "catalog/licences.hpp"
#include "doc/mask_scan.hpp"
#include "doc/mask_yaml_keys.hpp"
#include "doc/mask_yaml_rows.hpp"
#include "doc/mask_yaml_text.hpp"
#include "doc/raw_text.hpp"

namespace dectprov {
namespace {

constexpr std::string_view licences_key = "licenses";
constexpr std::string_view users_key = "users";
// What may stand where the colon of a key should, with blanks.
constexpr std::string_view lost_colons = " \t\"';|~>-/!=&*%@$^+()<`\\?{}[]";

class YamlMask {
public:
    YamlMask(std::string_view text, SecretNames& names, std::vector<TextPart>& hidden)
        : text_(text), in_(text), keys_(text, names), names_(names), hidden_(hidden) {}

    void run() {
        std::size_t at = 0;
        while (at < text_.size()) {
            const char c = text_[at];
            const bool marks = c == ':' || c == '=';
            const bool begins_line = at == 0 || text_[at - 1] == '\n' || text_[at - 1] == '\r';
            if (begins_line || begins_item(text_[at - 1])) lost_colon(at);
            if (begins_line) hide_odd_line(at);
            if (c == '#' && at >= comment_ && (at == 0 || is_white(text_[at - 1]))) {
                comment_ = line_end(text_, at);
                hide_in_comment(text_, {.begin = at + 1, .end = comment_}, names_, hidden_);
            }
            if (is_one_of("\"'", c) && at >= std::max(comment_, quoted_) && is_behind_text(at))
                hide_quoted(at);
            if (!marks) {
                ++at;
            } else if (keys_.is_secret(at)) {
                at = value(at);
            } else {
                const std::string_view key = c == ':' ? key_before(text_, at) : std::string_view();
                if (is_name_of_address(key)) address(at);
                if (key == users_key) hide_rows(text_, at, names_, hidden_);
                if (at >= std::max({comment_, value_, unknown_})) of_key(at);
                ++at;
            }
        }
        if (!aliases_.empty()) anchors();
    }

private:
    // Whether what follows may be a key.
    static bool begins_item(char c) { return c == '\n' || c == '\r' || c == '{' || c == ',' || c == '['; }

    // A line that is neither a comment, an entry nor a mark: the rest of a value that runs over lines, or
    // of one that was torn. Of `key value` the key is shown.
    void hide_odd_line(std::size_t line) {
        const std::size_t end = line_end(text_, line);
        std::size_t at = skip_blanks(text_, line);
        if (at == end) return;
        const std::string_view all = trimmed_end(text_.substr(at, end - at));
        if (all.front() == '\'' || all.front() == '"') {
            const std::size_t quote = in_.quoted_end(at);
            const std::size_t behind = skip_blanks(text_, std::min(quote + 1, text_.size()));
            if (quote < end && behind < end && text_[behind] == ':') return;
        } else {
            const bool mark = is_one_of("?:", all.front()) && (all.size() == 1 || is_blank(all[1]));
            const bool entry = in_.begins_entry(at) && !(all.front() == '[' && is_alone(line));
            if (entry || mark || all == "..." || all.back() == ':' ||
                all.find(": ") != std::string_view::npos)
                return;
        }
        const std::string_view word = all.substr(0, all.find_first_of(" \t="));
        if (word.size() < all.size() && names_.kind(word).known) {
            at += word.size();
            at = std::min(text_.find_first_not_of(lost_colons, at), end);
        }
        hidden_.push_back({.begin = at, .end = end});
    }

    // Whether nothing before `line` says that a value follows there.
    [[nodiscard]] bool is_alone(std::size_t line) const {
        const std::string_view before = trimmed_end(text_.substr(0, line));
        return !before.empty() && !is_one_of(":,[{-", before.back()) &&
               keys_.item_before(before.size()).find('#') == std::string_view::npos;
    }

    // Whether what a ':' without a blank ends may be a key, of which a mark is torn.
    static bool may_be_key(std::string_view item) {
        constexpr std::string_view begins_text = "\"'$";
        return item.empty() || (begins_text.find(item.front()) == std::string_view::npos &&
                                item.find(": ") == std::string_view::npos);
    }

    // What the key before the ':' or '=' at `at` says of its value: one that nobody knows may be a secret's.
    void of_key(std::size_t at) {
        const char next = at + 1 < text_.size() ? text_[at + 1] : '\n';
        const bool in_quotes = at > 0 && (text_[at - 1] == '"' || text_[at - 1] == '\'');
        std::string_view item = keys_.item_of(at);
        if (!is_white(next) && !in_quotes && !may_be_key(item)) return;
        if (item.size() > 1 && (item.front() == '"' || item.front() == '\'') && item.back() == item.front())
            item = item.substr(1, item.size() - 2);
        const bool refers =
            item.data() - text_.data() > 1 &&
            text_.substr(0, static_cast<std::size_t>(item.data() - text_.data())).ends_with("${");
        if (refers) return;
        const std::string_view odd = at < own_ ? std::string_view() : YamlKeys::odd_part(item);
        if (!odd.empty()) {
            const auto odd_begin = static_cast<std::size_t>(odd.data() - text_.data());
            hidden_.push_back({.begin = odd_begin, .end = odd_begin + odd.size()});
        }
        std::size_t begin = skip_blanks(text_, at + 1);
        if (begin == text_.size()) return;
        // The number of a group has a mapping below it; one with a text is the row of a user.
        const bool number = all_digits(item) && !is_white(next) && !in_quotes;
        const SecretNames::Kind& kind = names_.kind(item);
        if ((kind.known && !kind.holds_secret) || at < own_ || number) {
            value_ = end_of_text(begin, item);
            if (is_one_of("\"'", text_[begin]) && value_ == in_.quoted_end(begin)) quoted_ = value_ + 1;
            hide_behind_names(text_, {.begin = begin, .end = value_}, names_, hidden_);
            if (at < own_ && names_.hides_own())
                hidden_.push_back({.begin = begin, .end = unknown_end(begin, item)});
            if (at >= own_ && names_.has_own_names(item)) own_ = extent(at);
            return;
        }
        if (all_digits(item) && is_telling(item) && begins_section(item)) {
            const auto key_begin = static_cast<std::size_t>(item.data() - text_.data());
            hidden_.push_back({.begin = key_begin, .end = key_begin + item.size()});
        }
        // What a section or the number of a group is to have stands under a name of its own.
        const bool ours = kind.known || all_digits(item);
        if (ours && is_one_of("&!", text_[begin]))
            begin = std::min(skip_blanks(text_, begin + 1 + word(begin + 1).size()), text_.size() - 1);
        if (is_one_of("{#", text_[begin]) || (ours && text_[begin] == '*')) return;
        if (text_[begin] == '\n' || text_[begin] == '\r') {
            // Below it keys speak for themselves; a list or a text does not.
            const std::size_t below = text_.find_first_not_of(white_space, begin);
            if (below == std::string_view::npos) return;
            const bool list = text_[below] == '-' && below + 1 < text_.size() && is_white(text_[below + 1]);
            if (!list && in_.begins_entry(below)) return;
        }
        unknown_ = std::max(at, unknown_end(begin, item));
        if (is_telling(trimmed(text_.substr(begin, unknown_ - begin), "\"' \t\r\n")))
            hidden_.push_back({.begin = begin, .end = unknown_});
    }

    // Whether a key is the first in a section with secrets, in the place of one.
    [[nodiscard]] bool begins_section(std::string_view key) const {
        constexpr std::size_t near = 128;
        const auto end = static_cast<std::size_t>(key.data() - text_.data());
        const std::size_t from = end - std::min(end, near);
        const std::string_view before = trimmed_end(text_.substr(from, end - from), " \t\r\n{\"'");
        return before.ends_with(':') && names_.kind(key_before(text_, from + before.size() - 1)).holds_secret;
    }

    // Where the text at `begin` ends that is the value of a known key; `begin` for a collection. It is shown,
    // so where its end cannot be told, it is the first one.
    [[nodiscard]] std::size_t end_of_text(std::size_t begin, std::string_view key) const {
        const char first = text_[begin];
        if (first == '{' || first == '[' || first == '&' || first == '!') return begin;
        if (first == '"' || first == '\'') {
            const std::size_t end = in_.quoted_end(begin);
            if (in_.may_end_there(end)) return end;
        }
        const std::size_t line = line_end(text_, begin);
        // A key in it, with nothing that ends an item before, is one that has run into it.
        const std::size_t colon = text_.substr(0, line).find(": ", begin);
        if (colon != std::string_view::npos &&
            text_.substr(begin, colon - begin).find_first_of(",{}[]") == std::string_view::npos)
            return begin;
        return in_.is_in_flow(key) ? std::min(text_.find_first_of(",}]", begin), text_.size()) : line;
    }

    // Behind the value at `begin` of a key that nobody knows.
    [[nodiscard]] std::size_t unknown_end(std::size_t begin, std::string_view key) const {
        if (text_[begin] == '"' || text_[begin] == '\'') {
            const std::size_t end = in_.quoted_end(begin);
            if (in_.ends_there(end)) return std::min(end + 1, text_.size());
        }
        const auto key_begin = static_cast<std::size_t>(key.data() - text_.data());
        if (in_.is_in_flow(key)) return in_.flow_end(begin);
        // The lines below that are indented more, or are items of a list there.
        const std::size_t column = key_begin - line_begin(text_, key_begin);
        std::size_t end = line_end(text_, begin);
        for (std::size_t next = end; next < text_.size();) {
            while (next < text_.size() && is_white(text_[next])) ++next;
            if (next == text_.size()) break;
            const std::size_t indent = next - line_begin(text_, next);
            if (indent < column || (indent == column && text_[next] != '-')) break;
            next = end = line_end(text_, next);
        }
        return end;
    }

    // Behind the value of the key before `colon`.
    std::size_t extent(std::size_t colon) {
        const std::size_t begin = skip_blanks(text_, colon + 1);
        if (begin < text_.size() && (text_[begin] == '{' || text_[begin] == '['))
            return end_of_flow(begin + 1, text_[begin] == '{' ? '}' : ']');
        const std::size_t hidden = hidden_.size();
        const std::size_t end = value(colon);
        hidden_.resize(hidden);
        return end;
    }

    // Where the first `closing` stands that is in no quotes and ends no reference.
    [[nodiscard]] std::size_t end_of_flow(std::size_t at, char closing) const {
        for (; at < text_.size() && text_[at] != closing; ++at) {
            if (is_one_of("\"'", text_[at]) && !is_key_character(text_[at - 1])) {
                const std::size_t end = in_.quoted_end(at);
                if (in_.ends_there(end)) at = end;
            } else if (text_.substr(at).starts_with("${")) {
                at = std::min(text_.find_first_of("}\r\n", at), text_.size() - 1);
            }
        }
        return at;
    }

    // `{"text"` or `, "text"}`: an item of a mapping in quotes that has no value, or is one that lost its
    // key.
    void lone_item(std::size_t at) {
        const bool opens = at > 0 && text_[at - 1] == '{';
        at = skip_blanks(text_, at);
        if (at == text_.size() || (text_[at] != '"' && text_[at] != '\'')) return;
        const std::size_t end = in_.quoted_end(at);
        const std::size_t behind = skip_blanks(text_, std::min(end + 1, text_.size()));
        if (behind == text_.size() || (text_[behind] != '}' && !(opens && text_[behind] == ','))) return;
        hide_quoted(at);
    }

    // `password text`: a key that lost its colon, maybe behind words that do not belong there.
    void lost_colon(std::size_t at) {
        if (at < lost_) return;
        lone_item(at);
        // The signs before a key were passed over for the first of them.
        if (at < key_) return;
        constexpr std::string_view before_key = " \t-\"':?{}[](),.;!&*%@|>";
        at = key_ = std::min(text_.find_first_not_of(before_key, at), text_.size());
        while (at < text_.size() && is_key_character(text_[at])) {
            std::size_t end = at;
            while (end < text_.size() && is_key_character(text_[end])) ++end;
            const std::size_t moved =
                end < text_.size() && text_[end] == ':' ? keys_.behind_moved_colon(at, end) : at;
            const std::size_t glued = moved > at ? end : keys_.behind_glued_name(at, end);
            if (glued < end) {
                const YamlText line(text_.substr(0, line_end(text_, end)));
                hidden_.push_back({.begin = glued, .end = line.flow_end(glued)});
            }
            const std::size_t torn = moved > at ? end : keys_.torn_end(at, end);
            if (moved > at || torn > end || names_.has(text_.substr(at, end - at))) {
                hide_behind_key(std::max(moved, torn));
                return;
            }
            at = skip_blanks(text_, end);
        }
    }

    // Whether a quote stands behind a text and a blank, where no value begins.
    [[nodiscard]] bool is_behind_text(std::size_t quote) const {
        if (quote == 0 || !is_blank(text_[quote - 1])) return false;
        std::size_t end = quote;
        while (end > 0 && is_blank(text_[end - 1])) --end;
        return end > 0 && !is_one_of(":,[{-?=\r\n", text_[end - 1]);
    }

    // A text in quotes that may be a secret.
    void hide_quoted(std::size_t at) {
        const std::size_t end = in_.quoted_end(at);
        if (!is_prose(text_.substr(at, end - at))) hidden_.push_back({.begin = at + 1, .end = end});
    }

    // Whatever sign stands where the colon should; a ',' where no key of the next item follows it.
    void hide_behind_key(std::size_t end) {
        std::size_t begin = std::min(text_.find_first_not_of(lost_colons, end), text_.size());
        if (begin < text_.size() && text_[begin] == ',' && is_name_of_secret(key_before(text_, end))) {
            begin = skip_blanks(text_, begin + 1);
            if (begin < text_.size() && keys_.begins_with_name(begin)) return;
        }
        constexpr std::string_view no_value = ":=,]}\r\n";
        if (begin == end || begin == text_.size() || is_one_of(no_value, text_[begin])) return;
        if (text_[begin] == '#' && is_blank(text_[begin - 1])) return;
        lost_ = line_end(text_, begin);
        hidden_.push_back({.begin = begin, .end = lost_});
    }

    // What would be hidden of a secret is what an address is.
    void address(std::size_t colon) {
        std::vector<TextPart> extent;
        YamlMask(text_, names_, extent).value(colon);
        for (TextPart part : extent) {
            // A comment behind it is none of it.
            part.end = std::min(text_.find(" #", part.begin), part.end);
            hide_in_address(text_, part, false, hidden_);
        }
    }

    std::size_t value(std::size_t colon) {
        const std::size_t begin = skip_blanks(text_, colon + 1);
        if (begin == text_.size()) return begin;
        const char first = text_[begin];
        if (first == '"' || first == '\'') {
            const std::size_t end = in_.quoted_end(begin);
            if (in_.ends_there(end)) {
                hidden_.push_back({.begin = begin + 1, .end = end});
                return end;
            }
        }
        if (first == '*') aliases_.insert(word(begin + 1));
        if (in_.is_in_flow(key_before(text_, colon)) && first != '{' && first != '[' && first != '&' &&
            first != '!') {
            const std::size_t end = in_.flow_end(begin);
            hidden_.push_back({.begin = begin, .end = end});
            return end;
        }
        const std::string_view key = key_before(text_, colon);
        if (key == licences_key && first == '[') {
            const std::size_t end = std::min(text_.find(']', begin), text_.size());
            if (are_licences(begin, end)) return end;
        }
        const auto key_begin = static_cast<std::size_t>(key.data() - text_.data());
        const std::size_t line = line_begin(text_, key_begin);
        const bool comment = text_[skip_blanks(text_, line)] == '#';
        return block(begin, comment ? std::string_view::npos : key_begin - line, key == licences_key);
    }

    // Which licences a server has is said in words that are no secret; anything else may be a key.
    [[nodiscard]] bool are_licences(std::size_t begin, std::size_t end) const {
        constexpr std::string_view between = " \t\r\n,[]-";
        std::string_view rest = text_.substr(begin, end - begin);
        while (true) {
            rest = trimmed_start(rest, between);
            if (rest.empty()) return true;
            const std::string_view name = rest.substr(0, rest.find_first_of(between));
            if (std::ranges::find(licence_names, name) == licence_names.end()) return false;
            rest.remove_prefix(name.size());
        }
    }

    // To the end of the line, and the lines below that are indented more than `column`, where the key
    // stands, or are items of a list there.
    std::size_t block(std::size_t begin, std::size_t column, bool licences = false) {
        std::size_t end = line_end(text_, begin);
        const bool empty = begin >= end;
        // Comments stand at any column, and what is below them may still belong to the value.
        for (std::size_t seen = end; seen < text_.size();) {
            std::size_t next = seen;
            while (next < text_.size() && is_white(text_[next])) ++next;
            if (next == text_.size()) break;
            const std::size_t indent = next - line_begin(text_, next);
            seen = line_end(text_, next);
            if (text_[next] == '#' && indent <= column) continue;
            const bool above = indent < column || (indent == column && text_[next] != '-');
            // A collection or a text in quotes that slipped to the left is no entry of its own.
            constexpr std::string_view opens = "[{\"'";
            const bool slipped = empty && end == begin && opens.find(text_[next]) != std::string_view::npos;
            if (above && (column == std::string_view::npos || (!slipped && in_.begins_entry(next)))) break;
            end = seen;
        }
        if (!licences || !are_licences(begin, end)) hidden_.push_back({.begin = begin, .end = end});
        return end;
    }

    // The name of an anchor, or as much of it as matters: in a text of '&' alone each begins one.
    [[nodiscard]] std::string_view word(std::size_t at) const {
        const std::string_view rest = text_.substr(at, 128);
        return rest.substr(0, rest.find_first_of(" \t\r\n,[]{}"));
    }

    // What an alias of a secret stands for.
    void anchors() {
        for (std::size_t at = text_.find('&'); at != std::string_view::npos; at = text_.find('&', at + 1)) {
            const std::string_view name = word(at + 1);
            if (!aliases_.contains(name)) continue;
            const std::size_t begin = skip_blanks(text_, at + 1 + name.size());
            if (begin == text_.size()) return;
            if (text_[begin] == '"' || text_[begin] == '\'') {
                const std::size_t end = in_.quoted_end(begin);
                hidden_.push_back({.begin = begin + 1, .end = end});
                at = end;
            } else {
                const std::size_t line = line_begin(text_, at);
                at = block(begin, skip_blanks(text_, line) - line);
            }
        }
    }

    std::string_view text_;
    YamlText in_;
    YamlKeys keys_;
    SecretNames& names_;
    std::vector<TextPart>& hidden_;
    std::unordered_set<std::string_view> aliases_;
    std::size_t comment_ = 0;  // where the last comment ends
    std::size_t key_ = 0;      // where the last key may begin, behind the signs before it
    std::size_t lost_ = 0;     // and the line of the last one that lost its colon
    std::size_t value_ = 0;    // and the last text of a known key
    std::size_t quoted_ = 0;   // and the last of them in quotes
    std::size_t unknown_ = 0;  // and the value of a key that nobody knows
    std::size_t own_ = 0;      // where keys are the admin's own, up to here
};

}  // namespace

void hide_in_yaml(std::string_view text, SecretNames& names, std::vector<TextPart>& hidden) {
    YamlMask(text, names, hidden).run();
}

}  // namespace dectprov
