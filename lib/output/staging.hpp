// SPDX-License-Identifier: MIT
#pragma once

#include <sys/types.h>

#include <list>
#include <optional>
#include <string>
#include <string_view>

namespace dectprov {

// Unlinks every file that is staged and not yet published. For the handler of a signal, and
// async-signal-safe. The process must end right after it: a thread that would stage or publish from then on
// waits for ever.
void remove_staged() noexcept;

// A file that stands beside its target under a hidden name until it is published; unlinked when it goes
// unpublished. Throws Failure, which names the target.
class StagedFile {
public:
    // `secret`: mode 0640, else 0644 as far as the umask lets it.
    StagedFile(std::string target, std::string_view bytes, bool secret);
    // For the eyes of its owner alone: mode 0600.
    static StagedFile of_owner(std::string target, std::string_view bytes);
    ~StagedFile();
    StagedFile(StagedFile&& other) noexcept;
    StagedFile& operator=(StagedFile&&) = delete;
    StagedFile(const StagedFile&) = delete;
    StagedFile& operator=(const StagedFile&) = delete;

    [[nodiscard]] const std::string& target() const { return target_; }
    // Gives it the permissions of the file that it replaces.
    void set_mode(mode_t mode);
    // Puts the file in place of its target, if there is one.
    void publish();
    // The same, but a target that is there already is a Failure.
    void publish_new();

private:
    // A mode that holds whatever the umask; nothing: an open file's.
    StagedFile(std::string target, std::string_view bytes, std::optional<mode_t> mode);
    void write(int descriptor, std::string_view bytes, std::optional<mode_t> mode) const;
    void list(std::string path);
    void unlist();
    void remove();

    std::string target_;
    std::list<std::string>::iterator path_;
    bool listed_ = true;
};

// Staged files have names that no other file has, so that what a killed run left is known.
bool is_staged_name(std::string_view name);

}  // namespace dectprov
