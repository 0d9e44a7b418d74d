// SPDX-License-Identifier: MIT
#include "load/site.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <tuple>
#include <utility>

#include "diag/rules.hpp"
#include "doc/secret.hpp"
#include "load/site_columns.hpp"
#include "load/site_keys.hpp"
#include "load/site_layers.hpp"
#include "load/site_server.hpp"
#include "load/site_tables.hpp"
#include "load/site_users.hpp"
#include "load/site_values.hpp"
#include "load/site_vars.hpp"
#include "load/yaml_keys.hpp"
#include "model/identity.hpp"

namespace dectprov {
namespace {

// What stands in `defaults` belongs to many servers and is found wrong once for each; it is told once.
void deduplicate(Report& report, std::size_t from) {
    using Key = std::tuple<const Rule*, FileId, std::uint32_t, std::uint32_t, std::string>;
    std::map<Key, std::size_t> seen;
    std::vector<Diagnostic>& all = report.all();
    std::size_t kept = from;
    for (std::size_t i = from; i != all.size(); ++i) {
        const Span span = all[i].place.span;
        const auto [first, fresh] =
            seen.try_emplace({all[i].rule, span.file, span.begin, span.end, all[i].message}, kept);
        if (fresh) {
            if (kept != i) all[kept] = std::move(all[i]);
            ++kept;
            continue;
        }
        const auto is_server = [](const Note& note) { return note.message == this_server; };
        std::vector<Note>& notes = all[first->second].related;
        const auto told = std::ranges::find_if(notes, is_server);
        const auto own = std::ranges::find_if(all[i].related, is_server);
        if (told != notes.end() && own != all[i].related.end() && own->span != told->span)
            told->message += ", and others";
    }
    all.erase(all.begin() + static_cast<std::ptrdiff_t>(kept), all.end());
}

// Whether these are all servers of the description: nothing that could not be read may name another.
bool is_whole(const Site& site, const Report& report, std::size_t from) {
    static constexpr const Rule* faults[] = {&rule::site_yaml, &rule::site_key, &rule::site_reference,
                                             &rule::file_encoding, &rule::file_empty};
    const auto is_fault = [](const Diagnostic& one) {
        return severity_of(one) == Severity::error && std::ranges::find(faults, one.rule) != std::end(faults);
    };
    const std::vector<Diagnostic>& all = report.all();
    return std::none_of(all.begin() + static_cast<std::ptrdiff_t>(from), all.end(), is_fault) &&
           std::ranges::none_of(site.servers, [](const SiteServer& one) {
               return one.server.identity.kind == Identity::Kind::none;
           });
}

// What servers say in texts of their own that came from a variable which is a secret.
void hide_variables(Site& site, const SecretVariables& variables) {
    for (SiteServer& one : site.servers) {
        if (variables.has_secret(one.name_parts)) one.name = secret_stars;
        for (SiteServer::FirmwareVersionText& version : one.firmware_versions)
            version.secret = version.secret || variables.has_secret(version.parts);
    }
}

}  // namespace

void read_site_name(SiteReading& reading, std::uint32_t value) {
    const Yaml::Node& node = (*reading.source.yaml)[value];
    const std::string path = "site";
    const SiteScope scope{
        .layers = reading.layers.layers(), .vars = reading.base.vars, .server = {}, .site = {}};
    reading.context.scope = &scope;
    const Expanded name = expand_public(reading.context, reading.source, node, "site", SitePath(path));
    reading.context.scope = nullptr;
    if (!name.referred && !name.opaque) reading.site.name = name.text;
    reading.site.name_place = {.span = name.origin.value_or(node.span), .path = "site"};
    check_name(reading.context, node, "site");
}

namespace {

// Which rows of a table are of no more interest than whose they are: another job renders them.
class LeftOut {
public:
    LeftOut(const SiteOptions& options, const Laid& base, const TableUse& use) : options_(options) {
        // The firmware's version files of all servers must not contradict each other, and what a server
        // replaces counts as described.
        const bool concerns = base.defaults && base.defaults.find("firmware_files");
        const bool given = std::ranges::any_of(use.given, is_concern, &TableUse::Given::name);
        if (!options.wanted || concerns || given) return;
        for (std::size_t i = 0; i != use.columns.size(); ++i) {
            const TableColumn& column = use.columns[i];
            if (column.is_key && column.name == "mac") column_ = i;
            if (column.is_key && is_concern(column.name)) concerns_.push_back(i);
        }
    }

    [[nodiscard]] std::size_t column() const { return column_; }
    [[nodiscard]] bool out(const std::vector<CsvField>& cells) const {
        if (column_ >= cells.size()) return false;
        const auto says = [&](std::size_t column) {
            return column < cells.size() && !cells[column].text.empty();
        };
        if (std::ranges::any_of(concerns_, says)) return false;
        const auto identity = parse_identity(cells[column_].text);
        return identity && identity->kind == Identity::Kind::mac && unusable(*identity).empty() &&
               !options_.wanted(identity->text);
    }

private:
    static bool is_concern(std::string_view key) {
        return key == "extends" || key == "replaces" || key == "uuid" || key == "site";
    }

    const SiteOptions& options_;
    std::size_t column_ = std::string_view::npos;  // of the identity; none where all rows are read
    std::vector<std::size_t> concerns_;
};

// The servers of a description, in the order of its items and of the rows of its tables.
class ServerList {
public:
    explicit ServerList(SiteReading& reading)
        : reading_(reading), tables_(reading.context), users_(reading.context, tables_) {}

    void read(const Layered& item) {
        if (item.is(Yaml::Type::mapping) && SiteTables::is_table(item)) {
            table(item);
        } else {
            ++number_;
            tables_.set_row(0);
            Layers layers(reading_.layers.layers());
            if (part().begin == 0) server(item, layers);
        }
    }

    // What shows when all servers are read.
    void finish() {
        reading_.site.rows = rows_;
        const bool all = part().begin == 0 && rows_ <= part().end;
        // Users whom servers take that are left out are not for nobody.
        if ((all || part().closing) && !reading_.context.options.wanted) tables_.report_untaken();
        if (!part().closing && !reading_.context.report.has_errors())
            check_unused_vars(reading_.context, reading_.source, tables_);
    }

private:
    [[nodiscard]] const SitePart& part() const { return reading_.context.options.part; }

    void server(const Layered& own, Layers& layers) {
        SiteServer& to = reading_.site.servers.emplace_back();
        to.number = number_;
        SiteServerReader(reading_.context, reading_.layers, layers, users_, to,
                         fmt::format("servers[{}]", number_))
            .read(reading_.base, own, reading_.site.name);
    }

    void leave_out(const CsvField& identity) {
        SiteServer& to = reading_.site.servers.emplace_back();
        to.number = number_;
        to.identity_place = {.span = identity.span, .path = fmt::format("servers[{}].mac", number_)};
        to.server.identity = parse_identity(identity.text).value_or(Identity{});
        to.server.of_site = true;
    }

    void table(const Layered& item) {
        const SiteScope scope{.layers = reading_.layers.layers(),
                              .vars = reading_.base.vars,
                              .server = {},
                              .site = reading_.site.name};
        const std::string path = fmt::format("servers[{}]", number_ + 1);
        reading_.context.scope = &scope;
        TableUse* const use = tables_.use(item, SiteTables::Kind::servers, path);
        const auto begins = use == nullptr ? nullptr : tables_.rows(*use, path);
        if (begins && !begins->empty()) rows(*use, *begins);
        reading_.context.scope = nullptr;
    }

    // The rows that are in the part.
    void rows(TableUse& use, const std::vector<std::uint32_t>& begins) {
        const std::size_t first = std::min(std::max(part().begin, rows_) - rows_, begins.size());
        const std::size_t last = std::min(std::max(part().end, rows_) - rows_, begins.size());
        const std::size_t before = number_;
        ServerRows servers(reading_.context, use);
        const LeftOut leaves(reading_.context.options, reading_.base, use);
        CsvReader reader(reading_.context.sources, use.table->cells.file);
        std::vector<CsvField> cells;
        for (std::size_t row = first; row < last; ++row) {
            reader.seek(begins[row]);
            if (!reader.next(cells)) break;
            number_ = before + row + 1;
            tables_.set_row(rows_ + row);
            if (leaves.out(cells)) {
                leave_out(cells[leaves.column()]);
                continue;
            }
            Layers layers(reading_.layers.layers());
            server(servers.read(cells, layers), layers);
        }
        number_ = before + begins.size();
        rows_ += begins.size();
    }

    std::size_t number_ = 0;  // of the server that is read, among all
    std::size_t rows_ = 0;    // of the tables that were read
    SiteReading& reading_;
    SiteTables tables_;
    SiteUsers users_;
};

}  // namespace

void read_servers(SiteReading& reading, std::uint32_t value) {
    ServerList list(reading);
    const std::vector<std::uint32_t> items = children(*reading.source.yaml, value);
    for (const std::uint32_t item : items) list.read({.source = &reading.source, .node = item});
    list.finish();
}

Site load_site(const Files& files, const std::string& path, SourceSet& sources, const Catalog& catalog,
               const SiteOptions& options, Report& report) {
    const std::size_t before = report.all().size();
    SiteContext context{.files = files,
                        .sources = sources,
                        .catalog = catalog,
                        .options = options,
                        .report = report,
                        .main = path};
    SiteLayers layers(context);
    Site site;
    site.path = path;
    const SiteSource& source = layers.read_main(path);
    site.name_place = {.span = {.file = source.file}};
    const Yaml& yaml = *source.yaml;
    if (!yaml.empty() && yaml[0].type == Yaml::Type::mapping) {
        site.layer = yaml.find(0, "servers") == 0;
        // Layers are read, and validated, even where nothing comes of them.
        SiteReading reading{.context = context,
                            .layers = layers,
                            .source = source,
                            .base = layers.base(source),
                            .site = site};
        for (const SiteSource* const layer : reading.base.sources) site.layers.push_back(layer->file);
        for (const DescriptionRow& row : description_rows()) {
            const std::uint32_t value = yaml.find(0, row.key.name);
            const bool there = value != 0 && yaml[value].type != Yaml::Type::null;
            if (row.read != nullptr && there && fits(row.key.shape, yaml[value].type))
                row.read(reading, value);
        }
    }
    context.variables.finish(sources);
    hide_variables(site, context.variables);
    site.comments = std::move(layers.comments());
    deduplicate(report, before);
    site.whole = is_whole(site, report, before);
    site.stands_in = context.stands_in;
    return site;
}

}  // namespace dectprov
