// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

#include "catalog/catalog.hpp"
#include "catalog/entries.hpp"
#include "catalog/letter_case.hpp"

namespace dectprov {

namespace {

// A name without case, '-' and '_'. One that is longer than the bits of a word is near to nothing: no known
// name is half as long, and so a hostile file cannot make the search dear.
class Folded {
public:
    static constexpr std::size_t longest = 64;

    explicit Folded(std::string_view name) {
        for (const char c : name) {
            if (c == '-' || c == '_') continue;
            if (size_ == longest) {
                too_long_ = true;
                return;
            }
            letters_[size_++] = to_lower(c);
        }
    }

    [[nodiscard]] std::string_view text() const { return {letters_.data(), size_}; }
    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] bool too_long() const { return too_long_; }

private:
    std::array<char, longest> letters_;  // as many as size_ says
    std::size_t size_ = 0;
    bool too_long_ = false;
};

// The edits from one name to many others: insertions, deletions, replacements and swaps of neighbours, all at
// once for the letters of the typed name (Hyyrö's bit-parallel form of the table; one step a letter).
class Edits {
public:
    explicit Edits(const Folded& typed) : size_(typed.size()) {
        for (std::size_t at = 0; at < size_; ++at) places(typed.text()[at]) |= std::uint64_t{1} << at;
    }

    [[nodiscard]] std::size_t to(std::string_view name) const {
        if (size_ == 0) return name.size();
        const std::uint64_t last = std::uint64_t{1} << (size_ - 1);
        std::uint64_t more = ~std::uint64_t{0};  // where the cell above is one less
        std::uint64_t less = 0;                  // where the cell above is one more
        std::uint64_t equal = 0;                 // where the diagonal costs nothing
        std::uint64_t before = 0;                // places of the letter before
        std::size_t edits = size_;
        for (const char c : name) {
            const std::uint64_t here = places_[static_cast<unsigned char>(c)];
            const std::uint64_t swapped = ((~equal & here) << 1U) & before;
            equal = (((here & more) + more) ^ more) | here | less | swapped;
            std::uint64_t right_more = less | ~(equal | more);
            std::uint64_t right_less = equal & more;
            if ((right_more & last) != 0) ++edits;
            if ((right_less & last) != 0) --edits;
            right_more = (right_more << 1U) | 1U;
            right_less <<= 1U;
            more = right_less | ~(equal | right_more);
            less = right_more & equal;
            before = here;
        }
        return edits;
    }

private:
    std::uint64_t& places(char c) { return places_[static_cast<unsigned char>(c)]; }

    std::size_t size_;
    std::array<std::uint64_t, 256> places_{};
};

// How many edits still make a slip of the pen.
std::size_t most_edits(std::size_t size) { return std::min<std::size_t>(size / 3, size < 12 ? 2 : 4); }

// The length of a folded name and which letters are in it: what tells most names apart before any edit is
// counted. Letters share bits, so a difference of two sets is never more than that of the names.
struct Outline {
    explicit Outline(std::string_view name) {
        for (const char c : name) {
            const bool counts = c != '-' && c != '_';
            size += counts ? 1 : 0;
            letters |= (counts ? 1U : 0U) << (static_cast<unsigned char>(to_lower(c)) % 32U);
        }
    }

    // Each letter that only one of the two has costs an edit, and so does each place that only one has.
    [[nodiscard]] bool may_be_within(std::size_t edits, const Outline& other) const {
        return std::max(size, other.size) - std::min(size, other.size) <= edits &&
               static_cast<std::size_t>(std::popcount(letters & ~other.letters)) <= edits &&
               static_cast<std::size_t>(std::popcount(other.letters & ~letters)) <= edits;
    }

    std::size_t size = 0;
    std::uint32_t letters = 0;
};

// Names that the catalogue holds as secrets, and words that tell one in any name. "licen" is of both
// spellings.
constexpr std::array<std::string_view, 5> secret_names{"authpassword", "accesscode", "password", "pin",
                                                       "license"};
// Administrators of other languages name columns and keys in theirs.
constexpr std::array secret_words{
    std::string_view("passw"),      std::string_view("passphrase"),  std::string_view("passcode"),
    std::string_view("pwd"),        std::string_view("licen"),       std::string_view("secret"),
    std::string_view("pincode"),    std::string_view("pinnumber"),   std::string_view("accesscode"),
    std::string_view("credential"), std::string_view("token"),       std::string_view("apikey"),
    std::string_view("privatekey"), std::string_view("passord"),     std::string_view("kennwort"),
    std::string_view("geheim"),     std::string_view("adgangskode"), std::string_view("senord"),
    std::string_view("salasana"),   std::string_view("wachtwoord"),  std::string_view("motdepasse"),
    std::string_view("contrase"),   std::string_view("heslo"),       std::string_view("haslo")};

// Names of elements that hold values and are no secrets, though they may look like one.
bool is_plain_name(std::string_view name) {
    return std::ranges::any_of(builtin_rows, [&](const Param* row) {
        return row->type.kind != Kind::section && !has(row->traits, Trait::secret) &&
               row->path.size() > name.size() && row->path.ends_with(name) &&
               row->path[row->path.size() - name.size() - 1] == '.';
    });
}

// Whether the word stands between '-', '_' and the ends of the name.
bool has_part(std::string_view name, std::string_view word) {
    while (true) {
        const auto mark = name.find_first_of("-_.");
        const std::string_view part = name.substr(0, mark);
        if (Folded(part).text() == word) return true;
        if (mark == std::string_view::npos) return false;
        name.remove_prefix(mark + 1);
    }
}

bool looks_secret(std::string_view name) {
    // Every other word of three letters is near to "pin".
    const auto near = nearest(name, secret_names);
    if (near && (*near != "pin" || Folded(name).text().starts_with('p'))) return true;
    std::string folded;
    for (const char c : name) {
        if (c != '-' && c != '_') folded += to_lower(c);
    }
    const auto is_in = [&](std::string_view word) { return folded.find(word) != std::string::npos; };
    return std::ranges::any_of(secret_words, is_in) || has_part(name, "pin") || has_part(name, "pw") ||
           has_part(name, "pass");
}

}  // namespace

std::optional<std::size_t> nearest_index(std::string_view typed,
                                         std::span<const std::string_view> candidates) {
    const Folded folded(typed);
    if (folded.too_long() || folded.size() == 0) return {};
    const Edits edits(folded);
    const Outline outline(typed);
    std::optional<std::size_t> best;
    std::size_t best_count = 0;
    constexpr std::size_t most_compared = 1000;
    for (std::size_t i = 0; i != std::min(candidates.size(), most_compared); ++i) {
        const std::string_view candidate = candidates[i];
        const Outline other(candidate);
        const std::size_t most = most_edits(std::max(outline.size, other.size));
        if (other.size > Folded::longest || !outline.may_be_within(most, other)) continue;
        const std::size_t count = edits.to(Folded(candidate).text());
        if (count > most || (best && count >= best_count)) continue;
        best = i;
        best_count = count;
    }
    return best;
}

std::optional<std::string_view> nearest(std::string_view typed,
                                        std::span<const std::string_view> candidates) {
    const std::optional<std::size_t> index = nearest_index(typed, candidates);
    return index ? std::optional(candidates[*index]) : std::nullopt;
}

bool is_near(std::string_view typed, std::string_view name) {
    return nearest_index(typed, std::span(&name, 1)).has_value();
}

bool is_name_of_secret(std::string_view name) {
    const Folded folded(name);
    return !folded.too_long() && std::ranges::find(secret_names, folded.text()) != secret_names.end();
}

bool is_secret_name(std::string_view name) {
    // A prefix is no part of the name: "x:pin" is "pin".
    const std::string_view local = name.substr(name.rfind(':') + 1);
    const auto tells = [](std::string_view one) { return looks_secret(one) && !is_plain_name(one); };
    return tells(local) || (local.size() != name.size() && tells(name));
}

}  // namespace dectprov
