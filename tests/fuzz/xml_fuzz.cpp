// SPDX-License-Identifier: MIT
// Any bytes as a provisioning file: whatever they are, every place lies in the text, every view in its
// memory, and what was read can be written and read again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "catalog/catalog.hpp"
#include "doc/mask.hpp"
#include "doc/read_xml.hpp"
#include "doc/write_xml.hpp"
#include "load/known_keys.hpp"
#include "source/encoding.hpp"

using namespace dectprov;

namespace {

void require(bool claim) {
    if (!claim) std::abort();
}

void check_span(const SourceSet& sources, Span span) {
    require(span.begin <= span.end && span.end <= sources.text(span.file).size());
    const Position begin = sources.position(span.file, span.begin);
    require(begin <= sources.position(span.file, span.end) && begin.line >= 1 && begin.column >= 1);
}

void check_node(const Tree& tree, NodeIndex node) {
    const SourceSet& sources = tree.sources();
    const std::string_view text = tree.text(node);
    const std::string_view value = tree.value(node);
    require(value.empty() || text.find(value) != std::string_view::npos);
    check_span(sources, tree.name_span(node));
    check_span(sources, tree.value_span(node));
    check_span(sources, tree.marked(node));
    require(!tree.name(node).empty());
    require(tree.after(node) > node && tree.after(node) <= tree.size());
    for (std::size_t i = 0; i <= text.size() && i < 100; ++i) {
        check_span(sources, tree.text_span(node, i, i == text.size() ? 0 : 1));
    }
    require(node == 0 || !tree.path(node).empty());
    require(node == 0 || !tree.identity(node).empty());
}

void check_tree(const Tree& tree) {
    require(!tree.empty());
    for (NodeIndex node = 0; node < tree.size(); ++node) check_node(tree, node);
    for (const Tree::Attribute& attribute : tree.attributes()) {
        check_span(tree.sources(), attribute.name);
        check_span(tree.sources(), attribute.value);
        require(tree.sources().text(attribute.name) == attribute.name_text);
    }
    for (const Tree::Stray& stray : tree.strays()) {
        check_span(tree.sources(), stray.span);
        require(stray.span.begin < stray.span.end && tree.has_children(stray.parent));
    }

    SourceSet again;
    Report report;
    const FileId file = again.add("again.xml", write_xml(tree));
    const XmlDocument document = read_xml(again, file, tree.catalog(), tree.entry(0), report);
    require(document.state == Reading::good && document.tree.size() == tree.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const Decoded decoded = decode_xml(std::string(reinterpret_cast<const char*>(data), size));
    require(!decoded.bad || *decoded.bad <= decoded.text.size());

    SourceSet sources;
    Report report;
    const FileId file = sources.add("x.xml", decoded.text);
    const Catalog& catalog = Catalog::builtin();
    for (const char* const root : {"users", ""}) {
        const XmlDocument document = read_xml(sources, file, catalog, catalog.find(root), report);
        require((document.state == Reading::good) == !document.tree.empty());
        if (document.state == Reading::good) check_tree(document.tree);
        for (const Directive& directive : document.directives) check_span(sources, directive.span);
    }
    require(!report.all().empty() || !root_name(decoded.text).empty());

    for (const Syntax syntax : {Syntax::xml, Syntax::yaml, Syntax::csv, Syntax::plain}) {
        const std::vector<Span> masked =
            secrets(sources, file, syntax, {.keys = names_of_description_keys()});
        for (const Span& span : masked) check_span(sources, span);
        for (const Diagnostic& fault : report.all()) {
            check_span(sources, fault.place.span);
            if (&fault - report.all().data() > 10) continue;
            const Quote shown = quote(sources, fault.place.span, masked);
            require(shown.caret_begin <= shown.caret_end && shown.caret_end <= shown.text.size());
            for (const Note& note : fault.related) check_span(sources, note.span);
        }
    }
    return 0;
}
