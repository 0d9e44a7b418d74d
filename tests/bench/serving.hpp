// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <deque>
#include <optional>
#include <utility>

#include "probe/exchange.hpp"
#include "source/files.hpp"

namespace bench {

// A provisioning server that serves the files of one folder, at once.
class Serving {
public:
    // `files` must outlive this.
    explicit Serving(const dectprov::Files& files) : files_(files) {}

    // This object must outlive what is returned.
    dectprov::Network network() {
        return {.start =
                    [this](const dectprov::Request& request) {
                        dectprov::Answer answer{.status = 404};
                        if (auto bytes = files_.read_if_there(request.url.substr(request.url.rfind('/') + 1)))
                            answer = {.status = 200, .body = std::move(*bytes)};
                        ready_.emplace_back(request.id, std::move(answer));
                    },
                .wait =
                    [this] {
                        std::optional<std::pair<std::size_t, dectprov::Answer>> next =
                            std::move(ready_.front());
                        ready_.pop_front();
                        return next;
                    }};
    }

private:
    const dectprov::Files& files_;
    std::deque<std::pair<std::size_t, dectprov::Answer>> ready_;
};

}  // namespace bench
