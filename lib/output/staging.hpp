// SPDX-License-Identifier: MIT
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <deque>
#include <list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

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
    friend class StagedFiles;

    // A mode that holds whatever the umask; nothing: an open file's.
    StagedFile(std::string target, std::string_view bytes, std::optional<mode_t> mode);
    void write(int descriptor, std::string_view bytes, std::optional<mode_t> mode) const;
    void list(std::string path);
    void unlist();
    void remove();

    std::string target_;
    std::uint64_t number_;
    std::list<std::string>::iterator path_;
    bool listed_ = true;
};

// Many of them below one folder, published in the order in which they were added; those that are not are
// unlinked with it. Of a fleet there may be very many, so most of them take fifteen bytes.
class StagedFiles {
public:
    explicit StagedFiles(std::string_view folder);
    ~StagedFiles();
    StagedFiles(const StagedFiles&) = delete;
    StagedFiles& operator=(const StagedFiles&) = delete;
    StagedFiles(StagedFiles&&) = delete;
    StagedFiles& operator=(StagedFiles&&) = delete;

    // Its target is below the folder.
    void add(StagedFile file);
    [[nodiscard]] bool empty() const { return packed_.empty(); }
    // A Failure where something is in the place of a target, or the system refuses its name: staged files
    // have other names, so that only the renaming would tell, when others are published already.
    void check_targets() const;
    // What was not published when a Failure is thrown stays here.
    void publish();

private:
    friend void remove_staged() noexcept;

    struct Paths;
    [[nodiscard]] unsigned char ending_of(std::string_view name);
    [[nodiscard]] bool unpack(std::size_t& at, Paths& paths) const noexcept;
    void unlink_all() const noexcept;

    std::string start_;                 // of every target
    std::vector<std::string> endings_;  // of names that begin with a MAC address
    // Of each the number of its staged name and that of the ending; then the MAC address, or what is behind
    // `start_`.
    std::deque<char> packed_;
    std::list<const StagedFiles*>::iterator place_;
};

// Staged files have names that no other file has, so that what a killed run left is known.
bool is_staged_name(std::string_view name);

}  // namespace dectprov
