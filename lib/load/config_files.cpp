// SPDX-License-Identifier: MIT
#include <algorithm>
#include <utility>

#include "load/config_file.hpp"
#include "source/bounds.hpp"
#include "source/failure.hpp"

namespace dectprov {
namespace {

constexpr std::string_view file_name_of_config = ".dectprov.yaml";

std::string parent_of(const std::string& folder) {
    if (folder == ".") return "..";
    if (folder == ".." || folder.ends_with("/..")) return folder + "/..";
    const std::string_view parent = folder_of(folder);
    return parent.empty() ? "." : std::string(parent);
}

}  // namespace

std::string ConfigFile::relative(std::string_view file) const {
    const bool is_folder = file.ends_with('/');
    const std::string wanted = normal(file);
    const std::string from = normal(base);
    std::string out;
    if (from == "." && !wanted.starts_with('/') && !wanted.starts_with("..")) {
        out = wanted;
    } else if (wanted.starts_with(from + "/")) {
        out = wanted.substr(from.size() + 1);
    } else {
        out = path_from(files->absolute(from), files->absolute(wanted));
    }
    if (is_folder && !out.ends_with('/')) out += '/';
    return out;
}

bool ConfigFile::ignores(std::string_view wanted) const {
    if (ignore.empty()) return false;
    const std::string below = relative(wanted);
    return std::ranges::any_of(ignore, [&](const std::string& one) { return glob_matches(one, below); });
}

ConfigFiles::ConfigFiles(const Files& files, std::optional<std::string> forced, bool none, RuleIndex rules)
    : files_(files), rules_(rules), none_(none) {
    if (forced && !none) forced_ = read(*forced, "");
}

const ConfigFile* ConfigFiles::read(const std::string& path, const std::string& base) {
    auto file = std::make_unique<ConfigFile>(read_config_file(files_, path, base, rules_));
    file->files = &files_;
    if (!file->policies.empty()) file->ready_policies = std::make_unique<const Policies>(*file);
    return read_.emplace_back(std::move(file)).get();
}

const ConfigFile* ConfigFiles::for_folder(const std::string& folder) {
    if (none_) return nullptr;
    if (forced_ != nullptr) return forced_;
    if (last_folder_ != folder) {
        last_ = find(folder);
        last_folder_ = folder;
    }
    return last_;
}

const ConfigFile* ConfigFiles::find(const std::string& folder) {
    std::vector<std::string> passed;
    const ConfigFile* found = nullptr;
    for (std::string at = normal(folder);; at = parent_of(at)) {
        const std::string whole = files_.absolute(at);
        if (const auto known = by_folder_.find(whole); known != by_folder_.end()) {
            found = known->second;
            break;
        }
        passed.push_back(whole);
        const std::string path = join(at, file_name_of_config);
        if (files_.type(path) == Files::Type::file) {
            if (const auto why = leaves_repository(files_, path)) throw Failure(*why);
            found = read(path, at == "." ? "" : at);
            break;
        }
        if (files_.type(join(at, ".git")) != Files::Type::none || whole == "/") break;
    }
    for (std::string& whole : passed) by_folder_.emplace(std::move(whole), found);
    return found;
}

std::vector<const ConfigFile*> ConfigFiles::all() const {
    std::vector<const ConfigFile*> out;
    for (const auto& one : read_) out.push_back(one.get());
    return out;
}

}  // namespace dectprov
