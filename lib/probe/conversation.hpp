// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "analysis/session.hpp"
#include "model/identity.hpp"
#include "probe/address.hpp"
#include "probe/described.hpp"
#include "probe/exchange.hpp"
#include "probe/switches.hpp"

namespace dectprov {

// A file that a server asks for, and what it gets.
struct AskedFile {
    std::string name;
    Role role = Role::none;  // none: a firmware's version or image
    bool image = false;
    Request request = {};                 // as the server would send it
    std::optional<Request> other = {};    // the one that was answered last, where that is another
    std::optional<Answer> answer = {};    // the last one, behind redirects; without a body that is described
    std::optional<Answer> redirect = {};  // the first one
    bool same = false;                    // its bytes are those that are described
    std::uint64_t bytes = 0;              // that came
    double seconds = 0;                   // all answers together
    std::string elsewhere = {};           // where else it is
    // Another server has asked for the same, and the answer is there: its talk, and the file there.
    std::optional<std::pair<std::size_t, std::size_t>> first = {};

    // What `answer` answers.
    [[nodiscard]] const Request& last() const { return other ? *other : request; }
};

// What is said for one server.
struct Talk {
    std::size_t server;  // of the description
    Address address;
    std::vector<AskedFile> files = {};
    Switches switches = {};
    bool followed = false;  // its configuration said what else to ask for
    bool let_in = false;    // the host answered it, and did not ask for another login
    bool done = false;      // it was counted for the progress
};

// A folder that was asked for itself.
struct Listing {
    std::size_t talk;
    Request request;
    Answer answer;
};

// Asks the provisioning servers of described servers as these would: the configuration, then what the
// configuration that is served says: users, handset list and the groups in it, the version of each firmware
// and the size of its image; and beyond that where a missing file is, and whether the folder lists itself.
// What servers share (firmware, the folder, the search for files) is asked for when all that is their own is
// there, in the order of the servers: which answer came first decides nothing.
class Conversation {
public:
    struct Options {
        unsigned per_host = 4;
        double timeout = 30;
        std::function<bool(const Talk&)> wants_listing = {};  // whether anybody would be told of it
        std::function<void(std::size_t done, std::size_t files)> progress = {};  // servers
    };

    // All must outlive this.
    Conversation(const Session& session, const Described& described, const Options& options)
        : session_(session), described_(described), options_(options) {}

    void add(std::size_t server, Address address);
    // False where it was interrupted: what is not known then has no answer.
    bool run(const Network& network);

    [[nodiscard]] std::vector<Talk>& talks() { return talks_; }
    [[nodiscard]] const std::vector<Talk>& talks() const { return talks_; }
    [[nodiscard]] const std::vector<Listing>& listings() const { return listings_; }
    // The certificate of a host that is not trusted, by origin.
    [[nodiscard]] const std::map<std::string, Certificate>& certificates() const { return certificates_; }

private:
    struct Question {
        enum class Purpose : std::uint8_t { file, other_place, listing, certificate };

        std::size_t talk;
        std::size_t file;
        Purpose purpose = Purpose::file;
        unsigned redirects = 0;
        std::vector<OtherPlace> places = {};  // that are left to be looked at, the one that is asked first
    };
    using Requests = std::vector<Request>;
    enum class Stage : std::uint8_t { own, shared, search };
    // The files of one place that are missing.
    struct Search {
        std::vector<std::pair<std::size_t, std::size_t>> missing = {};  // the talk, and the file there
        std::size_t done = 0;
        std::size_t next = 0;  // how many are looked for at once next
        bool found = true;     // any of those that were looked for last
    };

    [[nodiscard]] const DescribedServer& server_of(const Talk& talk) const {
        return described_.servers()[talk.server];
    }
    void ask(Request request, Question question, Requests& to);
    void ask_file(std::size_t number, std::string name, Role role, bool image, Requests& to);
    Requests take(const Request& request, const Answer& answer);
    void take_file(const Request& request, const Answer& answer, const Question& question, Requests& next);
    void take_config(std::size_t number, const AskedFile& file, Requests& next);
    void take_list(std::size_t number, const AskedFile& file, Requests& next);
    void take_other_place(const Answer& answer, Question question, Requests& next);
    Requests further();
    void ask_firmware(std::size_t number, Requests& next);
    void ask_listing(std::size_t number, Requests& next);
    void collect_missing();
    void search(Requests& next);
    void look_elsewhere(std::size_t number, std::size_t file, Requests& next);
    [[nodiscard]] bool needs_start(const Talk& talk, const AskedFile& file, const Request& request,
                                   const Answer& answer) const;
    void compare(const Talk& talk, AskedFile& file) const;
    [[nodiscard]] std::optional<std::string> described_bytes(const Talk& talk, const std::string& name) const;
    void finish_one(std::size_t talk);

    const Session& session_;
    const Described& described_;
    const Options& options_;
    std::vector<Talk> talks_;
    std::vector<Question> questions_;
    std::vector<std::size_t> open_;  // questions of each talk without an answer
    // Firmware files by URL, user and password: who asked first.
    std::map<std::string, std::pair<std::size_t, std::size_t>> shared_;
    Stage stage_ = Stage::own;
    std::map<std::string, Search> searches_;  // by address
    std::set<std::string> listed_;            // folders that were asked for
    std::map<std::string, Certificate> certificates_;
    std::vector<Listing> listings_;
    std::size_t done_ = 0;
    std::size_t files_ = 0;
};

}  // namespace dectprov
