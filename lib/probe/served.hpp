// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "load/inputs.hpp"
#include "output/file_set.hpp"
#include "probe/conversation.hpp"
#include "probe/described.hpp"
#include "source/files.hpp"

namespace dectprov {

// What provisioning servers serve, as a tree: each file where the description has it, in memory over the disk
// where it is another.
class Served {
public:
    // `described` must outlive this, but for its files.
    explicit Served(const Described& described) : described_(described), files_(described.files()) {}
    Served(const Served&) = delete;
    Served& operator=(const Served&) = delete;
    Served(Served&&) = delete;
    Served& operator=(Served&&) = delete;
    ~Served() = default;

    // Takes a server's answers. `usable`: whether a file came that is one of its kind; what is not is read as
    // it is described, as context alone.
    void add(const std::vector<Talk>& talks, const Talk& talk,
             const std::function<bool(const AskedFile&)>& usable);

    [[nodiscard]] const Files& files() const { return files_; }
    [[nodiscard]] const Inputs& inputs() const { return inputs_; }
    // What stands at a path came from this URL; the path itself where it came from none.
    [[nodiscard]] std::string url_of(const std::string& path) const;
    // Every file that was served, for a folder of copies; below it where the description has it.
    [[nodiscard]] std::vector<OutputFile> copies(std::size_t server) const;
    [[nodiscard]] std::size_t copied() const { return copies_.size(); }

    // Where copies of a server are kept, and what it asked for there and did not get.
    struct CopyPlace {
        std::string identity;
        std::string below;                       // "" for the folder of copies itself
        std::vector<std::string> unserved = {};  // versions of firmware, by name
    };
    [[nodiscard]] const CopyPlace& copy_place(std::size_t server) const { return places_[server]; }

private:
    struct Copy {
        std::string path;   // in files()
        std::string below;  // in the folder of copies
        bool secret;
    };

    std::string folder_for(const DescribedServer& server, const Address& address);

    const Described& described_;
    Files files_;
    Inputs inputs_;
    std::deque<ServerInput::Names> neighbours_;
    std::map<std::string, std::string, std::less<>> urls_;     // by path
    std::map<std::string, std::string, std::less<>> folders_;  // what is served from where, by folder
    std::vector<std::vector<Copy>> copies_;                    // by server
    std::vector<CopyPlace> places_;                            // the same
};

}  // namespace dectprov
