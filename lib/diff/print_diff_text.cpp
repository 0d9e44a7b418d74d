// SPDX-License-Identifier: MIT
#include <algorithm>

#include <fmt/format.h>

#include "diag/escape.hpp"
#include "diag/header_line.hpp"
#include "diag/shorten.hpp"
#include "diag/sink.hpp"
#include "diag/tally.hpp"
#include "diag/terminal_style.hpp"
#include "diff/diff_format.hpp"
#include "diff/fold.hpp"
#include "diff/wrap.hpp"

namespace dectprov {
namespace {

constexpr std::size_t detail_indent = 6;

bool is_bad(EffectKind kind) { return kind <= EffectKind::ignored; }

class Printer {
public:
    Printer(std::ostream& out, const Comparison& comparison, const DiffPrintOptions& options)
        : sink_(out), comparison_(comparison), options_(options) {}

    void print() {
        for (const FoldedForecast& forecast : fold_forecasts(comparison_, options_.full)) head(forecast);
        if (!comparison_.servers.empty()) sink_.text += '\n';
        for (const FoldedChange& change : fold(comparison_, options_.full)) {
            one(change);
            sink_.pass_on();
        }
        if (!comparison_.servers.empty()) sink_.text += '\n';
        bool some = false;
        for (const std::size_t index : worst_first(comparison_.findings))
            some = findings(comparison_.findings[index]) || some;
        if (some) sink_.text += '\n';
        if (options_.counts) sink_.text += diff_counts(comparison_) + '\n';
        sink_.flush();
    }

private:
    void color(std::string_view code) {
        if (options_.color) sink_.text += code;
    }

    // 0013d1800032  restarts; 1 user removed
    //     notices every 60 minutes
    void head(const FoldedForecast& folded) {
        const ServerDiff& server = *folded.server;
        std::string& text = sink_.text;
        color(style::bold);
        std::string name = whose(folded.servers);
        if (folded.servers.size() == 1 && !server.replaced.empty())
            name += fmt::format(", in place of {}", server.replaced);
        std::size_t column = append_wrapped(text, name, 0, 4);
        color(style::plain);
        // Behind the name where that is short, as it is for one server.
        constexpr std::size_t name_width = 38;
        if (folded.servers.size() > 1 || column > name_width) {
            text += "\n    ";
            column = 4;
        } else {
            text += "  ";
            column += 2;
        }
        const bool bad = is_bad(static_cast<EffectKind>(server.forecast.rank));
        color(bad ? style::bold_red : style::bold_green);
        append_wrapped(text, server.forecast.text, column, 4);
        color(style::plain);
        text += '\n';
        if (folded.notice.empty()) return;
        text += "    ";
        color(style::dim);
        append_wrapped(text, folded.notice, 4, 4);
        color(style::plain);
        text += '\n';
    }

    void one(const FoldedChange& folded) {
        const Change& change = *folded.change;
        std::string& text = sink_.text;
        switch (change.kind) {
            case ChangeKind::added:
                color(style::bold_green);
                text += '+';
                break;
            case ChangeKind::removed:
                color(style::bold_red);
                text += '-';
                break;
            case ChangeKind::changed:
                color(style::bold_yellow);
                text += '~';
                break;
        }
        color(style::plain);
        text += ' ';
        color(style::bold);
        std::size_t column = append_wrapped(text, subject_of(folded), 2, 4);
        color(style::plain);
        const std::string values = values_of(change);
        if (!values.empty()) {
            text += "  ";
            append_wrapped(text, values, column + 2, detail_indent);
        }
        text += '\n';
        // One server alone is named above.
        detail(style::dim, comparison_.servers.size() == 1
                               ? place_of(change)
                               : fmt::format("{}, {}", place_of(change), whose(folded.servers)));
        if (options_.full) fields(change);
        for (const Effect& effect : change.effects)
            detail(is_bad(effect.kind) ? style::bold_red : "", effect.text);
    }

    void detail(std::string_view code, std::string_view what) {
        sink_.text.append(detail_indent, ' ');
        if (!code.empty()) color(code);
        append_wrapped(sink_.text, what, detail_indent, detail_indent);
        if (!code.empty()) color(style::plain);
        sink_.text += '\n';
    }

    void fields(const Change& change) {
        for (const auto& [path, value] : change.fields)
            detail("", fmt::format("{}: {}", path, shortened_name(value)));
    }

    // True where it is shown.
    bool findings(const Finding& finding) {
        if (!finding.shown || (finding.severity == Severity::note && !options_.notes)) return false;
        append_header(sink_.text, finding, options_.color);
        sink_.text += '\n';
        if (!finding.help.empty()) {
            sink_.text += "    help: ";
            append_visible(sink_.text, finding.help);
            sink_.text += '\n';
        }
        return true;
    }

    Sink sink_;
    const Comparison& comparison_;
    const DiffPrintOptions& options_;
};

}  // namespace

void print_diff_text(std::ostream& out, const Comparison& comparison, const DiffPrintOptions& options) {
    Printer(out, comparison, options).print();
}

}  // namespace dectprov
