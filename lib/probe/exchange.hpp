// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

// What is said between a provisioning server and whoever asks it, as values: all judging is done with these,
// and what speaks the protocols is behind Network.
namespace dectprov {

enum class Protocol : std::uint8_t { ftp, tftp, http, https };

// One question to a provisioning server.
struct Request {
    enum class Want : std::uint8_t {
        file,         // all of it
        size,         // whether it is there, and how large: an image, another name of a file
        folder,       // what a folder answers, which may be a list of it
        start,        // the first bytes: what of an image that a server tells no size of
        certificate,  // the certificate of the server, whoever signed it; no request is sent
    };

    Protocol protocol = Protocol::https;
    std::string origin = {};  // "https://prov.example.com:8443": who is asked
    std::string url = {};     // without user and password; see shown_url()
    std::string user = {};    // never shown
    std::string password = {};
    Want want = Want::file;
    std::size_t id = 0;  // the asker's own
};

// Why there is no answer that could be a file. What a status says (404, 550) is told apart in judge.hpp.
enum class Trouble : std::uint8_t {
    none,
    name,                // the host name stands for nothing
    connection,          // nobody listens there, or no way leads there
    timeout,             // no connection in time
    silent,              // a connection, and no answer in time
    slow,                // what was answered did not come to its end in time
    tls,                 // no common version, or a plain server on that port
    certificate,         // not to be trusted; see CertificateFault
    client_certificate,  // it wants one of us that it trusts
    closed,              // the connection ended before an answer
    cut_short,           // the connection ended within the answer
    too_large,
    too_many_headers,
    missing,   // TFTP "file not found", FTP 550
    refused,   // TFTP "access violation", FTP 530
    failed,    // it answers with an error of its own, which is the reason
    protocol,  // it speaks, but not as the protocol has it
};

enum class CertificateFault : std::uint8_t {
    none,
    expired,
    not_yet_valid,
    other_host,
    unknown_issuer,
    self_signed,
    other
};

struct Certificate {
    std::string subject;
    std::string issuer;
    std::string begins;  // as the certificate has it: "Mar  1 08:00:00 2026 GMT"
    std::string ends;
    std::vector<std::string> names;  // hosts that it is for
};

struct Answer {
    Trouble trouble = Trouble::none;
    CertificateFault fault = CertificateFault::none;
    std::string reason = {};  // what the system or the library says of the trouble
    int status = 0;           // of HTTP, or the last reply of FTP
    std::string body = {};
    std::optional<std::uint64_t> size = {};     // that the server states
    std::string location = {};                  // of a redirect, as it was sent
    std::optional<std::int64_t> modified = {};  // seconds since 1970
    std::optional<std::uint64_t> age = {};      // seconds that a cache has held it
    std::string type = {};                      // of the content, as the server has it: "text/html"
    std::optional<Certificate> certificate = {};
    bool unasked = false;  // the host was given up before; what is here is why
    double seconds = 0;
};

// What asks: a program's, over the network, or a test's, from memory. start() begins a request and does not
// wait; wait() gives the next answer to something that was begun, with the id of its request, and nothing
// where the user has had enough.
struct Network {
    std::function<void(const Request&)> start;
    std::function<std::optional<std::pair<std::size_t, Answer>>()> wait;
};

// What a program that speaks the protocols is told beforehand.
struct NetworkOptions {
    std::string ca_bundle;    // a file; empty: the system's
    std::string client_cert;  // a file with certificate and key; empty: none
    double timeout = 0;       // seconds a request
    std::uint64_t most_bytes = 0;
};

// Makes the Network of a run. Null in a program that has none.
using NetworkMaker = std::function<Network(const NetworkOptions&)>;

// More than any file of a server holds, and little enough to be kept.
inline constexpr std::uint64_t most_answer_bytes = std::uint64_t{64} << 20U;

}  // namespace dectprov
