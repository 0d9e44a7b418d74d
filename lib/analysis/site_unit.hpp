// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "analysis/conclude.hpp"
#include "analysis/session.hpp"
#include "load/inputs.hpp"
#include "load/site.hpp"

namespace dectprov {

// The analysis of one site description, as ServerUnit is of a server: open() reads it with its layers and
// tables, validate() runs the rules over a server of it, conclude() makes findings of what was reported.
// Servers may be validated by several threads at once, each with a report of its own.
class SiteUnit {
public:
    // `session` and `input` must outlive this.
    SiteUnit(const Session& session, const SiteInput& input);
    // `off`: the rules that nobody will see, instead of those that are off for the description.
    SiteUnit(const Session& session, const SiteInput& input, std::vector<const Rule*> off);
    // A part of a description; the parts share `tables`, which must outlive this.
    SiteUnit(const Session& session, const SiteInput& input, SitePart part, TableCache* tables);

    // Throws Failure where the description cannot be read.
    void open();
    // Narrows the models of a server, which validate() does too.
    void narrow(std::size_t server, Report& report);
    // Every rule that is on, then the fleet's own, over one server, whose models are narrowed first.
    void validate(std::size_t server, Report& report);
    // The same over every server that the session wants, in parallel.
    void validate();

    [[nodiscard]] Conclusion conclude() { return conclude(report_); }
    // The same of what was reported elsewhere of these sources.
    [[nodiscard]] Conclusion conclude(Report& report) const;

    [[nodiscard]] const SiteInput& input() const { return input_; }
    [[nodiscard]] const Site& site() const { return site_; }
    [[nodiscard]] const SourceSet& sources() const { return sources_; }
    [[nodiscard]] Report& report() { return report_; }
    [[nodiscard]] bool wants(std::size_t server) const {
        return session_.wants(site_.servers[server].server.identity.text);
    }

private:
    // Before what identifies an element of one server, which server that is.
    void name_owners(std::vector<Finding>& findings) const;
    void name_servers(std::vector<Finding>& findings) const;
    void fold_layers(std::vector<Finding>& findings) const;
    // By the name of a file, the servers that it is laid under, as a layer.
    using Users = std::map<std::string, std::vector<const SiteServer*>, std::less<>>;
    void lay_under(Finding& finding, Users& users) const;
    [[nodiscard]] std::vector<const SiteServer*> servers_over(const std::string& file) const;

    const Session& session_;
    const SiteInput& input_;
    SitePart part_ = {};
    TableCache* tables_ = nullptr;
    SourceSet sources_;
    Report report_;
    Site site_;
};

}  // namespace dectprov
