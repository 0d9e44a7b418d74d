// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <ostream>
#include <string>
#include <string_view>
#include <variant>

#include "catalog/json_schema.hpp"
#include "source/failure.hpp"

namespace dectprov {

// What a message is answered with when it is no good: the numbers of JSON-RPC 2.0 and of LSP 3.17.
enum class RpcError : int {
    parse_error = -32700,
    invalid_request = -32600,
    method_not_found = -32601,
    invalid_params = -32602,
    internal_error = -32603,
    server_not_initialized = -32002,
    request_cancelled = -32800,
    request_failed = -32803,
};

// A request that cannot be answered, as its answer says it. Thrown by handlers, caught where they are called.
class BadRequest : public Failure {
public:
    BadRequest(RpcError code, const std::string& message) : Failure(message), code_(code) {}
    [[nodiscard]] RpcError code() const { return code_; }

private:
    RpcError code_;
};

// Bytes from a client. Waiting for them ends when another thread says so, so that no thread is left over when
// the client holds its side open for ever.
class ByteSource {
public:
    // `in` is read, or where `descriptor` is not -1 that file of the system.
    ByteSource(std::istream& in, int descriptor);
    ~ByteSource();
    ByteSource(const ByteSource&) = delete;
    ByteSource& operator=(const ByteSource&) = delete;
    ByteSource(ByteSource&&) = delete;
    ByteSource& operator=(ByteSource&&) = delete;

    // Appends what has come; false at the end.
    bool read(std::string& to);
    void stop();

private:
    std::istream& in_;
    int descriptor_;
    int wake_[2] = {-1, -1};  // a pipe: one byte in it ends the waiting
};

// Takes the messages of LSP's base protocol out of a stream of bytes. What is between them that is no
// message is passed over and told once.
class MessageReader {
public:
    // The longest message that is read: the text of the largest file that an editor opens, and then some.
    static constexpr std::size_t longest = std::size_t{256} << 20U;

    explicit MessageReader(ByteSource& source) : source_(source) {}

    struct Problem {
        RpcError code;
        std::string message;
    };
    struct End {};
    // Waits for the next one.
    std::variant<Json, Problem, End> next();

private:
    bool fill();
    bool skip(std::size_t bytes);

    ByteSource& source_;
    std::string buffer_;
};

// Of the text of a message. Halves of surrogate pairs, which editors send when one is cut in two, are read as
// U+FFFD; what is no JSON is a discarded value.
Json parse_message(std::string_view text);

void write_message(std::ostream& out, const Json& message);

// ---- looking into parameters; each throws BadRequest for what is missing or of another type

// Null where there is none.
const Json& member(const Json& object, std::string_view key);
const Json& array_of(const Json& object, std::string_view key);
const std::string& text_of(const Json& object, std::string_view key);
// A number that is not negative; a larger one than fits is the largest.
std::uint32_t number_of(const Json& object, std::string_view key);
// "a.b.c" of capabilities; false where it is not there.
bool has_capability(const Json& capabilities, std::string_view path);

}  // namespace dectprov
