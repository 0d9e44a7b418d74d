// SPDX-License-Identifier: MIT
#pragma once

#include <stdlib.h>  // mkdtemp, setenv: POSIX, not in <cstdlib>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cli.hpp"

// What tests of the whole program share: a folder of their own to run in, files, and the program in-process.
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

// Whether expectations are to be rewritten instead of compared.
inline bool updating() {
    const char* value = std::getenv("DECTPROV_UPDATE");
    return value != nullptr && std::string_view(value) == "1";
}

// A new folder that is the current one as long as the object lives. Beside it stands a `.git`, so that no
// .dectprov.yaml from outside is found.
class Folder {
public:
    Folder() : before_(std::filesystem::current_path()) {
        std::string name = (std::filesystem::temp_directory_path() / "dectprov-XXXXXX").string();
        if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot make a folder");
        top_ = name;
        std::filesystem::create_directories(top_ / ".git");
        std::filesystem::create_directories(top_ / "work");
        std::filesystem::current_path(top_ / "work");
    }
    ~Folder() {
        std::error_code ignored;
        std::filesystem::current_path(before_, ignored);
        std::filesystem::remove_all(top_, ignored);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    Folder(Folder&&) = delete;
    Folder& operator=(Folder&&) = delete;

    // Everything in it, relative, in byte order.
    static std::vector<std::string> files() {
        std::vector<std::string> names;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(".")) {
            if (entry.is_regular_file())
                names.push_back(entry.path().lexically_relative(".").generic_string());
        }
        std::ranges::sort(names);
        return names;
    }

private:
    std::filesystem::path before_;
    std::filesystem::path top_;
};

struct Outcome {
    int status;
    std::string out;
    std::string err;
};

inline Outcome run(const std::vector<std::string>& args, const std::string& input = {}) {
    std::istringstream in(input);
    std::ostringstream out;
    std::ostringstream err;
    const int status = dectprov::run(args, {.in = in, .out = out, .err = err});
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
