// SPDX-License-Identifier: MIT
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <sstream>
#include <string>
#include <string_view>

#include "editor/server.hpp"

using namespace dectprov;

namespace {

std::string framed(std::string_view text) {
    return "Content-Length: " + std::to_string(text.size()) + "\r\n\r\n" + std::string(text);
}

// A session that has begun and has two texts open, which lie in no folder that is there.
std::string beginning() {
    return framed(R"({"jsonrpc":"2.0","id":0,"method":"initialize","params":{"capabilities":{}}})") +
           framed(R"({"jsonrpc":"2.0","method":"initialized","params":{}})") +
           framed(R"({"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":)"
                  R"("file:///nowhere/at/all/0013d1800032-users.xml","version":1,"text":)"
                  R"("<users>\n<user><ipei>00077 0000001</ipei></user>\n</users>\n"}}})") +
           framed(R"({"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":)"
                  R"("file:///nowhere/at/all/site.yaml","version":1,"text":)"
                  R"("dectprov: 1\nservers:\n  - mac: 0013d1800040\n    settings: {sip: {}}\n"}}})");
}

}  // namespace

// Whatever a client sends, the session ends when it goes away, and what was said to it are whole messages.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const std::string begin = beginning();
    std::istringstream in(begin + std::string(reinterpret_cast<const char*>(data), size));
    std::ostringstream out;
    ByteSource source(in, -1);
    serve(source, out, Files(), {.jobs = 1, .config = {}, .no_config = true}, "0");
    const std::string said = std::move(out).str();
    constexpr std::string_view head = "Content-Length: ";
    for (std::string_view rest = said; !rest.empty();) {
        const std::size_t end = rest.find("\r\n\r\n");
        if (!rest.starts_with(head) || end == std::string_view::npos) std::abort();
        const std::size_t length = std::stoul(std::string(rest.substr(head.size(), end - head.size())));
        if (rest.size() < end + 4 + length) std::abort();
        if (parse_message(rest.substr(end + 4, length)).is_discarded()) std::abort();
        rest.remove_prefix(end + 4 + length);
    }
    return 0;
}
