// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "probe/judge.hpp"

using namespace dectprov;

namespace {

constexpr std::string_view password = "Zq7kWmTx4RbHv9Ny";

// What is said may quote the answer, but what was asked with is in none.
void check(const Verdict& verdict, std::string_view answered) {
    if (answered.find(password) != std::string_view::npos) return;
    for (const std::string* text : {&verdict.message, &verdict.help}) {
        if (text->find(password) != std::string::npos) std::abort();
    }
    if ((verdict.rule == nullptr) != verdict.message.empty()) std::abort();
}

}  // namespace

// What a provisioning server answers is judged, whatever the bytes are. Four bytes choose the kind of the
// answer, what stands behind the first zero byte is the body, and what is before it where a redirect leads.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    constexpr std::size_t head = 4;
    if (size < head) return 0;
    constexpr std::array statuses{0,   200, 206, 226, 301, 302, 304, 308,
                                  401, 403, 404, 407, 500, 503, 530, 550};
    constexpr std::array protocols{Protocol::ftp, Protocol::tftp, Protocol::http, Protocol::https};
    constexpr std::array wants{Request::Want::file, Request::Want::size, Request::Want::folder,
                               Request::Want::certificate, Request::Want::start};
    constexpr std::array roles{Role::none, Role::config, Role::users, Role::group, Role::list};
    const std::string_view text(reinterpret_cast<const char*>(data) + head, size - head);
    const std::size_t zero = std::min(text.find('\0'), text.size());
    Answer answer{.status = statuses[data[0] % statuses.size()],
                  .body = std::string(text.substr(std::min(zero + 1, text.size()))),
                  .location = std::string(text.substr(0, zero))};
    constexpr auto troubles = static_cast<unsigned>(Trouble::protocol) + 1;
    if ((data[1] & 1U) != 0) answer.trouble = static_cast<Trouble>(data[1] % troubles);
    if ((data[1] & 2U) != 0) answer.size = data[2];
    const Request request{.protocol = protocols[data[2] % protocols.size()],
                          .origin = "https://prov.example.com",
                          .url = "https://prov.example.com/dect/0013d1800032-config.xml",
                          .user = "prov",
                          .password = std::string(password),
                          .want = wants[(data[2] >> 2U) % wants.size()]};
    check(judge_delivery(request, answer, 10), text);
    const Expected expected{.role = roles[data[3] % roles.size()], .image = (data[3] & 0x80U) != 0};
    check(judge_content(answer, expected), text);
    check(judge_listing(request, answer), text);
    static_cast<void>(is_redirect(answer));
    return 0;
}
