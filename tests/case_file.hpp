// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdio>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

// The format of tests/cases/**.case:
//
//     What it shows, in a sentence or two.
//     $ dectprov lint --format compact .
//     --- file: NAME            an input, written before the command runs
//     --- link: NAME -> TARGET  a symbolic link
//     --- env: NAME=VALUE       set for this case
//     --- stdin
//     --- answers               what provisioning servers answer, see exchange.hpp
//     --- stdout                what is expected; absent: nothing
//     --- stdout contains       lines that occur, in this order; instead of `stdout`
//     --- stderr
//     --- stderr contains
//     --- written: NAME         the bytes of a file afterwards
//     --- files                 the names of all files afterwards
//     --- status N              absent: 0
//
// The command stands first, then its inputs, then what is expected; further `$` lines work in the same
// folder. A line of a block that would be taken for a header has a backslash in front. In a block called
// `escaped …`, `\r`, `\t`, `\e`, `\\`, `\xHH` stand for those bytes and a `\` at the end of a line for "no
// line end here".
namespace case_file {

struct Block {
    std::string kind;  // "file", "stdout contains"
    std::string name;  // behind the colon, or the number of `status`
    std::string text;
    std::string source = {};  // of an input: its lines as they stand in the case, header and all
};

struct Step {
    std::string command;
    std::vector<Block> blocks;
};

struct Case {
    std::string about;
    std::vector<Step> steps;
};

inline std::string unescape(std::string_view text) {
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\\' || i + 1 == text.size()) {
            plain += text[i];
            continue;
        }
        switch (const char c = text[++i]) {
            case 'r':
                plain += '\r';
                break;
            case 't':
                plain += '\t';
                break;
            case 'e':
                plain += '\x1b';
                break;
            case '\n':
                break;
            case 'x':
                plain += static_cast<char>(std::stoi(std::string(text.substr(i + 1, 2)), nullptr, 16));
                i += 2;
                break;
            default:
                plain += c;
                break;
        }
    }
    return plain;
}

inline bool is_plain(std::string_view text) {
    if (!text.empty() && text.back() != '\n') return false;
    for (const char c : text) {
        if (static_cast<unsigned char>(c) < 0x20 && c != '\n') return false;
    }
    return true;
}

inline std::string escape(std::string_view text) {
    std::string escaped;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '\\') {
            escaped += "\\\\";
        } else if (c == '\r') {
            escaped += "\\r";
        } else if (c == '\t') {
            escaped += "\\t";
        } else if (c == '\x1b') {
            escaped += "\\e";
        } else if (byte < 0x20 && c != '\n') {
            constexpr std::string_view hex = "0123456789abcdef";
            escaped += std::string("\\x") + hex[byte >> 4U] + hex[byte & 15U];
        } else {
            escaped += c;
        }
    }
    if (!escaped.empty() && escaped.back() != '\n') escaped += "\\\n";
    return escaped;
}

inline bool looks_like_header(std::string_view line) {
    return line.starts_with("--- ") || line.starts_with("$ ") || line.starts_with('\\');
}

inline std::string to_text(const Case& all) {
    std::string text = all.about;
    for (const Step& step : all.steps) {
        text += "$ " + step.command + "\n";
        for (const Block& block : step.blocks) {
            if (!block.source.empty()) {
                text += block.source;
                continue;
            }
            if (block.kind == "status") {
                text += "--- status " + block.name + "\n";
                continue;
            }
            const bool plain = is_plain(block.text);
            text += std::string("--- ") + (plain ? "" : "escaped ") + block.kind;
            if (!block.name.empty()) text += ": " + block.name;
            text += '\n';
            const std::string body = plain ? block.text : escape(block.text);
            for (std::size_t at = 0; at < body.size();) {
                const std::size_t end = body.find('\n', at);
                const std::string line = body.substr(at, end - at);
                if (plain && looks_like_header(line)) text += '\\';
                text += line + '\n';
                at = end + 1;
            }
        }
    }
    return text;
}

inline Block header(std::string_view line) {
    line.remove_prefix(4);
    if (line.starts_with("status "))
        return {.kind = "status", .name = std::string(line.substr(7)), .text = {}};
    const std::size_t colon = line.find(": ");
    if (colon == std::string_view::npos) return {.kind = std::string(line), .name = {}, .text = {}};
    return {
        .kind = std::string(line.substr(0, colon)), .name = std::string(line.substr(colon + 2)), .text = {}};
}

inline Case parse(std::string_view text, const std::string& name) {
    Case all;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = text.find('\n', at);
        if (end == std::string_view::npos) throw std::runtime_error(name + ": no line end at the end");
        std::string_view line = text.substr(at, end - at);
        at = end + 1;
        if (line.starts_with("$ ")) {
            all.steps.push_back({.command = std::string(line.substr(2)), .blocks = {}});
        } else if (all.steps.empty()) {
            all.about += std::string(line) + "\n";
        } else if (line.starts_with("--- ")) {
            all.steps.back().blocks.push_back(header(line));
            all.steps.back().blocks.back().source = std::string(line) + "\n";
        } else if (all.steps.back().blocks.empty()) {
            throw std::runtime_error(name + ": a line outside of a block: " + std::string(line));
        } else {
            Block& block = all.steps.back().blocks.back();
            block.source += std::string(line) + "\n";
            if (!block.kind.starts_with("escaped ") && line.starts_with('\\')) line.remove_prefix(1);
            block.text += std::string(line) + "\n";
        }
    }
    for (Step& step : all.steps) {
        for (Block& block : step.blocks) {
            if (!block.kind.starts_with("escaped ")) continue;
            block.kind.erase(0, 8);
            block.text = unescape(block.text);
        }
    }
    return all;
}

}  // namespace case_file
