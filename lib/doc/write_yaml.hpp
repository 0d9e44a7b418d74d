// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dectprov {

// A YAML document to be written. Scalars are texts: every reader of YAML, of 1.1 or 1.2, gets back the text
// that was put in, since whatever one of them would retype or cut stands in double quotes.
struct YamlValue {
    enum class Kind : unsigned char {
        text,      // `text`, in quotes where it needs them
        typed,     // `text` as it stands: true, false or a whole number, where that is what is meant; empty
                   // for no value at all
        mapping,   // `keys` and `items` side by side
        sequence,  // `items`
        rows,      // a sequence of which `text` holds the items, a line each and already written
    };

    Kind kind = Kind::text;
    std::string text = {};
    std::vector<std::string> keys = {};
    std::vector<YamlValue> items = {};

    static YamlValue scalar(std::string text) { return {.kind = Kind::text, .text = std::move(text)}; }
    static YamlValue mapping() { return {.kind = Kind::mapping}; }
    static YamlValue sequence() { return {.kind = Kind::sequence}; }

    void add(std::string key, YamlValue value) {
        keys.push_back(std::move(key));
        items.push_back(std::move(value));
    }
    [[nodiscard]] const YamlValue* find(std::string_view key) const;

    friend bool operator==(const YamlValue&, const YamlValue&) = default;
};

// A scalar that stands anywhere in a document, also as a key.
std::string yaml_scalar(std::string_view text);

// A block that starts at the beginning of a line: mappings and sequences a line a member, `indent` blanks in
// front. Sequences of scalars and what is empty stand on one line.
std::string write_yaml(const YamlValue& value, std::size_t indent = 0);

// On one line, in braces and brackets.
std::string write_yaml_line(const YamlValue& value);

}  // namespace dectprov
