// SPDX-License-Identifier: MIT
#include "load/site_table_rows.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>
#include <utility>

#include "catalog/characters.hpp"
#include "diag/rules.hpp"
#include "diag/shorten.hpp"
#include "doc/secret.hpp"
#include "load/site_tables.hpp"
#include "source/bounds.hpp"
#include "source/failure.hpp"
#include "source/stable_hash.hpp"

namespace dectprov {
namespace {

// Whether rows hold what is taken for a single field because the heading has no separator.
bool is_unsplit(const CsvReader& rows, const std::vector<CsvField>& row) {
    return rows.header().size() == 1 && row.front().text.find_first_of(",;\t") != std::string_view::npos;
}

// The next row that has as many cells as the header: which cell of another is the password, nobody knows.
// `faults`: how many problems there were before it.
bool next_whole(CsvReader& rows, std::vector<CsvField>& row, std::size_t& faults) {
    while (rows.next(row)) {
        if (is_unsplit(rows, row)) {
            CsvProblem problem = {.span = start_of(row.front().span), .message = {}};
            problem.message = "several fields in a row; the header has 1";
            rows.problems().push_back(std::move(problem));
        }
        const bool ragged = rows.problems().size() != faults;
        faults = rows.problems().size();
        if (!ragged) return true;
    }
    return false;
}

std::uint64_t hash_of(std::uint64_t hash, std::string_view cell) {
    // Where one cell ends and the next begins counts.
    return (hash ^ fnv1a(cell)) * 0x9e37'79b9'7f4a'7c15U;
}

// Half of it tells the cells of a table apart well enough: who finds a row looks at its cells.
std::uint32_t shorter(std::uint64_t hash) { return static_cast<std::uint32_t>(hash >> 32U); }

constexpr std::string_view utf8 = "UTF-8";
constexpr std::size_t most_columns = 1024;

}  // namespace

void TableUse::keep_one_meant() {
    std::set<EntryId> taken;
    for (const TableColumn& one : columns) taken.insert(one.field);
    for (const Given& one : given) taken.insert(one.field);
    for (TableColumn& one : columns) {
        if (!taken.insert(one.meant).second) one.meant = EntryId::none;
    }
}

TableIndex::TableIndex(CsvReader& rows, std::vector<std::size_t> columns, std::size_t row_of_server)
    : columns_(std::move(columns)), row_(row_of_server) {
    std::vector<CsvField> row;
    std::vector<std::string> last;
    std::size_t faults = 0;
    const auto is_like_last = [&] {
        return std::ranges::equal(columns_, last, [&](std::size_t column, const std::string& cell) {
            return trimmed(row[column].text) == cell;
        });
    };
    for (std::size_t before = 0; next_whole(rows, row, faults); before = faults) {
        // Behind a row that was left out a run begins anew.
        if (!runs_.empty() && faults == before && is_like_last()) {
            ++runs_.back().rows;
            continue;
        }
        std::uint64_t hash = 0;
        last.clear();
        for (const std::size_t column : columns_) {
            hash = hash_of(hash, last.emplace_back(trimmed(row[column].text)));
        }
        runs_.push_back({.hash = shorter(hash), .offset = rows.begin_of(row), .rows = 1});
    }
    runs_.shrink_to_fit();
    std::ranges::sort(runs_, {}, [](const Run& one) { return std::pair(one.hash, one.offset); });
    taken_ = std::make_unique<std::atomic<bool>[]>(runs_.size());
}

std::span<const TableIndex::Run> TableIndex::find(const std::vector<std::string_view>& cells) const {
    std::uint64_t hash = 0;
    for (const std::string_view cell : cells) hash = hash_of(hash, cell);
    const auto begin = std::ranges::lower_bound(runs_, shorter(hash), {}, &Run::hash);
    const auto end = std::ranges::upper_bound(begin, runs_.end(), shorter(hash), {}, &Run::hash);
    return {begin, end};
}

bool TableIndex::meets(const std::vector<CsvField>& row, const std::vector<std::string_view>& cells) const {
    for (std::size_t i = 0; i != columns_.size(); ++i) {
        if (columns_[i] >= row.size() || trimmed(row[columns_[i]].text) != cells[i]) return false;
    }
    return true;
}

std::vector<std::uint32_t> TableIndex::untaken(CsvReader& rows) const {
    std::vector<std::uint32_t> begins;
    std::vector<CsvField> row;
    for (std::size_t i = 0; i != runs_.size(); ++i) {
        if (taken_[i].load(std::memory_order_relaxed)) continue;
        rows.seek(runs_[i].offset);
        for (std::uint32_t left = runs_[i].rows; left != 0 && rows.next(row); --left)
            begins.push_back(rows.begin_of(row));
    }
    std::ranges::sort(begins);
    return begins;
}

TableRows::TableRows(SiteContext& context, SiteTables& tables, TableUse& use, const std::string& path,
                     CsvReader::Keep keep)
    : context_(context), use_(use), path_(path), reader_(context.sources, use.table->cells.file, keep) {
    if (use.where.empty()) {
        if (use.of_users) tables.cache().take_all(use.table->key);
        return;
    }
    for (const TableUse::Where& one : use.where) {
        const Yaml::Node& node = one.value.yaml();
        Expanded expanded = expand(context, *one.value.source, node.text);
        context.variables.use(expanded.text, expanded.sources);
        const Place place{.span = node.span,
                          .path = path_below(path, fmt::format("where.{}", node.key_text))};
        if (expanded.problems.empty() && expanded.referred)
            context.report.add(rule::site_reference, place,
                               "the rows must be known to `lint` too, which does not read this reference",
                               "refer to a variable: `${var:NAME}`");
        report_problems(context, node, place, std::move(expanded.problems));
        good_ = good_ && !expanded.opaque && !expanded.referred;
        wanted_.push_back(trimmed(expanded.text));
    }
    if (!good_) return;
    if (!use.index) {
        std::vector<std::size_t> columns;
        for (const TableUse::Where& one : use.where) columns.push_back(one.column);
        const std::string key =
            fmt::format("{}#{}{}", use.table->key, use.of_users ? "" : "servers:", fmt::join(columns, ":"));
        use.index = tables.cache().index(key, [&] {
            CsvReader all(context.sources, use.table->cells.file, CsvReader::Keep::row);
            auto made = std::make_shared<TableIndex>(all, std::move(columns), tables.row());
            reader_.problems() = std::move(all.problems());
            return made;
        });
    }
    found_ = use.index->find(wanted_);
}

bool TableRows::next_found(std::vector<CsvField>& row) {
    while (at_ != found_.size()) {
        const TableIndex::Run& run = found_[at_];
        if (of_run_ == 0) reader_.seek(run.offset);
        // The first row tells of the others.
        const bool met =
            of_run_ != run.rows && reader_.next(row) && (of_run_ != 0 || use_.index->meets(row, wanted_));
        if (met) {
            if (of_run_++ == 0) use_.index->take(run);
            return true;
        }
        ++at_;
        of_run_ = 0;
    }
    return false;
}

bool TableRows::next(std::vector<CsvField>& row) {
    if (!good_) return false;
    if (use_.index) {
        const bool found = next_found(row);
        any_ = any_ || found;
        return found;
    }
    return next_whole(reader_, row, faults_);
}

bool TableRows::finish() {
    if (good_ && !use_.where.empty() && !any_) report_unmet();
    const bool whole = reader_.problems().empty();
    if (use_.table->told || (use_.index && whole)) return whole;
    use_.table->told = true;
    for (CsvProblem& problem : reader_.problems())
        context_.report.add(rule::site_key, {.span = problem.span}, std::move(problem.message));
    return whole;
}

// With the values that there are, as far as they fit into a message.
void TableRows::report_unmet() {
    constexpr std::size_t most_values = 8;
    const TableUse::Where& where = use_.where.front();
    const TableColumn& column = use_.columns[where.column];
    std::vector<std::string> values;
    CsvReader all(context_.sources, use_.table->cells.file);
    std::vector<CsvField> row;
    const bool secret = is_secret(context_.catalog, column.field, column.name);
    while (!secret && values.size() <= most_values && all.next(row)) {
        if (where.column >= row.size()) continue;
        std::string value = shortened_name(shown_text(trimmed(row[where.column].text)));
        if (std::ranges::find(values, value) == values.end()) values.push_back(std::move(value));
    }
    const bool more = values.size() > most_values;
    if (more) values.pop_back();
    const Yaml::Node& node = where.value.yaml();
    const Expanded expanded = expand(context_, *where.value.source, node.text);
    const Span span = expanded.origin.value_or(node.span);
    std::string message = secret ? fmt::format("no row of {} has this value", use_.table->cells.path)
                                 : fmt::format("no row of {} has the {} '{}'", use_.table->cells.path,
                                               column.name, wanted_.front());
    if (!secret && use_.where.size() > 1) message += " together with the other values in `where`";
    Diagnostic& told = context_.report.add(
        rule::site_reference, {.span = span, .path = path_below(path_, "where")}, std::move(message),
        values.empty() ? std::string()
                       : fmt::format("there {} {}{}", values.size() == 1 ? "is" : "are",
                                     fmt::join(values, ", "), more ? " and others" : ""));
    told.severity = Severity::warning;
    if (span != node.span) told.related.push_back({.span = node.span, .message = "the reference to it"});
}

CsvTable* SiteTables::file(const std::string& path, const std::string& encoding, const Place& from,
                           std::string_view name) {
    const auto known = files_.find({path, encoding});
    if (known != files_.end()) return &known->second;
    if (auto outside = leads_outside(context_.files, context_.main, path, name)) {
        context_.report.add(rule::site_reference, from, std::move(outside->message),
                            std::move(outside->help));
        return nullptr;
    }
    std::shared_ptr<const TableCache::Text> text;
    try {
        text = cache().text(context_.files, path, encoding);
    } catch (const Failure& failure) {
        context_.report.add(rule::site_reference, from, failure.what());
        return nullptr;
    }
    const FileId source = text->file ? context_.sources.add_large(path, text->file)
                                     : context_.sources.add(path, std::string_view(text->text), text);
    if (encoding != utf8) context_.sources.set_encoding(source, encoding);
    CsvTable& made =
        files_
            .emplace(std::pair(path, encoding),
                     CsvTable{.key = encoding + ':' + path, .cells = {.path = path, .file = source}})
            .first->second;
    made.cells.is_table = true;
    made.variables = &text->variables;
    if (text->bad) {
        context_.report.add(
            rule::file_encoding, {.span = {.file = source, .begin = *text->bad, .end = *text->bad}},
            text->problem,
            encoding == utf8 ? "if the file has another encoding, name it: `encoding: windows-1252`" : "");
        return &made;
    }
    const CsvReader reader(context_.sources, source);
    made.separator = reader.separator();
    if (reader.header().empty()) {
        context_.report.add(rule::file_empty, {.span = {.file = source}},
                            "no header row with the names of the fields");
        return &made;
    }
    if (reader.header().size() > most_columns) {
        context_.report.add(
            rule::site_key, {.span = {.file = source}},
            fmt::format("{} columns; a table may have {}", reader.header().size(), most_columns));
        return &made;
    }
    made.header = reader.header();
    made.plain = text->plain;
    return &made;
}

std::shared_ptr<const std::vector<std::uint32_t>> SiteTables::rows(TableUse& use, const std::string& path) {
    const std::string key = fmt::format("{}#{}", use.item.source->path, use.item.node);
    return cache().rows(key, [&] {
        std::vector<std::uint32_t> begins;
        TableRows rows(context_, *this, use, path, CsvReader::Keep::row);
        for (std::vector<CsvField> row; rows.next(row);) begins.push_back(rows.begin_of(row));
        rows.finish();
        return begins;
    });
}

const std::set<std::string_view>* SiteTables::variables(FileId file) const {
    for (const auto& [key, table] : files_) {
        if (table.cells.file == file) return table.variables;
    }
    return nullptr;
}

void SiteTables::report_untaken() {
    std::set<std::string_view> told;
    for (const auto& [key, use] : uses_) {
        if (!use || !use->index || !use->of_users || !told.insert(use->table->key).second) continue;
        CsvReader reader(context_.sources, use->table->cells.file);
        const std::vector<std::uint32_t> rows = cache().untaken(use->table->key, reader);
        if (rows.empty()) continue;
        reader.seek(rows.front());
        std::vector<CsvField> row;
        if (!reader.next(row)) continue;
        const std::size_t column = use->where.front().column;
        Diagnostic& one = context_.report.add(
            rule::site_reference, {.span = row[column].span},
            rows.size() == 1 ? "a user that no server selects"
                             : fmt::format("{} users that no server selects; this is the first", rows.size()),
            fmt::format("servers select rows by {}", use->columns[column].name));
        one.severity = Severity::warning;
        one.related.push_back(
            {.span = use->where.front().value.yaml().key, .message = "the column of the selection"});
    }
}

}  // namespace dectprov
