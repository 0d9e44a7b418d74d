// SPDX-License-Identifier: MIT
#include "load/table_cache.hpp"

#include <algorithm>
#include <iterator>
#include <limits>
#include <utility>

#include "doc/write_xml.hpp"
#include "load/site_vars.hpp"
#include "source/encoding.hpp"

namespace dectprov {
namespace {

// A table that is no larger is in memory as a whole.
constexpr std::size_t least_in_parts = std::size_t{1} << 20U;

// Whether the bytes are the text, and there is no reference in it, and nothing that XML cannot hold.
bool is_plain(const LargeFile& file) {
    bool first = true;
    return file.each_piece([&](std::string_view piece) {
        constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
        if (std::exchange(first, false) && piece.starts_with(byte_order_mark)) return false;
        return piece.find('$') == std::string_view::npos && find_unwritable(piece) == std::string_view::npos;
    });
}

}  // namespace

template <class Value, class Make>
std::shared_ptr<Value> TableCache::get(Slots<Value>& slots, const std::string& key, const Make& make) {
    Slot<Value>* slot = nullptr;
    {
        const std::lock_guard lock(mutex_);
        std::unique_ptr<Slot<Value>>& place = slots[key];
        if (!place) place = std::make_unique<Slot<Value>>();
        slot = place.get();
    }
    // Others that want it wait for it, and no one else.
    std::call_once(slot->once, [&] { slot->value = make(); });
    return slot->value;
}

std::shared_ptr<const TableCache::Text> TableCache::text(const Files& files, const std::string& path,
                                                         const std::string& encoding) {
    return get(texts_, encoding + ':' + path, [&] {
        auto made = std::make_shared<Text>();
        const std::size_t least =
            encoding == "UTF-8" ? least_in_parts : std::numeric_limits<std::size_t>::max();
        Files::Contents found = files.read_or_open(path, least);
        if (found.large && is_plain(*found.large)) {
            made->file = std::move(found.large);
            made->plain = true;
            return made;
        }
        if (found.large) found.bytes = files.read(path);
        Decoded decoded = decode_text(std::move(found.bytes), encoding);
        made->text = std::move(decoded.text);
        made->bad = decoded.bad;
        made->problem = std::move(decoded.problem);
        made->plain = made->text.find('$') == std::string_view::npos &&
                      find_unwritable(made->text) == std::string_view::npos;
        if (!made->plain) find_uses(made->text, made->variables);
        return made;
    });
}

std::shared_ptr<TableIndex> TableCache::index(const std::string& key,
                                              const std::function<std::shared_ptr<TableIndex>()>& make) {
    return get(indexes_, key, make);
}

std::shared_ptr<const std::vector<std::uint32_t>> TableCache::rows(
    const std::string& key, const std::function<std::vector<std::uint32_t>()>& make) {
    return get(rows_, key, [&] { return std::make_shared<const std::vector<std::uint32_t>>(make()); });
}

bool TableCache::tells(std::string what) {
    const std::lock_guard lock(mutex_);
    return told_.insert(std::move(what)).second;
}

void TableCache::take_all(const std::string& table) {
    const std::lock_guard lock(mutex_);
    whole_.insert(table);
}

std::vector<std::uint32_t> TableCache::untaken(const std::string& table, CsvReader& rows) const {
    if (whole_.contains(table)) return {};
    std::optional<std::vector<std::uint32_t>> all;
    for (auto at = indexes_.lower_bound(table); at != indexes_.end() && at->first.starts_with(table); ++at) {
        // Behind the name of the table stand the columns by which it is looked up.
        const std::string_view columns = std::string_view(at->first).substr(table.size());
        if (!at->second->value || !columns.starts_with('#') || columns.starts_with("#servers:")) continue;
        std::vector<std::uint32_t> found = at->second->value->untaken(rows);
        if (!all) {
            all = std::move(found);
            continue;
        }
        std::vector<std::uint32_t> both;
        std::ranges::set_intersection(*all, found, std::back_inserter(both));
        all = std::move(both);
    }
    return all.value_or(std::vector<std::uint32_t>());
}

std::set<std::size_t> TableCache::rows_that_look_up() const {
    std::set<std::size_t> rows;
    for (const auto& [key, slot] : indexes_) {
        if (slot->value) rows.insert(slot->value->row());
    }
    return rows;
}

}  // namespace dectprov
