// SPDX-License-Identifier: MIT
#include "render/rendered_servers.hpp"

#include <algorithm>
#include <cstring>
#include <optional>
#include <utility>

#include "model/identity_set.hpp"

namespace dectprov {
namespace {

// How far a block is filled before the next one is begun.
constexpr std::size_t full_block = 4096;

// What stands in a block, by its first byte; any other is a change of the form of that number.
constexpr unsigned char site_follows = 0xff;      // of the servers behind it
constexpr unsigned char mac_follows = 0xfe;       // of a server, a MAC address
constexpr unsigned char identity_follows = 0xfd;  // of a server, another one
constexpr unsigned char change_follows = 0xfc;    // its status and its path
constexpr std::size_t most_forms = 0xfc;

template <class Number>
void pack(std::string& to, Number number) {
    to.append(reinterpret_cast<const char*>(&number), sizeof number);
}

template <class Number>
Number unpack_number(std::string_view& from) {
    Number number{};
    std::memcpy(&number, from.data(), sizeof number);
    from.remove_prefix(sizeof number);
    return number;
}

void pack_text(std::string& to, std::string_view text) {
    pack(to, text.size());
    to += text;
}

std::string unpack_text(std::string_view& from) {
    const auto size = unpack_number<std::size_t>(from);
    std::string text(from.substr(0, size));
    from.remove_prefix(size);
    return text;
}

}  // namespace

void RenderedServers::add(const RenderedServer& server) {
    const bool fresh = blocks_.empty() || blocks_.back().size() > full_block;
    if (fresh) {
        if (!blocks_.empty()) blocks_.back().shrink_to_fit();
        blocks_.emplace_back();
    }
    std::string& block = blocks_.back();
    if (fresh || site_ != server.site) {
        pack(block, site_follows);
        pack(block, server.site.data());
        pack(block, server.site.size());
        site_ = server.site;
    }
    if (const auto mac = PackedMac::of(server.identity)) {
        pack(block, mac_follows);
        pack(block, *mac);
    } else {
        pack(block, identity_follows);
        pack_text(block, server.identity);
    }
    identity_ = server.identity;
    for (const FileChange& change : server.changes) add(change);
}

// `most_forms` where it has none.
std::size_t RenderedServers::form_of(const FileChange& change) {
    const std::size_t at = identity_.empty() ? std::string::npos : change.path.find(identity_);
    if (at == std::string::npos) return most_forms;
    Form form{.before = change.path.substr(0, at),
              .behind = change.path.substr(at + identity_.size()),
              .status = change.status};
    const auto found = std::ranges::find(forms_, form);
    const auto number = static_cast<std::size_t>(found - forms_.begin());
    if (found == forms_.end() && number != most_forms) forms_.push_back(std::move(form));
    return number;
}

void RenderedServers::add(const FileChange& change) {
    std::string& block = blocks_.back();
    ++changes_;
    const std::size_t form = form_of(change);
    if (form != most_forms) {
        pack(block, static_cast<unsigned char>(form));
        return;
    }
    pack(block, change_follows);
    pack(block, change.status);
    pack_text(block, change.path);
}

void RenderedServers::unpack(std::string_view block,
                             const std::function<void(RenderedServer&)>& visit) const {
    std::optional<RenderedServer> server;
    std::string_view site;
    const auto begin = [&](std::string identity) {
        if (server) visit(*server);
        server = RenderedServer{.identity = std::move(identity), .site = site, .changes = {}};
    };
    while (!block.empty()) {
        const auto kind = unpack_number<unsigned char>(block);
        if (kind == site_follows) {
            const auto* const text = unpack_number<const char*>(block);
            site = {text, unpack_number<std::size_t>(block)};
        } else if (kind == mac_follows) {
            begin(unpack_number<PackedMac>(block).text());
        } else if (kind == identity_follows) {
            begin(unpack_text(block));
        } else if (kind == change_follows) {
            const auto status = unpack_number<FileStatus>(block);
            server->changes.push_back({.path = unpack_text(block), .status = status});
        } else {
            const Form& form = forms_[kind];
            server->changes.push_back(
                {.path = form.before + server->identity + form.behind, .status = form.status});
        }
    }
    if (server) visit(*server);
}

void RenderedServers::each(const std::function<void(const RenderedServer&)>& visit) const {
    for (const std::string& block : blocks_) unpack(block, [&](const RenderedServer& one) { visit(one); });
}

void RenderedServers::drain(const std::function<void(RenderedServer&)>& visit) {
    for (std::string& block : blocks_) {
        unpack(block, visit);
        block = {};
    }
    *this = {};
}

}  // namespace dectprov
