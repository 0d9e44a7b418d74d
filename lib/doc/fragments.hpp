// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "doc/tree.hpp"

namespace dectprov {

// Elements that many trees have as they stand: built, validated and written once, then copied by
// Tree::add().
class Fragments {
public:
    // The elements are the children of the tree's root, which has rows. Those that are to be copied hold no
    // secret, and nothing is to be said of them by itself. `depth`: how deep they stand in a document.
    Fragments(Tree tree, unsigned depth);

    [[nodiscard]] const Tree& tree() const { return tree_; }
    [[nodiscard]] unsigned depth() const { return depth_; }
    // A child of the root as it is written.
    [[nodiscard]] std::string_view text(NodeIndex child) const {
        return std::string_view(text_).substr(begins_[child], begins_[tree_.after(child)] - begins_[child]);
    }

private:
    Tree tree_;
    unsigned depth_;
    std::string text_;
    std::vector<std::uint32_t> begins_;  // in the text, by node; one more for the end
};

}  // namespace dectprov
