// SPDX-License-Identifier: MIT
#include "editor/json_rpc.hpp"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstdint>
#include <istream>
#include <limits>
#include <optional>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "catalog/characters.hpp"
#include "catalog/letter_case.hpp"

namespace dectprov {
namespace {

constexpr std::size_t block = std::size_t{64} << 10U;
// A header of more than this is none.
constexpr std::size_t longest_header = 4096;
// Nobody sends as much: a size above this is nonsense, and not waited for.
constexpr std::size_t most_sent = std::size_t{1} << 40U;

bool is_hex(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return dectprov::is_hex(c); });
}

// The unit of 16 bits that `\uXXXX` at `at` stands for.
std::optional<unsigned> escaped_unit(std::string_view text, std::size_t at) {
    constexpr std::size_t length = 6;
    if (at + length > text.size() || text[at] != '\\' || text[at + 1] != 'u') return std::nullopt;
    const std::string_view digits = text.substr(at + 2, 4);
    if (!is_hex(digits)) return std::nullopt;
    unsigned value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
    return value;
}

constexpr bool is_high(unsigned unit) { return unit >= 0xd800 && unit <= 0xdbff; }
constexpr bool is_low(unsigned unit) { return unit >= 0xdc00 && unit <= 0xdfff; }

std::string with_whole_pairs(std::string_view text) {
    constexpr std::size_t length = 6;
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const auto unit = escaped_unit(text, at);
        if (!unit) {
            // An escaped backslash begins no escape.
            const std::size_t step = text[at] == '\\' && at + 1 < text.size() ? 2 : 1;
            out += text.substr(at, step);
            at += step;
            continue;
        }
        const auto next = escaped_unit(text, at + length);
        if (is_high(*unit) && next && is_low(*next)) {
            out += text.substr(at, 2 * length);
            at += 2 * length;
            continue;
        }
        out += is_high(*unit) || is_low(*unit) ? std::string_view("\\ufffd") : text.substr(at, length);
        at += length;
    }
    return out;
}

// What the header says of the size; nothing where it says none, or nonsense.
std::optional<std::size_t> content_length(std::string_view header) {
    std::optional<std::size_t> length;
    while (!header.empty()) {
        const std::size_t end = std::min(header.find('\n'), header.size());
        std::string_view line = header.substr(0, end);
        header.remove_prefix(std::min(end + 1, header.size()));
        while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.remove_suffix(1);
        const std::size_t colon = line.find(':');
        if (colon == std::string_view::npos || !equals_ignoring_case(line.substr(0, colon), "content-length"))
            continue;
        std::string_view value = line.substr(colon + 1);
        while (!value.empty() && value.front() == ' ') value.remove_prefix(1);
        std::size_t number = 0;
        const auto [stop, error] = std::from_chars(value.data(), value.data() + value.size(), number);
        if (error != std::errc() || stop != value.data() + value.size() || number > most_sent)
            return std::nullopt;
        length = number;
    }
    return length;
}

// Where the header ends that begins the buffer, and how long the empty line behind it is.
std::pair<std::size_t, std::size_t> header_end(std::string_view buffer) {
    const std::size_t proper = buffer.find("\r\n\r\n");
    const std::size_t bare = buffer.find("\n\n");
    return bare < proper ? std::pair(bare, std::size_t{2}) : std::pair(proper, std::size_t{4});
}

}  // namespace

ByteSource::ByteSource(std::istream& in, int descriptor) : in_(in), descriptor_(descriptor) {
    if (descriptor_ >= 0 && pipe2(static_cast<int*>(wake_), O_CLOEXEC) != 0)
        throw Failure("cannot make a pipe: " + std::generic_category().message(errno));
}

ByteSource::~ByteSource() {
    for (const int end : wake_) {
        if (end >= 0) close(end);
    }
}

bool ByteSource::read(std::string& to) {
    std::array<char, block> bytes{};
    if (descriptor_ < 0) {
        // What is there is taken without waiting for more.
        if (in_.peek() == std::istream::traits_type::eof()) return false;
        const std::streamsize got = in_.readsome(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        to.append(bytes.data(), static_cast<std::size_t>(got));
        return got > 0;
    }
    while (true) {
        std::array<pollfd, 2> ends{{{.fd = descriptor_, .events = POLLIN, .revents = 0},
                                    {.fd = wake_[0], .events = POLLIN, .revents = 0}}};
        if (poll(ends.data(), ends.size(), -1) < 0 && errno != EINTR) return false;
        if (ends[1].revents != 0) return false;
        if (ends[0].revents == 0) continue;
        const ssize_t got = ::read(descriptor_, bytes.data(), bytes.size());
        if (got < 0 && (errno == EINTR || errno == EAGAIN)) continue;
        if (got <= 0) return false;
        to.append(bytes.data(), static_cast<std::size_t>(got));
        return true;
    }
}

void ByteSource::stop() {
    // A pipe that is full was woken already.
    if (wake_[1] >= 0 && ::write(wake_[1], "x", 1) < 0) return;
}

bool MessageReader::fill() { return source_.read(buffer_); }

bool MessageReader::skip(std::size_t bytes) {
    while (bytes > buffer_.size()) {
        bytes -= buffer_.size();
        buffer_.clear();
        if (!fill()) return false;
    }
    buffer_.erase(0, bytes);
    return true;
}

std::variant<Json, MessageReader::Problem, MessageReader::End> MessageReader::next() {
    auto [end, blank] = header_end(buffer_);
    while (end == std::string::npos) {
        if (buffer_.size() > longest_header) {
            // What is no header may be of any length: only its end, which may begin one, is kept.
            buffer_.erase(0, buffer_.size() - 3);
            return Problem{.code = RpcError::parse_error,
                           .message = "not a message header; expected 'Content-Length: N' and an empty line"};
        }
        if (!fill()) return End{};
        std::tie(end, blank) = header_end(buffer_);
    }
    const auto length = content_length(std::string_view(buffer_).substr(0, end));
    buffer_.erase(0, end + blank);
    if (!length) {
        return Problem{.code = RpcError::parse_error,
                       .message = "a header without a size; expected 'Content-Length: N' in bytes"};
    }
    if (*length > longest) {
        if (!skip(*length)) return End{};
        return Problem{
            .code = RpcError::invalid_request,
            .message = fmt::format("a message of {} bytes was skipped; the longest is {}", *length, longest)};
    }
    while (buffer_.size() < *length) {
        if (!fill()) return End{};
    }
    Json message = parse_message(std::string_view(buffer_).substr(0, *length));
    buffer_.erase(0, *length);
    if (message.is_discarded())
        return Problem{.code = RpcError::parse_error, .message = "a message that is not JSON"};
    return message;
}

Json parse_message(std::string_view text) {
    Json message = Json::parse(text, nullptr, false);
    if (message.is_discarded()) message = Json::parse(with_whole_pairs(text), nullptr, false);
    return message;
}

void write_message(std::ostream& out, const Json& message) {
    const std::string text = message.dump(-1, ' ', false, Json::error_handler_t::replace);
    out << "Content-Length: " << text.size() << "\r\n\r\n" << text << std::flush;
}

const Json& member(const Json& object, std::string_view key) {
    static const Json none;
    if (!object.is_object()) return none;
    const auto found = object.find(key);
    return found == object.end() ? none : *found;
}

const Json& array_of(const Json& object, std::string_view key) {
    const Json& value = member(object, key);
    if (!value.is_array())
        throw BadRequest(RpcError::invalid_params, fmt::format("'{}' must be an array", key));
    return value;
}

const std::string& text_of(const Json& object, std::string_view key) {
    const Json& value = member(object, key);
    if (!value.is_string())
        throw BadRequest(RpcError::invalid_params, fmt::format("'{}' must be a string", key));
    return value.get_ref<const std::string&>();
}

std::uint32_t number_of(const Json& object, std::string_view key) {
    const Json& value = member(object, key);
    constexpr auto most = std::numeric_limits<std::uint32_t>::max();
    if (value.is_number_unsigned())
        return static_cast<std::uint32_t>(std::min<std::uint64_t>(value.get<std::uint64_t>(), most));
    throw BadRequest(RpcError::invalid_params, fmt::format("'{}' must be a number from 0", key));
}

bool has_capability(const Json& capabilities, std::string_view path) {
    const Json* at = &capabilities;
    while (!path.empty()) {
        const std::size_t dot = std::min(path.find('.'), path.size());
        at = &member(*at, path.substr(0, dot));
        path.remove_prefix(std::min(dot + 1, path.size()));
    }
    return at->is_boolean() && at->get<bool>();
}

}  // namespace dectprov
