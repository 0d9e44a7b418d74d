// SPDX-License-Identifier: MIT
#include "fleet.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <random>
#include <stdexcept>
#include <string_view>
#include <utility>
#include <vector>

#include "catalog/catalog.hpp"
#include "catalog/entries.hpp"
#include "catalog/value_type.hpp"
#include "doc/write_yaml.hpp"
#include "load/site.hpp"
#include "model/bind.hpp"
#include "render/render.hpp"
#include "render/versions.hpp"

namespace bench {
namespace {

using dectprov::Catalog;
using dectprov::EntryId;
using dectprov::Files;
using dectprov::YamlValue;

constexpr std::size_t servers_a_site = 20;
constexpr std::size_t first_group = 100;

constexpr std::array<std::string_view, 12> first_names{"Solveig", "Ole",  "Søren", "Maren", "Jürgen", "Björn",
                                                       "Chloé",   "Inés", "Zoë",   "Kofi",  "Rosa",   "Ulla"};
constexpr std::array<std::string_view, 12> last_names{"Rank", "Møller", "Weiß",   "Novák", "García", "Rossi",
                                                      "Berg", "Krüger", "Nyberg", "Petit", "Quist",  "Tran"};

// Distributions of the library differ between libraries; the engine does not.
class Dice {
public:
    explicit Dice(std::uint64_t seed) : engine_(seed) {}
    std::size_t below(std::size_t end) { return static_cast<std::size_t>(engine_() % end); }
    std::uint64_t bits() { return engine_(); }

private:
    std::mt19937_64 engine_;
};

// No two users of a fleet have the same.
std::string ipei(std::size_t user) {
    constexpr std::array makers{77, 3214, 12010, 65535};
    // An odd factor permutes the numbers below a power of two.
    const std::size_t serial = ((user / makers.size()) * 611'953 + 77) % (std::size_t{1} << 20U);
    std::string digits = fmt::format("{:05}{:07}", makers.at(user % makers.size()), serial);
    if (user % 10 == 0) return digits + dectprov::ipei_check_character(digits);
    return digits.insert(5, " ");
}

constexpr std::array<std::string_view, 7> fields{"ipei",        "configgroup", "standbytext", "username",
                                                 "displayname", "authuser",    "authpassword"};
using User = std::array<std::string, fields.size()>;

User make_user(std::size_t number, const Shape& shape, Dice& dice) {
    const std::string extension = std::to_string(2'000'000 + number);
    std::string name = fmt::format("{} {}", first_names.at(dice.below(first_names.size())),
                                   last_names.at(dice.below(last_names.size())));
    if (number % 97 == 11) name = "Theatre & Co";
    User user{ipei(number),
              std::to_string(first_group + dice.below(shape.groups)),
              extension,
              number % 5 == 3 ? fmt::format("{}{}", "ward.", extension) : extension,
              std::move(name),
              extension,
              fmt::format("{:020x}", dice.bits())};
    return user;
}

std::string csv_row(const User& user) {
    std::string row;
    for (const std::string& field : user) {
        if (!row.empty()) row += ',';
        row += field;
    }
    row += '\n';
    return row;
}

YamlValue yaml_row(const User& user) {
    YamlValue row = YamlValue::mapping();
    for (std::size_t i = 0; i < fields.size(); ++i)
        row.add(std::string(fields.at(i)), YamlValue::scalar(user.at(i)));
    return row;
}

// A value that a parameter takes, from what the catalogue knows of it; nothing where it knows none.
std::string value_for(const Catalog& catalog, EntryId id, Dice& dice) {
    const dectprov::Param* param = catalog[id].param;
    if (param == nullptr) return {};
    if (!param->example.empty()) return std::string(param->example);
    if (!param->default_value.empty()) return std::string(param->default_value);
    const dectprov::ValueType& type = catalog.type(id);
    if (type.kind == dectprov::Kind::boolean) return dice.below(2) == 0 ? "true" : "false";
    if (type.kind == dectprov::Kind::choice)
        return std::string(type.choices[dice.below(type.choices.size())]);
    return {};
}

// Every setting below a section that has a value in the catalogue.
YamlValue every_setting(const Catalog& catalog, EntryId section, Dice& dice) {
    YamlValue all = YamlValue::mapping();
    for (const EntryId id : catalog.children(section)) {
        const std::string name(catalog[id].name);
        if (catalog.is_section(id)) {
            YamlValue below = every_setting(catalog, id, dice);
            if (!below.items.empty()) all.add(name, std::move(below));
        } else if (std::string value = value_for(catalog, id, dice); !value.empty()) {
            all.add(name, YamlValue::scalar(std::move(value)));
        }
    }
    return all;
}

constexpr std::string_view layer_name = "common.yaml";

std::string layer(const Shape& shape) {
    Dice dice(shape.seed);
    std::string text =
        "dectprov: 1\n"
        "defaults:\n"
        "  firmware_version: PCS20Ba\n"
        "  licenses: [enhanced_provisioning]\n"
        "  settings:\n"
        "    network: {bootproto: dhcp}\n"
        "    rfp: {auto: {enable: true, force: false, start_time: immediately}}\n"
        "    suota: {auto: true, incharger: true, load: high, start_time: immediately}\n"
        "    provisioning:\n"
        "      check: {check_sync: update, interval: 60, time: \"00:00\"}\n"
        "      config: {check: true}\n"
        "      cota: {check: true}\n"
        "      firmware: {kws: kws.bin, default_kws: true}\n"
        "      server: {method: static, url: \"https://prov.example.com/dect\"}\n"
        "      users: {check: true}\n"
        "  handset_groups:\n";
    const Catalog& catalog = Catalog::builtin();
    for (std::size_t group = 0; group < shape.groups; ++group) {
        text += fmt::format("    {}:\n      version: auto\n      settings:\n", first_group + group);
        text += dectprov::write_yaml(every_setting(catalog, catalog.find("cota.data"), dice), 8);
    }
    return text;
}

std::string identity(std::size_t server) { return fmt::format("0013d1{:06x}", 0x100000 + server); }

// One description with its servers from `first` on, and the CSV files beside it.
void add_description(Files& files, const Shape& shape, std::size_t first) {
    const std::size_t site = first / servers_a_site;
    std::string text =
        fmt::format("dectprov: 1\nsite: site-{:04}\nextends: [{}]\nservers:\n", site, layer_name);
    for (std::size_t server = first; server < std::min(first + servers_a_site, shape.servers); ++server) {
        Dice dice(shape.seed + 1 + server);
        text += fmt::format(
            "  - name: building {}\n    model: \"6500\"\n    mac: {}\n    settings:\n      provisioning:\n"
            "        check: {{time: \"{:02}:{:02}\"}}\n    users:\n",
            server + 1, identity(server), dice.below(24), dice.below(60));
        std::string csv = "ipei,configgroup,standbytext,username,displayname,authuser,authpassword\n";
        for (std::size_t i = 0; i < shape.users; ++i) {
            const User user = make_user(server * shape.users + i, shape, dice);
            if (shape.in_yaml) {
                text += fmt::format("      - {}\n", dectprov::write_yaml_line(yaml_row(user)));
            } else {
                csv += csv_row(user);
            }
        }
        if (shape.in_yaml) continue;
        const std::string name = identity(server) + ".csv";
        text += fmt::format("      - from: {}\n", name);
        files.lay_over(name, std::move(csv));
    }
    files.lay_over(fmt::format("site-{:04}.yaml", site), std::move(text));
}

}  // namespace

Files descriptions(const Shape& shape) {
    Files files = Files::memory();
    files.lay_over(std::string(layer_name), layer(shape));
    for (std::size_t first = 0; first < shape.servers; first += servers_a_site)
        add_description(files, shape, first);
    return files;
}

Files rendered(const Files& descriptions) {
    Files tree = Files::memory();
    std::string models = "servers:\n";
    for (const Files::Entry& entry : descriptions.list(".")) {
        if (!entry.name.starts_with("site-")) continue;
        dectprov::SourceSet sources;
        dectprov::Report report;
        dectprov::Site site = dectprov::load_site(descriptions, entry.name, sources, Catalog::builtin(),
                                                  {.resolve = true}, report);
        for (dectprov::SiteServer& one : site.servers) {
            dectprov::infer(one.server, report);
            const auto versions = dectprov::settle_versions(one, Files::memory(), "", report);
            for (dectprov::OutputFile& file : dectprov::render(one, versions, ""))
                tree.lay_over(std::move(file.path), std::move(file.bytes));
            models += fmt::format(
                "  {}: {{model: \"6500\", firmware_version: PCS20Ba, licenses: [enhanced_provisioning]}}\n",
                one.server.identity.text);
        }
    }
    tree.lay_over(".dectprov.yaml", std::move(models));
    return tree;
}

Files with_faults(const Files& rendered) {
    constexpr std::string_view users_end = "-users.xml";
    Files faulty = rendered;
    for (const Files::Entry& entry : rendered.list(".")) {
        if (!entry.name.ends_with(users_end)) continue;
        const std::string text = rendered.read(entry.name);
        std::string changed;
        changed.reserve(text.size() + text.size() / 50);
        std::size_t done = 0;
        // A group above the range, a group that is no number, a blank in the user's name.
        for (std::size_t user = 0;; ++user) {
            const std::string_view tag = user % 3 == 2 ? "<username>" : "<configgroup>";
            const std::size_t begin = text.find(tag, text.find("<user>", done));
            if (begin == std::string::npos) break;
            const std::size_t value = begin + tag.size();
            changed.append(text, done, value - done);
            constexpr std::array<std::string_view, 3> faults{"100", "ward ", "Ward "};
            changed += faults.at(user % 3);
            done = value;
        }
        changed.append(text, done);
        faulty.lay_over(entry.name, std::move(changed));
    }
    return faulty;
}

std::size_t bytes_of(const Files& files) {
    std::size_t sum = 0;
    for (const Files::Entry& entry : files.list(".")) sum += files.read(entry.name).size();
    return sum;
}

}  // namespace bench
