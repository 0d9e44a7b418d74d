// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "diag/format.hpp"
#include "exchange.hpp"
#include "probe/address.hpp"
#include "probe/ask.hpp"
#include "probe/judge.hpp"
#include "probe/probe.hpp"
#include "rules/families.hpp"
#include "workbench.hpp"

using namespace dectprov;

namespace {

std::string why_not(std::string_view url) {
    std::string why = "it is good";
    parse_address(url, why);
    return why;
}

Address address(std::string_view url) {
    std::string why;
    return *parse_address(url, why);
}

std::string config_of(std::string_view provisioning, std::string_view rest = {}) {
    return fmt::format("<config>\n  <provisioning>\n    {}\n  </provisioning>{}\n</config>\n", provisioning,
                       rest);
}

std::string switches(bool users, bool groups) {
    return fmt::format(
        "<check><interval>60</interval></check><users><check>{}</check></users><cota><check>{}</check></"
        "cota>",
        users, groups);
}

// A probe of servers in memory.
struct Run {
    std::unique_ptr<ThreadPool> pool = std::make_unique<ThreadPool>(1);
    Files files = Files::memory();
    ConfigFiles configs{files, std::nullopt, false, {.find = find_rule, .all = all_rules()}};
    Inputs inputs;
    std::unique_ptr<Session> session;
    std::unique_ptr<Described> described;

    ProbeResult probe(exchange::Replies& replies, const ProbePlan& plan,
                      const std::vector<std::string>& alone = {}) {
        if (alone.empty()) inputs = find_inputs(files, {"."}, {}, configs);
        session = std::make_unique<Session>(files, *pool, AnalysisOptions{});
        described = std::make_unique<Described>(*session, inputs, std::vector<std::string>{"."});
        for (const std::string& server : alone) described->add(*parse_identity(server), nullptr);
        return dectprov::probe(*session, *described, plan, replies.network());
    }
};

std::vector<std::string> rules_found(const ProbeResult& result, std::string_view group = "delivery/") {
    std::vector<std::string> found;
    for (const Finding& finding : result.lint.findings) {
        if (finding.rule->id.starts_with(group)) found.emplace_back(finding.rule->id);
    }
    return found;
}

constexpr std::string_view base = "https://prov.example.com/dect/";

std::string get(std::string_view name, std::string_view answer, std::string_view body = {}) {
    return fmt::format("GET {}{} -> {}\n{}", base, name, answer, body);
}

}  // namespace

TEST_CASE("what looks like a secret in the path of a URL is not shown") {
    CHECK(shown_url("https://h/dect/0013d1800032-config.xml") == "https://h/dect/0013d1800032-config.xml");
    CHECK(shown_url("https://h/token=S3cret1/0013d1800032-users.xml").find("S3cret1") == std::string::npos);
    CHECK(shown_url("https://h/tokenS3cret1/0013d1800032-users.xml") ==
          "https://h/token***/0013d1800032-users.xml");
}

TEST_CASE("what looks like a secret in a path hides neither the host nor what stands behind it") {
    CHECK(shown_url("http://h:8080/token=S3cret1/dect/0013d1800032-users.xml") ==
          "http://h:8080/token=***/dect/0013d1800032-users.xml");
    CHECK(shown_url("https://h/dect/a.xml?token=S3cret1").find("S3cret1") == std::string::npos);
    CHECK(shown_url("https://h/dect/?S3cret1").find("S3cret1") == std::string::npos);
}

TEST_CASE("a secret in a path is hidden however often it is percent-encoded") {
    for (const std::string_view step : {"pw%3dS3cret1", "pw%3DS3cret1", "%70w=S3cret1", "pw%253dS3cret1",
                                        "token%3aS3cret1%2fS3cret1", "joe%3aS3cret1%40h"}) {
        const std::string shown = shown_url(fmt::format("http://h/{}/a-config.xml", step));
        CHECK_MESSAGE(shown.find("S3cret1") == std::string::npos, shown);
        CHECK_MESSAGE(shown.ends_with("***/a-config.xml"), shown);
    }
    CHECK(shown_url("http://h/a%20b/%41-config.xml") == "http://h/a%20b/%41-config.xml");
}

TEST_CASE("a URL that no server could be asked at is refused with the reason") {
    CHECK(why_not("https://prov.example.com/dect") == "it is good");
    CHECK(why_not("tftp://10.0.0.1:69") == "it is good");
    CHECK(why_not("https://[2001:db8::1]:8443/dect/") == "it is good");
    CHECK(why_not("sftp://prov.example.com").find("'sftp' is not") != std::string::npos);
    CHECK(why_not("prov.example.com").find("has no protocol") != std::string::npos);
    CHECK(why_not("https://prov/:s1@prov.example.com/").find("an '@'") != std::string::npos);
    CHECK(why_not("https://u:s%2F1@prov.example.com/a%40b/") == "it is good");
    CHECK(why_not("https://prov.example.com/a b").find("space") != std::string::npos);
    CHECK(why_not("https://prov.example.com/dect#top").find("'#'") != std::string::npos);
    CHECK(why_not("https://prov.example.com/dect?v=1").find("'?'") != std::string::npos);
    CHECK(why_not("https://2001:db8::1/dect").find("needs brackets") != std::string::npos);
    CHECK(why_not("https://prov.example.com:70000/").find("'70000'") != std::string::npos);
    CHECK(why_not("https://prov..example/").find("neither a host name") != std::string::npos);
    CHECK(why_not("https:///dect").find("no host") != std::string::npos);
    CHECK(why_not("").find("no host") != std::string::npos);
}

TEST_CASE("the reason why a URL is refused shows no password") {
    for (const std::string_view url :
         {"sftp://dect:Sw0rdfish@h/", "https://dect:Sw0rdfish@prov.example.com:70000/",
          "https://dect:Sw0rdfish@pr ov/", "https://dect:Sw0rdfish@[::z]/", "dect:Sw0rdfish@h",
          "dect:Sw0rd://x@h", "https://Sw0rdfish:x/y@h/", "https://:Sw0rdfish@h/",
          "https://dect:Sw0rdfish?@h:70000/"})
        CHECK_MESSAGE(why_not(url).find("Sw0rd") == std::string::npos, why_not(url));
    for (const std::string_view url :
         {"http://joe:123456/abc@prov.example.com/d", "http://joe:123456?abc/@prov.example.com/d",
          "http://abcdef:1234:5678/x@prov/", "http://abcdef:123456prov.example.com/",
          "http://joe:123456prov.example.com/d", "http://joe:123456/", "joe:123456/x@prov/",
          "joe:123456@prov.example.com:99999/"})
        for (const std::string_view part : {"1234", "5678"})
            CHECK_MESSAGE(why_not(url).find(part) == std::string::npos, why_not(url));
}

TEST_CASE("what is wrong with a URL is said of the part that is wrong") {
    CHECK(why_not("http://:hunter22@127.0.0.1:8144/d") == "it has no user name before the '@'");
    CHECK(why_not("http://@127.0.0.1/d") == "it has no user name before the '@'");
    CHECK(why_not("joe:123456@prov.example.com/d").find("no protocol") != std::string::npos);
    CHECK(why_not("http://joe:a?b@prov.example.com:70000/").find("'70000'") != std::string::npos);
}

TEST_CASE("a file stands behind the folder of the URL, whether that ends in a slash or not") {
    for (const std::string_view url : {"https://prov.example.com/dect", "https://prov.example.com/dect/"})
        CHECK(address(url).request("a-config.xml").url == "https://prov.example.com/dect/a-config.xml");
    CHECK(address("tftp://10.0.0.1").request("a.bin").url == "tftp://10.0.0.1/a.bin");
    CHECK(address("http://h/").request("a b%.bin").url == "http://h/a%20b%25.bin");
}

TEST_CASE("user and password are sent as they are meant, without their percent-encoding") {
    const Request request = address("ftp://d%65ct:Sw0rd%2Ff%40sh%zz@prov.example.com/x").request("a.xml");
    CHECK(request.user == "dect");
    CHECK(request.password == "Sw0rd/f@sh%zz");
    for (const std::string_view url : {"ftp://dect:a%0d%0aDELE%20x@h/", "ftp://d%00ect:Sw0rd@h/"}) {
        CHECK(why_not(url) == "its user name or password contains a control character");
    }
}

TEST_CASE("a protocol that may hold a password is not shown of a redirect") {
    const Request from = address(base).request("a.xml");
    CHECK(target_of(from, "gopher://h/").shown == "gopher:");
    CHECK(target_of(from, "dect:Sw0rdfish://h/").shown == "something that is not a URL");
}

TEST_CASE("a host is one however it is spelled") {
    const auto goes_to = [](std::string_view from, std::string_view to) {
        const Target target = target_of(address(from).request("a.xml"), to);
        return !target.request ? "nowhere" : target.request->password.empty() ? "host" : "origin";
    };
    CHECK(goes_to("https://u:pw@prov.example.com/", "https://PROV.Example.com/b.xml") == "origin");
    CHECK(goes_to("https://u:pw@prov.example.com/", "https://prov.example.com:443/b.xml") == "origin");
    CHECK(goes_to("http://u:pw@prov.example.com:80/", "http://prov.example.com/b.xml") == "origin");
    CHECK(goes_to("http://u:pw@prov.example.com/", "https://prov.EXAMPLE.com/b.xml") == "host");
    CHECK(goes_to("http://u:pw@[2001:DB8:0::1]/", "http://[2001:db8::1]:80/b.xml") == "origin");
    CHECK(goes_to("http://u:pw@[2001:db8::1]/", "http://[2001:db8::2]/b.xml") == "nowhere");
    CHECK(goes_to("http://u:pw@[2001:db8::1]:8080/", "http://[2001:db8::1]/b.xml") == "host");
}

TEST_CASE("user and password are no part of what may be shown") {
    const Request request = address("ftp://dect:Sw0rdfish@prov.example.com/x").request("a.xml");
    CHECK(request.url == "ftp://prov.example.com/x/a.xml");
    CHECK(request.origin == "ftp://prov.example.com");
    CHECK(request.user == "dect");
    CHECK(request.password == "Sw0rdfish");
}

TEST_CASE("a redirect is followed on the same host alone, and gets the password at the same place alone") {
    const Request from = address("https://dect:Sw0rdfish@prov.example.com:8443/dect").request("a.xml");
    const Target moved = target_of(from, "/new/a.xml");
    REQUIRE(moved.request);
    CHECK(moved.request->url == "https://prov.example.com:8443/new/a.xml");
    CHECK(moved.request->password == "Sw0rdfish");
    CHECK(target_of(from, "b.xml").request->url == "https://prov.example.com:8443/dect/b.xml");
    const Target other_port = target_of(from, "http://prov.example.com/a.xml");
    REQUIRE(other_port.request);
    CHECK(other_port.request->password.empty());
    for (const std::string_view away :
         {"https://files.example.com/a.xml", "//files.example.com/a.xml", "file:///etc/passwd",
          "file:/etc/passwd", "ftp://prov.example.com/a.xml", "https://prov.example.com@evil.example/a.xml",
          "gopher://prov.example.com/"})
        CHECK_MESSAGE(!target_of(from, away).request, away);
    CHECK(target_of(from, "https://dect:Sw0rdfish@files.example.com/a").shown ==
          "https://files.example.com/a");
}

TEST_CASE("other places of a file are its identity in other forms and the folders above") {
    std::vector<std::string> urls;
    for (const OtherPlace& place :
         other_places(address("https://h/a/b"), "0013d1800032", "0013d1800032-users.xml"))
        urls.push_back(place.request.url);
    CHECK(urls == std::vector<std::string>{
                      "https://h/a/b/0013D1800032-users.xml", "https://h/a/b/00-13-d1-80-00-32-users.xml",
                      "https://h/a/b/00-13-D1-80-00-32-users.xml",
                      "https://h/a/b/00:13:d1:80:00:32-users.xml",
                      "https://h/a/b/00:13:D1:80:00:32-users.xml", "https://h/a/0013d1800032-users.xml",
                      "https://h/0013d1800032-users.xml"});
}

TEST_CASE("a host is asked so many questions at a time and no more") {
    std::string text;
    std::vector<Request> first;
    for (int i = 0; i < 40; ++i) {
        text += get(std::to_string(i), "200");
        first.push_back(address(base).request(std::to_string(i)));
    }
    exchange::Replies replies(exchange::parse(text));
    const Network network = replies.network();
    std::size_t taken = 0;
    CHECK(ask_all(network, 3, first, [&](const Request&, const Answer&) {
        ++taken;
        return std::vector<Request>{};
    }));
    CHECK(taken == 40);
    CHECK(replies.most_at_once == 3);
}

TEST_CASE("a host that is not there is asked once, and everybody gets its answer") {
    std::vector<Request> first;
    for (int i = 0; i < 40; ++i) first.push_back(address(base).request("0"));
    exchange::Replies replies(exchange::parse(get("0", "no connection: Connection refused")));
    const Network network = replies.network();
    std::size_t taken = 0;
    CHECK(ask_all(network, 4, first, [&](const Request&, const Answer& answer) {
        taken += answer.trouble == Trouble::connection ? 1 : 0;
        return std::vector<Request>{};
    }));
    CHECK(taken == 40);
    CHECK(replies.asked.size() == 1);
}

TEST_CASE("a connection that was dropped is tried once more") {
    for (const std::string_view second : {"200", "closed"}) {
        exchange::Replies replies(exchange::parse(get("0", "closed") + get("0", second)));
        const Network network = replies.network();
        Trouble last = Trouble::none;
        CHECK(ask_all(network, 4, {address(base).request("0")}, [&](const Request&, const Answer& answer) {
            last = answer.trouble;
            return std::vector<Request>{};
        }));
        CHECK(replies.asked.size() == 2);
        CHECK(last == (second == "200" ? Trouble::none : Trouble::closed));
    }
}

TEST_CASE("what is asked for is what the configuration that is served says, whatever is on disk") {
    Run run;
    run.files.lay_over("0013d1800032-config.xml", config_of(switches(false, false)));
    const std::string list = "GROUP7 VERSION1\n";
    exchange::Replies replies(
        exchange::parse(get("0013d1800032-config.xml", "200", config_of(switches(true, true))) +
                        get("0013d1800032-handset_config_list.ver", "200", list)));
    run.probe(replies, {.address = address(base)});
    std::ranges::sort(replies.asked);
    const auto is_asked = [&](const std::string& name) {
        return std::ranges::find(replies.asked, std::string(base) + name) != replies.asked.end();
    };
    CHECK(is_asked("0013d1800032-users.xml"));
    CHECK(is_asked("0013d1800032-handset_config_list.ver"));
    CHECK(is_asked("0013d1800032-handset_config_group_7.xml"));
}

TEST_CASE("without a configuration that is served the described one says what to ask for") {
    Run run;
    run.files.lay_over("0013d1800032-config.xml", config_of(switches(true, false)));
    run.files.lay_over("0013d1800032-users.xml", "<users>\n</users>\n");
    exchange::Replies replies(exchange::parse(""));
    const ProbeResult result = run.probe(replies, {.address = address(base)});
    CHECK(rules_found(result) == std::vector<std::string>{"delivery/missing", "delivery/missing"});
}

TEST_CASE("two thousand servers of one dead host are one finding") {
    Run run;
    for (int i = 0; i < 2000; ++i) {
        run.files.lay_over(fmt::format("0013d180{:04x}-config.xml", i), config_of(switches(true, true)));
    }
    exchange::Replies replies(
        exchange::parse(get("0013d1800000-config.xml", "no connection: Connection refused")));
    const ProbeResult result = run.probe(replies, {.address = address(base)});
    REQUIRE(rules_found(result) == std::vector<std::string>{"delivery/unreachable"});
    CHECK(result.lint.findings.front().message.find("1999 more servers") != std::string::npos);
    CHECK(replies.asked.size() == 1);
}

TEST_CASE("a firmware that several servers of a folder load is asked for once") {
    Run run;
    std::string text;
    for (const std::string_view server : {"0013d1800032", "0013d1800033"}) {
        const std::string config = config_of("<firmware><kws>kws.bin</kws></firmware>");
        run.files.lay_over(fmt::format("{}-config.xml", server), config);
        text += get(fmt::format("{}-config.xml", server), "200", config);
    }
    exchange::Replies replies(exchange::parse(text));
    const ProbeResult result = run.probe(replies, {.address = address(base)});
    CHECK(rules_found(result) == std::vector<std::string>{"delivery/missing"});
    CHECK(std::ranges::count(replies.asked, std::string(base) + "kws.bin.ver") == 1);
}

TEST_CASE("redirects in a circle come to an end") {
    const std::string url = std::string(base) + "0013d1800032-config.xml";
    exchange::Replies replies(exchange::parse(fmt::format("GET {} -> 302 {}\n", url, url)));
    Run run;
    const ProbeResult result = run.probe(replies, {.address = address(base)}, {"0013d1800032"});
    CHECK(rules_found(result) == std::vector<std::string>{"delivery/redirect"});
    CHECK(std::ranges::count(replies.asked, url) == 6);
}

namespace {

// Forty servers of two places, some with what others lack, and firmware that several load.
void describe_fleet(Run& run, std::string& answers) {
    for (int i = 0; i < 40; ++i) {
        const std::string place = fmt::format("https://{}.example.com/dect/", i % 3 == 0 ? "a" : "b");
        const std::string name = fmt::format("0013d18000{:02x}", i);
        const std::string config = config_of(
            fmt::format("<check><interval>60</interval></check><server><method>static</method><url>{}"
                        "</url></server><users><check>true</check></users><firmware><kws>f{}.bin</kws>"
                        "</firmware>",
                        place, i % 4));
        const std::string folder = fmt::format("d{}/", i % 5);
        run.files.lay_over(folder + name + "-config.xml", config);
        run.files.lay_over(folder + name + "-users.xml", "<users>\n</users>\n");
        run.files.lay_over(fmt::format("{}f{}.bin.ver", folder, i % 4),
                           fmt::format("PCS20Ba {}\n", 90000 + i % 5));
        answers += fmt::format("GET {}{}-config.xml -> 200\n{}", place, name, config);
        if (i % 7 == 0) answers += fmt::format("GET {}{}-users.xml -> 200\n<users>\n</users>\n", place, name);
        if (i % 7 == 1) {
            answers += fmt::format("GET https://{}.example.com/{}-users.xml -> 200\n<users>\n</users>\n",
                                   i % 3 == 0 ? "a" : "b", name);
        }
    }
    answers += "GET https://b.example.com/dect/f1.bin.ver -> 200\nPCS20Ba 90003\n";
}

// Everything that is found, and everything that was asked for.
std::string all_found(unsigned per_host, std::size_t shuffle) {
    Run run;
    std::string answers;
    describe_fleet(run, answers);
    exchange::Replies replies(exchange::parse(answers));
    replies.shuffle = shuffle;
    std::string text;
    const ProbeResult result = run.probe(replies, {.per_host = per_host});
    for (const Finding& finding : result.lint.findings)
        text += fmt::format("{} {} {} {}\n", finding.file, finding.rule->id, finding.message, finding.help);
    for (const ProbedServer& server : result.servers)
        text += fmt::format("{} {} {}\n", server.identity, server.files, server.served);
    std::ranges::sort(replies.asked);
    return text + fmt::format("{}\n", fmt::join(replies.asked, "\n"));
}

}  // namespace

TEST_CASE("what is found depends neither on the order of the answers nor on how many come at once") {
    const std::string once = all_found(1, 0);
    CHECK(once.find("it exists in the folder") != std::string::npos);
    for (const unsigned per_host : {1U, 4U, 16U}) {
        for (const std::size_t shuffle : {0U, 1U, 3U, 7U}) CHECK(all_found(per_host, shuffle) == once);
    }
}

TEST_CASE("each missing file is looked for") {
    Run run;
    run.files.lay_over("0013d1800032-config.xml", config_of(switches(true, false)));
    run.files.lay_over("0013d1800032-users.xml", "<users>\n</users>\n");
    exchange::Replies replies(
        exchange::parse(get("0013D1800032-config.xml", "200") + get("00-13-d1-80-00-32-users.xml", "200")));
    const ProbeResult result = run.probe(replies, {.address = address(base)});
    REQUIRE(result.lint.findings.size() == 2);
    CHECK(result.lint.findings[0].help == "it exists under the name 0013D1800032-config.xml");
    CHECK(result.lint.findings[1].help == "it exists under the name 00-13-d1-80-00-32-users.xml");
}

TEST_CASE("where no missing file of a place is found elsewhere, a few are looked for") {
    Run run;
    for (int i = 0; i < 100; ++i)
        run.files.lay_over(fmt::format("0013d18000{:02x}-config.xml", i), config_of(switches(false, false)));
    exchange::Replies replies(exchange::parse(""));
    const ProbeResult result = run.probe(replies, {.address = address(base)});
    CHECK(result.lint.findings.size() == 100);
    CHECK(replies.asked.size() < 100 + 3 * 10);
}

TEST_CASE("a page that a server answers to every name is no place of a missing file") {
    Run run;
    run.files.lay_over("0013d1800032-config.xml", config_of(switches(false, false)));
    exchange::Replies replies(
        exchange::parse("GET https://prov.example.com/0013d1800032-config.xml -> 200 type "
                        "text/html;charset=utf-8\n<html>\n"));
    const ProbeResult result = run.probe(replies, {.address = address(base)});
    REQUIRE(rules_found(result) == std::vector<std::string>{"delivery/missing"});
    CHECK(result.lint.findings.front().help.empty());
}

TEST_CASE("firmware that is no file below the URL is told, and two dots in a name are none") {
    Run run;
    const std::string config = config_of(
        "<firmware><kws>fw..bin</kws><rfp>/r.bin</rfp><rfp6>a/../r.bin</rfp6>"
        "<pp14208700>http://joe:Sw0rdfish@h/p.bin</pp14208700></firmware>");
    run.files.lay_over("0013d1800032-config.xml", config);
    run.files.lay_over("0013d1800033-config.xml", config);
    exchange::Replies replies(exchange::parse(get("0013d1800032-config.xml", "200", config) +
                                              get("0013d1800033-config.xml", "200", config) +
                                              get("fw..bin.ver", "200", "PCS20Ba 1\n")));
    const ProbeResult result = run.probe(replies, {.address = address(base)});
    CHECK(std::ranges::count(replies.asked, std::string(base) + "fw..bin.ver") == 1);
    CHECK(std::ranges::count(replies.asked, std::string(base) + "fw..bin") == 1);
    REQUIRE(result.not_asked.size() == 3);
    const std::string all = fmt::format("{}", fmt::join(result.not_asked, "\n"));
    CHECK(all.find("0013d1800032 and 1 more server: the firmware '/r.bin' is left out") != std::string::npos);
    CHECK(all.find("'a/../r.bin' is left out: it has a step '..'") != std::string::npos);
    CHECK(all.find("it is a URL") != std::string::npos);
    CHECK(all.find("Sw0rd") == std::string::npos);
}

TEST_CASE("a file without an answer in time is told, and the host is asked for the others") {
    Run run;
    std::string text;
    for (int i = 0; i < 9; ++i) {
        run.files.lay_over(fmt::format("0013d180003{}-config.xml", i), config_of(switches(false, false)));
        const bool slow = i < static_cast<int>(most_late) - 1 || i == 7;
        text += get(fmt::format("0013d180003{}-config.xml", i), slow ? "silence after 30 s" : "404");
    }
    exchange::Replies replies(exchange::parse(text));
    const ProbeResult result = run.probe(replies, {.address = address(base)});
    const std::vector<std::string> found = rules_found(result);
    CHECK(std::ranges::count(found, "delivery/not-provisioning") == most_late);
    CHECK(std::ranges::count(found, "delivery/missing") == 9 - static_cast<int>(most_late));
}

TEST_CASE("a host that leaves questions in a row without an answer is given up, and nothing is made up") {
    Run run;
    std::string text;
    for (int i = 0; i < 9; ++i) {
        run.files.lay_over(fmt::format("0013d180003{}-config.xml", i), config_of(switches(false, false)));
        text += get(fmt::format("0013d180003{}-config.xml", i), "silence after 30 s");
    }
    exchange::Replies replies(exchange::parse(text));
    const ProbeResult result = run.probe(replies, {.address = address(base)});
    CHECK(replies.asked.size() == most_late);
    REQUIRE(result.lint.findings.size() == most_late + 1);
    CHECK(
        result.lint.findings.back().message ==
        "https://prov.example.com was not asked for this: it left 5 questions in a row without an answer in "
        "time; the same for 3 more servers");
    CHECK(result.lint.files == most_late);
    CHECK(result.servers.back().files == 0);
    CHECK(result.servers.back().slowest_file.empty());
}

TEST_CASE("what a redirect led to is judged as what it is") {
    const std::string file = "0013d1800032-config.xml";
    const auto found = [&](std::string_view to, std::string_view answer) {
        Run run;
        exchange::Replies replies(exchange::parse(get(file, fmt::format("302 {}", to)) +
                                                  fmt::format("GET {} -> {}\n", to, answer)));
        const ProbeResult result = run.probe(
            replies, {.address = address("https://dect:Sw0rdfish@prov.example.com/dect/")}, {"0013d1800032"});
        std::string text;
        for (const Finding& finding : result.lint.findings) {
            if (finding.rule->id != "delivery/redirect") text += finding.message + " | " + finding.help;
        }
        return text;
    };
    CHECK(found("https://prov.example.com:9/x", "no connection: Connection refused")
              .find("no connection to https://prov.example.com:9: Connection refused") == 0);
    CHECK(found("https://prov.example.com:9/x", "certificate: expired")
              .find("the certificate of prov.example.com:9 expired on") == 0);
    CHECK(found("http://prov.example.com/x", "401") ==
          "the server answers 401 Unauthorized, at http://prov.example.com/x | the user name and password of "
          "the "
          "URL are not sent to http://prov.example.com");
    CHECK(found("https://prov.example.com/x?token=1", "404") ==
          "the server answers 404 Not Found: there is no such file, at https://prov.example.com/x | ");
}

TEST_CASE("a public listing is one that is shown without a login") {
    const std::string config = config_of(switches(false, false));
    exchange::Replies replies(exchange::parse(get("0013d1800032-config.xml", "200", config)));
    Run run;
    run.probe(replies, {.address = address("https://dect:Sw0rdfish@prov.example.com/dect/")},
              {"0013d1800032"});
    for (std::size_t i = 0; i < replies.asked.size(); ++i)
        CHECK(replies.users[i] == (replies.asked[i].ends_with('/') ? "" : "dect"));
    CHECK(std::ranges::count(replies.asked, std::string(base)) == 1);
}

TEST_CASE("of an image that HEAD does not tell the start is asked for") {
    const std::string config = config_of("<firmware><kws>kws.bin</kws></firmware>");
    const auto found = [&](const std::string& head, const std::string& answer, const std::string& body) {
        Run run;
        const workbench::Folder folder;
        workbench::write("0013d1800032-config.xml", config);
        workbench::write("kws.bin", "image");
        run.files = Files();
        exchange::Replies replies(exchange::parse(
            get("0013d1800032-config.xml", "200", config) + get("kws.bin.ver", "200", "PCS20Ba 90198\n") +
            fmt::format("HEAD {}kws.bin -> {}\n", base, head) + get("kws.bin", answer, body)));
        std::string text;
        const ProbeResult result = run.probe(replies, {.address = address(base)});
        for (const Finding& finding : result.lint.findings) {
            if (finding.rule->id.starts_with("delivery/")) text += finding.message;
        }
        return text;
    };
    CHECK(found("200 of 5", "404", "").empty());
    CHECK(found("405", "206 of 5", "imag\n").empty());
    CHECK(found("405", "206 of 6", "image\n") == "6 bytes are served, but kws.bin has 5");
    CHECK(found("405", "403", "").starts_with("the server answers 403"));
    CHECK(found("200 of 5 type text/html", "200", "<html>\n") == "what is served is a web page");
    CHECK(found("200 of 5 type text/html", "206 of 5", "imag\n").empty());
    CHECK(found("200 of 0", "416 of 0", "") == "the answer is empty");
    CHECK(found("200", "200 of unknown", "image\n") ==
          "the server does not say how large it is: not compared with kws.bin, which has 5 bytes");
}

TEST_CASE("what was answered before an interrupt is judged, and nothing else") {
    Run run;
    run.files.lay_over("0013d1800032-config.xml", config_of(switches(true, false)));
    run.files.lay_over("0013d1800032-users.xml", "<users>\n</users>\n");
    exchange::Replies replies(exchange::parse(get("0013d1800032-config.xml", "404")));
    replies.interrupt_after = 1;
    const ProbeResult result = run.probe(replies, {.address = address(base)});
    CHECK(result.interrupted);
    CHECK(rules_found(result) == std::vector<std::string>{"delivery/missing"});
}

TEST_CASE("what differs is told with its likely cause") {
    const std::string described = "<users>\n<a/>\n</users>\n";
    const auto cause = [&](Answer answer, std::optional<std::int64_t> described_at = {}) {
        const Expected expected{.role = Role::users,
                                .bytes = described,
                                .described_in = "the tree",
                                .described_at = described_at};
        return judge_content(answer, expected).help;
    };
    CHECK(cause({.status = 200, .body = "<users>\r\n<a/>\r\n</users>\r\n"}).find("line ends") !=
          std::string::npos);
    CHECK(cause({.status = 200, .body = "<users>\n</users>\n", .age = 1'036'800}) ==
          "the answer comes from a cache and is 1036800 s old");
    const Answer old{.status = 200, .body = "<users>\n</users>\n", .modified = 1'000};
    CHECK(cause(old, 2'000).find("an older version") != std::string::npos);
    CHECK(cause(old, 500).find("an older version") == std::string::npos);
    CHECK(cause(old).find("1970-01-01 00:16 UTC") != std::string::npos);
}

TEST_CASE("a page, an empty answer and one that ends early are no file") {
    const std::string described = "<users>\n<a/>\n</users>\n";
    const auto rule = [&](Role role, std::string body) {
        const Answer answer{.status = 200, .body = std::move(body)};
        const Verdict verdict =
            judge_content(answer, {.role = role, .bytes = described, .described_in = "the tree"});
        return verdict.rule == nullptr ? std::string() : std::string(verdict.rule->id);
    };
    CHECK(rule(Role::users, described).empty());
    CHECK(rule(Role::users, "") == "delivery/not-provisioning");
    CHECK(rule(Role::users, "\n \n") == "delivery/not-provisioning");
    CHECK(rule(Role::users, "<!DOCTYPE HTML><p>hello") == "delivery/not-provisioning");
    CHECK(rule(Role::users, "not found") == "delivery/not-provisioning");
    CHECK(rule(Role::users, "<config/>") == "delivery/not-provisioning");
    CHECK(rule(Role::users, "<users>\n<a/") == "delivery/not-provisioning");
    CHECK(rule(Role::users, "<users>\n<b/>\n</users>\n") == "delivery/differs");
    CHECK(rule(Role::list, "<html></html>") == "delivery/not-provisioning");
    CHECK(rule(Role::list, "GROUP1 VERSION1\n") == "delivery/differs");
    CHECK(rule(Role::none, "<Error><Code>NoSuchKey</Code></Error>") == "delivery/not-provisioning");
}

TEST_CASE("an answer is slow beside the others, or beside the time it has") {
    const Pace fleet{.median = 0.05, .answers = 100, .timeout = 30};
    CHECK(judge_pace(0.9, fleet).rule == nullptr);
    CHECK(judge_pace(1.1, fleet).rule != nullptr);
    CHECK(judge_pace(1.1, {.median = 0.05, .answers = 2, .timeout = 30}).rule == nullptr);
    CHECK(judge_pace(1.1, {.median = 0.5, .answers = 100, .timeout = 30}).rule == nullptr);
    CHECK(judge_pace(15.1, {.median = 15, .answers = 1, .timeout = 30}).rule != nullptr);
}

TEST_CASE("a list of a folder counts the files that hold passwords") {
    const Request request = address(base).request("", Request::Want::folder);
    const std::string page =
        "<a href=\"0013d1800032-users.xml\">0013d1800032-users.xml</a> 0013d1800033-users.xml";
    CHECK(judge_listing(request, {.status = 200, .body = page}).message.find("2 files") != std::string::npos);
    CHECK(judge_listing(request, {.status = 403, .body = page}).rule == nullptr);
    CHECK(judge_listing(request, {.status = 200, .body = "<p>welcome"}).rule == nullptr);
}

TEST_CASE("the load of a fleet counts what its servers ask for at their intervals and times") {
    Run run;
    std::string text;
    for (int i = 0; i < 4; ++i) {
        const std::string when = i == 0   ? "<interval>60</interval>"
                                 : i == 1 ? "<interval>0</interval><time>05:08</time>"
                                 : i == 2 ? "<interval>30</interval><time>05:08</time>"
                                          : "<interval>0</interval>";
        const std::string config = config_of(fmt::format("<check>{}</check>", when));
        run.files.lay_over(fmt::format("0013d180003{}-config.xml", i), config);
        text += get(fmt::format("0013d180003{}-config.xml", i), "200", config);
    }
    exchange::Replies replies(exchange::parse(text));
    const FleetLoad load = run.probe(replies, {.address = address(base)}).load;
    CHECK(load.by_interval == 2);
    CHECK(load.silent == 1);
    CHECK(load.requests_per_second == doctest::Approx(1.0 / 3600 + 1.0 / 1800));
    REQUIRE(load.busiest);
    CHECK(load.busiest->time == "05:08");
    CHECK(load.busiest->servers == 2);
}

TEST_CASE("what is no time of day is the busiest of none") {
    Run run;
    const std::string config =
        config_of("<check><interval>0</interval><time>x\n::error::pwned</time></check>");
    run.files.lay_over("0013d1800030-config.xml", config);
    exchange::Replies replies(exchange::parse(get("0013d1800030-config.xml", "200", config)));
    const FleetLoad load = run.probe(replies, {.address = address(base)}).load;
    CHECK(!load.busiest);
    CHECK(load.silent == 0);
}

TEST_CASE("no output of a probe holds what stands in front of the '@' of a URL") {
    const workbench::Folder folder;
    const std::string url = "https://dect:Sw0rdfish@prov.example.com/dect";
    workbench::write("0013d1800032-config.xml",
                     config_of(fmt::format("<server><method>static</method><url>{}</url></server>", url)));
    const std::string away = "302 https://dect:Sw0rdfish@files.example.com/dect";
    for (const std::string answer : {"200", "401", "404", away.c_str(), "certificate: expired", "closed",
                                     "no TLS: wrong version number"}) {
        for (const Format& format : formats()) {
            const exchange::Exchange said = exchange::parse(get(
                "0013d1800032-config.xml", answer, answer == "200" ? config_of(switches(true, true)) : ""));
            for (const bool given : {false, true}) {
                exchange::Replies replies(said);
                const NetworkMaker network = [&](const NetworkOptions&) { return replies.network(); };
                std::vector<std::string> args{"probe", "--verbose", "--statistics", "--format",
                                              std::string(format.name)};
                if (given) args.insert(args.end(), {"--url", url});
                const workbench::CommandResult outcome = workbench::run(args, "", &network);
                CHECK((outcome.out + outcome.err).find("Sw0rd") == std::string::npos);
                CHECK(replies.users.front() == "dect");
            }
        }
    }
}
