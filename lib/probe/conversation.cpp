// SPDX-License-Identifier: MIT
#include "probe/conversation.hpp"

#include <algorithm>
#include <utility>

#include "diag/rules.hpp"
#include "probe/ask.hpp"
#include "probe/judge.hpp"

namespace dectprov {
namespace {

// As many redirects as may follow each other.
constexpr unsigned most_redirects = 5;

// Files of one address that are looked for elsewhere before any is found.
constexpr std::size_t first_searches = 3;

bool is_there(const Request& request, const Answer& answer) {
    return answer.trouble == Trouble::none && judge_delivery(request, answer, 0).rule == nullptr;
}

}  // namespace

void Conversation::add(std::size_t server, Address address) {
    talks_.push_back({.server = server, .address = std::move(address)});
}

bool Conversation::run(const Network& network) {
    open_.assign(talks_.size(), 0);
    Requests first;
    for (std::size_t i = 0; i < talks_.size(); ++i) {
        const std::string& identity = server_of(talks_[i]).input.identity.text;
        ask_file(i, file_name(identity, Role::config), Role::config, false, first);
    }
    return ask_all(
        network, options_.per_host, std::move(first),
        [this](const Request& request, const Answer& answer) { return take(request, answer); },
        [this] { return further(); });
}

void Conversation::ask(Request request, Question question, Requests& to) {
    request.id = questions_.size();
    ++open_[question.talk];
    questions_.push_back(std::move(question));
    to.push_back(std::move(request));
}

void Conversation::ask_file(std::size_t number, std::string name, Role role, bool image, Requests& to) {
    Talk& talk = talks_[number];
    AskedFile file{.name = std::move(name), .role = role, .image = image};
    file.request = talk.address.request(file.name, image ? Request::Want::size : Request::Want::file);
    // Servers of one folder load the same firmware: it is looked at once.
    if (role == Role::none) {
        const auto [place, fresh] =
            shared_.try_emplace(file.request.url + '\n' + file.request.user + '\n' + file.request.password,
                                number, talk.files.size());
        if (!fresh) file.first = place->second;
    }
    const bool asks = !file.first;
    Request request = file.request;
    talk.files.push_back(std::move(file));
    if (talk.done) ++files_;
    if (asks) ask(std::move(request), {.talk = number, .file = talk.files.size() - 1}, to);
}

Conversation::Requests Conversation::take(const Request& request, const Answer& answer) {
    Requests next;
    Question question = std::move(questions_[request.id]);
    const std::size_t talk = question.talk;
    switch (question.purpose) {
        case Question::Purpose::file:
            take_file(request, answer, question, next);
            break;
        case Question::Purpose::other_place:
            take_other_place(answer, std::move(question), next);
            break;
        case Question::Purpose::listing:
            listings_.push_back({.talk = talk, .request = request, .answer = answer});
            break;
        case Question::Purpose::certificate:
            if (answer.certificate) certificates_.insert_or_assign(request.origin, *answer.certificate);
            break;
    }
    if (--open_[talk] == 0) finish_one(talk);
    return next;
}

void Conversation::finish_one(std::size_t talk) {
    if (!std::exchange(talks_[talk].done, true)) {
        ++done_;
        files_ += talks_[talk].files.size();
    }
    if (options_.progress) options_.progress(done_, files_);
}

void Conversation::take_file(const Request& request, const Answer& answer, const Question& question,
                             Requests& next) {
    Talk& talk = talks_[question.talk];
    AskedFile& file = talk.files[question.file];
    file.seconds += answer.seconds;
    if (is_redirect(answer)) {
        if (!file.redirect) file.redirect = answer;
        const Target target = target_of(request, answer.location);
        if (target.request && question.redirects < most_redirects) {
            ask(*target.request,
                {.talk = question.talk, .file = question.file, .redirects = question.redirects + 1}, next);
            return;
        }
        file.answer = answer;
        return;
    }
    if (needs_start(talk, file, request, answer)) {
        Request start = request;
        start.want = Request::Want::start;
        ask(std::move(start), {.talk = question.talk, .file = question.file, .redirects = question.redirects},
            next);
        return;
    }
    file.answer = answer;
    file.bytes = answer.body.size();
    if (request.url != file.request.url || request.want != file.request.want) file.other = request;
    if (answer.trouble == Trouble::certificate && certificates_.try_emplace(request.origin).second) {
        Request about = request;
        about.want = Request::Want::certificate;
        about.user.clear();
        about.password.clear();
        ask(std::move(about),
            {.talk = question.talk, .file = question.file, .purpose = Question::Purpose::certificate}, next);
    }
    const std::size_t number = question.talk;
    const bool leads_on = file.role == Role::config || file.role == Role::list;
    // Asking for more files moves the list of them.
    const std::optional<AskedFile> copy = leads_on ? std::optional(file) : std::nullopt;
    compare(talk, file);
    if (!copy) return;
    if (copy->role == Role::config) take_config(number, *copy, next);
    if (copy->role == Role::list) take_list(number, *copy, next);
}

std::optional<std::string> Conversation::described_bytes(const Talk& talk, const std::string& name) const {
    const DescribedServer& server = server_of(talk);
    if (!server.has(name)) return std::nullopt;
    return described_.files().read_if_there(server.path_of(name));
}

// What is as described need not be kept.
void Conversation::compare(const Talk& talk, AskedFile& file) const {
    Answer& answer = *file.answer;
    if (file.image || !is_there(file.last(), answer)) return;
    const DescribedServer& server = server_of(talk);
    file.same = server.has(file.name) &&
                described_.files().holds(server.path_of(file.name), answer.body).value_or(false);
    if (file.same) answer.body = std::string();
}

void Conversation::take_config(std::size_t number, const AskedFile& file, Requests& next) {
    Talk& talk = talks_[number];
    const Answer& answer = *file.answer;
    const bool login = answer.trouble == Trouble::refused || answer.status == 401 || answer.status == 530;
    if (is_dead_end(answer.trouble) || answer.unasked || login) return;
    talk.let_in = true;
    const DescribedServer& server = server_of(talk);
    const std::optional<Model> model = session_.options().model;
    // A server follows what it is given. Where it is given nothing, it is taken for what is described.
    std::optional<Switches> switches;
    if (is_there(file.last(), answer)) switches = read_switches(answer.body, server.input, model);
    if (!switches) {
        auto described = described_bytes(talk, file.name);
        if (described) switches = read_switches(std::move(*described), server.input, model);
    }
    talk.followed = switches.has_value();
    // Without any configuration what is described is looked for.
    if (!switches) switches = Switches{.users = std::nullopt, .groups = std::nullopt};
    talk.switches = *switches;
    const auto wants = [&](std::optional<bool> given, const std::string& name) {
        return given.value_or(server.has(name));
    };
    const std::string& identity = server.input.identity.text;
    const std::string users = file_name(identity, Role::users);
    if (wants(switches->users, users)) ask_file(number, users, Role::users, false, next);
    const std::string list = file_name(identity, Role::list);
    if (wants(switches->groups, list)) ask_file(number, list, Role::list, false, next);
}

void Conversation::take_list(std::size_t number, const AskedFile& file, Requests& next) {
    std::string text;
    if (is_there(file.last(), *file.answer)) {
        text = file.answer->body;
    } else {
        text = described_bytes(talks_[number], file.name).value_or("");
    }
    const std::string identity = server_of(talks_[number]).input.identity.text;
    for (const std::uint32_t group : read_groups_of_list(std::move(text)))
        ask_file(number, file_name(identity, Role::group, group), Role::group, false, next);
}

// HEAD does not tell what it is to: a server may not have it, state no size, or answer with a page.
bool Conversation::needs_start(const Talk& talk, const AskedFile& file, const Request& request,
                               const Answer& answer) const {
    constexpr int not_allowed = 405;
    constexpr int not_implemented = 501;
    if (!is_web(request.protocol) || request.want != Request::Want::size || answer.trouble != Trouble::none)
        return false;
    if (answer.status == not_allowed || answer.status == not_implemented) return true;
    if (!is_there(request, answer)) return false;
    return is_page_type(answer.type) || answer.size == 0U || (!answer.size && server_of(talk).has(file.name));
}

Conversation::Requests Conversation::further() {
    Requests next;
    switch (stage_) {
        case Stage::own:
            stage_ = Stage::shared;
            for (std::size_t i = 0; i < talks_.size(); ++i) {
                if (!talks_[i].let_in) continue;
                ask_firmware(i, next);
                ask_listing(i, next);
            }
            if (!next.empty()) return next;
            [[fallthrough]];
        case Stage::shared:
            stage_ = Stage::search;
            collect_missing();
            [[fallthrough]];
        case Stage::search:
            search(next);
    }
    return next;
}

void Conversation::ask_firmware(std::size_t number, Requests& next) {
    for (const std::string& firmware : talks_[number].switches.firmware) {
        ask_file(number, firmware + ".ver", Role::none, false, next);
        ask_file(number, firmware, Role::none, true, next);
    }
}

// Public is what is shown without a login: it is asked for without that of the URL.
void Conversation::ask_listing(std::size_t number, Requests& next) {
    const Talk& talk = talks_[number];
    const bool lists = is_web(talk.address.protocol) ||
                       (talk.address.protocol == Protocol::ftp && talk.address.user.empty());
    if (!lists || !options_.wants_listing(talk) || !listed_.insert(talk.address.place()).second) return;
    Request folder = talk.address.request("", Request::Want::folder);
    folder.user.clear();
    folder.password.clear();
    ask(std::move(folder), {.talk = number, .file = 0, .purpose = Question::Purpose::listing}, next);
}

void Conversation::collect_missing() {
    for (std::size_t i = 0; i < talks_.size(); ++i) {
        const Talk& talk = talks_[i];
        const std::string& identity = server_of(talk).input.identity.text;
        for (std::size_t j = 0; j < talk.files.size(); ++j) {
            const AskedFile& file = talk.files[j];
            if (file.first || file.image || !file.answer) continue;
            if (judge_delivery(file.last(), *file.answer, options_.timeout).rule != &rule::delivery_missing)
                continue;
            if (other_places(talk.address, identity, file.name).empty()) continue;
            searches_[talk.address.place()].missing.emplace_back(i, j);
        }
    }
    for (auto& [place, search] : searches_) search.next = first_searches;
}

// Where some were found, twice as many are looked for next; where none was, no more.
void Conversation::search(Requests& next) {
    for (auto& [place, search] : searches_) {
        if (!search.found) continue;
        search.found = false;
        const std::size_t end = std::min(search.done + search.next, search.missing.size());
        search.next *= 2;
        for (; search.done < end; ++search.done) {
            const auto [talk, file] = search.missing[search.done];
            look_elsewhere(talk, file, next);
        }
    }
}

void Conversation::look_elsewhere(std::size_t number, std::size_t file, Requests& next) {
    const Talk& talk = talks_[number];
    auto places = other_places(talk.address, server_of(talk).input.identity.text, talk.files[file].name);
    Request first = places.front().request;
    ask(std::move(first),
        {.talk = number,
         .file = file,
         .purpose = Question::Purpose::other_place,
         .places = std::move(places)},
        next);
}

void Conversation::take_other_place(const Answer& answer, Question question, Requests& next) {
    Talk& talk = talks_[question.talk];
    const OtherPlace& place = question.places.front();
    // A page of HTML is what some servers answer to every name.
    if (is_there(place.request, answer) && !is_page_type(answer.type)) {
        talk.files[question.file].elsewhere = place.what;
        searches_[talk.address.place()].found = true;
        return;
    }
    question.places.erase(question.places.begin());
    if (question.places.empty()) return;
    Request request = question.places.front().request;
    ask(std::move(request), std::move(question), next);
}

}  // namespace dectprov
