// SPDX-License-Identifier: MIT
#include "doc/xml_fault.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catalog/letter_case.hpp"
#include "diag/escape.hpp"
#include "diag/rules.hpp"
#include "doc/raw_text.hpp"
#include "doc/read_xml.hpp"
#include "doc/xml_chars.hpp"
#include "doc/xml_faults.hpp"
#include "doc/xml_prolog.hpp"

namespace dectprov {
namespace {

constexpr std::array<std::string_view, 5> predefined_names{"amp", "lt", "gt", "quot", "apos"};

// Goes over a text by XML's grammar and reports what breaks it. What leaves no doubt about what follows (a
// bare '&', a control character) is passed over; at anything else the walk ends.
class FaultFinder {
public:
    FaultFinder(std::string_view text, FileId file, const Catalog& catalog, EntryId expected, Report& report)
        : text_(text), faults_(text, file, catalog, expected, report) {}

    // The number of faults.
    std::size_t run() {
        if (starts("<?xml") && text_.size() > 5 && is_white(text_[5])) declaration();
        bool root = false;
        while (!faults_.stopped() && at_ < text_.size()) {
            if (!open_.empty()) {
                content();
                continue;
            }
            at_ = std::min(text_.find_first_not_of(white_space, at_), text_.size());
            if (at_ == text_.size()) break;
            outside(root);
        }
        if (!faults_.stopped()) end_of_text(root);
        return faults_.count();
    }

private:
    using Name = XmlFaults::Name;

    [[nodiscard]] bool starts(std::string_view what) const { return text_.substr(at_).starts_with(what); }
    [[nodiscard]] std::string_view text(Name name) const { return faults_.text(name); }

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
            faults_.stop(faults_.character(at_), "a second root element; a file has only one",
                         "put it inside the first one");
        } else if (starts("</")) {
            faults_.stop(faults_.character(at_), root ? "an end tag after the end of the root element"
                                                      : "an end tag without its start tag");
        } else {
            faults_.stop(faults_.character(at_),
                         root ? "text after the end of the root element" : "text before the root element");
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
            faults_.stop(faults_.character(at_), "'<!' that does not begin a comment or CDATA",
                         "write &lt; for the character");
            return;
        }
        faults_.add(faults_.character(at_), "'<' that does not begin a tag", "write &lt;");
        ++at_;
    }

    // Up to the next markup.
    void characters() {
        const std::size_t end = std::min(text_.find_first_of("<&", at_), text_.size());
        while (at_ < end) {
            if (starts("]]>")) {
                faults_.add(faults_.span(at_, at_ + 3), "']]>' in a text", "write ]]&gt;");
                at_ += 3;
                continue;
            }
            one_character();
        }
    }

    void one_character() {
        const CodePoint point = code_point(text_, at_);
        if (!is_xml_character(point.value)) {
            faults_.add(faults_.character(at_), "a control character, which XML does not allow", "remove it");
        }
        at_ += point.length;
    }

    [[nodiscard]] bool name_starts(std::size_t i) const {
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
        if (text_.find("-->", at_) == std::string_view::npos) {
            faults_.stop(faults_.span(begin, begin + 4), "a comment without an end",
                         "write --> where it ends");
            return;
        }
        while (!starts("-->")) {
            if (starts("--")) {
                faults_.add(faults_.span(at_, at_ + 2), "'--' inside a comment");
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
                faults_.stop(faults_.span(begin, begin + 9), "a CDATA section without an end",
                             "write ]]> where it ends");
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
            faults_.stop(faults_.span(begin, begin + 2), "'<?' that does not begin a processing instruction");
            return;
        }
        const Name target = name();
        if (text(target) == "xml") {
            faults_.stop(faults_.span(begin, target.end),
                         "an XML declaration that is not at the start of the file",
                         "remove everything before it, also spaces and empty lines");
            return;
        }
        if (equals_ignoring_case(text(target), "xml")) {
            faults_.stop(faults_.span(begin, target.end), "an XML declaration begins with '<?xml'");
            return;
        }
        if (at_ < text_.size() && !starts("?>") && !is_white(text_[at_])) {
            faults_.stop(faults_.character(at_),
                         "a character that is not allowed in the name of a processing instruction");
            return;
        }
        while (!starts("?>")) {
            if (at_ >= text_.size()) {
                faults_.stop(faults_.span(begin, begin + 2), "a processing instruction without an end");
                return;
            }
            one_character();
        }
        at_ += 2;
    }

    void reference() {
        const std::size_t begin = at_++;
        const Span mark = faults_.span(begin, begin + 1);
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
            faults_.add(mark, "'&#' without the number of a character that XML allows",
                        "write it like &#229; or &#xe5;");
        } else if (!closed && predefined) {
            faults_.add(mark, "a reference without its ';'", "add the ;");
        } else if (!closed || !is_name_start(code_point(inner, 0).value)) {
            faults_.add(mark, "'&' that does not begin a reference", "write &amp;").fix =
                Fix{.span = mark, .replacement = "&amp;"};
        } else if (!predefined) {
            faults_.add(mark, "a reference to an entity that XML does not define",
                        "only amp, lt, gt, quot and apos are defined; write other characters as they are");
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
    XmlFaults faults_;
    std::vector<Name> open_;
    std::size_t at_ = 0;
};

void FaultFinder::ends_in_tag(Name element) {
    faults_.relate(faults_.stop(faults_.span(text_.size(), text_.size()), "the file ends inside a tag"),
                   element);
}

void FaultFinder::start_tag() {
    ++at_;
    const Name element = name();
    if (open_.size() == max_depth) {
        faults_.stop(faults_.span(element.begin, element.end),
                     fmt::format("elements are nested deeper than {} levels", max_depth));
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
            faults_.relate(faults_.stop(faults_.character(at_),
                                        text_[at_] == '<' ? "a tag begins inside another one"
                                                          : "a character that is not allowed in a tag"),
                           element);
            return;
        }
        if (at_ == before) {
            faults_.stop(faults_.character(at_), "no space before an attribute");
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
        faults_
            .add(faults_.span(key.begin, key.end), "an attribute that occurs twice in one tag",
                 "remove one of them")
            .related.push_back({.span = faults_.span(first->begin, first->end), .message = "the first one"});
    } else {
        seen.push_back(key);
    }
    skip_white();
    if (at_ == text_.size()) {
        ends_in_tag(element);
        return false;
    }
    if (text_[at_] != '=') {
        faults_.stop(faults_.span(key.begin, key.end), "an attribute without a value",
                     "write it as NAME=\"VALUE\"");
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
        faults_.stop(faults_.character(at_), "an attribute value without quotes", "put it in \"\"");
        return false;
    }
    const std::size_t begin = at_++;
    while (at_ < text_.size() && text_[at_] != quote) {
        if (text_[at_] == '<') {
            faults_
                .stop(faults_.character(at_), "'<' in an attribute value",
                      "write &lt;, or end the value before it")
                .related.push_back(
                    {.span = faults_.span(begin, begin + 1), .message = "the value begins here"});
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
        faults_.relate(
            faults_.stop(faults_.character(at_),
                         fmt::format("an end tag without a name; {} is open", faults_.shown(opened))),
            opened);
        return;
    }
    const Name closing = name();
    // A name that the end of the text cuts off is no wrong name.
    if (at_ == text_.size()) return ends_in_tag(opened);
    if (text(closing) != text(opened)) {
        const bool outer =
            std::ranges::any_of(open_, [&](Name other) { return text(other) == text(closing); });
        faults_.wrong_end(opened, closing, outer);
        return;
    }
    skip_white();
    if (at_ == text_.size()) return ends_in_tag(opened);
    if (text_[at_] != '>') {
        faults_.relate(faults_.stop(faults_.character(at_), "a character that is not allowed in an end tag"),
                       opened);
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
            faults_.stop(faults_.span(0, 5), "an XML declaration without an end", "write ?> where it ends");
            return;
        }
        if (!name_starts(at_) || at_ == before) {
            faults_.stop(faults_.character(at_), "a character that is not allowed in an XML declaration");
            return;
        }
        const std::size_t begin = at_;
        const Name key = name();
        const auto* const found = std::find(keys.begin() + next, keys.end(), text(key));
        if (found == keys.end() || (next == 0 && found != keys.begin())) {
            faults_.stop(faults_.span(key.begin, key.end),
                         "an XML declaration takes version, encoding and standalone, in that order");
            return;
        }
        next = static_cast<std::size_t>(found - keys.begin()) + 1;
        at_ = begin;
        std::vector<Name> seen;
        if (!attribute(target, seen)) return;
        const Name value{.begin = text_.find_first_of("\"'", key.end) + 1, .end = at_ - 1};
        const std::string_view fault = fault_of_declared(text(key), text(value));
        if (!fault.empty()) faults_.stop(faults_.span(value.begin, value.end), std::string(fault));
        if (faults_.stopped()) return;
    }
    if (next == 0) {
        faults_.stop(faults_.span(0, 5), "an XML declaration without a version", "write version=\"1.0\"");
        return;
    }
    at_ += 2;
}

void FaultFinder::end_of_text(bool root) {
    const Span end = faults_.span(text_.size(), text_.size());
    if (!open_.empty()) {
        const Name innermost = open_.back();
        faults_.relate(faults_.stop(end, fmt::format("the file ends before the end tag of {}",
                                                     faults_.shown(innermost))),
                       innermost);
    } else if (!root) {
        faults_.stop(end, "the file ends before the root element");
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
