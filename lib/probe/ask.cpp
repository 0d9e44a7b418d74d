// SPDX-License-Identifier: MIT
#include "probe/ask.hpp"

#include <cstddef>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "probe/address.hpp"

namespace dectprov {
namespace {

struct Asked {
    Request request;
    std::size_t id = 0;  // the asker's
    bool again = false;  // its connection was dropped once
};

// A host and port over one protocol, and what is to be asked there.
struct Host {
    std::deque<Asked> waiting;
    unsigned active = 0;
    bool reached = false;
    unsigned late = 0;  // questions in a row that were not answered in time
    std::optional<Answer> dead = {};
};

// Connections of a run, however many hosts it asks: a process may have about a thousand.
constexpr std::size_t most_active = 256;

class Asker {
public:
    Asker(const Network& network, unsigned per_host, const TakeAnswer& take, const AskFurther& further)
        : network_(network), per_host_(per_host), take_(take), further_(further) {}

    bool run(std::vector<Request> first) {
        for (; !first.empty(); first = further_ ? further_() : std::vector<Request>()) {
            add(std::move(first));
            while (begin_more(), !active_.empty()) {
                const auto answered = network_.wait();
                if (!answered) return false;
                finish(answered->first, answered->second);
            }
        }
        return true;
    }

private:
    void add(std::vector<Request> requests) {
        for (Request& request : requests) {
            Host& host = origins_[request.origin];
            const std::size_t id = request.id;
            host.waiting.push_back({.request = std::move(request), .id = id});
        }
    }

    void begin_more() {
        // What is answered here at once may lead to further questions, of any host.
        for (bool more = true; more;) {
            more = false;
            for (auto& [origin, host] : origins_) {
                unsigned& busy = busy_[host_of_origin(origin)];
                while (!host.waiting.empty()) {
                    Asked& next = host.waiting.front();
                    if (host.dead && next.request.want != Request::Want::certificate) {
                        const Asked asked = std::move(next);
                        host.waiting.pop_front();
                        const Answer answer = *host.dead;
                        add(take_(asked.request, answer));
                        more = true;
                        continue;
                    }
                    if (busy == per_host_ || active_.size() == most_active) break;
                    // Until one question was answered there is one alone: a host that is not there is asked
                    // once.
                    if (!host.reached && !host.dead && host.active != 0) break;
                    ++busy;
                    ++host.active;
                    next.request.id = ++last_;
                    network_.start(next.request);
                    active_.emplace(last_, std::move(next));
                    host.waiting.pop_front();
                }
            }
        }
    }

    void finish(std::size_t id, const Answer& answer) {
        const auto found = active_.find(id);
        Asked asked = std::move(found->second);
        active_.erase(found);
        Host& host = origins_[asked.request.origin];
        --host.active;
        --busy_[host_of_origin(asked.request.origin)];
        const bool dropped = answer.trouble == Trouble::closed || answer.trouble == Trouble::cut_short;
        if (dropped && !asked.again) {
            asked.again = true;
            host.waiting.push_front(std::move(asked));
            return;
        }
        if (asked.request.want != Request::Want::certificate) note(host, answer);
        asked.request.id = asked.id;
        add(take_(asked.request, answer));
    }

    // What an answer says of its host.
    static void note(Host& host, const Answer& answer) {
        const bool late = answer.trouble == Trouble::timeout || answer.trouble == Trouble::silent ||
                          answer.trouble == Trouble::slow;
        host.late = late ? host.late + 1 : 0;
        if (!late && !is_dead_end(answer.trouble)) host.reached = true;
        if (host.dead) return;
        // One slow file does not make a host that cannot be asked.
        if (host.late == most_late) host.dead = Answer{.trouble = Trouble::silent, .unasked = true};
        if (!is_dead_end(answer.trouble) || host.reached) return;
        host.dead = answer;
        host.dead->body.clear();
        host.dead->seconds = 0;
        host.dead->unasked = true;
    }

    const Network& network_;
    unsigned per_host_;
    const TakeAnswer& take_;
    const AskFurther& further_;
    std::map<std::string, Host> origins_;
    std::map<std::string, unsigned> busy_;  // by host: questions that are under way
    std::map<std::size_t, Asked> active_;
    std::size_t last_ = 0;
};

}  // namespace

bool is_dead_end(Trouble trouble) {
    switch (trouble) {
        case Trouble::name:
        case Trouble::connection:
        case Trouble::timeout:
        case Trouble::tls:
        case Trouble::certificate:
        case Trouble::client_certificate:
            return true;
        case Trouble::none:
        case Trouble::silent:
        case Trouble::slow:
        case Trouble::closed:
        case Trouble::cut_short:
        case Trouble::too_large:
        case Trouble::too_many_headers:
        case Trouble::missing:
        case Trouble::refused:
        case Trouble::failed:
        case Trouble::protocol:
            return false;
    }
    return false;
}

bool ask_all(const Network& network, unsigned per_host, std::vector<Request> first, const TakeAnswer& take,
             const AskFurther& further) {
    return Asker(network, per_host, take, further).run(std::move(first));
}

}  // namespace dectprov
