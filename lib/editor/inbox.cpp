// SPDX-License-Identifier: MIT
#include "editor/inbox.hpp"

#include <algorithm>
#include <chrono>
#include <exception>
#include <utility>

namespace dectprov {

Inbox::Inbox(ByteSource& source) : source_(source), reader_([this] { read(); }) {}

Inbox::~Inbox() {
    {
        const std::scoped_lock lock(mutex_);
        over_ = true;
    }
    changed_.notify_all();
    source_.stop();
    reader_.join();
}

void Inbox::add(Event event) {
    {
        const std::scoped_lock lock(mutex_);
        events_.push_back(std::move(event));
    }
    changed_.notify_all();
}

std::optional<Event> Inbox::next(unsigned milliseconds) {
    std::unique_lock lock(mutex_);
    const auto some = [this] { return !events_.empty(); };
    if (!changed_.wait_for(lock, std::chrono::milliseconds(milliseconds), some)) return std::nullopt;
    Event event = std::move(events_.front());
    events_.pop_front();
    lock.unlock();
    changed_.notify_all();
    return event;
}

void Inbox::cancel(const Json& id) {
    const std::scoped_lock lock(mutex_);
    for (Event& event : events_) {
        if (event.kind == Event::Kind::message && member(event.message, "id") == id &&
            event.message.contains("method"))
            event.cancelled = true;
    }
}

void Inbox::read() {
    MessageReader reader(source_);
    while (true) {
        auto next = reader.next();
        Event event{.kind = Event::Kind::end};
        if (Json* message = std::get_if<Json>(&next)) {
            const Json& method = member(*message, "method");
            if (method == "$/cancelRequest") cancel(member(member(*message, "params"), "id"));
            const bool last = method == "exit";
            event = {.kind = Event::Kind::message, .message = std::move(*message)};
            if (last) {
                add(std::move(event));
                return;
            }
        } else if (auto* problem = std::get_if<MessageReader::Problem>(&next)) {
            event = {.kind = Event::Kind::problem, .message = {}, .problem = std::move(*problem)};
        }
        const bool end = event.kind == Event::Kind::end;
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return over_ || events_.size() < most; });
        if (over_) return;
        events_.push_back(std::move(event));
        lock.unlock();
        changed_.notify_all();
        if (end) return;
    }
}

Background::Background(Inbox& inbox, Event::Kind says)
    : inbox_(inbox), says_(says), thread_([this] { run(); }) {}

Background::~Background() {
    {
        const std::scoped_lock lock(mutex_);
        over_ = true;
    }
    changed_.notify_all();
    thread_.join();
}

void Background::start(std::function<void()> task) {
    busy_ = true;
    {
        const std::scoped_lock lock(mutex_);
        task_ = std::move(task);
    }
    changed_.notify_all();
}

void Background::done() {
    busy_ = false;
    if (failure_) std::rethrow_exception(std::exchange(failure_, nullptr));
}

void Background::run() {
    std::unique_lock lock(mutex_);
    while (true) {
        changed_.wait(lock, [this] { return over_ || task_; });
        if (over_) return;
        const std::function<void()> task = std::exchange(task_, {});
        lock.unlock();
        try {
            task();
        } catch (const std::exception&) {
            failure_ = std::current_exception();
        }
        inbox_.add({.kind = says_});
        lock.lock();
    }
}

}  // namespace dectprov
