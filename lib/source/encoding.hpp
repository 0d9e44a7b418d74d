// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace dectprov {

// What became of a file's bytes. `text` is always valid UTF-8 without a byte order mark: what could not be
// decoded stands there as U+FFFD, and `bad` holds the offset in `text` of the first one.
struct Decoded {
    std::string text;
    std::optional<std::uint32_t> bad = {};
    std::string encoding = "UTF-8";  // what the bytes were in, in the spelling of the file
    std::string problem = {};        // why, when `bad` is set ("bytes that are not UTF-8")
    bool byte_order_mark = false;
    bool utf8 =
        true;  // the bytes are the text (but for a byte order mark): offsets can be used to edit the file
};

// By the byte order mark, else by what the XML declaration says, else UTF-8 (XML 1.0, appendix F). UTF-8,
// UTF-16, ISO-8859-1 and what else iconv knows. Bytes that are UTF-8 already are moved, not copied.
Decoded decode_xml(std::string bytes);

// Of YAML, CSV and version lists: UTF-8, or UTF-16 by its byte order mark.
Decoded decode_text(std::string bytes);
// The same of bytes in another encoding by iconv's name for it, where no byte order mark says otherwise.
Decoded decode_text(std::string bytes, const std::string& encoding);

}  // namespace dectprov
