// SPDX-License-Identifier: MIT
#pragma once

#include <deque>
#include <functional>
#include <string_view>

#include "editor/client.hpp"
#include "editor/inbox.hpp"

namespace dectprov {

// Requests whose answers take long, one after the other in a thread of their own: neither a key nor the
// findings wait for them. All but the work itself is for the loop of the server.
class CommandQueue {
public:
    // Both must outlive this.
    CommandQueue(Client& client, Inbox& inbox) : client_(client), background_(inbox, Event::Kind::answered) {}

    // `work` looks at nothing that changes in the meantime; it may throw Failure.
    void add(Json id, std::function<Json()> work);
    // The inbox has said that the work was done.
    void done();
    // Whether it is one of them. What runs already runs on, and nobody is told what comes of it.
    bool cancel(const Json& id, std::string_view why);
    void cancel_all(std::string_view why);

private:
    struct Request {
        Json id;
        std::function<Json()> work;
        bool cancelled = false;
    };

    void start();
    void refuse(Request& request, std::string_view why);

    Client& client_;
    std::deque<Request> requests_;  // the first of them runs
    Outcome outcome_;
    // It writes the outcome, so it ends first.
    Background background_;
};

}  // namespace dectprov
