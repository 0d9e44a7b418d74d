// SPDX-License-Identifier: MIT
#include "source/source_set.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "source/failure.hpp"

namespace dectprov {
namespace {

constexpr std::size_t block_size = 1024;

// Every byte but a continuation byte begins a code point.
std::uint32_t count_characters(std::string_view text) {
    std::uint32_t count = 0;
    for (const char c : text) count += (static_cast<unsigned char>(c) & 0xc0U) != 0x80U ? 1U : 0U;
    return count;
}

std::vector<std::uint32_t> find_line_starts(std::string_view text) {
    std::vector<std::uint32_t> starts{0};
    starts.reserve(1 + static_cast<std::size_t>(std::ranges::count(text, '\n')));
    if (text.find('\r') == std::string_view::npos) {
        for (std::size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1))
            starts.push_back(static_cast<std::uint32_t>(at + 1));
        return starts;
    }
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c != '\n' && c != '\r') continue;
        if (c == '\r' && i + 1 < text.size() && text[i + 1] == '\n') ++i;
        starts.push_back(static_cast<std::uint32_t>(i + 1));
    }
    return starts;
}

std::vector<std::uint32_t> count_blocks(std::string_view text) {
    std::vector<std::uint32_t> counts{0};
    counts.reserve(text.size() / block_size + 1);
    for (std::size_t begin = 0; begin + block_size <= text.size(); begin += block_size) {
        counts.push_back(counts.back() + count_characters(text.substr(begin, block_size)));
    }
    return counts;
}

}  // namespace

std::size_t first_character(std::string_view text) {
    std::size_t size = std::min<std::size_t>(text.size(), 1);
    while (size < text.size() && (static_cast<unsigned char>(text[size]) & 0xc0U) == 0x80U) ++size;
    return size;
}

void SourceSet::check_size(std::string_view name, std::string_view text) {
    if (text.size() >= std::numeric_limits<std::uint32_t>::max()) {
        throw Failure("cannot read " + std::string(name) + ": it is larger than 4 GiB");
    }
}

void SourceSet::keep_secret(std::string_view text) { secrets_.insert(text); }

std::size_t SourceSet::secret_at_begin(std::string_view text) const {
    // What begins `text` is no greater than it. Where the greatest of those is none, no longer one can be
    // than what both have in common.
    while (!text.empty()) {
        auto found = secrets_.upper_bound(text);
        if (found == secrets_.begin()) return 0;
        --found;
        if (text.starts_with(*found)) return found->size();
        const auto differs = std::ranges::mismatch(text, *found).in1;
        text = text.substr(0, static_cast<std::size_t>(differs - text.begin()));
    }
    return 0;
}

bool SourceSet::begins_secret(std::string_view text) const {
    const auto found = secrets_.lower_bound(text);
    return found != secrets_.end() && found->starts_with(text);
}

FileId SourceSet::add(std::string name, std::string text) {
    check_size(name, text);
    Source& source = sources_.emplace_back(Source{.name = std::move(name), .own = std::move(text)});
    // Where the text stays, now that it has moved.
    source.text = source.own;
    return static_cast<FileId>(sources_.size() - 1);
}

FileId SourceSet::add(std::string name, std::string_view text, std::shared_ptr<const void> owner) {
    check_size(name, text);
    sources_.push_back({.name = std::move(name), .text = text, .owner = std::move(owner)});
    return static_cast<FileId>(sources_.size() - 1);
}

FileId SourceSet::add_large(std::string name, const std::shared_ptr<const LargeFile>& file) {
    auto parts = std::make_unique<PartialText>(file);
    check_size(name, parts->whole());
    const std::string_view text = parts->whole();
    sources_.push_back({.name = std::move(name), .text = text, .parts = std::move(parts)});
    return static_cast<FileId>(sources_.size() - 1);
}

void SourceSet::set_encoding(FileId file, std::string encoding) {
    sources_[static_cast<std::size_t>(file)].encoding = std::move(encoding);
}

void SourceSet::describe_columns(FileId file, const std::vector<Cells>& columns) {
    std::vector<Cells>& known = sources_[static_cast<std::size_t>(file)].columns;
    known.resize(std::max(known.size(), columns.size()), Cells::shown);
    for (std::size_t i = 0; i != columns.size(); ++i) known[i] = std::max(known[i], columns[i]);
}

std::size_t SourceSet::hash_of(std::string_view text) { return std::hash<std::string_view>()(text); }

std::size_t SourceSet::hash(FileId file) const {
    const Source& source = loaded(at(file));
    if (!source.hash) source.hash = hash_of(source.text);
    return *source.hash;
}

std::size_t SourceSet::line_index(const Source& source, std::uint32_t offset) {
    if (source.line_starts.empty()) source.line_starts = find_line_starts(source.text);
    const auto after = std::ranges::upper_bound(source.line_starts, offset);
    return static_cast<std::size_t>(after - source.line_starts.begin()) - 1;
}

std::uint32_t SourceSet::characters_before(const Source& source, std::uint32_t offset) {
    if (source.characters.empty()) source.characters = count_blocks(source.text);
    const std::size_t block = offset / block_size;
    const std::string_view text = source.text;
    return source.characters[block] +
           count_characters(text.substr(block * block_size, offset - block * block_size));
}

Position SourceSet::position(FileId file, std::uint32_t offset) const {
    const Source& source = loaded(at(file));
    offset = std::min(offset, static_cast<std::uint32_t>(source.text.size()));
    const std::size_t index = line_index(source, offset);
    const std::uint32_t start = source.line_starts[index];
    // Between CR and LF is no place of its own: the line ends before both.
    if (offset > start && offset < source.text.size() && source.text[offset] == '\n' &&
        source.text[offset - 1] == '\r')
        --offset;
    // Most lines are shorter than the blocks whose characters are counted once.
    const std::uint32_t before =
        offset - start <= block_size
            ? count_characters(std::string_view(source.text).substr(start, offset - start))
            : characters_before(source, offset) - characters_before(source, start);
    return {.line = static_cast<std::uint32_t>(index + 1), .column = before + 1};
}

Span SourceSet::first_character(Span place) const {
    constexpr std::uint32_t longest = 4;  // bytes
    const Span begin{
        .file = place.file, .begin = place.begin, .end = std::min(place.end, place.begin + longest)};
    place.end = place.begin + static_cast<std::uint32_t>(dectprov::first_character(text(begin)));
    return place;
}

Span SourceSet::line(FileId file, std::uint32_t offset) const {
    const Source& source = loaded(at(file));
    const auto size = static_cast<std::uint32_t>(source.text.size());
    const std::size_t index = line_index(source, std::min(offset, size));
    const std::uint32_t begin = source.line_starts[index];
    std::uint32_t end = index + 1 < source.line_starts.size() ? source.line_starts[index + 1] : size;
    const bool ended = end > begin && (source.text[end - 1] == '\n' || source.text[end - 1] == '\r');
    if (ended) {
        const bool crlf = end - begin > 1 && source.text[end - 1] == '\n' && source.text[end - 2] == '\r';
        end -= crlf ? 2 : 1;
    }
    return {.file = file, .begin = begin, .end = end};
}

}  // namespace dectprov
