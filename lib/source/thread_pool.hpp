// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace dectprov {

// The thread pool of a run. Loops may nest: an iteration that starts a loop of its own offers its iterations
// to the idle threads too, so that one large server at the end does not leave the others without work.
class ThreadPool {
public:
    // `threads`: how many at most, the caller's own among them. The others begin when there is something for
    // them. `stop`, which must outlive this: once it is true, no loop begins another iteration, and each ends
    // with a Failure; null: never.
    explicit ThreadPool(unsigned threads, const std::atomic<bool>* stop = nullptr);
    ~ThreadPool();
    ThreadPool(const ThreadPool&) = delete;
    ThreadPool& operator=(const ThreadPool&) = delete;

    [[nodiscard]] unsigned threads() const { return threads_; }

    // Calls `work` once for each number below `count`, in any order and several at a time, and returns when
    // all calls have returned. When one throws, those that have not begun are left out, and the exception is
    // thrown again here. `work` may call parallel_for itself.
    void parallel_for(std::size_t count, const std::function<void(std::size_t)>& work);

private:
    struct Loop {
        const std::function<void(std::size_t)>& work;
        std::size_t count;
        const Loop* outer;  // whose iteration it is a part of
        std::size_t next = 0;
        std::size_t running = 0;
        std::exception_ptr failure = {};

        [[nodiscard]] bool is_inside(const Loop& other) const;
    };
    using Lock = std::unique_lock<std::mutex>;

    void call(const std::function<void(std::size_t)>& work, std::size_t iteration) const;
    void work_until_over();
    void start_workers(std::size_t iterations);
    void run_iteration(Loop& loop, Lock& lock);
    void close(const Loop& loop);
    Loop* open_inside(const Loop& loop);

    // What this thread does an iteration of.
    static thread_local const Loop* current;

    unsigned threads_;
    const std::atomic<bool>* stop_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<Loop*> open_;  // those with iterations that nobody has taken, the outermost first
    std::size_t idle_ = 0;     // workers without work
    std::size_t waiting_ = 0;  // callers whose last iterations others do
    bool over_ = false;
    std::vector<std::thread> workers_;
};

}  // namespace dectprov
