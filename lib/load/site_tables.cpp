// SPDX-License-Identifier: MIT
#include "load/site_tables.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

#include "catalog/characters.hpp"
#include "catalog/entries.hpp"
#include "catalog/letter_case.hpp"
#include "diag/rules.hpp"
#include "doc/secret.hpp"
#include "doc/write_xml.hpp"
#include "load/site_columns.hpp"
#include "load/yaml_keys.hpp"

namespace dectprov {
namespace {

// What the names of encodings are to iconv.
struct Encoding {
    std::string_view name;
    std::string_view iconv;
};
constexpr Encoding encodings[] = {
    {"utf-8", "UTF-8"}, {"windows-1252", "WINDOWS-1252"}, {"latin-1", "ISO-8859-1"}};

}  // namespace

std::vector<std::string_view> table_encodings() {
    std::vector<std::string_view> names;
    for (const Encoding& one : encodings) names.push_back(one.name);
    return names;
}

// Reads an item and what its table has to do with it.
class TableReader {
public:
    TableReader(SiteContext& context, SiteTables& tables, SiteTables::Kind kind, const std::string& path)
        : context_(context), tables_(tables), kind_(kind), path_(path) {}

    // The keys of the item; the path of the file, empty where it names none.
    std::string read_keys(const Layered& item) {
        const std::span<const SiteTables::TableRow> rows = SiteTables::table_rows();
        check_members(context_, item, path_, "an item with `from`", rows);
        item.each([&](const Layered& one) {
            if (find_key(rows, one.yaml().key_text) != nullptr) return;
            want_all_of(one);
            whole_ = false;
        });
        for (const SiteTables::TableRow& row : rows) {
            const Layered value = item.member(row.key.name);
            const bool null = value && value.is(Yaml::Type::null);
            if (!null) reading_.*row.read = shaped(context_, value, row.key, path_);
            if (null && row.key.name != "from")
                report_empty_key(context_, value, path_below(path_, row.key.name));
        }
        const Layered from = item.member("from");
        const std::string path = path_below(path_, "from");
        if (from.is(Yaml::Type::null) || (reading_.from && from.yaml().text.empty()))
            report_shape(context_, from.yaml(), path, "'from' must be the path of a CSV file");
        if (!reading_.from || from.yaml().text.empty()) return {};
        const Yaml::Node& node = from.yaml();
        Expanded expanded = expand(context_, *from.source, node.text);
        context_.variables.use(expanded.text, expanded.sources);
        place_ = {.span = expanded.origin.value_or(node.span), .path = path};
        if (expanded.problems.empty() && expanded.referred)
            context_.report.add(rule::site_reference, place_,
                                "the table must be known to `lint` too, which does not read this reference",
                                "refer to a variable: `${var:NAME}`");
        report_problems(context_, node, place_, std::move(expanded.problems));
        if (expanded.opaque || expanded.referred) return {};
        named_ = expanded.text;
        return context_.files.named_in(folder_of(from.source->path), expanded.text);
    }

    // False where nothing can be read.
    bool read(const Layered& item, const std::string& path, TableUse& use) {
        use.item = item;
        use.of_users = kind_ == SiteTables::Kind::users;
        use.whole = whole_;
        use.part = !whole_;
        const std::string from = encoding();
        // Read as another, all of it would be wrong.
        if (!good_) return false;
        use.table = tables_.file(path, from, place_, named_);
        if (use.table == nullptr || use.table->header.empty()) return false;
        use.set = {.path = item.source->path, .file = item.source->file, .yaml = item.source->yaml};
        use_ = &use;
        if (!any_known()) {
            no_header();
            return false;
        }
        name_columns();
        read_given();
        read_where();
        check_columns();
        const std::vector<SourceSet::Cells> shown = cells();
        context_.sources.describe_columns(use.table->cells.file, shown);
        for (std::size_t i = 0; i != use.columns.size(); ++i)
            use.names.push_back({.name = use.columns[i].name, .heading = use.table->header[i].text});
        use.mark_secrets(context_.catalog, shown);
        return good_;
    }

private:
    std::string encoding() {
        if (!reading_.encoding) return "UTF-8";
        const Yaml::Node& node = reading_.encoding.yaml();
        const auto found = std::ranges::find(encodings, std::string_view(node.text), &Encoding::name);
        if (found != std::end(encodings)) return std::string(found->iconv);
        context_.report.add(
            rule::site_key, {.span = node.span, .path = path_below(path_, "encoding")},
            fmt::format("the encoding '{}' is not supported", node.text),
            fmt::format("known: {}; UTF-16 needs a byte order mark", fmt::join(table_encodings(), ", ")));
        good_ = false;
        return "UTF-8";
    }

    // The columns by their headings, or by what `columns` makes of them.
    void name_columns() {
        for (const CsvField& heading : use_->table->header)
            use_->columns.push_back({.name = trimmed(heading.text), .name_span = inner_span(heading)});
        std::vector<std::pair<std::string_view, const Yaml::Node*>> slips;
        std::vector<bool> mapped(use_->columns.size());
        ignored_.assign(use_->columns.size(), false);
        reading_.columns.each([&](const Layered& one) {
            const Yaml::Node& node = one.yaml();
            if (node.type != Yaml::Type::scalar || trimmed(node.text).empty()) {
                report_shape(context_, node, path_below(path_, fmt::format("columns.{}", node.key_text)),
                             "a heading must be mapped to the name of a column");
                return;
            }
            const std::size_t column = heading(node.key_text);
            if (column == std::string_view::npos) {
                no_column(node.key, node.key_text, "columns");
                slips.emplace_back(node.key_text, &node);
                return;
            }
            name_column(column, node);
            mapped[column] = true;
        });
        // A heading that was meant and misspelt has the name all the same.
        for (const auto& [typed, node] : slips) {
            const std::optional<std::size_t> column = nearest_heading(typed);
            if (column && !mapped[*column]) name_column(*column, *node);
        }
        if (!reading_.ignore) return;
        for (const std::uint32_t item : children(*reading_.ignore.source->yaml, reading_.ignore.node)) {
            const Yaml::Node& node = (*reading_.ignore.source->yaml)[item];
            const std::size_t column =
                node.type == Yaml::Type::scalar ? heading(node.text) : std::string_view::npos;
            if (node.type == Yaml::Type::scalar && column == std::string_view::npos) {
                no_column(node.span, node.text, "ignore");
                wanted_.push_back(node.text);
            } else if (column == std::string_view::npos) {
                report_shape(context_, node, path_below(path_, "ignore"),
                             "'ignore' must be a list of headings");
            } else {
                ignored_[column] = true;
            }
        }
    }

    void name_column(std::size_t column, const Yaml::Node& name) {
        use_->columns[column].name = trimmed(name.text);
        use_->columns[column].name_span = name.span;
    }

    // The first column with such a heading.
    [[nodiscard]] std::size_t heading(std::string_view typed) const {
        const std::vector<CsvField>& header = use_->table->header;
        for (std::size_t i = 0; i != header.size(); ++i) {
            if (equals_ignoring_case(trimmed(header[i].text), trimmed(typed))) return i;
        }
        return std::string_view::npos;
    }

    // Of a heading without the blanks around it.
    [[nodiscard]] Span inner_span(const CsvField& heading) const {
        const std::string_view inner = trimmed(heading.text);
        if (heading.doubled() || inner.empty()) return heading.span;
        const auto before = static_cast<std::uint32_t>(inner.data() - heading.text.data());
        return {.file = heading.span.file,
                .begin = heading.span.begin + before,
                .end = heading.span.begin + before + static_cast<std::uint32_t>(inner.size())};
    }

    // The first column with a heading that is close to it.
    [[nodiscard]] std::optional<std::size_t> nearest_heading(std::string_view typed) const {
        std::vector<std::string_view> known;
        for (const CsvField& one : use_->table->header) known.push_back(trimmed(one.text));
        return nearest_index(typed, known);
    }

    void no_column(Span span, std::string_view typed, std::string_view key) {
        const std::optional<std::size_t> near = nearest_heading(typed);
        context_.report.add(rule::site_key, {.span = span, .path = path_below(path_, key)},
                            fmt::format("{} has no column '{}'", use_->table->cells.path, typed),
                            near ? fmt::format("did you mean '{}'?", trimmed(use_->table->header[*near].text))
                                 : std::string());
    }

    // Makes of a name what it stands for, in its right case.
    void find_name(TableColumn& column) const {
        if (kind_ == SiteTables::Kind::servers) {
            const std::string_view known = server_column(column.name);
            column.is_key = !known.empty();
            if (column.is_key) column.name = known;
            return;
        }
        column.field = users_column(context_.catalog, column.name);
        if (column.field != EntryId::none && !context_.catalog.is_wildcard(column.field))
            column.name = context_.catalog[column.field].name;
    }

    // A heading that is known, or that the item names, tells that the row is one of headings.
    [[nodiscard]] bool any_known() const {
        bool named = false;
        reading_.columns.each([&](const Layered& one) {
            named = named || heading(one.yaml().key_text) != std::string_view::npos;
        });
        const auto is_known = [&](const CsvField& one) {
            TableColumn column{.name = trimmed(one.text)};
            find_name(column);
            return column.field != EntryId::none || column.is_key;
        };
        return named || std::ranges::any_of(use_->table->header, is_known);
    }

    void no_header() {
        const bool users = kind_ == SiteTables::Kind::users;
        // It may be no table at all, so nothing of it is for a log.
        context_.sources.describe_columns(use_->table->cells.file,
                                          std::vector(use_->table->header.size(), SourceSet::Cells::unknown));
        context_.report.add(
            rule::site_key, {.span = {.file = use_->table->cells.file}},
            fmt::format("no header row: the first row contains no {}",
                        users ? "field of a user" : "key of a server"),
            fmt::format("begin with the names of the columns, such as {}", fmt::join(known(), ", ")));
    }

    [[nodiscard]] std::vector<std::string_view> known() const {
        if (kind_ == SiteTables::Kind::servers) return server_columns();
        std::vector<std::string_view> names;
        for (const EntryId child : context_.catalog.children(entry("users.user")))
            names.push_back(context_.catalog[child].name);
        return names;
    }

    [[nodiscard]] std::string_view what() const {
        return kind_ == SiteTables::Kind::users ? "field of a user" : "column of a table of servers";
    }

    void read_given() {
        reading_.set.each([&](const Layered& one) {
            const Yaml::Node& node = one.yaml();
            if (node.type == Yaml::Type::scalar) find_rows(node.text);
            TableColumn named{.name = node.key_text};
            find_name(named);
            const std::string path = path_below(path_, fmt::format("set.{}", node.key_text));
            if (named.field == EntryId::none && !named.is_key) {
                unknown(node.key, node.key_text, path);
                return;
            }
            const bool list = kind_ == SiteTables::Kind::servers && is_list_column(named.name);
            if (node.type != Yaml::Type::scalar && !(list && node.type == Yaml::Type::sequence)) {
                if (!node.tagged)
                    report_shape(context_, node, path, fmt::format("'{}' must be a text", node.key_text));
                return;
            }
            use_->given.push_back({.name = named.name,
                                   .name_span = node.key,
                                   .value = {.source = &use_->set, .node = one.node},
                                   .field = named.field,
                                   .column = std::string_view::npos});
        });
    }

    // The columns that `${row:…}` in a text names are somebody's.
    void find_rows(std::string_view text) {
        constexpr std::string_view begin = "${row:";
        for (std::size_t at = text.find(begin); at != std::string_view::npos; at = text.find(begin, at)) {
            at += begin.size();
            wanted_.push_back(text.substr(at, std::min(text.find('}', at), text.size()) - at));
        }
    }

    void read_where() {
        reading_.where.each([&](const Layered& one) {
            const Yaml::Node& node = one.yaml();
            // Whatever is wrong with what it is to hold, the column is asked for.
            wanted_.push_back(node.key_text);
            if (node.type != Yaml::Type::scalar) {
                report_shape(context_, node, path_below(path_, fmt::format("where.{}", node.key_text)),
                             "the value for a column must be a text");
                good_ = false;
                return;
            }
            std::size_t column = 0;
            while (column != use_->columns.size() && !is_called(column, node.key_text)) ++column;
            if (column == use_->columns.size()) {
                no_column(node.key, node.key_text, "where");
                good_ = false;
                return;
            }
            use_->where.push_back({.column = column, .value = one});
        });
    }

    [[nodiscard]] bool is_called(std::size_t column, std::string_view name) const {
        TableColumn named = use_->columns[column];
        if (named.name == name || trimmed(use_->table->header[column].text) == name) return true;
        find_name(named);
        return named.name == name;
    }

    void check_columns() {
        excuse_slips();
        std::map<std::string_view, Span> seen;
        for (std::size_t i = 0; i != use_->columns.size(); ++i) {
            TableColumn& column = use_->columns[i];
            if (ignored_[i]) continue;
            find_name(column);
            const std::size_t same = heading(use_->table->header[i].text);
            const auto [first, fresh] = seen.emplace(column.name, column.name_span);
            if (same != i) {
                again(i, inner_span(use_->table->header[same]));
            } else if (!fresh) {
                again(i, first->second);
            } else if (column.field == EntryId::none && !column.is_key && !is_wanted(i)) {
                unknown(column.name_span, column.name, path_below("columns", column.name));
                // A heading that is near to none may be what every user needs.
                if (kind_ == SiteTables::Kind::users)
                    column.meant = context_.catalog.child(entry("users.user"),
                                                          nearest(column.name, known()).value_or("username"));
            }
        }
        use_->keep_one_meant();
        for (TableUse::Given& one : use_->given) {
            const auto own = std::ranges::find_if(use_->columns, [&](const TableColumn& column) {
                return column.name == one.name && (column.field != EntryId::none || column.is_key);
            });
            if (own != use_->columns.end())
                one.column = static_cast<std::size_t>(own - use_->columns.begin());
        }
    }

    // What may be shown of each column: of those that nobody reads, nothing, and neither of those whose cells
    // go into other texts, which may be secrets.
    [[nodiscard]] std::vector<SourceSet::Cells> cells() const {
        std::vector<SourceSet::Cells> cells;
        for (std::size_t i = 0; i != use_->columns.size(); ++i) {
            const TableColumn& column = use_->columns[i];
            const bool secret = use_->of_users ? is_secret(context_.catalog, column.field, column.name)
                                               : is_secret_column(context_.catalog, column.name);
            const auto is_own = [i](const TableUse::Where& one) { return one.column == i; };
            const bool known =
                column.is_key ? !is_unknown_setting(context_.catalog, column.name)
                              : column.field != EntryId::none || std::ranges::any_of(use_->where, is_own);
            cells.push_back(secret  ? SourceSet::Cells::secret
                            : known ? SourceSet::Cells::shown
                                    : SourceSet::Cells::unknown);
        }
        return cells;
    }

    // What a key that is misspelt names may be what `where`, `ignore` or `columns` would name.
    void want_all_of(const Layered& value) {
        if (value.is(Yaml::Type::mapping)) {
            value.each([&](const Layered& one) { wanted_.push_back(one.yaml().key_text); });
        } else if (value.is(Yaml::Type::sequence)) {
            for (const std::uint32_t one : children(*value.source->yaml, value.node))
                wanted_.push_back((*value.source->yaml)[one].text);
        }
    }

    // A name of one's own is somebody's where it is asked for.
    [[nodiscard]] bool is_wanted(std::size_t column) const {
        return excused_[column] ||
               std::ranges::any_of(wanted_, [&](std::string_view name) { return is_called(column, name); });
    }

    // What was asked for under a misspelt name, which has been reported, is wanted too.
    void excuse_slips() {
        excused_.assign(use_->columns.size(), false);
        std::vector<std::string_view> names;
        for (const TableColumn& one : use_->columns) names.push_back(one.name);
        for (const std::string_view name : wanted_) {
            std::size_t column = 0;
            while (column != names.size() && !is_called(column, name)) ++column;
            if (column != names.size()) continue;
            if (const auto near = nearest_index(name, names)) excused_[*near] = true;
        }
    }

    void again(std::size_t number, Span first) {
        TableColumn& column = use_->columns[number];
        context_.report
            .add(rule::site_key, {.span = column.name_span, .path = path_below("columns", column.name)},
                 fmt::format("the column '{}' occurs twice", trimmed(use_->table->header[number].text)))
            .related.push_back({.span = first, .message = "the first one"});
        column.field = EntryId::none;
        column.is_key = false;
    }

    void unknown(Span span, std::string_view typed, const std::string& path) {
        use_->whole = false;
        const std::string near = kind_ == SiteTables::Kind::servers
                                     ? nearest_server_column(typed)
                                     : std::string(nearest(typed, known()).value_or(std::string_view()));
        use_->part = use_->part || near.starts_with("settings.");
        context_.report.add(rule::site_key, {.span = span, .path = path},
                            fmt::format("'{}' is not a {}", typed, what()),
                            near.empty() ? std::string() : fmt::format("did you mean '{}'?", near));
    }

    SiteContext& context_;
    SiteTables& tables_;
    SiteTables::Kind kind_;
    const std::string& path_;
    SiteTables::Reading reading_ = {};
    Place place_ = {};  // of the name of the file
    std::string_view named_ = {};
    TableUse* use_ = nullptr;
    std::vector<bool> ignored_;             // `ignore` does
    std::vector<std::string_view> wanted_;  // names that `where`, `ignore` and `${row:…}` ask for
    std::vector<bool> excused_;             // by column: one of these names was meant for it
    bool good_ = true;
    bool whole_ = true;  // every key of the item is known
};

TableUse* SiteTables::use(const Layered& item, Kind kind, const std::string& path) {
    TableReader reader(context_, *this, kind, path);
    const std::string file = reader.read_keys(item);
    if (file.empty()) return nullptr;
    const auto [known, fresh] = uses_.try_emplace({item.source, item.node, file});
    if (!fresh) return known->second.get();
    auto made = std::make_unique<TableUse>();
    if (reader.read(item, file, *made)) known->second = std::move(made);
    return known->second.get();
}

}  // namespace dectprov
