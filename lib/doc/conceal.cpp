// SPDX-License-Identifier: MIT
#include "doc/conceal.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>

#include "catalog/characters.hpp"
#include "catalog/licences.hpp"
#include "doc/mask_scan.hpp"
#include "doc/secret.hpp"

namespace dectprov {
namespace {

// What a message quotes stands where its finding is, or where the line or the element began.
constexpr std::uint32_t looked_at = 2048;  // bytes before and behind

constexpr std::string_view ellipsis = "\u2026";
constexpr std::string_view refused = "cannot read ";  // begins a Failure about a file, with its path

// How much of a secret stands at the begin of `rest`, behind `before`; 0 for none. `cut`: where the next "…"
// stands in `rest`, its size where there is none.
std::size_t referred_at(std::string_view before, std::string_view rest, std::size_t cut,
                        const SourceSet& sources, bool of_finding) {
    const std::size_t very_short = of_finding ? 1 : 4;  // bytes; a PIN has four
    const std::size_t lone_word = of_finding ? 3 : 6;
    // One that was cut, since it is long.
    if (cut != rest.size() && cut >= lone_word && sources.begins_secret(rest.substr(0, cut))) return cut;
    std::string_view left = rest;
    while (const std::size_t size = sources.secret_at_begin(left)) {
        if (size < very_short) return 0;
        const bool within = (!before.empty() && is_alphanumeric(before.back())) ||
                            (size < rest.size() && is_alphanumeric(rest[size]));
        if (size >= lone_word || !within) return size;
        left = left.substr(0, size - 1);
    }
    return 0;
}

// Calls `visit` with the place and the size of each secret that came out of a reference.
template <class Visit>
void each_referred(std::string_view all, const SourceSet& sources, bool of_finding, Visit&& visit) {
    if (!sources.has_secrets()) return;
    std::size_t cut = std::min(all.find(ellipsis), all.size());
    for (std::size_t at = 0; at < all.size(); ++at) {
        if (at > cut) cut = std::min(all.find(ellipsis, at), all.size());
        const std::size_t size =
            referred_at(all.substr(0, at), all.substr(at), cut - at, sources, of_finding);
        if (size == 0) continue;
        visit(at, size);
        at += size - 1;
    }
}

// Names of licences stand where their keys do.
bool is_known_value(std::string_view piece) {
    return nearest(piece, licence_names).has_value() || is_word_of_versions(piece);
}

class Concealer {
public:
    Concealer(const SourceSet& sources, Span place, const std::vector<Span>& masked)
        : sources_(sources), text_(sources.text(place.file)), masked_(masked) {
        const auto size = static_cast<std::uint32_t>(text_.size());
        begin_ = place.begin > looked_at ? place.begin - looked_at : 0;
        end_ =
            static_cast<std::uint32_t>(std::min<std::uint64_t>(std::uint64_t{place.end} + looked_at, size));
        begin_ = std::min(begin_, end_);
        const Span line = sources.line(place.file, place.begin);
        const auto mask = std::ranges::upper_bound(masked_, place.begin, {}, &Span::end);
        const bool all = mask != masked_.end() && mask->begin <= place.begin && place.end <= mask->end;
        reads_otherwise_ =
            all || text_.substr(line.begin, line.end - line.begin).find('\\') != std::string_view::npos;
    }

    // The piece as it may be shown; nothing where that is as it stands.
    [[nodiscard]] std::optional<std::string> concealed(std::string_view piece) const {
        if (sources_.is_secret(piece)) return std::string(secret_stars);
        // Rules name elements and keywords, and who hides a name that is also a value tells the value.
        if (is_name_of_element(piece) || is_word_of_versions(piece)) return {};
        if (piece.ends_with(ellipsis)) piece.remove_suffix(ellipsis.size());
        if (piece.size() < 2) return {};
        std::optional<std::uint32_t> hidden;
        const std::string_view around = text_.substr(0, end_);
        for (std::size_t at = around.find(piece, begin_); at != std::string_view::npos;
             at = around.find(piece, at + 1)) {
            const auto offset = static_cast<std::uint32_t>(at);
            // What a reference names is no secret.
            const std::string_view before = around.substr(0, at);
            if (before.ends_with("${env:") || before.ends_with("${file:")) return {};
            const auto mask = std::ranges::upper_bound(masked_, offset, {}, &Span::end);
            // Where it may be read it is no secret.
            if (mask == masked_.end() || mask->begin >= offset + piece.size()) return {};
            if (!hidden) hidden = offset;
        }
        // What runs over lines or has quotes, a colon or escapes, and is written otherwise in the file, is
        // not a name that one could look for.
        if (!hidden && (piece.find_first_of("\r\n\"'") != std::string_view::npos ||
                        piece.find(" :") != std::string_view::npos ||
                        (reads_otherwise_ && !is_prose(piece) && !is_version(piece))))
            return std::string(secret_stars);
        // Nor is the name of a licence, though licence keys stand under the same key.
        if (!hidden || nearest(piece, licence_names)) return {};
        return with_stars(piece, parts(*hidden, piece.size()));
    }

    // What is masked on the lines of the place, wherever the message has it: a quote within a text hides
    // where the text ends.
    void hide_masked(std::string& message, Span place) const {
        each_masked(place, [&](std::string_view piece) { return hide(message, piece); });
    }

    // What is masked on the line that is quoted, and where the same stands there once more.
    [[nodiscard]] std::vector<Span> masked_alike(Span place) const {
        const Span line = sources_.line(place.file, place.begin);
        const std::uint32_t begin = std::max(line.begin, begin_);
        const std::string_view part = text_.substr(begin, std::min(line.end, end_) - begin);
        std::vector<Span> found;
        const auto add = [&](std::size_t at, std::size_t size) {
            const std::uint32_t from = begin + static_cast<std::uint32_t>(at);
            found.push_back(
                {.file = place.file, .begin = from, .end = from + static_cast<std::uint32_t>(size)});
        };
        each_alike(place, [&](std::string_view piece) {
            for (std::size_t at = part.find(piece); at != std::string_view::npos;
                 at = part.find(piece, at + piece.size())) {
                const auto mask = std::ranges::upper_bound(masked_, begin + at, {}, &Span::end);
                if (mask != masked_.end() && mask->begin <= begin + at) continue;
                if (nearest(piece, licence_names)) return;
                add(at, piece.size());
            }
        });
        each_referred(part, sources_, false, add);
        for (auto mask = std::ranges::upper_bound(masked_, begin, {}, &Span::end);
             mask != masked_.end() && mask->begin < begin + part.size(); ++mask)
            found.push_back(*mask);
        return found;
    }

    // Visits what is masked on the lines of the place and its words, where they are hidden elsewhere as well.
    template <class Visit>
    void each_alike(Span place, Visit&& visit) const {
        each_masked(place, [&](std::string_view piece) {
            if (piece.size() >= shortest_alike && !is_name_of_element(piece)) visit(piece);
            return false;
        });
    }

    // Whether the message has the piece, in quotes or a path as it seems.
    static bool hide(std::string& message, std::string_view piece) {
        const std::size_t first = piece.size() < shortest_alike ? std::string::npos : message.find(piece);
        if (first == std::string::npos || is_known_value(piece)) return false;
        const std::string_view end_mark = message.starts_with(refused) ? ": " : "'";
        for (std::size_t at = first;
             at != std::string::npos && message.find(end_mark, at + piece.size()) != std::string::npos;
             at = message.find(piece, at))
            message.replace(at, piece.size(), secret_stars);
        return true;
    }

private:
    // An example of one is no part of the text.
    static bool is_version(std::string_view piece) {
        std::vector<TextPart> odd;
        hide_in_versions(piece, odd);
        return odd.empty();
    }

    static constexpr std::string_view between_words = " \t\r\n\"'";

    // Visits what is masked on the lines of the place; where `visit` finds it nowhere, its words.
    template <class Visit>
    void each_masked(Span place, Visit&& visit) const {
        const std::uint32_t line = std::max(sources_.line(place.file, place.begin).begin, begin_);
        const std::uint32_t end = std::min(sources_.line(place.file, place.end).end, end_);
        for (auto mask = std::ranges::upper_bound(masked_, line, {}, &Span::end);
             mask != masked_.end() && mask->begin < end; ++mask) {
            if (visit(text_.substr(mask->begin, mask->end - mask->begin))) continue;
            // There may be a part of it, as a key that runs on.
            const std::uint32_t near = std::max(mask->begin, line);
            std::string_view rest = text_.substr(near, std::min(mask->end, end) - near);
            while (!rest.empty()) {
                rest = trimmed_start(rest, between_words);
                const std::string_view word = rest.substr(0, rest.find_first_of(between_words));
                rest.remove_prefix(word.size());
                // In flow style what ends an item may end the word.
                if (!is_user_name(word) && !visit(word)) visit(trimmed(word, ",:;{}[]"));
            }
        }
    }

    // Those of the bytes at `offset` that are masked.
    [[nodiscard]] std::vector<TextPart> parts(std::uint32_t offset, std::size_t size) const {
        std::vector<TextPart> found;
        for (auto mask = std::ranges::upper_bound(masked_, offset, {}, &Span::end);
             mask != masked_.end() && mask->begin < offset + size; ++mask) {
            const std::size_t begin = std::max(mask->begin, offset) - offset;
            found.push_back({.begin = begin, .end = std::min<std::size_t>(mask->end - offset, size)});
        }
        return found;
    }

    const SourceSet& sources_;
    std::string_view text_;
    const std::vector<Span>& masked_;
    std::uint32_t begin_ = 0;
    std::uint32_t end_ = 0;
    // What the message has of the line may be written otherwise there: with escapes, or hidden as a whole.
    bool reads_otherwise_ = false;
};

// What a path is made of stands between these, as a rule.
constexpr std::string_view step_signs = ".[]=,";

// Whether the part of a path is a name of the format, or a place in a list.
bool is_known_step(std::string_view path, TextPart part, const KeyNames& keys) {
    const std::string_view step = path.substr(part.begin, part.end - part.begin);
    const bool in_brackets = part.begin > 0 && path[part.begin - 1] == '[' && part.end < path.size() &&
                             path[part.end] == ']' && std::ranges::all_of(step, is_digit);
    return in_brackets || is_name_of_element(step) || keys.known.contains(step);
}

// The same of what `part` stands in.
bool is_in_known_step(std::string_view path, TextPart part, const KeyNames& keys) {
    const std::size_t before = path.substr(0, part.begin).find_last_of(step_signs);
    part.begin = before == std::string_view::npos ? 0 : before + 1;
    part.end = std::min(path.find_first_of(step_signs, part.end), path.size());
    return is_known_step(path, part, keys);
}

// Where the quoted text ends that begins at `at`: at a quote that no letter follows.
std::size_t quote_end(std::string_view message, std::size_t at) {
    constexpr std::string_view behind = " ,;:.)";
    for (std::size_t end = message.find('\'', at); end != std::string_view::npos;
         end = message.find('\'', end + 1)) {
        if (end + 1 == message.size() || behind.find(message[end + 1]) != std::string_view::npos) return end;
    }
    return std::string_view::npos;
}

}  // namespace

bool quotes_text(const std::string& message) {
    return message.find('\'') != std::string::npos || message.starts_with(refused);
}

bool quotes_alone(std::string_view message, bool (*is_name)(std::string_view)) {
    if (message.starts_with(refused)) return false;
    for (std::size_t at = message.find('\''); at != std::string_view::npos; at = message.find('\'', at)) {
        const std::size_t end = message.find('\'', at + 1);
        if (end == std::string_view::npos || !is_name(message.substr(at + 1, end - at - 1))) return false;
        at = end + 1;
    }
    return true;
}

void conceal_quoted(std::string& message, const SourceSet& sources, Span place,
                    const std::vector<Span>& masked) {
    const Concealer concealer(sources, place, masked);
    // The path of a Failure stands without quotes.
    const std::size_t reason = message.rfind(": ");
    if (message.starts_with(refused) && reason != std::string::npos && reason > refused.size()) {
        const std::size_t size = reason - refused.size();
        const auto shown = concealer.concealed(std::string_view(message).substr(refused.size(), size));
        if (shown) message.replace(refused.size(), size, *shown);
    }
    concealer.hide_masked(message, place);
    for (std::size_t at = message.find('\''); at != std::string::npos; at = message.find('\'', at)) {
        ++at;
        const bool opens = at == 1 || message[at - 2] == ' ' || message[at - 2] == '(';
        const std::size_t end = opens ? quote_end(message, at) : std::string_view::npos;
        if (end == std::string_view::npos) continue;
        const auto shown = concealer.concealed(std::string_view(message).substr(at, end - at));
        if (shown) message.replace(at, end - at, *shown);
        at += (shown ? shown->size() : end - at) + 1;
    }
}

std::vector<Span> masked_alike(const SourceSet& sources, Span place, const std::vector<Span>& masked) {
    if (masked.empty() && !sources.has_secrets()) return {};
    std::vector<Span> found = Concealer(sources, place, masked).masked_alike(place);
    std::ranges::sort(found, {}, &Span::begin);
    std::size_t kept = 0;
    for (const Span& one : found) {
        if (kept != 0 && one.begin <= found[kept - 1].end) {
            found[kept - 1].end = std::max(found[kept - 1].end, one.end);
        } else {
            found[kept++] = one;
        }
    }
    found.resize(kept);
    return found;
}

bool has_own_words(std::string_view path, const KeyNames& keys) {
    std::size_t own = 0;
    for (std::size_t at = 0; at <= path.size();) {
        const std::size_t end = std::min(path.find_first_of(step_signs, at), path.size());
        // The digits of a handset are compared where they are taken.
        const bool handset = path.substr(0, at).ends_with("ipei=");
        if (end > at && !handset && !is_known_step(path, {.begin = at, .end = end}, keys))
            own += end - at + 1;
        at = end + 1;
    }
    return own >= shortest_alike;
}

void conceal_alike(std::string& message, const SourceSet& sources, Span place,
                   const std::vector<Span>& masked) {
    Concealer(sources, place, masked).each_alike(place, [&](std::string_view piece) {
        Concealer::hide(message, piece);
    });
}

bool has_alike(std::string_view text, const SourceSet& sources, Span place, const std::vector<Span>& masked) {
    bool found = false;
    Concealer(sources, place, masked).each_alike(place, [&](std::string_view piece) {
        found = found || (text.find(piece) != std::string_view::npos && !is_known_value(piece));
    });
    return found;
}

void conceal_alike_in_path(std::string& path, const SourceSet& sources, Span place,
                           const std::vector<Span>& masked, const KeyNames& keys) {
    Concealer(sources, place, masked).each_alike(place, [&](std::string_view piece) {
        for (std::size_t at = path.find(piece); at != std::string::npos; at = path.find(piece, at)) {
            if (is_known_value(piece)) return;
            if (is_in_known_step(path, {.begin = at, .end = at + piece.size()}, keys)) {
                at += piece.size();
            } else {
                path.replace(at, piece.size(), secret_stars);
                at += secret_stars.size();
            }
        }
    });
}

void conceal_referred_in_path(std::string& path, const SourceSet& sources, const KeyNames& keys) {
    std::vector<TextPart> parts;
    each_referred(path, sources, false, [&](std::size_t at, std::size_t size) {
        const TextPart part{.begin = at, .end = at + size};
        if (!is_in_known_step(path, part, keys)) parts.push_back(part);
    });
    if (!parts.empty()) path = with_stars(path, parts);
}

std::string shown_name(std::string_view text) {
    const auto* const end = std::ranges::find_if_not(text, [](char c) { return is_key_character(c); });
    constexpr std::size_t short_mark = 2;
    if (end == text.end() || text.size() <= short_mark || is_prose(text)) return std::string(text);
    return std::string(text.begin(), end) + std::string(ellipsis);
}

void conceal_referred(std::string& message, const SourceSet& sources, bool of_finding) {
    std::vector<TextPart> parts;
    each_referred(message, sources, of_finding, [&](std::size_t at, std::size_t size) {
        parts.push_back({.begin = at, .end = at + size});
    });
    if (!parts.empty()) message = with_stars(message, parts);
}

void conceal_pairs(std::string& message) {
    SecretNames names;
    std::vector<TextPart> parts;
    hide_pairs(message, names, parts);
    if (parts.empty()) hide_behind_names(message, {.begin = 0, .end = message.size()}, names, parts);
    if (!parts.empty()) message = with_stars(message, parts);
}

void conceal_steps(std::string& path, const SourceSet& sources, Span place, const std::vector<Span>& masked) {
    const Concealer concealer(sources, place, masked);
    std::string out;
    for (std::size_t begin = 0; begin <= path.size();) {
        const std::size_t end = std::min(path.find('.', begin), path.size());
        const std::string step = path.substr(begin, end - begin);
        std::string shown = concealer.concealed(step).value_or(step);
        // A key that has swallowed what stands below it; a '.' in that is no step.
        conceal_pairs(shown);
        if (begin != 0) out += '.';
        out += shown;
        begin = shown == step ? end + 1 : path.size() + 1;
    }
    path = std::move(out);
}

}  // namespace dectprov
