// SPDX-License-Identifier: MIT
#include "render/file_diff.hpp"

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "analysis/conclude.hpp"
#include "doc/mask.hpp"
#include "doc/unified_diff.hpp"
#include "doc/unknown_text.hpp"
#include "load/known_keys.hpp"
#include "source/source_set.hpp"

namespace dectprov {

std::string diff_of(const Files& files, const std::string& path, const FileChange& change,
                    const OutputFile& made) {
    SourceSet sources;
    const auto side = [&](bool there, std::string text) {
        const FileId file = sources.add(path, std::move(text));
        const std::string_view bytes = sources.text(file);
        const Span all{.file = file, .begin = 0, .end = static_cast<std::uint32_t>(bytes.size())};
        return DiffText{.name = there ? path : "/dev/null",
                        .text = bytes,
                        .masked = made.all_secret ? std::vector{all}
                                                  : secrets(sources, file, syntax_of(path),
                                                            {.keys = names_of_description_keys(),
                                                             .secret = made.secret_names})};
    };
    const bool before = change.status != FileStatus::created;
    const bool after = change.status != FileStatus::removed;
    std::string old = before ? files.read(path) : std::string();
    if (!holds_unknown(made.bytes))
        return unified_diff(side(before, std::move(old)), side(after, made.bytes));
    Blanked blanked = without_unknown(made.bytes, old);
    return unified_diff(side(before, std::move(blanked.bytes)), side(after, std::move(blanked.text)));
}

}  // namespace dectprov
