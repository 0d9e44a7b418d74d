// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "diag/rule.hpp"

namespace dectprov {

// The parts of the pages that `lint` and `diff` make for a browser. A page needs nothing from elsewhere. What
// it lists is in articles: their `data-s` has the numbers of their servers, `data-r` that of their rule,
// `data-k` the box that shows and hides them, which is their class where there is none.

// The beginning of a page, up to the open body.
void append_html_head(std::string& out, std::string_view title);
// The end, with the script.
void append_html_tail(std::string& out, std::string_view version);

// What the list can be narrowed by.
struct HtmlFilter {
    std::vector<std::string_view> servers;
    std::vector<std::string_view> rules;
    // The boxes: a kind, and what it is called.
    std::vector<std::pair<std::string_view, std::string_view>> kinds;
};
void append_html_filter(std::string& out, const HtmlFilter& filter);

// The rules that something was found by, numbered in their order.
class HtmlRules {
public:
    void add(const Rule& rule);
    [[nodiscard]] std::size_t number(const Rule& rule) const { return numbers_.at(rule.id); }
    [[nodiscard]] std::span<const Rule* const> all() const { return rules_; }
    [[nodiscard]] std::vector<std::string_view> names() const;
    // The rule's name, which folds out what the rule says.
    void append_name(std::string& out, const Rule& rule) const;
    // What each of them says, once a page.
    void append_explanations(std::string& out) const;

private:
    std::vector<const Rule*> rules_;
    std::unordered_map<std::string_view, std::size_t> numbers_;
};

}  // namespace dectprov
