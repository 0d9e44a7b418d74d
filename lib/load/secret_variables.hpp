// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string_view>
#include <tuple>
#include <vector>

#include "doc/tree.hpp"
#include "source/source_set.hpp"
#include "source/span.hpp"

namespace dectprov {

// A part of a text that came from a variable.
struct VariablePart {
    TextPart part;
    Span where;  // what the description says of the variable
};

// Which variables secrets come from, and where else their texts stand. What comes from such a variable is a
// secret wherever it is used; but which server makes a secret of it, and which not, shows when all are read.
class SecretVariables {
public:
    // What stands there is a secret, or a part of one.
    void add(Span where) { secret_[number(where)] = 1; }
    // A node, whose text is all there, and what of it came from variables. The tree must outlive this.
    void use(Tree& tree, NodeIndex node, const std::vector<VariablePart>& parts);
    // The same of a text without a node, kept by the sources, that messages may have from its byte `from` on.
    void use(std::string_view text, const std::vector<VariablePart>& parts, std::size_t from = 0);
    [[nodiscard]] bool has_secret(const std::vector<VariablePart>& parts) const;
    // Tells the trees, and whoever prints messages, what is a secret for that.
    void finish(SourceSet& sources) const;

private:
    // A large table has many of these.
    struct Use {
        Tree* tree;
        NodeIndex node;
        std::uint32_t variable;
        std::uint32_t begin;
        std::uint32_t end;
    };
    struct Text {
        std::string_view text;
        TextPart part;
        std::uint32_t variable;
    };
    using Key = std::tuple<FileId, std::uint32_t, std::uint32_t>;

    std::uint32_t number(Span where);

    std::map<Key, std::uint32_t> numbers_;
    std::vector<char> secret_;  // by number
    std::vector<Use> uses_;
    std::vector<Text> texts_;
};

}  // namespace dectprov
