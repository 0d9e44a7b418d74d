// SPDX-License-Identifier: MIT
#include "load/load_server.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "catalog/characters.hpp"
#include "catalog/entries.hpp"
#include "diag/rules.hpp"
#include "model/bind.hpp"
#include "model/firmware_names.hpp"
#include "source/encoding.hpp"
#include "source/failure.hpp"

namespace dectprov {
namespace {

EntryId root_of(Role role) {
    switch (role) {
        case Role::config:
            return entry("config");
        case Role::users:
            return entry("users");
        case Role::group:
            return entry("cota");
        case Role::none:
        case Role::list:
        case Role::site:
            break;
    }
    return EntryId::none;
}

class Loader {
public:
    Loader(const Files& files, const ServerInput& input, SourceSet& sources, const Catalog& catalog,
           Report& report, std::vector<ReadAhead> known)
        : files_(files),
          input_(input),
          sources_(sources),
          catalog_(catalog),
          report_(report),
          known_(std::move(known)) {
        if (known_.empty()) known_.resize(input.files.size());
    }

    LoadedServer run(std::optional<Model> model, ServerOptions declared) {
        server().identity = input_.identity;
        server().folder = input_.folder;
        server().options = std::move(declared);
        set_models(model);
        server().files.reserve(input_.files.size());
        for (const Candidate& candidate : input_.files) {
            server().files.push_back(
                {.path = candidate.path, .name = candidate.name, .reported = candidate.reported});
        }
        for (std::size_t i = 0; i < server().files.size(); ++i) {
            if (input_.files[i].dangling) {
                report_link(server().files[i]);
            } else if (is_needed(known_[i].need)) {
                try_to_read(server().files[i], known_[i].bytes ? &*known_[i].bytes : nullptr);
            } else {
                server().files[i].state = InputFile::State::left_out;
            }
        }
        if (!server().files.empty()) server().place = {.span = {.file = server().files.front().source}};
        std::ranges::stable_sort(server().groups, {}, &HandsetGroup::number);
        firmware();
        infer(server(), report_);
        return std::move(result_);
    }

    void read_groups(const std::set<std::uint32_t>& numbers, LoadedServer& to) {
        result_ = std::move(to);
        for (InputFile& file : server().files) {
            if (file.state == InputFile::State::left_out && file.name.role == Role::group &&
                numbers.contains(file.name.group)) {
                file.state = InputFile::State::unread;
                try_to_read(file, nullptr);
            }
        }
        to = std::move(result_);
    }

    void read_firmware(const std::vector<std::string>& names, LoadedServer& to) {
        result_ = std::move(to);
        for (const std::string& name : names) {
            if (is_in_the_folder(name)) server().firmware.push_back(firmware_file(name));
        }
        to = std::move(result_);
    }

private:
    Server& server() { return result_.server; }

    [[nodiscard]] bool is_needed(ReadAhead::Need need) const {
        switch (need) {
            case ReadAhead::Need::now:
                return true;
            case ReadAhead::Need::to_know_the_model:
                return !result_.server.declared;
            case ReadAhead::Need::left_out:
                return false;
        }
        return true;
    }

    // --model, then what is declared, then what the identity allows.
    void set_models(std::optional<Model> model) {
        Server& to = server();
        to.models = input_.identity.models();
        if (model) to.options.model = model;
        if (to.options.model) {
            if (!to.models.has(*to.options.model)) {
                throw Failure(fmt::format("{}: a server with the identity {} cannot be a {}: {}",
                                          input_.files.front().path, input_.identity.text,
                                          token(*to.options.model),
                                          input_.identity.kind == Identity::Kind::uuid
                                              ? "a UUID belongs to a Virtual IP-DECT Server One"
                                              : "a Virtual IP-DECT Server One has a UUID"));
            }
            to.models = *to.options.model;
        }
        to.declared = to.options.model.has_value() || input_.identity.kind == Identity::Kind::uuid;
    }

    // `known`: what it holds, where it was read before; that is moved out of there.
    void try_to_read(InputFile& file, std::string* known) {
        try {
            read(file, known != nullptr ? std::move(*known) : files_.read(file.path));
        } catch (const Failure& failure) {
            result_.failures.emplace_back(failure.what());
        }
    }

    void read(InputFile& file, std::string bytes) {
        const bool list = file.name.role == Role::list;
        // Without a role: the version of a firmware, which is plain text too.
        const bool plain = list || file.name.role == Role::none;
        Decoded decoded = plain ? decode_text(std::move(bytes)) : decode_xml(std::move(bytes));
        file.source = sources_.add(file.path, std::move(decoded.text));
        report_name(file);
        // What stands in for nothing is not validated.
        if (file.name.is_set_aside()) return;
        report_encoding(file.source, decoded, plain);
        if (file.name.role == Role::none) {
            file.state = InputFile::State::good;
            server().firmware.push_back({.name = std::string(base_name(file.path)),
                                         .node = Tree::none,
                                         .version = file.source,
                                         .text = sources_.text(file.source)});
        } else if (list) {
            read_list(file);
        } else {
            read_document(file);
        }
    }

    void report_link(InputFile& file) {
        file.source = sources_.add(file.path, {});
        report_name(file);
        report_.add(rule::file_link, Place{.span = {.file = file.source}}, "this link has no target",
                    "correct the target, or remove the link");
    }

    // `plain`: a `.ver`, which a server reads byte by byte.
    void report_encoding(FileId source, const Decoded& decoded, bool plain) {
        if (plain && decoded.byte_order_mark) {
            report_.add(
                rule::file_encoding, Place{.span = {.file = source}},
                "the file begins with a byte order mark; the server reads it as a part of the first line");
        } else if (decoded.bad) {
            const auto end = static_cast<std::uint32_t>(sources_.text(source).size());
            const Span rest{.file = source, .begin = *decoded.bad, .end = end};
            report_.add(rule::file_encoding, Place{.span = sources_.first_character(rest)}, decoded.problem);
        }
    }

    void report_name(const InputFile& file) {
        const FileName& name = file.name;
        const Place whole{.span = {.file = file.source}};
        const bool no_group = name.state == FileName::State::near && name.right.empty();
        std::string help = no_group             ? fmt::format("a group must be {}", describe(types::group))
                           : name.right.empty() ? std::string()
                                                : fmt::format("name it {}", name.right);
        std::string there;
        if (name.right_is_there) {
            there = fmt::format("; {} exists, and is the one that is read", name.right);
            help = "copy what is right into that file, and remove this one";
        }
        if (name.state == FileName::State::near) {
            report_.add(rule::file_name, whole, "no server asks for a file with this name" + there, help);
        } else if (name.state == FileName::State::doubtful) {
            report_.add(rule::file_name_doubtful, whole,
                        "it is not known whether a server asks for a file with this name" + there, help);
        }
        const std::string_view why = unusable(name.identity);
        if (name.bad_identity) {
            report_.add(rule::file_identity, whole,
                        fmt::format("'{}' is neither a MAC address nor a UUID", name.identity.text));
        } else if (!why.empty()) {
            report_.add(rule::file_identity, whole,
                        fmt::format("'{}' is {}, which no server has", name.identity.text, why));
        }
    }

    void read_list(InputFile& file) {
        const std::string_view text = sources_.text(file.source);
        const bool blank = text.find_first_not_of(white_space) == std::string_view::npos;
        file.state = blank ? InputFile::State::empty : InputFile::State::good;
        VersionList list = read_version_list(sources_, file.source, report_);
        if (!server().list && !blank) server().list = std::move(list);
    }

    void read_document(InputFile& file) {
        const EntryId expected = root_of(file.name.role);
        XmlDocument document = read_xml(sources_, file.source, catalog_, expected, report_);
        std::ranges::move(document.directives, std::back_inserter(result_.directives));
        if (document.state != Reading::good) {
            file.state =
                document.state == Reading::empty ? InputFile::State::empty : InputFile::State::malformed;
            return;
        }
        Tree& tree = document.tree;
        if (tree.name(0) != catalog_[expected].name) {
            file.state = InputFile::State::wrong_root;
            report_.add(rule::xml_root, Place{.span = tree.name_span(0)},
                        fmt::format("the root element is not '{}', as expected from the file name",
                                    catalog_[expected].name));
            return;
        }
        file.state = InputFile::State::good;
        keep(file, std::move(tree));
    }

    void keep(const InputFile& file, Tree tree) {
        Server& to = server();
        switch (file.name.role) {
            case Role::config:
                if (!to.config) to.config = std::make_unique<Tree>(std::move(tree));
                return;
            case Role::users:
                if (!to.users) to.users = std::make_unique<Tree>(std::move(tree));
                return;
            case Role::group:
                to.groups.push_back({.number = is_group(file.name.group) ? file.name.group : 0,
                                     .tree = std::move(tree),
                                     .input = &file,
                                     .where = {.span = {.file = file.source}}});
                return;
            case Role::none:
            case Role::list:
            case Role::site:
                return;
        }
    }

    // Whether the server's folder has a file of this name. A listed folder need not be asked: a fleet's
    // servers name the same few files that are not there.
    [[nodiscard]] bool lies_there(const std::string& name) const {
        const bool listed = input_.neighbours != nullptr && !name.starts_with('.') &&
                            read_name(name).state == FileName::State::other;
        if (listed) return input_.neighbours->contains(name);
        return files_.type(join(input_.folder, name)) == Files::Type::file;
    }

    static bool is_in_the_folder(const std::string& firmware) {
        return !firmware.empty() && firmware.find('/') == std::string::npos;
    }

    // The firmware files that the configuration names, as far as they lie in the tree.
    void firmware() {
        const Server& from = server();
        if (!from.has_config()) return;
        const Tree& config = *from.config;
        // Several settings may name one file, which is read once.
        std::map<std::string, FirmwareFile, std::less<>> known;
        for (const NodeIndex node : firmware_names(config)) {
            const std::string name(config.value(node));
            if (!is_in_the_folder(name)) continue;
            auto found = known.find(name);
            if (found == known.end()) found = known.emplace(name, firmware_file(name)).first;
            server().firmware.push_back(found->second);
            server().firmware.back().node = node;
        }
    }

    FirmwareFile firmware_file(const std::string& name) {
        FirmwareFile file{.name = name, .node = Tree::none, .image = lies_there(name), .version = {}};
        if (!lies_there(name + ".ver")) return file;
        const std::string version = join(server().folder, name + ".ver");
        try {
            Decoded decoded = decode_text(files_.read(version));
            file.version = sources_.add(version, std::move(decoded.text));
            file.text = sources_.text(*file.version);
            report_encoding(*file.version, decoded, true);
        } catch (const Failure& failure) {
            result_.failures.emplace_back(failure.what());
        }
        return file;
    }

    const Files& files_;
    const ServerInput& input_;
    SourceSet& sources_;
    const Catalog& catalog_;
    Report& report_;
    std::vector<ReadAhead> known_;
    LoadedServer result_;
};

}  // namespace

Declared declared_of(const ServerInput& input) {
    Declared all{.options = {}, .catalog = &catalog_of(input.config)};
    if (input.config == nullptr) return all;
    const auto found = input.config->servers.find(input.identity.text);
    if (found != input.config->servers.end()) all.options = found->second;
    if (all.options.model || input.files.empty()) return all;
    for (const auto& section : input.config->paths) {
        if (section.model && glob_matches(section.glob, input.config->relative(input.files.front().path)))
            all.options.model = section.model;
    }
    return all;
}

LoadedServer load_server(const Files& files, const ServerInput& input, std::optional<Model> model,
                         const Declared& declared, SourceSet& sources, Report& report,
                         std::vector<ReadAhead> known) {
    return Loader(files, input, sources, *declared.catalog, report, std::move(known))
        .run(model, declared.options);
}

void read_groups(const Files& files, const ServerInput& input, const std::set<std::uint32_t>& numbers,
                 SourceSet& sources, const Catalog& catalog, Report& report, LoadedServer& to) {
    Loader(files, input, sources, catalog, report, {}).read_groups(numbers, to);
}

void read_firmware(const Files& files, const ServerInput& input, const std::vector<std::string>& names,
                   SourceSet& sources, const Catalog& catalog, Report& report, LoadedServer& to) {
    Loader(files, input, sources, catalog, report, {}).read_firmware(names, to);
}

}  // namespace dectprov
