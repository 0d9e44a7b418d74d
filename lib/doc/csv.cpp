// SPDX-License-Identifier: MIT
#include "doc/csv.hpp"

#include "catalog/characters.hpp"
#include "catalog/entries.hpp"
#include "catalog/letter_case.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

namespace dectprov {
namespace {

// So much of a large file is read ahead: of one whose rows are kept, what rows near by are likely to be in.
constexpr std::size_t least_load = 4096;
constexpr std::size_t pass_load = std::size_t{1} << 16U;

// What ends a field without quotes.
bool ends_field(char c, char separator) { return c == separator || c == '\n' || c == '\r'; }

// From behind the opening quote to the closing one, or to the end of the text. `doubled`: quotes stand in it.
std::size_t closing_quote(std::string_view text, std::size_t at, bool* doubled) {
    while (true) {
        at = std::min(text.find('"', at), text.size());
        if (at + 1 >= text.size() || text[at + 1] != '"') return at;
        if (doubled != nullptr) *doubled = true;
        at += 2;
    }
}

bool is_blank_field(const CsvField& field) {
    return field.text.find_first_not_of(line_blanks) == std::string_view::npos;
}

bool is_empty(const std::vector<CsvField>& row) { return std::ranges::all_of(row, is_blank_field); }

bool is_separator(char c) { return c == ',' || c == ';' || c == '\t'; }

// Of `sep=;`, which may stand in quotes; nothing where the line is another.
std::optional<char> named_separator(std::string_view line) {
    if (line.size() > 1 && line.front() == '"' && line.back() == '"') line = line.substr(1, line.size() - 2);
    constexpr std::string_view word = "sep=";
    const bool named = std::ranges::equal(line.substr(0, word.size()), word, [](char a, char b) {
        return a == b || (a >= 'A' && a <= 'Z' && static_cast<char>(a | 0x20) == b);
    });
    if (!named || line.size() != word.size() + 1 || !is_separator(line.back())) return std::nullopt;
    return line.back();
}

// Nothing where the text ends before it is decided.
std::optional<CsvDialect> find_dialect(std::string_view text) {
    const std::size_t line_end = std::min(text.find_first_of("\r\n"), text.size());
    if (const std::optional<char> named = named_separator(text.substr(0, line_end)))
        return CsvDialect{.separator = *named, .begin = line_end};
    bool quoted = false;
    bool any = false;
    for (const char c : text) {
        if (c == '"') quoted = !quoted;
        if (quoted) continue;
        if (is_separator(c)) return CsvDialect{.separator = c};
        const bool is_break = c == '\n' || c == '\r';
        if (is_break && any) return CsvDialect{};
        any = any || !is_break;
    }
    return std::nullopt;
}

}  // namespace

CsvDialect csv_dialect(std::string_view text) { return find_dialect(text).value_or(CsvDialect{}); }

EntryId users_column(const Catalog& catalog, std::string_view heading) {
    heading = trimmed(heading);
    const EntryId column = catalog.child(entry("users.user"), heading);
    if (column != EntryId::none && !catalog.is_wildcard(column)) return column;
    for (const EntryId field : catalog.children(entry("users.user"))) {
        if (equals_ignoring_case(heading, catalog[field].name)) return field;
    }
    return column;
}

CsvReader::CsvReader(SourceSet& sources, FileId file, Keep keep)
    : sources_(sources), parts_(sources.parts(file)), all_(sources.unread(file)), file_(file) {
    if (parts_ != nullptr && keep == Keep::row) {
        own_ = std::make_unique<PartialText>(parts_->file());
        parts_ = own_.get();
        all_ = own_->whole();
    }
    read_header();
}

std::size_t CsvReader::ahead() const { return own_ ? pass_load : least_load; }

// At least `size` bytes more.
void CsvReader::load(std::size_t size) {
    const std::size_t from = std::max(at_, end_);
    end_ = parts_ == nullptr ? all_.size() : parts_->load_from(from, size);
    text_ = all_.substr(0, end_);
}

void CsvReader::read_header() {
    // Twice as much each time: one row may be all there is.
    for (std::size_t more = ahead();; more *= 2) {
        load(more);
        const bool all = end_ == all_.size();
        const std::optional<CsvDialect> dialect = find_dialect(text_);
        if (!dialect && !all) continue;
        separator_ = dialect.value_or(CsvDialect{}).separator;
        at_ = dialect.value_or(CsvDialect{}).begin;
        for (std::size_t c = 0; c != ends_.size(); ++c)
            ends_[c] = ends_field(static_cast<char>(c), separator_);
        problems_.clear();
        header_.clear();
        while (scan_row(header_) && is_empty(header_)) header_.clear();
        if (at_ < end_ || all) break;
        at_ = 0;
    }
    header_end_ = at_;
    while (!header_.empty() && is_blank_field(header_.back())) header_.pop_back();
}

bool CsvReader::next(std::vector<CsvField>& row) {
    std::size_t told = 0;
    do {
        row.clear();
        told = problems_.size();
        if (!read_row(row)) return false;
    } while (is_empty(row));
    while (row.size() > header_.size() && is_blank_field(row.back())) row.pop_back();
    // Where a quote is wrong the fields behind it are.
    if (row.size() != header_.size() && problems_.size() == told) check_width(row);
    return true;
}

void CsvReader::skip_break() {
    if (text_[at_] == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n') ++at_;
    ++at_;
}

bool CsvReader::read_row(std::vector<CsvField>& row) {
    const std::size_t begin = at_;
    const std::size_t problems = problems_.size();
    if (own_) own_->drop(header_end_, begin);
    for (std::size_t more = ahead();; more *= 2) {
        if (at_ >= end_) load(more);
        const bool any = scan_row(row);
        // What ends with the text that is there may go on behind it.
        if (at_ < end_ || end_ == all_.size()) return any;
        row.clear();
        problems_.resize(problems);
        load(more);
        at_ = begin;
    }
}

bool CsvReader::scan_row(std::vector<CsvField>& row) {
    while (at_ < text_.size() && at_break()) skip_break();
    if (at_ == text_.size()) return false;
    while (true) {
        row.push_back(at_ < text_.size() && text_[at_] == '"' ? read_quoted() : read_bare());
        if (at_ == text_.size()) return true;
        if (at_break()) {
            skip_break();
            return true;
        }
        ++at_;  // the separator
    }
}

CsvField CsvReader::read_bare() {
    const std::size_t begin = at_;
    at_ = end_of_field(begin);
    return {.span = span(begin, at_), .text = text_.substr(begin, at_ - begin)};
}

CsvField CsvReader::read_quoted() {
    const std::size_t quote = at_;
    const std::size_t begin = quote + 1;
    bool doubled = false;
    const std::size_t end = closing_quote(text_, begin, &doubled);
    at_ = end;
    if (at_ == text_.size()) {
        problems_.push_back({.span = span(quote, quote + 1), .message = "a quote that is never closed"});
    } else {
        ++at_;
    }
    const std::size_t behind = at_;
    at_ = end_of_field(behind);
    if (at_ != behind)
        problems_.push_back({.span = span(behind, at_), .message = "text after a closing quote"});
    std::string_view value = text_.substr(begin, end - begin);
    if (doubled) value = undouble(value);
    return {.span = span(begin, end), .text = value};
}

std::string_view CsvReader::undouble(std::string_view raw) {
    std::string out;
    out.reserve(raw.size());
    for (std::size_t i = 0; i < raw.size(); ++i) {
        out += raw[i];
        if (raw[i] == '"') ++i;
    }
    return sources_.keep(std::move(out));
}

void CsvReader::check_width(const std::vector<CsvField>& row) {
    const std::size_t columns = header_.size();
    if (row.size() > columns) {
        const std::uint32_t begin = row[columns].span.begin;
        problems_.push_back(
            {.span = span(begin, std::max(row.back().span.end, begin)),
             .message = fmt::format("{} fields in a row; the header has {}", row.size(), columns)});
        return;
    }
    // From its quote, where it begins with one.
    const std::uint32_t first = row.front().span.begin;
    const bool quoted = first != 0 && all_[first - 1] == '"';
    problems_.push_back({.span = span(quoted ? first - 1 : first, row.back().span.end),
                         .message = fmt::format("{} {} in a row; the header has {}", row.size(),
                                                row.size() == 1 ? "field" : "fields", columns)});
}

// A field without quotes begins behind a separator or a line end, so a quote in front says what it is.
std::size_t csv_field_end(std::string_view text, std::size_t begin, char separator) {
    if (begin != 0 && text[begin - 1] == '"') return closing_quote(text, begin, nullptr);
    while (begin != text.size() && !ends_field(text[begin], separator)) ++begin;
    return begin;
}

}  // namespace dectprov
