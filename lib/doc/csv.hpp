// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/catalog.hpp"
#include "source/source_set.hpp"
#include "source/span.hpp"

namespace dectprov {

struct CsvField {
    Span span;              // without quotes
    std::string_view text;  // into the source, or kept by the sources where quotes are doubled inside

    [[nodiscard]] bool doubled() const { return text.size() != span.end - span.begin; }
};

struct CsvProblem {
    Span span;
    std::string message;
};

// How the fields of a table are parted, and where its rows begin.
struct CsvDialect {
    char separator = ',';
    std::size_t begin = 0;
};

// By `sep=;` in the first line, as Excel writes it, else by the header row: the one of ',', ';' and TAB that
// occurs first outside quotes, ',' where none does.
CsvDialect csv_dialect(std::string_view text);

// The field of a user that a heading names, whatever its case and the blanks around it; a name that only a
// wildcard of the catalogue takes has that.
EntryId users_column(const Catalog& catalog, std::string_view heading);

// RFC 4180, as spreadsheets write it. Rows whose fields are all empty are left out, and so are fields without
// a text behind the last column. Reads row by row, so that nobody has to keep them all.
class CsvReader {
public:
    // What becomes of the texts of rows: they are good as long as the sources, or until the next one is read,
    // which takes no memory for a large file.
    enum class Keep : unsigned char { rows, row };

    // Reads the header row; `sources` must outlive this.
    CsvReader(SourceSet& sources, FileId file, Keep keep = Keep::rows);

    // Empty where there is no row at all.
    [[nodiscard]] const std::vector<CsvField>& header() const { return header_; }
    [[nodiscard]] char separator() const { return separator_; }
    // The bytes behind what has been read.
    [[nodiscard]] std::size_t rest() const { return all_.size() - at_; }

    // Where a row begins, and back to it.
    [[nodiscard]] std::uint32_t begin_of(const std::vector<CsvField>& row) const {
        const std::uint32_t first = row.front().span.begin;
        return first != 0 && all_[first - 1] == '"' ? first - 1 : first;
    }
    void seek(std::size_t offset) {
        at_ = offset;
        end_ = 0;
    }

    // The next row behind the header, in place of what `row` held; false where there is none.
    bool next(std::vector<CsvField>& row);

    // Of what has been read so far: a quote that is never closed, text behind a closing quote, a ragged row.
    [[nodiscard]] std::vector<CsvProblem>& problems() { return problems_; }

private:
    [[nodiscard]] bool at_break() const { return text_[at_] == '\n' || text_[at_] == '\r'; }
    [[nodiscard]] Span span(std::size_t begin, std::size_t end) const {
        return {.file = file_,
                .begin = static_cast<std::uint32_t>(begin),
                .end = static_cast<std::uint32_t>(end)};
    }
    // From `at` to the separator, the line end or the end of the text.
    [[nodiscard]] std::size_t end_of_field(std::size_t at) const {
        while (at < text_.size() && !ends_[static_cast<unsigned char>(text_[at])]) ++at;
        return at;
    }
    [[nodiscard]] std::size_t ahead() const;
    void load(std::size_t size);
    void read_header();
    void skip_break();
    bool read_row(std::vector<CsvField>& row);
    bool scan_row(std::vector<CsvField>& row);
    CsvField read_bare();
    CsvField read_quoted();
    std::string_view undouble(std::string_view raw);
    void check_width(const std::vector<CsvField>& row);

    SourceSet& sources_;
    std::unique_ptr<PartialText> own_;    // of which rows go when the next are read
    const PartialText* parts_ = nullptr;  // null where all of the text is there
    std::string_view all_;
    std::size_t end_ = 0;    // of what is there
    std::string_view text_;  // up to that
    FileId file_;
    char separator_ = ',';
    std::array<bool, 256> ends_{};  // the characters that end a field without quotes
    std::size_t at_ = 0;
    std::size_t header_end_ = 0;
    std::vector<CsvField> header_;
    std::vector<CsvProblem> problems_;
};

// Where the field of a CSV text ends whose text, without its quote, begins at `begin`.
std::size_t csv_field_end(std::string_view text, std::size_t begin, char separator);

}  // namespace dectprov
