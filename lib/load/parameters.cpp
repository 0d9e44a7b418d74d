// SPDX-License-Identifier: MIT
#include "load/parameters.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "catalog/value_kinds.hpp"
#include "doc/yaml.hpp"
#include "load/file_faults.hpp"
#include "load/yaml_keys.hpp"
#include "source/encoding.hpp"
#include "source/failure.hpp"

namespace dectprov {
namespace {

constexpr std::string_view section_key = "parameters";

class ParameterReader {
public:
    ParameterReader(const std::string& path, Decoded decoded, Catalog& catalog)
        : catalog_(catalog), faults_(sources_, path) {
        file_ = sources_.add(path, std::move(decoded.text));
        yaml_ = read_set_up_file(sources_, file_, decoded, faults_);
    }

    void read() {
        if (!yaml_.empty() && yaml_[0].type != Yaml::Type::null) add_all(list_at_top());
        faults_.throw_if_any();
    }

private:
    // The list of the rows is the file, or what its one key holds.
    std::uint32_t list_at_top() {
        if (yaml_[0].type != Yaml::Type::mapping) return 0;
        const std::uint32_t list = yaml_.find(0, section_key);
        // The keys of what was made for something else are not for a log.
        if (list == 0 && !children(yaml_, 0).empty()) {
            faults_.add({.file = file_},
                        fmt::format("this is not a file of parameters: it has no key '{}'", section_key));
            return 0;
        }
        only_keys(0, std::to_array<std::string_view>({section_key}));
        return list;
    }
    void add_all(std::uint32_t list) {
        const bool nothing = yaml_[list].type == Yaml::Type::null;
        if (nothing || (list == 0 && yaml_[0].type == Yaml::Type::mapping)) return;
        for (const std::uint32_t item : list_of(list, section_key)) add(item);
    }

    void only_keys(std::uint32_t mapping, std::span<const std::string_view> known) {
        for (const std::uint32_t child : children(yaml_, mapping)) {
            if (std::ranges::find(known, yaml_[child].key_text) == known.end())
                faults_.add_unknown(yaml_[child].key, "key", yaml_[child].key_text, known);
        }
    }
    std::vector<std::uint32_t> list_of(std::uint32_t node, std::string_view what) {
        if (yaml_[node].type == Yaml::Type::sequence) return children(yaml_, node);
        faults_.add(place_of(yaml_[node]), fmt::format("'{}' must be a list", what));
        return {};
    }
    std::optional<std::string> text(std::uint32_t node, std::string_view what) {
        if (yaml_[node].type == Yaml::Type::scalar) return std::string(yaml_[node].text);
        faults_.add(place_of(yaml_[node]), fmt::format("'{}' must be a text", what));
        return std::nullopt;
    }
    template <class Number>
    std::optional<Number> number(std::uint32_t node, std::string_view what) {
        const std::optional<std::string> digits = text(node, what);
        if (!digits) return std::nullopt;
        Number value{};
        const char* const end = digits->data() + digits->size();
        const auto [stop, error] = std::from_chars(digits->data(), end, value);
        if (error == std::errc() && stop == end) return value;
        faults_.add(yaml_[node].span, fmt::format("'{}' is '{}'; expected a whole number", what, *digits));
        return std::nullopt;
    }

    void add(std::uint32_t item) {
        Addition addition;
        Span where = place_of(yaml_[item]);
        switch (yaml_[item].type) {
            case Yaml::Type::scalar:
                addition.path = yaml_[item].text;
                break;
            case Yaml::Type::mapping:
                if (!row(item, addition, where)) return;
                break;
            case Yaml::Type::null:
            case Yaml::Type::sequence:
                faults_.add(where, "a parameter must be a path or a mapping with 'path'");
                return;
        }
        const std::string wrong = catalog_.add(addition);
        if (!wrong.empty()) faults_.add(where, fmt::format("'{}' {}", addition.path, wrong));
    }

    // False where it has no path; `where` is then where that stands.
    bool row(std::uint32_t item, Addition& to, Span& where) {
        struct Key {
            std::string_view name;
            void (ParameterReader::*read)(std::uint32_t, Addition&);
        };
        constexpr auto keys = std::to_array<Key>({{"path", &ParameterReader::path},
                                                  {"type", &ParameterReader::type},
                                                  {"choices", &ParameterReader::choices},
                                                  {"range", &ParameterReader::range},
                                                  {"longest", &ParameterReader::longest},
                                                  {"models", &ParameterReader::models_of},
                                                  {"secret", &ParameterReader::secret},
                                                  {"summary", &ParameterReader::summary},
                                                  {"origin", &ParameterReader::origin}});
        std::array<std::string_view, keys.size()> names;
        std::ranges::transform(keys, names.begin(), &Key::name);
        only_keys(item, names);
        for (const Key& key : keys) {
            const std::uint32_t value = yaml_.find(item, key.name);
            if (value != 0 && yaml_[value].type != Yaml::Type::null) (this->*key.read)(value, to);
        }
        if (to.path.empty()) {
            faults_.add(yaml_[item].span, "a parameter has no 'path'");
            return false;
        }
        const std::uint32_t limits = yaml_.find(item, "range");
        if (limits != 0 && to.kind != Kind::integer)
            faults_.add(yaml_[limits].key, "'range' is only for type integer");
        const std::uint32_t list = yaml_.find(item, "choices");
        if (list != 0 && to.kind != Kind::choice)
            faults_.add(yaml_[list].key, "'choices' is only for type choice");
        where = yaml_[yaml_.find(item, "path")].span;
        return true;
    }

    void path(std::uint32_t value, Addition& to) { to.path = text(value, "path").value_or(""); }
    void type(std::uint32_t value, Addition& to) {
        const std::optional<std::string> name = text(value, "type");
        if (!name) return;
        if (const std::optional<Kind> kind = find_kind(*name)) {
            to.kind = *kind;
        } else {
            faults_.add_unknown(yaml_[value].span, "type", *name, kind_tokens());
        }
    }
    void choices(std::uint32_t value, Addition& to) {
        for (const std::uint32_t item : list_of(value, "choices"))
            to.choices.push_back(text(item, "choices").value_or(""));
        if (yaml_[value].type == Yaml::Type::sequence && to.choices.empty())
            faults_.add(yaml_[value].span, "'choices' is empty");
    }
    void range(std::uint32_t value, Addition& to) {
        const std::vector<std::uint32_t> ends = list_of(value, "range");
        if (yaml_[value].type != Yaml::Type::sequence) return;
        if (ends.size() != 2) {
            faults_.add(yaml_[value].span, "'range' must be two numbers");
            return;
        }
        to.lowest = number<std::int64_t>(ends[0], "range").value_or(to.lowest);
        to.highest = number<std::int64_t>(ends[1], "range").value_or(to.highest);
        if (to.lowest > to.highest)
            faults_.add(yaml_[value].span, "the second number of 'range' is lower than the first");
    }
    void longest(std::uint32_t value, Addition& to) {
        to.longest = number<std::uint32_t>(value, "longest").value_or(0);
    }
    void models_of(std::uint32_t value, Addition& to) {
        ModelSet set;
        for (const std::uint32_t item : list_of(value, "models")) {
            const std::optional<std::string> name = text(item, "models");
            if (!name) continue;
            if (const std::optional<Model> model = find_model(*name)) {
                set = set | *model;
            } else {
                faults_.add_unknown(yaml_[item].span, "model", *name, model_tokens());
            }
        }
        if (yaml_[value].type == Yaml::Type::sequence && children(yaml_, value).empty())
            faults_.add(yaml_[value].span, "'models' is empty");
        to.models = set;
    }
    void secret(std::uint32_t value, Addition& to) {
        const std::optional<std::string> word = text(value, "secret");
        if (word && word != "true" && word != "false")
            faults_.add(yaml_[value].span, fmt::format("'secret' is '{}'; expected true or false", *word));
        if (word == "true") to.traits = to.traits | Trait::secret;
    }
    void summary(std::uint32_t value, Addition& to) { to.summary = text(value, "summary").value_or(""); }
    void origin(std::uint32_t value, Addition& to) { to.origin = text(value, "origin").value_or(""); }

    Catalog& catalog_;
    SourceSet sources_;
    FileFaults faults_;
    FileId file_{};
    Yaml yaml_;
};

}  // namespace

void read_parameters(const Files& files, const std::string& path, Catalog& catalog) {
    ParameterReader(path, decode_text(files.read(path)), catalog).read();
}

bool is_parameter_path(std::string_view item) {
    return item.find('/') == std::string_view::npos && !item.ends_with(".yaml") && !item.ends_with(".yml");
}

}  // namespace dectprov
