// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>

#include "analysis/session.hpp"
#include "editor/json_rpc.hpp"

namespace dectprov {

// What comes of a request.
// NOLINTNEXTLINE(bugprone-exception-escape): a moved Json is noexcept, and checks itself.
struct Outcome {
    Json result;
    std::optional<RpcError> error = {};
    std::string message = {};
};

// Does the work of a request. Whatever it throws is an outcome, so that each request has its answer.
Outcome outcome_of(const std::function<Json()>& work);

// The editor's end of the session: what is said to it, and what it is asked.
class Client {
public:
    explicit Client(std::ostream& out) : out_(out) {}

    // Whether it still takes what is written.
    [[nodiscard]] bool is_there() const { return static_cast<bool>(out_); }

    void answer(const Json& id, Json result);
    void conclude(const Json& id, Outcome outcome);
    void answer_error(const Json& id, RpcError code, std::string_view message);
    // A notification.
    void tell(std::string_view method, Json params);
    void warn(std::string_view message);
    // A request; `then` gets the whole answer.
    void ask(std::string_view method, Json params, std::function<void(const Json& answer)> then = {});
    void take_answer(const Json& message);

private:
    void send(const Json& message);

    std::ostream& out_;
    std::size_t asked_ = 0;
    std::map<std::string, std::function<void(const Json&)>, std::less<>> answers_;
};

// How far the analysis has come, where there is so much to do that somebody wonders.
class ProgressReport {
public:
    explicit ProgressReport(Client& client) : client_(client) {}

    // The editor shows progress.
    void allow(bool allowed) { allowed_ = allowed; }
    void show(const Progress& progress);

private:
    enum class Token : unsigned char { none, asked, given };

    void send(Json value);

    Client& client_;
    bool allowed_ = false;
    Token token_ = Token::none;
    bool begun_ = false;
};

}  // namespace dectprov
