// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "compare/values.hpp"
#include "device/settings.hpp"
#include "doc/read_xml.hpp"
#include "source/failure.hpp"
#include "workbench.hpp"

using namespace dectprov;

namespace {

namespace fs = std::filesystem;
constexpr const char* mac = "0013d1800032";

// What `preview` prints for settings and a configuration, line by line.
std::string preview(const std::string& held, const std::string& config) {
    const workbench::Folder folder;
    workbench::write("held", held);
    workbench::write(std::string(mac) + "-config.xml", config);
    const auto outcome = workbench::run({"preview", "--current", "held", std::string(mac) + "-config.xml"});
    CHECK(outcome.status == 0);
    CHECK(outcome.err.empty());
    return outcome.out;
}

std::string failure(const std::string& held) {
    try {
        static_cast<void>(read_settings("held", held, Catalog::builtin()));
    } catch (const Failure& why) {
        return why.what();
    }
    return {};
}

}  // namespace

TEST_CASE("an overwrite puts back what it does not name, and a merge keeps it") {
    const std::string held = "sip.dtmf.duration=300\nsip.callwaiting=false\nnetwork.ntp=ntp.example.com\n";
    const std::string body =
        "<sip><callwaiting>true</callwaiting><dnsmethod>arecord</dnsmethod></sip></config>";
    CHECK(preview(held, "<config>" + body) ==
          "sip.dtmf.duration: 270\nsip.callwaiting: true\nnetwork.ntp: <default, not stated>\n"
          "sip.dnsmethod: arecord\n");
    CHECK(preview(held, "<config merge_type=\"merge\">" + body) ==
          "sip.dtmf.duration: 300\nsip.callwaiting: true\nnetwork.ntp: ntp.example.com\nsip.dnsmethod: "
          "arecord\n");
    CHECK(preview(held, "<config merge_type=\"Merge\">" + body) == preview(held, "<config>" + body));
}

TEST_CASE("a merge adds licence keys, an overwrite replaces them, and none is shown") {
    const std::string held = "license=AAAA1111,BBBB2222\nslave.license=CCCC3333\n";
    const std::string body = "<license>\n  DDDD4444, AAAA1111\n</license></config>";
    CHECK(preview(held, "<config merge_type=\"merge\">" + body) ==
          "license: <3 keys>\nslave.license: <1 key>\n");
    CHECK(preview(held, "<config>" + body) == "license: <2 keys>\nslave.license: <default, not stated>\n");
}

TEST_CASE("what preview prints is read again") {
    const std::string held = "license: <2 keys>\nnetwork.ntp: <default, not stated>\nsip.callwaiting: true\n";
    CHECK(preview(held, "<config merge_type=\"merge\"/>") == held);
    CHECK(preview(held, "<config merge_type=\"merge\"><license>AAAA1111</license></config>") ==
          "license: <at least 2 keys>\nnetwork.ntp: <default, not stated>\nsip.callwaiting: true\n");
}

TEST_CASE("an export may be XML, with blanks and comments in lines left out") {
    const std::string expected = "sip.dtmf.duration: 300\n";
    const std::string merge = "<config merge_type=\"merge\"/>";
    CHECK(preview("<config><sip><dtmf><duration>300</duration></dtmf></sip></config>", merge) == expected);
    CHECK(preview("\n# exported\n config.sip.dtmf.duration = 300\r\n", merge) == expected);
}

TEST_CASE("what is no setting is refused at its line") {
    CHECK(failure("sip.dtmf.duration=1\nwhat is this\n") ==
          "held:2:1: the line does not have the form `path: value`");
    CHECK(failure("a=1\na=2\n") == "held:2:1: a occurs twice");
    CHECK(failure("<config><sip></config>").starts_with("held:1:"));
}

// The tables of the vendor's guide stand beside the repository where it is worked on, and nowhere else.
TEST_CASE("the guide's tables come out exactly" * doctest::test_suite("shared")) {
    const auto guide = workbench::beside_repository("corpus/guide/merge");
    if (!guide) return;
    const fs::path& tables = *guide;
    const auto lines = [](const std::string& text) {
        std::string out;
        std::istringstream in(text);
        for (std::string line; std::getline(in, line);) {
            const std::size_t equals = line.find('=');
            if (equals != std::string::npos) line.replace(equals, 1, ": ");
            out += line + "\n";
        }
        return out;
    };
    const std::string before = workbench::read(tables / "before.txt");
    for (const std::string kind : {"overwrite", "merge"}) {
        CAPTURE(kind);
        const std::string config = workbench::read(tables / (kind + "-config.xml"));
        const std::string after = lines(workbench::read(tables / (kind + "-after.txt")));
        CHECK(preview(before, config) == after);
        CHECK(preview(lines(before), config) == after);
    }
    // Licences come on top of those that are held, those of a second server apart.
    const auto licences = [&](const std::string& name) {
        return preview("license=AAAA1111,BBBB2222\n", workbench::read(tables / name));
    };
    CHECK(licences("license-config.xml") == "license: <3 keys>\n");
    CHECK(licences("slave-license-config.xml") == "license: <2 keys>\nslave.license: <1 key>\n");
}
