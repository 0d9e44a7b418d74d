// SPDX-License-Identifier: MIT
#include "load/secret_variables.hpp"

#include <algorithm>
#include <string>

namespace dectprov {

std::uint32_t SecretVariables::number(Span where) {
    const auto [known, fresh] = numbers_.try_emplace({where.file, where.begin, where.end},
                                                     static_cast<std::uint32_t>(secret_.size()));
    if (fresh) secret_.push_back(0);
    return known->second;
}

void SecretVariables::use(Tree& tree, NodeIndex node, const std::vector<VariablePart>& parts) {
    for (const VariablePart& one : parts)
        uses_.push_back({.tree = &tree,
                         .node = node,
                         .variable = number(one.where),
                         .begin = static_cast<std::uint32_t>(one.part.begin),
                         .end = static_cast<std::uint32_t>(one.part.end)});
}

void SecretVariables::use(std::string_view text, const std::vector<VariablePart>& parts, std::size_t from) {
    // What is as long is found within another word; and where the rest is shown, names can be told apart.
    constexpr std::size_t long_enough = 6;
    for (const VariablePart& one : parts) {
        TextPart part = one.part;
        std::string_view of = text;
        if (from != 0) {
            if (part.end <= from) continue;
            of.remove_prefix(from);
            part = {.begin = std::max(part.begin, from) - from, .end = part.end - from};
            if (part.end - part.begin >= long_enough) {
                of = of.substr(part.begin, part.end - part.begin);
                part = {.begin = 0, .end = of.size()};
            }
        }
        texts_.push_back({.text = of, .part = part, .variable = number(one.where)});
    }
}

bool SecretVariables::has_secret(const std::vector<VariablePart>& parts) const {
    return std::ranges::any_of(parts, [this](const VariablePart& one) {
        const auto known = numbers_.find({one.where.file, one.where.begin, one.where.end});
        return known != numbers_.end() && secret_[known->second] != 0;
    });
}

void SecretVariables::finish(SourceSet& sources) const {
    if (std::ranges::find(secret_, 1) == secret_.end()) return;
    const auto tell = [&](std::string_view text, TextPart part) {
        for (const std::string_view one : {text, text.substr(part.begin, part.end - part.begin)}) {
            if (!sources.is_secret(one)) sources.keep_secret(sources.keep(std::string(one)));
        }
    };
    for (const Use& one : uses_) {
        if (secret_[one.variable] == 0) continue;
        const TextPart part{.begin = one.begin, .end = one.end};
        one.tree->add_referred(one.node, part);
        tell(one.tree->text(one.node), part);
    }
    for (const Text& one : texts_) {
        if (secret_[one.variable] != 0) tell(one.text, one.part);
    }
}

}  // namespace dectprov
