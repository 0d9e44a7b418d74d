// SPDX-License-Identifier: MIT
#include "editor/command_queue.hpp"

#include <doctest/doctest.h>

#include <semaphore>
#include <sstream>
#include <string>
#include <vector>

#include "editor/client.hpp"
#include "editor/inbox.hpp"
#include "editor/json_rpc.hpp"

using dectprov::ByteSource;
using dectprov::Client;
using dectprov::CommandQueue;
using dectprov::Event;
using dectprov::Inbox;
using dectprov::Json;

namespace {

// The queue with a client that writes down what it is told.
class Desk {
public:
    // A request that runs until finish() is called.
    void ask(int id) {
        queue.add(id, [this, id] {
            begun.push_back(id);
            may_end_.acquire();
            return Json(id);
        });
    }

    // Lets the one that runs end, and takes notice of that.
    void finish() {
        may_end_.release();
        bool done = false;
        while (!done) {
            constexpr unsigned milliseconds = 1000;
            const auto event = inbox_.next(milliseconds);
            done = event && event->kind == Event::Kind::answered;
        }
        queue.done();
    }

    // How often the client was sent this.
    [[nodiscard]] int told(const std::string& what) const {
        const std::string all = out_.str();
        int count = 0;
        for (std::size_t at = all.find(what); at != std::string::npos; at = all.find(what, at + 1)) ++count;
        return count;
    }

    std::vector<int> begun;  // the requests that were worked on

private:
    std::istringstream in_;
    std::ostringstream out_;
    Client client_{out_};
    ByteSource source_{in_, -1};
    Inbox inbox_{source_};
    std::counting_semaphore<> may_end_{0};

public:
    CommandQueue queue{client_, inbox_};
};

}  // namespace

TEST_CASE("commands run one after the other") {
    Desk desk;
    desk.ask(1);
    desk.ask(2);
    desk.finish();
    desk.finish();
    CHECK(desk.begun == std::vector{1, 2});
    CHECK(desk.told(R"("result":1)") == 1);
    CHECK(desk.told(R"("result":2)") == 1);
}

TEST_CASE("a command that is cancelled while it waits is never begun") {
    Desk desk;
    desk.ask(1);
    desk.ask(2);
    desk.ask(3);
    CHECK(desk.queue.cancel(2, "cancelled"));
    CHECK_FALSE(desk.queue.cancel(4, "cancelled"));
    desk.finish();
    desk.finish();
    CHECK(desk.begun == std::vector{1, 3});
    CHECK(desk.told("-32800") == 1);
    CHECK(desk.told(R"("result":2)") == 0);
    CHECK(desk.told(R"("result":3)") == 1);
}

TEST_CASE("a command that is cancelled while it runs has one answer") {
    Desk desk;
    desk.ask(1);
    CHECK(desk.queue.cancel(1, "cancelled"));
    CHECK(desk.queue.cancel(1, "cancelled"));
    desk.queue.cancel_all("the session ends");
    desk.finish();
    CHECK(desk.told("-32800") == 1);
    CHECK(desk.told(R"("result":1)") == 0);
}
