// SPDX-License-Identifier: MIT
#include "render/versions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

#include "compare/values.hpp"
#include "diag/rules.hpp"
#include "doc/read_xml.hpp"
#include "doc/unknown_text.hpp"
#include "doc/ver_list.hpp"
#include "doc/write_xml.hpp"
#include "source/encoding.hpp"
#include "source/stable_hash.hpp"

namespace dectprov {
namespace {

// Versions that are made here; no source gives a highest one, and these fit whatever a device keeps them in.
constexpr std::uint64_t highest_version = 65'535;

// The element that holds what a group sets.
NodeIndex settings_of(const Tree& tree) {
    const NodeIndex data = tree.empty() ? Tree::none : tree.find(entry("cota.data"));
    return data == Tree::none || !tree.has_children(data) ? Tree::none : data;
}

bool same_settings(const Tree& a, const Tree& b) {
    const NodeIndex data_a = settings_of(a);
    const NodeIndex data_b = settings_of(b);
    const bool both = data_a != Tree::none && data_b != Tree::none;
    if (both && same_elements(a, data_a, b, data_b)) return true;
    const std::vector<Leaf> before = data_a == Tree::none ? std::vector<Leaf>() : leaves(a, data_a);
    const std::vector<Leaf> after = data_b == Tree::none ? std::vector<Leaf>() : leaves(b, data_b);
    return std::ranges::equal(before, after, [](const Leaf& x, const Leaf& y) {
        return x.path == y.path && compare(x, y) != Same::no;
    });
}

// A number from 1 to the highest, of the settings alone, in whatever order they stand.
std::uint64_t version_of_settings(const Tree& group) {
    std::uint64_t sum = 0;
    const NodeIndex data = settings_of(group);
    // The hash of a path goes on from that of the path above.
    const auto below = [](std::uint64_t above, std::string_view name) {
        return fnv1a(name, above == fnv1a_start ? above : fnv1a(".", above));
    };
    if (data != Tree::none) {
        for_each_leaf(group, data, fnv1a_start, below, [&](std::uint64_t path, NodeIndex node) {
            sum += mixed(fnv1a(group.value(node), fnv1a("\n", path)));
        });
    }
    return mixed(sum) % highest_version + 1;
}

// The file of a group in a previous output.
struct PreviousFile {
    std::string path;
    std::string bytes;
    bool own;  // of this server, not of the one that it replaces
};

// What a previous output says of a group.
struct Previous {
    std::string version;
    bool same = false;  // it sets what the group sets now
};

Previous read_previous(const PreviousFile& file, const Tree& now) {
    SourceSet sources;
    Report problems;
    const FileId source = sources.add(file.path, decode_xml(file.bytes).text);
    const XmlDocument document = read_xml(sources, source, now.catalog(), entry("cota"), problems);
    if (document.state != Reading::good) return {};
    const NodeIndex version = document.tree.find(entry("cota.info.version"));
    return {.version = version == Tree::none ? std::string() : std::string(document.tree.value(version)),
            .same = same_settings(document.tree, now)};
}

// Looks through what a previous output has of one server.
class PreviousOutput {
public:
    PreviousOutput(const SiteServer& server, const Files& files, const std::string& folder)
        : files_(files), folder_(folder), identity_(server.server.identity.text) {
        if (!server.replaces) return;
        if (const auto replaced = parse_identity(*server.replaces)) replaced_ = replaced->text;
    }

    [[nodiscard]] std::optional<PreviousFile> group(std::uint32_t number) const {
        for (const std::string& identity : {identity_, replaced_}) {
            if (identity.empty()) continue;
            std::string path = join(folder_, file_name(identity, Role::group, number));
            if (std::optional<std::string> bytes = files_.read_if_there(path))
                return PreviousFile{
                    .path = std::move(path), .bytes = std::move(*bytes), .own = identity == identity_};
        }
        return std::nullopt;
    }

    // Whether a list of this server, or of the one that it replaces, gives the group this version.
    [[nodiscard]] bool lists(std::uint32_t number, std::string_view version) {
        if (!read_) {
            read_ = true;
            for (const std::string& identity : {identity_, replaced_}) {
                if (!identity.empty()) read(join(folder_, file_name(identity, Role::list)));
            }
        }
        const std::string group = std::to_string(number);
        return std::ranges::any_of(listed_, [&](const auto& line) {
            return line.first == group && same_version(line.second, version);
        });
    }

private:
    void read(const std::string& path) {
        std::optional<std::string> bytes = files_.read_if_there(path);
        if (!bytes) return;
        SourceSet sources;
        Report problems;
        const FileId source = sources.add(path, decode_text(std::move(*bytes)).text);
        for (const VersionLine& line : read_version_list(sources, source, problems).lines)
            listed_.emplace_back(line.group, line.version);
    }

    const Files& files_;
    const std::string& folder_;
    const std::string& identity_;
    std::string replaced_;
    bool read_ = false;
    std::vector<std::pair<std::string, std::string>> listed_;
};

// The version in a file that was written here; empty where it looks otherwise.
std::string_view version_in(std::string_view bytes) {
    constexpr std::string_view start = "<version>";
    const std::size_t at = bytes.find(start);
    if (at == std::string_view::npos) return {};
    const std::size_t begin = at + start.size();
    const std::size_t end = std::min(bytes.find_first_not_of("0123456789", begin), bytes.size());
    return bytes.substr(begin, end - begin);
}

// Another version than the previous output has for the group.
std::string new_version(const HandsetGroup& group, std::string_view previous, PreviousOutput& output) {
    std::uint64_t number = version_of_settings(group.tree);
    std::string version = std::to_string(number);
    while (same_version(version, previous) || output.lists(group.number, version)) {
        number = number % highest_version + 1;
        version = std::to_string(number);
    }
    return version;
}

std::string_view written_version(const HandsetGroup& group) {
    const NodeIndex node = group.tree.empty() ? Tree::none : group.tree.find(entry("cota.info.version"));
    return node == Tree::none ? std::string_view() : group.tree.value(node);
}

}  // namespace

std::vector<SettledGroup> settle_versions(const SiteServer& server, const Files& files,
                                          const std::string& folder, Report& report) {
    std::vector<SettledGroup> settled;
    settled.reserve(server.server.groups.size());
    PreviousOutput output(server, files, folder);
    for (const HandsetGroup& group : server.server.groups) {
        const SiteServer::GroupVersion& wanted = server.versions.at(settled.size());
        SettledGroup& to = settled.emplace_back();
        const std::optional<PreviousFile> file = output.group(group.number);
        if (!wanted.automatic) {
            to.version = written_version(group);
        } else if (file) {
            to.version = version_in(file->bytes);
        }
        if (file && !to.version.empty()) {
            // The same bytes say the same, and need no reading. They mostly are the same.
            to.bytes = write_group(group.tree, std::to_string(group.number), to.version);
            const bool same = matches(to.bytes, file->bytes);
            to.unchanged = same && file->own;
            if (same) continue;
        }
        if (!file || (!wanted.automatic && to.version.empty())) {
            if (wanted.automatic) to.version = new_version(group, {}, output);
            continue;
        }
        const Previous previous = read_previous(*file, group.tree);
        if (wanted.automatic) {
            to.bytes.clear();
            to.version = previous.same && !previous.version.empty()
                             ? previous.version
                             : new_version(group, previous.version, output);
        } else if (!previous.same && same_version(previous.version, to.version)) {
            report.add(rule::handset_version_not_bumped, wanted.where,
                       fmt::format("version is still {}, but the settings differ from those in {}",
                                   to.version, file->path),
                       "raise the version, or write auto");
        }
    }
    return settled;
}

}  // namespace dectprov
