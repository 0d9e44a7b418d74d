// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "leak_seeds.hpp"

// How valid files with a planted secret are damaged, and how the secret is found in an output: for the search
// by random numbers (leak_test) and for the one by the fuzzer (edit_fuzz).
namespace leak {

constexpr std::size_t piece = 6;  // so many characters of the secret in a row are a leak

inline bool is_alphanumeric(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

// How a character is written that stands for another: what is before it, to which base, and what is behind.
struct Escape {
    std::string_view before;
    int base;
    std::size_t most;  // digits
    std::string_view behind;
};
inline constexpr std::array escapes{
    Escape{"%", 16, 2, ""},     Escape{"&#x", 16, 6, ";"}, Escape{"&#", 10, 6, ";"},
    Escape{"\\u{", 16, 6, "}"}, Escape{"\\u", 16, 4, ""},  Escape{"\\x", 16, 2, ""},
};

// The letters and digits of a text; `decoded`: with those that are escaped, as what they stand for.
inline std::string letters_of(std::string_view text, bool decoded) {
    std::string letters;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t here = at++;
        if (is_alphanumeric(text[here])) {
            letters += text[here];
            continue;
        }
        for (const Escape& escape : escapes) {
            if (!decoded || !text.substr(here).starts_with(escape.before)) continue;
            const std::string_view digits = text.substr(here + escape.before.size(), escape.most);
            int code = 0;
            const auto [end, error] =
                std::from_chars(digits.data(), digits.data() + digits.size(), code, escape.base);
            if (error != std::errc() || code > 0x7f || !is_alphanumeric(static_cast<char>(code))) continue;
            letters += static_cast<char>(code);
            at = static_cast<std::size_t>(end - text.data()) + escape.behind.size();
            break;
        }
    }
    return letters;
}

// What of the secret a text shows, in one piece or in several; empty for nothing.
inline std::string_view leak_in(std::string_view text) {
    for (const bool decoded : {false, true}) {
        const std::string letters = letters_of(text, decoded);
        for (std::size_t at = 0; at + piece <= planted.size(); ++at) {
            const std::string_view one = planted.substr(at, piece);
            if (letters.find(one) != std::string::npos) return one;
        }
    }
    return {};
}

class Damage {
public:
    // `choose`: any number below its argument, which is not 0.
    explicit Damage(std::function<std::size_t(std::size_t)> choose) : choose_(std::move(choose)) {}

    std::size_t below(std::size_t end) { return end == 0 ? 0 : choose_(end); }

    std::string of(const Seed& seed) {
        std::string text = seed.text;
        // In a table twice, and the password is a cell of another column.
        do change(text, marks_of(seed.format));
        while (!text.empty() && seed.format != "csv" && below(5) == 0);
        return text;
    }

private:
    void change(std::string& text, std::string_view marks) {
        const std::size_t at = place(text, marks);
        switch (below(8)) {
            case 0:
                text.erase(at, 1);
                break;
            case 1:
                text.insert(at, 1, text[at]);
                break;
            case 2:
                if (at + 1 < text.size()) std::swap(text[at], text[at + 1]);
                break;
            case 3:
            case 4:
                text.insert(at, 1, marks[below(marks.size())]);
                break;
            case 5:
                if (below(3) == 0) {
                    text.resize(at);
                } else {
                    move(text, marks, at);
                }
                break;
            case 6:
                join(text);
                break;
            default:
                text = encoded(text, at);
        }
    }

    // Mostly one that means something.
    std::size_t place(std::string_view text, std::string_view marks) {
        std::size_t at = below(text.size());
        if (below(4) == 0) return at;
        const std::size_t found = text.find_first_of(marks, at);
        return found == std::string_view::npos ? at : found;
    }

    // A character that means something to another place; a piece of a secret elsewhere is another's text, and
    // so is what a line break cuts off.
    void move(std::string& text, std::string_view marks, std::size_t at) {
        const bool moves =
            at < text.size() && text[at] != '\n' && marks.find(text[at]) != std::string_view::npos;
        if (!moves || marks == marks_of("csv")) return;
        const char mark = text[at];
        text.erase(at, 1);
        const std::size_t to = below(text.size() + 1);
        // Within the secret it makes a name of the first part, which is none then.
        const std::size_t around = std::min(to, text.size()) - std::min(to, std::size_t{32});
        if (leak_in(std::string_view(text).substr(around, to - around + 6)).empty()) text.insert(to, 1, mark);
    }

    void join(std::string& text) {
        const std::size_t at = text.find('\n', below(text.size()));
        if (at != std::string::npos) text.erase(at, 1);
    }

    std::string encoded(const std::string& text, std::size_t at) {
        std::string out;
        switch (below(4)) {
            case 0:
                for (const char c : "\xFF\xFE" + text) {
                    out += c;
                    if (out.size() > 2) out += '\0';
                }
                return out;
            case 1:
                out = text;
                return out.insert(at, 1, '\xE4');
            case 2:
                for (const char c : text) out += c == '\n' ? std::string("\r\n") : std::string(1, c);
                return out;
            default:
                out = text;
                return out.insert(at, 1, '\0');
        }
    }

    std::function<std::size_t(std::size_t)> choose_;
};

}  // namespace leak
