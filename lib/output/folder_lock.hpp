// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "output/descriptor.hpp"

namespace dectprov {

// Told the folder before it is waited for another run that is at work there; may be empty.
using TellWaiting = std::function<void(std::string_view folder)>;

// A folder that is open and locked for as long as the object lives: runs that write to one folder take turns,
// so that what stands there afterwards is of one of them. Where the file system knows no locks, nobody waits.
class FolderLock {
public:
    enum class With : std::uint8_t {
        nobody,
        parts,   // those that write other parts of the same, and lock it likewise
        anybody  // it is not locked at all
    };

    // No folder.
    FolderLock() = default;
    // `folder`: an open one, which stands at `path`. The lock may be of a folder that went meanwhile.
    FolderLock(Descriptor folder, const std::string& path, With with, const TellWaiting& waiting);

    [[nodiscard]] bool good() const { return folder_.good(); }
    [[nodiscard]] int number() const { return folder_.number(); }
    // Whether nobody was at work in the folder when it was locked, so that what is staged there is left over.
    [[nodiscard]] bool was_free() const { return was_free_; }
    // Lets the others in that write other parts; until then a folder that was free is nobody else's.
    void share();
    // Whether this folder stands at a path.
    [[nodiscard]] bool is_at(const std::string& path) const;

private:
    Descriptor folder_;
    bool was_free_ = false;
};

}  // namespace dectprov
