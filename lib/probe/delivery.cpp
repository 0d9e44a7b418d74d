// SPDX-License-Identifier: MIT
#include "probe/delivery.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "catalog/letter_case.hpp"
#include "diag/rules.hpp"
#include "diag/shorten.hpp"
#include "diag/tally.hpp"
#include "load/config_file.hpp"
#include "probe/ask.hpp"

namespace dectprov {
namespace {

// A name without what file systems and people write one way or the other.
std::string plain_name(std::string_view name) {
    std::string plain;
    for (const char c : name) {
        if (c == '-' || c == ':' || c == '_') continue;
        plain += to_lower(c);
    }
    return plain;
}

// What a redirect led to answers, and not the URL at which it is told.
void tell_target(const AskedFile& file, Verdict& verdict) {
    const Request& last = file.last();
    verdict.message +=
        fmt::format(", at {}", shown_url(std::string_view(last.url).substr(0, last.url.find('?'))));
    constexpr int unauthorized = 401;
    if (file.answer->status == unauthorized && last.user.empty() && !file.request.user.empty())
        verdict.help = fmt::format("the user name and password of the URL are not sent to {}", last.origin);
}

}  // namespace

Delivery::Delivery(const Session& session, const Described& described, Conversation& conversation,
                   double timeout)
    : session_(session), described_(described), conversation_(conversation), timeout_(timeout) {}

void Delivery::judge() {
    pace_ = pace();
    for (const Listing& listing : conversation_.listings()) read_names(listing);
    for (const Talk& talk : conversation_.talks()) {
        for (const AskedFile& file : talk.files) {
            if (file.answer && !file.first) judge(talk, file);
        }
    }
    judge_listings();
    finish_folds();
}

void Delivery::read_names(const Listing& listing) {
    constexpr std::string_view around = "\"'<>/ \t\r\n";
    const std::string_view text = listing.answer.body;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find_first_of(around, at), text.size());
        const std::string_view word = text.substr(at, end - at);
        if (word.find('.') != std::string_view::npos)
            listed_.try_emplace(listing.request.url + plain_name(word), word);
        at = end + 1;
    }
}

std::string Delivery::help_for_missing(const Talk& talk, const AskedFile& file) const {
    if (!file.elsewhere.empty()) return "it " + file.elsewhere;
    const auto listed = listed_.find(talk.address.place() + plain_name(file.name));
    if (listed == listed_.end() || listed->second == file.name) return {};
    return fmt::format("the folder lists {}", listed->second);
}

Pace Delivery::pace() const {
    std::vector<double> all;
    for (const Talk& talk : conversation_.talks()) {
        for (const AskedFile& file : talk.files) {
            if (file.answer && file.answer->trouble == Trouble::none) all.push_back(file.seconds);
        }
    }
    Pace pace{.answers = all.size(), .timeout = timeout_};
    if (all.empty()) return pace;
    const auto middle = all.begin() + static_cast<std::ptrdiff_t>(all.size() / 2);
    std::ranges::nth_element(all, middle);
    pace.median = *middle;
    return pace;
}

Expected Delivery::expected_of(const DescribedServer& server, const AskedFile& file,
                               std::string& bytes) const {
    Expected expected{.role = file.role, .image = file.image};
    if (!server.has(file.name)) return expected;
    const std::string path = server.path_of(file.name);
    if (file.image) {
        const auto stamp = described_.files().stamp(path);
        if (stamp) expected.size = stamp->size;
        expected.described_in = path;
        return expected;
    }
    bytes = described_.files().read(path);
    expected.bytes = bytes;
    expected.described_in = server.source.empty() ? path : server.source;
    const auto stamp = described_.files().stamp(path);
    if (stamp) expected.described_at = stamp->changed;
    return expected;
}

void Delivery::judge_redirect(const Talk& talk, const AskedFile& file, const Answer& answer) {
    Verdict verdict = judge_delivery(file.request, *file.redirect, timeout_);
    const Target target = target_of(file.request, file.redirect->location);
    // Of a file that nobody has seen it is not known that a server gets it.
    if (is_redirect(answer)) {
        verdict.message += target.request ? ", and redirects again and again"
                                          : ", which is not asked: nothing is known about the file";
        verdict.severity = Severity::error;
    }
    const std::string key =
        fmt::format("{} {}", file.request.origin, target.request ? target.request->origin : target.shown);
    add(talk, file.request.url, file.name, std::move(verdict), {.by = key});
}

void Delivery::judge(const Talk& talk, const AskedFile& file) {
    const DescribedServer& server = described_.servers()[talk.server];
    const std::string& url = file.request.url;
    const Request& last = file.last();
    Answer answer = *file.answer;
    const auto certificate = conversation_.certificates().find(last.origin);
    if (answer.trouble == Trouble::certificate && certificate != conversation_.certificates().end() &&
        !certificate->second.subject.empty())
        answer.certificate = certificate->second;
    if (file.redirect) judge_redirect(talk, file, answer);
    if (is_redirect(answer)) return;
    Verdict verdict = judge_delivery(last, answer, timeout_);
    const bool told_of_host = is_dead_end(answer.trouble) || answer.unasked;
    if (verdict.rule != nullptr) {
        // A server asks for an image when its version is new alone, and images are kept apart from the rest.
        const bool described = server.has(file.name) || server.input.files.empty();
        if (file.image && verdict.rule == &rule::delivery_missing && !described) return;
        // Of a server of which no configuration is described none may be meant to be there.
        const bool meant = server.input.files.empty() || server.has(file.name) || file.role != Role::config;
        if (verdict.rule == &rule::delivery_missing && !meant) return;
        if (verdict.rule == &rule::delivery_missing) verdict.help = help_for_missing(talk, file);
        if (last.url != url && !told_of_host) tell_target(file, verdict);
        std::string by;
        if (told_of_host) by = last.origin;
        // That a host was given up is told apart from what was answered there before.
        if (answer.unasked && answer.trouble == Trouble::silent) by += " given up";
        add(talk, url, file.name, std::move(verdict), {.by = by, .unasked = answer.unasked});
        return;
    }
    std::string bytes;
    if (!file.same) verdict = judge_content(answer, expected_of(server, file, bytes));
    if (verdict.rule != &rule::delivery_not_provisioning) usable_.insert(&file);
    if (verdict.rule != nullptr) add(talk, url, file.name, std::move(verdict), {});
    Verdict slow = judge_pace(file.seconds, pace_);
    if (slow.rule != nullptr) add(talk, url, file.name, std::move(slow), {});
}

void Delivery::judge_listings() {
    for (const Listing& listing : conversation_.listings()) {
        Verdict verdict = judge_listing(listing.request, listing.answer);
        if (verdict.rule == nullptr) continue;
        add(conversation_.talks()[listing.talk], listing.request.url, "", std::move(verdict), {});
    }
}

void Delivery::add(const Talk& talk, const std::string& url, std::string_view name, Verdict verdict,
                   const Fold& fold) {
    const DescribedServer& server = described_.servers()[talk.server];
    const Thresholds& thresholds = session_.thresholds();
    const ConfigFile* config = server.input.config;
    const std::string& identity = server.input.identity.text;
    if (!fold.by.empty()) {
        const std::string key = fmt::format("{} {}", verdict.rule->id, fold.by);
        const auto [folded, fresh] =
            folds_.try_emplace(key, Folded{.finding = findings_.size(), .first_unasked = fold.unasked});
        folded->second.servers.insert(identity);
        if (!fresh) {
            ++folded->second.more;
            if (fold.unasked) ++folded->second.unasked;
            return;
        }
    }
    // What is configured for the file as it is described holds for the one that is served.
    const Severity severity = Severities(thresholds.overrides, config)
                                  .of(*verdict.rule, verdict.severity.value_or(verdict.rule->severity),
                                      server.path_of(name.empty() ? identity : name));
    findings_.push_back({.rule = verdict.rule,
                         .severity = severity,
                         .file = shown_url(url),
                         .begin = {.line = 1, .column = 1},
                         .end = {.line = 1, .column = 1},
                         .path = {},
                         .identity = {},
                         .server = identity,
                         .message = shortened(std::move(verdict.message)),
                         .help = shortened(std::move(verdict.help)),
                         .related = {},
                         .quote = {},
                         .fails = severity >= thresholds.least_failing(config),
                         .shown = severity >= thresholds.least_shown(config)});
}

void Delivery::finish_folds() {
    for (const auto& [key, fold] : folds_) {
        if (fold.more == 0) continue;
        Finding& finding = findings_[fold.finding];
        const std::size_t others = fold.servers.size() - 1;
        finding.message +=
            !fold.first_unasked && fold.unasked == fold.more ? "; not tried again for " : "; the same for ";
        finding.message += others == 0 ? fmt::format("{} more of this server", count_of(fold.more, "file"))
                                       : count_of(others, "more server");
    }
    std::erase_if(findings_, [](const Finding& finding) { return finding.severity == Severity::off; });
}

}  // namespace dectprov
