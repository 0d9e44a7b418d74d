// SPDX-License-Identifier: MIT
#include "load.hpp"

#include <optional>
#include <utility>

#include "analyse.hpp"
#include "analysis/rule_index.hpp"
#include "options.hpp"

namespace bench {

using dectprov::Files;
using dectprov::Report;

Input::Input(Files from)
    : files(std::move(from)),
      configs(files, std::nullopt, false, dectprov::rule_index()),
      inputs(dectprov::find_inputs(files, {"."}, {}, configs)),
      bytes(bytes_of(files)) {}

namespace {

// What `read(input, loaded)` makes of each of the inputs.
template <class Record, class From, class Read>
std::vector<std::unique_ptr<Loaded<Record>>> load_each(const std::vector<From>& inputs, const Report& report,
                                                       const Read& read) {
    std::vector<std::unique_ptr<Loaded<Record>>> all;
    all.reserve(inputs.size());
    for (const From& input : inputs) {
        all.push_back(std::make_unique<Loaded<Record>>(report));
        all.back()->record = read(input, *all.back());
    }
    return all;
}

}  // namespace

Servers load_servers(const Input& input, const Report& report) {
    return load_each<dectprov::LoadedServer>(
        input.inputs.servers, report,
        [&](const dectprov::ServerInput& server, Loaded<dectprov::LoadedServer>& to) {
            return dectprov::load_server(input.files, server, std::nullopt, dectprov::declared_of(server),
                                         to.sources, to.report);
        });
}

Sites load_sites(const Input& input, const Report& report) {
    return load_each<dectprov::Site>(
        input.inputs.sites, report, [&](const dectprov::SiteInput& site, Loaded<dectprov::Site>& to) {
            return dectprov::load_site(input.files, site.path, to.sources, dectprov::catalog_of(site.config),
                                       {.resolve = true}, to.report);
        });
}

dectprov::LintResult lint(const Input& input) { return analyse::lint(input.files, input.inputs); }

dectprov::Comparison diff(const Input& before, const Input& after) {
    return analyse::compare({.files = before.files, .inputs = before.inputs},
                            {.files = after.files, .inputs = after.inputs});
}

namespace {

Files with_suppressions(const Files& faulty) {
    Files files = faulty;
    for (const Files::Entry& entry : faulty.list(".")) {
        if (!entry.name.ends_with("-users.xml")) continue;
        std::string text = faulty.read(entry.name);
        text.insert(text.find("<users>") + 7,
                    "<!-- dectprov-disable value/type, value/range, value/charset: known -->");
        files.lay_over(entry.name, std::move(text));
    }
    return files;
}

template <class Value, class Make>
const Value& kept(std::unique_ptr<Value>& place, Make&& make) {
    if (!place) place = std::make_unique<Value>(make());
    return *place;
}

const Input& kept_input(std::unique_ptr<Input>& place, Files files) {
    place = std::make_unique<Input>(std::move(files));
    return *place;
}

}  // namespace

const Input& Load::sites() { return sites_ ? *sites_ : kept_input(sites_, descriptions(shape_)); }

const Input& Load::yaml_sites() {
    if (yaml_sites_) return *yaml_sites_;
    Shape shape = shape_;
    shape.in_yaml = true;
    return kept_input(yaml_sites_, descriptions(shape));
}

const Input& Load::tree() { return tree_ ? *tree_ : kept_input(tree_, rendered(sites().files)); }

const Input& Load::faulty() { return faulty_ ? *faulty_ : kept_input(faulty_, with_faults(tree().files)); }

const Input& Load::suppressed() {
    return suppressed_ ? *suppressed_ : kept_input(suppressed_, with_suppressions(faulty().files));
}

const Servers& Load::servers() {
    if (servers_.empty()) servers_ = load_servers(tree(), Report());
    return servers_;
}

const Sites& Load::read_sites() {
    if (read_sites_.empty()) read_sites_ = load_sites(sites(), Report());
    return read_sites_;
}

const dectprov::Results& Load::findings() {
    return kept(findings_,
                [this] { return dectprov::Results{.findings = lint(faulty()).findings, .summary = {}}; });
}

const dectprov::Comparison& Load::changes() {
    return kept(changes_, [this] { return diff(tree(), faulty()); });
}

Amount Load::of(const Input& input) {
    if (nodes_ == 0) {
        for (const auto& one : servers()) {
            for_each_tree(one->record.server, [this](const dectprov::Tree& tree) { nodes_ += tree.size(); });
        }
    }
    return {.bytes = input.bytes, .nodes = nodes_, .users = shape_.all_users()};
}

}  // namespace bench
