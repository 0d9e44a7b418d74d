// SPDX-License-Identifier: MIT
#include "device/settings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "catalog/characters.hpp"
#include "catalog/entries.hpp"
#include "compare/values.hpp"
#include "device/state.hpp"
#include "doc/read_xml.hpp"
#include "doc/secret.hpp"
#include "source/encoding.hpp"
#include "source/failure.hpp"

namespace dectprov {
namespace {

constexpr std::string_view secret_text = "<secret>";
constexpr std::string_view preset_text = "<default, not stated>";

// What "<2 keys>" and "<at least 2 keys>" say.
struct KeyCount {
    std::size_t keys;
    bool more;
};
std::optional<KeyCount> key_count(std::string_view text) {
    if (!text.starts_with('<') || !(text.ends_with(" keys>") || text.ends_with(" key>"))) return std::nullopt;
    text.remove_prefix(1);
    constexpr std::string_view at_least = "at least ";
    const bool more = text.starts_with(at_least);
    if (more) text.remove_prefix(at_least.size());
    std::size_t count = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    if (error != std::errc() || *end != ' ') return std::nullopt;
    return KeyCount{.keys = count, .more = more};
}

void hide_names(HeldSetting& setting, std::string shown) {
    if (shown != setting.path) setting.hidden_path = std::move(shown);
}

HeldSetting held_setting(std::string path, std::string_view value, const Catalog& catalog) {
    HeldSetting setting;
    setting.catalog = &catalog;
    setting.entry = catalog.find("config." + path);
    setting.path = std::move(path);
    hide_names(setting, shown_path(catalog, entry("config"), setting.path));
    if (value == secret_text) {
        setting.known = HeldSetting::Known::secret;
    } else if (value == preset_text) {
        setting.known = HeldSetting::Known::unstated_default;
    } else if (const auto keys = key_count(value); keys && is_licence(catalog, setting.entry)) {
        setting.keys = keys->keys;
        setting.more = keys->more;
    } else {
        setting.value = value;
    }
    return setting;
}

std::vector<HeldSetting> from_xml(const std::string& name, std::string text, const Catalog& catalog) {
    SourceSet sources;
    Report report;
    const FileId file = sources.add(name, std::move(text));
    const XmlDocument document = read_xml(sources, file, catalog, entry("config"), report);
    if (document.state != Reading::good) {
        const Diagnostic& fault = report.all().front();
        const Position at = sources.position(file, fault.place.span.begin);
        throw Failure(fmt::format("{}:{}:{}: {}", name, at.line, at.column, fault.message));
    }
    std::vector<HeldSetting> settings;
    for (const Leaf& leaf : leaves(document.tree, 0)) {
        if (leaf.path.find('#') == std::string::npos)
            settings.push_back(held_setting(leaf.path, leaf.value(), catalog));
    }
    return settings;
}

class LineReader {
public:
    LineReader(const std::string& name, std::string_view text, const Catalog& catalog)
        : name_(name), text_(text), catalog_(catalog) {}

    std::vector<HeldSetting> read() {
        std::size_t begin = 0;
        while (begin < text_.size()) {
            const std::size_t end = std::min(text_.find('\n', begin), text_.size());
            ++number_;
            line(trimmed(text_.substr(begin, end - begin)));
            begin = end + 1;
        }
        return std::move(settings_);
    }

private:
    void line(std::string_view text) {
        if (text.empty() || text.starts_with('#')) return;
        const std::size_t separator = text.find_first_of("=:");
        const std::string_view path = trimmed(text.substr(0, separator));
        const bool named = separator != std::string_view::npos && is_path(path);
        // A list of licence keys may be broken behind a comma.
        const bool goes_on = !settings_.empty() && settings_.back().value.ends_with(',') &&
                             is_licence(catalog_, settings_.back().entry);
        if (!named && goes_on) {
            settings_.back().value += text;
            return;
        }
        if (!named)
            throw Failure(
                fmt::format("{}:{}:1: the line does not have the form `path: value`", name_, number_));
        constexpr std::string_view root = "config.";
        std::string own(path.starts_with(root) ? path.substr(root.size()) : path);
        if (!seen_.insert(own).second)
            throw Failure(fmt::format("{}:{}:1: {} occurs twice", name_, number_,
                                      shown_path(catalog_, entry("config"), own)));
        settings_.push_back(held_setting(std::move(own), trimmed(text.substr(separator + 1)), catalog_));
    }

    static bool is_path(std::string_view text) {
        // A name that is not shown.
        if (const std::string hidden = fmt::format(".{}", secret_stars); text.ends_with(hidden))
            text.remove_suffix(hidden.size());
        return !text.empty() && std::ranges::all_of(text, [](char c) {
            return is_alphanumeric(c) || c == '_' || c == '.' || c == '-';
        });
    }

    const std::string& name_;
    std::string_view text_;
    const Catalog& catalog_;
    std::size_t number_ = 0;
    std::vector<HeldSetting> settings_;
    std::set<std::string, std::less<>> seen_;
};

// A merge adds the keys that are not there yet. Which of them are there, the number of keys does not say, nor
// a default that no source states.
void add_keys(HeldSetting& to, const HeldSetting& more) {
    if (to.known == HeldSetting::Known::secret) return;
    to.more = to.more || to.keys != 0 || to.known == HeldSetting::Known::unstated_default || more.opaque;
    to.known = HeldSetting::Known::value;
    if (more.opaque) return;
    const std::string before = to.value;
    const std::vector<std::string_view> known = licence_keys(before);
    for (const std::string_view key : licence_keys(more.value)) {
        if (std::ranges::find(known, key) != known.end()) continue;
        if (!to.value.empty()) to.value += ',';
        to.value += key;
    }
}

void set_default(HeldSetting& setting, ModelSet of_server) {
    const auto default_value = default_of(*setting.catalog, setting.entry, of_server);
    setting.keys = 0;
    setting.more = false;
    setting.masked.clear();
    setting.value = default_value.value_or("");
    setting.known = default_value ? HeldSetting::Known::value : HeldSetting::Known::unstated_default;
}

}  // namespace

HeldSetting held_setting(const Leaf& leaf, std::string_view above, std::string_view shown_above) {
    const Catalog& catalog = leaf.tree->catalog();
    const auto join = [](std::string_view one, std::string path) {
        return one.empty() ? std::move(path) : fmt::format("{}.{}", one, path);
    };
    HeldSetting setting{.path = join(above, leaf.path),
                        .hidden_path = {},
                        .entry = leaf.entry,
                        .catalog = &catalog,
                        .value = std::string(leaf.value()),
                        .opaque = leaf.is_opaque()};
    if (leaf.tree->referred(leaf.node) != nullptr) setting.masked = shown(leaf);
    hide_names(setting, join(shown_above, shown_path(leaf)));
    if (leaf.is_opaque() && is_secret_at(catalog, leaf.entry, leaf.path))
        setting.known = HeldSetting::Known::secret;
    return setting;
}

const std::string& shown_path(const HeldSetting& setting) {
    return setting.hidden_path.empty() ? setting.path : setting.hidden_path;
}

std::vector<HeldSetting> read_settings(const std::string& name, std::string bytes, const Catalog& catalog) {
    std::string text = decode_xml(std::move(bytes)).text;
    if (trimmed(text).starts_with('<')) return from_xml(name, std::move(text), catalog);
    return LineReader(name, text, catalog).read();
}

std::vector<HeldSetting> after_import(const std::vector<HeldSetting>& held, const Tree& config, bool merge,
                                      ModelSet of_server) {
    std::map<std::string, HeldSetting, std::less<>> brought;
    std::vector<std::string> order;
    for (const Leaf& leaf : leaves(config, 0)) {
        if (leaf.path.find('#') != std::string::npos) continue;
        order.push_back(leaf.path);
        brought.emplace(leaf.path, held_setting(leaf, {}, {}));
    }
    std::vector<HeldSetting> after;
    for (HeldSetting setting : held) {
        const auto found = brought.find(setting.path);
        if (found == brought.end()) {
            if (!merge) set_default(setting, of_server);
        } else if (merge && is_licence(*setting.catalog, setting.entry)) {
            add_keys(setting, found->second);
            brought.erase(found);
        } else {
            setting = std::move(found->second);
            brought.erase(found);
        }
        after.push_back(std::move(setting));
    }
    for (const std::string& path : order) {
        const auto found = brought.find(path);
        if (found != brought.end()) after.push_back(std::move(found->second));
    }
    return after;
}

std::string shown(const HeldSetting& setting) {
    const Catalog& catalog = *setting.catalog;
    switch (setting.known) {
        case HeldSetting::Known::secret:
            return std::string(secret_text);
        case HeldSetting::Known::unstated_default:
            return std::string(preset_text);
        case HeldSetting::Known::value:
            break;
    }
    if (!setting.masked.empty()) return setting.masked;
    if (is_licence(catalog, setting.entry)) {
        std::vector<std::string_view> keys = licence_keys(setting.value);
        std::ranges::sort(keys);
        // Not std::ranges::unique, whose subrange clang 14 cannot read.
        keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
        return shown_keys(std::max(keys.size(), setting.keys), setting.more);
    }
    return shown(catalog, setting.entry, setting.path, setting.value);
}

Same compare(const HeldSetting& a, const HeldSetting& b) {
    if (a.known != HeldSetting::Known::value || b.known != HeldSetting::Known::value || a.keys != 0 ||
        b.keys != 0 || a.more || b.more || a.opaque != b.opaque) {
        return Same::unknown;
    }
    return same_value(*a.catalog, a.entry, a.value, b.value) ? Same::yes : Same::no;
}

}  // namespace dectprov
