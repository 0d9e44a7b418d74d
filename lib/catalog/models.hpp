// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dectprov {

// The servers that the guide speaks of. A KWS300 in other sources is a 400.
enum class Model : std::uint8_t { s200, s400, s6500, vso, s2500, s8000 };

// The two lines of servers, which the guide's tables of parameters tell apart.
enum class Family : std::uint8_t { ip_dect, dect };

// All that tells one model from another: a new model is an enumerator and a row.
struct ModelRow {
    Model model;
    std::string_view token;  // as it is written in YAML and on the command line
    std::string_view name;   // as the guide writes it
    Family family;
    bool has_uuid;             // its files are named by a UUID, not by a MAC address
    bool has_media_resources;  // `mr`
    bool has_default_kws;      // `provisioning.firmware.default_kws`
    bool has_base_stations;    // `rfp`; a 400 with a multi-cell licence
    std::uint8_t
        import_order;  // where files fit several models, `import` prefers the lowest: the most capable
};

inline constexpr std::array<ModelRow, 6> models{{
    {.model = Model::s200,
     .token = "200",
     .name = "Spectralink IP-DECT Server 200",
     .family = Family::ip_dect,
     .has_uuid = false,
     .has_media_resources = false,
     .has_default_kws = false,
     .has_base_stations = false,
     .import_order = 2},
    {.model = Model::s400,
     .token = "400",
     .name = "Spectralink IP-DECT Server 400",
     .family = Family::ip_dect,
     .has_uuid = false,
     .has_media_resources = false,
     .has_default_kws = true,
     .has_base_stations = true,
     .import_order = 1},
    {.model = Model::s6500,
     .token = "6500",
     .name = "Spectralink IP-DECT Server 6500",
     .family = Family::ip_dect,
     .has_uuid = false,
     .has_media_resources = true,
     .has_default_kws = true,
     .has_base_stations = true,
     .import_order = 0},
    {.model = Model::vso,
     .token = "vso",
     .name = "Spectralink Virtual IP-DECT Server One",
     .family = Family::ip_dect,
     .has_uuid = true,
     .has_media_resources = true,
     .has_default_kws = true,
     .has_base_stations = true,
     .import_order = 3},
    {.model = Model::s2500,
     .token = "2500",
     .name = "Spectralink DECT Server 2500",
     .family = Family::dect,
     .has_uuid = false,
     .has_media_resources = false,
     .has_default_kws = false,
     .has_base_stations = true,
     .import_order = 5},
    {.model = Model::s8000,
     .token = "8000",
     .name = "Spectralink DECT Server 8000",
     .family = Family::dect,
     .has_uuid = false,
     .has_media_resources = false,
     .has_default_kws = false,
     .has_base_stations = true,
     .import_order = 4},
}};
static_assert(std::ranges::is_sorted(models, {}, &ModelRow::model) &&
                  models.back().model == static_cast<Model>(models.size() - 1),
              "every Model has its row, in the order of the enumerators");

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

static_assert(models.size() <= 8, "a ModelSet has a bit for each model");

// Those whose rows meet a condition.
template <class Condition>
constexpr ModelSet models_where(Condition condition) {
    ModelSet set;
    for (const ModelRow& row : models) {
        if (std::invoke(condition, row)) set = set | row.model;
    }
    return set;
}

inline constexpr ModelSet all_models = models_where([](const ModelRow&) { return true; });
inline constexpr ModelSet ip_models =
    models_where([](const ModelRow& row) { return row.family == Family::ip_dect; });
inline constexpr ModelSet dect_models = all_models - ip_models;
inline constexpr ModelSet uuid_models = models_where(&ModelRow::has_uuid);
inline constexpr ModelSet mac_models = all_models - uuid_models;
inline constexpr ModelSet models_with_mr = models_where(&ModelRow::has_media_resources);
inline constexpr ModelSet models_with_default_kws = models_where(&ModelRow::has_default_kws);
inline constexpr ModelSet models_with_rfp = models_where(&ModelRow::has_base_stations);

const ModelRow& row(Model model);
// The set's models in the order in which `import` prefers them.
std::vector<Model> in_import_order(ModelSet set);
std::optional<Model> find_model(std::string_view token);
std::string_view token(Model model);
// Of every model, in the order of the table.
std::vector<std::string_view> model_tokens();
// "200, 400 and vso".
std::string to_text(ModelSet set);

}  // namespace dectprov
