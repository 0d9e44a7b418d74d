// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "diag/rule.hpp"
#include "model/identity.hpp"
#include "probe/exchange.hpp"

namespace dectprov {

// What is to be said of one answer. Without a rule it is as it should be.
struct Verdict {
    const Rule* rule = nullptr;
    std::string message = {};
    std::string help = {};
    std::optional<Severity> severity = {};  // where the case is graver than others of its rule
};

// What a file is to be, as far as that is known before it is there.
struct Expected {
    Role role = Role::none;  // none: a firmware's version, or its image
    bool image = false;
    std::optional<std::string_view> bytes = {};     // as described
    std::optional<std::uint64_t> size = {};         // of an image that lies in the tree
    std::string described_in = {};                  // the file or description that says so
    std::optional<std::int64_t> described_at = {};  // when that was last changed, seconds since 1970
};

// Whether a file came, or a size; else what came instead. `timeout`: seconds, for the message.
Verdict judge_delivery(const Request& request, const Answer& answer, double timeout);

// Of a file that came: whether it is one of its kind, and the one that is described.
Verdict judge_content(const Answer& answer, const Expected& expected);

// Whether an answer redirects.
bool is_redirect(const Answer& answer);

bool is_web(Protocol protocol);

// Whether a type of content is that of a web page.
bool is_page_type(std::string_view type);

// A folder's answer that lists files in it which hold passwords.
Verdict judge_listing(const Request& request, const Answer& answer);

// How long answers took, and which one took too long.
struct Pace {
    double median = 0;
    std::size_t answers = 0;
    double timeout = 0;
};
Verdict judge_pace(double seconds, const Pace& pace);

// "2026-11-29 00:55 UTC"
std::string time_text(std::int64_t seconds);
// "1,234,567"
std::string grouped(std::uint64_t number);

}  // namespace dectprov
