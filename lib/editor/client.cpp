// SPDX-License-Identifier: MIT
#include "editor/client.hpp"

#include <exception>
#include <utility>

#include <fmt/format.h>

namespace dectprov {
namespace {

// `MessageType.Warning`.
constexpr int warning = 2;
// Units of work from which on progress is shown.
constexpr std::size_t much = 64;
constexpr std::string_view progress_token = "dectprov-analysis";

}  // namespace

Outcome outcome_of(const std::function<Json()>& work) {
    try {
        return {.result = work()};
    } catch (const BadRequest& problem) {
        return {.result = {}, .error = problem.code(), .message = problem.what()};
    } catch (const Failure& failure) {
        return {.result = {}, .error = RpcError::request_failed, .message = failure.what()};
    } catch (const std::exception& mistake) {
        return {
            .result = {},
            .error = RpcError::internal_error,
            .message = fmt::format("this is a mistake in the program, please report it: {}", mistake.what())};
    }
}

void Client::send(const Json& message) { write_message(out_, message); }

void Client::answer(const Json& id, Json result) {
    send({{"jsonrpc", "2.0"}, {"id", id}, {"result", std::move(result)}});
}

void Client::conclude(const Json& id, Outcome outcome) {
    if (outcome.error) {
        answer_error(id, *outcome.error, outcome.message);
    } else {
        answer(id, std::move(outcome.result));
    }
}

void Client::answer_error(const Json& id, RpcError code, std::string_view message) {
    send({{"jsonrpc", "2.0"},
          {"id", id},
          {"error", {{"code", static_cast<int>(code)}, {"message", message}}}});
}

void Client::tell(std::string_view method, Json params) {
    send({{"jsonrpc", "2.0"}, {"method", method}, {"params", std::move(params)}});
}

void Client::warn(std::string_view message) {
    tell("window/logMessage", {{"type", warning}, {"message", message}});
}

void Client::ask(std::string_view method, Json params, std::function<void(const Json& answer)> then) {
    const std::string id = fmt::format("dectprov-{}", ++asked_);
    if (then) answers_.emplace(id, std::move(then));
    send({{"jsonrpc", "2.0"}, {"id", id}, {"method", method}, {"params", std::move(params)}});
}

void Client::take_answer(const Json& message) {
    const Json& id = member(message, "id");
    if (!id.is_string()) return;
    const auto found = answers_.find(id.get_ref<const std::string&>());
    if (found == answers_.end()) return;
    const auto then = std::move(found->second);
    answers_.erase(found);
    then(message);
}

void ProgressReport::send(Json value) {
    client_.tell("$/progress", {{"token", progress_token}, {"value", std::move(value)}});
}

void ProgressReport::show(const Progress& progress) {
    if (token_ == Token::none && allowed_ && progress.all >= much) {
        token_ = Token::asked;
        client_.ask("window/workDoneProgress/create", {{"token", progress_token}},
                    [this](const Json& answer) {
                        allowed_ = answer.contains("result");
                        token_ = allowed_ ? Token::given : Token::none;
                    });
    }
    if (token_ != Token::given) return;
    if (progress.all == 0) {
        if (std::exchange(begun_, false)) send({{"kind", "end"}});
        token_ = Token::none;
        return;
    }
    Json value{{"kind", begun_ ? "report" : "begin"},
               {"message", fmt::format("{} of {} servers", progress.done, progress.all)},
               {"percentage", progress.done * 100 / progress.all}};
    if (!std::exchange(begun_, true)) value["title"] = "dectprov";
    send(std::move(value));
}

}  // namespace dectprov
