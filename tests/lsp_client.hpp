// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <istream>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <ostream>
#include <sstream>
#include <stdexcept>
#include <streambuf>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "workbench.hpp"

// An editor as a test plays it. It shares no types with the server: what it sends and gets is text, which it
// takes apart by itself.
namespace lsp {

using Json = nlohmann::json;

inline std::string framed(const std::string& text) {
    return "Content-Length: " + std::to_string(text.size()) + "\r\n\r\n" + text;
}

inline std::string file_uri(const std::string& path) { return "file://" + path; }

// The line between the client and the server: what the client sends waits, where it says so, for an answer.
class Line {
public:
    struct Piece {
        std::string bytes;
        std::string await;               // an answer has come that holds this text
        std::function<void()> act = {};  // done before it is sent: what happens on the disk
    };
    explicit Line(std::vector<Piece> pieces) : pieces_(std::move(pieces)), in_(*this), out_(*this) {}

    std::streambuf& in() { return in_; }
    std::streambuf& out() { return out_; }
    [[nodiscard]] const std::string& said() const { return said_; }
    // Nobody answers any more.
    void close() {
        const std::scoped_lock lock(mutex_);
        closed_ = true;
        changed_.notify_all();
    }

private:
    class In : public std::streambuf {
    public:
        explicit In(Line& line) : line_(line) {}

    protected:
        int_type underflow() override {
            std::unique_lock lock(line_.mutex_);
            while (true) {
                if (at_ == line_.pieces_.size()) return traits_type::eof();
                Piece& piece = line_.pieces_[at_];
                const auto come = [&] {
                    return line_.closed_ || piece.await.empty() ||
                           line_.said_.find(piece.await) != std::string::npos;
                };
                line_.changed_.wait(lock, come);
                ++at_;
                if (piece.act) piece.act();
                if (piece.bytes.empty()) continue;
                setg(piece.bytes.data(), piece.bytes.data(), piece.bytes.data() + piece.bytes.size());
                return traits_type::to_int_type(*gptr());
            }
        }

    private:
        Line& line_;
        std::size_t at_ = 0;
    };
    class Out : public std::streambuf {
    public:
        explicit Out(Line& line) : line_(line) {}

    protected:
        std::streamsize xsputn(const char* text, std::streamsize size) override {
            const std::scoped_lock lock(line_.mutex_);
            line_.said_.append(text, static_cast<std::size_t>(size));
            line_.changed_.notify_all();
            return size;
        }
        int_type overflow(int_type character) override {
            const char one = traits_type::to_char_type(character);
            xsputn(&one, 1);
            return traits_type::not_eof(character);
        }

    private:
        Line& line_;
    };

    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<Piece> pieces_;
    std::string said_;
    bool closed_ = false;
    In in_;
    Out out_;
};

// A session that is written down first and then played.
class Session {
public:
    explicit Session(Json capabilities = Json::object(), const std::vector<std::string>& folders = {}) {
        Json given = Json::array();
        for (const std::string& folder : folders) given.push_back({{"uri", file_uri(folder)}, {"name", "f"}});
        request("initialize", {{"processId", nullptr},
                               {"rootUri", nullptr},
                               {"capabilities", std::move(capabilities)},
                               {"workspaceFolders", folders.empty() ? Json() : given}});
        notify("initialized", Json::object());
    }

    // Bytes as they are.
    void raw(const std::string& bytes) { pieces_.back().bytes += bytes; }
    int request(const std::string& method, const Json& params) {
        const int id = ++last_;
        raw(framed(Json{{"jsonrpc", "2.0"}, {"id", id}, {"method", method}, {"params", params}}.dump()));
        return id;
    }
    void notify(const std::string& method, const Json& params) {
        raw(framed(Json{{"jsonrpc", "2.0"}, {"method", method}, {"params", params}}.dump()));
    }

    void open(const std::string& path, const std::string& text) {
        notify("textDocument/didOpen", {{"textDocument",
                                         {{"uri", file_uri(path)},
                                          {"languageId", "xml"},
                                          {"version", ++versions_[path]},
                                          {"text", text}}}});
    }
    void change(const std::string& path, const Json& changes) {
        notify("textDocument/didChange",
               {{"textDocument", {{"uri", file_uri(path)}, {"version", ++versions_[path]}}},
                {"contentChanges", changes}});
    }
    int at(const std::string& method, const std::string& path, int line, int character) {
        return request(method, {{"textDocument", {{"uri", file_uri(path)}}},
                                {"position", {{"line", line}, {"character", character}}}});
    }
    // What waits until all findings are there.
    int settle(const std::string& path) {
        const int id = at("textDocument/prepareRename", path, 0, 0);
        wait_for(id);
        return id;
    }
    // Something happens on the disk before more is sent.
    void act(std::function<void()> what) {
        pieces_.push_back({.bytes = {}, .await = {}, .act = std::move(what)});
    }
    // Sends nothing more before the server has said such a text.
    void wait_for_text(const std::string& text) { pieces_.push_back({.bytes = {}, .await = text}); }
    // The same of the answer to a request.
    void wait_for(int id) { wait_for_text("\"id\":" + std::to_string(id) + ","); }
    // Of the requests up to now.
    [[nodiscard]] int last() const { return last_; }
    // Answers what the server asks, once that has come.
    void answer_when(const std::string& asked, const std::string& id, const Json& result) {
        pieces_.push_back({.bytes = framed(Json{{"jsonrpc", "2.0"}, {"id", id}, {"result", result}}.dump()),
                           .await = asked});
    }
    int ask_for_actions(const std::string& path) {
        return request(
            "textDocument/codeAction",
            {{"textDocument", {{"uri", file_uri(path)}}},
             {"range",
              {{"start", {{"line", 0}, {"character", 0}}}, {"end", {{"line", 1000000}, {"character", 0}}}}},
             {"context", {{"diagnostics", Json::array()}}}});
    }

    // Plays it to the end; `arguments` go behind `lsp`.
    void play(const std::vector<std::string>& arguments = {}, bool agreed = true) {
        if (agreed) {
            request("shutdown", nullptr);
            notify("exit", nullptr);
        }
        std::vector<std::string> args{"lsp"};
        args.insert(args.end(), arguments.begin(), arguments.end());
        Line line(std::move(pieces_));
        std::istream in(&line.in());
        std::ostream out(&line.out());
        std::ostringstream complaints;
        status = dectprov::run(args, {.in = in, .out = out, .err = complaints});
        err = complaints.str();
        take(line.said());
    }

    [[nodiscard]] const Json& answer(int id) const {
        for (const Json& message : messages) {
            if (message.contains("id") && message["id"] == id && !message.contains("method")) return message;
        }
        throw std::runtime_error("no answer to " + std::to_string(id));
    }
    [[nodiscard]] const Json& result(int id) const { return answer(id).at("result"); }
    // What was told last of a file's findings; null where nothing was.
    [[nodiscard]] Json diagnostics(const std::string& path) const {
        Json last;
        for (const Json& message : messages) {
            if (message.value("method", "") == "textDocument/publishDiagnostics" &&
                message["params"]["uri"] == file_uri(path))
                last = message["params"]["diagnostics"];
        }
        return last;
    }

    std::vector<Json> messages;
    int status = -1;
    std::string err;

private:
    void take(std::string_view bytes) {
        constexpr std::string_view head = "Content-Length: ";
        while (!bytes.empty()) {
            if (!bytes.starts_with(head)) throw std::runtime_error("no header: " + std::string(bytes));
            const std::size_t end = bytes.find("\r\n\r\n");
            const std::size_t size = std::stoul(std::string(bytes.substr(head.size(), end - head.size())));
            messages.push_back(Json::parse(bytes.substr(end + 4, size)));
            bytes.remove_prefix(end + 4 + size);
        }
    }

    std::vector<Line::Piece> pieces_{{.bytes = {}, .await = {}}};
    int last_ = 0;
    std::map<std::string, int> versions_;
};

// The capabilities of a client whose edits may do this with files ("create", "rename").
inline Json workspace_edits(const std::vector<std::string>& operations) {
    return {
        {"workspace", {{"workspaceEdit", {{"documentChanges", true}, {"resourceOperations", operations}}}}}};
}

inline Json range(int line, int from, int to_line, int to) {
    return {{"start", {{"line", line}, {"character", from}}},
            {"end", {{"line", to_line}, {"character", to}}}};
}

// A text with edits, applied from behind. Lines end with LF.
inline std::string applied(std::string text, const Json& edits) {
    const auto offset = [&](const Json& position) {
        std::size_t at = 0;
        for (int line = position["line"]; line > 0; --line) at = text.find('\n', at) + 1;
        return at + position["character"].get<std::size_t>();
    };
    std::vector<Json> all(edits.begin(), edits.end());
    std::ranges::stable_sort(all, {}, [&](const Json& edit) { return offset(edit["range"]["start"]); });
    for (auto edit = all.rbegin(); edit != all.rend(); ++edit) {
        const std::size_t begin = offset((*edit)["range"]["start"]);
        text.replace(begin, offset((*edit)["range"]["end"]) - begin, (*edit)["newText"].get<std::string>());
    }
    return text;
}

}  // namespace lsp
