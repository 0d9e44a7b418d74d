// SPDX-License-Identifier: MIT
#pragma once

#include <fmt/format.h>
#include <unistd.h>

#include <cstring>
#include <string_view>
#include <utility>

#include "source/failure.hpp"

// What those share that write files: an open one, and the two Failures there are.
namespace dectprov {

// Owns a file descriptor.
class Descriptor {
public:
    explicit Descriptor(int number = -1) : number_(number) {}
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    Descriptor(Descriptor&& other) noexcept : number_(other.release()) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        std::swap(number_, other.number_);
        return *this;
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;

    [[nodiscard]] int number() const { return number_; }
    [[nodiscard]] bool good() const { return number_ >= 0; }
    int release() { return std::exchange(number_, -1); }

private:
    int number_;
};

[[noreturn]] inline void fail(std::string_view doing, std::string_view path, int error) {
    throw Failure(fmt::format("cannot {} {}: {}", doing, path, std::strerror(error)));
}

[[noreturn]] inline void refuse(std::string_view path, std::string_view why) {
    throw Failure(fmt::format("cannot write {}: {}", path, why));
}

}  // namespace dectprov
