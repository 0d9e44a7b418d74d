// SPDX-License-Identifier: MIT
#include "editor/features.hpp"

#include <array>

namespace dectprov {

std::span<const Feature> features() {
    using Wait = Feature::Wait;
    static constexpr std::array rows{
        Feature{.method = "textDocument/hover", .answer = hover, .capability = "hoverProvider"},
        Feature{.method = "textDocument/completion",
                .answer = completion,
                .capability = "completionProvider",
                .value = R"({"triggerCharacters": ["<", ">", ":", " ", "/", ",", ";"]})"},
        Feature{.method = "textDocument/codeAction",
                .answer = code_actions,
                .capability = "codeActionProvider",
                .value = R"({"codeActionKinds": ["quickfix", "source.fixAll.dectprov"]})",
                .wait = Wait::text},
        Feature{.method = "textDocument/documentSymbol",
                .answer = document_symbols,
                .capability = "documentSymbolProvider"},
        Feature{.method = "textDocument/foldingRange",
                .answer = folding_ranges,
                .capability = "foldingRangeProvider"},
        Feature{.method = "textDocument/selectionRange",
                .answer = selection_ranges,
                .capability = "selectionRangeProvider"},
        Feature{.method = "textDocument/definition",
                .answer = definition,
                .capability = "definitionProvider",
                .wait = Wait::all},
        Feature{.method = "textDocument/references",
                .answer = references,
                .capability = "referencesProvider",
                .wait = Wait::all},
        Feature{.method = "textDocument/prepareRename",
                .answer = prepare_rename,
                .capability = "",
                .wait = Wait::all},
        Feature{.method = "textDocument/rename",
                .answer = rename,
                .capability = "renameProvider",
                .value = R"({"prepareProvider": true})",
                .wait = Wait::all},
        Feature{.method = "textDocument/formatting",
                .answer = formatting,
                .capability = "documentFormattingProvider"},
        Feature{.method = "workspace/executeCommand",
                .answer = nullptr,
                .capability = "executeCommandProvider",
                .value = R"({"commands": ["dectprov.preview", "dectprov.effects"]})",
                .wait = Wait::all,
                .begin = execute_command},
    };
    return rows;
}

}  // namespace dectprov
