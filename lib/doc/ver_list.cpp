// SPDX-License-Identifier: MIT
#include "doc/ver_list.hpp"

#include <fmt/format.h>

#include <utility>

#include <algorithm>

#include "catalog/characters.hpp"
#include "catalog/letter_case.hpp"
#include "catalog/types.hpp"
#include "diag/rules.hpp"

namespace dectprov {
namespace {

bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }

// Reads a line from its beginning; at the first thing that is not as expected, `expected` says what was.
class LineReader {
public:
    explicit LineReader(std::string_view line) : line_(line) {}

    bool word(std::string_view expected_word) {
        for (const char c : expected_word) {
            if (at_ == line_.size() || line_[at_] != c) return fail(fmt::format("'{}'", expected_word));
            ++at_;
        }
        return true;
    }
    bool digits(std::string_view what, std::string_view& found) {
        const std::size_t begin = at_;
        while (at_ < line_.size() && is_digit(line_[at_])) ++at_;
        found = line_.substr(begin, at_ - begin);
        return !found.empty() || fail(fmt::format("the number of the {}", what));
    }
    bool white() {
        const std::size_t begin = at_;
        skip_white();
        return at_ != begin || fail("a space and 'VERSION'");
    }
    bool end() { return at_ == line_.size() || fail("the end of the line"); }
    void skip_white() { at_ = std::min(line_.find_first_not_of(line_blanks, at_), line_.size()); }

    [[nodiscard]] std::size_t at() const { return at_; }
    [[nodiscard]] const std::string& expected() const { return expected_; }

private:
    bool fail(std::string expected) {
        expected_ = std::move(expected);
        return false;
    }

    std::string_view line_;
    std::size_t at_ = 0;
    std::string expected_;
};

struct Found {
    std::string_view group;
    std::string_view version;
};

bool read_line(LineReader& reader, Found& found) {
    reader.skip_white();
    return reader.word("GROUP") && reader.digits("group", found.group) && reader.white() &&
           reader.word("VERSION") && reader.digits("version", found.version) && reader.end();
}

bool is_line(std::string_view line) {
    LineReader reader(line);
    Found found;
    return read_line(reader, found);
}

}  // namespace

VersionList read_version_list(const SourceSet& sources, FileId file, Report& report) {
    VersionList list;
    list.file = file;
    const std::string_view text = sources.text(file);
    if (text.find_first_not_of(white_space) == std::string_view::npos) {
        report.add(rule::file_empty, {.span = {.file = file}}, "the list is empty");
        return list;
    }
    const auto span_of = [&](std::string_view part) {
        const auto begin = static_cast<std::uint32_t>(part.data() - text.data());
        return Span{.file = file, .begin = begin, .end = begin + static_cast<std::uint32_t>(part.size())};
    };
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find_first_of("\r\n", at), text.size());
        const std::string_view raw = text.substr(at, end - at);
        at = end + 1;
        const std::string_view line = raw.substr(0, raw.find_last_not_of(line_blanks) + 1);
        if (line.empty()) continue;
        LineReader reader(line);
        Found found;
        if (!read_line(reader, found)) {
            Span wrong = span_of(line.substr(reader.at()));
            Diagnostic& diagnostic = report.add(
                rule::ver_syntax, {.span = wrong},
                fmt::format("the line does not have the form `GROUP<n> VERSION<n>`: {} is expected here",
                            reader.expected()));
            if (std::string mended = to_upper(line); is_line(mended)) {
                diagnostic.help = "write the keywords in capital letters";
                diagnostic.fix = Fix{.span = span_of(line), .replacement = std::move(mended)};
            }
            list.complete = false;
            continue;
        }
        Span group = span_of(found.group);
        if (const auto fault = check(types::group, found.group)) {
            report.add(rule::value_range, {.span = group, .path = fmt::format("GROUP{}", found.group)},
                       fmt::format("the group is {}; expected {}", found.group, fault->expected));
            continue;
        }
        // The group is listed all the same.
        if (const auto fault = check(types::group_version, found.version)) {
            report.add(rule::value_range,
                       {.span = span_of(found.version), .path = fmt::format("GROUP{}", found.group)},
                       fmt::format("the version is {}; expected {}", found.version, fault->expected));
        }
        group.begin -= 5;
        list.lines.push_back({.group = found.group,
                              .version = found.version,
                              .group_span = group,
                              .group_digits = span_of(found.group),
                              .version_digits = span_of(found.version)});
    }
    return list;
}

bool same_version(std::string_view a, std::string_view b) {
    const auto without_zeros = [](std::string_view digits) {
        return digits.substr(std::min(digits.find_first_not_of('0'), digits.size()));
    };
    if (a == b) return true;
    const bool numbers = !a.empty() && !b.empty() && all_digits(a) && all_digits(b);
    return numbers && without_zeros(a) == without_zeros(b);
}

std::string write_version_list(const std::vector<std::pair<std::string, std::string>>& groups) {
    std::string out;
    for (const auto& [group, version] : groups) out += fmt::format("GROUP{} VERSION{}\n", group, version);
    return out;
}

namespace {

// The length of a release name at the beginning of `text` ("PCS20Ba", "PCS19__"); 0 where none stands there,
// then `wrong` is the offset of what does not fit.
std::size_t release_length(std::string_view text, std::size_t& wrong) {
    const auto fail = [&](std::size_t at) {
        wrong = at;
        return std::size_t{0};
    };
    std::size_t at = 0;
    while (at < 3) {
        if (at == text.size() || !is_capital(text[at])) return fail(at);
        ++at;
    }
    const std::size_t digits = at;
    while (at < text.size() && is_digit(text[at])) ++at;
    if (at == digits) return fail(at);
    const std::size_t places = at;
    while (at < text.size() && at < places + 2 && (is_letter(text[at]) || text[at] == '_')) ++at;
    return at;
}

}  // namespace

std::optional<FirmwareVersion> parse_firmware_version(std::string_view text, std::size_t* wrong) {
    const auto fail = [&](std::size_t at) -> std::optional<FirmwareVersion> {
        if (wrong != nullptr) *wrong = at;
        return {};
    };
    const std::size_t begin = std::min(text.find_first_not_of(white_space), text.size());
    const std::string_view body = text.substr(0, text.find_last_not_of(white_space) + 1);
    if (begin >= body.size()) return fail(0);
    std::size_t bad = 0;
    const std::size_t length = release_length(body.substr(begin), bad);
    if (length == 0) return fail(begin + bad);
    std::size_t at = begin + length;
    const auto skip_blanks = [&] { at = std::min(body.find_first_not_of(line_blanks, at), body.size()); };
    skip_blanks();
    if (at < body.size() && body[at] == '/') {
        ++at;
        skip_blanks();
    }
    const std::size_t build = at;
    while (at < body.size() && is_digit(body[at])) ++at;
    if (at == build || at != body.size()) return fail(at);
    return FirmwareVersion{.release = std::string(body.substr(begin, length)),
                           .build = std::string(body.substr(build))};
}

bool is_release(std::string_view text) {
    std::size_t wrong = 0;
    return !text.empty() && release_length(text, wrong) == text.size();
}

std::optional<int> compare_releases(std::string_view a, std::string_view b) {
    struct Parts {
        std::string_view family;
        std::string_view number;
        std::string_view places;
    };
    const auto split = [](std::string_view text) -> std::optional<Parts> {
        if (!is_release(text)) return {};
        const std::size_t places = std::min(text.find_first_not_of("0123456789", 3), text.size());
        std::string_view number = text.substr(3, places - 3);
        while (number.size() > 1 && number.front() == '0') number.remove_prefix(1);
        return Parts{.family = text.substr(0, 3), .number = number, .places = text.substr(places)};
    };
    const std::optional<Parts> left = split(a);
    const std::optional<Parts> right = split(b);
    if (!left || !right || left->family != right->family) return {};
    const auto sign = [](auto order) { return order < 0 ? -1 : static_cast<int>(order > 0); };
    if (left->number.size() != right->number.size())
        return left->number.size() < right->number.size() ? -1 : 1;
    if (const int order = left->number.compare(right->number); order != 0) return sign(order);
    for (std::size_t i = 0; i < 2; ++i) {
        const auto place = [&](std::string_view places) {
            const char c = i < places.size() ? places[i] : '_';
            return c == '_' ? 0 : static_cast<int>(c);
        };
        if (const int order = place(left->places) - place(right->places); order != 0) return sign(order);
    }
    return 0;
}

}  // namespace dectprov
