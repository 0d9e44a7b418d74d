// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "analysis/session.hpp"
#include "command.hpp"
#include "device/settings.hpp"
#include "diff/compare.hpp"
#include "load/config_file.hpp"
#include "source/files.hpp"

namespace dectprov {

class GitRevision;

// One side of a comparison with all that its servers are read from: a path, standard input or a revision.
class DiffSide {
public:
    // `given`: OLD or NEW as it was typed; `threads`, which both sides share, must outlive this. Throws
    // Failure where there is nothing to compare.
    DiffSide(const std::string& given, const std::string& stdin_name, bool allow_empty,
             const Context& context, ThreadPool& threads, AnalysisOptions options);
    ~DiffSide();
    DiffSide(const DiffSide&) = delete;
    DiffSide& operator=(const DiffSide&) = delete;
    DiffSide(DiffSide&&) = delete;
    DiffSide& operator=(DiffSide&&) = delete;

    [[nodiscard]] const CompareInput& input() const { return input_; }
    // That the first of the inputs is read by.
    [[nodiscard]] const Catalog& catalog() const;

private:
    std::unique_ptr<GitRevision> revision_;  // that the files are of
    Files files_;
    std::optional<ConfigFiles> configs_;
    std::optional<Session> session_;
    CompareInput input_;
};

// What a server holds, of a file or of standard input (`-`).
std::vector<HeldSetting> held_settings(const std::string& path, const Catalog& catalog,
                                       const Context& context);

}  // namespace dectprov
