// SPDX-License-Identifier: MIT
#include "editor/server.hpp"

#include <sys/types.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "editor/client.hpp"
#include "editor/command_queue.hpp"
#include "editor/diagnostics.hpp"
#include "editor/features.hpp"
#include "editor/handshake.hpp"
#include "editor/inbox.hpp"
#include "editor/protocol.hpp"
#include "editor/uri.hpp"

namespace dectprov {
namespace {

// How often it is looked whether the client still lives.
constexpr unsigned patience = 3000;

class LanguageServer {
public:
    LanguageServer(ByteSource& in, std::ostream& out, const Files& files, const WorkspaceOptions& options,
                   std::string_view version)
        : client_(out), version_(version), workspace_(options, files), inbox_(in) {}

    SessionEnd run() {
        while (!end_) {
            const std::optional<Event> event = inbox_.next(patience);
            if (event) {
                handle(*event);
            } else if (!client_lives()) {
                end_ = SessionEnd::lost;
            }
            if (!client_.is_there()) end_ = SessionEnd::lost;
            if (!end_) advance();
        }
        workspace_.stop();
        return *end_;
    }

private:
    // A request that waits for the findings of the texts as they stand.
    struct Waiting {
        Json id;
        const Feature* feature;
        Json params;
    };
    struct Notification {
        std::string_view method;
        void (LanguageServer::*take)(const Json& params);
    };
    static const std::array<Notification, 10> notifications;

    // ---- the loop
    void handle(const Event& event) {
        switch (event.kind) {
            case Event::Kind::message:
                take(event);
                return;
            case Event::Kind::problem:
                client_.answer_error(nullptr, event.problem.code, event.problem.message);
                return;
            case Event::Kind::end:
                end_ = shut_down_ ? SessionEnd::agreed : SessionEnd::lost;
                return;
            case Event::Kind::done:
                // It may have been stopped half-way, and nobody is told any more.
                if (!shut_down_) take_analysis();
                return;
            case Event::Kind::answered:
                commands_.done();
                return;
        }
    }

    // Where it has ended in the middle, that is said, and whoever waits for it waits no longer.
    void take_analysis() {
        const Outcome outcome = outcome_of([this]() -> Json {
            background_.done();
            return {};
        });
        if (outcome.error) client_.warn(outcome.message);
        unpublished_.merge(workspace_.finish());
        publish();
    }

    // Starts what is to be done next, and answers what has waited for it.
    void advance() {
        if (!ready_ || shut_down_ || background_.is_busy()) return;
        if (std::function<void()> task = workspace_.next_task()) {
            answer_waiting();
            background_.start(std::move(task));
            progress_.show(workspace_.progress());
            return;
        }
        publish();
        for (const std::string& failure : workspace_.take_failures()) client_.warn(failure);
        progress_.show(workspace_.progress());
        answer_waiting();
    }

    // Those that have waited long enough.
    void answer_waiting() {
        for (Waiting& one : std::exchange(waiting_, {})) {
            if (waits(*one.feature, one.params)) {
                waiting_.push_back(std::move(one));
            } else {
                answer(one.id, *one.feature, one.params);
            }
        }
    }

    [[nodiscard]] bool waits(const Feature& feature, const Json& params) const {
        switch (feature.wait) {
            case Feature::Wait::nothing:
                return false;
            case Feature::Wait::text: {
                const auto path = path_of_text(params);
                if (!path || workspace_.find(*path) == nullptr) return false;
                return !workspace_.is_current(*path) || unpublished_.contains(*path);
            }
            case Feature::Wait::all:
                return background_.is_busy() || !workspace_.is_settled();
        }
        return false;
    }

    [[nodiscard]] bool client_lives() const {
        return process_ <= 0 || kill(process_, 0) == 0 || errno != ESRCH;
    }

    // ---- messages
    void take(const Event& event) {
        const Json& message = event.message;
        const Json& method = member(message, "method");
        const bool has_id = message.is_object() && message.contains("id");
        const Json& id = member(message, "id");
        if (!message.is_object() || (!method.is_string() && !has_id)) {
            client_.answer_error(nullptr, RpcError::invalid_request,
                                 "a message must have a method or be an answer");
            return;
        }
        if (!method.is_string()) {
            client_.take_answer(message);
            return;
        }
        const Json& params = member(message, "params");
        const auto& name = method.get_ref<const std::string&>();
        if (!has_id) {
            notify(name, params);
        } else if (!id.is_string() && !id.is_number_integer()) {
            client_.answer_error(nullptr, RpcError::invalid_request,
                                 "the id of a request must be a string or a whole number");
        } else if (event.cancelled) {
            client_.answer_error(id, RpcError::request_cancelled, "cancelled by the client");
        } else {
            request(id, name, params);
        }
    }

    void request(const Json& id, std::string_view method, const Json& params) {
        if (method == "initialize") {
            initialize(id, params);
            return;
        }
        if (!initialized_) {
            client_.answer_error(id, RpcError::server_not_initialized,
                                 "the first request must be 'initialize'");
            return;
        }
        if (shut_down_) {
            client_.answer_error(id, RpcError::invalid_request,
                                 "the server was shut down; only 'exit' may follow");
            return;
        }
        if (method == "shutdown") {
            shut_down_ = true;
            constexpr std::string_view why = "the server was shut down";
            for (const Waiting& one : std::exchange(waiting_, {}))
                client_.answer_error(one.id, RpcError::request_cancelled, why);
            commands_.cancel_all(why);
            workspace_.stop();
            client_.answer(id, nullptr);
            return;
        }
        const auto known = features();
        const auto feature = std::ranges::find(known, method, &Feature::method);
        if (feature == known.end()) {
            client_.answer_error(id, RpcError::method_not_found,
                                 fmt::format("there is no method '{}'", method));
        } else if (is_no_file(params)) {
            client_.answer(id, nullptr);
        } else if (waits(*feature, params)) {
            waiting_.push_back({.id = id, .feature = &*feature, .params = params});
        } else {
            answer(id, *feature, params);
        }
    }

    void answer(const Json& id, const Feature& feature, const Json& params) {
        std::function<Json()> aside;
        Outcome outcome = outcome_of([&]() -> Json {
            if (feature.begin == nullptr) return feature.answer(view_, params);
            aside = feature.begin(view_, params);
            return {};
        });
        if (aside) {
            commands_.add(id, std::move(aside));
        } else {
            client_.conclude(id, std::move(outcome));
        }
    }

    void notify(std::string_view method, const Json& params) {
        if (method == "exit") {
            end_ = shut_down_ ? SessionEnd::agreed : SessionEnd::exited;
            return;
        }
        const auto known = std::ranges::find(notifications, method, &Notification::method);
        // What is unknown needs no answer; and before `initialize` nothing is taken.
        if (!initialized_ || known == notifications.end() || is_no_file(params)) return;
        try {
            (this->*known->take)(params);
        } catch (const BadRequest& problem) {
            client_.warn(fmt::format("{}: {}", method, problem.what()));
        }
    }

    // ---- the life of a session
    void initialize(const Json& id, const Json& params) {
        if (initialized_) {
            client_.answer_error(id, RpcError::invalid_request, "the session has already begun");
            return;
        }
        initialized_ = true;
        Handshake client = read_handshake(params);
        process_ = client.process;
        watches_ = client.watches;
        view_.encoding = client.encoding;
        view_.markdown = client.markdown;
        view_.snippets = client.snippets;
        view_.may = client.may;
        progress_.allow(client.progress);
        workspace_.set_folders(std::move(client.folders));
        client_.answer(id, {{"capabilities", capabilities(view_.encoding)},
                            {"serverInfo", {{"name", "dectprov"}, {"version", version_}}}});
    }

    void begin(const Json& /*params*/) {
        ready_ = true;
        if (!watches_) return;
        const Json watchers{{{"globPattern", "**/*.{xml,ver,yaml,yml,csv,bin}"}}};
        client_.ask("client/registerCapability", {{"registrations",
                                                   {{{"id", "files"},
                                                     {"method", "workspace/didChangeWatchedFiles"},
                                                     {"registerOptions", {{"watchers", watchers}}}}}}});
    }

    void cancel(const Json& params) {
        const Json& id = member(params, "id");
        constexpr std::string_view why = "cancelled by the client";
        if (commands_.cancel(id, why)) return;
        const auto waiting = std::ranges::find(waiting_, id, &Waiting::id);
        if (waiting == waiting_.end()) return;
        waiting_.erase(waiting);
        client_.answer_error(id, RpcError::request_cancelled, why);
    }

    void ignore(const Json& /*params*/) {}

    // ---- texts
    void open(const Json& params) {
        const Json& document = member(params, "textDocument");
        const std::string& uri = text_of(document, "uri");
        const auto path = path_of_uri(uri);
        if (!path) return;
        // A file has one name in the editor's list.
        if (const std::string ours = uri_of_path(*path); uri != ours && published_.erase(*path) != 0)
            client_.tell("textDocument/publishDiagnostics", {{"uri", ours}, {"diagnostics", Json::array()}});
        workspace_.open(uri, *path, version_of(document), text_of(document, "text"));
        unpublished_.insert(*path);
    }

    void change(const Json& params) {
        Document& document = open_document(params);
        for (const Json& one : array_of(params, "contentChanges")) {
            const std::string& text = text_of(one, "text");
            std::size_t begin = 0;
            std::size_t end = document.text.text().size();
            if (one.contains("range")) {
                const EditorRange range = read_range(member(one, "range"));
                begin = document.text.offset(range.start, view_.encoding);
                end = document.text.offset(range.end, view_.encoding);
            }
            Workspace::change(document, std::min(begin, end), std::max(begin, end), text);
        }
        workspace_.changed(document, version_of(member(params, "textDocument")));
        unpublished_.insert(document.path);
    }

    void close(const Json& params) {
        const Document& document = open_document(params);
        const std::string path = document.path;
        if (document.uri != uri_of_path(path)) {
            client_.tell("textDocument/publishDiagnostics",
                         {{"uri", document.uri}, {"diagnostics", Json::array()}});
            published_.erase(path);
        }
        workspace_.close(path);
        unpublished_.insert(path);
    }

    void save(const Json& /*params*/) {
        // Where nobody tells of other files, this is the time to look.
        if (!watches_) workspace_.look_again();
    }

    void files_changed(const Json& params) {
        constexpr int changed = 2;
        for (const Json& one : array_of(params, "changes")) {
            const auto path = path_of_uri(text_of(one, "uri"));
            if (!path) continue;
            if (member(one, "type") == changed) {
                workspace_.written(*path);
                unpublished_.insert(*path);
            } else {
                workspace_.look_again();
            }
        }
    }

    void folders_changed(const Json& params) {
        const Json& event = member(params, "event");
        std::vector<std::string> folders = workspace_.folders();
        for (const Json& gone : array_of(event, "removed")) {
            if (const auto path = path_of_uri(text_of(gone, "uri"))) std::erase(folders, *path);
        }
        for (const Json& added : array_of(event, "added")) {
            const auto path = path_of_uri(text_of(added, "uri"));
            if (path && std::ranges::find(folders, *path) == folders.end()) folders.push_back(*path);
        }
        workspace_.set_folders(std::move(folders));
    }

    Document& open_document(const Json& params) {
        const auto path = path_of_uri(text_of(member(params, "textDocument"), "uri"));
        Document* document = path ? workspace_.find(*path) : nullptr;
        if (document == nullptr) throw BadRequest(RpcError::invalid_params, "the text is not open");
        return *document;
    }

    // ---- findings
    // Tells the findings of the files that may have others now. Those of a text that has changed since are
    // left for later.
    void publish() {
        if (background_.is_busy()) return;
        std::set<std::string> later;
        for (const std::string& path : std::exchange(unpublished_, {})) {
            if (!workspace_.is_current(path)) {
                later.insert(path);
            } else {
                publish(path);
            }
        }
        unpublished_.merge(later);
    }

    void publish(const std::string& path) {
        Document* document = workspace_.find(path);
        std::optional<LineText> on_disk;
        if (document == nullptr) on_disk = workspace_.text_of(path);
        static const LineText gone;
        const LineText& text = document != nullptr ? document->text : on_disk ? *on_disk : gone;
        std::vector<Finding> findings = workspace_.findings(path);
        Json diagnostics = diagnostics_of(view_, path, text, findings);
        const std::size_t hash = diagnostics.empty() ? 0 : std::hash<Json>()(diagnostics);
        const auto known = published_.find(path);
        if (document != nullptr) {
            document->findings = std::move(findings);
        } else if (hash == (known == published_.end() ? 0 : known->second)) {
            return;
        }
        if (hash == 0) {
            published_.erase(path);
        } else {
            published_.insert_or_assign(path, hash);
        }
        Json params{{"uri", view_.uri(path)}, {"diagnostics", std::move(diagnostics)}};
        if (document != nullptr) params["version"] = document->version;
        client_.tell("textDocument/publishDiagnostics", std::move(params));
    }

    Client client_;
    ProgressReport progress_{client_};
    std::string version_;
    Workspace workspace_;
    View view_{.workspace = workspace_};
    // What runs aside looks into the workspace and puts an event into the inbox, so it ends first.
    Inbox inbox_;
    Background background_{inbox_, Event::Kind::done};
    CommandQueue commands_{client_, inbox_};

    std::optional<SessionEnd> end_;
    bool initialized_ = false;
    bool ready_ = false;
    bool shut_down_ = false;
    bool watches_ = false;
    pid_t process_ = 0;
    std::vector<Waiting> waiting_;
    std::set<std::string> unpublished_;
    std::map<std::string, std::size_t, std::less<>> published_;  // a hash of what was told of a file
};

constexpr std::array<LanguageServer::Notification, 10> LanguageServer::notifications{{
    {.method = "initialized", .take = &LanguageServer::begin},
    {.method = "textDocument/didOpen", .take = &LanguageServer::open},
    {.method = "textDocument/didChange", .take = &LanguageServer::change},
    {.method = "textDocument/didClose", .take = &LanguageServer::close},
    {.method = "textDocument/didSave", .take = &LanguageServer::save},
    {.method = "workspace/didChangeWatchedFiles", .take = &LanguageServer::files_changed},
    {.method = "workspace/didChangeWorkspaceFolders", .take = &LanguageServer::folders_changed},
    {.method = "$/cancelRequest", .take = &LanguageServer::cancel},
    {.method = "workspace/didChangeConfiguration", .take = &LanguageServer::ignore},
    {.method = "$/setTrace", .take = &LanguageServer::ignore},
}};

}  // namespace

SessionEnd serve(ByteSource& in, std::ostream& out, const Files& files, const WorkspaceOptions& options,
                 std::string_view version) {
    return LanguageServer(in, out, files, options, version).run();
}

}  // namespace dectprov
