// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <deque>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "source/partial_text.hpp"
#include "source/span.hpp"

namespace dectprov {

// How many bytes the first character of a text in UTF-8 has; 0 of an empty text.
std::size_t first_character(std::string_view text);

// The texts that one unit of work reads, and the way from a byte to its line and column. Everything that
// points into a text (trees, spans, views) is good for as long as the set lives. One thread at a time.
class SourceSet {
public:
    SourceSet() = default;
    // Trees, spans and views look into it, so it stays where it is.
    SourceSet(const SourceSet&) = delete;
    SourceSet& operator=(const SourceSet&) = delete;
    SourceSet(SourceSet&&) = delete;
    SourceSet& operator=(SourceSet&&) = delete;
    ~SourceSet() = default;

    // `name` is the path as it is shown; `text` is UTF-8 without a byte order mark (see decode()).
    FileId add(std::string name, std::string text);
    // The same of a text that is not copied: `owner` keeps it.
    FileId add(std::string name, std::string_view text, std::shared_ptr<const void> owner);
    // The same of a text of which the parts are read that somebody asks for.
    FileId add_large(std::string name, const std::shared_ptr<const LargeFile>& file);
    // Keeps what is in no source as it is (unescaped, put together) for as long as the sources.
    std::string_view keep(std::string text) { return kept_.emplace_back(std::move(text)); }
    // A text that no message may quote, although no tree tells that it is a secret. It must outlive this.
    void keep_secret(std::string_view text);
    [[nodiscard]] bool is_secret(std::string_view text) const { return secrets_.contains(text); }
    [[nodiscard]] bool has_secrets() const { return !secrets_.empty(); }
    // How long the longest such text is with which `text` begins; 0 where there is none. Looks at as many of
    // them as have parts in common, not at all.
    [[nodiscard]] std::size_t secret_at_begin(std::string_view text) const;
    // Whether such a text begins with `text`.
    [[nodiscard]] bool begins_secret(std::string_view text) const;
    // A text in a file that no output may show, although nothing around it tells that.
    void hide(Span secret) { at(secret.file).hidden.emplace(secret.begin, secret.end); }
    // Their first and last offsets.
    [[nodiscard]] const std::set<std::pair<std::uint32_t, std::uint32_t>>& hidden(FileId file) const {
        return at(file).hidden;
    }
    // How the cells of a table's column may be shown, the strictest last.
    enum class Cells : unsigned char { shown, secret, unknown };
    // What is known of the columns of a table, where its headings alone do not tell. Whoever says less of a
    // column is right.
    void describe_columns(FileId file, const std::vector<Cells>& columns);
    // Empty where nothing is known.
    [[nodiscard]] const std::vector<Cells>& columns(FileId file) const { return at(file).columns; }
    // The encoding that a table is said to be in; empty where its bytes tell it.
    void set_encoding(FileId file, std::string encoding);
    [[nodiscard]] const std::string& encoding(FileId file) const { return at(file).encoding; }
    // Keeps what trees over these sources look at.
    void keep(std::shared_ptr<const void> owner) { owners_.push_back(std::move(owner)); }

    [[nodiscard]] std::size_t size() const { return sources_.size(); }
    [[nodiscard]] const std::string& name(FileId file) const { return at(file).name; }
    [[nodiscard]] std::string_view text(FileId file) const { return loaded(at(file)).text; }
    // Tells, for as long as the process lives, whether another text is this one.
    static std::size_t hash_of(std::string_view text);
    [[nodiscard]] std::size_t hash(FileId file) const;
    [[nodiscard]] std::string_view text(Span span) const {
        const Source& source = at(span.file);
        if (source.parts) source.parts->load(span.begin, span.end);
        return source.text.substr(span.begin, span.end - span.begin);
    }
    // For who reads a text from one end to the other: where it stands, whether it was read from the disk or
    // not, and its parts; null where all of it stands there.
    [[nodiscard]] std::string_view unread(FileId file) const { return at(file).text; }
    [[nodiscard]] const PartialText* parts(FileId file) const { return at(file).parts.get(); }

    // CR, LF and CRLF end a line. An offset behind the end counts as the end. The table of lines is made at
    // the first question, so a source without findings costs nothing.
    [[nodiscard]] Position position(FileId file, std::uint32_t offset) const;

    // The first character of a place, as far as that holds one.
    [[nodiscard]] Span first_character(Span place) const;

    // The line that holds `offset`, without its line end; as a span.
    [[nodiscard]] Span line(FileId file, std::uint32_t offset) const;

private:
    struct Source {
        std::string name;
        std::string own = {};
        std::string_view text = {};
        std::shared_ptr<const void> owner = {};
        std::unique_ptr<PartialText> parts = {};
        std::vector<Cells> columns = {};
        std::set<std::pair<std::uint32_t, std::uint32_t>> hidden = {};
        std::string encoding = {};
        mutable std::vector<std::uint32_t> line_starts = {};
        // The code points before every block of the text, so that a file in one line costs no more than
        // any other.
        mutable std::vector<std::uint32_t> characters = {};
        mutable std::optional<std::size_t> hash = {};
    };

    static const Source& loaded(const Source& source) {
        if (source.parts) source.parts->load(0, source.text.size());
        return source;
    }
    static void check_size(std::string_view name, std::string_view text);
    [[nodiscard]] const Source& at(FileId file) const { return sources_[static_cast<std::size_t>(file)]; }
    [[nodiscard]] Source& at(FileId file) { return sources_[static_cast<std::size_t>(file)]; }
    static std::size_t line_index(const Source& source, std::uint32_t offset);
    static std::uint32_t characters_before(const Source& source, std::uint32_t offset);

    std::deque<Source> sources_;
    std::deque<std::string> kept_;
    std::set<std::string_view> secrets_;
    std::vector<std::shared_ptr<const void>> owners_;
};

}  // namespace dectprov
