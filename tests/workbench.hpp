// SPDX-License-Identifier: MIT
#pragma once

#include <stdio.h>   // popen
#include <stdlib.h>  // mkdtemp, setenv: POSIX, not in <cstdlib>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cli.hpp"

// What test programs share: folders of their own, files, commands of the shell, and the program in-process.
namespace workbench {

inline std::string read(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) throw std::runtime_error("cannot read " + path.string());
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

inline void write(const std::filesystem::path& path, std::string_view bytes) {
    if (path.has_parent_path()) std::filesystem::create_directories(path.parent_path());
    std::ofstream out(path, std::ios::binary);
    out << bytes;
    if (!out.flush()) throw std::runtime_error("cannot write " + path.string());
}

// "NAME -> TARGET" becomes a symbolic link.
inline void link(std::string_view arrow) {
    constexpr std::string_view between = " -> ";
    const std::size_t at = arrow.find(between);
    if (at == std::string_view::npos) throw std::runtime_error("no link: " + std::string(arrow));
    const std::filesystem::path name(arrow.substr(0, at));
    if (name.has_parent_path()) std::filesystem::create_directories(name.parent_path());
    std::filesystem::create_symlink(arrow.substr(at + between.size()), name);
}

// Whether expectations are to be rewritten instead of compared.
inline bool updating() {
    const char* value = std::getenv("DECTPROV_UPDATE");
    return value != nullptr && std::string_view(value) == "1";
}

// A new folder of its own, which goes with the object.
class TemporaryFolder {
public:
    TemporaryFolder() {
        std::string name = (std::filesystem::temp_directory_path() / "dectprov-XXXXXX").string();
        if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot make a folder");
        path_ = name;
    }
    ~TemporaryFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    TemporaryFolder(TemporaryFolder&&) = delete;
    TemporaryFolder& operator=(TemporaryFolder&&) = delete;

    std::string operator/(std::string_view name) const { return path_ + "/" + std::string(name); }
    [[nodiscard]] const std::string& path() const { return path_; }

private:
    std::string path_;
};

// The names of all files below a folder, relative, in byte order; none where it is not there.
inline std::vector<std::string> files_below(const std::filesystem::path& folder) {
    std::vector<std::string> names;
    if (!std::filesystem::exists(folder)) return names;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (entry.is_regular_file())
            names.push_back(entry.path().lexically_relative(folder).generic_string());
    }
    std::ranges::sort(names);
    return names;
}

inline unsigned mode_of(const std::filesystem::path& path) {
    return static_cast<unsigned>(std::filesystem::status(path).permissions());
}

inline std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

// A new folder that is the current one as long as the object lives. It has a `.git`, so that it counts as a
// repository, and no .dectprov.yaml from outside is found.
class Folder {
public:
    Folder() : before_(std::filesystem::current_path()) {
        std::filesystem::create_directories(top_ / "work/.git");
        std::filesystem::current_path(top_ / "work");
    }
    ~Folder() {
        std::error_code ignored;
        std::filesystem::current_path(before_, ignored);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    Folder(Folder&&) = delete;
    Folder& operator=(Folder&&) = delete;

    static std::vector<std::string> files() { return files_below("."); }

private:
    std::filesystem::path before_;
    TemporaryFolder top_;
};

// What a command of the shell prints, and the status that it ends with.
struct ShellResult {
    int status;
    std::string out;
};
inline ShellResult shell(const std::string& command) {
    ShellResult outcome{.status = -1, .out = {}};
    FILE* pipe = popen(command.c_str(), "r");
    if (pipe == nullptr) return outcome;
    std::array<char, 4096> buffer{};
    for (std::size_t n = 0; (n = fread(buffer.data(), 1, buffer.size(), pipe)) != 0;)
        outcome.out.append(buffer.data(), n);
    const int ended = pclose(pipe);
    if (WIFEXITED(ended)) outcome.status = WEXITSTATUS(ended);
    return outcome;
}

// Whether a program is installed.
inline bool has(const std::string& program) { return shell("command -v " + program).status == 0; }

// What stands beside the repository where it is worked on; nothing where it is not there, which is said in
// the words that make ctest count the test as skipped (CMakeLists.txt). Tests that need it are in the suite
// "shared".
inline std::optional<std::filesystem::path> beside_repository(std::string_view name) {
    std::filesystem::path path = std::filesystem::path(DECTPROV_ROOT) / "../shared" / name;
    if (std::filesystem::exists(path)) return path;
    std::cout << "left out: ../shared/" << name << " is not there\n";
    return std::nullopt;
}

struct CommandResult {
    int status;
    std::string out;
    std::string err;
};

// `network`: what stands for provisioning servers.
inline CommandResult run(const std::vector<std::string>& args, const std::string& input = {},
                         const dectprov::NetworkMaker* network = nullptr) {
    std::istringstream in(input);
    std::ostringstream out;
    std::ostringstream err;
    const int status = dectprov::run(args, {.in = in, .out = out, .err = err, .network = network});
    return {.status = status, .out = out.str(), .err = err.str()};
}

// A command line as a shell splits it: blanks, '…' and "…".
inline std::vector<std::string> words(std::string_view line) {
    std::vector<std::string> all;
    std::string word;
    bool open = false;
    char quote = '\0';
    for (const char c : line) {
        if (quote != '\0') {
            if (c == quote) {
                quote = '\0';
            } else {
                word += c;
            }
        } else if (c == '\'' || c == '"') {
            quote = c;
            open = true;
        } else if (c == ' ') {
            if (open) all.push_back(std::exchange(word, {}));
            open = false;
        } else {
            word += c;
            open = true;
        }
    }
    if (open) all.push_back(word);
    return all;
}

}  // namespace workbench
