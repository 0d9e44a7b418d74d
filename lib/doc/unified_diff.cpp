// SPDX-License-Identifier: MIT
#include "doc/unified_diff.hpp"

#include "diag/escape.hpp"
#include "doc/secret.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

#include <fmt/format.h>

namespace dectprov {
namespace {

constexpr std::ptrdiff_t around = 3;
// Texts that differ in more lines than this are shown as replaced between their first and last difference:
// looking for the least difference costs the square of it.
constexpr std::ptrdiff_t most_edits = 2000;

using Lines = std::vector<std::string_view>;

Lines lines_of(std::string_view text) {
    Lines lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
        lines.push_back(text.substr(0, end));
        text.remove_prefix(end);
    }
    return lines;
}

// Which lines of the two texts have no partner in the other.
struct Marks {
    std::vector<bool> gone;
    std::vector<bool> come;
};

// E. W. Myers, "An O(ND) Difference Algorithm and Its Variations" (1986), over what is left when equal lines
// are taken off both ends.
class Comparison {
public:
    Comparison(const Lines& before, const Lines& after) : before_(before), after_(after) {
        marks_.gone.resize(before.size());
        marks_.come.resize(after.size());
    }

    Marks run() {
        std::size_t tail = 0;
        const std::size_t shorter = std::min(before_.size(), after_.size());
        while (head_ < shorter && before_[head_] == after_[head_]) ++head_;
        while (tail < shorter - head_ &&
               before_[before_.size() - 1 - tail] == after_[after_.size() - 1 - tail]) {
            ++tail;
        }
        n_ = static_cast<std::ptrdiff_t>(before_.size() - head_ - tail);
        m_ = static_cast<std::ptrdiff_t>(after_.size() - head_ - tail);
        if (!search()) mark_all();
        return std::move(marks_);
    }

private:
    void mark_all() {
        const auto first = static_cast<std::ptrdiff_t>(head_);
        std::fill_n(marks_.gone.begin() + first, n_, true);
        std::fill_n(marks_.come.begin() + first, m_, true);
    }

    [[nodiscard]] bool equal(std::ptrdiff_t x, std::ptrdiff_t y) const {
        return before_[head_ + static_cast<std::size_t>(x)] == after_[head_ + static_cast<std::size_t>(y)];
    }

    // The furthest x on diagonal k; the diagonals -d … d of round d stand at 0 … 2d.
    bool search() {
        std::vector<std::vector<std::ptrdiff_t>> rounds;
        const std::ptrdiff_t most = std::min(n_ + m_, most_edits);
        for (std::ptrdiff_t d = 0; d <= most; ++d) {
            std::vector<std::ptrdiff_t> row(static_cast<std::size_t>(2 * d + 1));
            for (std::ptrdiff_t k = -d; k <= d; k += 2) {
                std::ptrdiff_t x = start_of(rounds, d, k);
                while (x < n_ && x - k < m_ && equal(x, x - k)) ++x;
                row[static_cast<std::size_t>(k + d)] = x;
                if (x < n_ || x - k < m_) continue;
                trace(rounds, d, k);
                return true;
            }
            rounds.push_back(std::move(row));
        }
        return false;
    }

    static std::ptrdiff_t at(const std::vector<std::vector<std::ptrdiff_t>>& rounds, std::ptrdiff_t d,
                             std::ptrdiff_t k) {
        return rounds[static_cast<std::size_t>(d)][static_cast<std::size_t>(k + d)];
    }

    // Whether round d comes to diagonal k by a line of the second text.
    static bool is_down(const std::vector<std::vector<std::ptrdiff_t>>& rounds, std::ptrdiff_t d,
                        std::ptrdiff_t k) {
        return k == -d || (k != d && at(rounds, d - 1, k - 1) < at(rounds, d - 1, k + 1));
    }

    static std::ptrdiff_t start_of(const std::vector<std::vector<std::ptrdiff_t>>& rounds, std::ptrdiff_t d,
                                   std::ptrdiff_t k) {
        if (d == 0) return 0;
        return is_down(rounds, d, k) ? at(rounds, d - 1, k + 1) : at(rounds, d - 1, k - 1) + 1;
    }

    void trace(const std::vector<std::vector<std::ptrdiff_t>>& rounds, std::ptrdiff_t d, std::ptrdiff_t k) {
        for (; d > 0; --d) {
            if (is_down(rounds, d, k)) {
                const std::ptrdiff_t y = at(rounds, d - 1, k + 1) - (k + 1);
                marks_.come[head_ + static_cast<std::size_t>(y)] = true;
                ++k;
            } else {
                marks_.gone[head_ + static_cast<std::size_t>(at(rounds, d - 1, k - 1))] = true;
                --k;
            }
        }
    }

    const Lines& before_;
    const Lines& after_;
    std::size_t head_ = 0;
    std::ptrdiff_t n_ = 0;
    std::ptrdiff_t m_ = 0;
    Marks marks_;
};

// A part of a line as it may be shown. Its tabs and its line end stay as they are, for patch.
void put_part(std::string& out, std::string_view part, bool begins_line) {
    std::size_t end = part.size() - (part.ends_with('\n') ? 1 : 0);
    if (end < part.size() && end > 0 && part[end - 1] == '\r') --end;
    for (std::size_t at = 0; at < end;) {
        const std::size_t tab = std::min(part.find('\t', at), end);
        const std::string_view piece = part.substr(at, tab - at);
        out += begins_line ? visible_line(piece) : visible(piece);
        begins_line = begins_line && piece.find_first_not_of(' ') == std::string_view::npos;
        if (tab < end) out += '\t';
        at = tab + 1;
    }
    out += part.substr(end);
}

void put_line(std::string& out, char sign, const DiffText& side, std::string_view line) {
    out += sign;
    const auto begin = static_cast<std::size_t>(line.data() - side.text.data());
    std::size_t shown = begin;
    auto mask = std::lower_bound(side.masked.begin(), side.masked.end(), begin,
                                 [](const Span& span, std::size_t offset) { return span.end <= offset; });
    for (; mask != side.masked.end() && mask->begin < begin + line.size(); ++mask) {
        if (mask->begin > shown) put_part(out, side.text.substr(shown, mask->begin - shown), shown == begin);
        out += secret_stars;
        shown = std::min<std::size_t>(mask->end, begin + line.size());
    }
    put_part(out, side.text.substr(shown, begin + line.size() - shown), shown == begin);
    if (out.back() != '\n') out += line.ends_with('\n') ? "\n" : "\n\\ No newline at end of file\n";
}

// "3,7", and as patch wants it for no lines: the line before.
std::string range(std::size_t first, std::size_t count) {
    if (count == 1) return std::to_string(first + 1);
    return fmt::format("{},{}", count == 0 ? first : first + 1, count);
}

}  // namespace

std::string unified_diff(const DiffText& before, const DiffText& after) {
    if (before.text == after.text) return {};
    const Lines old_lines = lines_of(before.text);
    const Lines new_lines = lines_of(after.text);
    const Marks marks = Comparison(old_lines, new_lines).run();

    std::string out = fmt::format("--- {}\n+++ {}\n", visible(before.name), visible(after.name));
    const auto same = static_cast<std::size_t>(around);
    std::size_t x = 0;
    std::size_t y = 0;
    const auto differs = [&](std::size_t i, std::size_t j) {
        return (i < old_lines.size() && marks.gone[i]) || (j < new_lines.size() && marks.come[j]);
    };
    const auto at_end = [&](std::size_t i, std::size_t j) {
        return i >= old_lines.size() && j >= new_lines.size();
    };
    while (true) {
        while (!at_end(x, y) && !differs(x, y)) ++x, ++y;
        if (at_end(x, y)) break;
        const std::size_t back = std::min({same, x, y});
        const std::size_t first_x = x - back;
        const std::size_t first_y = y - back;
        std::string hunk;
        for (std::size_t i = first_x; i < x; ++i) put_line(hunk, ' ', before, old_lines[i]);
        std::size_t quiet = 0;
        while (!at_end(x, y)) {
            if (differs(x, y)) {
                quiet = 0;
                while (x < old_lines.size() && marks.gone[x]) put_line(hunk, '-', before, old_lines[x++]);
                while (y < new_lines.size() && marks.come[y]) put_line(hunk, '+', after, new_lines[y++]);
                continue;
            }
            // Hunks that would touch are one; so look ahead over the lines of context of both.
            bool more = false;
            for (std::size_t i = 0; i <= same && !more; ++i) more = differs(x + i, y + i);
            if (quiet >= same && !more) break;
            put_line(hunk, ' ', before, old_lines[x]);
            ++x;
            ++y;
            ++quiet;
        }
        out +=
            fmt::format("@@ -{} +{} @@\n{}", range(first_x, x - first_x), range(first_y, y - first_y), hunk);
    }
    return out;
}

}  // namespace dectprov
