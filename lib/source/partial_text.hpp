// SPDX-License-Identifier: MIT
#pragma once

#include <sys/stat.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

namespace dectprov {

// A large file on the disk that stays open, so that parts of it are read when somebody looks at them. All see
// the same bytes: a file that is written to meanwhile is a Failure. For several threads at once.
class LargeFile {
public:
    // Owns the descriptor, of which `status` is.
    LargeFile(std::string path, int descriptor, const struct stat& status);
    ~LargeFile();
    LargeFile(const LargeFile&) = delete;
    LargeFile& operator=(const LargeFile&) = delete;
    LargeFile(LargeFile&&) = delete;
    LargeFile& operator=(LargeFile&&) = delete;

    [[nodiscard]] std::size_t size() const { return static_cast<std::size_t>(status_.st_size); }
    // The bytes from `begin` on that fill `to`, which there are.
    void read(std::size_t begin, char* to, std::size_t size) const;
    // Hands out all of it in pieces, which end where a UTF-8 character does that is whole; until `visit` says
    // no. False where it said so.
    bool each_piece(const std::function<bool(std::string_view)>& visit) const;
    // The whole file, once so much has been read that parts no longer pay; null before.
    [[nodiscard]] std::shared_ptr<const std::string> held() const;

private:
    std::string path_;
    int descriptor_;
    struct stat status_;
    mutable std::atomic<std::uint64_t> read_ = 0;
    mutable std::once_flag once_ = {};
    mutable std::shared_ptr<const std::string> held_ = {};
};

// What one unit of work sees of such a file: a text of its size, of which that stands there which was asked
// for. For several threads at once.
class PartialText {
public:
    explicit PartialText(std::shared_ptr<const LargeFile> file);
    ~PartialText();
    PartialText(const PartialText&) = delete;
    PartialText& operator=(const PartialText&) = delete;
    PartialText(PartialText&&) = delete;
    PartialText& operator=(PartialText&&) = delete;

    [[nodiscard]] const std::shared_ptr<const LargeFile>& file() const { return file_; }
    // Zeros stand where nothing was loaded.
    [[nodiscard]] std::string_view whole() const { return whole_; }
    void load(std::size_t begin, std::size_t end) const;
    // At least `size` bytes from `begin` on, as far as there are; returns where the loaded ones end.
    [[nodiscard]] std::size_t load_from(std::size_t begin, std::size_t size) const;
    // Nobody looks any more at what stands from `begin` to `end`, nor between that and what was dropped last.
    void drop(std::size_t begin, std::size_t end);

private:
    std::shared_ptr<const LargeFile> file_;
    std::shared_ptr<const std::string> held_;
    char* region_ = nullptr;  // null where the whole file is held
    std::string_view whole_;
    std::unique_ptr<std::atomic<bool>[]> loaded_;  // by piece
    std::size_t dropped_ = 0;                      // up to this piece
    mutable std::mutex mutex_ = {};
};

}  // namespace dectprov
