// SPDX-License-Identifier: MIT
#include "source/thread_pool.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <mutex>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "source/failure.hpp"

using dectprov::ThreadPool;

namespace {

// Until all of them are at work at the same time; false where that does not happen.
class Meeting {
public:
    explicit Meeting(unsigned expected) : expected_(expected) {}
    bool wait() {
        std::unique_lock lock(mutex_);
        ++there_;
        came_.notify_all();
        return came_.wait_for(lock, std::chrono::seconds(10), [&] { return there_ >= expected_; });
    }

private:
    unsigned expected_;
    unsigned there_ = 0;
    std::mutex mutex_;
    std::condition_variable came_;
};

}  // namespace

TEST_CASE("every iteration runs once, however many threads there are") {
    for (const unsigned threads : {0U, 1U, 2U, 5U}) {
        CAPTURE(threads);
        ThreadPool pool(threads);
        CHECK(pool.threads() == std::max(threads, 1U));
        for (const std::size_t count : {std::size_t{0}, std::size_t{1}, std::size_t{2}, std::size_t{1000}}) {
            std::vector<std::atomic<int>> done(count);
            pool.parallel_for(count, [&](std::size_t iteration) { ++done.at(iteration); });
            CHECK(std::ranges::all_of(done, [](const auto& times) { return times == 1; }));
        }
    }
}

TEST_CASE("the caller works too, and no more threads than were allowed") {
    ThreadPool pool(3);
    std::mutex mutex;
    std::set<std::thread::id> who;
    Meeting meeting(3);
    bool met = true;
    pool.parallel_for(3, [&](std::size_t) {
        const bool all = meeting.wait();
        const std::scoped_lock lock(mutex);
        met = met && all;
        who.insert(std::this_thread::get_id());
    });
    CHECK(met);
    CHECK(who.size() == 3);
    CHECK(who.contains(std::this_thread::get_id()));
    for (int round = 0; round < 50; ++round) {
        pool.parallel_for(20, [&](std::size_t) {
            const std::scoped_lock lock(mutex);
            who.insert(std::this_thread::get_id());
        });
    }
    CHECK(who.size() == 3);
}

TEST_CASE("who waits for an iteration helps with the loops inside it") {
    ThreadPool pool(2);
    std::atomic<int> parts = 0;
    bool met = false;
    pool.parallel_for(2, [&](std::size_t iteration) {
        if (iteration == 0) return;
        Meeting meeting(2);
        std::atomic<int> together = 0;
        pool.parallel_for(2, [&](std::size_t) {
            together += meeting.wait() ? 1 : 0;
            ++parts;
        });
        met = together == 2;
    });
    CHECK(met);
    CHECK(parts == 2);
}

TEST_CASE("iterations within iterations within iterations are all done before the whole is") {
    for (const unsigned threads : {1U, 2U, 4U}) {
        ThreadPool pool(threads);
        std::atomic<int> done = 0;
        pool.parallel_for(10, [&](std::size_t) {
            pool.parallel_for(10, [&](std::size_t) { pool.parallel_for(10, [&](std::size_t) { ++done; }); });
        });
        CHECK(done == 1000);
    }
}

TEST_CASE("an exception comes back to the caller, and what has not begun is left out") {
    for (const unsigned threads : {1U, 3U}) {
        CAPTURE(threads);
        ThreadPool pool(threads);
        std::atomic<int> begun = 0;
        const auto all = [&] {
            pool.parallel_for(100'000, [&](std::size_t iteration) {
                ++begun;
                pool.parallel_for(2, [&](std::size_t part) {
                    if (iteration == 7 && part == 1) throw std::runtime_error("seven");
                });
            });
        };
        CHECK_THROWS_WITH_AS(all(), "seven", std::runtime_error);
        CHECK(begun < 100'000);
        // It is as good as before.
        std::atomic<int> done = 0;
        pool.parallel_for(100, [&](std::size_t) { ++done; });
        CHECK(done == 100);
    }
}

TEST_CASE("a pool that is to stop begins no other iteration, and says so to whoever waits for one") {
    for (const unsigned threads : {1U, 3U}) {
        CAPTURE(threads);
        std::atomic<bool> stop = false;
        ThreadPool pool(threads, &stop);
        std::atomic<int> begun = 0;
        const auto all = [&] {
            pool.parallel_for(100'000, [&](std::size_t) {
                if (++begun == 10) stop = true;
                pool.parallel_for(2, [](std::size_t) {});
            });
        };
        CHECK_THROWS_AS(all(), dectprov::Failure);
        // Each of the others may have been about to begin one.
        CHECK(begun <= 12);
        CHECK_THROWS_AS(all(), dectprov::Failure);
        CHECK(begun <= 12);
    }
}
