// SPDX-License-Identifier: MIT
#include "source/crew.hpp"

#include <algorithm>
#include <system_error>
#include <utility>

namespace dectprov {

thread_local const Crew::Job* Crew::current = nullptr;

bool Crew::Job::is_below(const Job& other) const {
    for (const Job* at = above; at != nullptr; at = at->above) {
        if (at == &other) return true;
    }
    return false;
}

Crew::Crew(unsigned threads) : threads_(std::max(threads, 1U)) {}

Crew::~Crew() {
    {
        const Lock lock(mutex_);
        over_ = true;
    }
    changed_.notify_all();
    for (std::thread& helper : helpers_) helper.join();
}

void Crew::share(std::size_t count, const std::function<void(std::size_t)>& work) {
    if (threads_ == 1 || count < 2) {
        for (std::size_t piece = 0; piece != count; ++piece) work(piece);
        return;
    }
    Job job{.work = work, .count = count, .above = current};
    Lock lock(mutex_);
    open_.push_back(&job);
    begin_helpers(count - 1);
    while (job.next != job.count) do_piece(job, lock);
    // The last pieces are others' by now. Only what those fall into is worth helping with: anything else
    // could take longer than they do.
    while (job.running != 0) {
        if (Job* const part = open_below(job)) {
            do_piece(*part, lock);
        } else {
            ++waiting_;
            changed_.wait(lock);
            --waiting_;
        }
    }
    if (job.failure) std::rethrow_exception(job.failure);
}

void Crew::begin_helpers(std::size_t pieces) {
    if (idle_ + waiting_ != 0) changed_.notify_all();
    try {
        for (std::size_t wanted = pieces - std::min(idle_, pieces); wanted != 0; --wanted) {
            if (helpers_.size() + 1 == threads_) return;
            helpers_.emplace_back([this] { help(); });
        }
    } catch (const std::system_error&) {
        // The system has no more threads to give; those that there are do it all.
    }
}

// Outer work comes first: its pieces are larger, and who began them has the rest at hand.
void Crew::help() {
    Lock lock(mutex_);
    while (!over_) {
        if (!open_.empty()) {
            do_piece(*open_.front(), lock);
            continue;
        }
        ++idle_;
        changed_.wait(lock);
        --idle_;
    }
}

void Crew::do_piece(Job& job, Lock& lock) {
    const std::size_t piece = job.next++;
    if (job.next == job.count) close(job);
    ++job.running;
    lock.unlock();
    const Job* const outer = std::exchange(current, &job);
    std::exception_ptr failure;
    try {
        job.work(piece);
    } catch (...) {
        failure = std::current_exception();
    }
    current = outer;
    lock.lock();
    --job.running;
    if (failure) {
        if (!job.failure) job.failure = failure;
        if (job.next != job.count) {
            job.next = job.count;
            close(job);
        }
    }
    if (job.running == 0 && job.next == job.count) changed_.notify_all();
}

void Crew::close(const Job& job) { std::erase(open_, &job); }

Crew::Job* Crew::open_below(const Job& job) {
    const auto found = std::ranges::find_if(open_, [&job](const Job* one) { return one->is_below(job); });
    return found == open_.end() ? nullptr : *found;
}

}  // namespace dectprov
