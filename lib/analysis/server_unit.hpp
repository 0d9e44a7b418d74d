// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analysis/conclude.hpp"
#include "analysis/session.hpp"
#include "load/inputs.hpp"
#include "load/load_server.hpp"
#include "rules/check.hpp"

namespace dectprov {

// The analysis of one server of a tree: open() reads its files to records, validate() runs the rules over
// them, conclude() makes findings of what was reported. Whoever wants the records alone leaves out the rest.
// One thread at a time.
class ServerUnit {
public:
    // `session` and `input` must outlive this.
    ServerUnit(const Session& session, const ServerInput& input);
    // `off`: the rules that nobody will see, instead of those that are off for all its files; sorted by
    // address.
    ServerUnit(const Session& session, const ServerInput& input, std::vector<const Rule*> off);

    // What is declared of the server elsewhere, instead of by its own configuration file.
    void declare(Declared declared) { declared_ = std::move(declared); }
    // Reads the files and narrows the models. `known`: what was read already, see load_server(). Throws
    // Failure where the system refuses.
    void open(std::vector<ReadAhead> known = {});
    // Reads handset groups that were left out.
    void open_groups(const std::set<std::uint32_t>& numbers);
    // Reads the version files of firmware that the configuration does not name.
    void open_firmware(const std::vector<std::string>& names);
    // Every rule that is on, then the fleet's own. `walks` go along with the walk over the users.
    void validate(std::vector<UserWalk> walks = {});

    [[nodiscard]] Conclusion conclude() { return conclude(report_); }
    // The same of what was reported elsewhere of these sources.
    [[nodiscard]] Conclusion conclude(Report& report) const;

    [[nodiscard]] const ServerInput& input() const { return input_; }
    [[nodiscard]] const Server& server() const { return loaded_.server; }
    [[nodiscard]] const SourceSet& sources() const { return sources_; }
    [[nodiscard]] Report& report() { return report_; }
    // Comments that suppress findings.
    [[nodiscard]] const std::vector<Directive>& directives() const { return loaded_.directives; }
    // Files that cannot be read.
    [[nodiscard]] const std::vector<std::string>& failures() const { return loaded_.failures; }

    // A source as it counts: a firmware's `.ver` belongs to all servers of the folder that load it.
    struct File {
        std::string_view path;  // as long as the unit lives
        bool own;               // of this server alone
        bool reported;          // what is found in it is told
    };
    [[nodiscard]] std::vector<File> files() const;

private:
    const Session& session_;
    const ServerInput& input_;
    Declared declared_;
    SourceSet sources_;
    Report report_;
    LoadedServer loaded_;
};

}  // namespace dectprov
