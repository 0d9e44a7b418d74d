// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "probe/exchange.hpp"

namespace dectprov {

// Speaks HTTP, HTTPS, FTP and TFTP by libcurl, many requests side by side in one thread, over connections
// that are kept. Asks nobody but the hosts of its requests: no proxy, no redirect. The first SIGINT ends the
// waiting, a second one the program.
class CurlNetwork {
public:
    CurlNetwork();
    ~CurlNetwork();
    CurlNetwork(const CurlNetwork&) = delete;
    CurlNetwork& operator=(const CurlNetwork&) = delete;
    CurlNetwork(CurlNetwork&&) = delete;
    CurlNetwork& operator=(CurlNetwork&&) = delete;

    // This object must outlive what is returned.
    Network open(const NetworkOptions& options);

private:
    struct Transfer;
    using Handle = std::unique_ptr<void, void (*)(void*)>;

    void start(const Request& request);
    std::optional<std::pair<std::size_t, Answer>> wait();
    void prepare(Transfer& transfer) const;
    static bool is_connected(const Transfer& transfer);
    // `result`: a CURLcode.
    static Answer finish(Transfer& transfer, int result);

    NetworkOptions options_;
    void* multi_;                                           // of curl
    std::map<void*, std::unique_ptr<Transfer>> transfers_;  // by handle
    std::vector<Handle> idle_;
};

}  // namespace dectprov
