// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "diag/diagnostic.hpp"
#include "source/source_set.hpp"
#include "source/span.hpp"
#include "source/visits.hpp"

namespace dectprov {

// A YAML document as a flat array in document order. A mapping's children are its values, each with its
// key; nothing is converted: a scalar is the text that was typed. Texts are views into the source, or of what
// the sources keep where they stand there otherwise (escaped, folded). Only yaml.cpp knows yaml-cpp.
class Yaml {
public:
    enum class Type : std::uint8_t { null, scalar, sequence, mapping };  // null: nothing was typed ("a:")
    struct Node {
        Type type;
        bool quoted = false;      // a scalar in quotes, a block or tagged: never ambiguous
        std::uint32_t after = 0;  // one past the subtree
        Span key = {};            // of a mapping's value: its key, without quotes
        std::string_view key_text = {};
        Span span = {};              // scalar: its text without quotes; collection: its first character
        std::string_view text = {};  // of a scalar
        Span anchor = {};  // where it stands when it came by an alias (then `span` and `key` are the alias)
        bool aliased = false;
        bool merges = false;  // a mapping with a merge key: it holds less than was meant
        bool tagged = false;  // what it is depends on a tag that is not read
        bool cut = false;     // a plain scalar, behind which a comment begins without a blank ("Ward #3")
    };

    [[nodiscard]] bool empty() const { return nodes.empty(); }
    const Node& operator[](std::uint32_t index) const {
        count_visit();
        return nodes[index];
    }
    // The children: for (i = index + 1; i != nodes[index].after; i = nodes[i].after).
    // The value of a mapping's key, 0 where there is none (0 is the root, never a value).
    [[nodiscard]] std::uint32_t find(std::uint32_t mapping, std::string_view key) const;

    std::vector<Node> nodes;
};

// `# dectprov-disable-line …` and its like: the text from "dectprov-" to the end of the line.
struct YamlComment {
    Span span;
    std::string text;
};

struct YamlProblem {
    Span span;
    std::string message;  // lower case, no full stop
    std::string help = {};
    std::optional<Note> related = {};
    // What cannot be read as YAML; a matter of keys (repeated, `<<`, no blank behind the ':'); a tag. Only
    // the first leaves nothing to be read.
    enum class Kind : std::uint8_t { syntax, key, tag };
    Kind kind = Kind::syntax;
};

struct YamlDocument {
    Yaml yaml;  // empty where nothing could be read
    std::vector<YamlProblem> problems;
    std::vector<YamlComment> comments;
};

// The first document of a source. Repeated keys (both places), `<<` merge keys (help: `extends`), alias
// loops and unknown aliases, nesting past `yaml_max_depth`, too many nodes, a second document, tags, keys
// without a blank behind their ':' (which are read as they are meant): problems. What is repeated, a merge
// key, or has a key that is no scalar, is left out. Never throws for what a file says.
YamlDocument read_yaml(SourceSet& sources, FileId file);

inline constexpr std::uint32_t yaml_max_depth = 64;
inline constexpr std::uint32_t yaml_max_nodes = 10'000'000;
// Of these, those that aliases add, and their bytes of text: a few lines of aliases to aliases must not fill
// the memory.
inline constexpr std::uint32_t yaml_max_alias_nodes = 1'000'000;
inline constexpr std::size_t yaml_max_alias_bytes = std::size_t{64} << 20U;

// How a YAML 1.1 reader would take an unquoted scalar, where that is not the text: "the number 83", "the
// boolean false". Nothing for texts that mean themselves.
std::optional<std::string> yaml_1_1_reading(std::string_view scalar);

// The source bytes of `length` bytes of a scalar's text from `offset`.
Span scalar_span(const SourceSet& sources, const Yaml::Node& scalar, std::size_t offset, std::size_t length);

// The first key at the top of a document ("dectprov"), found without reading the rest; "" where none.
std::string_view first_key(std::string_view text);

}  // namespace dectprov
