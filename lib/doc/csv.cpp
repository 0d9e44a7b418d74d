// SPDX-License-Identifier: MIT
#include "doc/csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

namespace dectprov {
namespace {

class CsvReader {
public:
    CsvReader(SourceSet& sources, FileId file, CsvDocument& document)
        : sources_(sources), text_(sources.text(file)), file_(file), document_(document) {}

    void read() {
        separator_ = find_separator();
        std::vector<CsvField> row;
        while (at_ < text_.size()) {
            if (at_break()) {
                skip_break();
                continue;
            }
            const std::size_t begin = at_;
            row.clear();
            read_row(row);
            keep(row, begin);
        }
    }

private:
    // The one that occurs first in the header, outside quotes.
    [[nodiscard]] char find_separator() const {
        bool quoted = false;
        bool any = false;
        for (const char c : text_) {
            if (c == '"') quoted = !quoted;
            if (quoted) continue;
            if (c == ',' || c == ';') return c;
            const bool line_end = c == '\n' || c == '\r';
            if (line_end && any) break;
            any = any || !line_end;
        }
        return ',';
    }

    [[nodiscard]] bool at_break() const { return text_[at_] == '\n' || text_[at_] == '\r'; }
    void skip_break() {
        if (text_[at_] == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n') ++at_;
        ++at_;
    }

    [[nodiscard]] Span span(std::size_t begin, std::size_t end) const {
        return {.file = file_,
                .begin = static_cast<std::uint32_t>(begin),
                .end = static_cast<std::uint32_t>(end)};
    }
    void problem(std::size_t begin, std::size_t end, std::string message) {
        document_.problems.push_back({.span = span(begin, end), .message = std::move(message)});
    }

    void read_row(std::vector<CsvField>& row) {
        while (true) {
            row.push_back(at_ < text_.size() && text_[at_] == '"' ? read_quoted() : read_bare());
            if (at_ == text_.size()) return;
            if (at_break()) {
                skip_break();
                return;
            }
            ++at_;  // the separator
        }
    }

    CsvField read_bare() {
        const std::size_t begin = at_;
        while (at_ < text_.size() && text_[at_] != separator_ && !at_break()) ++at_;
        return {.span = span(begin, at_), .text = text_.substr(begin, at_ - begin)};
    }

    CsvField read_quoted() {
        const std::size_t quote = at_;
        const std::size_t begin = ++at_;
        bool doubled = false;
        while (at_ < text_.size()) {
            if (text_[at_] != '"') {
                ++at_;
            } else if (at_ + 1 < text_.size() && text_[at_ + 1] == '"') {
                doubled = true;
                at_ += 2;
            } else {
                break;
            }
        }
        const std::size_t end = at_;
        if (at_ == text_.size())
            problem(quote, quote + 1, "a quote that is never closed");
        else
            ++at_;
        const std::size_t behind = at_;
        while (at_ < text_.size() && text_[at_] != separator_ && !at_break()) ++at_;
        if (at_ != behind) problem(behind, at_, "text behind a closing quote");
        std::string_view value = text_.substr(begin, end - begin);
        if (doubled) value = undouble(value);
        return {.span = span(begin, end), .text = value};
    }

    std::string_view undouble(std::string_view raw) {
        std::string out;
        out.reserve(raw.size());
        for (std::size_t i = 0; i < raw.size(); ++i) {
            out += raw[i];
            if (raw[i] == '"') ++i;
        }
        return sources_.keep(std::move(out));
    }

    void keep(const std::vector<CsvField>& row, std::size_t begin) {
        if (document_.header.empty()) {
            document_.header = row;
            const auto rest = static_cast<std::size_t>(std::ranges::count(text_.substr(at_), '\n'));
            document_.rows.reserve(rest + 1);
            document_.fields.reserve((rest + 1) * row.size());
            return;
        }
        const std::size_t columns = document_.header.size();
        if (row.size() > columns) {
            problem(row[columns].span.begin, std::max(row.back().span.end, row[columns].span.begin),
                    fmt::format("{} fields in a row; the header has {}", row.size(), columns));
        } else if (row.size() < columns) {
            problem(begin, row.back().span.end,
                    fmt::format("{} {} in a row; the header has {}", row.size(),
                                row.size() == 1 ? "field" : "fields", columns));
        }
        document_.rows.push_back(document_.fields.size());
        document_.fields.insert(document_.fields.end(), row.begin(), row.end());
    }

    SourceSet& sources_;
    std::string_view text_;
    FileId file_;
    CsvDocument& document_;
    std::size_t at_ = 0;
    char separator_ = ',';
};

}  // namespace

CsvDocument read_csv(SourceSet& sources, FileId file) {
    CsvDocument document;
    CsvReader(sources, file, document).read();
    return document;
}

}  // namespace dectprov
