// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cstdint>
#include <unordered_set>

#include "catalog/licences.hpp"
#include "doc/csv.hpp"
#include "doc/mask_scan.hpp"
#include "doc/raw_text.hpp"

namespace dectprov {
namespace {

constexpr std::string_view licences_key = "licenses";

std::size_t skip_spaces(std::string_view text, std::size_t at) {
    while (at < text.size() && (text[at] == ' ' || text[at] == '\t')) ++at;
    return at;
}

std::size_t line_begin(std::string_view text, std::size_t at) {
    while (at > 0 && text[at - 1] != '\n' && text[at - 1] != '\r') --at;
    return at;
}

class YamlMask {
public:
    YamlMask(std::string_view text, SecretNames& names, std::vector<Hidden>& hidden)
        : text_(text), names_(names), hidden_(hidden) {}

    void run() {
        std::size_t at = 0;
        while (at < text_.size()) {
            const char c = text_[at];
            at = (c == ':' || c == '=') && is_secret_key(at) ? value(at) : at + 1;
        }
        if (!aliases_.empty()) anchors();
    }

private:
    // `? password` and `: text` may stand on two lines.
    bool is_secret_key(std::size_t colon) {
        if (names_.has(key_before(text_, colon))) return true;
        std::size_t end = colon;
        while (end > 0 && (text_[end - 1] == ' ' || text_[end - 1] == '\t')) --end;
        if (end == 0 || (text_[end - 1] != '\n' && text_[end - 1] != '\r')) return false;
        while (end > 0 && is_white(text_[end - 1])) --end;
        return names_.has(key_before(text_, end));
    }

    // Whether the key before `colon` stands behind a '{' or ',' on its line: then a plain value ends at the
    // next ',' or bracket.
    [[nodiscard]] bool in_flow(std::size_t colon) const {
        const std::string_view key = key_before(text_, colon);
        auto at = static_cast<std::size_t>(key.data() - text_.data());
        while (at > 0 && (text_[at - 1] == '"' || text_[at - 1] == '\'' || text_[at - 1] == ' ')) --at;
        return at > 0 && (text_[at - 1] == '{' || text_[at - 1] == ',');
    }

    std::size_t value(std::size_t colon) {
        const std::size_t begin = skip_spaces(text_, colon + 1);
        if (begin == text_.size()) return begin;
        const char first = text_[begin];
        if (first == '"' || first == '\'') {
            const std::size_t end = quoted_end(begin);
            hidden_.push_back({.begin = begin + 1, .end = end});
            return end;
        }
        if (first == '*') aliases_.insert(word(begin + 1));
        if (in_flow(colon) && first != '{' && first != '[' && first != '&' && first != '!') {
            const std::size_t end = std::min(text_.find_first_of(",}]", begin), text_.size());
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
        const bool comment = text_[skip_spaces(text_, line)] == '#';
        return block(begin, comment ? std::string_view::npos : key_begin - line, key == licences_key);
    }

    // Which licences a server has is said in words that are no secret; anything else may be a key.
    [[nodiscard]] bool are_licences(std::size_t begin, std::size_t end) const {
        constexpr std::string_view between = " \t\r\n,[]-";
        std::string_view rest = text_.substr(begin, end - begin);
        while (true) {
            rest.remove_prefix(std::min(rest.find_first_not_of(between), rest.size()));
            if (rest.empty()) return true;
            const std::string_view name = rest.substr(0, rest.find_first_of(between));
            if (std::ranges::find(licence_names, name) == licence_names.end()) return false;
            rest.remove_prefix(name.size());
        }
    }

    // The closing quote; in single quotes two stand for one, in double ones `\"` is none.
    [[nodiscard]] std::size_t quoted_end(std::size_t begin) const {
        const char quote = text_[begin];
        for (std::size_t at = begin + 1; at < text_.size(); ++at) {
            if (quote == '"' && text_[at] == '\\') {
                ++at;
            } else if (text_[at] == quote) {
                if (quote == '"' || at + 1 >= text_.size() || text_[at + 1] != quote) return at;
                ++at;
            }
        }
        return text_.size();
    }

    // To the end of the line, and the lines below that are indented more than `column`, where the key
    // stands, or are items of a list there.
    std::size_t block(std::size_t begin, std::size_t column, bool licences = false) {
        std::size_t end = line_end(text_, begin);
        // Comments stand at any column, and what is below them may still belong to the value.
        for (std::size_t seen = end; seen < text_.size();) {
            std::size_t next = seen;
            while (next < text_.size() && is_white(text_[next])) ++next;
            if (next == text_.size()) break;
            const std::size_t indent = next - line_begin(text_, next);
            seen = line_end(text_, next);
            if (text_[next] == '#' && indent <= column) continue;
            if (indent < column || (indent == column && text_[next] != '-')) break;
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
            const std::size_t begin = skip_spaces(text_, at + 1 + name.size());
            if (begin == text_.size()) return;
            if (text_[begin] == '"' || text_[begin] == '\'') {
                const std::size_t end = quoted_end(begin);
                hidden_.push_back({.begin = begin + 1, .end = end});
                at = end;
            } else {
                const std::size_t line = line_begin(text_, at);
                at = block(begin, skip_spaces(text_, line) - line);
            }
        }
    }

    std::string_view text_;
    SecretNames& names_;
    std::vector<Hidden>& hidden_;
    std::unordered_set<std::string_view> aliases_;
};

class CsvMask {
public:
    CsvMask(std::string_view text, SecretNames& names, std::vector<Hidden>& hidden)
        : text_(text), names_(names), hidden_(hidden) {}

    void run() {
        const CsvDialect dialect = csv_dialect(text_);
        separator_ = dialect.separator;
        std::size_t at = dialect.begin;
        while (at < text_.size() && is_white(text_[at])) ++at;
        at = row(at);
        for (const Hidden& field : fields_) {
            secret_.push_back(names_.has(name_of(text_.substr(field.begin, field.end - field.begin))));
        }
        if (std::ranges::find(secret_, true) == secret_.end()) return;
        while (at < text_.size()) {
            at = row(at);
            hide_row();
        }
    }

private:
    static std::string_view name_of(std::string_view cell) {
        const auto is_edge = [](char c) { return is_white(c) || c == '"'; };
        while (!cell.empty() && is_edge(cell.front())) cell.remove_prefix(1);
        while (!cell.empty() && is_edge(cell.back())) cell.remove_suffix(1);
        return cell;
    }

    // Takes the row at `at` apart into `fields_`, quotes included; returns where the next one begins.
    std::size_t row(std::size_t at) {
        fields_.clear();
        std::size_t begin = at;
        bool quoted = false;
        for (; at < text_.size(); ++at) {
            const char c = text_[at];
            if (c == '"') quoted = !quoted;
            if (quoted) continue;
            if (c == '\n' || c == '\r') break;
            if (c != separator_) continue;
            fields_.push_back({.begin = begin, .end = at});
            begin = at + 1;
        }
        fields_.push_back({.begin = begin, .end = at});
        return std::min(at + 1, text_.size());
    }

    // A row with too many or too few fields may have its secret anywhere.
    void hide_row() {
        if (fields_.size() == 1 && fields_[0].begin == fields_[0].end) return;
        if (fields_.size() != secret_.size()) {
            hidden_.push_back({.begin = fields_.front().begin, .end = fields_.back().end});
            return;
        }
        for (std::size_t i = 0; i < fields_.size(); ++i) {
            if (secret_[i]) hidden_.push_back(fields_[i]);
        }
    }

    std::string_view text_;
    SecretNames& names_;
    std::vector<Hidden>& hidden_;
    char separator_ = ',';
    std::vector<Hidden> fields_;
    std::vector<bool> secret_;
};

}  // namespace

void hide_in_yaml(std::string_view text, SecretNames& names, std::vector<Hidden>& hidden) {
    YamlMask(text, names, hidden).run();
}

void hide_in_csv(std::string_view text, SecretNames& names, std::vector<Hidden>& hidden) {
    CsvMask(text, names, hidden).run();
}

}  // namespace dectprov
