// SPDX-License-Identifier: MIT
#include "diag/report_paths.hpp"

#include <vector>

#include "diag/url_name.hpp"

namespace dectprov {
namespace {

// What is below a folder: nothing where the path is elsewhere. Both are from the root and normal.
std::optional<std::string> below(const std::string& folder, const std::string& path) {
    std::string way = path_from(folder, path);
    if (way == ".." || way.starts_with("../")) return std::nullopt;
    return way;
}

void rename_in(std::vector<Finding>& findings, RepositoryPaths& paths) {
    // Sorted findings of one file stand together.
    std::string last;
    std::string name;
    const auto rename = [&](std::string& file) {
        if (file.empty()) return;
        if (file != last) {
            last = file;
            name = paths.of(file);
        }
        file = name;
    };
    for (Finding& finding : findings) {
        rename(finding.file);
        for (RelatedPlace& place : finding.related) rename(place.file);
        if (finding.fix) rename(finding.fix->file);
        if (finding.suppression) rename(finding.suppression->file);
    }
}

}  // namespace

const std::string& RepositoryPaths::root_of(const std::string& folder) {
    const auto [place, fresh] = roots_.try_emplace(folder);
    if (!fresh) return place->second;
    if (files_.type(join(folder, ".git")) != Files::Type::none) {
        place->second = folder;
    } else if (folder != "/") {
        place->second = root_of(std::string(folder_of(folder)));
    }
    return place->second;
}

std::string RepositoryPaths::of(std::string_view file) {
    if (is_url(file)) return std::string(file);
    const std::string whole = files_.absolute(file);
    if (!here_) here_ = files_.working_folder();
    if (const std::string& here = root_of(*here_); !here.empty()) {
        if (const auto way = below(here, whole)) return *way;
    }
    if (const std::string& root = root_of(std::string(folder_of(whole))); !root.empty())
        return path_from(root, whole);
    return below(*here_, whole).value_or(whole);
}

void rename_files(Results& results, RepositoryPaths& paths) {
    rename_in(results.findings, paths);
    rename_in(results.hidden, paths);
}

}  // namespace dectprov
