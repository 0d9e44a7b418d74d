// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "doc/tree.hpp"
#include "load/site_layers.hpp"
#include "load/site_references.hpp"

namespace dectprov {

// Reports a plain text that a '#' without a blank behind it has cut off. `place` has the span of a secret.
void report_cut(SiteContext& context, const Yaml::Node& scalar, Place place, bool secret);

// Reports an unquoted text that other YAML readers retype; `secret`: it is not shown.
void report_retyped(SiteContext& context, const Yaml::Node& scalar, std::string_view key, Place place,
                    bool secret);
// Reports a name that is not what was meant for it: cut off, or `null`.
void check_name(SiteContext& context, const Yaml::Node& name, const std::string& path);
// The text of a key that every command has to know, with its problems reported: a reference to a secret is
// one.
Expanded expand_public(SiteContext& context, const SiteSource& source, const Yaml::Node& value,
                       std::string_view key, const SitePath& path);
// Tells whoever prints messages what of a text came out of references. The sources keep `text`.
void keep_secrets(SourceSet& sources, std::string_view text, const std::vector<TextPart>& secrets);
// Hides where the text of an element was written that is a secret, or whose part is (the password in a URL),
// and whose place does not tell that: the variables that it came from, the anchor of an alias.
void hide_sources(SiteContext& context, EntryId entry, const Yaml::Node& scalar, const Expanded& expanded);
// Tells a tree, and whoever prints messages, what of the text of a node came out of references, and what will
// have where a variable is found to be a secret.
void tell_secrets(SiteContext& context, Tree& tree, NodeIndex node, const Expanded& expanded);

// Builds the trees of one server from its part of the description.
class SiteTreeBuilder {
public:
    SiteTreeBuilder(SiteContext& context, Tree& tree) : context_(context), tree_(tree) {}

    // A node that has a name of its own in the description, or `name` where that is another.
    NodeIndex open(EntryId entry, Span name_span, Span value, std::string_view name = {});
    void close(NodeIndex node) { tree_.close(node); }
    // The members of a mapping, as elements below `parent`, which is open.
    void members(EntryId parent, const Layered& mapping, const SitePath& path);
    // One element: a section, a text or a list of texts. `above` is the path of what holds it.
    void member(EntryId parent, const Layered& value, const SitePath& above);
    // A scalar as the element `entry`. `opaque`: whatever it says, rules do not look at it.
    NodeIndex leaf(EntryId entry, const Layered& value, bool opaque = false);
    // What is to be said of a scalar that was made a node.
    void notes(NodeIndex node, EntryId entry, const Yaml::Node& scalar, const Expanded& expanded);

private:
    void list(EntryId entry, const Layered& value, const SitePath& path);
    [[nodiscard]] bool took_back(const Layered& key) const;
    [[nodiscard]] bool is_taken_back(const Layered& section) const;
    void valueless(EntryId parent, const Yaml::Node& node, const SitePath& above);
    void unread_section(EntryId entry, const Yaml::Node& node, const SitePath& path);
    void unwritable(NodeIndex node, const Yaml::Node& scalar, std::string_view name);

    SiteContext& context_;
    Tree& tree_;
};

}  // namespace dectprov
