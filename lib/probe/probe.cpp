// SPDX-License-Identifier: MIT
#include "probe/probe.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "diag/rules.hpp"
#include "diag/tally.hpp"
#include "probe/conversation.hpp"
#include "probe/delivery.hpp"
#include "probe/provisioning_url.hpp"

namespace dectprov {
namespace {

bool was_asked(const AskedFile& file) { return file.answer && !file.answer->unasked; }

class Prober {
public:
    Prober(const Session& session, Described& described, const ProbePlan& plan)
        : session_(session), described_(described), plan_(plan) {
        options_.per_host = plan.per_host;
        options_.timeout = plan.timeout;
        options_.wants_listing = [this](const Talk& talk) {
            const DescribedServer& server = described_.servers()[talk.server];
            return Severities(session_.thresholds().overrides, server.input.config)
                       .of(rule::delivery_listing, server.path_of(server.input.identity.text)) !=
                   Severity::off;
        };
        options_.progress = [this](std::size_t done, std::size_t files) {
            if (plan_.progress)
                plan_.progress({.done = done, .all = conversation_.talks().size(), .files = files});
        };
    }

    ProbeResult run(const Network& network) {
        ProbeResult result;
        for (std::size_t i = 0; i < described_.servers().size(); ++i) add(i, result);
        if (conversation_.talks().empty()) return result;
        result.interrupted = !conversation_.run(network);
        settle();
        Delivery delivery(session_, described_, conversation_, plan_.timeout);
        delivery.judge();
        lint_served(delivery, result);
        count(delivery, result);
        result.load = load_of(conversation_.talks());
        tell_unaskable(result);
        return result;
    }

private:
    // Finds out where a server is to be asked.
    void add(std::size_t number, ProbeResult& result) {
        const DescribedServer& server = described_.servers()[number];
        if (plan_.address) {
            conversation_.add(number, *plan_.address);
            return;
        }
        ProvisioningUrl url = provisioning_url_of(session_, described_, server);
        if (url.address) {
            conversation_.add(number, std::move(*url.address));
            return;
        }
        result.not_asked.push_back(fmt::format("{} is left out: {}; name the provisioning server with --url",
                                               server.input.identity.text, url.why));
    }

    // The groups that are served decide what `version: auto` is.
    void settle() {
        for (const Talk& talk : conversation_.talks()) {
            const DescribedServer& server = described_.servers()[talk.server];
            if (server.site == nullptr) continue;
            Files served = Files::memory();
            for (const AskedFile& file : talk.files) {
                if (!file.answer || (file.role != Role::group && file.role != Role::list)) continue;
                const std::string path = server.path_of(file.name);
                served.lay_over(path, file.same ? described_.files().read(path) : file.answer->body);
            }
            described_.settle(talk.server, served);
        }
    }

    // Firmware that is named as no file below the URL, each name once.
    void tell_unaskable(ProbeResult& result) const {
        struct Named {
            std::string_view why;
            std::vector<std::string_view> servers = {};
        };
        std::map<std::string_view, Named> names;
        for (const Talk& talk : conversation_.talks()) {
            for (const Switches::Unaskable& one : talk.switches.unaskable) {
                Named& named = names.try_emplace(one.name, Named{.why = one.why}).first->second;
                named.servers.emplace_back(described_.servers()[talk.server].input.identity.text);
            }
        }
        for (const auto& [name, named] : names) {
            std::string servers(named.servers.front());
            if (named.servers.size() > 1)
                servers += fmt::format(" and {}", count_of(named.servers.size() - 1, "more server"));
            const bool is_url = name.find("://") != std::string_view::npos;
            result.not_asked.push_back(fmt::format(
                "{}: the firmware '{}' is left out: {}, and no source says where a server looks for that; "
                "name a file in the folder of the URL",
                servers, is_url ? shown_url(name) : shown_path(name), named.why));
        }
    }

    void lint_served(Delivery& delivery, ProbeResult& result) {
        result.served = std::make_unique<Served>(described_);
        Served& served = *result.served;
        for (const Talk& talk : conversation_.talks())
            served.add(conversation_.talks(), talk,
                       [&](const AskedFile& file) { return delivery.is_usable(file); });
        const Session session(served.files(), session_.pool(), session_.options());
        result.lint = lint(session, served.inputs());
        const auto rename = [&](std::string& path) { path = served.url_of(path); };
        for (auto* findings : {&result.lint.findings, &result.lint.suppressed_findings}) {
            for (Finding& finding : *findings) {
                rename(finding.file);
                for (RelatedPlace& place : finding.related) rename(place.file);
                if (finding.suppression) rename(finding.suppression->file);
                // What is served is mended where it is made.
                finding.fix.reset();
            }
        }
        for (ReadFile& file : result.lint.read) rename(file.path);
        std::ranges::move(delivery.take_findings(), std::back_inserter(result.lint.findings));
        sort(result.lint.findings);
        sort(result.lint.suppressed_findings);
    }

    void count(const Delivery& delivery, ProbeResult& result) {
        const std::vector<Talk>& talks = conversation_.talks();
        for (const Talk& talk : talks) {
            ProbedServer& server = result.servers.emplace_back();
            server.identity = described_.servers()[talk.server].input.identity.text;
            for (const AskedFile& one : talk.files) {
                const AskedFile& file = one.first ? talks[one.first->first].files[one.first->second] : one;
                if (one.image || !was_asked(file)) continue;
                ++server.files;
                if (delivery.is_usable(file)) ++server.served;
                server.bytes += file.bytes;
                if (file.seconds < server.slowest) continue;
                server.slowest = file.seconds;
                server.slowest_file = one.name;
            }
        }
        result.lint.servers = talks.size();
        result.lint.files = 0;
        for (const Talk& talk : talks) {
            result.lint.files += static_cast<std::size_t>(std::ranges::count_if(
                talk.files, [](const AskedFile& file) { return was_asked(file) && !file.image; }));
        }
    }

    const Session& session_;
    Described& described_;
    const ProbePlan& plan_;
    Conversation::Options options_;
    Conversation conversation_{session_, described_, options_};
};

}  // namespace

ProbeResult probe(const Session& session, Described& described, const ProbePlan& plan,
                  const Network& network) {
    return Prober(session, described, plan).run(network);
}

}  // namespace dectprov
