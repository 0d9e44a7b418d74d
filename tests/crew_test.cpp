// SPDX-License-Identifier: MIT
#include "source/crew.hpp"

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

using dectprov::Crew;

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

TEST_CASE("every piece is done once, however many threads there are") {
    for (const unsigned threads : {0U, 1U, 2U, 5U}) {
        CAPTURE(threads);
        Crew crew(threads);
        CHECK(crew.threads() == std::max(threads, 1U));
        for (const std::size_t count : {std::size_t{0}, std::size_t{1}, std::size_t{2}, std::size_t{1000}}) {
            std::vector<std::atomic<int>> done(count);
            crew.share(count, [&](std::size_t piece) { ++done.at(piece); });
            CHECK(std::ranges::all_of(done, [](const auto& times) { return times == 1; }));
        }
    }
}

TEST_CASE("the caller works too, and no more threads than were allowed") {
    Crew crew(3);
    std::mutex mutex;
    std::set<std::thread::id> who;
    Meeting meeting(3);
    bool met = true;
    crew.share(3, [&](std::size_t) {
        const bool all = meeting.wait();
        const std::scoped_lock lock(mutex);
        met = met && all;
        who.insert(std::this_thread::get_id());
    });
    CHECK(met);
    CHECK(who.size() == 3);
    CHECK(who.contains(std::this_thread::get_id()));
    for (int round = 0; round < 50; ++round) {
        crew.share(20, [&](std::size_t) {
            const std::scoped_lock lock(mutex);
            who.insert(std::this_thread::get_id());
        });
    }
    CHECK(who.size() == 3);
}

TEST_CASE("who waits for a piece helps with what it falls into") {
    Crew crew(2);
    std::atomic<int> parts = 0;
    bool met = false;
    crew.share(2, [&](std::size_t piece) {
        if (piece == 0) return;
        Meeting meeting(2);
        std::atomic<int> together = 0;
        crew.share(2, [&](std::size_t) {
            together += meeting.wait() ? 1 : 0;
            ++parts;
        });
        met = together == 2;
    });
    CHECK(met);
    CHECK(parts == 2);
}

TEST_CASE("pieces of pieces of pieces are all done before the whole is") {
    for (const unsigned threads : {1U, 2U, 4U}) {
        Crew crew(threads);
        std::atomic<int> done = 0;
        crew.share(10, [&](std::size_t) {
            crew.share(10, [&](std::size_t) { crew.share(10, [&](std::size_t) { ++done; }); });
        });
        CHECK(done == 1000);
    }
}

TEST_CASE("an exception comes back to who shared, and what has not begun is left out") {
    for (const unsigned threads : {1U, 3U}) {
        CAPTURE(threads);
        Crew crew(threads);
        std::atomic<int> begun = 0;
        const auto all = [&] {
            crew.share(100'000, [&](std::size_t piece) {
                ++begun;
                crew.share(2, [&](std::size_t part) {
                    if (piece == 7 && part == 1) throw std::runtime_error("seven");
                });
            });
        };
        CHECK_THROWS_WITH_AS(all(), "seven", std::runtime_error);
        CHECK(begun < 100'000);
        // It is as good as before.
        std::atomic<int> done = 0;
        crew.share(100, [&](std::size_t) { ++done; });
        CHECK(done == 100);
    }
}
