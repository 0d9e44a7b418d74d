// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <limits>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "probe/exchange.hpp"

// What is said between a provisioning server and whoever asks it, as text: the examples of the rules
// `delivery/*` and the block `answers` of a case.
//
//     FILE 0013d1800032-config.xml        a file that is described (examples alone)
//     <config/>
//     GET https://prov.example.com/dect/0013d1800032-config.xml -> 200
//     <config/>
//
// Behind the arrow stands a status of HTTP or a reply of FTP, or one of the words below, and then in any
// order `of N` (bytes, stated; `of unknown`: not stated), `after S s`, `age N` (seconds), `modified N`
// (seconds since 1970) and `type T` (of the content); behind a redirect where it leads. `HEAD URL -> …` is
// the answer to what asks for a size alone. A URL that is asked for twice and stands there twice is answered
// in that order. What stands nowhere is not there.
namespace exchange {

struct Said {
    std::string url;
    dectprov::Answer answer;
};

struct Exchange {
    std::vector<std::pair<std::string, std::string>> files;
    std::vector<Said> answers;
};

struct Word {
    std::string_view text;  // behind ": " stands the reason, or which fault
    dectprov::Trouble trouble;
};
inline constexpr Word words[] = {
    {.text = "no address", .trouble = dectprov::Trouble::name},
    {.text = "no connection", .trouble = dectprov::Trouble::connection},
    {.text = "no answer", .trouble = dectprov::Trouble::timeout},
    {.text = "silence", .trouble = dectprov::Trouble::silent},
    {.text = "no end", .trouble = dectprov::Trouble::slow},
    {.text = "no TLS", .trouble = dectprov::Trouble::tls},
    {.text = "certificate", .trouble = dectprov::Trouble::certificate},
    {.text = "certificate required", .trouble = dectprov::Trouble::client_certificate},
    {.text = "closed", .trouble = dectprov::Trouble::closed},
    {.text = "cut short", .trouble = dectprov::Trouble::cut_short},
    {.text = "too large", .trouble = dectprov::Trouble::too_large},
    {.text = "too many headers", .trouble = dectprov::Trouble::too_many_headers},
    {.text = "file not found", .trouble = dectprov::Trouble::missing},
    {.text = "access violation", .trouble = dectprov::Trouble::refused},
    {.text = "an error", .trouble = dectprov::Trouble::failed},
    {.text = "no sense", .trouble = dectprov::Trouble::protocol},
};

struct FaultWord {
    std::string_view text;
    dectprov::CertificateFault fault;
};
inline constexpr FaultWord faults[] = {
    {.text = "expired", .fault = dectprov::CertificateFault::expired},
    {.text = "not yet valid", .fault = dectprov::CertificateFault::not_yet_valid},
    {.text = "other host", .fault = dectprov::CertificateFault::other_host},
    {.text = "unknown issuer", .fault = dectprov::CertificateFault::unknown_issuer},
    {.text = "self-signed", .fault = dectprov::CertificateFault::self_signed},
};

inline constexpr std::uint64_t unknown = std::numeric_limits<std::uint64_t>::max();

// Takes "KEY VALUE" out of a text; nothing where the key is not there.
inline std::optional<std::string> take(std::string& text, const std::string& key) {
    const std::size_t at = text.find(" " + key + " ");
    if (at == std::string::npos) return std::nullopt;
    const std::size_t begin = at + key.size() + 2;
    const std::size_t end = std::min(text.find(' ', begin), text.size());
    std::string value = text.substr(begin, end - begin);
    text.erase(at, end - at);
    return value;
}

inline dectprov::Answer read_answer(std::string text, const std::string& url) {
    dectprov::Answer answer;
    const auto size = take(text, "of");
    if (size) answer.size = *size == "unknown" ? unknown : std::stoull(*size);
    if (const auto type = take(text, "type")) answer.type = *type;
    if (const auto age = take(text, "age")) answer.age = std::stoull(*age);
    if (const auto modified = take(text, "modified")) answer.modified = std::stoll(*modified);
    if (const auto seconds = take(text, "after")) {
        answer.seconds = std::stod(*seconds);
        if (text.ends_with(" s")) text.erase(text.size() - 2);
    }
    if (!text.empty() && text[0] >= '0' && text[0] <= '9') {
        answer.status = std::stoi(text);
        const std::size_t blank = text.find(' ');
        if (blank != std::string::npos) answer.location = text.substr(blank + 1);
        if (url.starts_with("ftp:") && answer.status == 550) answer.trouble = dectprov::Trouble::missing;
        if (url.starts_with("ftp:") && answer.status == 530) answer.trouble = dectprov::Trouble::refused;
        return answer;
    }
    const std::size_t colon = std::min(text.find(": "), text.size());
    const auto* const word = std::ranges::find(words, text.substr(0, colon), &Word::text);
    if (word == std::end(words)) throw std::runtime_error("no answer of an exchange: " + text);
    answer.trouble = word->trouble;
    if (colon < text.size()) answer.reason = text.substr(colon + 2);
    const auto* const fault = std::ranges::find(faults, answer.reason, &FaultWord::text);
    if (fault != std::end(faults)) answer.fault = fault->fault;
    return answer;
}

inline Exchange parse(std::string_view text) {
    Exchange all;
    std::string* body = nullptr;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        const std::string line(text.substr(at, end - at));
        at = end + 1;
        constexpr std::string_view arrow = " -> ";
        const std::size_t mark = line.find(arrow);
        if (line.starts_with("FILE ")) {
            body = &all.files.emplace_back(line.substr(5), "").second;
        } else if ((line.starts_with("GET ") || line.starts_with("HEAD ")) && mark != std::string::npos) {
            const std::size_t begin = line.starts_with("GET ") ? 4 : 0;
            const std::string url = line.substr(begin, mark - begin);
            Said& said = all.answers.emplace_back(
                Said{.url = url, .answer = read_answer(line.substr(mark + arrow.size()), url)});
            body = &said.answer.body;
        } else if (body == nullptr) {
            throw std::runtime_error("an exchange begins with FILE or GET: " + line);
        } else {
            *body += line + "\n";
        }
    }
    return all;
}

// Answers from an exchange, at once and in the order of the questions.
class Replies {
public:
    explicit Replies(const Exchange& exchange) {
        for (const Said& said : exchange.answers) answers_[said.url].push_back(said.answer);
    }

    // This object must outlive what is returned.
    dectprov::Network network() {
        return {.start =
                    [this](const dectprov::Request& request) {
                        asked.push_back(request.url);
                        users.push_back(request.user);
                        ready_.emplace_back(request.id, answer_to(request));
                        most_at_once = std::max(most_at_once, ready_.size());
                    },
                .wait = [this]() -> std::optional<std::pair<std::size_t, dectprov::Answer>> {
                    if (ready_.empty() || (interrupt_after && *interrupt_after == given_))
                        return std::nullopt;
                    ++given_;
                    // Any order of the answers is one that a network may have.
                    const std::size_t at = shuffle == 0 ? 0 : (given_ * shuffle) % ready_.size();
                    auto next = std::move(ready_[at]);
                    ready_.erase(ready_.begin() + static_cast<std::ptrdiff_t>(at));
                    return next;
                }};
    }

    std::vector<std::string> asked;  // URLs, in order
    std::vector<std::string> users;
    std::size_t most_at_once = 0;
    std::optional<std::size_t> interrupt_after = {};  // so many answers
    std::size_t shuffle = 0;                          // 0: answers come in the order of the questions

private:
    dectprov::Answer answer_to(const dectprov::Request& request) {
        if (request.want == dectprov::Request::Want::certificate) {
            return {.certificate = dectprov::Certificate{.subject = "CN = prov.example.com",
                                                         .issuer = "CN = Example CA",
                                                         .begins = "Mar  1 08:00:00 2025 GMT",
                                                         .ends = "Mar  1 08:00:00 2026 GMT",
                                                         .names = {"prov.example.com"}}};
        }
        const bool about_size = request.want == dectprov::Request::Want::size;
        auto found = about_size ? answers_.find("HEAD " + request.url) : answers_.end();
        if (found == answers_.end()) found = answers_.find(request.url);
        if (found == answers_.end()) {
            if (request.protocol == dectprov::Protocol::http || request.protocol == dectprov::Protocol::https)
                return {.status = 404};
            return {.trouble = dectprov::Trouble::missing, .status = 550};
        }
        dectprov::Answer answer = found->second.front();
        if (found->second.size() > 1) found->second.pop_front();
        if (about_size || request.want == dectprov::Request::Want::start) {
            if (!answer.size) answer.size = answer.body.size();
            if (*answer.size == unknown) answer.size.reset();
            if (about_size) answer.body.clear();
        }
        return answer;
    }

    std::map<std::string, std::deque<dectprov::Answer>> answers_;
    std::deque<std::pair<std::size_t, dectprov::Answer>> ready_;
    std::size_t given_ = 0;
};

}  // namespace exchange
