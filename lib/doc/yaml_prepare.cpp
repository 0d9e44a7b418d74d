// SPDX-License-Identifier: MIT
#include "doc/yaml_prepare.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "catalog/byte_scan.hpp"
#include "catalog/characters.hpp"
#include "doc/yaml_scalar.hpp"

namespace dectprov {
namespace {

constexpr std::string_view flow_marks = ",[]{}";
constexpr std::size_t npos = std::string_view::npos;

bool is_name_start(char c) { return is_alphanumeric(c) || c == '_'; }
std::string utf8(std::uint32_t code) {
    constexpr std::uint32_t low = 0x3F;
    const auto byte = [](std::uint32_t value) { return static_cast<char>(value); };
    return {byte(0xF0U | (code >> 18U)), byte(0x80U | ((code >> 12U) & low)),
            byte(0x80U | ((code >> 6U) & low)), byte(0x80U | (code & low))};
}

std::size_t line_end(std::string_view text, std::size_t at) {
    return std::min(text.find_first_of(line_breaks, at), text.size());
}

std::size_t next_line(std::string_view text, std::size_t at) {
    at = line_end(text, at);
    if (at < text.size() && text[at] == '\r' && at + 1 < text.size() && text[at + 1] == '\n') ++at;
    return std::min(at + 1, text.size());
}

struct Plain {
    std::size_t begin;
    std::size_t end;
    std::size_t column;  // npos where the line does not begin with it
    bool flow;
    bool start;  // not the rest of a text on the line before
    bool key;    // a ':' follows
};

// Walks over a text by its tokens, as far as quotes, blocks, comments and brackets go, and calls what is told
// of them. It need not know more: it is for texts that a parser has refused.
template <class Visitor>
class YamlWalk {
public:
    YamlWalk(std::string_view text, Visitor& visitor) : text_(text), visitor_(visitor) {}

    void run() {
        while (at_ < text_.size()) {
            if (depth_ == 0 && at_line_start_) {
                start_line();
                continue;
            }
            const char c = text_[at_];
            if (is_one_of(line_breaks, c)) {
                if (depth_ > 0) {
                    flow_break();
                } else {
                    at_ = next_line(text_, at_);
                    at_line_start_ = true;
                }
            } else if (is_one_of(line_blanks, c)) {
                ++at_;
            } else if (c == '#' && (at_ == 0 || is_one_of(white_space, text_[at_ - 1]))) {
                comment();
            } else {
                token(c);
            }
        }
    }

private:
    // Empty lines are told; the others begin behind their blanks.
    void start_line() {
        const std::size_t end = line_end(text_, at_);
        const std::size_t first = std::min(text_.find_first_not_of(line_blanks, at_), end);
        if (first == end) {
            visitor_.empty_line(at_, end);
            at_ = end == text_.size() ? end : next_line(text_, end);
            return;
        }
        if (text_[first] == '#') visitor_.empty_line(at_, first);
        line_ = at_;
        column_ = first - line_;
        at_ = first;
        at_line_start_ = false;
        token_start_ = true;
    }

    // In flow style a line break is a blank, and so are those around it and the comments between.
    void flow_break() {
        std::size_t begin = at_;
        while (begin > 0 && is_one_of(line_blanks, text_[begin - 1])) --begin;
        std::size_t end = at_;
        while (end < text_.size() && (is_one_of(white_space, text_[end]) || text_[end] == '#'))
            end = text_[end] == '#' ? line_end(text_, end) : end + 1;
        visitor_.flow_break(begin, end);
        at_ = end;
    }

    void comment() {
        const std::size_t end = line_end(text_, at_);
        if (depth_ > 0) {
            flow_break();
        } else {
            at_ = end;
        }
    }

    void token(char c) {
        const bool behind = at_ + 1 == text_.size() || is_one_of(white_space, text_[at_ + 1]);
        if (depth_ > 0 && is_one_of(flow_marks, c)) {
            if (is_one_of("]}", c)) --depth_;
            if (is_one_of("[{", c)) ++depth_;
            token_start_ = c != ']' && c != '}';
            ++at_;
        } else if (token_start_ && is_one_of("[{", c)) {
            ++depth_;
            ++at_;
        } else if (token_start_ && depth_ == 0 && is_one_of("-?", c) && behind) {
            ++at_;
            // What follows is a line of its own, further to the right.
            const std::size_t next = std::min(text_.find_first_not_of(line_blanks, at_), text_.size());
            dash_ = column_;
            if (next < text_.size() && !is_one_of(line_breaks, text_[next])) column_ = next - line_;
        } else if (c == ':' && (behind || (depth_ > 0 && is_one_of(",]}", text_[at_ + 1])) || quoted_)) {
            ++at_;
            token_start_ = true;
            quoted_ = false;
        } else if (token_start_ && is_one_of("&!", c)) {
            at_ = std::min(text_.find_first_of(depth_ > 0 ? " \t\r\n,[]{}" : " \t\r\n", at_), text_.size());
        } else if (token_start_ && (c == '"' || c == '\'')) {
            quoted(c);
        } else if (token_start_ && depth_ == 0 && (c == '|' || c == '>')) {
            block();
        } else {
            plain();
        }
    }

    void quoted(char quote) {
        const std::size_t begin = at_++;
        while (at_ < text_.size()) {
            if (text_[at_] == '\\' && quote == '"') {
                visitor_.escape(at_);
                at_ += 2;
            } else if (text_[at_] != quote) {
                ++at_;
            } else if (quote == '\'' && at_ + 1 < text_.size() && text_[at_ + 1] == quote) {
                at_ += 2;
            } else {
                break;
            }
        }
        at_ = std::min(at_ + 1, text_.size());
        if (depth_ > 0) visitor_.flow_quoted(begin, at_);
        token_start_ = false;
        quoted_ = true;
    }

    // A block ends before the first line that is not deeper than what it belongs to.
    void block() {
        const bool behind_key = text_.substr(line_, at_ - line_).find(':') != npos;
        const std::size_t above = behind_key ? column_ : dash_;
        at_ = next_line(text_, at_);
        while (at_ < text_.size()) {
            const std::size_t end = line_end(text_, at_);
            const std::size_t first = text_.find_first_not_of(' ', at_);
            if (first < end && first - at_ <= above) break;
            at_ = next_line(text_, at_);
            if (end == text_.size()) at_ = end;
        }
        at_line_start_ = true;
        token_start_ = false;
    }

    void plain() {
        const std::size_t begin = at_;
        const std::string_view ends = depth_ > 0 ? std::string_view(",[]{}\r\n") : line_breaks;
        for (; at_ < text_.size() && !is_one_of(ends, text_[at_]); ++at_) {
            const char c = text_[at_];
            const char next = at_ + 1 < text_.size() ? text_[at_ + 1] : '\n';
            if (c == ':' && (is_one_of(white_space, next) || (depth_ > 0 && is_one_of(",]}", next)))) break;
            if (c == '#' && at_ > begin && is_one_of(line_blanks, text_[at_ - 1])) break;
            // At the begin of a text it may be the mark of a key.
            if (c == '?' && depth_ > 0 && (at_ > begin || !token_start_ || !is_one_of(white_space, next)))
                visitor_.flow_question(at_);
        }
        const bool is_key = at_ < text_.size() && text_[at_] == ':';
        visitor_.plain({.begin = begin,
                        .end = at_,
                        .column = begin == line_ + column_ ? column_ : npos,
                        .flow = depth_ > 0,
                        .start = token_start_,
                        .key = is_key});
        token_start_ = false;
        quoted_ = false;
    }

    std::string_view text_;
    Visitor& visitor_;
    std::size_t at_ = 0;
    std::size_t line_ = 0;
    std::size_t column_ = 0;  // of what the line begins with, its dashes aside
    std::size_t dash_ = 0;
    unsigned depth_ = 0;  // of brackets
    bool at_line_start_ = true;
    bool token_start_ = true;
    bool quoted_ = false;  // what was met last is in quotes
};

class RefusedYaml {
public:
    explicit RefusedYaml(std::string_view text) : text_(text) {}

    void empty_line(std::size_t begin, std::size_t end) {
        if (text_.substr(0, end).find('\t', begin) != npos) add(begin, end, "");
    }
    void flow_break(std::size_t begin, std::size_t end) { add(begin, end, " "); }
    void flow_question(std::size_t at) { add(at, at + 1, std::string(1, question_mark)); }
    void plain(const Plain& /*text*/) {}

    void escape(std::size_t at) {
        const std::string_view rest = text_.substr(std::min(at + 1, text_.size()));
        if (rest.starts_with('N')) add(at, at + 2, "\\u0085");
        if (rest.starts_with('_')) add(at, at + 2, "\\u00A0");
        if (const std::optional<std::uint32_t> code = surrogate_pair(text_.substr(at)))
            add(at, at + surrogate_pair_length, utf8(*code));
    }

    // One break within quotes is a blank; several stand for line breaks, and stay.
    void flow_quoted(std::size_t begin, std::size_t end) {
        for (std::size_t at = text_.find_first_of(line_breaks, begin); at < end;) {
            std::size_t blanks = at;
            while (blanks > begin + 1 && is_one_of(line_blanks, text_[blanks - 1])) --blanks;
            std::size_t next = std::min(text_.find_first_not_of(line_blanks, next_line(text_, at)), end);
            const bool escaped = text_[blanks - 1] == '\\';
            if (!escaped && next < end && !is_one_of(line_breaks, text_[next])) add(blanks, next, " ");
            while (next < end && is_one_of(white_space, text_[next])) ++next;
            at = text_.find_first_of(line_breaks, next);
        }
    }

    std::vector<YamlEdit> edits() {
        std::ranges::stable_sort(edits_, {}, &YamlEdit::begin);
        return std::move(edits_);
    }

private:
    void add(std::size_t begin, std::size_t end, std::string replacement) {
        edits_.push_back({.begin = static_cast<std::uint32_t>(begin),
                          .end = static_cast<std::uint32_t>(end),
                          .replacement = std::move(replacement)});
    }

    std::string_view text_;
    std::vector<YamlEdit> edits_;
};

class RunInKeys {
public:
    explicit RunInKeys(std::string_view text) : text_(text) {}

    void empty_line(std::size_t /*begin*/, std::size_t /*end*/) {}
    void flow_break(std::size_t /*begin*/, std::size_t /*end*/) {}
    void flow_question(std::size_t /*at*/) {}
    void flow_quoted(std::size_t /*begin*/, std::size_t /*end*/) {}
    void escape(std::size_t /*at*/) {}

    void plain(const Plain& text) {
        if (text.flow) {
            // "name:" and a bracket.
            const bool bracket = text.end < text_.size() && is_one_of("[{", text_[text.end]);
            if (text.start && bracket && text.end > text.begin + 1 && text_[text.end - 1] == ':')
                add(text.begin, text.end - 1);
            return;
        }
        if (text.column == npos) return;
        const std::size_t mark = run_in_mark(text_.substr(text.begin, text.end - text.begin));
        // "name:{key" is a key to yaml-cpp, and its bracket no bracket.
        const bool bracket = mark != npos && text.key && is_one_of("[{", text_[text.begin + mark + 1]);
        const bool run_in = mark != npos && !text.key;
        // Beside a key of the same mapping it is one itself; elsewhere it may go on with a text.
        const bool beside = last_ && last_->column == text.column;
        if (pending_ && beside) add(pending_->begin, pending_->mark);
        pending_.reset();
        if (bracket || (run_in && beside)) {
            add(text.begin, text.begin + mark);
        } else if (run_in) {
            pending_ = RunIn{.begin = static_cast<std::uint32_t>(text.begin),
                             .mark = static_cast<std::uint32_t>(text.begin + mark)};
        }
        last_ = text;
    }

    std::vector<RunIn> keys() { return std::move(keys_); }

private:
    void add(std::size_t begin, std::size_t mark) {
        keys_.push_back(
            {.begin = static_cast<std::uint32_t>(begin), .mark = static_cast<std::uint32_t>(mark)});
    }

    std::string_view text_;
    std::optional<Plain> last_;     // what a line began with before
    std::optional<RunIn> pending_;  // that, where the next line decides what it is
    std::vector<RunIn> keys_;
};

}  // namespace

std::vector<YamlEdit> refused_yaml(std::string_view text) {
    RefusedYaml refused(text);
    YamlWalk(text, refused).run();
    return refused.edits();
}

bool has_misread_escape(std::string_view text) {
    if (text.empty()) return false;
    for (std::size_t at = text.find('\\'); at < text.size() - 1; at = text.find('\\', at + 2)) {
        if (is_one_of("N_", text[at + 1])) return true;
    }
    return false;
}

namespace {

// A MAC address, or a time.
bool is_pairs_of_digits(std::string_view text) {
    constexpr std::size_t pair = 3;
    if (text.size() % pair != 2) return false;
    for (std::size_t at = 0; at != text.size(); ++at) {
        const bool colon = at % pair == 2;
        if (colon ? text[at] != ':' : !is_hex(text[at])) return false;
    }
    return true;
}

}  // namespace

std::size_t run_in_mark(std::string_view text) {
    // Every key and text is asked, and nearly none has one.
    const std::size_t mark = find_any<':', '='>(text, 0);
    if (mark == 0 || mark == text.size() || mark + 1 == text.size()) return npos;
    if (text.substr(0, mark).find_first_of(" \t\r\n\"'[]{},#") != npos) return npos;
    if (!is_name_start(text.front()) || text.substr(mark + 1).starts_with("//")) return npos;
    return is_pairs_of_digits(text) ? npos : mark;
}

std::string_view run_in_message(char mark) {
    return mark == ':' ? "a key without a space after its ':'" : "a key with '=' instead of ': '";
}

std::vector<RunIn> run_in_keys(std::string_view text) {
    RunInKeys keys(text);
    YamlWalk(text, keys).run();
    return keys.keys();
}

YamlEdit mended(std::string_view text, const RunIn& key) {
    if (text[key.mark] == ':') return {.begin = key.mark + 1, .end = key.mark + 1, .replacement = " "};
    return {.begin = key.mark, .end = key.mark + 1, .replacement = ": "};
}

EditedYaml::EditedYaml(std::string_view source, const std::vector<YamlEdit>& edits) {
    std::size_t at = 0;
    for (const YamlEdit& edit : edits) {
        if (edit.begin < at) continue;
        text_ += source.substr(at, edit.begin - at);
        steps_.push_back({.text = static_cast<std::uint32_t>(text_.size()),
                          .length = static_cast<std::uint32_t>(edit.replacement.size()),
                          .begin = edit.begin,
                          .end = edit.end});
        text_ += edit.replacement;
        at = edit.end;
    }
    text_ += source.substr(at);
}

std::uint32_t EditedYaml::source(std::uint32_t at) const {
    const auto behind = std::ranges::upper_bound(steps_, at, {}, &Step::text);
    if (behind == steps_.begin()) return at;
    const Step& step = *std::prev(behind);
    return at - step.text < step.length ? step.begin : step.end + (at - step.text - step.length);
}

}  // namespace dectprov
