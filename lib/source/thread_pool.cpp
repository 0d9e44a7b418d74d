// SPDX-License-Identifier: MIT
#include "source/thread_pool.hpp"

#include <algorithm>
#include <system_error>
#include <utility>

#include "source/failure.hpp"

namespace dectprov {

thread_local const ThreadPool::Loop* ThreadPool::current = nullptr;

bool ThreadPool::Loop::is_inside(const Loop& other) const {
    for (const Loop* at = outer; at != nullptr; at = at->outer) {
        if (at == &other) return true;
    }
    return false;
}

ThreadPool::ThreadPool(unsigned threads, const std::atomic<bool>* stop)
    : threads_(std::max(threads, 1U)), stop_(stop) {}

ThreadPool::~ThreadPool() {
    {
        const Lock lock(mutex_);
        over_ = true;
    }
    changed_.notify_all();
    for (std::thread& worker : workers_) worker.join();
}

void ThreadPool::parallel_for(std::size_t count, const std::function<void(std::size_t)>& work) {
    if (threads_ == 1 || count < 2) {
        for (std::size_t iteration = 0; iteration != count; ++iteration) call(work, iteration);
        return;
    }
    Loop loop{.work = work, .count = count, .outer = current};
    Lock lock(mutex_);
    open_.push_back(&loop);
    start_workers(count - 1);
    while (loop.next != loop.count) run_iteration(loop, lock);
    // The last iterations are others' by now. Only what those fall into is worth helping with: anything else
    // could take longer than they do.
    while (loop.running != 0) {
        if (Loop* const part = open_inside(loop)) {
            run_iteration(*part, lock);
        } else {
            ++waiting_;
            changed_.wait(lock);
            --waiting_;
        }
    }
    if (loop.failure) std::rethrow_exception(loop.failure);
}

void ThreadPool::call(const std::function<void(std::size_t)>& work, std::size_t iteration) const {
    if (stop_ != nullptr && stop_->load(std::memory_order_relaxed))
        throw Failure("stopped before everything was done");
    work(iteration);
}

void ThreadPool::start_workers(std::size_t iterations) {
    if (idle_ + waiting_ != 0) changed_.notify_all();
    try {
        for (std::size_t wanted = iterations - std::min(idle_, iterations); wanted != 0; --wanted) {
            if (workers_.size() + 1 == threads_) return;
            workers_.emplace_back([this] { work_until_over(); });
        }
    } catch (const std::system_error&) {
        // The system has no more threads to give; those that there are do it all.
    }
}

// Outer work comes first: its iterations are larger, and who began them has the rest at hand.
void ThreadPool::work_until_over() {
    Lock lock(mutex_);
    while (!over_) {
        if (!open_.empty()) {
            run_iteration(*open_.front(), lock);
            continue;
        }
        ++idle_;
        changed_.wait(lock);
        --idle_;
    }
}

void ThreadPool::run_iteration(Loop& loop, Lock& lock) {
    const std::size_t iteration = loop.next++;
    if (loop.next == loop.count) close(loop);
    ++loop.running;
    lock.unlock();
    const Loop* const enclosing = std::exchange(current, &loop);
    std::exception_ptr failure;
    try {
        call(loop.work, iteration);
    } catch (...) {
        failure = std::current_exception();
    }
    current = enclosing;
    lock.lock();
    --loop.running;
    if (failure) {
        if (!loop.failure) loop.failure = failure;
        if (loop.next != loop.count) {
            loop.next = loop.count;
            close(loop);
        }
    }
    if (loop.running == 0 && loop.next == loop.count) changed_.notify_all();
}

void ThreadPool::close(const Loop& loop) { std::erase(open_, &loop); }

ThreadPool::Loop* ThreadPool::open_inside(const Loop& loop) {
    const auto found = std::ranges::find_if(open_, [&loop](const Loop* one) { return one->is_inside(loop); });
    return found == open_.end() ? nullptr : *found;
}

}  // namespace dectprov
