// SPDX-License-Identifier: MIT
#include "editor/workspace.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "editor/workspace_analysis.hpp"
#include "source/encoding.hpp"
#include "source/failure.hpp"

namespace dectprov {
namespace {

std::vector<std::string> files_of(const std::vector<Finding>& findings) {
    std::vector<std::string> files;
    for (const Finding& finding : findings) {
        if (files.empty() || files.back() != finding.file) files.push_back(finding.file);
    }
    return files;
}

}  // namespace

Workspace::Workspace(WorkspaceOptions options, Files files)
    : options_(std::move(options)), pool_(options_.jobs, &stopped_), files_(std::move(files)) {
    files_.count_laid_over_as_files();
}

Workspace::~Workspace() = default;

void Workspace::set_folders(std::vector<std::string> folders) {
    folders_ = std::move(folders);
    walk_is_due_ = true;
}

void Workspace::open(std::string uri, std::string path, std::int64_t version, std::string text) {
    std::optional<std::string> before;
    try {
        before = files_.read_if_there(path);
    } catch (const Failure&) {
        // What cannot be read is not what the editor shows.
    }
    const bool same = before == text;
    files_.lay_over(path, text);
    Document& document = documents_.insert_or_assign(path, Document{}).first->second;
    document = {.uri = std::move(uri),
                .path = std::move(path),
                .version = version,
                .text = LineText(std::move(text)),
                .changed = ++changes_};
    // Editors open their texts when the session has just begun.
    const bool first_walk = !analysis_ && (walking_ || walk_is_due_);
    const bool seen_by_it = same && first_walk && base_name(document.path) != config_file_name;
    const bool decides = decides_the_walk(document.path) || is_new(document);
    if (!before || is_outside(document.path) || (decides && !seen_by_it)) {
        walk_is_due_ = true;
    } else {
        // The file may be another one than the analysis has read, and nobody has told of that.
        pending_.insert(document.path);
    }
}

void Workspace::change(Document& document, std::size_t begin, std::size_t end, std::string_view with) {
    document.text.replace(begin, end, with);
}

void Workspace::changed(Document& document, std::int64_t version) {
    document.version = version;
    document.changed = ++changes_;
    files_.lay_over(document.path, document.text.text());
    pending_.insert(document.path);
    walk_is_due_ = walk_is_due_ || decides_the_walk(document.path);
}

void Workspace::close(const std::string& path) {
    const auto document = documents_.find(path);
    if (document == documents_.end()) return;
    const bool outside = is_outside(path);
    const std::string text = document->second.text.text();
    documents_.erase(document);
    files_.uncover(path);
    std::optional<std::string> now;
    try {
        now = files_.read_if_there(path);
    } catch (const Failure&) {
        // As if it were gone.
    }
    if (!now || outside || decides_the_walk(path)) walk_is_due_ = true;
    if (now != text) pending_.insert(path);
}

void Workspace::written(const std::string& path) {
    if (documents_.contains(path)) return;
    if (decides_the_walk(path) || units_of(path).empty()) walk_is_due_ = true;
    pending_.insert(path);
}

Document* Workspace::find(const std::string& path) {
    const auto found = documents_.find(path);
    return found == documents_.end() ? nullptr : &found->second;
}

const Document* Workspace::find(const std::string& path) const {
    const auto found = documents_.find(path);
    return found == documents_.end() ? nullptr : &found->second;
}

std::optional<LineText> Workspace::text_of(const std::string& path) const {
    if (const Document* document = find(path); document != nullptr) return LineText(document->text);
    try {
        std::string bytes = files_.read(path);
        const bool is_xml = syntax_of(path) == Syntax::xml;
        return LineText((is_xml ? decode_xml(std::move(bytes)) : decode_text(std::move(bytes))).text);
    } catch (const Failure&) {
        return std::nullopt;
    }
}

bool Workspace::is_outside(const std::string& path) const {
    return std::ranges::none_of(folders_, [&](const std::string& folder) { return is_below(folder, path); });
}

// Whether a text decides what there is to look at: which files are descriptions, and what configures them.
bool Workspace::decides_the_walk(const std::string& path) const {
    if (base_name(path) == config_file_name || path == options_.config || path == options_.baseline)
        return true;
    if (!analysis_ || is_outside(path)) return true;
    for (const ConfigFile* config : analysis_->configs.all()) {
        if (config->path == path ||
            std::ranges::find(config->parameter_files, path) != config->parameter_files.end())
            return true;
    }
    if (!is_yaml_name(path)) return false;
    // A configuration that cannot be read may be so for this file.
    if (!complaints_.empty()) return true;
    const Document* document = find(path);
    const bool is_site =
        std::ranges::binary_search(analysis_->inputs.sites, path, std::less<>(), &SiteInput::path);
    return document == nullptr || is_description(document->text.text()) != is_site;
}

// Whether a text may have come to the disk since the last walk: nothing reads it, though it is of a kind that
// is read.
bool Workspace::is_new(const Document& document) const {
    return units_of(document.path).empty() &&
           (document.path.ends_with(".csv") || is_input(document.path, document.text.text()));
}

std::function<void()> Workspace::next_task() {
    if (walk_is_due_) return walk();
    if (!analysis_) return {};
    bring_up_to_date();
    return due_.empty() ? std::function<void()>() : analyse();
}

std::function<void()> Workspace::walk() {
    walk_is_due_ = false;
    walking_ = true;
    pending_.clear();
    std::set<std::string> outside;
    std::vector<std::string> config_folders;
    for (const auto& [path, document] : documents_) {
        if (is_outside(path)) outside.merge(inputs_for(files_, path, document.text.text()));
        if (base_name(path) == config_file_name) config_folders.emplace_back(folder_of(path));
    }
    std::vector<std::string> paths = folders_;
    paths.insert(paths.end(), outside.begin(), outside.end());
    return [this, files = files_, paths = std::move(paths), folders = std::move(config_folders)] {
        walk_failure_.clear();
        made_.reset();
        try {
            made_ = std::make_unique<Analysis>(files, pool_, options_, paths, folders, stopped_);
        } catch (const Failure& failure) {
            walk_failure_ = failure.what();
        }
    };
}

std::function<void()> Workspace::analyse() {
    running_ = next_units();
    for (const std::size_t unit : running_) due_.erase(unit);
    const bool last = due_.empty();
    return [this, last] {
        analysis_->lint.work(running_);
        if (last) analysis_->lint.across();
    };
}

void Workspace::bring_up_to_date() {
    for (const std::string& path : pending_) {
        if (auto text = find(path) == nullptr ? nullptr : files_.laid_over(path)) {
            analysis_->files.lay_over(path, std::move(text));
        } else {
            analysis_->files.uncover(path);
        }
        analysis_->session.layers().forget(path);
        for (const std::size_t unit : units_of(path)) wanted_ += due_.insert(unit).second ? 1 : 0;
    }
    pending_.clear();
}

// Those of the text that was worked on last, by themselves; else as many as keep all threads at work for a
// moment.
std::vector<std::size_t> Workspace::next_units() const {
    const Document* latest = nullptr;
    std::vector<std::size_t> units;
    for (const auto& [path, document] : documents_) {
        if (latest != nullptr && latest->changed > document.changed) continue;
        std::vector<std::size_t> of_text = units_of(path);
        std::erase_if(of_text, [&](std::size_t unit) { return !due_.contains(unit); });
        if (of_text.empty()) continue;
        latest = &document;
        units = std::move(of_text);
    }
    constexpr std::size_t rounds = 4;
    const std::size_t most = rounds * pool_.threads();
    if (units.size() > most) units.resize(most);
    if (!units.empty()) return units;
    for (const std::size_t unit : due_) {
        if (units.size() == most) break;
        units.push_back(unit);
    }
    return units;
}

std::set<std::string> Workspace::finish() {
    std::set<std::string> affected;
    if (std::exchange(walking_, false)) {
        take_walk(affected);
    } else {
        for (const std::size_t unit : running_) take_unit(unit, affected);
        running_.clear();
    }
    if (!due_.empty()) return affected;
    if (analysis_) take_across(affected);
    wanted_ = 0;
    // Before, they would be shown as if nothing were wrong with them.
    affected.merge(std::exchange(before_walk_, {}));
    if (options_.baseline) affected.insert(*options_.baseline);
    return affected;
}

void Workspace::take_walk(std::set<std::string>& affected) {
    for (const auto& [path, units] : finders_) before_walk_.insert(path);
    for (const std::string& path : files_of(across_)) before_walk_.insert(path);
    for (const Complaint& one : complaints_) affected.insert(one.file);
    complaints_.clear();
    across_.clear();
    readers_.clear();
    finders_.clear();
    due_.clear();
    analysis_ = std::move(made_);
    unit_files_.assign(analysis_ ? analysis_->lint.units() : 0, {});
    if (analysis_) {
        for (const std::string& failure : analysis_->inputs.failures) say(failure);
        for (const std::string& failure : analysis_->config_failures) say(failure);
    } else {
        say(walk_failure_);
    }
    for (const Complaint& one : complaints_) affected.insert(one.file);
    if (!analysis_) {
        // Nothing can be brought up to date then, and whoever waits for that would wait for ever.
        pending_.clear();
        return;
    }
    const Inputs& inputs = analysis_->inputs;
    for (std::size_t unit = 0; unit < unit_files_.size(); ++unit) {
        due_.insert(unit);
        if (unit < inputs.servers.size()) {
            for (const Candidate& file : inputs.servers[unit].files) {
                unit_files_[unit].read.insert(file.path);
                readers_[file.path].insert(unit);
            }
        } else {
            const std::string& path = inputs.sites[unit - inputs.servers.size()].path;
            unit_files_[unit].read.insert(path);
            readers_[path].insert(unit);
        }
    }
    wanted_ = due_.size();
}

void Workspace::take_unit(std::size_t unit, std::set<std::string>& affected) {
    UnitFiles now;
    for (const ReadFile& file : analysis_->lint.read(unit)) now.read.insert(file.path);
    for (const std::string& file : files_of(analysis_->lint.findings(unit))) now.found.insert(file);
    for (const std::string& failure : analysis_->lint.failures(unit)) say(failure);
    UnitFiles& before = unit_files_[unit];
    // What cannot be read at the moment belongs to the unit all the same.
    if (now.read.empty()) now.read = before.read;
    const auto replace = [unit](Units& by_file, const std::set<std::string>& old,
                                const std::set<std::string>& fresh) {
        for (const std::string& path : old) {
            if (fresh.contains(path)) continue;
            const auto at = by_file.find(path);
            if (at == by_file.end()) continue;
            at->second.erase(unit);
            if (at->second.empty()) by_file.erase(at);
        }
        for (const std::string& path : fresh) by_file[path].insert(unit);
    };
    replace(readers_, before.read, now.read);
    replace(finders_, before.found, now.found);
    // Whether a suppression in a layer is idle depends on who reads the layer.
    std::ranges::set_symmetric_difference(before.read, now.read, std::inserter(affected, affected.end()));
    affected.insert(before.found.begin(), before.found.end());
    affected.insert(now.found.begin(), now.found.end());
    for (const auto& [path, document] : documents_) {
        if (now.read.contains(path)) affected.insert(path);
    }
    before = std::move(now);
}

void Workspace::take_across(std::set<std::string>& affected) {
    for (const std::string& path : files_of(across_)) affected.insert(path);
    across_ = analysis_->lint.across();
    for (const std::string& failure : analysis_->lint.across_failures()) say(failure);
    for (const std::string& path : files_of(across_)) affected.insert(path);
}

bool Workspace::is_settled() const {
    return !walk_is_due_ && !walking_ && pending_.empty() && due_.empty() && running_.empty();
}

Progress Workspace::progress() const {
    return {.done = wanted_ - std::min(wanted_, due_.size() + running_.size()), .all = wanted_, .files = 0};
}

bool Workspace::is_current(const std::string& path) const {
    if (walk_is_due_ || walking_ || pending_.contains(path)) return false;
    return std::ranges::none_of(units_of(path), [&](std::size_t unit) {
        return due_.contains(unit) || std::ranges::find(running_, unit) != running_.end();
    });
}

void Workspace::say(const std::string& failure) {
    std::string_view rest = failure;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        if (auto complaint = read_complaint(rest.substr(0, end))) {
            const bool known = std::ranges::any_of(complaints_, [&](const Complaint& one) {
                return one.file == complaint->file && one.place == complaint->place;
            });
            if (!known) complaints_.push_back(std::move(*complaint));
        } else if (said_.emplace(rest.substr(0, end)).second) {
            failures_.emplace_back(rest.substr(0, end));
        }
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
}

std::vector<std::string> Workspace::take_failures() { return std::exchange(failures_, {}); }

const Inputs& Workspace::inputs() const {
    static const Inputs none;
    return analysis_ ? analysis_->inputs : none;
}

const ConfigFile* Workspace::config_of(const std::string& path) const {
    if (!analysis_) return nullptr;
    try {
        return analysis_->configs.for_folder(std::string(folder_of(path)));
    } catch (const Failure&) {
        // It is complained of where it stands.
        return nullptr;
    }
}

std::vector<std::size_t> Workspace::units_of(const std::string& path) const {
    const auto found = readers_.find(path);
    if (found == readers_.end()) return {};
    return {found->second.begin(), found->second.end()};
}

std::vector<const ServerInput*> Workspace::servers_of(const std::string& path) const {
    std::vector<const ServerInput*> servers;
    for (const std::size_t unit : units_of(path)) {
        if (unit < inputs().servers.size()) servers.push_back(&inputs().servers[unit]);
    }
    return servers;
}

std::vector<const SiteInput*> Workspace::sites_of(const std::string& path) const {
    std::vector<const SiteInput*> sites;
    for (const std::size_t unit : units_of(path)) {
        if (unit >= inputs().servers.size()) sites.push_back(&inputs().sites[unit - inputs().servers.size()]);
    }
    return sites;
}

std::set<std::string> Workspace::related(const std::string& path) const {
    std::set<std::string> files{path};
    for (const std::size_t unit : units_of(path))
        files.insert(unit_files_[unit].read.begin(), unit_files_[unit].read.end());
    return files;
}

std::set<std::string> Workspace::reach(const std::string& path,
                                       const std::function<bool(const std::string& path)>& names) const {
    std::set<std::string> files = related(path);
    std::vector<std::string> fresh(files.begin(), files.end());
    while (!fresh.empty()) {
        const std::string one = std::move(fresh.back());
        fresh.pop_back();
        if (!names(one)) continue;
        for (const std::string& more : related(one)) {
            if (files.insert(more).second) fresh.push_back(more);
        }
    }
    return files;
}

}  // namespace dectprov
