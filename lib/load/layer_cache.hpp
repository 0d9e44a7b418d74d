// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <cstddef>
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

class LayerParts;

// A layer as it was read for the first description that extends it.
class Layer {
public:
    Layer(const Files& files, const std::string& path);
    ~Layer();
    Layer(const Layer&) = delete;
    Layer& operator=(const Layer&) = delete;

    std::optional<std::uint32_t> bad;  // the first byte that is no text, if there is one
    std::string problem;               // what is wrong there

    [[nodiscard]] std::string_view text() const { return sources_.text(file_); }
    // The document with its places in `file`; good as long as this lives.
    [[nodiscard]] std::shared_ptr<const YamlDocument> document(FileId file) const;

    // What is built once for all servers that it is laid under, when there are enough of them: `servers` more
    // are asking. Null where there are not. For several threads at once.
    const LayerParts* parts(std::size_t servers) const;

private:
    mutable SourceSet sources_;  // which keep texts for the parts
    FileId file_{};
    std::shared_ptr<const YamlDocument> document_;
    mutable std::atomic<std::size_t> servers_ = 0;
    mutable std::once_flag once_;
    mutable std::unique_ptr<const LayerParts> parts_;
};

// The layers of a run: many descriptions extend the same few, which are read and parsed once. The ones that
// were asked for last are kept, so that memory does not grow with a fleet whose every site has layers of its
// own. For several threads at once.
class LayerCache {
public:
    // Throws Failure where the file cannot be read.
    std::shared_ptr<const Layer> read(const Files& files, const std::string& path);

    // The file is another now: whoever asks next reads it again.
    void forget(std::string_view path);

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
