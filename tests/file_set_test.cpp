// SPDX-License-Identifier: MIT
#include "render/file_set.hpp"

#include <doctest/doctest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

#include "source/failure.hpp"

using dectprov::Failure;
using dectprov::FileChange;
using dectprov::FileSet;
using dectprov::Outcome;
using dectprov::OutputFile;
namespace fs = std::filesystem;

namespace {

// A folder of its own for each test case.
class Folder {
public:
    Folder() {
        std::string name = (fs::temp_directory_path() / "dectprov-test-XXXXXX").string();
        REQUIRE(::mkdtemp(name.data()) != nullptr);
        path_ = name;
    }
    ~Folder() { fs::remove_all(path_); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    std::string operator/(const std::string& name) const { return (path_ / name).string(); }
    std::string text() const { return path_.string(); }

private:
    fs::path path_;
};

std::string bytes_of(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void put(const std::string& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary) << bytes;
}

unsigned mode_of(const std::string& path) {
    struct stat status {};
    REQUIRE(::stat(path.c_str(), &status) == 0);
    return status.st_mode & 07777U;
}

std::vector<std::string> names_in(const std::string& folder) {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder))
        names.push_back(entry.path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
}

std::vector<FileChange> write(const std::string& folder, const std::vector<OutputFile>& files) {
    FileSet set(folder, FileSet::Mode::write);
    auto changes = set.add(0, set.prepare(files));
    set.publish();
    return changes;
}

}  // namespace

TEST_CASE("a folder that is not there, or empty, has nothing to compare with") {
    const Folder folder;
    CHECK(FileSet(folder / "none", FileSet::Mode::plan).fresh());
    CHECK(FileSet(folder / "none", FileSet::Mode::write).fresh());
    CHECK(FileSet(folder.text(), FileSet::Mode::write).fresh());
    std::ofstream(folder / ".dectprov-staged-1-1") << "left by a killed run";
    CHECK_FALSE(FileSet(folder.text(), FileSet::Mode::plan).fresh());
    CHECK(FileSet(folder.text(), FileSet::Mode::write).fresh());
    {
        FileSet set(folder.text(), FileSet::Mode::write);
        set.add(0, set.prepare({{.path = "a", .bytes = "1"}}));
        set.publish();
    }
    FileSet again(folder.text(), FileSet::Mode::write);
    CHECK_FALSE(again.fresh());
    CHECK(again.prepare({{.path = "a", .bytes = "1"}}).changes.front().outcome == Outcome::unchanged);
}

TEST_CASE("files are written, in folders that were not there") {
    const Folder folder;
    const std::string out = folder / "a/b";
    const auto changes = write(out, {{.path = "x.xml", .bytes = "x"}, {.path = "north/y.xml", .bytes = "y"}});
    REQUIRE(changes.size() == 2);
    CHECK(changes[0].outcome == Outcome::created);
    CHECK(bytes_of(out + "/x.xml") == "x");
    CHECK(bytes_of(out + "/north/y.xml") == "y");
    CHECK(names_in(out) == std::vector<std::string>{"north", "x.xml"});
}

TEST_CASE("a file with credentials has mode 0640 whatever the umask, the others obey it") {
    const Folder folder;
    for (const mode_t mask : {0000U, 0022U, 0077U}) {
        const mode_t before = ::umask(mask);
        write(folder / std::to_string(mask),
              {{.path = "s", .bytes = "1", .secret = true}, {.path = "o", .bytes = "1"}});
        ::umask(before);
        CHECK(mode_of(folder / (std::to_string(mask) + "/s")) == 0640U);
        CHECK(mode_of(folder / (std::to_string(mask) + "/o")) == (0644U & ~mask));
    }
}

TEST_CASE("a file whose bytes would not change is not touched") {
    const Folder folder;
    write(folder.text(), {{.path = "same", .bytes = "1"}, {.path = "other", .bytes = "1"}});
    struct stat before {};
    REQUIRE(::stat((folder / "same").c_str(), &before) == 0);
    const auto changes =
        write(folder.text(), {{.path = "same", .bytes = "1"}, {.path = "other", .bytes = "2"}});
    struct stat after {};
    REQUIRE(::stat((folder / "same").c_str(), &after) == 0);
    CHECK(before.st_ino == after.st_ino);
    CHECK(before.st_mtim.tv_nsec == after.st_mtim.tv_nsec);
    CHECK(changes[0].outcome == Outcome::unchanged);
    CHECK(changes[1].outcome == Outcome::changed);
    CHECK(bytes_of(folder / "other") == "2");
}

TEST_CASE("planning says what would change and writes nothing") {
    const Folder folder;
    put(folder / "old", "1");
    FileSet set(folder.text(), FileSet::Mode::plan);
    const auto changes =
        set.add(0, set.prepare({{.path = "old", .bytes = "2"}, {.path = "new/x", .bytes = "1"}}, {"old2"}));
    set.publish();
    REQUIRE(changes.size() == 3);
    CHECK(changes[0].outcome == Outcome::changed);
    CHECK(changes[1].outcome == Outcome::created);
    CHECK(changes[2].outcome == Outcome::removed);
    CHECK(names_in(folder.text()) == std::vector<std::string>{"old"});
    CHECK(bytes_of(folder / "old") == "1");
}

TEST_CASE("without publishing everything is as it was, staged files included") {
    const Folder folder;
    put(folder / "old", "1");
    {
        FileSet set(folder.text(), FileSet::Mode::write);
        set.add(0, set.prepare({{.path = "old", .bytes = "2"}, {.path = "sub/new", .bytes = "1"}}, {}));
        CHECK(names_in(folder.text()).size() == 3);
    }
    CHECK(names_in(folder.text()) == std::vector<std::string>{"old"});
    CHECK(bytes_of(folder / "old") == "1");
}

TEST_CASE("a discarded unit is not written, the others are") {
    const Folder folder;
    FileSet set(folder.text(), FileSet::Mode::write);
    set.add(0, set.prepare({{.path = "a", .bytes = "1"}}));
    set.add(1, set.prepare({{.path = "b", .bytes = "1"}}));
    set.discard(0);
    set.publish();
    CHECK(names_in(folder.text()) == std::vector<std::string>{"b"});
}

TEST_CASE("an output folder that is a file is refused and left alone") {
    const Folder folder;
    put(folder / "file", "mine");
    CHECK_THROWS_AS(FileSet(folder / "file", FileSet::Mode::write), Failure);
    CHECK_THROWS_AS(FileSet(folder / "file", FileSet::Mode::plan), Failure);
    CHECK(bytes_of(folder / "file") == "mine");
}

TEST_CASE("paths that lead out of the folder by their text are refused") {
    const Folder folder;
    for (const char* path : {"../x", "/x", "a/../../x", "a//x", "", ".", "a/."}) {
        CAPTURE(path);
        CHECK_THROWS_AS(write(folder / "out", {{.path = path, .bytes = "1"}}), Failure);
    }
    CHECK(names_in(folder.text()).empty());
}

TEST_CASE("links are neither followed nor replaced") {
    const Folder folder;
    fs::create_directories(folder / "out");
    fs::create_directories(folder / "elsewhere");
    put(folder / "outside", "mine");
    fs::create_symlink(folder / "elsewhere", folder / "out/north");
    fs::create_symlink(folder / "outside", folder / "out/users.xml");
    CHECK_THROWS_AS(write(folder / "out", {{.path = "north/x", .bytes = "1"}}), Failure);
    CHECK_THROWS_AS(write(folder / "out", {{.path = "users.xml", .bytes = "1"}}), Failure);
    CHECK(names_in(folder / "elsewhere").empty());
    CHECK(bytes_of(folder / "outside") == "mine");
    CHECK(fs::is_symlink(folder / "out/users.xml"));
}

TEST_CASE("what a killed run left staged is removed by the next run, and nothing else") {
    const Folder folder;
    const pid_t child = ::fork();
    if (child == 0) {
        FileSet set(folder.text(), FileSet::Mode::write);
        set.add(0, set.prepare({{.path = "a", .bytes = "1"}, {.path = "sub/b", .bytes = "1"}}));
        ::raise(SIGKILL);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    put(folder / ".hidden", "mine");
    REQUIRE(names_in(folder.text()).size() == 3);
    write(folder.text(), {{.path = "c", .bytes = "1"}});
    CHECK(names_in(folder.text()) == std::vector<std::string>{".hidden", "c", "sub"});
    CHECK(names_in(folder / "sub").empty());
}

TEST_CASE("two runs in one folder leave each other's staged files alone") {
    const Folder folder;
    FileSet first(folder.text(), FileSet::Mode::write);
    first.add(0, first.prepare({{.path = "a", .bytes = "1"}}));
    write(folder.text(), {{.path = "b", .bytes = "1"}});
    first.publish();
    CHECK(names_in(folder.text()) == std::vector<std::string>{"a", "b"});
}

TEST_CASE("when there is no room, nothing is changed and nothing stays behind") {
    const Folder folder;
    put(folder / "a", "old");
    const pid_t child = ::fork();
    if (child == 0) {
        // A limit on the size of files stands in for a full disk.
        ::signal(SIGXFSZ, SIG_IGN);
        const rlimit limit{.rlim_cur = 1000, .rlim_max = 1000};
        ::setrlimit(RLIMIT_FSIZE, &limit);
        int result = 1;
        try {
            write(folder.text(),
                  {{.path = "a", .bytes = "new"}, {.path = "b", .bytes = std::string(5000, 'x')}});
        } catch (const Failure&) {
            result = 0;
        }
        ::_exit(result);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    CHECK(WEXITSTATUS(status) == 0);
    CHECK(names_in(folder.text()) == std::vector<std::string>{"a"});
    CHECK(bytes_of(folder / "a") == "old");
}

TEST_CASE("a signal handler can remove what is staged, whatever the other threads do") {
    const Folder folder;
    for (int round = 0; round < 5; ++round) {
        const pid_t child = ::fork();
        if (child == 0) {
            ::signal(SIGINT, [](int) {
                dectprov::remove_staged();
                ::_exit(130);
            });
            FileSet set(folder.text(), FileSet::Mode::write);
            auto work = [&set](std::size_t from) {
                for (std::size_t i = from;; i += 2) {
                    set.add(i,
                            set.prepare({{.path = "f" + std::to_string(i), .bytes = "1", .secret = true}}));
                }
            };
            std::thread other(work, 1);
            work(0);
        }
        ::usleep(20000);
        ::kill(child, SIGINT);
        int status = 0;
        REQUIRE(::waitpid(child, &status, 0) == child);
        CHECK(WEXITSTATUS(status) == 130);
        CHECK(names_in(folder.text()).empty());
    }
}

TEST_CASE("a reader never sees a list before the groups that it names") {
    const Folder folder;
    std::atomic<bool> done = false;
    std::atomic<int> wrong = 0;
    std::thread reader([&] {
        while (!done) {
            const std::string list = bytes_of(folder / "list.ver");
            const std::string group = bytes_of(folder / "group.xml");
            // The group is read after the list, so it is at least as new.
            if (!list.empty() && (group.empty() || std::stoi(group) < std::stoi(list))) ++wrong;
        }
    });
    for (int version = 1; version < 200; ++version) {
        const std::string text = std::to_string(version);
        write(folder.text(), {{.path = "group.xml", .bytes = text}, {.path = "list.ver", .bytes = text}});
    }
    done = true;
    reader.join();
    CHECK(wrong == 0);
}

TEST_CASE("removals come after the files, and only the server's own files are offered") {
    const Folder folder;
    for (const char* name :
         {"0013d1800032-handset_config_group_100.xml", "0013d1800032-handset_config_list.ver",
          "0013d1800033-config.xml", "notes.txt", "0013d1800032-config.xml.orig"}) {
        put(folder / name, "1");
    }
    FileSet set(folder.text(), FileSet::Mode::write);
    const auto names = set.files_of("0013d1800032", "");
    CHECK(names == std::vector<std::string>{"0013d1800032-handset_config_group_100.xml",
                                            "0013d1800032-handset_config_list.ver"});
    set.add(0, set.prepare({}, names));
    CHECK(names_in(folder.text()).size() == 5);
    set.publish();
    CHECK(names_in(folder.text()) ==
          std::vector<std::string>{"0013d1800032-config.xml.orig", "0013d1800033-config.xml", "notes.txt"});
}

TEST_CASE("one file is written whole, over another only where that is wanted") {
    const Folder folder;
    dectprov::write_whole(folder / "a", "1", false);
    CHECK_THROWS_AS(dectprov::write_whole(folder / "a", "2", false), Failure);
    CHECK(bytes_of(folder / "a") == "1");
    dectprov::write_whole(folder / "a", "2", true);
    CHECK(bytes_of(folder / "a") == "2");
    fs::create_symlink(folder / "a", folder / "link");
    dectprov::write_whole(folder / "link", "3", true);
    CHECK(bytes_of(folder / "a") == "3");
    CHECK(names_in(folder.text()) == std::vector<std::string>{"a", "link"});
    CHECK_THROWS_AS(dectprov::write_whole(folder / "nowhere/a", "1", true), Failure);
}
