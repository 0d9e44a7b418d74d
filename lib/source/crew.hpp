// SPDX-License-Identifier: MIT
#pragma once

#include <condition_variable>
#include <cstddef>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace dectprov {

// The threads of a run. Who has pieces of work shares them, and whoever has nothing to do takes some; what a
// piece falls into is shared in the same way, so that the last large one does not leave the others idle.
class Crew {
public:
    // `threads`: how many at most, the caller's own among them. The others begin when there is something for
    // them.
    explicit Crew(unsigned threads);
    ~Crew();
    Crew(const Crew&) = delete;
    Crew& operator=(const Crew&) = delete;

    [[nodiscard]] unsigned threads() const { return threads_; }

    // Calls `work` once for each number below `count`, in any order and several at a time, and comes back
    // when all calls have. When one throws, those that have not begun are left out, and the exception is
    // thrown again here. `work` may share in its turn.
    void share(std::size_t count, const std::function<void(std::size_t)>& work);

private:
    struct Job {
        const std::function<void(std::size_t)>& work;
        std::size_t count;
        const Job* above;  // whose piece it is a part of
        std::size_t next = 0;
        std::size_t running = 0;
        std::exception_ptr failure = {};

        [[nodiscard]] bool is_below(const Job& other) const;
    };
    using Lock = std::unique_lock<std::mutex>;

    void help();
    void begin_helpers(std::size_t pieces);
    void do_piece(Job& job, Lock& lock);
    void close(const Job& job);
    Job* open_below(const Job& job);

    // What this thread does a piece of.
    static thread_local const Job* current;

    unsigned threads_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<Job*> open_;   // those with pieces that nobody has taken, the outermost first
    std::size_t idle_ = 0;     // helpers without work
    std::size_t waiting_ = 0;  // sharers whose last pieces others do
    bool over_ = false;
    std::vector<std::thread> helpers_;
};

}  // namespace dectprov
