// SPDX-License-Identifier: MIT
#include "doc/read_xml.hpp"

#include <fmt/format.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>

#include <algorithm>
#include <array>
#include <climits>
#include <cstdint>
#include <functional>
#include <memory>
#include <new>
#include <optional>
#include <utility>

#include "catalog/byte_scan.hpp"
#include "diag/rules.hpp"
#include "doc/raw_text.hpp"
#include "doc/xml_fault.hpp"
#include "doc/xml_prolog.hpp"
#include "source/failure.hpp"

namespace dectprov {
namespace {

std::string_view trimmed(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(white_space);
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(white_space) + 1 - begin);
}

// A parser keeps one copy of each name that it met, so a name is known by its address. An element that was
// looked up once is found here without its name being read again. Built-in entries are the same numbers in
// every catalogue; others are not kept.
class KnownNames {
public:
    EntryId child(const Catalog& catalog, EntryId parent, const xmlChar* name) {
        const auto mixed =
            reinterpret_cast<std::uintptr_t>(name) + static_cast<std::uintptr_t>(parent) * 0x9e37'79b1U;
        Slot& slot = slots_[(mixed ^ mixed >> 9U) % slots_.size()];
        if (slot.name == name && slot.parent == parent) return slot.entry;
        const EntryId entry = catalog.child(parent, reinterpret_cast<const char*>(name));
        if (static_cast<std::size_t>(entry) < Catalog::builtin().size()) {
            slot = {.name = name, .parent = parent, .entry = entry};
        }
        return entry;
    }

private:
    struct Slot {
        const xmlChar* name = nullptr;
        EntryId parent = EntryId::none;
        EntryId entry = EntryId::none;
    };
    std::array<Slot, 1024> slots_{};
};

// Builds the tree from the parser's events. The parser works on the text of the source itself, so its
// position is an offset, and of an element nothing but that is needed. What is rare is cold: inside the
// functions that each element calls it would cost them their registers.
class Builder {
public:
    Builder(std::string_view text, FileId file, Tree& tree, EntryId expected,
            std::vector<Directive>& directives)
        : text_(text), file_(file), tree_(tree), expected_(expected), directives_(directives) {}

    void use(xmlParserCtxtPtr parser, KnownNames& names) {
        parser_ = parser;
        names_ = &names;
    }

    void start(const xmlChar* name, bool has_attributes) {
        if (depth_ == max_depth) {
            too_deep_ = true;
            xmlStopParser(parser_);
            return;
        }
        const std::uint32_t at = position();
        if (depth_ > 0) gap(at);
        const std::uint32_t value_begin = at + (text_[at] == '/' ? 2 : 1);
        const EntryId entry =
            depth_ == 0 ? root_entry(name) : names_->child(tree_.catalog(), open_[depth_ - 1].entry, name);
        const NodeIndex node = tree_.open(entry, value_begin);
        if (has_attributes) attributes(node, at);
        open_[depth_++] = {.node = node, .entry = entry, .has_stray = false};
        previous_end_ = value_begin;
        after_start_ = true;
    }

    void end() {
        const Open& element = open_[--depth_];
        if (after_start_) {
            leaf(element.node);
        } else {
            ++depth_;
            gap(position());
            --depth_;
            tree_.close(element.node);
        }
        previous_end_ = position();
        after_start_ = false;
    }

    void comment() {
        const std::uint32_t end = position() - 3;
        const std::size_t begin = text_.rfind("<!--", end - 4) + 4;
        const std::string_view inner = trimmed(text_.substr(begin, end - begin));
        if (!inner.starts_with("dectprov-")) return;
        const auto at = static_cast<std::uint32_t>(inner.data() - text_.data());
        directives_.push_back(
            {.span = {.file = file_, .begin = at, .end = at + static_cast<std::uint32_t>(inner.size())},
             .text = std::string(inner)});
    }

    // Faults are worded by xml_fault; here only the place of the first is kept.
    void fault() {
        // A ':' in the name of a processing instruction is wrong only where namespaces mean something.
        if (parser_->lastError.level != XML_ERR_FATAL) return;
        const auto* cur = reinterpret_cast<const char*>(parser_->input->cur);
        const bool inside =
            !std::less<>()(cur, text_.data()) && !std::less<>()(text_.data() + text_.size(), cur);
        if (!fault_) fault_ = inside ? position() : 0;
        // The parser words each fault anew, of which a long text may have many.
        xmlStopParser(parser_);
    }

    // Whether the text was not read to its end.
    [[nodiscard]] bool stopped() const { return too_deep_ || fault_; }
    [[nodiscard]] std::uint32_t fault_place() const { return fault_.value_or(0); }

private:
    struct Open {
        NodeIndex node;
        EntryId entry;
        bool has_stray;
    };

    [[nodiscard]] std::uint32_t position() const {
        return static_cast<std::uint32_t>(reinterpret_cast<const char*>(parser_->input->cur) - text_.data());
    }

    [[nodiscard, gnu::noinline, gnu::cold]] EntryId root_entry(const xmlChar* bytes) const {
        if (expected_ != EntryId::none) return expected_;
        const std::string_view name = reinterpret_cast<const char*>(bytes);
        return name.find('.') == std::string_view::npos ? tree_.catalog().find(name) : EntryId::none;
    }

    // A leaf ends at the first '<' behind its start tag, unless that is a comment, CDATA or the like.
    void leaf(NodeIndex node) {
        const std::size_t end = position();
        std::size_t i = std::min(find_any<'<', '&', '\r'>(text_, previous_end_), end);
        const bool begins_tag = i == end || text_[i] == '<';
        if (!begins_tag) i = std::min(text_.find('<', i), end);
        // What ends at the tag itself was `<x/>`.
        const bool plain = begins_tag && (i == end || text_[i + 1] == '/');
        tree_.close(node, static_cast<std::uint32_t>(i), plain);
    }

    // Between two tags of a section stands white space alone; what else there is begins before `end`.
    void gap(std::uint32_t end) {
        std::size_t i = previous_end_;
        // As nearly all are: the line's end and the next line's indentation.
        if (text_[i] == '\n') ++i;
        while (text_[i] == ' ') ++i;
        while (is_white(text_[i])) ++i;
        if (text_[i] == '<' && text_[i + 1] != '!' && text_[i + 1] != '?') return;
        stray(text_.rfind('<', end - 1));
    }

    [[gnu::noinline, gnu::cold]] void stray(std::size_t end) {
        Open& section = open_[depth_ - 1];
        if (section.has_stray) return;
        RawText pieces(text_.substr(previous_end_, end - previous_end_));
        std::optional<std::uint32_t> first;
        std::uint32_t last = 0;
        for (RawText::Piece piece{}; pieces.next(piece);) {
            const std::size_t begin = piece.text.find_first_not_of(white_space);
            if (begin == std::string_view::npos) continue;
            const std::size_t behind = piece.text.find_last_not_of(white_space) + 1;
            const auto at = static_cast<std::uint32_t>(previous_end_ + piece.begin);
            if (!first) first = piece.whole ? at : at + static_cast<std::uint32_t>(begin);
            last = piece.whole ? static_cast<std::uint32_t>(previous_end_ + piece.end)
                               : at + static_cast<std::uint32_t>(behind);
        }
        if (!first) return;
        section.has_stray = true;
        tree_.add(Tree::Stray{.parent = section.node, .span = {.file = file_, .begin = *first, .end = last}});
    }

    // The parser has found the attributes good; their places are taken from the tag, which ends at `end`.
    [[gnu::noinline, gnu::cold]] void attributes(NodeIndex node, std::uint32_t end) {
        const std::size_t tag = text_.rfind('<', end);
        std::size_t i = text_.find_first_of(white_space, tag);
        while (true) {
            i = text_.find_first_not_of(white_space, i);
            if (i >= end) return;
            const std::size_t name_end = text_.find_first_of(" \n\t\r=", i);
            const std::size_t quote = text_.find_first_of("\"'", name_end);
            const std::size_t value_end = text_.find(text_[quote], quote + 1);
            tree_.add(
                Tree::Attribute{.node = node,
                                .name = span(i, name_end),
                                .value = span(quote + 1, value_end),
                                .name_text = std::string(text_.substr(i, name_end - i)),
                                .text = attribute_text(text_.substr(quote + 1, value_end - quote - 1))});
            i = value_end + 1;
        }
    }

    // White space that is written as such becomes blanks (XML 1.0, 3.3.3).
    static std::string attribute_text(std::string_view raw) {
        std::string text;
        RawText pieces(raw);
        for (RawText::Piece piece{}; pieces.next(piece);) {
            const bool reference = raw[piece.begin] == '&' && piece.whole;
            for (const char c : piece.text) text += is_white(c) && !reference ? ' ' : c;
        }
        return text;
    }

    [[nodiscard]] Span span(std::size_t begin, std::size_t end) const {
        return {.file = file_,
                .begin = static_cast<std::uint32_t>(begin),
                .end = static_cast<std::uint32_t>(end)};
    }

    std::string_view text_;
    FileId file_;
    Tree& tree_;
    EntryId expected_;
    std::vector<Directive>& directives_;
    xmlParserCtxtPtr parser_ = nullptr;
    KnownNames* names_ = nullptr;
    std::array<Open, max_depth> open_{};
    unsigned depth_ = 0;
    std::uint32_t previous_end_ = 0;
    bool after_start_ = false;
    bool too_deep_ = false;
    std::optional<std::uint32_t> fault_;
};

Builder& builder(void* context) { return *static_cast<Builder*>(context); }

// libxml2 prints what nobody takes.
void take_fault(void* context, const char* /*format*/, ...) { builder(context).fault(); }
void take_warning(void* /*context*/, const char* /*format*/, ...) {}

// SAX 1, since namespaces mean nothing here and their bookkeeping takes time. No `characters`: the text is
// read from the source. No entity and no subset has a handler, so none is known or read.
xmlSAXHandler make_handler() {
    xmlSAXHandler handler{};
    handler.initialized = 1;
    handler.startElement = [](void* context, const xmlChar* name, const xmlChar** attributes) {
        builder(context).start(name, attributes != nullptr);
    };
    handler.endElement = [](void* context, const xmlChar* /*name*/) { builder(context).end(); };
    handler.comment = [](void* context, const xmlChar* /*text*/) { builder(context).comment(); };
    handler.error = take_fault;
    handler.fatalError = take_fault;
    handler.warning = take_warning;
    return handler;
}

// The parser of a thread, with the names that it knows. Setting one up costs as much as reading a small file,
// and a fleet has thousands of those.
class Parser {
public:
    // Whether the text is well-formed, as far as the builder let it be read.
    bool parse(std::string_view text, Builder& builder) {
        static const xmlSAXHandler handler = [] {
            xmlInitParser();
            return make_handler();
        }();
        if (!parser_) parser_.reset(xmlNewParserCtxt());
        if (!parser_) throw std::bad_alloc();
        *parser_->sax = handler;
        parser_->userData = &builder;
        builder.use(parser_.get(), names_);
        xmlCtxtUseOptions(parser_.get(), XML_PARSE_NONET | XML_PARSE_HUGE | XML_PARSE_IGNORE_ENC);
        // The text is UTF-8, whatever it looks like to the parser.
        parser_->encoding = xmlStrdup(reinterpret_cast<const xmlChar*>("UTF-8"));

        // An input without a buffer is neither copied nor moved, so `cur` stays in the text. std::string ends
        // it with the zero that libxml2 wants.
        xmlParserInputPtr input = xmlNewInputStream(parser_.get());
        if (input == nullptr) throw std::bad_alloc();
        input->base = reinterpret_cast<const xmlChar*>(text.data());
        input->cur = input->base;
        input->end = input->base + text.size();
        inputPush(parser_.get(), input);
        xmlParseDocument(parser_.get());
        // A zero byte behind the root would pass for the end.
        const bool good = parser_->wellFormed != 0 && parser_->input != nullptr &&
                          parser_->input->cur == parser_->input->end;
        finish(good);
        return good;
    }

private:
    struct Free {
        void operator()(xmlParserCtxtPtr parser) const { xmlFreeParserCtxt(parser); }
    };

    // A parser that met a fault, or whose names are many, is not used again: what it remembers stays small
    // whatever is read.
    void finish(bool good) {
        constexpr int most_names = 4096;
        if (good && xmlDictSize(parser_->dict) < most_names) {
            xmlCtxtReset(parser_.get());
        } else {
            parser_.reset();
            names_ = {};
        }
    }

    std::unique_ptr<xmlParserCtxt, Free> parser_;
    KnownNames names_;
};

// How many nodes a text has, validated by its beginning: a vector that never grows needs no second copy.
std::size_t likely_nodes(std::string_view text) {
    constexpr std::size_t sample_size = 2048;
    const std::string_view sample = text.substr(0, sample_size);
    const auto tags = static_cast<std::size_t>(std::ranges::count(sample, '<'));
    if (sample.size() == text.size()) return tags / 2 + 1;
    return static_cast<std::size_t>(static_cast<double>(tags) / 2 * 1.1 * static_cast<double>(text.size()) /
                                    static_cast<double>(sample.size()));
}

}  // namespace

XmlDocument read_xml(const SourceSet& sources, FileId file, const Catalog& catalog, EntryId expected,
                     Report& report) {
    const std::string_view text = sources.text(file);
    XmlDocument document{.tree = Tree(catalog, sources, file)};
    if (text.find_first_not_of(white_space) == std::string_view::npos) {
        document.state = Reading::empty;
        report.add(rule::file_empty, Place{.span = {.file = file}},
                   text.empty() ? "the file is empty" : "the file contains only white space");
        return document;
    }
    // libxml2 counts in int.
    if (text.size() > INT_MAX) {
        throw Failure("cannot read " + sources.name(file) + ": it is larger than 2 GiB");
    }
    if (const auto doctype = find_doctype(text)) {
        document.state = Reading::malformed;
        const auto begin = static_cast<std::uint32_t>(*doctype);
        report.add(rule::xml_doctype, Place{.span = {.file = file, .begin = begin, .end = begin + 9}},
                   "a document type declaration; provisioning files have none", "remove it");
        return document;
    }

    if (const auto crowded = find_crowded_tag(text)) {
        document.state = Reading::malformed;
        const auto begin = static_cast<std::uint32_t>(*crowded);
        report.add(rule::xml_malformed, Place{.span = {.file = file, .begin = begin, .end = begin + 1}},
                   fmt::format("a tag with more than {} attributes", most_attributes));
        return document;
    }

    document.tree.reserve(likely_nodes(text));
    Builder builder(text, file, document.tree, expected, document.directives);
    // Made where the first file is read: as an object it would be 16 KiB that every thread begins with.
    thread_local const auto parser = std::make_unique<Parser>();
    if (parser->parse(text, builder) && !builder.stopped()) return document;

    document.state = Reading::malformed;
    document.tree = Tree(catalog, sources, file);
    report_xml_faults(sources, file, catalog, expected, builder.fault_place(), report);
    return document;
}

}  // namespace dectprov
