// SPDX-License-Identifier: MIT
#include "editor/features.hpp"

#include <array>

namespace dectprov {

std::span<const Feature> features() {
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
                .settled = true},
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
                .settled = true},
        Feature{.method = "textDocument/references",
                .answer = references,
                .capability = "referencesProvider",
                .settled = true},
        Feature{.method = "textDocument/prepareRename",
                .answer = prepare_rename,
                .capability = "",
                .settled = true},
        Feature{.method = "textDocument/rename",
                .answer = rename,
                .capability = "renameProvider",
                .value = R"({"prepareProvider": true})",
                .settled = true},
        Feature{.method = "textDocument/formatting",
                .answer = formatting,
                .capability = "documentFormattingProvider"},
        Feature{.method = "workspace/executeCommand",
                .answer = execute_command,
                .capability = "executeCommandProvider",
                .value = R"({"commands": ["dectprov.preview", "dectprov.effects"]})",
                .settled = true},
    };
    return rows;
}

}  // namespace dectprov
