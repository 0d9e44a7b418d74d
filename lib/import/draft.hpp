// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/models.hpp"
#include "doc/write_yaml.hpp"
#include "model/server.hpp"
#include "source/span.hpp"

namespace dectprov {

// Something of a server's files that a site description does not hold. The message names no value.
struct Loss {
    Span where;
    std::string message;
};

// A secret that stands as ${env:NAME} in a description, or where no line of an env file can hold it as
// ${file:NAME.secret}.
struct Secret {
    std::string name;
    std::string value;
    bool own_file = false;
};
// The name of a secret's file, beside the description, and its bytes.
std::string file_of(const Secret& secret);
std::string bytes_of(const Secret& secret);

// A server's files as an item of `servers:`. Names of secrets are made of the identity, the user and the
// field, so that they stay when others come or go.
struct ServerDraft {
    std::string identity;
    YamlValue server = YamlValue::mapping();  // without the users
    std::optional<YamlValue> users = {};      // Kind::rows: there may be very many
    std::size_t user_count = 0;
    std::vector<YamlValue> user_fields = {};  // the same users by their fields, where that was asked for
    std::vector<Secret> secrets = {};
};

struct DraftOptions {
    bool with_fields = false;  // users by their fields besides
    // Stands in the names of secrets for the description, where another one of the run has this server too.
    std::string_view site = {};
};
ServerDraft draft_server(const Server& server, Model model, const SourceSet& sources,
                         const DraftOptions& options);

// A mapping `defaults:`, or nothing where there is nothing to it; a layer is that alone.
struct SiteText {
    std::string_view schema = {};  // a first line for editors names it
    std::string_view site = {};
    std::vector<std::string> extends = {};
    const YamlValue* defaults = nullptr;
    const std::vector<ServerDraft>* servers = nullptr;
};
std::string write_site(const SiteText& site);

// What may stand in the name of a variable.
std::string variable_part(std::string_view text);

// KEY=VALUE lines that a shell and systemd read alike, without the secrets that have files of their own.
std::string write_env(const std::vector<ServerDraft>& servers);

}  // namespace dectprov
