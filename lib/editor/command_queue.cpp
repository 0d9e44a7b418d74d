// SPDX-License-Identifier: MIT
#include "editor/command_queue.hpp"

#include <algorithm>
#include <utility>

namespace dectprov {

void CommandQueue::add(Json id, std::function<Json()> work) {
    requests_.push_back({.id = std::move(id), .work = std::move(work)});
    start();
}

void CommandQueue::start() {
    while (!background_.is_busy() && !requests_.empty()) {
        if (requests_.front().cancelled) {
            requests_.pop_front();
            continue;
        }
        background_.start([this, work = std::move(requests_.front().work)] { outcome_ = outcome_of(work); });
    }
}

void CommandQueue::done() {
    background_.done();
    const Request request = std::move(requests_.front());
    requests_.pop_front();
    Outcome outcome = std::exchange(outcome_, {});
    // One that is cancelled has had its answer.
    if (!request.cancelled) client_.conclude(request.id, std::move(outcome));
    start();
}

void CommandQueue::refuse(Request& request, std::string_view why) {
    if (std::exchange(request.cancelled, true)) return;
    client_.answer_error(request.id, RpcError::request_cancelled, why);
}

bool CommandQueue::cancel(const Json& id, std::string_view why) {
    const auto found = std::ranges::find(requests_, id, &Request::id);
    if (found == requests_.end()) return false;
    refuse(*found, why);
    return true;
}

void CommandQueue::cancel_all(std::string_view why) {
    for (Request& request : requests_) refuse(request, why);
}

}  // namespace dectprov
