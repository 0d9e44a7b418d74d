// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "analysis/session.hpp"
#include "diff/compare.hpp"
#include "load/config_file.hpp"
#include "source/files.hpp"

namespace dectprov {

class GitRevision;

struct OpenSideOptions {
    std::optional<std::string> config = {};  // this configuration file alone
    bool no_config = false;                  // none is looked for
    bool allow_empty = false;                // a side without any server is one
    bool tell_passed_over = false;           // files that look like ours and are left out are named
    AnalysisOptions analysis = {};
    bool later = false;  // find() is called when the other side is there
    // Takes a path that is no address in git, and lays what only can be read once over the files: standard
    // input, a pipe. Returns the path to read.
    std::function<std::string(const std::string& path, Files& files)> take_path = {};
    std::string git_folder = {};  // whose repository revisions are of; "": of the folder we are in
};

// One side of a comparison with all that its servers are read from: a path or a revision.
class OpenSide {
public:
    // `given`: a path, "git:REV" or "git:REV:PATH"; `pool`, which both sides share, must outlive this. Throws
    // Failure where there is nothing to compare.
    OpenSide(const std::string& given, ThreadPool& pool, const OpenSideOptions& options);
    ~OpenSide();
    OpenSide(const OpenSide&) = delete;
    OpenSide& operator=(const OpenSide&) = delete;
    OpenSide(OpenSide&&) = delete;
    OpenSide& operator=(OpenSide&&) = delete;

    // Looks what there is to compare; with the newer side, what that ignores is left out, and nothing else.
    void find(const OpenSide* newer = nullptr);

    [[nodiscard]] const CompareInput& input() const { return input_; }
    // That the first of the inputs is read by.
    [[nodiscard]] const Catalog& catalog() const;

private:
    // The path in the commit that the address names.
    std::string open_revision(const std::string& address, const OpenSideOptions& options);

    // Whether the newer side has a path below its root that it ignores.
    [[nodiscard]] bool ignores(ConfigFiles& configs, std::string_view below) const;

    std::string given_;
    OpenSideOptions options_;
    std::string path_;
    bool folder_ = false;
    std::unique_ptr<GitRevision> revision_;  // that the files are of
    Files files_;
    std::optional<ConfigFiles> configs_;
    std::optional<Session> session_;
    CompareInput input_;
};

}  // namespace dectprov
