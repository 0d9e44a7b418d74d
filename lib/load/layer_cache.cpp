// SPDX-License-Identifier: MIT
#include "load/layer_cache.hpp"

#include <algorithm>
#include <utility>

#include "load/layer_parts.hpp"
#include "source/encoding.hpp"

namespace dectprov {
namespace {

// More than a description reads that extends layers as deep as they may.
constexpr std::size_t most_layers = 128;

}  // namespace

Layer::Layer(const Files& files, const std::string& path) {
    Decoded decoded = decode_text(files.read(path));
    // The description comes first among the sources of a site and a layer second, so that its places are
    // right as they are.
    sources_.add({}, std::string());
    file_ = sources_.add(path, std::move(decoded.text));
    if (decoded.bad) {
        bad = decoded.bad;
        problem = decoded.problem;
        return;
    }
    document_ = std::make_shared<const YamlDocument>(read_yaml(sources_, file_));
}

Layer::~Layer() = default;

const LayerParts* Layer::parts(std::size_t servers) const {
    if (!document_ || !LayerParts::pay(servers_ += servers)) return nullptr;
    std::call_once(once_, [this] {
        SiteSource source{.path = sources_.name(file_), .file = file_};
        source.yaml = {document_, &document_->yaml};
        parts_ = std::make_unique<const LayerParts>(sources_, source);
    });
    return parts_.get();
}

std::shared_ptr<const YamlDocument> Layer::document(FileId file) const {
    if (file == file_) return document_;
    auto moved = std::make_shared<YamlDocument>(*document_);
    for (Yaml::Node& node : moved->yaml.nodes) node.key.file = node.span.file = node.anchor.file = file;
    for (YamlProblem& one : moved->problems) {
        one.span.file = file;
        if (one.related) one.related->span.file = file;
    }
    for (YamlComment& comment : moved->comments) comment.span.file = file;
    return moved;
}

std::shared_ptr<LayerCache::Slot> LayerCache::slot(const std::string& path) {
    const std::lock_guard lock(mutex_);
    const auto known = std::ranges::find_if(slots_, [&](const auto& one) { return one->path == path; });
    if (known != slots_.end()) {
        std::rotate(known, known + 1, slots_.end());
        return slots_.back();
    }
    if (slots_.size() == most_layers) slots_.erase(slots_.begin());
    auto made = std::make_shared<Slot>();
    made->path = path;
    return slots_.emplace_back(std::move(made));
}

std::shared_ptr<const Layer> LayerCache::read(const Files& files, const std::string& path) {
    const std::shared_ptr<Slot> place = slot(normal(path));
    // Others that want this layer wait for it, and no one else.
    const std::lock_guard lock(place->mutex);
    if (!place->layer) place->layer = std::make_shared<const Layer>(files, path);
    return place->layer;
}

void LayerCache::forget(std::string_view path) {
    const std::string name = normal(path);
    const std::lock_guard lock(mutex_);
    std::erase_if(slots_, [&](const auto& one) { return one->path == name; });
}

}  // namespace dectprov
