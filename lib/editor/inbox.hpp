// SPDX-License-Identifier: MIT
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

#include "editor/json_rpc.hpp"

namespace dectprov {

// What the loop of the server reacts to.
struct Event {
    enum class Kind : unsigned char {
        message,
        problem,   // what came is no message
        end,       // nothing more will come
        done,      // the analysis that ran in the background
        answered,  // the command that ran in the background
    };

    Kind kind;
    Json message = {};
    MessageReader::Problem problem = {};
    bool cancelled = false;  // a later message takes the request back
};

// Reads messages ahead while others are answered, so that a request that is taken back is not begun.
class Inbox {
public:
    explicit Inbox(ByteSource& source);
    ~Inbox();
    Inbox(const Inbox&) = delete;
    Inbox& operator=(const Inbox&) = delete;
    Inbox(Inbox&&) = delete;
    Inbox& operator=(Inbox&&) = delete;

    // Waits for the next event; nothing when there is none for this long.
    std::optional<Event> next(unsigned milliseconds);
    // For another thread.
    void add(Event event);

private:
    // So many messages are read ahead; the client waits when there are more.
    static constexpr std::size_t most = 1024;

    void read();
    void cancel(const Json& id);

    ByteSource& source_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Event> events_;
    bool over_ = false;
    std::thread reader_;
};

// Runs one task at a time in a thread of its own, and says in the inbox, as an event of this kind, when it is
// done.
class Background {
public:
    Background(Inbox& inbox, Event::Kind says);
    ~Background();
    Background(const Background&) = delete;
    Background& operator=(const Background&) = delete;
    Background(Background&&) = delete;
    Background& operator=(Background&&) = delete;

    void start(std::function<void()> task);
    [[nodiscard]] bool is_busy() const { return busy_; }
    // Of the loop, when the inbox has said that the task is done. Throws what the task has thrown.
    void done();

private:
    void run();

    Inbox& inbox_;
    Event::Kind says_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::function<void()> task_;
    std::exception_ptr failure_;
    bool busy_ = false;  // of the loop
    bool over_ = false;
    std::thread thread_;
};

}  // namespace dectprov
