// SPDX-License-Identifier: MIT
#include "diag/baseline.hpp"

#include "diag/escape.hpp"
#include "diag/tally.hpp"
#include "source/failure.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

namespace dectprov {
namespace {

constexpr std::uint64_t version = 1;

// The reader hands on no places, but it takes its input a character at a time: this one tells how far it is.
class CountingIterator {
public:
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = const char&;

    CountingIterator(const char* at, const char** reached) : at_(at), reached_(reached) {}

    reference operator*() const { return *at_; }
    CountingIterator& operator++() {
        ++at_;
        *reached_ = at_;
        return *this;
    }
    CountingIterator operator++(int) {
        const CountingIterator before = *this;
        ++*this;
        return before;
    }
    friend bool operator==(const CountingIterator& a, const CountingIterator& b) { return a.at_ == b.at_; }

private:
    const char* at_;
    const char** reached_;
};

// Positions for offsets that only rise.
class Places {
public:
    explicit Places(std::string_view text) : text_(text) {}

    Position of(std::size_t offset) {
        for (; at_ < std::min(offset, text_.size()); ++at_) {
            const auto byte = static_cast<unsigned char>(text_[at_]);
            if (byte == '\n') {
                ++place_.line;
                place_.column = 1;
            } else if ((byte & 0xc0U) != 0x80U) {
                ++place_.column;
            }
        }
        return place_;
    }

private:
    std::string_view text_;
    std::size_t at_ = 0;
    Position place_;
};

// Receives {"version": 1, "entries": [{…}, …]} as events. A method that returns false ends the reading; the
// reader's interface names the methods and their types.
class BaselineReader {
public:
    BaselineReader(std::string_view text, const char* const* reached)
        : start_(text.data()), reached_(reached), places_(text) {}

    std::vector<Baseline::Entry> entries;
    std::string problem;
    std::size_t problem_offset = 0;

    [[nodiscard]] bool is_complete() const { return has_version_ && has_entries_; }

    bool null() { return fail("a null"); }
    bool boolean(bool /*value*/) { return fail("a boolean"); }
    bool number_integer(std::int64_t /*value*/) { return fail("a number below zero"); }
    bool number_unsigned(std::uint64_t value) {
        if (depth_ == 1 && key_ == "version") {
            has_version_ = value == version;
            return has_version_ || fail(fmt::format("version {}", value));
        }
        if (depth_ == 3 && key_ == "count" && value > 0) {
            entries.back().count = static_cast<std::size_t>(value);
            return true;
        }
        return fail("a number");
    }
    bool number_float(double /*value*/, const std::string& /*text*/) { return fail("a fraction"); }
    bool string(std::string& value) {
        std::string* const field = text_field();
        if (field == nullptr) return fail("a text");
        *field = value;
        return true;
    }
    bool binary(nlohmann::json::binary_t& /*value*/) { return fail("a binary value"); }
    bool start_object(std::size_t /*size*/) {
        if (depth_ != 0 && depth_ != 2) return fail("an object");
        if (depth_ == 2)
            entries.push_back({.rule = {},
                               .file = {},
                               .identity = {},
                               .count = 1,
                               .begin = places_.of(offset() - 1),
                               .end = {}});
        ++depth_;
        return true;
    }
    bool key(std::string& name) {
        key_ = name;
        return true;
    }
    bool end_object() {
        --depth_;
        if (depth_ != 2) return true;
        entries.back().end = places_.of(offset());
        return !entries.back().rule.empty() || fail("an entry without a rule");
    }
    bool start_array(std::size_t /*size*/) {
        if (depth_ != 1 || key_ != "entries") return fail("a list");
        has_entries_ = true;
        ++depth_;
        return true;
    }
    bool end_array() {
        --depth_;
        return true;
    }
    bool parse_error(std::size_t position, const std::string& /*token*/,
                     const nlohmann::json::exception& /*error*/) {
        problem = "this is not JSON";
        problem_offset = position == 0 ? 0 : position - 1;
        return false;
    }

private:
    [[nodiscard]] std::size_t offset() const { return static_cast<std::size_t>(*reached_ - start_); }

    std::string* text_field() {
        if (depth_ != 3) return nullptr;
        Baseline::Entry& entry = entries.back();
        if (key_ == "rule") return &entry.rule;
        if (key_ == "file") return &entry.file;
        return key_ == "identity" ? &entry.identity : nullptr;
    }
    bool fail(std::string_view what) {
        problem = fmt::format("{} that does not belong in a baseline", what);
        problem_offset = offset() == 0 ? 0 : offset() - 1;
        return false;
    }

    const char* start_;
    const char* const* reached_;
    Places places_;
    std::string key_;
    int depth_ = 0;  // 1: the object, 2: its list, 3: an entry
    bool has_version_ = false;
    bool has_entries_ = false;
};

// Sorted findings of one file stand together: its name is made once.
class NameOfLast {
public:
    explicit NameOfLast(const FileNames& names) : names_(names) {}

    const std::string& operator()(const std::string& file) {
        if (!file_ || *file_ != file) {
            file_ = file;
            name_ = names_(file);
        }
        return name_;
    }

private:
    const FileNames& names_;
    std::optional<std::string> file_;
    std::string name_;
};

// Entries as they are written: file, rule and identity, and how many.
template <class Counts>
std::string text_of(const Counts& entries) {
    std::string text = fmt::format("{{\n  \"version\": {},\n  \"entries\": [", version);
    std::string_view separator = "\n    ";
    for (const auto& [key, count] : entries) {
        const auto& [file, rule, identity] = key;
        text += separator;
        text += R"({"rule": )";
        append_json(text, rule);
        text += R"(, "file": )";
        append_json(text, file);
        text += R"(, "identity": )";
        append_json(text, identity);
        text += R"(, "count": )";
        append_number(text, count);
        text += '}';
        separator = ",\n    ";
    }
    text += entries.empty() ? "]\n}\n" : "\n  ]\n}\n";
    return text;
}

}  // namespace

FileNames names_beside(const Files& files, const std::string& baseline) {
    return [&files, folder = files.absolute(folder_of(baseline))](std::string_view file) {
        return path_from(folder, files.absolute(file));
    };
}

Baseline::Baseline(std::string_view name, std::string_view text) {
    const char* reached = text.data();
    BaselineReader reader(text, &reached);
    const bool is_read =
        nlohmann::json::sax_parse(CountingIterator(text.data(), &reached),
                                  CountingIterator(text.data() + text.size(), &reached), &reader);
    if (is_read && !reader.is_complete()) reader.problem = "the version or the list of entries is missing";
    if (!reader.problem.empty()) {
        const Position place = Places(text).of(reader.problem_offset);
        throw Failure(fmt::format("{}:{}:{}: error: {}; write a baseline with --write-baseline",
                                  visible(name), place.line, place.column, reader.problem));
    }
    entries_ = std::move(reader.entries);
    for (Entry& entry : entries_) {
        if (!entry.file.empty()) entry.file = normal(entry.file);
    }
    for (std::size_t i = 0; i < entries_.size(); ++i) {
        const Entry& entry = entries_[i];
        by_key_[Key(entry.file, entry.rule, entry.identity)].push_back(i);
    }
}

std::size_t Baseline::hide(std::vector<Finding>& findings, const FileNames& names,
                           std::vector<Finding>* hidden) {
    NameOfLast name_of(names);
    return std::erase_if(findings, [&](const Finding& finding) {
        const auto found = by_key_.find(Key(name_of(finding.file), finding.rule->id, finding.identity));
        if (found == by_key_.end()) return false;
        // Two entries of one key, as a merge of two branches leaves them, add up.
        const auto free = std::ranges::find_if(
            found->second, [&](std::size_t index) { return entries_[index].used < entries_[index].count; });
        if (free == found->second.end()) return false;
        ++entries_[*free].used;
        if (hidden != nullptr) {
            hidden->push_back(finding);
            hidden->back().hidden = HiddenBy::baseline;
        }
        return true;
    });
}

void Baseline::begin_again(std::string_view file) {
    for (auto at = by_key_.lower_bound(Key(file, {}, {}));
         at != by_key_.end() && std::get<0>(at->first) == file; ++at) {
        for (const std::size_t index : at->second) entries_[index].used = 0;
    }
}

std::vector<std::string_view> Baseline::files() const {
    std::vector<std::string_view> files;
    for (const auto& [key, entries] : by_key_) {
        if (files.empty() || files.back() != std::get<0>(key)) files.push_back(std::get<0>(key));
    }
    return files;
}

std::vector<const Baseline::Entry*> Baseline::unused() const {
    std::vector<const Entry*> result;
    for (const Entry& entry : entries_) {
        if (entry.used == 0) result.push_back(&entry);
    }
    return result;
}

Finding Baseline::finding(const Entry& entry, std::string_view name, const Rule& rule, Severity severity) {
    Finding finding = {.rule = &rule,
                       .severity = severity,
                       .file = std::string(name),
                       .begin = entry.begin,
                       .end = entry.end,
                       .path = {},
                       .identity = fmt::format("{} {} {}", entry.rule, entry.file, entry.identity),
                       .server = {},
                       .message = fmt::format("{} is no longer found in {}", entry.rule, entry.file),
                       .help = "remove the entry, or write the baseline again",
                       .related = {},
                       .quote = {}};
    if (!entry.identity.empty()) finding.message += fmt::format(" at {}", entry.identity);
    return finding;
}

std::string Baseline::with(const Finding& finding, const FileNames& names) const {
    const std::string file = names(finding.file);
    std::map<Key, std::size_t> counts;
    for (const Entry& entry : entries_) counts[Key(entry.file, entry.rule, entry.identity)] += entry.count;
    ++counts[Key(file, finding.rule->id, finding.identity)];
    return text_of(counts);
}

std::string write_baseline(std::span<const Finding> findings, const FileNames& names) {
    std::map<std::tuple<std::string, std::string_view, std::string_view>, std::size_t> counts;
    NameOfLast name_of(names);
    for (const Finding& finding : findings)
        ++counts[{name_of(finding.file), finding.rule->id, finding.identity}];
    return text_of(counts);
}

}  // namespace dectprov
