// SPDX-License-Identifier: MIT
#include "doc/xml_faults.hpp"

#include <fmt/format.h>

#include <cstdint>
#include <utility>

#include "diag/escape.hpp"
#include "diag/rules.hpp"

namespace dectprov {

Diagnostic& XmlFaults::add(Span where, std::string message, std::string help) {
    ++count_;
    return report_.add(rule::xml_malformed, Place{.span = where}, std::move(message), std::move(help));
}

Diagnostic& XmlFaults::stop(Span where, std::string message, std::string help) {
    stopped_ = true;
    return add(where, std::move(message), std::move(help));
}

void XmlFaults::wrong_end(Name opened, Name closing, bool outer) {
    std::string message;
    if (outer) {
        message = fmt::format("{} is not closed before the end of {}", shown(opened), shown(closing));
    } else if (is_known(text(closing))) {
        message = fmt::format("the end tag of {} closes {}", shown(closing), shown(opened));
    } else {
        message = fmt::format("the end tag of {} has another name", shown(opened));
    }
    std::string help = is_known(text(opened)) ? fmt::format("write </{}>", text(opened)) : std::string();
    relate(stop(span(closing.begin, closing.end), std::move(message), std::move(help)), opened);
}

void XmlFaults::relate(Diagnostic& diagnostic, Name opened) const {
    diagnostic.related.push_back(
        {.span = span(opened.begin, opened.end), .message = shown(opened) + " begins here"});
}

Span XmlFaults::span(std::size_t begin, std::size_t end) const {
    return {
        .file = file_, .begin = static_cast<std::uint32_t>(begin), .end = static_cast<std::uint32_t>(end)};
}

Span XmlFaults::character(std::size_t i) const { return span(i, i + code_point(text_, i).length); }

bool XmlFaults::is_known(std::string_view name) const {
    if (name.find('.') != std::string_view::npos) return false;
    if (catalog_.find(name) != EntryId::none) return true;
    return expected_ != EntryId::none && !catalog_.named(expected_, name).empty();
}

std::string XmlFaults::shown(Name name) const {
    return is_known(text(name)) ? fmt::format("'{}'", text(name)) : std::string("an element");
}

}  // namespace dectprov
