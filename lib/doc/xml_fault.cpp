// SPDX-License-Identifier: MIT
#include "doc/xml_fault.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "diag/escape.hpp"
#include "diag/rules.hpp"
#include "doc/raw_text.hpp"
#include "doc/read_xml.hpp"
#include "doc/xml_chars.hpp"

namespace dectprov {
namespace {

constexpr std::array<std::string_view, 5> predefined_names{"amp", "lt", "gt", "quot", "apos"};

// Goes over a text by XML's grammar and reports what breaks it. What leaves no doubt about what follows (a
// bare '&', a control character) is passed over; at anything else the walk ends.
class FaultFinder {
public:
    FaultFinder(std::string_view text, FileId file, const Catalog& catalog, EntryId expected, Report& report)
        : text_(text), file_(file), catalog_(catalog), expected_(expected), report_(report) {}

    // The number of faults.
    std::size_t run() {
        if (starts("<?xml") && text_.size() > 5 && is_white(text_[5])) declaration();
        bool root = false;
        while (good_ && at_ < text_.size()) {
            if (!open_.empty()) {
                content();
                continue;
            }
            at_ = std::min(text_.find_first_not_of(white_space, at_), text_.size());
            if (at_ == text_.size()) break;
            outside(root);
        }
        if (good_) end_of_text(root);
        return count_;
    }

private:
    struct Name {
        std::size_t begin;
        std::size_t end;
    };

    bool starts(std::string_view what) const { return text_.substr(at_).starts_with(what); }
    std::string_view text(Name name) const { return text_.substr(name.begin, name.end - name.begin); }

    Span span(std::size_t begin, std::size_t end) const {
        return {.file = file_,
                .begin = static_cast<std::uint32_t>(begin),
                .end = static_cast<std::uint32_t>(end)};
    }
    // The character at `i`.
    Span character(std::size_t i) const { return span(i, i + code_point(text_, i).length); }

    Diagnostic& report(Span where, std::string message, std::string help = {}) {
        ++count_;
        return report_.add(rule::xml_malformed, Place{.span = where}, std::move(message), std::move(help));
    }
    Diagnostic& stop(Span where, std::string message, std::string help = {}) {
        good_ = false;
        return report(where, std::move(message), std::move(help));
    }

    // Whether the catalogue has an element of that name: only then may it be shown.
    bool is_known(std::string_view name) const {
        if (name.find('.') != std::string_view::npos) return false;
        const EntryId id = catalog_.find(name);
        if (id != EntryId::none) return true;
        return expected_ != EntryId::none && !catalog_.named(expected_, name).empty();
    }
    std::string shown(Name name) const {
        return is_known(text(name)) ? fmt::format("'{}'", text(name)) : std::string("an element");
    }
    void relate(Diagnostic& diagnostic, Name opened) const {
        diagnostic.related.push_back(
            {.span = span(opened.begin, opened.end), .message = shown(opened) + " begins here"});
    }

    // Before the first element, or behind the last.
    void outside(bool& root) {
        if (starts("<!--")) return comment();
        if (starts("<?")) return instruction();
        const bool element = at_ + 1 < text_.size() && text_[at_] == '<' && name_starts(at_ + 1);
        if (element && !root) {
            root = true;
            return start_tag();
        }
        if (element) {
            stop(character(at_), "a second element at the top; a file has one", "put it inside the first");
        } else if (starts("</")) {
            stop(character(at_), root ? "an end tag behind the end of the first element"
                                      : "an end tag without its start tag");
        } else {
            stop(character(at_),
                 root ? "text behind the end of the first element" : "text before the first element");
        }
    }

    void content() {
        const char c = text_[at_];
        if (c == '&') return reference();
        if (c != '<') return characters();
        if (starts("<!--")) return comment();
        if (starts("<![CDATA[")) return cdata();
        if (starts("<?")) return instruction();
        if (starts("</")) return end_tag();
        if (name_starts(at_ + 1)) return start_tag();
        if (starts("<!")) {
            stop(character(at_), "'<!' that begins neither a comment nor CDATA",
                 "write &lt; for the character");
            return;
        }
        report(character(at_), "'<' that begins no tag", "write &lt;");
        ++at_;
    }

    // Up to the next markup.
    void characters() {
        const std::size_t end = std::min(text_.find_first_of("<&", at_), text_.size());
        while (at_ < end) {
            if (starts("]]>")) {
                report(span(at_, at_ + 3), "']]>' in a text", "write ]]&gt;");
                at_ += 3;
                continue;
            }
            one_character();
        }
    }

    void one_character() {
        const CodePoint point = code_point(text_, at_);
        if (!is_xml_character(point.value)) {
            report(character(at_), "a control character, which XML has no place for", "remove it");
        }
        at_ += point.length;
    }

    bool name_starts(std::size_t i) const {
        return i < text_.size() && is_name_start(code_point(text_, i).value);
    }

    // The name at `at_`, which begins one.
    Name name() {
        const std::size_t begin = at_;
        while (at_ < text_.size()) {
            const CodePoint point = code_point(text_, at_);
            if (!is_name_character(point.value)) break;
            at_ += point.length;
        }
        return {.begin = begin, .end = at_};
    }

    void skip_white() { at_ = std::min(text_.find_first_not_of(white_space, at_), text_.size()); }

    void comment() {
        const std::size_t begin = at_;
        at_ += 4;
        while (!starts("-->")) {
            if (at_ >= text_.size()) {
                stop(span(begin, begin + 4), "a comment that does not end", "write --> where it ends");
                return;
            }
            if (starts("--")) {
                report(span(at_, at_ + 2), "'--' inside a comment");
                while (at_ < text_.size() && text_[at_] == '-' && !starts("-->")) ++at_;
                continue;
            }
            one_character();
        }
        at_ += 3;
    }

    void cdata() {
        const std::size_t begin = at_;
        at_ += 9;
        while (!starts("]]>")) {
            if (at_ >= text_.size()) {
                stop(span(begin, begin + 9), "a CDATA section that does not end", "write ]]> where it ends");
                return;
            }
            one_character();
        }
        at_ += 3;
    }

    void instruction() {
        const std::size_t begin = at_;
        at_ += 2;
        if (!name_starts(at_)) {
            stop(span(begin, begin + 2), "'<?' that begins no processing instruction");
            return;
        }
        const Name target = name();
        if (text(target) == "xml") {
            stop(span(begin, target.end), "an XML declaration that is not at the very start",
                 "nothing may stand before it, not even a blank or an empty line");
            return;
        }
        if (at_ < text_.size() && !starts("?>") && !is_white(text_[at_])) {
            stop(character(at_), "a character that ends no name of a processing instruction");
            return;
        }
        while (!starts("?>")) {
            if (at_ >= text_.size()) {
                stop(span(begin, begin + 2), "a processing instruction that does not end");
                return;
            }
            one_character();
        }
        at_ += 2;
    }

    void reference() {
        const std::size_t begin = at_++;
        const Span mark = span(begin, begin + 1);
        const bool numeric = at_ < text_.size() && text_[at_] == '#';
        if (numeric) ++at_;
        const std::size_t body = at_;
        while (at_ < text_.size() && is_name_character(code_point(text_, at_).value)) {
            at_ += code_point(text_, at_).length;
        }
        const std::string_view inner = text_.substr(body, at_ - body);
        const bool closed = at_ < text_.size() && text_[at_] == ';' && !inner.empty();
        const bool predefined = std::ranges::find(predefined_names, inner) != predefined_names.end();
        if (numeric) {
            if (closed && RawText::is_reference(text_.substr(begin, at_ + 1 - begin))) return;
            report(mark, "'&#' that names no character of XML", "write it like &#229; or &#xe5;");
        } else if (!closed && predefined) {
            report(mark, "a reference without its ';'", "add the ;");
        } else if (!closed || !is_name_start(code_point(inner, 0).value)) {
            report(mark, "'&' that begins no reference", "write &amp;").fix =
                Fix{.span = mark, .replacement = "&amp;"};
        } else if (!predefined) {
            report(mark, "a reference to an entity that XML does not define",
                   "it defines amp, lt, gt, quot and apos; write other characters as they are");
        }
        at_ = body;
    }

    void start_tag();
    bool attribute(Name element, std::vector<Name>& seen);
    bool attribute_value(Name element);
    void end_tag();
    void declaration();
    void end_of_text(bool root);
    void ends_in_tag(Name element);

    std::string_view text_;
    FileId file_;
    const Catalog& catalog_;
    EntryId expected_;
    Report& report_;
    std::vector<Name> open_;
    std::size_t at_ = 0;
    std::size_t count_ = 0;
    bool good_ = true;
};

void FaultFinder::ends_in_tag(Name element) {
    relate(stop(span(text_.size(), text_.size()), "the text ends inside a tag"), element);
}

void FaultFinder::start_tag() {
    ++at_;
    const Name element = name();
    if (open_.size() == max_depth) {
        stop(span(element.begin, element.end), fmt::format("elements nest deeper than {}", max_depth));
        return;
    }
    std::vector<Name> seen;
    while (true) {
        const std::size_t before = at_;
        skip_white();
        if (at_ == text_.size()) return ends_in_tag(element);
        if (starts("/>")) {
            at_ += 2;
            return;
        }
        if (text_[at_] == '>') {
            ++at_;
            open_.push_back(element);
            return;
        }
        if (!name_starts(at_)) {
            relate(stop(character(at_), text_[at_] == '<' ? "a tag begins inside another one"
                                                          : "a character that has no place in a tag"),
                   element);
            return;
        }
        if (at_ == before) {
            stop(character(at_), "no blank before an attribute");
            return;
        }
        if (!attribute(element, seen)) return;
    }
}

// False where the walk is over.
bool FaultFinder::attribute(Name element, std::vector<Name>& seen) {
    const Name key = name();
    const auto* const first = std::ranges::find_if(seen.data(), seen.data() + seen.size(),
                                                   [&](Name other) { return text(other) == text(key); });
    if (first != seen.data() + seen.size()) {
        report(span(key.begin, key.end), "an attribute that stands twice in one tag", "remove one of them")
            .related.push_back({.span = span(first->begin, first->end), .message = "the first one"});
    } else {
        seen.push_back(key);
    }
    skip_white();
    if (at_ == text_.size()) {
        ends_in_tag(element);
        return false;
    }
    if (text_[at_] != '=') {
        stop(span(key.begin, key.end), "an attribute without a value", "write it as NAME=\"VALUE\"");
        return false;
    }
    ++at_;
    skip_white();
    return attribute_value(element);
}

bool FaultFinder::attribute_value(Name element) {
    if (at_ == text_.size()) {
        ends_in_tag(element);
        return false;
    }
    const char quote = text_[at_];
    if (quote != '"' && quote != '\'') {
        stop(character(at_), "the value of an attribute without quotes", "put it in \"\"");
        return false;
    }
    const std::size_t begin = at_++;
    while (at_ < text_.size() && text_[at_] != quote) {
        if (text_[at_] == '<') {
            stop(character(at_), "'<' in the value of an attribute", "write &lt;, or end the value before it")
                .related.push_back({.span = span(begin, begin + 1), .message = "the value begins here"});
            return false;
        }
        if (text_[at_] == '&') {
            reference();
        } else {
            one_character();
        }
    }
    if (at_ == text_.size()) {
        ends_in_tag(element);
        return false;
    }
    ++at_;
    return true;
}

void FaultFinder::end_tag() {
    at_ += 2;
    const Name opened = open_.back();
    if (at_ == text_.size()) return ends_in_tag(opened);
    if (!name_starts(at_)) {
        relate(stop(character(at_), fmt::format("an end tag without a name; {} is open", shown(opened))),
               opened);
        return;
    }
    const Name closing = name();
    // A name that the end of the text cuts off is no wrong name.
    if (at_ == text_.size()) return ends_in_tag(opened);
    if (text(closing) != text(opened)) {
        const bool outer =
            std::ranges::any_of(open_, [&](Name other) { return text(other) == text(closing); });
        std::string message;
        if (outer) {
            message = fmt::format("{} is not closed before the end of {}", shown(opened), shown(closing));
        } else if (is_known(text(closing))) {
            message = fmt::format("the end tag of {} closes {}", shown(closing), shown(opened));
        } else {
            message = fmt::format("an end tag of another name closes {}", shown(opened));
        }
        std::string help = is_known(text(opened)) ? fmt::format("write </{}>", text(opened)) : std::string();
        relate(stop(span(closing.begin, closing.end), std::move(message), std::move(help)), opened);
        return;
    }
    skip_white();
    if (at_ == text_.size()) return ends_in_tag(opened);
    if (text_[at_] != '>') {
        relate(stop(character(at_), "a character that has no place in an end tag"), opened);
        return;
    }
    ++at_;
    open_.pop_back();
}

// `<?xml version="1.0" encoding="…" standalone="…"?>`; only what follows the version may be left out.
void FaultFinder::declaration() {
    constexpr std::array<std::string_view, 3> keys{"version", "encoding", "standalone"};
    at_ = 5;
    std::size_t next = 0;
    const Name target{.begin = 2, .end = 5};
    while (true) {
        const std::size_t before = at_;
        skip_white();
        if (starts("?>")) break;
        if (at_ == text_.size()) {
            stop(span(0, 5), "an XML declaration that does not end", "write ?> where it ends");
            return;
        }
        if (!name_starts(at_) || at_ == before) {
            stop(character(at_), "a character that has no place in an XML declaration");
            return;
        }
        const std::size_t begin = at_;
        const Name key = name();
        const auto* const found = std::find(keys.begin() + next, keys.end(), text(key));
        if (found == keys.end() || (next == 0 && found != keys.begin())) {
            stop(span(key.begin, key.end),
                 "an XML declaration takes version, encoding and standalone, in that order");
            return;
        }
        next = static_cast<std::size_t>(found - keys.begin()) + 1;
        at_ = begin;
        std::vector<Name> seen;
        if (!attribute(target, seen)) return;
    }
    if (next == 0) {
        stop(span(0, 5), "an XML declaration without a version", "write version=\"1.0\"");
        return;
    }
    at_ += 2;
}

void FaultFinder::end_of_text(bool root) {
    const Span end = span(text_.size(), text_.size());
    if (!open_.empty()) {
        const Name innermost = open_.back();
        relate(stop(end, fmt::format("the text ends while {} is open", shown(innermost))), innermost);
    } else if (!root) {
        stop(end, "the text ends before the first element");
    }
}

}  // namespace

void report_xml_faults(const SourceSet& sources, FileId file, const Catalog& catalog, EntryId expected,
                       std::uint32_t hint, Report& report) {
    if (FaultFinder(sources.text(file), file, catalog, expected, report).run() != 0) return;
    report.add(rule::xml_malformed, Place{.span = {.file = file, .begin = hint, .end = hint}},
               "not well-formed XML");
}

}  // namespace dectprov
