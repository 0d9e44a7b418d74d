// SPDX-License-Identifier: MIT
#include "diff/same_files.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catalog/entries.hpp"
#include "doc/read_xml.hpp"
#include "source/encoding.hpp"
#include "source/failure.hpp"

namespace dectprov {
namespace {

// The firmware files that a configuration names.
std::vector<std::string> firmware_names(std::string bytes) {
    std::vector<std::string> names;
    SourceSet sources;
    Report report;
    const FileId file = sources.add("", decode_xml(std::move(bytes)).text);
    const XmlDocument document = read_xml(sources, file, Catalog::builtin(), entry("config"), report);
    if (document.state != Reading::good) return names;
    const Tree& tree = document.tree;
    const NodeIndex section = tree.find(entry("config.provisioning.firmware"));
    if (section == Tree::none || !tree.has_children(section)) return names;
    for (NodeIndex node = tree.first(section); node < tree.after(section); node = tree.after(node)) {
        const std::string_view name = tree.value(node);
        if (!name.empty() && name.find('/') == std::string_view::npos) names.emplace_back(name);
    }
    return names;
}

bool same_version(const Files& old_files, const std::string& before, const Files& new_files,
                  const std::string& after) {
    const Files::Type type = old_files.type(before);
    if (type != new_files.type(after)) return false;
    try {
        return type != Files::Type::file || old_files.read(before) == new_files.read(after);
    } catch (const Failure&) {
        return false;
    }
}

std::vector<ReadAhead> read_all(const Files& files, const ServerInput& server) {
    std::vector<ReadAhead> all(server.files.size());
    for (std::size_t i = 0; i < all.size(); ++i) {
        try {
            all[i].bytes = files.read(server.files[i].path);
        } catch (const Failure&) {
            // Whoever needs it says why it cannot be read.
            continue;
        }
    }
    return all;
}

// Whether no other file of the server says the same, as one of a doubtful name does.
bool is_alone(const ServerInput& server, const FileName& name) {
    return std::ranges::count_if(server.files, [&](const Candidate& one) {
               return one.name.role == name.role && one.name.group == name.group;
           }) == 1;
}

class Both {
public:
    Both(const Files& old_files, const ServerInput& before, const Files& new_files, const ServerInput& after)
        : old_files_(old_files), old_server_(before), new_files_(new_files), new_server_(after) {}

    BothRead read() {
        both_.before = read_all(old_files_, old_server_);
        both_.after = read_all(new_files_, new_server_);
        pair();
        const bool all = pairs_.size() == both_.before.size() && pairs_.size() == both_.after.size();
        both_.same = all && same_firmware();
        if (!both_.same) leave_out();
        return std::move(both_);
    }

private:
    // Files of one name and the same bytes, by their places in the two lists.
    void pair() {
        std::size_t i = 0;
        std::size_t k = 0;
        while (i < both_.before.size() && k < both_.after.size()) {
            const std::string_view a = base_name(old_server_.files[i].path);
            const std::string_view b = base_name(new_server_.files[k].path);
            if (a == b && both_.before[i].bytes && both_.before[i].bytes == both_.after[k].bytes)
                pairs_.emplace_back(i, k);
            i += a <= b ? 1 : 0;
            k += b <= a ? 1 : 0;
        }
    }

    [[nodiscard]] bool same_firmware() const {
        const auto config = std::ranges::find(new_server_.files, Role::config,
                                              [](const Candidate& file) { return file.name.role; });
        if (config == new_server_.files.end()) return true;
        const std::string& bytes =
            *both_.after[static_cast<std::size_t>(config - new_server_.files.begin())].bytes;
        // In UTF-16 the word looks otherwise, so only plain text without it is known to name no firmware.
        if (bytes.find("firmware") == std::string::npos && bytes.find('\0') == std::string::npos) return true;
        return std::ranges::all_of(firmware_names(bytes), [&](const std::string& name) {
            return same_version(old_files_, join(old_server_.folder, name + ".ver"), new_files_,
                                join(new_server_.folder, name + ".ver"));
        });
    }

    void leave_out() {
        const auto others = [](const ServerInput& server) {
            return static_cast<std::size_t>(std::ranges::count_if(
                server.files, [](const Candidate& file) { return file.name.role != Role::config; }));
        };
        const auto same_others =
            static_cast<std::size_t>(std::ranges::count_if(pairs_, [&](const auto& pair) {
                return old_server_.files[pair.first].name.role != Role::config;
            }));
        // What comes of other settings does not hang on users and handsets.
        const bool config_alone = same_others == others(old_server_) && same_others == others(new_server_);
        for (const auto& [i, k] : pairs_) {
            const FileName& name = old_server_.files[i].name;
            if (!is_alone(old_server_, name) || !is_alone(new_server_, name)) continue;
            if (name.role == Role::group) set(i, k, ReadAhead::Need::left_out);
            if (name.role == Role::users && config_alone) set(i, k, ReadAhead::Need::to_know_the_model);
        }
    }

    void set(std::size_t i, std::size_t k, ReadAhead::Need need) {
        both_.before[i].need = need;
        both_.after[k].need = need;
    }

    const Files& old_files_;
    const ServerInput& old_server_;
    const Files& new_files_;
    const ServerInput& new_server_;
    BothRead both_;
    std::vector<std::pair<std::size_t, std::size_t>> pairs_;
};

}  // namespace

BothRead read_both(const Files& old_files, const ServerInput& before, const Files& new_files,
                   const ServerInput& after) {
    return Both(old_files, before, new_files, after).read();
}

}  // namespace dectprov
