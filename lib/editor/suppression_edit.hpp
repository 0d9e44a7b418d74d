// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "editor/spot.hpp"
#include "editor/xml_outline.hpp"
#include "editor/yaml_walk.hpp"

namespace dectprov {

// What suppresses the findings of a rule on a line: bytes [begin, end) of the text are to be `with`.
struct SuppressionEdit {
    std::size_t begin;
    std::size_t end;
    std::string with;
};

// Finds where a suppression may stand. The text is read once, when it is first asked for.
class SuppressionPlaces {
public:
    // `document` must outlive this.
    explicit SuppressionPlaces(const Document& document);

    // Nothing where no comment may stand.
    [[nodiscard]] std::optional<SuppressionEdit> edit(std::size_t line, std::string_view rule);

private:
    std::optional<SuppressionEdit> in_xml(std::size_t line, std::string_view rule);
    std::optional<SuppressionEdit> in_description(std::size_t line, std::string_view rule);
    [[nodiscard]] bool is_in_scalar(std::size_t offset) const;

    const LineText& text_;
    std::string path_;
    TextKind kind_;
    std::optional<XmlOutline> xml_;
    std::optional<ReadYaml> yaml_;
};

}  // namespace dectprov
