// SPDX-License-Identifier: MIT
#include "curl_network.hpp"
#include "catalog/letter_case.hpp"

#include <curl/curl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstdint>
#include <string>
#include <string_view>
#include <system_error>

#include <fmt/format.h>

#include "source/failure.hpp"

namespace dectprov {
namespace {

// Of an image: enough to see a page.
constexpr std::size_t start_bytes = 512;

constexpr std::size_t most_header_bytes = std::size_t{64} << 10U;

// A signal handler has no other place to say that it was called.
volatile std::sig_atomic_t interrupted = 0;  // NOLINT(cppcoreguidelines-avoid-non-const-global-variables)

extern "C" void note_interrupt(int signal) {
    if (interrupted != 0) _exit(128 + signal);
    interrupted = 1;
}

struct CodeRow {
    CURLcode code;
    Trouble trouble;
};
// What is in none of these rows is that somebody does not speak the protocol.
constexpr CodeRow codes[] = {
    {.code = CURLE_COULDNT_RESOLVE_HOST, .trouble = Trouble::name},
    {.code = CURLE_COULDNT_CONNECT, .trouble = Trouble::connection},
    {.code = CURLE_INTERFACE_FAILED, .trouble = Trouble::connection},
    {.code = CURLE_SSL_CONNECT_ERROR, .trouble = Trouble::tls},
    {.code = CURLE_SSL_CIPHER, .trouble = Trouble::tls},
    {.code = CURLE_PEER_FAILED_VERIFICATION, .trouble = Trouble::certificate},
    {.code = CURLE_GOT_NOTHING, .trouble = Trouble::closed},
    {.code = CURLE_SEND_ERROR, .trouble = Trouble::closed},
    {.code = CURLE_RECV_ERROR, .trouble = Trouble::closed},
    {.code = CURLE_PARTIAL_FILE, .trouble = Trouble::cut_short},
    {.code = CURLE_FILESIZE_EXCEEDED, .trouble = Trouble::too_large},
    {.code = CURLE_LOGIN_DENIED, .trouble = Trouble::refused},
    {.code = CURLE_REMOTE_FILE_NOT_FOUND, .trouble = Trouble::missing},
    {.code = CURLE_REMOTE_ACCESS_DENIED, .trouble = Trouble::missing},
    {.code = CURLE_TFTP_NOTFOUND, .trouble = Trouble::missing},
    {.code = CURLE_TFTP_PERM, .trouble = Trouble::refused},
};

// Of OpenSSL's results of a verification (openssl/x509_vfy.h).
struct VerifyRow {
    long result;
    CertificateFault fault;
};
constexpr VerifyRow verify_results[] = {
    // The chain is good, and the name is not: libcurl 7.88 has not noted the good result by then.
    {.result = 0, .fault = CertificateFault::other_host},
    {.result = 1, .fault = CertificateFault::other_host},
    {.result = 2, .fault = CertificateFault::unknown_issuer},
    {.result = 9, .fault = CertificateFault::not_yet_valid},
    {.result = 10, .fault = CertificateFault::expired},
    {.result = 18, .fault = CertificateFault::self_signed},
    {.result = 19, .fault = CertificateFault::unknown_issuer},
    {.result = 20, .fault = CertificateFault::unknown_issuer},
    {.result = 21, .fault = CertificateFault::unknown_issuer},
    {.result = 62, .fault = CertificateFault::other_host},
    {.result = 64, .fault = CertificateFault::other_host},
};

std::string_view protocol_name(Protocol protocol) {
    switch (protocol) {
        case Protocol::ftp:
            return "ftp";
        case Protocol::tftp:
            return "tftp";
        case Protocol::http:
            return "http";
        case Protocol::https:
            return "https";
    }
    return {};
}

std::optional<std::uint64_t> number_in(std::string_view text) {
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() ? std::optional(number) : std::nullopt;
}

// "error:0A00010B:SSL routines::wrong version number" gives what a reader can use of it.
std::string plain_reason(std::string_view reason) {
    const std::size_t mark = reason.rfind("::");
    if (mark != std::string_view::npos) reason.remove_prefix(mark + 2);
    return std::string(reason);
}

void add_certificate_field(Certificate& to, std::string_view field) {
    const std::size_t colon = field.find(':');
    if (colon == std::string_view::npos) return;
    const std::string_view name = field.substr(0, colon);
    std::string_view value = field.substr(colon + 1);
    struct Row {
        std::string_view name;
        std::string Certificate::*member;
    };
    constexpr Row rows[] = {{.name = "Subject", .member = &Certificate::subject},
                            {.name = "Issuer", .member = &Certificate::issuer},
                            {.name = "Start date", .member = &Certificate::begins},
                            {.name = "Expire date", .member = &Certificate::ends}};
    const auto* const row = std::ranges::find(rows, name, &Row::name);
    if (row != std::end(rows)) to.*row->member = value;
    if (name != "X509v3 Subject Alternative Name") return;
    while (!value.empty()) {
        const std::size_t comma = std::min(value.find(", "), value.size());
        const std::string_view one = value.substr(0, comma);
        const std::size_t kind = one.find(':');
        to.names.emplace_back(kind == std::string_view::npos ? one : one.substr(kind + 1));
        value.remove_prefix(std::min(comma + 2, value.size()));
    }
}

std::optional<Certificate> certificate_of(CURL* handle) {
    curl_certinfo* info = nullptr;
    if (curl_easy_getinfo(handle, CURLINFO_CERTINFO, &info) != CURLE_OK || info == nullptr ||
        info->num_of_certs < 1)
        return std::nullopt;
    Certificate certificate;
    for (const curl_slist* field = info->certinfo[0]; field != nullptr; field = field->next)
        add_certificate_field(certificate, field->data);
    return certificate;
}

}  // namespace

struct CurlNetwork::Transfer {
    Request request;
    Handle handle;
    Answer answer = {};
    std::uint64_t most_bytes = 0;
    std::size_t header_bytes = 0;
    bool first_block = false;  // came, and was all that was wanted
    bool too_large = false;
    std::optional<std::uint64_t> whole = {};  // bytes of the file of which a part came
    std::string told = {};                    // by a TFTP server about its error
    std::array<char, CURL_ERROR_SIZE> error = {};

    static std::size_t write(char* bytes, std::size_t /*one*/, std::size_t count, void* to) {
        auto& transfer = *static_cast<Transfer*>(to);
        if (transfer.request.want == Request::Want::start) {
            transfer.answer.body.append(bytes, std::min(count, start_bytes - transfer.answer.body.size()));
            transfer.first_block = transfer.answer.body.size() == start_bytes;
            return transfer.first_block ? 0 : count;
        }
        if (transfer.request.want == Request::Want::size) {
            // Of FTP this is what libcurl makes of the reply to SIZE, and a header at the same time.
            if (transfer.request.protocol != Protocol::tftp) return count;
            transfer.first_block = true;
            return 0;
        }
        if (transfer.answer.body.size() + count > transfer.most_bytes) {
            transfer.too_large = true;
            return 0;
        }
        transfer.answer.body.append(bytes, count);
        return count;
    }

    static std::size_t header(char* bytes, std::size_t /*one*/, std::size_t count, void* to) {
        auto& transfer = *static_cast<Transfer*>(to);
        std::string_view line(bytes, count);
        transfer.header_bytes += count;
        if (transfer.header_bytes > most_header_bytes) return 0;
        if (line.starts_with("HTTP/")) {
            // An answer behind one that asked for a login.
            transfer.answer.location.clear();
            transfer.answer.age.reset();
            transfer.answer.type.clear();
            transfer.whole.reset();
        }
        const std::size_t colon = line.find(':');
        if (colon == std::string_view::npos) return count;
        const std::string_view name = line.substr(0, colon);
        line.remove_prefix(colon + 1);
        while (!line.empty() && (line.front() == ' ' || line.front() == '\t')) line.remove_prefix(1);
        line = line.substr(0, line.find_first_of("\r\n"));
        if (equals_ignoring_case(name, "Location")) transfer.answer.location = line;
        if (equals_ignoring_case(name, "Content-Type")) transfer.answer.type = line;
        // "bytes 0-511/90198"
        if (equals_ignoring_case(name, "Content-Range"))
            transfer.whole = number_in(line.substr(std::min(line.rfind('/'), line.size() - 1) + 1));
        if (equals_ignoring_case(name, "Age")) transfer.answer.age = number_in(line);
        if (transfer.request.protocol == Protocol::ftp && equals_ignoring_case(name, "Content-Length"))
            transfer.answer.size = number_in(line);
        return count;
    }

    // Libcurl says nowhere else what a TFTP server says of its error.
    static int debug(CURL* /*handle*/, curl_infotype type, char* bytes, std::size_t count, void* to) {
        constexpr std::string_view start = "TFTP error: ";
        std::string_view line(bytes, count);
        if (type != CURLINFO_TEXT || !line.starts_with(start)) return 0;
        line.remove_prefix(start.size());
        static_cast<Transfer*>(to)->told = line.substr(0, line.find('\n'));
        return 0;
    }
};

CurlNetwork::CurlNetwork() {
    curl_global_init(CURL_GLOBAL_DEFAULT);
    multi_ = curl_multi_init();
    if (multi_ == nullptr) throw Failure("libcurl cannot be set up");
}

CurlNetwork::~CurlNetwork() {
    for (const auto& [handle, transfer] : transfers_) curl_multi_remove_handle(multi_, handle);
    transfers_.clear();
    idle_.clear();
    curl_multi_cleanup(multi_);
    curl_global_cleanup();
}

Network CurlNetwork::open(const NetworkOptions& options) {
    options_ = options;
    struct sigaction action {};
    if (sigaction(SIGINT, nullptr, &action) == 0 && action.sa_handler != SIG_IGN) {
        action = {};
        action.sa_handler = note_interrupt;
        sigaction(SIGINT, &action, nullptr);
    }
    return {.start = [this](const Request& request) { start(request); }, .wait = [this] { return wait(); }};
}

void CurlNetwork::start(const Request& request) {
    Handle handle(nullptr, curl_easy_cleanup);
    if (idle_.empty()) {
        handle.reset(curl_easy_init());
        if (handle == nullptr) throw Failure("libcurl cannot be set up");
    } else {
        handle = std::move(idle_.back());
        idle_.pop_back();
        curl_easy_reset(handle.get());
    }
    CURL* const key = handle.get();
    auto& transfer = transfers_[key];
    transfer = std::make_unique<Transfer>(Transfer{.request = request, .handle = std::move(handle)});
    transfer->most_bytes = options_.most_bytes;
    prepare(*transfer);
    curl_multi_add_handle(multi_, key);
}

void CurlNetwork::prepare(Transfer& transfer) const {
    CURL* const to = transfer.handle.get();
    const Request& request = transfer.request;
    const bool about_certificate = request.want == Request::Want::certificate;
    const std::string protocol(protocol_name(request.protocol));
    curl_easy_setopt(to, CURLOPT_URL, request.url.c_str());
    curl_easy_setopt(to, CURLOPT_PROTOCOLS_STR, protocol.c_str());
    curl_easy_setopt(to, CURLOPT_FOLLOWLOCATION, 0L);
    // Nobody is asked in place of the host, whatever the environment says.
    curl_easy_setopt(to, CURLOPT_PROXY, "");
    curl_easy_setopt(to, CURLOPT_FTP_SKIP_PASV_IP, 1L);
    curl_easy_setopt(to, CURLOPT_PATH_AS_IS, 1L);
    curl_easy_setopt(to, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(to, CURLOPT_TIMEOUT_MS, static_cast<long>(options_.timeout * 1000));
    curl_easy_setopt(to, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(options_.timeout * 1000));
    // How large an image may be is nobody's business: it does not come.
    if (request.want != Request::Want::size && request.want != Request::Want::start)
        curl_easy_setopt(to, CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(options_.most_bytes));
    curl_easy_setopt(to, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    curl_easy_setopt(to, CURLOPT_USERAGENT, "dectprov-probe/" DECTPROV_VERSION);
    curl_easy_setopt(to, CURLOPT_ERRORBUFFER, transfer.error.data());
    curl_easy_setopt(to, CURLOPT_WRITEFUNCTION, &Transfer::write);
    curl_easy_setopt(to, CURLOPT_WRITEDATA, &transfer);
    curl_easy_setopt(to, CURLOPT_HEADERFUNCTION, &Transfer::header);
    curl_easy_setopt(to, CURLOPT_HEADERDATA, &transfer);
    curl_easy_setopt(to, CURLOPT_FILETIME, 1L);
    if (!request.user.empty()) {
        curl_easy_setopt(to, CURLOPT_USERNAME, request.user.c_str());
        curl_easy_setopt(to, CURLOPT_PASSWORD, request.password.c_str());
        curl_easy_setopt(to, CURLOPT_HTTPAUTH, static_cast<long>(CURLAUTH_BASIC | CURLAUTH_DIGEST));
    }
    if (!options_.ca_bundle.empty()) {
        curl_easy_setopt(to, CURLOPT_CAINFO, options_.ca_bundle.c_str());
        // The system's CAs would be trusted beside it.
        curl_easy_setopt(to, CURLOPT_CAPATH, nullptr);
    }
    if (!options_.client_cert.empty()) {
        curl_easy_setopt(to, CURLOPT_SSLCERT, options_.client_cert.c_str());
        curl_easy_setopt(to, CURLOPT_SSLKEY, options_.client_cert.c_str());
    }
    // Of TFTP the first block says how large a file is.
    if (request.want == Request::Want::size && request.protocol != Protocol::tftp)
        curl_easy_setopt(to, CURLOPT_NOBODY, 1L);
    if (request.want == Request::Want::start)
        curl_easy_setopt(to, CURLOPT_RANGE, fmt::format("0-{}", start_bytes - 1).c_str());
    if (request.protocol == Protocol::tftp) {
        curl_easy_setopt(to, CURLOPT_VERBOSE, 1L);
        curl_easy_setopt(to, CURLOPT_DEBUGFUNCTION, &Transfer::debug);
        curl_easy_setopt(to, CURLOPT_DEBUGDATA, &transfer);
    }
    if (request.want == Request::Want::folder) curl_easy_setopt(to, CURLOPT_DIRLISTONLY, 1L);
    if (!about_certificate) return;
    curl_easy_setopt(to, CURLOPT_CONNECT_ONLY, 1L);
    curl_easy_setopt(to, CURLOPT_SSL_VERIFYPEER, 0L);
    curl_easy_setopt(to, CURLOPT_SSL_VERIFYHOST, 0L);
    curl_easy_setopt(to, CURLOPT_CERTINFO, 1L);
    curl_easy_setopt(to, CURLOPT_FRESH_CONNECT, 1L);
    curl_easy_setopt(to, CURLOPT_FORBID_REUSE, 1L);
}

std::optional<std::pair<std::size_t, Answer>> CurlNetwork::wait() {
    constexpr int look_up = 100;  // milliseconds between two looks at whether the user has had enough
    while (interrupted == 0) {
        int running = 0;
        curl_multi_perform(multi_, &running);
        int left = 0;
        if (const CURLMsg* message = curl_multi_info_read(multi_, &left);
            message != nullptr && message->msg == CURLMSG_DONE) {
            CURL* const handle = message->easy_handle;
            const CURLcode code = message->data.result;
            const auto found = transfers_.find(handle);
            std::unique_ptr<Transfer> transfer = std::move(found->second);
            transfers_.erase(found);
            std::pair<std::size_t, Answer> answered{transfer->request.id, finish(*transfer, code)};
            curl_multi_remove_handle(multi_, handle);
            idle_.push_back(std::move(transfer->handle));
            return answered;
        }
        curl_multi_poll(multi_, nullptr, 0, look_up, nullptr);
    }
    return std::nullopt;
}

// Whether a connection stood when the time was over, with TLS where that is wanted. UDP has none.
bool CurlNetwork::is_connected(const Transfer& transfer) {
    CURL* const handle = transfer.handle.get();
    const auto was = [handle](CURLINFO what) {
        curl_off_t time = 0;
        return curl_easy_getinfo(handle, what, &time) == CURLE_OK && time > 0;
    };
    switch (transfer.request.protocol) {
        case Protocol::tftp:
            return false;
        case Protocol::ftp:
        case Protocol::http:
            return was(CURLINFO_CONNECT_TIME_T) || was(CURLINFO_PRETRANSFER_TIME_T);
        case Protocol::https:
            return was(CURLINFO_APPCONNECT_TIME_T) || was(CURLINFO_PRETRANSFER_TIME_T);
    }
    return false;
}

Answer CurlNetwork::finish(Transfer& transfer, int result) {
    const auto code = static_cast<CURLcode>(result);
    CURL* const handle = transfer.handle.get();
    Answer& answer = transfer.answer;
    const auto number = [handle](CURLINFO what) {
        long value = 0;
        curl_easy_getinfo(handle, what, &value);
        return value;
    };
    const auto large = [handle](CURLINFO what) {
        curl_off_t value = -1;
        curl_easy_getinfo(handle, what, &value);
        return value;
    };
    answer.status = static_cast<int>(number(CURLINFO_RESPONSE_CODE));
    answer.seconds = static_cast<double>(large(CURLINFO_TOTAL_TIME_T)) / 1e6;
    if (const curl_off_t size = large(CURLINFO_CONTENT_LENGTH_DOWNLOAD_T); size >= 0)
        answer.size = static_cast<std::uint64_t>(size);
    constexpr int partial = 206;
    constexpr int not_satisfiable = 416;
    if (transfer.request.want == Request::Want::start &&
        (answer.status == partial || answer.status == not_satisfiable))
        answer.size = transfer.whole;
    if (const curl_off_t time = large(CURLINFO_FILETIME_T); time >= 0) answer.modified = time;
    if (transfer.request.want == Request::Want::certificate) answer.certificate = certificate_of(handle);
    if (code == CURLE_OK || (code == CURLE_WRITE_ERROR && transfer.first_block)) return std::move(answer);

    const std::string reason = plain_reason(transfer.error.data());
    if (code == CURLE_SSL_CERTPROBLEM) throw Failure(fmt::format("--client-cert: {}", reason));
    if (code == CURLE_SSL_CACERT_BADFILE) throw Failure(fmt::format("--ca-bundle: {}", reason));
    const auto* const row = std::ranges::find(codes, code, &CodeRow::code);
    answer.trouble = row == std::end(codes) ? Trouble::protocol : row->trouble;
    answer.reason = reason;
    if (transfer.too_large) answer.trouble = Trouble::too_large;
    if (transfer.header_bytes > most_header_bytes) answer.trouble = Trouble::too_many_headers;
    if (code == CURLE_OPERATION_TIMEDOUT) {
        // What FTP says before a file is none of it.
        const bool greeted = transfer.request.protocol != Protocol::ftp && transfer.header_bytes != 0;
        answer.trouble = greeted || !answer.body.empty() ? Trouble::slow
                         : is_connected(transfer)        ? Trouble::silent
                                                         : Trouble::timeout;
    }
    if (answer.trouble == Trouble::protocol && !transfer.told.empty()) {
        answer.trouble = Trouble::failed;
        answer.reason = transfer.told;
    }
    if (code == CURLE_FTP_COULDNT_RETR_FILE && answer.status == 550) answer.trouble = Trouble::missing;
    if (reason.find("certificate required") != std::string::npos)
        answer.trouble = Trouble::client_certificate;
    if (answer.trouble == Trouble::connection || answer.trouble == Trouble::closed) {
        const long error = number(CURLINFO_OS_ERRNO);
        answer.reason = error == 0 ? std::string() : std::generic_category().message(static_cast<int>(error));
    }
    if (answer.trouble == Trouble::certificate) {
        const long verified = number(CURLINFO_SSL_VERIFYRESULT);
        const auto* const fault = std::ranges::find(verify_results, verified, &VerifyRow::result);
        answer.fault = fault == std::end(verify_results) ? CertificateFault::other : fault->fault;
    }
    return std::move(answer);
}

}  // namespace dectprov
