// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "diag/finding.hpp"

namespace dectprov {

// Comments of provisioning files that suppress findings, for the descriptions that are made of the files: a
// finding that comes up again there is suppressed on its line. What is about the XML alone does not come up.
class CarriedSuppressions {
public:
    // `suppressed` and `open`: what is found in the files, apart.
    CarriedSuppressions(const std::vector<Finding>& suppressed, const std::vector<Finding>& open);

    [[nodiscard]] bool empty() const { return comments_.empty(); }
    // The text of a description with a comment behind each line that needs one. `found`: what is found in
    // descriptions which have no comments yet.
    std::string put(std::string_view path, const std::string& text, const std::vector<Finding>& found);
    // The comment of a provisioning file that suppresses there what is found in a description; null for none.
    [[nodiscard]] const std::pair<std::string, Position>* comment_of(const Finding& found) const;
    // Whether put() had a use for the comment of a provisioning file that begins there.
    [[nodiscard]] bool has_put(const std::string& file, Position begin) const;

private:
    // Rule, server, and what it is about there, as both kinds of input name it.
    using Key = std::tuple<std::string, std::string, std::string>;
    using Comment = std::pair<std::string, Position>;

    struct Suppression {
        Comment comment;
        std::string reason;
    };

    [[nodiscard]] const Suppression* find(const Finding& finding) const;

    std::map<Key, Suppression> by_place_;
    std::map<std::pair<std::string, std::string>, Suppression>
        by_rule_;  // where all of a server's are suppressed
    std::set<Comment> comments_;
    std::set<Comment> put_;
};

}  // namespace dectprov
