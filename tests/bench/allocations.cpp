// SPDX-License-Identifier: MIT
#include "allocations.hpp"

#include <libxml/xmlmemory.h>
#include <malloc.h>

#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <new>

namespace {

constexpr auto relaxed = std::memory_order_relaxed;

std::atomic<bool> counting = false;
std::atomic<std::uint64_t> count = 0;
std::atomic<std::uint64_t> bytes = 0;
std::atomic<std::int64_t> held = 0;
std::atomic<std::int64_t> peak = 0;

void took(void* block) {
    if (!counting.load(relaxed) || block == nullptr) return;
    const std::size_t size = malloc_usable_size(block);
    count.fetch_add(1, relaxed);
    bytes.fetch_add(size, relaxed);
    const auto now =
        held.fetch_add(static_cast<std::int64_t>(size), relaxed) + static_cast<std::int64_t>(size);
    std::int64_t before = peak.load(relaxed);
    while (now > before && !peak.compare_exchange_weak(before, now, relaxed)) {
    }
}

void gives(void* block) {
    if (!counting.load(relaxed) || block == nullptr) return;
    held.fetch_sub(static_cast<std::int64_t>(malloc_usable_size(block)), relaxed);
}

void* take(std::size_t size) {
    void* block = std::malloc(size);
    took(block);
    return block;
}

void give(void* block) {
    gives(block);
    std::free(block);
}

void* take_again(void* old, std::size_t size) {
    gives(old);
    void* block = std::realloc(old, size);
    took(block);
    return block;
}

char* take_copy(const char* text) {
    const std::size_t size = std::strlen(text) + 1;
    void* block = take(size);
    if (block != nullptr) std::memcpy(block, text, size);
    return static_cast<char*>(block);
}

void* take_or_throw(std::size_t size) {
    void* block = take(size == 0 ? 1 : size);
    if (block == nullptr) throw std::bad_alloc();
    return block;
}

// Before anything of libxml2 is used.
[[maybe_unused]] const int hooked = xmlMemSetup(give, take, take_again, take_copy);

}  // namespace

void* operator new(std::size_t size) { return take_or_throw(size); }
void* operator new[](std::size_t size) { return take_or_throw(size); }
void* operator new(std::size_t size, const std::nothrow_t& /*tag*/) noexcept {
    return take(size == 0 ? 1 : size);
}
void* operator new[](std::size_t size, const std::nothrow_t& /*tag*/) noexcept {
    return take(size == 0 ? 1 : size);
}
void operator delete(void* block) noexcept { give(block); }
void operator delete[](void* block) noexcept { give(block); }
void operator delete(void* block, const std::nothrow_t& /*tag*/) noexcept { give(block); }
void operator delete[](void* block, const std::nothrow_t& /*tag*/) noexcept { give(block); }
void operator delete(void* block, std::size_t /*size*/) noexcept { give(block); }
void operator delete[](void* block, std::size_t /*size*/) noexcept { give(block); }

namespace bench {

void start_counting() {
    count = 0;
    bytes = 0;
    held = 0;
    peak = 0;
    counting = true;
}

Allocations stop_counting() {
    counting = false;
    return {.count = count, .bytes = bytes, .peak = static_cast<std::uint64_t>(peak.load())};
}

}  // namespace bench
