// SPDX-License-Identifier: MIT
#include "load/site_references.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <utility>

#include "catalog/catalog.hpp"
#include "diag/rules.hpp"
#include "doc/secret.hpp"
#include "doc/unknown_text.hpp"
#include "doc/write_xml.hpp"
#include "load/env_file.hpp"
#include "model/identity.hpp"
#include "source/bounds.hpp"
#include "source/encoding.hpp"
#include "source/failure.hpp"

namespace dectprov {
namespace {

constexpr std::string_view forms =
    "a reference has the form `${var:NAME}`, `${row:COLUMN}`, `${server:mac}`, `${site}`, `${env:NAME}` or "
    "`${file:PATH}`; for the text `${` write `$${`";

// Behind the `}` that closes the reference at `at`, within which others may stand; npos where none does.
std::size_t end_of_reference(std::string_view text, std::size_t at) {
    std::size_t depth = 0;
    for (; at < text.size(); ++at) {
        if (text.substr(at).starts_with("${")) {
            ++depth;
            ++at;
        } else if (text[at] == '}' && --depth == 0) {
            return at + 1;
        }
    }
    return std::string_view::npos;
}

// What is being replaced, up to the text that the outermost reference stands in.
struct Chain {
    std::string_view name;  // "var:host"
    const Chain* above;

    [[nodiscard]] bool has(std::string_view wanted) const {
        return name == wanted || (above != nullptr && above->has(wanted));
    }
    [[nodiscard]] std::size_t depth() const { return above == nullptr ? 1 : above->depth() + 1; }
};

constexpr std::size_t most_levels = 32;
constexpr std::size_t most_replaced = 1000;
constexpr std::size_t most_bytes = std::size_t{1} << 20U;

// What one text has cost so far: a few variables that name each other twice must fill neither time nor
// memory.
struct Cost {
    std::size_t replaced = 0;
    bool told = false;
};

// Replaces the references of one text.
class Expander {
public:
    // `levels`: the references around this text, within their names.
    Expander(SiteContext& context, const SiteSource& source, std::string_view text, const Chain* chain,
             Cost& cost, std::size_t levels = 0)
        : context_(context), source_(source), text_(text), chain_(chain), cost_(cost), levels_(levels) {}

    Expanded run() {
        std::size_t at = 0;
        while (at < text_.size()) {
            const std::size_t dollar = std::min(text_.find('$', at), text_.size());
            result_ += text_.substr(at, dollar - at);
            at = dollar;
            if (at == text_.size()) break;
            if (text_.substr(at).starts_with("$${")) {
                result_ += "${";
                at += 3;
            } else if (text_.substr(at).starts_with("${")) {
                at = reference(at);
            } else {
                result_ += '$';
                ++at;
            }
        }
        out_.text = context_.sources.keep(std::move(result_));
        // Of a text with more than a reference, what is wrong may be the rest of it; but a cell is of one
        // server alone, while the text may be that of many.
        if (cell_) {
            out_.origin = cell_;
            out_.of_cell = true;
        } else if (!is_whole_) {
            out_.origin.reset();
        }
        return std::move(out_);
    }

private:
    // What a reference names; what came out of a secret within the name is "***" where it is shown.
    struct Name {
        std::string_view text;
        std::string_view shown;
    };
    struct Kind {
        std::string_view prefix;
        void (Expander::*replace)(std::size_t, std::string_view, const Name&);
    };

    std::size_t reference(std::size_t at) {
        static constexpr Kind kinds[] = {{"var:", &Expander::variable},    {"row:", &Expander::cell},
                                         {"server:", &Expander::server},   {"site", &Expander::site},
                                         {"env:", &Expander::environment}, {"file:", &Expander::file}};
        const std::size_t end = end_of_reference(text_, at);
        const std::size_t length = (end == std::string_view::npos ? text_.size() : end) - at;
        const std::string_view whole = text_.substr(at, length);
        is_whole_ = whole.size() == text_.size();
        if (++cost_.replaced > most_replaced || result_.size() > most_bytes) {
            too_much(at, whole);
            return at + length;
        }
        if (end == std::string_view::npos) {
            problem(at, whole, std::string(forms));
            return at + length;
        }
        if (levels_ >= most_levels) {
            problem(at, whole,
                    fmt::format("references in each other are deeper than {} levels", most_levels));
            return at + length;
        }
        Expanded named{.text = whole.substr(2, length - 3)};
        if (named.text.find("${") != std::string_view::npos) {
            named = Expander(context_, source_, named.text, chain_, cost_, levels_ + 1).run();
            take_problems(at, whole, std::move(named.problems));
            if (named.opaque) {
                keep(whole);
                return at + length;
            }
        }
        const std::string_view inner = named.text;
        const auto kind = std::ranges::find_if(kinds, [&](const Kind& one) {
            return one.prefix.ends_with(':') ? inner.starts_with(one.prefix) && inner != one.prefix
                                             : inner == one.prefix;
        });
        if (kind == std::end(kinds)) {
            problem(at, whole, std::string(forms));
        } else {
            const std::size_t told = out_.problems.size();
            (this->*kind->replace)(at, whole, name_of(named, kind->prefix.size()));
            // What a message shows of the name may have come from a variable that is a secret.
            if (told != out_.problems.size())
                context_.variables.use(named.text, named.sources, kind->prefix.size());
        }
        return at + length;
    }

    // Behind the `prefix` bytes that say what kind of reference it is.
    Name name_of(const Expanded& named, std::size_t prefix) {
        const std::string_view text = named.text.substr(prefix);
        std::vector<TextPart> secrets;
        for (const std::vector<TextPart>* const parts : {&named.secrets, &named.hidden}) {
            for (const TextPart& part : *parts) {
                if (part.end > prefix)
                    secrets.push_back(
                        {.begin = std::max(part.begin, prefix) - prefix, .end = part.end - prefix});
            }
        }
        // A path may be an address, with a password in it.
        if (text.find('@') != std::string_view::npos)
            std::ranges::move(secret_parts(context_.catalog, EntryId::none, text),
                              std::back_inserter(secrets));
        if (secrets.empty()) return {.text = text, .shown = text};
        return {.text = text, .shown = context_.sources.keep(with_stars(text, in_order(std::move(secrets))))};
    }

    void problem(std::size_t at, std::string_view whole, std::string message, std::string help = {}) {
        out_.problems.push_back(
            {.offset = at, .length = whole.size(), .message = std::move(message), .help = std::move(help)});
        out_.referred = true;  // no text that is written there, whatever was meant
        keep(whole);
    }
    void too_much(std::size_t at, std::string_view whole) {
        if (!cost_.told) problem(at, whole, "the references of this text become too long");
        cost_.told = true;
    }
    void keep(std::string_view whole) {
        result_ += whole;
        out_.opaque = true;
    }
    void take_problems(std::size_t at, std::string_view whole, std::vector<Expanded::Problem> problems) {
        for (Expanded::Problem& one : problems) {
            one.offset = at;
            one.length = whole.size();
            out_.problems.push_back(std::move(one));
        }
    }

    // Without a scope it is not known what a reference to the description itself stands for.
    bool is_scoped(std::string_view whole) {
        if (context_.scope == nullptr) keep(whole);
        return context_.scope != nullptr;
    }

    void variable(std::size_t at, std::string_view whole, const Name& name) {
        if (!is_scoped(whole)) return;
        const Layered value = context_.scope->vars.find(name.text);
        if (value && value.is(Yaml::Type::scalar)) {
            insert_value(at, whole, "var:", name, value);
            return;
        }
        // What is wrong with a variable that is no text, or with a layer, is told where it stands.
        if (value || !context_.scope->whole) {
            keep(whole);
            return;
        }
        std::vector<std::string_view> known;
        context_.scope->vars.each([&](const Layered& one) {
            if (!one.is(Yaml::Type::null)) known.push_back(one.yaml().key_text);
        });
        // What is like a secret tells nearly all of it.
        const auto near = nearest(name.shown, known);
        problem(at, whole, fmt::format("the variable '{}' is not set for this server", name.shown),
                near ? fmt::format("did you mean '{}'?", *near)
                     : "set it under `vars`, in a layer or in the server");
        out_.problems.back().of_server = true;
    }

    void server(std::size_t at, std::string_view whole, const Name& name) {
        constexpr std::string_view keys[] = {"mac", "uuid", "name", "model"};
        const std::string_view key = name.text;
        if (std::ranges::find(keys, key) == std::end(keys)) {
            problem(at, whole, fmt::format("`${{server:…}}` has no value '{}'", name.shown),
                    fmt::format("known: {}", fmt::join(keys, ", ")));
            return;
        }
        if (!is_scoped(whole)) return;
        const Layered value = context_.scope->server.find(key);
        if (!value || !value.is(Yaml::Type::scalar)) {
            problem(at, whole, fmt::format("the server has no `{}`", name.shown));
            out_.problems.back().of_server = true;
            return;
        }
        const std::size_t before = result_.size();
        insert_value(at, whole, "server:", name, value);
        // As the names of its files have it, however it is written.
        if (key != "mac" && key != "uuid") return;
        if (const auto identity = parse_identity(std::string_view(result_).substr(before)))
            result_.erase(before).append(identity->text);
    }

    void site(std::size_t at, std::string_view whole, const Name& rest) {
        if (!is_scoped(whole)) return;
        const Layered own = context_.scope->server.find("site");
        if (own && own.is(Yaml::Type::scalar)) {
            insert_value(at, whole, "site", rest, own);
        } else if (context_.scope->site.empty()) {
            problem(at, whole, "the description has no `site`");
        } else {
            result_ += context_.scope->site;
        }
    }

    void cell(std::size_t at, std::string_view whole, const Name& column) {
        if (!is_scoped(whole)) return;
        const SiteRow* const row = source_.row;
        if (row == nullptr) {
            problem(at, whole, "`${row:…}` is only for the `set` of a table");
            return;
        }
        const CsvField* const field = row->find(column.text);
        if (field == nullptr) {
            std::vector<std::string_view> known;
            for (const SiteRow::Column& one : row->columns) known.push_back(one.name);
            const auto near = nearest(column.shown, known);
            problem(at, whole, fmt::format("the table has no column '{}'", column.shown),
                    near ? fmt::format("did you mean '{}'?", *near) : std::string());
            return;
        }
        const Yaml::Node node{
            .type = Yaml::Type::scalar, .quoted = true, .span = field->span, .text = field->text};
        const std::size_t begin = result_.size();
        insert_text(at, whole, "row:", column, row->table, node, true);
        const TextPart part{.begin = begin, .end = result_.size()};
        if (row->is_secret(*field) && part.begin != part.end) {
            out_.secrets.push_back(part);
        } else if (!row->may_show(context_.sources, *field)) {
            out_.hidden.push_back(part);
        }
        if (const auto variable = row->variable(*field))
            out_.sources.push_back({.part = part, .where = *variable});
    }

    // The text of a key of the description, with the references in it.
    void insert_value(std::size_t at, std::string_view whole, std::string_view prefix, const Name& name,
                      const Layered& value) {
        insert_text(at, whole, prefix, name, *value.source, value.yaml(), value.source->is_table);
    }

    void insert_text(std::size_t at, std::string_view whole, std::string_view prefix, const Name& name,
                     const SiteSource& source, const Yaml::Node& node, bool is_cell) {
        const std::string all = fmt::format("{}{}", prefix, name.text);
        if (chain_ != nullptr && (chain_->has(all) || chain_->depth() >= most_levels)) {
            problem(at, whole, fmt::format("`${{{}{}}}` refers to itself", prefix, name.shown));
            return;
        }
        const Chain chain{.name = all, .above = chain_};
        Expanded inner{.text = node.text};
        if (node.text.find('$') != std::string_view::npos)
            inner = Expander(context_, source, node.text, &chain, cost_).run();
        for (Expanded::Problem& one : inner.problems) {
            if (!one.place) one.place = scalar_span(context_.sources, node, one.offset, one.length);
        }
        take_problems(at, whole, std::move(inner.problems));
        const std::size_t begin = result_.size();
        result_ += inner.text;
        for (const TextPart& part : inner.secrets)
            out_.secrets.push_back({.begin = begin + part.begin, .end = begin + part.end});
        for (const VariablePart& one : inner.sources)
            out_.sources.push_back(
                {.part = {.begin = begin + one.part.begin, .end = begin + one.part.end}, .where = one.where});
        // A reference alone is no text of its own.
        const bool alone = node.text.starts_with("${") && end_of_reference(node.text, 0) == node.text.size();
        if (prefix == "var:" && !alone)
            out_.sources.push_back({.part = {.begin = begin, .end = result_.size()},
                                    .where = node.aliased ? node.anchor : node.span});
        out_.opaque = out_.opaque || inner.opaque;
        out_.referred = out_.referred || inner.referred;
        out_.origin = inner.origin.value_or(node.span);
        if ((is_cell || inner.of_cell) && !cell_) cell_ = out_.origin;
    }

    void environment(std::size_t at, std::string_view whole, const Name& name) {
        if (!is_environment_name(name.text)) {
            problem(at, whole,
                    fmt::format("'{}' is not the name of an environment variable: letters, digits and '_', "
                                "not a digit first",
                                name.shown));
            return;
        }
        out_.referred = true;
        if (!context_.options.resolve) {
            keep(whole);
            return;
        }
        const auto& look_up = context_.options.environment;
        const std::string named(name.text);
        const char* value = look_up ? look_up(named.c_str()) : std::getenv(named.c_str());
        if (value == nullptr) {
            not_set(at, whole, fmt::format("the environment variable '{}' is not set", name.shown),
                    "environment variables are not set");
            return;
        }
        insert_secret(at, whole, value, fmt::format("the environment variable '{}'", name.shown),
                      "environment variables are empty");
    }

    void file(std::size_t at, std::string_view whole, const Name& path) {
        out_.referred = true;
        if (!context_.options.resolve) {
            keep(whole);
            return;
        }
        const std::string place = join(folder_of(source_.path), path.text);
        std::string bytes;
        try {
            if (auto outside = leads_outside(context_.files, context_.main, place, path.shown)) {
                problem(at, whole, std::move(outside->message), std::move(outside->help));
                return;
            }
            if (context_.files.type(place) == Files::Type::none) {
                not_set(at, whole, fmt::format("there is no file '{}'", path.shown),
                        "files of secrets do not exist");
                return;
            }
            bytes = context_.files.read(place);
        } catch (const Failure& failure) {
            problem(at, whole, refusal(place, path, failure.what()));
            return;
        }
        if (bytes.ends_with('\n')) bytes.pop_back();
        if (bytes.ends_with('\r')) bytes.pop_back();
        insert_secret(at, whole, std::move(bytes), fmt::format("the file '{}'", path.shown),
                      "files of secrets are empty");
    }

    // Why the file at `place` cannot be read: the reason has the path as the system knows it.
    static std::string refusal(std::string_view place, const Name& path, std::string_view reason) {
        if (path.shown == path.text) return std::string(reason);
        const std::string start = fmt::format("cannot read {}: ", place);
        if (!reason.starts_with(start)) return fmt::format("cannot read {}", path.shown);
        return fmt::format("cannot read {}: {}", path.shown, reason.substr(start.size()));
    }

    // A secret that this machine does not have. A variable that is empty mostly is one.
    void not_set(std::size_t at, std::string_view whole, std::string message, std::string_view many) {
        if (context_.options.unset_is_unknown) {
            // What stands there in an earlier output is as secret as what would be written.
            insert_secret(unknown_text);
            out_.opaque = true;
            return;
        }
        problem(at, whole, std::move(message),
                "`lint` and `render --check` need no secrets; `--env-file FILE` sets variables");
        out_.problems.back().many = many;
    }

    // What comes from elsewhere is no less part of the file that is written.
    void insert_secret(std::size_t at, std::string_view whole, std::string bytes, const std::string& what,
                       std::string_view many_empty) {
        const Decoded decoded = decode_text(std::move(bytes));
        if (decoded.text.empty()) {
            not_set(at, whole, what + " is empty", many_empty);
            return;
        }
        if (decoded.bad || find_unwritable(decoded.text) != std::string_view::npos) {
            problem(at, whole, what + " contains a character that an XML file cannot contain");
            return;
        }
        insert_secret(decoded.text);
    }
    void insert_secret(std::string_view text) {
        const std::size_t begin = result_.size();
        result_ += text;
        out_.secrets.push_back({.begin = begin, .end = result_.size()});
    }

    SiteContext& context_;
    const SiteSource& source_;
    std::string_view text_;
    const Chain* chain_;
    Cost& cost_;
    std::size_t levels_;
    std::string result_;
    Expanded out_;
    bool is_whole_ = false;     // the reference that was read last is all of the text
    std::optional<Span> cell_;  // the first that a part comes from
};

}  // namespace

Expanded expand(SiteContext& context, const SiteSource& source, std::string_view text) {
    if (text.find('$') == std::string_view::npos) return {.text = text};
    Cost cost;
    return Expander(context, source, text, nullptr, cost).run();
}

}  // namespace dectprov
