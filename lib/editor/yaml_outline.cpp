// SPDX-License-Identifier: MIT
#include "editor/yaml_outline.hpp"
#include "catalog/characters.hpp"

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

namespace dectprov {
namespace {

constexpr std::size_t in_flow = std::numeric_limits<std::size_t>::max();

struct Level {
    std::size_t indent;  // the column where it begins; in_flow between brackets
    YamlSpot::Step step;
    char bracket = '\0';  // the one that opened it
};

// Reads lines until the one that holds the place, and of that until the place.
class Finder {
public:
    Finder(std::string_view text, std::size_t offset) : text_(text), offset_(std::min(offset, text.size())) {}

    YamlSpot run() {
        while (at_ <= offset_ && !found_) {
            const std::size_t end = std::min(text_.find_first_of("\r\n", at_), text_.size());
            line_end_ = end;
            line();
            if (end >= offset_ && !found_) between();
            at_ = end + 1;
        }
        return std::move(spot_);
    }

private:
    void line() {
        std::size_t at = at_;
        while (at < line_end_ && text_[at] == ' ') ++at;
        const std::size_t indent = at - at_;
        if (at == line_end_) return;
        if (block_ && indent > *block_) {
            if (line_end_ >= offset_) found(YamlSpot::Part::value, at, line_end_);
            return;
        }
        block_.reset();
        leave_flow(indent);
        if (levels_.empty() || levels_.back().indent != in_flow) {
            if (text_[at] == '#') {
                if (line_end_ >= offset_) found(YamlSpot::Part::comment, at, line_end_);
                return;
            }
            at = items(at);
            if (at == line_end_ || found_) return;
            at = block_entry(at);
        }
        if (!found_) flow(at);
    }

    // "- " in front of a line, as often as it stands there; returns what follows.
    std::size_t items(std::size_t at) {
        while (at < line_end_ && text_[at] == '-' && (at + 1 == line_end_ || is_blank(text_[at + 1]))) {
            const std::size_t column = at - at_;
            std::size_t number = 1;
            while (!levels_.empty() && (levels_.back().indent > column ||
                                        (levels_.back().indent == column && levels_.back().step.item != 0))) {
                if (levels_.back().indent == column) number = levels_.back().step.item + 1;
                levels_.pop_back();
            }
            levels_.push_back({.indent = column, .step = {.key = {}, .item = number}});
            ++at;
            while (at < line_end_ && is_blank(text_[at])) ++at;
        }
        return at;
    }

    // "key:" of a block mapping, or a value that stands by itself; returns where a flow collection begins.
    std::size_t block_entry(std::size_t at) {
        if (text_[at] == '{' || text_[at] == '[') return at;
        const std::size_t colon = key_end(at, line_end_, false);
        const std::size_t column = at - at_;
        if (colon == std::string_view::npos) {
            if (line_end_ < offset_) return line_end_;
            // What is typed in a list may become a mapping there.
            const bool item =
                !levels_.empty() && levels_.back().step.item != 0 && levels_.back().indent < column;
            if (!item) pop_to(column);
            found(YamlSpot::Part::key, at, line_end_);
            return line_end_;
        }
        pop_to(column);
        if (colon >= offset_) {
            found(YamlSpot::Part::key, at, colon);
            return line_end_;
        }
        levels_.push_back({.indent = column, .step = {.key = unquoted(at, colon), .item = 0}});
        return value(colon + 1, column);
    }

    // What stands behind the ':' of a block mapping.
    std::size_t value(std::size_t colon_end, std::size_t column) {
        std::size_t at = colon_end;
        while (at < line_end_ && is_blank(text_[at])) ++at;
        if (at < line_end_ && (text_[at] == '{' || text_[at] == '[')) return at;
        if (at < line_end_ && (text_[at] == '|' || text_[at] == '>')) block_ = column;
        const std::size_t end = scalar_end(at, false);
        if (offset_ <= line_end_) {
            if (offset_ > end && is_comment(end)) {
                found(YamlSpot::Part::comment, end, line_end_);
            } else {
                spot_.behind_colon = offset_ == colon_end;
                found(YamlSpot::Part::value, std::min(at, std::max(offset_, colon_end)), end);
            }
        }
        return line_end_;
    }

    // The rest of a line within brackets.
    void flow(std::size_t at) {
        while (at < line_end_ && !found_) {
            const char c = text_[at];
            if (c == '{' || c == '[') {
                if (at >= offset_) break;
                levels_.push_back(
                    {.indent = in_flow, .step = {.key = {}, .item = c == '[' ? 1U : 0U}, .bracket = c});
                ++at;
            } else if (c == '}' || c == ']') {
                if (at >= offset_) break;
                close();
                ++at;
                if (levels_.empty() || levels_.back().indent != in_flow) return rest(at);
            } else if (c == ',') {
                if (at >= offset_) break;
                next();
                ++at;
            } else if (is_blank(c)) {
                ++at;
            } else if (c == '#') {
                if (line_end_ >= offset_ && offset_ > at) found(YamlSpot::Part::comment, at, line_end_);
                return;
            } else {
                at = flow_entry(at);
            }
        }
    }

    void rest(std::size_t at) {
        const std::size_t comment = text_.find('#', at);
        if (comment < offset_ && offset_ <= line_end_) found(YamlSpot::Part::comment, comment, line_end_);
    }

    // A key or a value within brackets; returns where it ends.
    std::size_t flow_entry(std::size_t at) {
        // A level with a bracket has no key until one is read.
        const bool wants_key = levels_.back().bracket == '{';
        const std::size_t colon = wants_key ? key_end(at, line_end_, true) : std::string_view::npos;
        if (wants_key && colon != std::string_view::npos) {
            if (colon >= offset_) {
                found(YamlSpot::Part::key, at, colon);
                return line_end_;
            }
            levels_.push_back({.indent = in_flow, .step = {.key = unquoted(at, colon), .item = 0}});
            std::size_t begin = colon + 1;
            while (begin < line_end_ && is_blank(text_[begin])) ++begin;
            if (offset_ <= begin && offset_ <= line_end_ &&
                (begin == line_end_ || offset_ < begin || text_[begin] == ',' || text_[begin] == '}')) {
                spot_.behind_colon = offset_ == colon + 1;
                found(YamlSpot::Part::value, offset_, offset_);
            }
            return begin;
        }
        const std::size_t end = scalar_end(at, true);
        if (offset_ <= end) found(wants_key ? YamlSpot::Part::key : YamlSpot::Part::value, at, end);
        return std::max(end, at + 1);
    }

    void close() {
        while (!levels_.empty() && levels_.back().indent == in_flow) {
            const bool bracket = levels_.back().bracket != '\0';
            levels_.pop_back();
            if (bracket) return;
        }
    }

    // Behind a ',': the next item, or the next key.
    void next() {
        if (levels_.empty() || levels_.back().indent != in_flow) return;
        if (levels_.back().bracket == '\0') levels_.pop_back();
        if (!levels_.empty() && levels_.back().bracket == '[') ++levels_.back().step.item;
    }

    // A bracket that nobody has closed ends where a line is no further indented than what it stands in.
    void leave_flow(std::size_t indent) {
        const auto block = std::find_if(levels_.rbegin(), levels_.rend(),
                                        [](const Level& level) { return level.indent != in_flow; });
        if (block == levels_.rend() || indent > block->indent) return;
        levels_.erase(block.base(), levels_.end());
    }

    // The place is where nothing is typed yet.
    void between() {
        leave_flow(offset_ - at_);
        if (!levels_.empty() && levels_.back().indent == in_flow) {
            const bool key = levels_.back().bracket == '{';
            found(key ? YamlSpot::Part::key : YamlSpot::Part::value, offset_, offset_);
            return;
        }
        const std::size_t column = offset_ - at_;
        while (!levels_.empty() && levels_.back().indent >= column) levels_.pop_back();
        found(YamlSpot::Part::key, offset_, offset_);
    }

    void pop_to(std::size_t column) {
        while (!levels_.empty() && levels_.back().indent >= column) levels_.pop_back();
    }

    // Where the ':' stands that ends the key at `at`; npos where none does.
    [[nodiscard]] std::size_t key_end(std::size_t at, std::size_t end, bool flow) const {
        const char quote = text_[at];
        std::size_t from = at;
        if (quote == '"' || quote == '\'') {
            from = text_.find(quote, at + 1);
            if (from >= end) return std::string_view::npos;
        }
        for (std::size_t i = from; i < end; ++i) {
            if (flow && (text_[i] == ',' || text_[i] == '}' || text_[i] == '{' || text_[i] == '[')) break;
            if (text_[i] == '#' && i > at && is_blank(text_[i - 1])) break;
            if (text_[i] != ':') continue;
            const bool ends = i + 1 == end || is_blank(text_[i + 1]) ||
                              (flow && (text_[i + 1] == ',' || text_[i + 1] == '}'));
            if (ends) return i;
        }
        return std::string_view::npos;
    }

    [[nodiscard]] bool is_comment(std::size_t at) const {
        while (at < line_end_ && is_blank(text_[at])) ++at;
        return at < line_end_ && text_[at] == '#';
    }

    [[nodiscard]] std::size_t scalar_end(std::size_t at, bool flow) const {
        if (at < line_end_ && (text_[at] == '"' || text_[at] == '\'')) {
            const std::size_t close = text_.find(text_[at], at + 1);
            return std::min(close == std::string_view::npos ? line_end_ : close + 1, line_end_);
        }
        std::size_t end = at;
        for (std::size_t i = at; i < line_end_; ++i) {
            if (flow && (text_[i] == ',' || text_[i] == '}' || text_[i] == ']')) break;
            if (text_[i] == '#' && (i == at || is_blank(text_[i - 1]))) break;
            if (!is_blank(text_[i])) end = i + 1;
        }
        return end;
    }

    [[nodiscard]] std::string_view unquoted(std::size_t begin, std::size_t end) const {
        while (end > begin && is_blank(text_[end - 1])) --end;
        const bool quoted = end - begin >= 2 && (text_[begin] == '"' || text_[begin] == '\'') &&
                            text_[end - 1] == text_[begin];
        return quoted ? text_.substr(begin + 1, end - begin - 2) : text_.substr(begin, end - begin);
    }

    void found(YamlSpot::Part part, std::size_t begin, std::size_t end) {
        found_ = true;
        spot_.part = part;
        for (const Level& level : levels_) {
            // A mapping within brackets is no step of its own.
            if (level.bracket != '{') spot_.path.push_back(level.step);
        }
        const std::string_view inner =
            part == YamlSpot::Part::comment ? text_.substr(begin, end - begin) : unquoted(begin, end);
        spot_.begin = inner.empty() ? begin : static_cast<std::size_t>(inner.data() - text_.data());
        spot_.end = inner.empty() ? begin : spot_.begin + inner.size();
    }

    std::string_view text_;
    std::size_t offset_;
    std::size_t at_ = 0;  // where the line begins
    std::size_t line_end_ = 0;
    std::vector<Level> levels_;
    std::optional<std::size_t> block_;  // the indent of the key of a block scalar
    bool found_ = false;
    YamlSpot spot_;
};

}  // namespace

YamlSpot yaml_spot(std::string_view text, std::size_t offset) { return Finder(text, offset).run(); }

}  // namespace dectprov
