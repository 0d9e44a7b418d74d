// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "load/site_table_rows.hpp"
#include "source/files.hpp"
#include "source/partial_text.hpp"

namespace dectprov {

// What the parts of one description share: its tables are read once, and looked through once. For several
// threads at once.
class TableCache {
public:
    // A table as it stands in its file.
    struct Text {
        std::string text = {};
        std::shared_ptr<const LargeFile> file = {};  // instead of `text`: one that is read in parts
        std::optional<std::uint32_t> bad = {};
        std::string problem = {};                   // what is wrong there
        bool plain = false;                         // no reference in it, and nothing that XML cannot hold
        std::set<std::string_view> variables = {};  // that its texts refer to
    };

    // Throws Failure where the file cannot be read.
    std::shared_ptr<const Text> text(const Files& files, const std::string& path,
                                     const std::string& encoding);
    // What `make` makes, once for each key.
    std::shared_ptr<TableIndex> index(const std::string& key,
                                      const std::function<std::shared_ptr<TableIndex>()>& make);
    std::shared_ptr<const std::vector<std::uint32_t>> rows(
        const std::string& key, const std::function<std::vector<std::uint32_t>()>& make);

    // False where that has been told of a table by another part, or for another server.
    bool tells(std::string what);

    // Whoever reads a table of users without looking rows up takes all of them.
    void take_all(const std::string& table);
    // The rows of a table, which `rows` reads, that nobody has taken, by where they begin; nothing where it
    // is not looked up.
    [[nodiscard]] std::vector<std::uint32_t> untaken(const std::string& table, CsvReader& rows) const;
    // The rows of servers that have made the indexes.
    [[nodiscard]] std::set<std::size_t> rows_that_look_up() const;

private:
    template <class Value>
    struct Slot {
        std::once_flag once = {};
        std::shared_ptr<Value> value = {};
    };
    template <class Value>
    using Slots = std::map<std::string, std::unique_ptr<Slot<Value>>, std::less<>>;

    template <class Value, class Make>
    std::shared_ptr<Value> get(Slots<Value>& slots, const std::string& key, const Make& make);

    mutable std::mutex mutex_;
    Slots<const Text> texts_;
    Slots<TableIndex> indexes_;
    Slots<const std::vector<std::uint32_t>> rows_;
    std::set<std::string, std::less<>> told_;
    std::set<std::string, std::less<>> whole_;  // tables all of whose rows are taken
};

}  // namespace dectprov
