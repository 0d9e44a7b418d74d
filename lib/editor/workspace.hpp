// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/session.hpp"
#include "diag/finding.hpp"
#include "editor/line_text.hpp"
#include "editor/lint_inputs.hpp"
#include "lint/incremental.hpp"
#include "load/config_file.hpp"
#include "load/inputs.hpp"
#include "source/files.hpp"
#include "source/thread_pool.hpp"

namespace dectprov {

// A text that an editor has open, which counts instead of the file.
struct Document {
    std::string uri;  // as the editor writes it
    std::string path;
    std::int64_t version = 0;
    LineText text;
    std::uint64_t changed = 0;           // rises with every change: what was worked on last is analysed first
    std::vector<Finding> findings = {};  // as the editor was told of them last
};

struct WorkspaceOptions {
    unsigned jobs = 1;
    std::optional<std::string> config = {};  // --config
    bool no_config = false;
    std::vector<std::string> servers = {};     // --server, as identity texts; empty: all
    std::optional<std::string> baseline = {};  // --baseline; the file need not be there yet
};

// What an editor works on: its folders, the texts that it has open, and what `lint` finds in them. The
// analysis is done in tasks, which another thread may run while texts change: a task looks at texts as they
// were when it was made. All else is for one thread.
class Workspace {
public:
    // `files`: what the texts are laid over, which is the disk.
    explicit Workspace(WorkspaceOptions options, Files files = {});
    ~Workspace();
    Workspace(const Workspace&) = delete;
    Workspace& operator=(const Workspace&) = delete;
    Workspace(Workspace&&) = delete;
    Workspace& operator=(Workspace&&) = delete;

    // ---- what the editor tells
    void set_folders(std::vector<std::string> folders);
    [[nodiscard]] const std::vector<std::string>& folders() const { return folders_; }
    void open(std::string uri, std::string path, std::int64_t version, std::string text);
    // Replaces bytes [begin, end) of an open text.
    static void change(Document& document, std::size_t begin, std::size_t end, std::string_view with);
    void changed(Document& document, std::int64_t version);
    void close(const std::string& path);
    // Files on disk that were written; those that came or went, or whatever else there may be.
    void written(const std::string& path);
    void look_again() { walk_is_due_ = true; }

    // Null where it is not open.
    [[nodiscard]] Document* find(const std::string& path);
    [[nodiscard]] const Document* find(const std::string& path) const;
    [[nodiscard]] const std::map<std::string, Document, std::less<>>& documents() const { return documents_; }

    // ---- what is there
    // The disk with the open texts laid over it.
    [[nodiscard]] const Files& files() const { return files_; }
    // The text of a file, open or not; nothing where it cannot be read.
    [[nodiscard]] std::optional<LineText> text_of(const std::string& path) const;

    // ---- analysis
    // What is to be done next; empty where all is done. After it has run, finish() comes first.
    std::function<void()> next_task();
    // Takes what the task has done; returns the files whose findings may be others now.
    std::set<std::string> finish();
    // Nothing is left to do.
    [[nodiscard]] bool is_settled() const;
    // Of the units that are to be analysed, how many are done.
    [[nodiscard]] Progress progress() const;
    // As `lint` gives them; those that are not to be shown are left out. Not while a task runs.
    [[nodiscard]] std::vector<Finding> findings(const std::string& path) const;
    // The text of the baseline when it records this finding too; nothing where none is used.
    [[nodiscard]] std::optional<std::string> baseline_with(const Finding& finding) const;
    [[nodiscard]] const std::vector<Complaint>& complaints() const { return complaints_; }
    // Whether the findings of a file are those of all texts as they stand.
    [[nodiscard]] bool is_current(const std::string& path) const;
    // What could not be read, each said once.
    std::vector<std::string> take_failures();

    // What the last walk has found; empty before the first. While a task runs, units are not to be looked at.
    [[nodiscard]] const Inputs& inputs() const;
    // The configuration of a file, null for none.
    [[nodiscard]] const ConfigFile* config_of(const std::string& path) const;
    // The inputs that a file belongs to: its own server or description, and the descriptions that read it.
    [[nodiscard]] std::vector<const ServerInput*> servers_of(const std::string& path) const;
    [[nodiscard]] std::vector<const SiteInput*> sites_of(const std::string& path) const;
    // The file itself and all that is read together with it.
    [[nodiscard]] std::set<std::string> related(const std::string& path) const;
    // The same, and whatever is read together with one of these that `names` what is looked for, and so on:
    // all files that have to agree on it.
    [[nodiscard]] std::set<std::string> reach(
        const std::string& path, const std::function<bool(const std::string& path)>& names) const;
    [[nodiscard]] ThreadPool& pool() { return pool_; }
    // Nobody waits for a result any more: tasks end as soon as they can, with a Failure, and so does whatever
    // else looks at stopped(). From any thread.
    void stop() { stopped_ = true; }
    [[nodiscard]] const std::atomic<bool>& stopped() const { return stopped_; }
    [[nodiscard]] const WorkspaceOptions& options() const { return options_; }

private:
    struct Analysis;
    // The files of a unit as the last analysis of it left them.
    struct UnitFiles {
        std::set<std::string> read;
        std::set<std::string> found;  // that have findings
    };
    using Units = std::map<std::string, std::set<std::size_t>, std::less<>>;

    [[nodiscard]] bool is_outside(const std::string& path) const;
    [[nodiscard]] bool decides_the_walk(const std::string& path) const;
    [[nodiscard]] bool is_new(const Document& document) const;
    std::function<void()> walk();
    std::function<void()> analyse();
    void bring_up_to_date();
    [[nodiscard]] std::vector<std::size_t> next_units() const;
    void take_walk(std::set<std::string>& affected);
    void take_across(std::set<std::string>& affected);
    void take_unit(std::size_t unit, std::set<std::string>& affected);
    [[nodiscard]] std::vector<Finding> all_findings(const std::string& path) const;
    [[nodiscard]] std::vector<Finding> idle_entries() const;
    void say(const std::string& failure);
    [[nodiscard]] std::vector<std::size_t> units_of(const std::string& path) const;

    WorkspaceOptions options_;
    std::atomic<bool> stopped_ = false;
    ThreadPool pool_;
    Files files_;
    std::vector<std::string> folders_;
    std::map<std::string, Document, std::less<>> documents_;
    std::uint64_t changes_ = 0;

    std::unique_ptr<Analysis> analysis_;
    std::unique_ptr<Analysis> made_;  // by the walk that runs, or ran
    std::string walk_failure_;        // why it made none
    std::vector<Complaint> complaints_;
    std::set<std::string> before_walk_;  // files that had findings
    bool walk_is_due_ = true;
    bool walking_ = false;
    std::set<std::string> pending_;  // files that have changed since their units were analysed
    std::set<std::size_t> due_;
    std::vector<std::size_t> running_;
    std::size_t wanted_ = 0;  // units since all was done the last time
    Units readers_;
    Units finders_;
    std::vector<UnitFiles> unit_files_;
    std::vector<Finding> across_;
    std::set<std::string> said_;
    std::vector<std::string> failures_;
};

}  // namespace dectprov
