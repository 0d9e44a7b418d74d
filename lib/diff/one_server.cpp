// SPDX-License-Identifier: MIT
#include "diff/one_server.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "diag/rules.hpp"
#include "model/bind.hpp"
#include "source/failure.hpp"

namespace dectprov {

OneServer::OneServer(const CompareInput& input, const CompareOptions& options, std::string_view what) {
    const Inputs& inputs = input.inputs;
    if (!inputs.failures.empty()) throw Failure(inputs.failures.front());
    const std::size_t units = inputs.servers.size() + inputs.sites.size();
    if (units == 0) throw Failure(fmt::format("{} names no server", what));
    if (units > 1) throw Failure(fmt::format("{} names several servers; --server picks one", what));
    if (!inputs.servers.empty()) {
        loaded_ = load_server(*input.files, inputs.servers.front(), options.model, sources_,
                              catalog_of(inputs.servers.front().config), report_);
        if (!loaded_.failures.empty()) throw Failure(loaded_.failures.front());
        server_ = &loaded_.server;
    } else {
        site_ = load_site(*input.files, inputs.sites.front().path, sources_,
                          catalog_of(inputs.sites.front().config), {}, report_);
        std::erase_if(site_.servers, [&](const SiteServer& one) {
            return !options.servers.empty() &&
                   std::ranges::find(options.servers, one.server.identity.text) == options.servers.end();
        });
        refuse_faults();
        if (site_.servers.size() > 1)
            throw Failure(fmt::format("{} names several servers; --server picks one", what));
        if (site_.servers.empty()) throw Failure(fmt::format("{} names no server", what));
        infer(site_.servers.front().server, report_);
        server_ = &site_.servers.front().server;
    }
    refuse_faults();
    if (!server_->config || server_->config->empty())
        throw Failure(fmt::format("{} holds no server configuration", what));
}

// What cannot be read has no preview.
void OneServer::refuse_faults() const {
    static constexpr const Rule* faults[] = {&rule::xml_malformed, &rule::xml_doctype, &rule::xml_root,
                                             &rule::file_empty, &rule::site_yaml};
    for (const Diagnostic& one : report_.all()) {
        if (std::ranges::find(faults, one.rule) == std::end(faults)) continue;
        const Span span = one.place.span;
        const Position at = sources_.position(span.file, span.begin);
        throw Failure(fmt::format("{}:{}:{}: {}", sources_.name(span.file), at.line, at.column, one.message));
    }
}

}  // namespace dectprov
