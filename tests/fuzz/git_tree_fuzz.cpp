// SPDX-License-Identifier: MIT
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "source/git_revision.hpp"

using namespace dectprov;

// Whatever git says, rows have a path, and only files and links an object.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    for (const GitTreeRow& row : read_git_tree(text)) {
        if (row.path.empty() || row.path.find('\0') != std::string_view::npos) std::abort();
        const bool has_object = row.type == GitRevision::Type::file || row.type == GitRevision::Type::link;
        if (!has_object && !row.id.empty()) std::abort();
    }
    const GitAddress address = parse_git_address(text);
    if (address.revision.size() + address.path.size() > size) std::abort();
    return 0;
}
