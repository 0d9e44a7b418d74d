// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dectprov {

// The servers that the guide speaks of. A KWS300 in other sources is a 400.
enum class Model : std::uint8_t { s200, s400, s6500, vso, s2500, s8000 };

struct ModelRow {
    Model model;
    std::string_view token;  // as it is written in YAML and on the command line
    std::string_view name;   // as the guide writes it
};

inline constexpr std::array<ModelRow, 6> models{{
    {Model::s200, "200", "Spectralink IP-DECT Server 200"},
    {Model::s400, "400", "Spectralink IP-DECT Server 400"},
    {Model::s6500, "6500", "Spectralink IP-DECT Server 6500"},
    {Model::vso, "vso", "Spectralink Virtual IP-DECT Server One"},
    {Model::s2500, "2500", "Spectralink DECT Server 2500"},
    {Model::s8000, "8000", "Spectralink DECT Server 8000"},
}};

// A set of models.
class ModelSet {
public:
    constexpr ModelSet() = default;
    constexpr ModelSet(Model model) : bits_(bit(model)) {}
    constexpr ModelSet(std::initializer_list<Model> members) {
        for (const Model model : members) bits_ |= bit(model);
    }

    [[nodiscard]] constexpr bool has(Model model) const { return (bits_ & bit(model)) != 0; }
    [[nodiscard]] constexpr bool empty() const { return bits_ == 0; }
    [[nodiscard]] constexpr bool within(ModelSet other) const { return (bits_ & ~other.bits_) == 0; }
    [[nodiscard]] constexpr bool meets(ModelSet other) const { return (bits_ & other.bits_) != 0; }

    friend constexpr ModelSet operator|(ModelSet a, ModelSet b) { return from(a.bits_ | b.bits_); }
    friend constexpr ModelSet operator&(ModelSet a, ModelSet b) { return from(a.bits_ & b.bits_); }
    friend constexpr ModelSet operator-(ModelSet a, ModelSet b) { return from(a.bits_ & ~b.bits_); }
    friend constexpr bool operator==(ModelSet, ModelSet) = default;

private:
    static constexpr std::uint8_t bit(Model model) {
        return static_cast<std::uint8_t>(1U << static_cast<unsigned>(model));
    }
    static constexpr ModelSet from(int bits) {
        ModelSet set;
        set.bits_ = static_cast<std::uint8_t>(bits);
        return set;
    }

    std::uint8_t bits_ = 0;
};

inline constexpr ModelSet all_models{Model::s200, Model::s400,  Model::s6500,
                                     Model::vso,  Model::s2500, Model::s8000};
inline constexpr ModelSet ip_models{Model::s200, Model::s400, Model::s6500, Model::vso};
inline constexpr ModelSet dect_models{Model::s2500, Model::s8000};
// Those that are known by a MAC address; the virtual server has a UUID.
inline constexpr ModelSet mac_models = all_models - ModelSet{Model::vso};

std::optional<Model> find_model(std::string_view token);
std::string_view token(Model model);
// Of every model, in the order of the table.
std::vector<std::string_view> model_tokens();
// "200, 400 and vso".
std::string to_text(ModelSet set);

}  // namespace dectprov
