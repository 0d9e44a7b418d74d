// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "doc/yaml.hpp"
#include "source/files.hpp"
#include "source/source_set.hpp"

namespace dectprov {

// A layer as it was read for the first description that extends it.
class Layer {
public:
    Layer(const Files& files, const std::string& path);

    std::optional<std::uint32_t> bad;  // the first byte that is no text, if there is one
    std::string problem;               // what is wrong there

    [[nodiscard]] std::string_view text() const { return sources_.text(file_); }
    // The document with its places in `file`; good as long as this lives.
    [[nodiscard]] std::shared_ptr<const YamlDocument> document(FileId file) const;

private:
    SourceSet sources_;
    FileId file_{};
    std::shared_ptr<const YamlDocument> document_;
};

// The layers of a run: many descriptions extend the same few, which are read and parsed once. The ones that
// were asked for last are kept, so that memory does not grow with a fleet whose every site has layers of its
// own. For several threads at once.
class LayerCache {
public:
    // Throws Failure where the file cannot be read.
    std::shared_ptr<const Layer> read(const Files& files, const std::string& path);

private:
    struct Slot {
        std::string path;
        std::mutex mutex = {};
        std::shared_ptr<const Layer> layer = {};
    };

    std::shared_ptr<Slot> slot(const std::string& path);

    std::mutex mutex_;
    std::vector<std::shared_ptr<Slot>> slots_;  // the one asked for last at the end
};

}  // namespace dectprov
