// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "catalog/catalog.hpp"
#include "diag/diagnostic.hpp"
#include "source/span.hpp"

namespace dectprov {

// The faults that are found in one text. Knows what of the text may be shown: names of elements where the
// catalogue has them; anything else may be a password that stands where no text should.
class XmlFaults {
public:
    struct Name {
        std::size_t begin;
        std::size_t end;
    };

    XmlFaults(std::string_view text, FileId file, const Catalog& catalog, EntryId expected, Report& report)
        : text_(text), file_(file), catalog_(catalog), expected_(expected), report_(report) {}

    Diagnostic& add(Span where, std::string message, std::string help = {});
    // Of a fault behind which nothing can be validated.
    Diagnostic& stop(Span where, std::string message, std::string help = {});
    // Of an end tag that is not that of the innermost open element; `outer`: it is that of one around it.
    void wrong_end(Name opened, Name closing, bool outer);
    // Adds where the element begins that a fault is about.
    void relate(Diagnostic& diagnostic, Name opened) const;

    [[nodiscard]] std::size_t count() const { return count_; }
    [[nodiscard]] bool stopped() const { return stopped_; }

    [[nodiscard]] std::string_view text(Name name) const {
        return text_.substr(name.begin, name.end - name.begin);
    }
    [[nodiscard]] Span span(std::size_t begin, std::size_t end) const;
    // The character at `i`.
    [[nodiscard]] Span character(std::size_t i) const;

    [[nodiscard]] bool is_known(std::string_view name) const;
    // "'user'", "an element".
    [[nodiscard]] std::string shown(Name name) const;

private:
    std::string_view text_;
    FileId file_;
    const Catalog& catalog_;
    EntryId expected_;
    Report& report_;
    std::size_t count_ = 0;
    bool stopped_ = false;
};

}  // namespace dectprov
