// SPDX-License-Identifier: MIT
#include <string_view>

#include <fmt/format.h>

#include "diag/rules.hpp"
#include "rules/groups.hpp"
#include "rules/settings.hpp"

namespace dectprov {

namespace {

// Whether the fields of the user may be in there, out of their place: in a text, or in a second `user`.
bool may_hold_fields(const Tree& tree, NodeIndex user) {
    if (!tree.has_children(user)) return !tree.value(user).empty();
    for (NodeIndex node = tree.first(user); node < tree.after(user); node = tree.after(node)) {
        if (stands_in(tree, node, entry("users.user"))) return true;
    }
    return false;
}

// What identifies a user depends on the model.
void check_names(const UserView& user, Report& report) {
    const ModelSet models = user.server.models;
    // Of a user that is not known in full nothing is certain to be missing.
    if (models.empty() || is_unclear(user.tree, user.node)) return;
    const auto has = [&](EntryId id) {
        const NodeIndex first = user.field(id);
        if (first == Tree::none || is_given(user.tree, first)) return first != Tree::none;
        // Of one that stands twice the other may have the value.
        for (NodeIndex node = first; node < user.tree.after(user.node); node = user.tree.after(node)) {
            if (user.tree.entry(node) == id && is_given(user.tree, node)) return true;
        }
        return false;
    };
    const bool ip = models.meets(ip_models);
    const bool dect = models.meets(dect_models);
    if ((ip && has(entry("users.user.username"))) || (dect && has(entry("users.user.localno")))) return;
    if (may_hold_fields(user.tree, user.node)) return;
    const std::string_view what = ip && dect ? "neither 'username' nor 'localno'"
                                  : ip       ? "no 'username'"
                                             : "no 'localno'";
    report.add(rule::element_missing, user.tree.name_place(user.node), fmt::format("the user has {}", what),
               ip && dect ? "IP-DECT servers need a username, DECT servers a localno" : "");
}

}  // namespace

namespace rule {

constexpr Rule element_unknown{
    .id = "element/unknown",
    .severity = Severity::warning,
    .summary = "an element that the catalogue does not know",
    .why =
        "A server ignores a name that it does not know, so a misspelt setting keeps its old value or its "
        "default, without an error message. The vendor's complete list is not public: `parameters:` adds "
        "names of newer firmware.",
    .origin = "guide line 1599 (the printed settings are a part of the whole)",
    .example = Example::users,
    .bad = R"(<users>
  <user>
    <username>9997</username>
    <«displaynam»>Ole Olsen</displaynam>
  </user>
</users>
)",
    .good = R"(<users>
  <user>
    <username>9997</username>
    <displayname>Ole Olsen</displayname>
  </user>
</users>
)"};

constexpr Rule element_misplaced{
    .id = "element/misplaced",
    .severity = Severity::error,
    .summary = "a known element in the wrong place",
    .why =
        "A server finds a setting by its full path. In another place the setting has no effect, and an "
        "import without merge sets the real one back to its default.",
    .origin = "guide line 627-660, 822-860, 1925-1951",
    .example = Example::config,
    .bad = R"(<config>
  <«check_sync»>update</check_sync>
</config>
)",
    .good = R"(<config>
  <provisioning>
    <check>
      <check_sync>update</check_sync>
    </check>
  </provisioning>
</config>
)"};

constexpr Rule element_not_for_model{
    .id = "element/not-for-model",
    .severity = Severity::error,
    .summary = "an element that this server model does not have",
    .why =
        "The guide says which servers have media resources, base stations, handset configuration or a field "
        "of a user. On other servers the setting has no effect, and often the file is for another server.",
    .origin = "guide line 150-185, 222-236, 1925-1951",
    .example = Example::config,
    .bad = R"(<config>
  <«mr»>
    <auto>
      <enable>true</enable>
    </auto>
  </mr>
</config>
)",
    .good = R"(<config>
  <suota>
    <auto>true</auto>
  </suota>
</config>
)",
    .model = "200"};

constexpr Rule element_duplicate{
    .id = "element/duplicate",
    .severity = Severity::error,
    .summary = "an element with one value that occurs twice",
    .why = "A setting has one value. No source says which of the two a server keeps.",
    .origin = "guide line 1925-1951: one value a parameter",
    .example = Example::users,
    .bad = R"(<users>
  <user>
    <username>9997</username>
    <displayname>Ole</displayname>
    <«displayname»>Solveig</displayname>
  </user>
</users>
)",
    .good = R"(<users>
  <user>
    <username>9997</username>
    <displayname>Solveig</displayname>
  </user>
</users>
)"};

constexpr Rule element_missing{
    .id = "element/missing",
    .severity = Severity::error,
    .summary = "a required element is absent or empty",
    .why =
        "A user without a name or number cannot be registered. A handset file without its group and version "
        "cannot be matched with the list.",
    .origin = "guide line 1296, 1299, 1930, 1947, 525-527",
    .example = Example::users,
    .bad = R"(<users>
  <«user»>
    <displayname>Ole Olsen</displayname>
  </user>
</users>
)",
    .good = R"(<users>
  <user>
    <username>9997</username>
    <displayname>Ole Olsen</displayname>
  </user>
</users>
)",
    .model = "6500",
    .check = {.user = check_names}};

constexpr Rule element_attribute{
    .id = "element/attribute",
    .severity = Severity::warning,
    .summary = "an attribute that no server reads",
    .why = "The only attribute in provisioning files is merge_type of config. Any other attribute is lost.",
    .origin = "guide line 442-448",
    .example = Example::users,
    .bad = R"(<users>
  <user «id»="12">
    <username>9997</username>
  </user>
</users>
)",
    .good = R"(<users>
  <user>
    <username>9997</username>
  </user>
</users>
)"};

constexpr Rule element_text{
    .id = "element/text",
    .severity = Severity::error,
    .summary = "text where only elements belong",
    .why =
        "A section contains only elements. Text between them is most often what is left of an element that "
        "lost its tags, or a remark that should be a comment.",
    .origin = "guide line 822-860: sections hold elements alone",
    .example = Example::users,
    .bad = R"(<users>
  «ward 7»
  <user>
    <username>9997</username>
  </user>
</users>
)",
    .good = R"(<users>
  <!-- ward 7 -->
  <user>
    <username>9997</username>
  </user>
</users>
)"};

}  // namespace rule

std::span<const Rule* const> element_rules() {
    static constexpr const Rule* rows[] = {&rule::element_unknown,       &rule::element_misplaced,
                                           &rule::element_not_for_model, &rule::element_duplicate,
                                           &rule::element_missing,       &rule::element_attribute,
                                           &rule::element_text};
    return rows;
}

}  // namespace dectprov
