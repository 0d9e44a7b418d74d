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

#include "doc/yaml.hpp"
#include "load/yaml_keys.hpp"
#include "source/encoding.hpp"
#include "source/failure.hpp"

namespace dectprov {
namespace {

constexpr std::string_view section_key = "parameters";

class ParameterReader {
public:
    ParameterReader(const std::string& path, Decoded decoded, Catalog& catalog)
        : path_(path), catalog_(catalog) {
        file_ = sources_.add(path, std::move(decoded.text));
        if (decoded.bad) fail({.file = file_, .begin = *decoded.bad, .end = *decoded.bad}, decoded.problem);
    }

    void read() {
        YamlDocument document = read_yaml(sources_, file_);
        if (!document.problems.empty()) {
            const YamlProblem& first = *std::ranges::min_element(
                document.problems, {}, [](const YamlProblem& problem) { return problem.span.begin; });
            fail(first.span, first.help.empty() ? first.message : first.message + "; " + first.help);
        }
        yaml_ = std::move(document.yaml);
        if (yaml_.empty() || yaml_[0].type == Yaml::Type::null) return;
        std::uint32_t list = 0;
        if (yaml_[0].type == Yaml::Type::mapping) {
            only_keys(0, std::to_array<std::string_view>({section_key}));
            list = yaml_.find(0, section_key);
            if (list == 0 || yaml_[list].type == Yaml::Type::null) return;
        }
        for (const std::uint32_t item : list_of(list, section_key)) add(item);
    }

private:
    [[noreturn]] void fail(Span span, std::string_view message) const {
        const Position at = sources_.position(span.file, span.begin);
        throw Failure(fmt::format("{}:{}:{}: error: {}", path_, at.line, at.column, message));
    }
    [[noreturn]] void fail_unknown(Span span, std::string_view what, std::string_view typed,
                                   std::span<const std::string_view> known) const {
        const auto near = nearest(typed, known);
        fail(span, near ? fmt::format("unknown {} '{}'; did you mean '{}'?", what, typed, *near)
                        : fmt::format("unknown {} '{}'; known are {}", what, typed, fmt::join(known, ", ")));
    }
    void only_keys(std::uint32_t mapping, std::span<const std::string_view> known) const {
        for (const std::uint32_t child : children(yaml_, mapping)) {
            if (std::ranges::find(known, yaml_[child].key_text) == known.end())
                fail_unknown(yaml_[child].key, "key", yaml_[child].key_text, known);
        }
    }
    [[nodiscard]] std::vector<std::uint32_t> list_of(std::uint32_t node, std::string_view what) const {
        if (yaml_[node].type != Yaml::Type::sequence)
            fail(place_of(yaml_[node]), fmt::format("'{}' is a list", what));
        return children(yaml_, node);
    }
    [[nodiscard]] std::string text(std::uint32_t node, std::string_view what) const {
        if (yaml_[node].type != Yaml::Type::scalar)
            fail(place_of(yaml_[node]), fmt::format("'{}' is a text", what));
        return std::string(yaml_[node].text);
    }
    template <class Number>
    [[nodiscard]] Number number(std::uint32_t node, std::string_view what) const {
        const std::string digits = text(node, what);
        Number value{};
        const char* const end = digits.data() + digits.size();
        const auto [stop, error] = std::from_chars(digits.data(), end, value);
        if (error != std::errc() || stop != end)
            fail(yaml_[node].span, fmt::format("'{}' is '{}'; expected a whole number", what, digits));
        return value;
    }
    [[nodiscard]] std::vector<std::string> texts(std::uint32_t node, std::string_view what) const {
        std::vector<std::string> all;
        for (const std::uint32_t item : list_of(node, what)) all.push_back(text(item, what));
        return all;
    }

    void add(std::uint32_t item) {
        Addition addition;
        Span where = place_of(yaml_[item]);
        switch (yaml_[item].type) {
            case Yaml::Type::scalar:
                addition.path = yaml_[item].text;
                break;
            case Yaml::Type::mapping:
                where = row(item, addition);
                break;
            case Yaml::Type::null:
            case Yaml::Type::sequence:
                fail(where, "a parameter is a path or a mapping with its 'path'");
        }
        const std::string wrong = catalog_.add(addition);
        if (!wrong.empty()) fail(where, fmt::format("'{}' {}", addition.path, wrong));
    }

    // Returns where its path stands.
    Span row(std::uint32_t item, Addition& to) {
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
        if (to.path.empty()) fail(yaml_[item].span, "a parameter has no 'path'");
        const std::uint32_t limits = yaml_.find(item, "range");
        if (limits != 0 && to.kind != Kind::integer) fail(yaml_[limits].key, "'range' is for type integer");
        const std::uint32_t list = yaml_.find(item, "choices");
        if (list != 0 && to.kind != Kind::choice) fail(yaml_[list].key, "'choices' is for type choice");
        return yaml_[yaml_.find(item, "path")].span;
    }

    void path(std::uint32_t value, Addition& to) { to.path = text(value, "path"); }
    void type(std::uint32_t value, Addition& to) {
        const std::string name = text(value, "type");
        const std::optional<Kind> kind = find_kind(name);
        if (kind) {
            to.kind = *kind;
            return;
        }
        std::vector<std::string_view> known;
        for (auto one = Kind::section; one <= Kind::licence_keys;
             one = static_cast<Kind>(static_cast<unsigned>(one) + 1)) {
            known.push_back(token(one));
        }
        fail_unknown(yaml_[value].span, "type", name, known);
    }
    void choices(std::uint32_t value, Addition& to) {
        to.choices = texts(value, "choices");
        if (to.choices.empty()) fail(yaml_[value].span, "'choices' is empty");
    }
    void range(std::uint32_t value, Addition& to) {
        const std::vector<std::uint32_t> ends = list_of(value, "range");
        if (ends.size() != 2) fail(yaml_[value].span, "'range' is two numbers");
        to.lowest = number<std::int64_t>(ends[0], "range");
        to.highest = number<std::int64_t>(ends[1], "range");
        if (to.lowest > to.highest) fail(yaml_[value].span, "'range' ends before it begins");
    }
    void longest(std::uint32_t value, Addition& to) { to.longest = number<std::uint32_t>(value, "longest"); }
    void models_of(std::uint32_t value, Addition& to) {
        ModelSet set;
        for (const std::uint32_t item : list_of(value, "models")) {
            const std::optional<Model> model = find_model(text(item, "models"));
            if (!model) fail_unknown(yaml_[item].span, "model", yaml_[item].text, model_tokens());
            set = set | *model;
        }
        if (set.empty()) fail(yaml_[value].span, "'models' is empty");
        to.models = set;
    }
    void secret(std::uint32_t value, Addition& to) {
        const std::string word = text(value, "secret");
        if (word != "true" && word != "false")
            fail(yaml_[value].span, fmt::format("'secret' is '{}'; expected true or false", word));
        if (word == "true") to.traits = to.traits | Trait::secret;
    }
    void summary(std::uint32_t value, Addition& to) { to.summary = text(value, "summary"); }
    void origin(std::uint32_t value, Addition& to) { to.origin = text(value, "origin"); }

    const std::string& path_;
    Catalog& catalog_;
    SourceSet sources_;
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
