// SPDX-License-Identifier: MIT
#include "probe/judge.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <ctime>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "catalog/characters.hpp"
#include "catalog/letter_case.hpp"
#include "catalog/value_forms.hpp"
#include "diag/rules.hpp"
#include "diag/tally.hpp"
#include "doc/conceal.hpp"
#include "doc/read_xml.hpp"
#include "doc/ver_list.hpp"
#include "probe/address.hpp"
#include "probe/ask.hpp"
#include "source/encoding.hpp"

namespace dectprov {
namespace {

constexpr auto nowhere = std::string_view::npos;

std::string_view host_of(std::string_view origin) { return origin.substr(origin.find("://") + 3); }

Verdict unreachable(std::string message, std::string_view help) {
    return {.rule = &rule::delivery_unreachable, .message = std::move(message), .help = std::string(help)};
}

Verdict no_file(std::string message, std::string_view help = {}) {
    return {
        .rule = &rule::delivery_not_provisioning, .message = std::move(message), .help = std::string(help)};
}

std::string signed_by(const Certificate& certificate) {
    return certificate.issuer == certificate.subject
               ? fmt::format("it is self-signed: {}", certificate.subject)
               : fmt::format("it is signed by {}", certificate.issuer);
}

std::string hosts_of(const Certificate& certificate) {
    constexpr std::size_t most_named = 3;
    if (certificate.names.empty()) return certificate.subject;
    const std::size_t named = std::min(certificate.names.size(), most_named);
    std::string text =
        fmt::format("{}", fmt::join(certificate.names.begin(),
                                    certificate.names.begin() + static_cast<std::ptrdiff_t>(named), ", "));
    if (certificate.names.size() > named)
        text += fmt::format(" and {} more", certificate.names.size() - named);
    return text;
}

Verdict untrusted(const Request& request, const Answer& answer) {
    const std::string_view host = host_of(request.origin);
    Verdict verdict{.rule = &rule::delivery_certificate};
    const Certificate none;
    const Certificate& certificate = answer.certificate ? *answer.certificate : none;
    const bool known = answer.certificate.has_value();
    switch (answer.fault) {
        case CertificateFault::expired:
            verdict.message = known
                                  ? fmt::format("the certificate of {} expired on {}", host, certificate.ends)
                                  : fmt::format("the certificate of {} has expired", host);
            break;
        case CertificateFault::not_yet_valid:
            verdict.message =
                known ? fmt::format("the certificate of {} is valid from {} on", host, certificate.begins)
                      : fmt::format("the certificate of {} is not valid yet", host);
            break;
        case CertificateFault::other_host:
            verdict.message =
                known ? fmt::format("the certificate is for {}, not for {}", hosts_of(certificate), host)
                      : fmt::format("the certificate is not for {}", host);
            break;
        case CertificateFault::self_signed:
            verdict.message = fmt::format("the certificate of {} is self-signed and not in the bundle", host);
            break;
        case CertificateFault::unknown_issuer:
            verdict.message = fmt::format("the certificate of {} is not signed by a CA in the bundle", host);
            break;
        case CertificateFault::none:
        case CertificateFault::other:
            verdict.message = fmt::format("the certificate of {} cannot be trusted: {}", host, answer.reason);
            break;
    }
    if (!known) return verdict;
    verdict.help = signed_by(certificate);
    if (answer.fault != CertificateFault::expired)
        verdict.help += fmt::format(", and expires on {}", certificate.ends);
    if (answer.fault == CertificateFault::unknown_issuer || answer.fault == CertificateFault::self_signed)
        verdict.help += "; give the CAs of the servers with --ca-bundle";
    return verdict;
}

std::string seconds_text(double seconds) { return fmt::format("{:g} s", seconds); }

Verdict nobody(const Request& request, double timeout) {
    return unreachable(fmt::format("no answer from {} within {}", request.origin, seconds_text(timeout)),
                       request.protocol == Protocol::tftp
                           ? "over UDP a closed port gives no answer either: check that the service "
                             "runs there, and that no firewall drops packets"
                           : "check that the service runs, and that no firewall drops packets");
}

Verdict silence(std::string_view origin, const Answer& answer, double timeout) {
    constexpr std::string_view waits = "--timeout sets how long to wait for one answer";
    if (!answer.unasked)
        return no_file(
            fmt::format("a connection was made, but no answer came within {}", seconds_text(timeout)), waits);
    return unreachable(fmt::format("{} was not asked for this: it left {} questions in a row without an "
                                   "answer in time",
                                   origin, most_late),
                       waits);
}

// What came instead of an answer.
Verdict judge_trouble(const Request& request, const Answer& answer, double timeout) {
    const std::string& origin = request.origin;
    const auto with = [&](std::string text) {
        if (!answer.reason.empty()) text += ": " + answer.reason;
        // The reason may be a text of the server.
        conceal_pairs(text);
        return text;
    };
    switch (answer.trouble) {
        case Trouble::none:
        case Trouble::missing:
        case Trouble::refused:
            break;
        case Trouble::name:
            return unreachable(fmt::format("no connection to {}: the host name has no address", origin),
                               "check the host in the URL, and the DNS server that the servers use");
        case Trouble::connection:
            return unreachable(
                with(fmt::format("no connection to {}", origin)),
                "check that the service runs and listens there, and that no firewall blocks it");
        case Trouble::timeout:
            return nobody(request, timeout);
        case Trouble::silent:
            return silence(origin, answer, timeout);
        case Trouble::tls:
            return unreachable(
                with(fmt::format("no TLS connection to {}", origin)),
                "perhaps the port is for HTTP without TLS, or has no TLS version that is still in use");
        case Trouble::certificate:
            return untrusted(request, answer);
        case Trouble::client_certificate:
            return {.rule = &rule::delivery_refused,
                    .message = fmt::format("{} asks the server for a client certificate", origin),
                    .help = "give one with --client-cert; servers have theirs from the factory"};
        case Trouble::closed:
            return no_file(with("the connection was closed before an answer, twice"));
        case Trouble::slow:
            return no_file(fmt::format("after {} only {} had arrived", seconds_text(timeout),
                                       count_of(answer.body.size(), "byte")),
                           "--timeout sets how long to wait for one answer");
        case Trouble::cut_short:
            return no_file(
                answer.size
                    ? fmt::format("the connection was closed after {} of {} bytes, twice",
                                  grouped(answer.body.size()), grouped(*answer.size))
                    : fmt::format("the connection was closed during the answer, after {} bytes, twice",
                                  grouped(answer.body.size())));
        case Trouble::too_large:
            return no_file(fmt::format("the answer is larger than {} MiB, which no file of a server is",
                                       most_answer_bytes >> 20U));
        case Trouble::too_many_headers:
            return no_file("the answer has a header of more than 64 KiB");
        case Trouble::failed:
            return no_file(with("the server answers with an error"));
        case Trouble::protocol:
            return no_file(with("the answer is not in the protocol of the URL"));
    }
    return {};
}

std::string_view words_of(int status) {
    struct Row {
        int status;
        std::string_view words;
    };
    constexpr Row rows[] = {
        {.status = 400, .words = " Bad Request"},        {.status = 401, .words = " Unauthorized"},
        {.status = 403, .words = " Forbidden"},          {.status = 404, .words = " Not Found"},
        {.status = 405, .words = " Method Not Allowed"}, {.status = 410, .words = " Gone"},
        {.status = 429, .words = " Too Many Requests"},  {.status = 500, .words = " Internal Server Error"},
        {.status = 502, .words = " Bad Gateway"},        {.status = 503, .words = " Service Unavailable"},
        {.status = 504, .words = " Gateway Timeout"}};
    const auto* const found = std::ranges::find(rows, status, &Row::status);
    return found == std::end(rows) ? std::string_view() : found->words;
}

Verdict missing(const Request& request, const Answer& answer) {
    std::string message;
    if (request.protocol == Protocol::tftp) {
        message = "the server answers that there is no such file";
    } else {
        message = fmt::format("the server answers {}{}: there is no such file", answer.status,
                              is_web(request.protocol) ? words_of(answer.status) : std::string_view());
    }
    return {.rule = &rule::delivery_missing, .message = std::move(message)};
}

Verdict refused(const Request& request, const Answer& answer) {
    Verdict verdict{.rule = &rule::delivery_refused};
    if (request.protocol == Protocol::tftp) {
        verdict.message = "the server refuses the file: access violation";
        verdict.help =
            "TFTP servers serve only files that everybody may read; check the permissions of the file and "
            "its "
            "folders";
        return verdict;
    }
    verdict.message = fmt::format("the server answers {}{}", answer.status,
                                  is_web(request.protocol) ? words_of(answer.status) : ": not logged in");
    const bool login = answer.status == 401 || answer.status == 530;
    verdict.help = !login ? "check that the service may read the file and the folders above it"
                   : request.user.empty()
                       ? "the URL has no user name and password, and a server has no others"
                       : "it refuses the user name and password of the URL";
    return verdict;
}

// A page for people, which web servers and portals give instead of a file.
bool is_page(std::string_view text) {
    text = trimmed_start(text);
    constexpr std::array<std::string_view, 3> starts{"<!doctype html", "<html", "<head"};
    return std::ranges::any_of(starts, [&](std::string_view start) {
        return equals_ignoring_case(text.substr(0, start.size()), start);
    });
}

std::string_view root_of(Role role) {
    switch (role) {
        case Role::config:
            return "config";
        case Role::users:
            return "users";
        case Role::group:
            return "cota";
        case Role::none:
        case Role::list:
        case Role::site:
            break;
    }
    return {};
}

// What stands there instead of a file of this kind; empty where it is one.
std::string other_kind(Role role, std::string_view text) {
    const std::string_view root = root_of(role);
    const std::string_view found = root_name(text);
    if (!root.empty() && found.empty()) return "not XML";
    if (!root.empty() && found != root)
        return fmt::format("XML with the root element '{}' instead of '{}'", found, root);
    if (root.empty() && !found.empty() && text.find_first_not_of(white_space) == text.find('<'))
        return fmt::format("XML with the root element '{}'", found);
    return {};
}

std::string without_carriage_returns(std::string_view text) {
    std::string plain(text);
    std::erase(plain, '\r');
    return plain;
}

// Why what is served may be another than what is described.
std::string cause_of(const Answer& answer, const Expected& expected) {
    if (without_carriage_returns(answer.body) == without_carriage_returns(*expected.bytes))
        return "only the line ends differ, as after a transfer in text mode";
    if (answer.age) return fmt::format("the answer comes from a cache and is {} s old", *answer.age);
    if (!answer.modified) return {};
    if (expected.described_at && *answer.modified < *expected.described_at)
        return fmt::format("an older version: it was last changed on {}, but {} on {}",
                           time_text(*answer.modified), expected.described_in,
                           time_text(*expected.described_at));
    return fmt::format("it was last changed on {}", time_text(*answer.modified));
}

Verdict judge_bytes(const Answer& answer, const Expected& expected) {
    const std::string_view described = *expected.bytes;
    const std::string& served = answer.body;
    if (served == described) return {};
    if (described.starts_with(served))
        return no_file(fmt::format("the answer ends after {} of {} bytes", grouped(served.size()),
                                   grouped(described.size())));
    const auto differ = std::mismatch(served.begin(), served.end(), described.begin(), described.end()).first;
    const auto line = 1 + std::count(served.begin(), differ, '\n');
    return {
        .rule = &rule::delivery_differs,
        .message = fmt::format("not the same as {}: different from line {} on", expected.described_in, line),
        .help = cause_of(answer, expected)};
}

Verdict page() {
    return no_file("what is served is a web page", "a server cannot use a login page or an error page");
}

Verdict judge_image(const Answer& answer, const Expected& expected) {
    if (is_page(answer.body) || (answer.body.empty() && is_page_type(answer.type))) return page();
    if (answer.size == 0U) return no_file("the answer is empty");
    if (!expected.size || (answer.size && *expected.size == *answer.size)) return {};
    Verdict verdict{.rule = &rule::delivery_differs};
    if (answer.size) {
        verdict.message = fmt::format("{} bytes are served, but {} has {}", grouped(*answer.size),
                                      expected.described_in, grouped(*expected.size));
        return verdict;
    }
    verdict.severity = Severity::warning;
    verdict.message = fmt::format(
        "the server does not say how large it is: not compared with {}, which has {} "
        "bytes",
        expected.described_in, grouped(*expected.size));
    return verdict;
}

}  // namespace

bool is_web(Protocol protocol) { return protocol == Protocol::http || protocol == Protocol::https; }

bool is_page_type(std::string_view type) {
    type = type.substr(0, type.find_first_of("; \t"));
    return equals_ignoring_case(type, "text/html") || equals_ignoring_case(type, "application/xhtml+xml");
}

bool is_redirect(const Answer& answer) {
    constexpr std::array statuses{301, 302, 303, 307, 308};
    return answer.trouble == Trouble::none && !answer.location.empty() &&
           std::ranges::find(statuses, answer.status) != statuses.end();
}

Verdict judge_delivery(const Request& request, const Answer& answer, double timeout) {
    if (answer.trouble == Trouble::missing) return missing(request, answer);
    if (answer.trouble == Trouble::refused) return refused(request, answer);
    if (answer.trouble != Trouble::none) return judge_trouble(request, answer, timeout);
    if (!is_web(request.protocol)) return {};
    switch (answer.status) {
        case 200:
            return {};
        case 400:
            // What nginx answers where a client shows no certificate.
            if (answer.body.find("SSL certificate was sent") != nowhere)
                return judge_trouble(request, {.trouble = Trouble::client_certificate}, timeout);
            break;
        case 401:
        case 403:
        case 407:
            return refused(request, answer);
        case 404:
        case 410:
            return missing(request, answer);
        case 206:
        case 416:
            // An empty file has no first byte.
            if (request.want == Request::Want::start) return {};
            if (answer.status == 416) break;
            return no_file("the server answers 206 Partial Content to a request for the whole file");
        default:
            break;
    }
    if (is_redirect(answer)) {
        return {.rule = &rule::delivery_redirect,
                .message = fmt::format("the server answers {} with a redirect to {}", answer.status,
                                       target_of(request, answer.location).shown),
                .help = "serve the files at the URL of the servers, or give the servers the new URL"};
    }
    return no_file(fmt::format("the server answers {}{}", answer.status, words_of(answer.status)));
}

Verdict judge_content(const Answer& answer, const Expected& expected) {
    if (expected.image) return judge_image(answer, expected);
    if (expected.bytes && answer.body == *expected.bytes) return {};
    if (answer.body.find_first_not_of(white_space) == nowhere) return no_file("the answer is empty");
    const Decoded decoded = expected.role == Role::list || expected.role == Role::none
                                ? decode_text(answer.body)
                                : decode_xml(answer.body);
    if (is_page(decoded.text)) return page();
    const std::string other = other_kind(expected.role, decoded.text);
    if (!other.empty()) return no_file(fmt::format("what is served is {}", other));
    if (!expected.bytes) return {};
    return judge_bytes(answer, expected);
}

Verdict judge_listing(const Request& request, const Answer& answer) {
    if (answer.trouble != Trouble::none) return {};
    if (is_web(request.protocol) && answer.status != 200) return {};
    std::set<std::string_view> users;
    constexpr std::string_view end = "-users.xml";
    const std::string_view text = answer.body;
    for (std::size_t at = text.find(end); at != nowhere; at = text.find(end, at + 1)) {
        std::size_t begin = at;
        while (begin != 0 &&
               (is_digit(text[begin - 1]) || is_letter(text[begin - 1]) || text[begin - 1] == '-'))
            --begin;
        users.insert(text.substr(begin, at + end.size() - begin));
    }
    if (users.empty()) return {};
    return {.rule = &rule::delivery_listing,
            .message = fmt::format("the folder has a public listing, with {} of SIP passwords",
                                   count_of(users.size(), "file")),
            .help = "switch the listing off: it shows the files of every server"};
}

Verdict judge_pace(double seconds, const Pace& pace) {
    constexpr double by_far = 10;
    constexpr double least = 1;
    constexpr std::size_t enough = 5;
    if (seconds > pace.timeout / 2) {
        return {.rule = &rule::delivery_slow,
                .message = fmt::format("the answer took {:.1f} s, more than half of the {} of --timeout",
                                       seconds, seconds_text(pace.timeout))};
    }
    if (pace.answers < enough || seconds < least || seconds < by_far * pace.median) return {};
    return {.rule = &rule::delivery_slow,
            .message = fmt::format("the answer took {:.1f} s; half of the others took no more than {:.3f} s",
                                   seconds, pace.median)};
}

std::string time_text(std::int64_t seconds) {
    const std::time_t time = seconds;
    std::tm parts{};
    if (gmtime_r(&time, &parts) == nullptr) return "an unknown day";
    return fmt::format("{:04}-{:02}-{:02} {:02}:{:02} UTC", parts.tm_year + 1900, parts.tm_mon + 1,
                       parts.tm_mday, parts.tm_hour, parts.tm_min);
}

std::string grouped(std::uint64_t number) {
    std::string text = std::to_string(number);
    for (std::size_t at = text.size(); at > 3; at -= 3) text.insert(at - 3, 1, ',');
    return text;
}

}  // namespace dectprov
