// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "source/files.hpp"

// Fleets to measure with: valid site descriptions of any size, in memory, and the files that the project's
// own writer makes of them. The same shape gives the same bytes everywhere.
namespace bench {

struct Shape {
    std::size_t servers = 1;
    std::size_t users = 50;  // of each server
    std::size_t groups = 2;  // handset groups of each server, with every setting that the catalogue can fill
    bool faulty =
        false;  // a fault in every user, of several kinds; they differ from clean ones in that alone
    bool in_yaml = false;  // users as rows of the description, else in a CSV file beside it
    std::uint64_t seed = 1;

    [[nodiscard]] std::size_t all_users() const { return servers * users; }
};

// Descriptions of twenty servers each, with a layer that all of them extend.
dectprov::Files descriptions(const Shape& shape);

// What `render` makes of descriptions, and a .dectprov.yaml that tells the models. Throws where a description
// has no server or cannot be read.
dectprov::Files rendered(const dectprov::Files& descriptions);

// The same files with a fault in every user, of several kinds, and no other difference.
dectprov::Files with_faults(const dectprov::Files& rendered);

// Of all files together.
std::size_t bytes_of(const dectprov::Files& files);

}  // namespace bench
