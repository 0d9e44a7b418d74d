// SPDX-License-Identifier: MIT
#include "model/bind.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "catalog/characters.hpp"
#include "diag/rules.hpp"
#include "doc/raw_text.hpp"
#include "doc/secret.hpp"
#include "model/meant.hpp"
#include "model/merge_type.hpp"

namespace dectprov {
namespace {

const Rule& rule_of(Fault fault) {
    switch (fault) {
        case Fault::type:
            return rule::value_type;
        case Fault::range:
            return rule::value_range;
        case Fault::length:
            return rule::value_length;
        case Fault::charset:
            return rule::value_charset;
        case Fault::charset_doubtful:
            return rule::value_charset_doubtful;
        case Fault::format:
            return rule::value_format;
        case Fault::choice:
            return rule::value_choice;
    }
    return rule::value_type;
}

// A value short enough for a message.
std::string shortened(std::string_view value) {
    constexpr std::size_t longest = 60;
    if (value.size() <= longest) return std::string(value);
    std::size_t end = longest;
    while (end > 0 && (static_cast<unsigned char>(value[end]) & 0xc0U) == 0x80U) --end;
    return std::string(value.substr(0, end)) + "…";
}

// What it words is cold: inside the functions that each element calls it would cost them their registers.
class Binder {
public:
    Binder(const Tree& tree, Report& report, ModelSet takers)
        : tree_(tree),
          catalog_(tree.catalog()),
          report_(report),
          models_(takers.empty() ? all_models : takers),
          seen_(catalog_.size()),
          strays_(tree.strays()) {
        // Readers add one when its section ends; sections are visited when they begin.
        std::ranges::stable_sort(strays_, {}, &Tree::Stray::parent);
    }

    void run() {
        if (tree_.empty() || !is_for_models(tree_.entry(0))) return;
        attributes(0);
        section(0);
    }

    void run(Children children, const std::function<void(NodeIndex)>& visit) {
        if (tree_.empty()) return;
        if (children.begin == tree_.first(0)) {
            attributes(0);
            strays(0);
        }
        for (NodeIndex node = children.begin; node < children.end; node = tree_.after(node)) {
            if (child(0, node)) visit(node);
        }
    }

private:
    // The parent in which an entry was met last, and where it was met there first.
    struct Occurrence {
        NodeIndex parent = Tree::none;
        NodeIndex first = Tree::none;
    };

    // Nesting is limited by the readers, and an unknown element is not entered.
    void section(NodeIndex parent) {
        if (next_stray_ < strays_.size()) strays(parent);
        for (NodeIndex node = tree_.first(parent); node < tree_.after(parent); node = tree_.after(node)) {
            child(parent, node);
        }
    }

    [[nodiscard]] bool is_for_models(EntryId entry) const {
        return entry == EntryId::none || catalog_[entry].models.meets(models_);
    }

    [[nodiscard]] bool can_merge() const { return !models_.within(dect_models); }

    // Whether the catalogue knows it.
    bool child(NodeIndex parent, NodeIndex node) {
        const EntryId entry = tree_.entry(node);
        if (entry == EntryId::none) {
            unknown(parent, node);
            return false;
        }
        if (!is_for_models(entry)) return true;
        once(parent, node, entry);
        // What many trees have as it stands was validated when it was made.
        if (tree_.fragment(node) != nullptr) return true;
        if (next_attribute_ < tree_.attributes().size()) attributes(node);
        if (tree_.has_children(node)) {
            section(node);
        } else if (catalog_.is_section(entry)) {
            text_in_section(node);
        } else {
            value(node, entry);
        }
        return true;
    }

    void once(NodeIndex parent, NodeIndex node, EntryId entry) {
        Occurrence& seen = seen_[static_cast<std::size_t>(entry)];
        if (seen.parent != parent) {
            seen = {.parent = parent, .first = node};
            return;
        }
        if (!catalog_.has(entry, Trait::repeatable)) duplicate(node, seen.first);
    }

    [[gnu::noinline, gnu::cold]] void duplicate(NodeIndex node, NodeIndex first) {
        if (!report_.on(rule::element_duplicate)) return;
        report_
            .add(rule::element_duplicate, tree_.name_place(node),
                 fmt::format("'{}' occurs twice; one of the two is lost", tree_.name(node)))
            .related.push_back({.span = tree_.name_span(first), .message = "the first one"});
    }

    [[gnu::noinline, gnu::cold]] void unknown(NodeIndex parent, NodeIndex node) {
        if (!report_.on(rule::element_unknown) && !report_.on(rule::element_misplaced)) return;
        if (is_in_secret(parent)) return within_secret(parent, node);
        if (can_merge() && is_merge_type_out_of_place(tree_, node)) return;
        if (runs_into_value(node)) return;
        const EntryId above = tree_.entry(parent);
        const Meant meant = meant_by_name(tree_, parent, node);
        if (meant.is_root_again) {
            if (!report_.on(rule::element_misplaced)) return;
            report_.add(rule::element_misplaced, tree_.name_place(node), misplaced_message(node, above),
                        "it is the root already: remove this one, and keep what is in it");
            return;
        }
        if (meant.places.empty() || meant.holds_other) {
            const Elsewhere elsewhere = find_elsewhere(tree_, node);
            const bool known = meant.places.empty() ? !elsewhere.places.empty() : elsewhere.certain;
            if (known) return belongs_elsewhere(node, above, meant, elsewhere);
        }
        const bool closed = !catalog_.is_section(above) || catalog_.has(above, Trait::closed);
        const bool misplaced = !inside_open(above) && (closed || meant.places.size() == 1);
        const Rule& rule =
            misplaced && !meant.places.empty() ? rule::element_misplaced : rule::element_unknown;
        if (!report_.on(rule)) return;
        std::string message;
        if (&rule == &rule::element_misplaced) {
            message = misplaced_message(node, above);
        } else if (!meant.places.empty()) {
            message = fmt::format("'{}' is unknown in '{}'", tree_.name(node), catalog_[above].name);
        } else {
            message = fmt::format("'{}' is not in the catalogue", shortened(tree_.name(node)));
        }
        report_.add(rule, tree_.name_place(node), std::move(message), help_for(meant, misplaced));
    }

    [[nodiscard]] bool is_in_secret(NodeIndex parent) const {
        const EntryId above = tree_.entry(parent);
        return above != EntryId::none && hides_names(catalog_, above, tree_.name(parent));
    }

    // A '<' in a password that is not escaped: the name, and how long it is, are parts of the password.
    void within_secret(NodeIndex parent, NodeIndex node) {
        if (!report_.on(rule::element_unknown)) return;
        report_.add(rule::element_unknown,
                    Place{.span = tree_.sources().first_character(tree_.name_span(node)),
                          .tree = &tree_,
                          .node = parent},
                    fmt::format("an element within the text of '{}'", tree_.name(parent)),
                    tree_.is_xml() ? "write a '<' that belongs to the text as '&lt;'" : "");
    }

    // A key of a description without the blank behind it is told as that.
    [[nodiscard]] bool runs_into_value(NodeIndex node) const {
        if (tree_.is_xml()) return false;
        const Span name = tree_.name_span(node);
        const std::string_view text = tree_.sources().text(name.file);
        const std::string_view rest = text.substr(name.end);
        // An assignment of `generate` is not indented, and its path has dots.
        if (name.begin == 0 || text[name.begin - 1] == '.' || text[name.begin - 1] == '\n') return false;
        if (rest.size() < 2 || (rest.front() != ':' && rest.front() != '=')) return false;
        return !is_white(rest[1]) && rest[1] != ',' && rest[1] != '}';
    }

    [[nodiscard]] std::string misplaced_message(NodeIndex node, EntryId above) const {
        return fmt::format("'{}' does not belong in '{}'", tree_.name(node), catalog_[above].name);
    }

    // A name of files of another kind. Only what is certainly that is an error.
    void belongs_elsewhere(NodeIndex node, EntryId above, const Meant& meant, const Elsewhere& elsewhere) {
        const bool misplaced = elsewhere.certain && !inside_open(above);
        const Rule& rule = misplaced ? rule::element_misplaced : rule::element_unknown;
        if (!report_.on(rule)) return;
        report_.add(rule, tree_.name_place(node),
                    misplaced
                        ? misplaced_message(node, above)
                        : fmt::format("'{}' is unknown in '{}'", tree_.name(node), catalog_[above].name),
                    meant.near && !misplaced ? fmt::format("did you mean '{}'?", catalog_[*meant.near].name)
                                             : place_of(elsewhere.places.front(), misplaced));
    }

    // In a file of another kind.
    [[nodiscard]] std::string place_of(EntryId place, bool certain) const {
        const EntryId root = catalog_.root(place);
        const std::string_view document = root == entry("config")  ? "the configuration"
                                          : root == entry("users") ? "the list of users"
                                                                   : "the handset configuration";
        if (place == root) return fmt::format("it is the root of {}", document);
        return certain ? fmt::format("its place is {} in {}", path_of(place), document)
                       : fmt::format("{} has it as {}", document, path_of(place));
    }

    [[nodiscard]] bool inside_open(EntryId entry) const {
        for (; entry != EntryId::none; entry = catalog_[entry].parent) {
            if (catalog_.has(entry, Trait::open)) return true;
        }
        return false;
    }

    // Without the root element, as everywhere.
    [[nodiscard]] std::string path_of(EntryId entry) const {
        const std::string path = catalog_.path(entry);
        return path.substr(path.find('.') + 1);
    }

    // Where all is open, a near name beside it is more likely than the same name far away.
    [[nodiscard]] std::string help_for(const Meant& meant, bool misplaced) const {
        if (meant.locked) {
            return fmt::format("the section is {}; {} is a menu entry", path_of(*meant.locked),
                               path_of(meant.places.front()));
        }
        if (meant.near && (meant.places.empty() || !misplaced)) {
            return fmt::format("did you mean '{}'?", catalog_[*meant.near].name);
        }
        std::string where;
        for (const EntryId place : meant.places) {
            if (!where.empty()) where += ", ";
            where += path_of(place);
        }
        return where.empty() ? where : fmt::format("its place is {}", where);
    }

    // Attributes and stray texts stand in document order, as do the nodes that are visited.
    [[gnu::noinline, gnu::cold]] void attributes(NodeIndex node) {
        const auto& all = tree_.attributes();
        while (next_attribute_ < all.size() && all[next_attribute_].node < node) ++next_attribute_;
        for (; next_attribute_ < all.size() && all[next_attribute_].node == node; ++next_attribute_) {
            const Tree::Attribute& attribute = all[next_attribute_];
            if (is_meant_as_merge_type(tree_, attribute)) continue;
            if (can_merge() && is_merge_type_out_of_place(tree_, attribute)) continue;
            if (!report_.on(rule::element_attribute)) continue;
            // The secret may have slipped into the tag.
            const std::string name =
                is_secret(tree_, node) ? std::string(secret_stars) : shortened(attribute.name_text);
            report_.add(rule::element_attribute, Place{.span = attribute.name, .tree = &tree_, .node = node},
                        fmt::format("no server reads the attribute '{}' of '{}'", name, tree_.name(node)));
        }
    }

    [[gnu::noinline, gnu::cold]] void strays(NodeIndex node) {
        while (next_stray_ < strays_.size() && strays_[next_stray_].parent < node) ++next_stray_;
        for (; next_stray_ < strays_.size() && strays_[next_stray_].parent == node; ++next_stray_) {
            if (!report_.on(rule::element_text)) continue;
            const Span span = strays_[next_stray_].span;
            report_.add(rule::element_text,
                        Place{.span = is_in_secret(node) ? tree_.sources().first_character(span) : span,
                              .tree = &tree_,
                              .node = node},
                        fmt::format("text between the elements of '{}'", tree_.name(node)));
        }
    }

    [[gnu::noinline, gnu::cold]] void text_in_section(NodeIndex node) {
        if (tree_.value(node).empty() || !report_.on(rule::element_text)) return;
        report_.add(rule::element_text, tree_.value_place(node),
                    fmt::format("'{}' contains elements, not text", tree_.name(node)));
    }

    void value(NodeIndex node, EntryId entry) {
        const std::string_view text = tree_.text(node);
        if (text.empty() || tree_.is_opaque(node)) return;
        const bool lead_blank = is_white(text.front());
        const bool tail_blank = is_white(text.back());
        std::size_t lead = 0;
        std::string_view trimmed = text;
        if (lead_blank || tail_blank) {
            lead = text.find_first_not_of(white_space);
            if (lead == std::string_view::npos) return;
            trimmed = text.substr(lead, text.find_last_not_of(white_space) + 1 - lead);
            if (!catalog_.has(entry, Trait::lines)) space(node, lead, trimmed.size());
        }
        const auto fault = check(catalog_.type(entry), trimmed);
        if (fault) report_fault(node, entry, lead, trimmed, *fault);
    }

    [[gnu::noinline, gnu::cold]] void space(NodeIndex node, std::size_t lead, std::size_t length) {
        if (!report_.on(rule::value_space)) return;
        const std::size_t at = lead != 0 ? 0 : length;
        Place place{.span = tree_.text_span(node, at, 1), .tree = &tree_, .node = node};
        Diagnostic& diagnostic = report_.add(
            rule::value_space, std::move(place),
            fmt::format("white space {} the value of '{}'", lead != 0 ? "before" : "after", tree_.name(node)),
            "remove it");
        if (!tree_.is_xml()) return;
        // All of the value goes through the fix, so that one edit takes both ends.
        const std::size_t whole = tree_.text(node).size();
        const Span before = tree_.text_span(node, 0, std::max<std::size_t>(whole, 1));
        const Span kept = tree_.text_span(node, lead, length);
        if (!tree_.is_text_alone(before)) return;
        diagnostic.fix = Fix{.span = before, .replacement = std::string(tree_.sources().text(kept))};
    }

    [[gnu::noinline, gnu::cold]] void report_fault(NodeIndex node, EntryId entry, std::size_t lead,
                                                   std::string_view value, const ValueFault& fault) {
        const Rule& rule = rule_of(fault.fault);
        if (!report_.on(rule)) return;
        const bool character = fault.fault == Fault::charset || fault.fault == Fault::charset_doubtful;
        const std::string_view name = tree_.name(node);
        Place place = tree_.value_place(node);
        std::string message;
        if (is_secret(tree_, node) || has_credentials(entry, value)) {
            message = fmt::format("the text of '{}' is wrong; expected {}", name, fault.expected);
        } else if (character) {
            place.span = tree_.text_span(node, lead + fault.begin, fault.end - fault.begin);
            message = fmt::format("'{}' in '{}'; expected {}",
                                  value.substr(fault.begin, fault.end - fault.begin), name, fault.expected);
        } else {
            message = fmt::format("'{}' is '{}'; expected {}", name, shortened(value), fault.expected);
        }
        report_.add(rule, std::move(place), std::move(message), fault.help);
    }

    // A URL with a password may stand where none belongs. One that is broken may have its password anywhere.
    [[nodiscard]] bool has_credentials(EntryId entry, std::string_view value) const {
        const bool is_url =
            catalog_.has(entry, Trait::credential) || value.find("//") != std::string_view::npos;
        return (is_url && value.find('@') != std::string_view::npos) ||
               !secret_parts(catalog_, entry, value).empty();
    }

    const Tree& tree_;
    const Catalog& catalog_;
    Report& report_;
    ModelSet models_;
    std::vector<Occurrence> seen_;
    std::vector<Tree::Stray> strays_;
    std::size_t next_attribute_ = 0;
    std::size_t next_stray_ = 0;
};

}  // namespace

void bind(const Tree& tree, Report& report, ModelSet takers) { Binder(tree, report, takers).run(); }

void bind(const Tree& tree, Children children, Report& report, ModelSet takers,
          const std::function<void(NodeIndex)>& visit) {
    Binder(tree, report, takers).run(children, visit);
}

}  // namespace dectprov
