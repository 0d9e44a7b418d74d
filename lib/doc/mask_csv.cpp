// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>

#include "catalog/characters.hpp"
#include "catalog/entries.hpp"
#include "doc/csv.hpp"
#include "doc/mask_scan.hpp"
#include "doc/raw_text.hpp"
#include "doc/secret.hpp"

namespace dectprov {
namespace {

// Cells of a users table. What stands in a column that is no known field may be a secret, and so may every
// cell of a row, or of a file, that has not the shape that its heading promises.
class CsvMask {
public:
    using Column = SourceSet::Cells;

    CsvMask(std::string_view text, const std::vector<Column>& known, std::vector<TextPart>& hidden)
        : text_(text), hidden_(hidden), columns_(known) {}

    void run() {
        const CsvDialect dialect = csv_dialect(text_);
        separator_ = dialect.separator;
        std::size_t at = dialect.begin;
        // Rows without a text are nobody's, and a separator behind the last column makes none.
        do at = row(at);
        while (at < text_.size() && is_empty());
        while (fields_.size() > 1 && is_blank_part(fields_.back())) fields_.pop_back();
        if (columns_.size() != fields_.size()) {
            columns_.clear();
            for (const TextPart& field : fields_) columns_.push_back(column_of(field));
        }
        if (std::ranges::find(columns_, Column::shown) == columns_.end()) {
            hidden_.push_back({.begin = 0, .end = text_.size()});
            return;
        }
        const std::vector<TextPart> heading = std::move(fields_);
        bool fits = false;
        for (bool first = true; at < text_.size();) {
            at = row(at);
            if (is_empty()) continue;
            while (fields_.size() > columns_.size() && is_blank_part(fields_.back())) fields_.pop_back();
            if (first) fits = fields_.size() == columns_.size();
            first = false;
            hide_row();
        }
        hide_heading(heading, fits);
    }

private:
    [[nodiscard]] std::string_view name_of(TextPart field) const {
        return trimmed(text_.substr(field.begin, field.end - field.begin), " \t\r\n\"");
    }

    [[nodiscard]] bool is_blank_part(TextPart field) const {
        return trimmed(text_.substr(field.begin, field.end - field.begin)).empty();
    }
    [[nodiscard]] bool is_empty() const {
        return std::ranges::all_of(fields_, [this](TextPart field) { return is_blank_part(field); });
    }

    [[nodiscard]] Column column_of(TextPart field) const {
        const Catalog& catalog = Catalog::builtin();
        const EntryId id = users_column(catalog, name_of(field));
        if (id == EntryId::none) return Column::unknown;
        return catalog.has(id, Trait::secret) ? Column::secret : Column::shown;
    }

    // Takes the row at `at` apart into `fields_`, quotes included; returns where the next one begins.
    std::size_t row(std::size_t at) {
        fields_.clear();
        std::size_t begin = at;
        bool quoted = false;
        for (; at < text_.size(); ++at) {
            const char c = text_[at];
            // As CsvReader takes it: a cell in quotes begins with one, and two within are one.
            if (c == '"' && (quoted || at == begin || (text_[begin] == '"' && text_[at - 1] == '"')))
                quoted = !quoted;
            if (quoted) continue;
            if (c == '\n' || c == '\r') break;
            if (c != separator_) continue;
            fields_.push_back({.begin = begin, .end = at});
            begin = at + 1;
        }
        fields_.push_back({.begin = begin, .end = at});
        return std::min(at + 1, text_.size());
    }

    // A quote within a cell, or a line break in one that is shown, tells that rows have run into each other.
    [[nodiscard]] bool is_torn(TextPart field, Column column) const {
        std::string_view cell = text_.substr(field.begin, field.end - field.begin);
        if (column == Column::shown && cell.find_first_of("\n\r") != std::string_view::npos) return true;
        if (cell.find('"') == std::string_view::npos) return false;
        if (cell.size() < 2 || !cell.starts_with('"') || !cell.ends_with('"')) return true;
        cell = cell.substr(1, cell.size() - 2);
        for (std::size_t at = cell.find('"'); at != std::string_view::npos; at = cell.find('"', at + 2)) {
            if (cell.substr(at, 2) != "\"\"") return true;
        }
        return false;
    }

    // A heading of one field tells no separator, and what stands below may have one.
    [[nodiscard]] bool is_unsplit() const {
        const TextPart first = fields_.front();
        return columns_.size() == 1 &&
               text_.substr(first.begin, first.end - first.begin).find_first_of(",;\t") !=
                   std::string_view::npos;
    }

    void hide_row() {
        bool torn = fields_.size() != columns_.size() || is_unsplit();
        for (std::size_t i = 0; i < fields_.size() && !torn; ++i) torn = is_torn(fields_[i], columns_[i]);
        if (torn) {
            hidden_.push_back({.begin = fields_.front().begin, .end = fields_.back().end});
            return;
        }
        for (std::size_t i = 0; i < fields_.size(); ++i) {
            const TextPart field = fields_[i];
            if (columns_[i] != Column::shown) {
                hidden_.push_back(field);
                continue;
            }
            const std::string_view cell = text_.substr(field.begin, field.end - field.begin);
            for (const TextPart& part : secret_parts(Catalog::builtin(), EntryId::none, cell))
                hidden_.push_back({.begin = field.begin + part.begin, .end = field.begin + part.end});
        }
    }

    // A name that nobody knows is shown where it is a word, and the rows below have as many cells: else a row
    // may have run into the heading. `fits`: the first of them has.
    void hide_heading(const std::vector<TextPart>& heading, bool fits) {
        const Catalog& catalog = Catalog::builtin();
        for (std::size_t i = 0; i < heading.size(); ++i) {
            const std::string_view name = name_of(heading[i]);
            if (users_column(catalog, name) != EntryId::none) continue;
            const bool word =
                std::ranges::all_of(name, [](char c) { return is_key_character(c) && !is_digit(c); });
            const bool own = columns_[i] == Column::shown;
            if (!own && (!fits || !word)) hidden_.push_back(heading[i]);
        }
    }

    std::string_view text_;
    std::vector<TextPart>& hidden_;
    char separator_ = ',';
    std::vector<TextPart> fields_;
    std::vector<Column> columns_;
};

}  // namespace

void hide_in_csv(std::string_view text, const std::vector<SourceSet::Cells>& columns,
                 std::vector<TextPart>& hidden) {
    CsvMask(text, columns, hidden).run();
}

}  // namespace dectprov
