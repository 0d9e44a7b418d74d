// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <span>
#include <string_view>

#include "editor/protocol.hpp"

namespace dectprov {

// A request that a language server answers from the texts: a row of the table in features.cpp, and the
// function that it names.
struct Feature {
    std::string_view method;
    Json (*answer)(const View& view, const Json& params);
    // What the answer of `initialize` says of it: a name among the capabilities, and its value as JSON.
    std::string_view capability;
    std::string_view value = "true";
    // What it waits for.
    enum class Wait : unsigned char {
        nothing,
        text,  // the findings of its text are those of the text as it stands
        all,   // so are those of all texts, and it is known which file reads which
    };
    Wait wait = Wait::nothing;
    // What takes long is done aside instead: by a function that looks at nothing that may change meanwhile.
    std::function<Json()> (*begin)(const View& view, const Json& params) = nullptr;
};

std::span<const Feature> features();

// The answers: null where there is nothing to say.
Json hover(const View& view, const Json& params);
Json completion(const View& view, const Json& params);
Json code_actions(const View& view, const Json& params);
Json document_symbols(const View& view, const Json& params);
Json folding_ranges(const View& view, const Json& params);
Json selection_ranges(const View& view, const Json& params);
Json definition(const View& view, const Json& params);
Json references(const View& view, const Json& params);
Json prepare_rename(const View& view, const Json& params);
Json rename(const View& view, const Json& params);
Json formatting(const View& view, const Json& params);
std::function<Json()> execute_command(const View& view, const Json& params);

}  // namespace dectprov
