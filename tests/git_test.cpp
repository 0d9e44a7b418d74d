// SPDX-License-Identifier: MIT
// What is read from a revision, by the `git` command; the CI jobs that do so run in forecast_test.sh.
#include <doctest/doctest.h>

#include <yaml-cpp/yaml.h>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>

#include "source/child_process.hpp"
#include "source/failure.hpp"
#include "source/files.hpp"
#include "source/git_revision.hpp"
#include "workbench.hpp"

using namespace dectprov;
using workbench::Folder;
using workbench::run;
namespace fs = std::filesystem;

namespace {

constexpr const char* config = "0013d1800032-config.xml";

std::string config_with(const std::string& duration) {
    return "<config><sip><dtmf><duration>" + duration + "</duration></dtmf></sip></config>";
}

bool has_git() { return workbench::has("git"); }

int shell(const std::string& command) { return workbench::shell("{ " + command + "; } 2>&1").status; }

void commit(const std::string& message) {
    REQUIRE(shell("git add -A && git -c user.name=a -c user.email=a@example.com -c commit.gpgsign=false "
                  "commit -q -m " +
                  message) == 0);
}

// A repository in the current folder with two commits; the second changes one setting.
void make_repository() {
    REQUIRE(shell("git init -q -b main .") == 0);
    workbench::write(fs::path("tree") / config, config_with("270"));
    workbench::write("tree/deep/a-b.yaml", "x: 1\n");
    workbench::write("tree/deep/a/c.yaml", "x: 2\n");
    commit("first");
    workbench::write(fs::path("tree") / config, config_with("299"));
    commit("second");
}

}  // namespace

TEST_CASE("an address has its path behind the first colon outside of braces") {
    CHECK(parse_git_address("HEAD").revision == "HEAD");
    CHECK(parse_git_address("HEAD").path.empty());
    CHECK(parse_git_address("origin/main:a/b").revision == "origin/main");
    CHECK(parse_git_address("origin/main:a/b").path == "a/b");
    CHECK(parse_git_address("main@{12:00}:x").revision == "main@{12:00}");
    CHECK(parse_git_address("main@{12:00}:x").path == "x");
}

TEST_CASE("a revision is listed and read like a folder") {
    if (!has_git()) return;
    const Folder folder;
    make_repository();
    const GitRevision revision("HEAD~1");
    const Files files = Files::of(revision);
    CHECK(files.type(".") == Files::Type::folder);
    CHECK(files.type("tree/deep") == Files::Type::folder);
    CHECK(files.type("tree/nothing") == Files::Type::none);
    std::string names;
    for (const Files::Entry& entry : files.list("tree/deep")) names += entry.name + " ";
    CHECK(names == "a a-b.yaml ");
    CHECK(files.read(std::string("tree/") + config) == config_with("270"));
    CHECK(files.read("tree/deep/a/c.yaml") == "x: 2\n");
    CHECK_THROWS_AS(static_cast<void>(files.read("tree/nothing")), Failure);
}

TEST_CASE("diff takes revisions, from the top and from here") {
    if (!has_git()) return;
    const Folder folder;
    make_repository();
    const auto status = [](const std::string& before, const std::string& after) {
        return run({"diff", before, after}).status;
    };
    CHECK(status("git:HEAD", ".") == 0);
    CHECK(status("git:HEAD~1", ".") == 1);
    CHECK(status("git:HEAD~1:tree", "git:main:tree") == 1);
    CHECK(status(std::string("git:HEAD~1:tree/") + config, std::string("tree/") + config) == 1);
    fs::current_path("tree");
    CHECK(status("git:HEAD~1", ".") == 1);
    CHECK(status("git:HEAD~1:./", ".") == 1);
    CHECK(status("git:HEAD", ".") == 0);
    CHECK(shell("git diff --quiet HEAD") == 0);
}

TEST_CASE("a configuration file named by hand is the working folder's, beside a commit too") {
    if (!has_git()) return;
    const Folder folder;
    make_repository();
    workbench::write("named.yaml", "servers:\n  0013d1800032: {model: \"6500\"}\nignore: [\"tree/**\"]\n");
    // It is in no commit, and holds for both sides.
    const auto ignored = run({"diff", "git:HEAD~1", "git:HEAD", "--config", "named.yaml"});
    CHECK(ignored.status == 2);
    CHECK(ignored.err.find("no provisioning file in git:HEAD~1") != std::string::npos);
    workbench::write("named.yaml", "servers:\n  0013d1800032: {model: \"6500\"}\n");
    CHECK(run({"diff", "git:HEAD~1", "git:HEAD", "--config", "named.yaml"}).status == 1);
    CHECK(run({"diff", "git:HEAD", "git:HEAD", "--config", "named.yaml"}).status == 0);
    const auto missing = run({"diff", "git:HEAD~1", "git:HEAD", "--config", "nothing.yaml"});
    CHECK(missing.status == 2);
    CHECK(missing.err.find("nothing.yaml") != std::string::npos);
}

TEST_CASE("what is not there is said, and nothing is fetched") {
    if (!has_git()) return;
    const Folder folder;
    make_repository();
    const auto unknown = run({"diff", "git:origin/main", "."});
    CHECK(unknown.status == 2);
    CHECK(unknown.err.find("origin/main") != std::string::npos);
    REQUIRE(shell("git clone -q --depth 1 file://\"$PWD\" shallow") == 0);
    fs::current_path("shallow");
    const auto shallow = run({"diff", "git:HEAD~1", "."});
    CHECK(shallow.status == 2);
    CHECK(shallow.err.find("shallow clone") != std::string::npos);
    CHECK(run({"diff", "git:--help", "."}).status == 2);
    const auto nothing = run({"diff", "git:HEAD:nothing/here", "."});
    CHECK(nothing.status == 2);
    CHECK(nothing.err.find("git:HEAD:nothing/here: nothing/here is not in that commit") != std::string::npos);
    fs::current_path("..");
}

TEST_CASE("what git refuses is told in its own words, with the remedy") {
    if (!has_git()) return;
    const Folder folder;
    make_repository();
    // The variable is git's own, for tests of this kind: the repository is another user's, as in a container.
    setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1", 1);
    const auto refused = run({"diff", "git:HEAD", "."});
    unsetenv("GIT_TEST_ASSUME_DIFFERENT_OWNER");
    CHECK(refused.status == 2);
    CHECK(refused.err.find("dubious ownership in repository at") != std::string::npos);
    CHECK(refused.err.find("`git config --global --add safe.directory ") != std::string::npos);
    CHECK(run({"diff", "git:HEAD", "."}).status == 0);
}

TEST_CASE("an object that a partial clone left out is said to be, and is not fetched") {
    if (!has_git()) return;
    const Folder folder;
    make_repository();
    REQUIRE(shell("git config uploadpack.allowFilter true") == 0);
    REQUIRE(shell("git clone -q --filter=blob:none --no-checkout file://\"$PWD\" partial") == 0);
    fs::current_path("partial");
    const auto missing = run({"diff", "git:HEAD", "git:HEAD~1"});
    CHECK(missing.status == 2);
    CHECK(missing.err.find("tree/0013d1800032-config.xml is missing from this partial clone") !=
          std::string::npos);
    // The remedy is one.
    REQUIRE(shell("git fetch -q --refetch --no-filter") == 0);
    CHECK(run({"diff", "git:HEAD", "git:HEAD~1"}).status == 1);
    fs::current_path("..");
}

TEST_CASE("an object that is lost is said to be") {
    if (!has_git()) return;
    const Folder folder;
    make_repository();
    const std::string id = workbench::shell("git rev-parse HEAD:tree/" + std::string(config)).out;
    fs::remove(".git/objects/" + id.substr(0, 2) + "/" + id.substr(2, 38));
    const auto lost = run({"diff", "git:HEAD", "git:HEAD~1"});
    CHECK(lost.status == 2);
    CHECK(lost.err.find("is not in this repository; `git fsck`") != std::string::npos);
}

// As a fleet lies in a repository that shares what its servers have in common by links.
TEST_CASE("links of a commit are followed in the commit") {
    if (!has_git()) return;
    const Folder folder;
    make_repository();
    workbench::write("common/config.xml", config_with("301"));
    workbench::write("common/layers/base.yaml", "defaults: {settings: {sip: {dtmf: {duration: 301}}}}\n");
    fs::create_directories("prov/deep");
    fs::create_symlink("../common/config.xml", "prov/0013d1800033-config.xml");
    fs::create_symlink("../deep/../0013d1800033-config.xml", "prov/deep/0013d1800034-config.xml");
    fs::create_directory_symlink("prov/deep", "linked");
    fs::create_directory_symlink("../common/layers", "prov/layers");
    workbench::write("prov/site.yaml",
                     "dectprov: 1\nextends: [layers/base.yaml]\nservers:\n  - model: \"6500\"\n    mac: "
                     "00:13:d1:80:00:35\n");
    commit("links");
    for (const std::string path : {"", ":prov", ":linked", ":prov/0013d1800033-config.xml"}) {
        CAPTURE(path);
        const std::string here = path.empty() ? "." : path.substr(1);
        const auto same = run({"diff", "git:HEAD" + path, here});
        CHECK_MESSAGE(same.status == 0, same.out, same.err);
    }
    // What the links lead to now is not what they led to.
    workbench::write("common/config.xml", config_with("302"));
    workbench::write("common/layers/base.yaml", "defaults: {settings: {sip: {dtmf: {duration: 302}}}}\n");
    const auto changed = run({"diff", "git:HEAD:prov", "prov"});
    CHECK(changed.status == 1);
    CHECK_MESSAGE(changed.out.find("in 3 of 3 servers") != std::string::npos, changed.out, changed.err);
    fs::remove("prov/layers");
    CHECK(run({"diff", "git:HEAD:prov", "git:HEAD:./prov"}).status == 0);
}

TEST_CASE("a link that leaves the commit, or runs in a ring, leads nowhere") {
    if (!has_git()) return;
    const Folder folder;
    make_repository();
    workbench::write("../outside.xml", config_with("1"));
    fs::create_directories("prov");
    fs::create_symlink("../../outside.xml", "prov/up");
    fs::create_symlink(fs::absolute("tree"), "prov/absolute");
    fs::create_symlink("b", "prov/a");
    fs::create_symlink("a", "prov/b");
    fs::create_symlink("nothing", "prov/none");
    fs::create_symlink("..", "prov/top");
    fs::create_symlink("../tree", "prov/tree");
    commit("links");
    const GitRevision revision("HEAD");
    const Files files = Files::of(revision);
    for (const char* path : {"prov/up", "prov/absolute", "prov/a", "prov/b", "prov/none", "prov/up/x"}) {
        CAPTURE(path);
        CHECK(files.type(path) == Files::Type::none);
        CHECK_THROWS_AS(static_cast<void>(files.read(path)), Failure);
    }
    CHECK(files.real("prov/top/prov/top/tree/deep") == "tree/deep");
    CHECK(files.real("prov/tree/none") == "tree/none");
    CHECK(files.type("prov/top/prov/tree") == Files::Type::folder);
    CHECK(files.read(std::string("prov/tree/") + config) == config_with("299"));
    std::string listed;
    for (const Files::Entry& entry : files.list("prov"))
        listed += entry.name + (entry.type == Files::Type::folder ? "/ " : " ");
    CHECK(listed == "a absolute b none top/ tree/ up ");
    // A folder is walked once, by whichever link.
    CHECK(run({"diff", "git:HEAD:prov", "tree"}).status == 0);
}

TEST_CASE("a path may have any characters, and a submodule is left alone") {
    if (!has_git()) return;
    const Folder folder;
    make_repository();
    const std::string odd = "we ird \"q\" $x'\n\u00e6";
    workbench::write(fs::path(odd) / config, config_with("1"));
    REQUIRE(shell("git -c protocol.file.allow=always submodule add -q ./ sub") == 0);
    commit("third");
    CHECK(run({"diff", "git:HEAD:" + odd, odd}).status == 0);
    CHECK(run({"diff", "git:HEAD:" + odd, "tree"}).status == 1);
    const auto submodule = run({"diff", "git:HEAD:sub", "tree"});
    CHECK(submodule.status == 2);
    CHECK(submodule.err.find("sub is a submodule") != std::string::npos);
}

TEST_CASE("without git it is said that git is needed") {
    const Folder folder;
    workbench::write(config, config_with("1"));
    CHECK(shell("sh -c 'PATH=/nowhere \"$0\" diff git:HEAD . 2> said.txt; test $? = 2' " DECTPROV_BINARY) ==
          0);
    CHECK(workbench::read("said.txt") ==
          "dectprov: cannot run git, which is needed for `git:`: No such file or directory\n");
}

TEST_CASE("a child that ends early is no fault of ours") {
    ChildProcess child;
    REQUIRE(child.start({"true"}, {}));
    std::string line;
    CHECK_FALSE(child.read_line(line));
    static_cast<void>(child.write("text\n"));
    CHECK(child.finish() == 0);
    ChildProcess none;
    const bool started = none.start({"dectprov-no-such-command"}, {});
    CHECK((!started || none.finish() == 127));
}

TEST_CASE("the jobs of examples/ci have the history that dectprov does not fetch") {
    const fs::path example = fs::path(DECTPROV_ROOT) / "examples/ci";
    const YAML::Node github = YAML::LoadFile((example / "github.yml").string());
    CHECK(github["jobs"]["forecast"]["steps"][0]["with"]["fetch-depth"].as<int>() == 0);
    const YAML::Node gitlab = YAML::LoadFile((example / "gitlab.yml").string());
    CHECK(gitlab["forecast"]["variables"]["GIT_DEPTH"].as<int>() == 0);
}
