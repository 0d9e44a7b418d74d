// SPDX-License-Identifier: MIT
#include "load/keys.hpp"

#include <fmt/format.h>

namespace dectprov {

bool fits(Shape shape, Yaml::Type type) {
    switch (type) {
        case Yaml::Type::null:
            return true;
        case Yaml::Type::scalar:
            return shape == Shape::text;
        case Yaml::Type::sequence:
            return shape == Shape::list;
        case Yaml::Type::mapping:
            return shape == Shape::mapping;
    }
    return true;
}

std::string shape_message(const Key& key) {
    if (!key.otherwise.empty()) return std::string(key.otherwise);
    switch (key.shape) {
        case Shape::text:
            return fmt::format("'{}' must be a text", key.name);
        case Shape::list:
            return fmt::format("'{}' must be a list", key.name);
        case Shape::mapping:
            return fmt::format("'{}' must be a mapping", key.name);
    }
    return {};
}

}  // namespace dectprov
