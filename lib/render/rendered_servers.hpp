// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "output/file_set.hpp"

namespace dectprov {

struct RenderedServer {
    std::string identity;
    std::string_view site;  // the path of its description, as the inputs have it; empty where none names it
    std::vector<FileChange> changes;
};

// Servers with what becomes of their files, in their order. Of a whole fleet there may be very many, so they
// are kept packed: mostly a server takes seven bytes, and a file one.
class RenderedServers {
public:
    // `site` must outlive this.
    void add(const RenderedServer& server);
    // To the server that was added last.
    void add(const FileChange& change);

    [[nodiscard]] bool empty() const { return blocks_.empty(); }
    [[nodiscard]] std::size_t changes() const { return changes_; }
    void each(const std::function<void(const RenderedServer&)>& visit) const;
    // The same, and gives back the memory of each on the way.
    void drain(const std::function<void(RenderedServer&)>& visit);

private:
    // What is said of a file of many servers: what stands in its path before and behind the identity.
    struct Form {
        std::string before;
        std::string behind;
        FileStatus status;

        bool operator==(const Form&) const = default;
    };

    void unpack(std::string_view block, const std::function<void(RenderedServer&)>& visit) const;
    [[nodiscard]] std::size_t form_of(const FileChange& change);

    std::vector<std::string> blocks_;  // each begins with a site, and goes on with a server
    std::vector<Form> forms_;
    // Of the server that was added last.
    std::string_view site_ = {};
    std::string identity_ = {};
    std::size_t changes_ = 0;
};

}  // namespace dectprov
