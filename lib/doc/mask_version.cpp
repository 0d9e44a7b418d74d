// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <vector>

#include "catalog/catalog.hpp"
#include "catalog/characters.hpp"
#include "catalog/letter_case.hpp"
#include "diag/escape.hpp"
#include "doc/mask_scan.hpp"

namespace dectprov {
namespace {

constexpr std::array<std::string_view, 3> keywords{"GROUP", "VERSION", "BUILD"};

// Whether a word is the name of a release, as `PCS20Ba`, however its letters are written; maybe with the
// build behind it.
bool is_like_release(std::string_view word) {
    constexpr std::string_view family = "PCS";
    constexpr std::size_t most_places = 3;
    constexpr std::string_view all_ten = "0123456789";
    if (!equals_ignoring_case(word.substr(0, family.size()), family)) return false;
    const std::size_t digits = family.size();
    const std::size_t places = std::min(word.find_first_not_of(all_ten, digits), word.size());
    const std::size_t build = std::min(word.find_first_of(all_ten, places), word.size());
    return places > digits && build - places <= most_places &&
           std::ranges::all_of(word.substr(places, build - places),
                               [](char c) { return is_letter(c) || c == '_'; }) &&
           word.find_first_not_of(all_ten, build) == std::string_view::npos;
}

// The bytes of a character at the beginning of `text` that nobody sees, as a no-break space: 0 where another
// one stands there. It is shown by its number, and is no part of a secret.
std::size_t unseen(std::string_view text) {
    const CodePoint point = code_point(text, 0);
    if (!point.valid || point.length == 1) return 0;
    return visible(text.substr(0, point.length)).starts_with('\\') ? point.length : 0;
}

// Reads a line as one of `GROUP<n> VERSION<n>` or of a firmware's version, whatever small slip is in it.
class VersionLineReader {
public:
    explicit VersionLineReader(std::string_view line) : line_(line) {}

    // Where the first word begins that is of neither; the size of the line where none is.
    std::size_t first_odd() {
        for (std::size_t at = skip_blanks(line_, 0); at < line_.size(); at = skip_blanks(line_, at)) {
            const std::size_t end = std::min(line_.find_first_of(line_blanks, at), line_.size());
            if (!takes(line_.substr(at, end - at))) return at;
            at = end;
        }
        return line_.size();
    }

private:
    bool takes(std::string_view word) {
        if (is_like_release(word)) {
            number_follows_ = true;
            return true;
        }
        constexpr std::string_view signs = ",;:.=-_#/";
        while (!word.empty()) {
            const auto count = static_cast<std::size_t>(
                std::ranges::find_if_not(word, is_letter(word.front()) ? is_letter : is_digit) -
                word.begin());
            const std::size_t other = is_one_of(signs, word.front()) ? 1 : unseen(word);
            if (count == 0 && other == 0) return false;
            if (count != 0 && !takes_run(word.substr(0, count))) return false;
            word.remove_prefix(std::max(count, other));
        }
        return true;
    }
    // Of letters or of digits alone.
    bool takes_run(std::string_view run) {
        constexpr std::size_t longest = 3;  // digits; a PIN has four
        if (is_digit(run.front())) return std::exchange(number_follows_, false) || run.size() <= longest;
        number_follows_ = nearest(run, keywords).has_value();
        return number_follows_;
    }

    std::string_view line_;
    bool number_follows_ = false;
};

}  // namespace

bool is_word_of_versions(std::string_view word) {
    return std::ranges::find(keywords, word) != keywords.end();
}

void hide_in_versions(std::string_view text, std::vector<TextPart>& hidden) {
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = line_end(text, at);
        const std::size_t odd = at + VersionLineReader(text.substr(at, end - at)).first_odd();
        if (odd < end) hidden.push_back({.begin = odd, .end = end});
        at = end + 1;
    }
}

}  // namespace dectprov
