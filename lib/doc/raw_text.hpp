// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace dectprov {

// Takes the text between two tags of well-formed XML apart: what stands there and what it means, piece by
// piece. Comments and processing instructions mean nothing and are passed over. Of other text it makes
// something, and never looks beyond it.
class RawText {
public:
    struct Piece {
        std::size_t begin;  // bytes of the raw text
        std::size_t end;
        std::string_view text;  // what they mean; good until the next call
        bool whole;             // stands for something else (a reference, CR): cannot be taken apart
    };

    explicit RawText(std::string_view raw) : raw_(raw) {}

    // The next piece that means something; false at the end.
    bool next(Piece& piece);

    // Whether `text` is a reference to a character that XML has, from its '&' to its ';'.
    static bool is_reference(std::string_view text);

private:
    bool skip_markup();
    bool reference(Piece& piece);

    std::string_view raw_;
    std::size_t at_ = 0;
    bool in_cdata_ = false;
    std::array<char, 4> decoded_{};
};

// References resolved, CDATA unwrapped, comments left out, line ends as LF.
std::string decode_raw(std::string_view raw);

// Where the raw text ends that begins at `begin`: at the next `<` that opens a tag. CDATA sections, comments
// and processing instructions belong to it.
std::size_t raw_end(std::string_view text, std::size_t begin);

// Where the comments of a whole file begin, but for those that suppress something (Directive).
std::vector<std::size_t> plain_comments(std::string_view text);

}  // namespace dectprov
