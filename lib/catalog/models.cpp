// SPDX-License-Identifier: MIT
#include "catalog/models.hpp"

#include <algorithm>

#include "catalog/word_list.hpp"

namespace dectprov {

std::optional<Model> find_model(std::string_view token) {
    const auto row = std::ranges::find(models, token, &ModelRow::token);
    if (row == models.end()) return {};
    return row->model;
}

const ModelRow& row(Model model) { return models[static_cast<std::size_t>(model)]; }

std::string_view token(Model model) { return row(model).token; }

std::vector<Model> in_import_order(ModelSet set) {
    std::vector<Model> members;
    for (const ModelRow& row : models) {
        if (set.has(row.model)) members.push_back(row.model);
    }
    std::ranges::sort(members, {}, [](Model model) { return row(model).import_order; });
    return members;
}

std::vector<std::string_view> model_tokens() {
    std::vector<std::string_view> tokens;
    tokens.reserve(models.size());
    for (const ModelRow& row : models) tokens.push_back(row.token);
    return tokens;
}

std::string to_text(ModelSet set) {
    std::vector<std::string_view> tokens;
    for (const ModelRow& row : models) {
        if (set.has(row.model)) tokens.push_back(row.token);
    }
    return word_list(tokens, " and ");
}

}  // namespace dectprov
