// SPDX-License-Identifier: MIT
#include <string_view>

#include <fmt/format.h>

#include "rules/groups.hpp"
#include "rules/settings.hpp"

namespace dectprov {

namespace {

void check_lid(const UserView& user, Report& report);
void check_analogue(const UserView& user, Report& report);
void check_presentation(const UserView& user, Report& report);
void check_gain(const UserView& user, Report& report);

constexpr Rule lid_without_analogue{
    .id = "users/lid-without-analogue",
    .severity = Severity::error,
    .summary = "a line of an analogue card for a user with another line type",
    .why =
        "The line identifier gives the shelf, the card and the line of an analogue interface card. A user "
        "with another line type has no such line. Either the line identifier or the line type is wrong.",
    .origin = "guide line 1940-1944",
    .example = Example::users,
    .bad = R"(<users>
  <user>
    <lid>«01020003»</lid>
    <linetype>S</linetype>
    <localno>4711</localno>
  </user>
</users>
)",
    .good = R"(<users>
  <user>
    <lid>01020003</lid>
    <linetype>A</linetype>
    <localno>4711</localno>
  </user>
</users>
)",
    .check = {.user = check_lid}};

constexpr Rule analogue_without_lid{
    .id = "users/analogue-without-lid",
    .severity = Severity::warning,
    .summary = "a user on an analogue interface without a line identifier",
    .why =
        "Without a line identifier the server does not know the card and the line of the handset, so the "
        "handset can neither make nor receive calls.",
    .origin = "guide line 1940-1944",
    .example = Example::users,
    .bad = R"(<users>
  <user>
    <linetype>«A»</linetype>
    <localno>4711</localno>
  </user>
</users>
)",
    .good = R"(<users>
  <user>
    <lid>01020003</lid>
    <linetype>A</linetype>
    <localno>4711</localno>
  </user>
</users>
)",
    .check = {.user = check_analogue}};

constexpr Rule presentationtext_without_analogue{
    .id = "users/presentationtext-without-analogue",
    .severity = Severity::warning,
    .summary = "a presentation text for a user who is not on an analogue interface",
    .why = "The text is shown only on handsets of an analogue interface. Here the setting has no effect.",
    .origin = "guide line 1944-1945",
    .example = Example::users,
    .bad = R"(<users>
  <user>
    <linetype>S</linetype>
    <presentationtext>«true»</presentationtext>
    <localno>4711</localno>
  </user>
</users>
)",
    .good = R"(<users>
  <user>
    <linetype>S</linetype>
    <localno>4711</localno>
  </user>
</users>
)",
    .check = {.user = check_presentation}};

constexpr Rule gain_on_dect_to_dect{
    .id = "users/gain-on-dect-to-dect",
    .severity = Severity::error,
    .summary = "a gain for a DECT to DECT user",
    .why =
        "The guide does not allow a gain for users of line type D. Either the gain has no effect, or the "
        "line type is wrong.",
    .origin = "guide line 1944, 1948, 1949",
    .example = Example::users,
    .bad = R"(<users>
  <user>
    <linetype>D</linetype>
    <localno>4711</localno>
    <tx_gain>«3»</tx_gain>
  </user>
</users>
)",
    .good = R"(<users>
  <user>
    <linetype>S</linetype>
    <localno>4711</localno>
    <tx_gain>3</tx_gain>
  </user>
</users>
)",
    .check = {.user = check_gain}};

constexpr EntryId linetype = entry("users.user.linetype");
constexpr EntryId lid = entry("users.user.lid");

// Of another type than analogue; what is no line type at all is `value/choice`.
bool is_elsewhere(const UserView& user) {
    const std::string_view type = user.value(linetype);
    return type == "D" || type == "S";
}

// What the catalogue does not take is told as that.
bool is_refused(const UserView& user, EntryId id) {
    return check(user.tree.catalog().type(id), user.value(id)).has_value();
}

void add_linetype(const UserView& user, Diagnostic& diagnostic) {
    diagnostic.related.push_back(
        {.span = user.tree.marked(user.field(linetype)), .message = "the line type of this user"});
}

void check_lid(const UserView& user, Report& report) {
    const NodeIndex node = user.field(lid);
    if (node == Tree::none || user.tree.entry(node) == EntryId::none) return;
    if (!is_elsewhere(user) || !is_given(user.tree, node) || is_refused(user, lid)) return;
    add_linetype(
        user, report.add(lid_without_analogue, user.tree.value_place(node),
                         fmt::format("a line of an analogue card, but linetype is {}", user.value(linetype)),
                         "remove lid, or set linetype to A"));
}

void check_analogue(const UserView& user, Report& report) {
    if (user.value(linetype) != "A") return;
    const NodeIndex node = user.field(lid);
    if (node != Tree::none && is_given(user.tree, node)) return;
    report.add(analogue_without_lid, user.tree.value_place(user.field(linetype)),
               "linetype is A, but the user has no lid", "add lid with the shelf, card and line");
}

void check_presentation(const UserView& user, Report& report) {
    constexpr EntryId presentation = entry("users.user.presentationtext");
    if (user.field(presentation) == Tree::none || !is_elsewhere(user)) return;
    if (user.value(presentation) != "true") return;
    add_linetype(
        user, report.add(presentationtext_without_analogue, user.tree.value_place(user.field(presentation)),
                         fmt::format("only analogue lines show a presentation text, but linetype is {}",
                                     user.value(linetype)),
                         "set it to false, or set linetype to A"));
}

// Whether all digits are 0, with a sign or without.
bool is_zero(std::string_view number) { return number.find_first_not_of("-0") == std::string_view::npos; }

void check_gain(const UserView& user, Report& report) {
    if (user.value(linetype) != "D") return;
    for (const EntryId id : {entry("users.user.tx_gain"), entry("users.user.rx_gain")}) {
        const std::string_view gain = user.value(id);
        if (gain.empty() || is_zero(gain) || is_refused(user, id)) continue;
        const NodeIndex node = user.field(id);
        add_linetype(user, report.add(gain_on_dect_to_dect, user.tree.value_place(node),
                                      fmt::format("{} is {}; a DECT to DECT user has no gain",
                                                  user.tree.name(node), gain),
                                      "remove it, or correct linetype"));
    }
}

}  // namespace

std::span<const Rule* const> users_line_rules() {
    static constexpr const Rule* rows[] = {&lid_without_analogue, &analogue_without_lid,
                                           &presentationtext_without_analogue, &gain_on_dect_to_dect};
    return rows;
}

}  // namespace dectprov
