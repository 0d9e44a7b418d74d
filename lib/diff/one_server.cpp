// SPDX-License-Identifier: MIT
#include "diff/one_server.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "diag/rules.hpp"
#include "source/failure.hpp"

namespace dectprov {
namespace {

// What cannot be read has no preview.
void refuse_faults(const Report& report, const SourceSet& sources) {
    static constexpr const Rule* faults[] = {&rule::xml_malformed, &rule::xml_doctype, &rule::xml_root,
                                             &rule::file_empty, &rule::site_yaml};
    for (const Diagnostic& one : report.all()) {
        if (std::ranges::find(faults, one.rule) == std::end(faults)) continue;
        const Span span = one.place.span;
        const Position at = sources.position(span.file, span.begin);
        throw Failure(fmt::format("{}:{}:{}: {}", sources.name(span.file), at.line, at.column, one.message));
    }
}

// Where servers were asked for, it is these that are not there.
[[noreturn]] void refuse_none(std::string_view what, const Session& session) {
    const std::vector<std::string>& asked = session.options().servers;
    throw Failure(
        fmt::format("{} has no server{}{}", what, asked.empty() ? "" : " ", fmt::join(asked, " or ")));
}

// The one server of a description that the session wants.
const Server& only_server(SiteUnit& unit, std::string_view what, const Session& session) {
    unit.open();
    refuse_faults(unit.report(), unit.sources());
    std::vector<std::size_t> wanted;
    for (std::size_t i = 0; i < unit.site().servers.size(); ++i) {
        if (unit.wants(i)) wanted.push_back(i);
    }
    if (wanted.size() > 1)
        throw Failure(fmt::format("{} has several servers; select one with --server", what));
    if (wanted.empty()) refuse_none(what, session);
    unit.narrow(wanted.front(), unit.report());
    refuse_faults(unit.report(), unit.sources());
    return unit.site().servers[wanted.front()].server;
}

}  // namespace

OneServer::OneServer(const CompareInput& input, std::string_view what) : what_(what) {
    const Inputs& inputs = input.inputs;
    const Session& session = *input.session;
    if (!inputs.failures.empty()) throw Failure(inputs.failures.front());
    const std::size_t units = inputs.servers.size() + inputs.sites.size();
    if (units == 0) refuse_none(what, session);
    if (units > 1) throw Failure(fmt::format("{} has several servers; select one with --server", what));
    // A fault is one here whatever the configuration makes of its rule.
    const std::vector<const Rule*> none_off;
    if (!inputs.servers.empty()) {
        ServerUnit& unit = server_unit_.emplace(session, inputs.servers.front(), none_off);
        unit.open();
        if (!unit.failures().empty()) throw Failure(unit.failures().front());
        refuse_faults(unit.report(), unit.sources());
        server_ = &unit.server();
    } else {
        server_ = &only_server(site_unit_.emplace(session, inputs.sites.front(), none_off), what, session);
    }
}

const Tree& OneServer::config() const {
    if (server_->has_config()) return *server_->config;
    std::string why;
    for (const InputFile& file : server_->files) {
        if (file.name.is_set_aside() && file.name.right == file_name(server_->identity.text, Role::config))
            why = fmt::format(": no server asks for {}; name it {}", base_name(file.path), file.name.right);
    }
    throw Failure(fmt::format("{} has no server configuration{}", what_, why));
}

}  // namespace dectprov
