// SPDX-License-Identifier: MIT
#include "doc/fragments.hpp"

#include <utility>

#include "doc/write_xml.hpp"

namespace dectprov {

Fragments::Fragments(Tree tree, unsigned depth)
    : tree_(std::move(tree)), depth_(depth), begins_(tree_.size() + 1) {
    for (NodeIndex child = tree_.first(0); child != tree_.after(0); child = tree_.after(child)) {
        begins_[child] = static_cast<std::uint32_t>(text_.size());
        text_ += write_element(tree_, child, depth_);
    }
    begins_.back() = static_cast<std::uint32_t>(text_.size());
}

}  // namespace dectprov
