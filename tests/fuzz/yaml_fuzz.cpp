// SPDX-License-Identifier: MIT
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "doc/yaml.hpp"
#include "source/encoding.hpp"

using namespace dectprov;

namespace {

void require(bool claim) {
    if (!claim) std::abort();
}

bool is_within(const SourceSet& sources, Span span) {
    return span.begin <= span.end && span.end <= sources.text(span.file).size();
}

}  // namespace

// Whatever the bytes are, spans stay within the text, and a subtree within its parent.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    SourceSet sources;
    const Decoded decoded = decode_text(std::string(reinterpret_cast<const char*>(data), size));
    const FileId file = sources.add("f.yaml", decoded.text);
    const YamlDocument document = read_yaml(sources, file);
    const Yaml& yaml = document.yaml;
    for (std::uint32_t i = 0; i != yaml.nodes.size(); ++i) {
        const Yaml::Node& node = yaml[i];
        require(node.after > i && node.after <= yaml.nodes.size());
        require(is_within(sources, node.span) && is_within(sources, node.key) &&
                is_within(sources, node.anchor));
        std::uint32_t child = i + 1;
        while (child < node.after) child = yaml[child].after;
        require(child == node.after);
        if (node.type != Yaml::Type::scalar) continue;
        yaml_1_1_reading(node.text);
        for (std::size_t offset = 0; offset <= node.text.size() && offset < 16; ++offset)
            require(is_within(sources, scalar_span(sources, node, offset, 1)));
    }
    for (const YamlProblem& problem : document.problems) {
        require(is_within(sources, problem.span));
        require(sources.position(problem.span.file, problem.span.begin).line >= 1);
    }
    for (const YamlComment& comment : document.comments) require(sources.text(comment.span) == comment.text);
    first_key(decoded.text);
    return 0;
}
