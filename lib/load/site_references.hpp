// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "doc/csv.hpp"
#include "doc/tree.hpp"
#include "load/secret_variables.hpp"
#include "load/site_layers.hpp"

namespace dectprov {

// A row of a table, as `${row:COLUMN}` sees it: by what its columns are, and by their headings.
struct SiteRow {
    struct Column {
        std::string_view name;     // of the field, the key or whatever `columns` makes of it
        std::string_view heading;  // as it stands in the table
        // Its cells are secrets: so is its field, or `set` makes the text of such a field of them.
        bool secret = false;
        bool is_variable = false;  // each cell is the text of a variable of its server
        // Where its heading begins, if `set` makes variables of the cells, or a part of an address that may
        // be a password: which of them are secrets shows when all are read.
        std::optional<Span> of_variable = {};
    };
    const std::vector<Column>& columns;
    const std::vector<CsvField>& cells;
    const SiteSource& table;

    // The column of that name; how many there are where there is none.
    static std::size_t index(const std::vector<Column>& of, std::string_view name);
    // Null where there is no such column, or no cell in it.
    [[nodiscard]] const CsvField* find(std::string_view name) const;
    // Whether messages may show a cell of the row.
    [[nodiscard]] bool may_show(const SourceSet& sources, const CsvField& field) const;
    // Whether a cell of the row is a secret.
    [[nodiscard]] bool is_secret(const CsvField& field) const { return column(field).secret; }
    // The variable that a cell of the row is, or may be a part of.
    [[nodiscard]] std::optional<Span> variable(const CsvField& field) const;

private:
    [[nodiscard]] std::size_t index(const CsvField& field) const {
        return static_cast<std::size_t>(&field - cells.data());
    }
    [[nodiscard]] const Column& column(const CsvField& field) const { return columns[index(field)]; }
};

// What the references in the texts of one server stand for.
struct SiteScope {
    const Layers& layers;
    Layered vars;           // the variables by the layers' order
    Layered server;         // the server with all that lies under it
    std::string_view site;  // the name of its site; empty where it has none
    bool whole = true;      // no layer is missing, which may set more variables
    Layered own = {};       // what the server says itself
};

// A text with its references replaced, or not where what they stand for is a secret and is not wanted.
struct Expanded {
    struct Problem {
        std::size_t offset;  // in the text as it was given
        std::size_t length;
        std::string message;
        std::string help = {};
        std::optional<Span> place = {};  // where it is instead: in what a reference of the text stands for
        std::string_view many = {};      // as of a Diagnostic
        bool of_server = false;          // the same text may be right for another one
    };

    std::string_view text;                   // the text itself, or kept by the sources
    bool opaque = false;                     // holds a reference that is not replaced
    bool referred = false;                   // held a reference to a secret
    std::vector<TextPart> secrets = {};      // the parts of `text` that came out of such, or of secret cells
    std::vector<TextPart> hidden = {};       // those that came out of cells which may not be shown
    std::vector<VariablePart> sources = {};  // of what came from variables; not that from most cells
    std::vector<Problem> problems = {};
    // Where the value stands that has to change where this text is wrong: of a text that is one reference
    // what that stands for, else the table's cell that a part of it comes from. Nothing: the text itself.
    std::optional<Span> origin = {};
    bool of_cell = false;  // that is a cell
};

// `source` is where the text stands: paths are relative to its folder. Without a scope every reference is
// kept as it is.
Expanded expand(SiteContext& context, const SiteSource& source, std::string_view text);

// What a note says of the server whose text it is.
inline constexpr std::string_view this_server = "this server";

// Reports the problems of the text of a scalar: each where it is, `place` being that of the scalar.
void report_problems(SiteContext& context, const Yaml::Node& scalar, const Place& place,
                     std::vector<Expanded::Problem> problems);

}  // namespace dectprov
