// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/session.hpp"
#include "diag/finding.hpp"
#include "probe/conversation.hpp"
#include "probe/described.hpp"
#include "probe/judge.hpp"

namespace dectprov {

// Makes the findings of `delivery/*` of what was answered. What is the same for a whole host is told once, at
// the first URL, with how many more it is true of.
class Delivery {
public:
    // All must outlive this.
    Delivery(const Session& session, const Described& described, Conversation& conversation, double timeout);

    // Judges every answer; before that, nothing is usable.
    void judge();
    // Whether a file came that is one of its kind.
    [[nodiscard]] bool is_usable(const AskedFile& file) const { return usable_.contains(&file); }
    std::vector<Finding> take_findings() { return std::move(findings_); }

private:
    struct Folded {
        std::size_t finding;  // the first
        bool first_unasked = false;
        std::size_t more = 0;
        std::size_t unasked = 0;  // of these: nobody was asked for them
        std::set<std::string_view> servers = {};
    };

    void judge(const Talk& talk, const AskedFile& file);
    [[nodiscard]] Expected expected_of(const DescribedServer& server, const AskedFile& file,
                                       std::string& bytes) const;
    void read_names(const Listing& listing);
    [[nodiscard]] std::string help_for_missing(const Talk& talk, const AskedFile& file) const;
    void judge_listings();
    void judge_redirect(const Talk& talk, const AskedFile& file, const Answer& answer);
    // `fold_by`: what several findings have in common that are told once; `unasked`: see Answer.
    struct Fold {
        std::string_view by = {};
        bool unasked = false;
    };
    void add(const Talk& talk, const std::string& url, std::string_view name, Verdict verdict,
             const Fold& fold);
    void finish_folds();
    [[nodiscard]] Pace pace() const;

    const Session& session_;
    const Described& described_;
    Conversation& conversation_;
    double timeout_;
    Pace pace_;
    std::set<const AskedFile*> usable_;
    std::map<std::string, std::string> listed_;  // names in lists, by folder and plain name
    std::map<std::string, Folded> folds_;
    std::vector<Finding> findings_;
};

}  // namespace dectprov
