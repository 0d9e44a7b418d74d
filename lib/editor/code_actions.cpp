// SPDX-License-Identifier: MIT
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "editor/diagnostics.hpp"
#include "editor/features.hpp"
#include "editor/suppression_edit.hpp"
#include "source/encoding.hpp"

namespace dectprov {
namespace {

class Actions {
public:
    Actions(const View& view, const Document& document, const Json& params)
        : view_(view), document_(document), text_(document.text), suppressions_(document) {
        const EditorRange range = read_range(member(params, "range"));
        begin_ = text_.offset(range.start, view.encoding);
        end_ = std::max(begin_, text_.offset(range.end, view.encoding));
        for (const Json& kind : member(member(params, "context"), "only")) {
            if (kind.is_string()) only_.push_back(kind.get<std::string>());
        }
        // Of another encoding the editor shows characters, and places in the file are not those in the text.
        editable_ = decode_xml(text_.text()).utf8;
    }

    Json run() {
        if (!editable_) return std::move(actions_);
        for (const Finding& finding : document_.findings) {
            const FindingBytes bytes = bytes_of(finding, text_);
            if (bytes.begin > end_ || bytes.end < begin_) continue;
            if (wants("quickfix")) {
                fix(finding);
                suppress(finding);
                record(finding);
            }
        }
        fix_all("source.fixAll.dectprov", "apply all safe fixes", false);
        fix_all("quickfix", "apply all fixes, also those that may change the meaning", true);
        return std::move(actions_);
    }

private:
    // "source" asks for "source.fixAll.dectprov" too.
    [[nodiscard]] bool wants(std::string_view kind) const {
        return only_.empty() || std::ranges::any_of(only_, [&](std::string_view one) {
                   return kind == one || (kind.starts_with(one) && kind[one.size()] == '.');
               });
    }

    [[nodiscard]] static bool is_here(const FindingFix& fix, const Document& document) {
        return fix.file == document.path;
    }

    [[nodiscard]] Json edit_of(const FindingFix& fix) const {
        return text_edit(view_, text_, text_.offset(fix.from), text_.offset(fix.to), fix.replacement);
    }

    Json& add(std::string title, std::string_view kind, Json edits) {
        actions_.push_back({{"title", std::move(title)},
                            {"kind", kind},
                            {"edit", {{"changes", {{document_.uri, std::move(edits)}}}}}});
        return actions_.back();
    }

    void fix(const Finding& finding) {
        if (!finding.fix || !is_here(*finding.fix, document_)) return;
        const std::string what = shortened(view_, finding.help.empty() ? finding.message : finding.help);
        const std::string_view caution = finding.fix->safe ? "" : " (may change the meaning)";
        Json& action = add(fmt::format("{}: {}{}", finding.rule->id, what, caution), "quickfix",
                           Json::array({edit_of(*finding.fix)}));
        action["diagnostics"] = Json::array({diagnostic_of(view_, finding, text_)});
        if (finding.fix->safe) action["isPreferred"] = true;
    }

    // Of two that overlap the first alone.
    void fix_all(std::string_view kind, std::string_view title, bool unsafe) {
        if (!wants(kind)) return;
        std::vector<const FindingFix*> fixes;
        bool any_unsafe = false;
        for (const Finding& finding : document_.findings) {
            if (!finding.fix || !is_here(*finding.fix, document_) || (!finding.fix->safe && !unsafe))
                continue;
            fixes.push_back(&*finding.fix);
            any_unsafe = any_unsafe || !finding.fix->safe;
        }
        if (fixes.empty() || (unsafe && !any_unsafe)) return;
        std::ranges::stable_sort(fixes, {}, &FindingFix::begin);
        Json edits = Json::array();
        std::size_t done = 0;
        for (const FindingFix* one : fixes) {
            if (one->begin < done) continue;
            done = std::max(one->end, one->begin + 1);
            edits.push_back(edit_of(*one));
        }
        add(std::string(title), kind, std::move(edits));
    }

    // A finding of a whole file is not suppressed by a comment, nor one between two.
    void suppress(const Finding& finding) {
        const std::string_view id = finding.rule->id;
        if (finding.begin == finding.end && finding.begin == Position{}) return;
        if (id.starts_with("suppression/") || id.starts_with("xml/")) return;
        if (finding.rule->across) return;
        const auto edit = suppressions_.edit(text_.line_of(text_.offset(finding.begin)), id);
        if (!edit) return;
        Json& action = add(fmt::format("suppress {} here, with a reason", id), "quickfix",
                           Json::array({text_edit(view_, text_, edit->begin, edit->end, edit->with)}));
        action["diagnostics"] = Json::array({diagnostic_of(view_, finding, text_)});
    }

    // In the baseline. One that is not there yet is made, where the editor makes files.
    void record(const Finding& finding) {
        const auto with = view_.workspace.baseline_with(finding);
        if (!with) return;
        const std::string& path = *view_.workspace.options().baseline;
        const auto before = view_.workspace.text_of(path);
        Json edit;
        if (before) {
            const Json edits = Json::array({text_edit(view_, *before, 0, before->text().size(), *with)});
            edit = {{"changes", {{view_.uri(path), edits}}}};
        } else if (view_.may.create) {
            const std::string uri = view_.uri(path);
            const Json create{{"kind", "create"}, {"uri", uri}, {"options", {{"ignoreIfExists", true}}}};
            const Json fill{{"textDocument", {{"uri", uri}, {"version", nullptr}}},
                            {"edits", Json::array({text_edit(view_, LineText(), 0, 0, *with)})}};
            edit = {{"documentChanges", Json::array({create, fill})}};
        } else {
            return;
        }
        actions_.push_back(
            {{"title", fmt::format("add {} to the baseline {}", finding.rule->id, base_name(path))},
             {"kind", "quickfix"},
             {"diagnostics", Json::array({diagnostic_of(view_, finding, text_)})},
             {"edit", std::move(edit)}});
    }

    const View& view_;
    const Document& document_;
    const LineText& text_;
    SuppressionPlaces suppressions_;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    std::vector<std::string> only_;
    bool editable_ = true;
    Json actions_ = Json::array();
};

}  // namespace

Json code_actions(const View& view, const Json& params) {
    return Actions(view, document_of(view, params), params).run();
}

}  // namespace dectprov
