// SPDX-License-Identifier: MIT
#include "output/file_set.hpp"
#include "output/write_file.hpp"

#include <doctest/doctest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <future>
#include <iterator>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "source/failure.hpp"
#include "workbench.hpp"

using dectprov::Failure;
using dectprov::FileChange;
using dectprov::FileSet;
using dectprov::FileStatus;
using dectprov::FolderLock;
using dectprov::OutputFile;
using workbench::files_below;
using workbench::mode_of;
using Folder = workbench::TemporaryFolder;
namespace fs = std::filesystem;

namespace {

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
    CHECK(FileSet(folder.path(), FileSet::Mode::write).fresh());
    std::ofstream(folder / ".dectprov-staged-1-1") << "left by a killed run";
    CHECK_FALSE(FileSet(folder.path(), FileSet::Mode::plan).fresh());
    CHECK(FileSet(folder.path(), FileSet::Mode::write).fresh());
    {
        FileSet set(folder.path(), FileSet::Mode::write);
        set.add(0, set.prepare({{.path = "a", .bytes = "1"}}));
        set.publish();
    }
    FileSet again(folder.path(), FileSet::Mode::write);
    CHECK_FALSE(again.fresh());
    CHECK(again.prepare({{.path = "a", .bytes = "1"}}).changes.front().status == FileStatus::unchanged);
}

TEST_CASE("files are written, in folders that were not there") {
    const Folder folder;
    const std::string out = folder / "a/b";
    const auto changes = write(out, {{.path = "x.xml", .bytes = "x"}, {.path = "north/y.xml", .bytes = "y"}});
    REQUIRE(changes.size() == 2);
    CHECK(changes[0].status == FileStatus::created);
    CHECK(workbench::read(out + "/x.xml") == "x");
    CHECK(workbench::read(out + "/north/y.xml") == "y");
    CHECK(files_below(out) == std::vector<std::string>{"north/y.xml", "x.xml"});
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
    write(folder.path(), {{.path = "same", .bytes = "1"}, {.path = "other", .bytes = "1"}});
    struct stat before {};
    REQUIRE(::stat((folder / "same").c_str(), &before) == 0);
    const auto changes =
        write(folder.path(), {{.path = "same", .bytes = "1"}, {.path = "other", .bytes = "2"}});
    struct stat after {};
    REQUIRE(::stat((folder / "same").c_str(), &after) == 0);
    CHECK(before.st_ino == after.st_ino);
    CHECK(before.st_mtim.tv_nsec == after.st_mtim.tv_nsec);
    CHECK(changes[0].status == FileStatus::unchanged);
    CHECK(changes[1].status == FileStatus::changed);
    CHECK(workbench::read(folder / "other") == "2");
}

TEST_CASE("planning says what would change and writes nothing") {
    const Folder folder;
    workbench::write(folder / "old", "1");
    FileSet set(folder.path(), FileSet::Mode::plan);
    const auto changes =
        set.add(0, set.prepare({{.path = "old", .bytes = "2"}, {.path = "new/x", .bytes = "1"}}, {"old2"}));
    set.publish();
    REQUIRE(changes.size() == 3);
    CHECK(changes[0].status == FileStatus::changed);
    CHECK(changes[1].status == FileStatus::created);
    CHECK(changes[2].status == FileStatus::removed);
    CHECK(files_below(folder.path()) == std::vector<std::string>{"old"});
    CHECK(workbench::read(folder / "old") == "1");
}

TEST_CASE("without publishing everything is as it was, staged files included") {
    const Folder folder;
    workbench::write(folder / "old", "1");
    {
        FileSet set(folder.path(), FileSet::Mode::write);
        set.add(0, set.prepare({{.path = "old", .bytes = "2"}, {.path = "sub/new", .bytes = "1"}}, {}));
        CHECK(files_below(folder.path()).size() == 3);
    }
    CHECK(files_below(folder.path()) == std::vector<std::string>{"old"});
    CHECK(workbench::read(folder / "old") == "1");
}

TEST_CASE("a discarded unit is not written, the others are") {
    const Folder folder;
    FileSet set(folder.path(), FileSet::Mode::write);
    set.add(0, set.prepare({{.path = "a", .bytes = "1"}}));
    set.add(1, set.prepare({{.path = "b", .bytes = "1"}}));
    set.discard(0);
    set.publish();
    CHECK(files_below(folder.path()) == std::vector<std::string>{"b"});
}

TEST_CASE("an output folder that is a file is refused and left alone") {
    const Folder folder;
    workbench::write(folder / "file", "mine");
    CHECK_THROWS_AS(FileSet(folder / "file", FileSet::Mode::write), Failure);
    CHECK_THROWS_AS(FileSet(folder / "file", FileSet::Mode::plan), Failure);
    CHECK(workbench::read(folder / "file") == "mine");
}

TEST_CASE("paths that lead out of the folder by their text are refused") {
    const Folder folder;
    for (const char* path : {"../x", "/x", "a/../../x", "a//x", "", ".", "a/."}) {
        CAPTURE(path);
        CHECK_THROWS_AS(write(folder / "out", {{.path = path, .bytes = "1"}}), Failure);
    }
    CHECK(files_below(folder.path()).empty());
}

TEST_CASE("links are neither followed nor replaced") {
    const Folder folder;
    fs::create_directories(folder / "out");
    fs::create_directories(folder / "elsewhere");
    workbench::write(folder / "outside", "mine");
    fs::create_symlink(folder / "elsewhere", folder / "out/north");
    fs::create_symlink(folder / "outside", folder / "out/users.xml");
    CHECK_THROWS_AS(write(folder / "out", {{.path = "north/x", .bytes = "1"}}), Failure);
    CHECK_THROWS_AS(write(folder / "out", {{.path = "users.xml", .bytes = "1"}}), Failure);
    CHECK(files_below(folder / "elsewhere").empty());
    CHECK(workbench::read(folder / "outside") == "mine");
    CHECK(fs::is_symlink(folder / "out/users.xml"));
}

TEST_CASE("what a killed run left staged is removed by the next run, and nothing else") {
    const Folder folder;
    const pid_t child = ::fork();
    if (child == 0) {
        FileSet set(folder.path(), FileSet::Mode::write);
        set.add(0, set.prepare({{.path = "a", .bytes = "1"}, {.path = "sub/b", .bytes = "1"}}));
        ::raise(SIGKILL);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    workbench::write(folder / ".hidden", "mine");
    REQUIRE(files_below(folder.path()).size() == 3);
    write(folder.path(), {{.path = "c", .bytes = "1"}});
    CHECK(files_below(folder.path()) == std::vector<std::string>{".hidden", "c"});
    CHECK(fs::is_empty(folder / "sub"));
}

TEST_CASE("two runs that write parts of a folder leave each other's staged files alone") {
    const Folder folder;
    FileSet first(folder.path(), FileSet::Mode::write, FolderLock::With::parts);
    first.add(0, first.prepare({{.path = "a", .bytes = "1"}}));
    {
        FileSet second(folder.path(), FileSet::Mode::write, FolderLock::With::parts);
        second.add(0, second.prepare({{.path = "b", .bytes = "1"}}));
        second.publish();
    }
    first.publish();
    CHECK(files_below(folder.path()) == std::vector<std::string>{"a", "b"});
}

TEST_CASE("a run waits for another one in its folder, says so, and sees what that one wrote") {
    const Folder folder;
    workbench::write(folder / "a", "1");
    std::promise<std::string> waits;
    std::vector<FileChange> changes;
    std::thread other;
    {
        FileSet first(folder.path(), FileSet::Mode::write);
        first.add(0, first.prepare({{.path = "a", .bytes = "2"}, {.path = "b", .bytes = "2"}}));
        other = std::thread([&] {
            FileSet second(folder.path(), FileSet::Mode::write, FolderLock::With::nobody,
                           [&](std::string_view waited_for) { waits.set_value(std::string(waited_for)); });
            changes =
                second.add(0, second.prepare({{.path = "a", .bytes = "2"}, {.path = "b", .bytes = "3"}}));
            second.publish();
        });
        CHECK(waits.get_future().get() == folder.path());
        first.publish();
    }
    other.join();
    REQUIRE(changes.size() == 2);
    CHECK(changes[0].status == FileStatus::unchanged);
    CHECK(changes[1].status == FileStatus::changed);
    CHECK(workbench::read(folder / "b") == "3");
    CHECK(files_below(folder.path()) == std::vector<std::string>{"a", "b"});
}

TEST_CASE("a run that found no folder does not write over what another one has put there meanwhile") {
    const Folder folder;
    FileSet late(folder / "out", FileSet::Mode::write);
    CHECK(late.fresh());
    write(folder / "out", {{.path = "a", .bytes = "1"}});
    CHECK_THROWS_WITH_AS(late.prepare({{.path = "a", .bytes = "2"}}),
                         doctest::Contains("another run has made it in the meantime"), Failure);
    CHECK(workbench::read(folder / "out/a") == "1");
}

TEST_CASE("a folder that another run took away again while this one waited for it is made again") {
    const Folder folder;
    std::promise<void> waits;
    std::thread other;
    {
        FileSet first(folder / "out", FileSet::Mode::write);
        const auto staged = first.prepare({{.path = "a", .bytes = "1"}});
        other = std::thread([&] {
            FileSet second(folder / "out", FileSet::Mode::write, FolderLock::With::nobody,
                           [&](std::string_view) { waits.set_value(); });
            second.add(0, second.prepare({{.path = "b", .bytes = "1"}}));
            second.publish();
        });
        waits.get_future().wait();
    }
    other.join();
    CHECK(files_below(folder.path()) == std::vector<std::string>{"out/b"});
}

TEST_CASE("a file is not written over that is no longer what was read") {
    const Folder folder;
    workbench::write(folder / "a", "1");
    CHECK_THROWS_WITH_AS(dectprov::write_over(folder / "a", "0", "2"),
                         doctest::Contains("it changed since it was read"), Failure);
    CHECK_THROWS_WITH_AS(dectprov::write_over(folder / "gone", "0", "2"),
                         doctest::Contains("it changed since it was read"), Failure);
    CHECK(files_below(folder.path()) == std::vector<std::string>{"a"});
    CHECK(workbench::read(folder / "a") == "1");
    fs::permissions(folder / "a", fs::perms(0600));
    dectprov::write_over(folder / "a", "1", "2");
    CHECK(workbench::read(folder / "a") == "2");
    CHECK(mode_of(folder / "a") == 0600U);
}

TEST_CASE("when there is no room, nothing is changed and nothing stays behind") {
    const Folder folder;
    workbench::write(folder / "a", "old");
    const pid_t child = ::fork();
    if (child == 0) {
        // A limit on the size of files stands in for a full disk.
        ::signal(SIGXFSZ, SIG_IGN);
        const rlimit limit{.rlim_cur = 1000, .rlim_max = 1000};
        ::setrlimit(RLIMIT_FSIZE, &limit);
        int result = 1;
        try {
            write(folder.path(),
                  {{.path = "a", .bytes = "new"}, {.path = "b", .bytes = std::string(5000, 'x')}});
        } catch (const Failure&) {
            result = 0;
        }
        ::_exit(result);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    CHECK(WEXITSTATUS(status) == 0);
    CHECK(files_below(folder.path()) == std::vector<std::string>{"a"});
    CHECK(workbench::read(folder / "a") == "old");
}

TEST_CASE("files of any name are published in their order, and none where one cannot be") {
    const Folder folder;
    const std::vector<std::string> names{"0013d1800032-config.xml",
                                         "0013D1800033-config.xml",
                                         "clinic/0013d1800032-users.xml",
                                         "0013d1800032",
                                         "kws.ver",
                                         "89fed27f-7c47-43f5-8347-cb854cedc538-config.xml",
                                         "z"};
    std::vector<OutputFile> files;
    for (const std::string& name : names) files.push_back({.path = name, .bytes = name});
    // More endings than have a number.
    for (int i = 0; i < 600; ++i)
        files.push_back({.path = "0013d1800032-" + std::to_string(i), .bytes = std::to_string(i)});
    CHECK(write(folder.path(), files).size() == files.size());
    CHECK(files_below(folder.path()).size() == files.size());
    for (const OutputFile& file : files) CHECK(workbench::read(folder / file.path) == file.bytes);

    const Folder other;
    const std::string longest(300, 'x');
    CHECK_THROWS_AS(write(other.path(), {{.path = "a", .bytes = "1"},
                                         {.path = longest, .bytes = "2"},
                                         {.path = "0013d1800032-config.xml", .bytes = "3"}}),
                    Failure);
    CHECK(files_below(other.path()).empty());
    CHECK_THROWS_AS(write(other / "new", {{.path = std::string(70'000, 'x'), .bytes = "2"}}), Failure);
    CHECK(files_below(other.path()).empty());
    // A file of the run makes a folder of what another one of it is to be.
    CHECK_THROWS_AS(
        write(other.path(),
              {{.path = "a", .bytes = "1"}, {.path = "b", .bytes = "2"}, {.path = "b/c", .bytes = "3"}}),
        Failure);
    CHECK(files_below(other.path()).empty());
}

TEST_CASE("a signal handler can remove what is staged, whatever the other threads do") {
    const Folder folder;
    for (std::size_t round = 0; round < 5; ++round) {
        // The child says when it has staged so many files; a pipe that closes early says that it died.
        std::array<int, 2> pipe{};
        REQUIRE(::pipe(pipe.data()) == 0);
        const pid_t child = ::fork();
        if (child == 0) {
            ::signal(SIGINT, [](int) {
                dectprov::remove_staged();
                ::_exit(130);
            });
            FileSet set(folder.path(), FileSet::Mode::write);
            auto work = [&](std::size_t from) {
                for (std::size_t i = from;; i += 2) {
                    set.add(i,
                            set.prepare({{.path = "f" + std::to_string(i), .bytes = "1", .secret = true},
                                         {.path = "below/0013d1800032-" + std::to_string(i), .bytes = "1"}}));
                    if (i == round * 50 && ::write(pipe[1], "+", 1) != 1) ::_exit(1);
                }
            };
            std::thread other(work, 1);
            work(0);
        }
        ::close(pipe[1]);
        char staged = 0;
        CHECK(::read(pipe[0], &staged, 1) == 1);
        ::close(pipe[0]);
        ::kill(child, SIGINT);
        int status = 0;
        REQUIRE(::waitpid(child, &status, 0) == child);
        CHECK(WEXITSTATUS(status) == 130);
        CHECK(files_below(folder.path()).empty());
    }
}

TEST_CASE("a reader never sees a list before the groups that it names") {
    const Folder folder;
    std::atomic<bool> done = false;
    std::atomic<int> wrong = 0;
    std::thread reader([&] {
        while (!done) {
            const std::string list =
                fs::exists(folder / "list.ver") ? workbench::read(folder / "list.ver") : "";
            const std::string group =
                fs::exists(folder / "group.xml") ? workbench::read(folder / "group.xml") : "";
            // The group is read after the list, so it is at least as new.
            if (!list.empty() && (group.empty() || std::stoi(group) < std::stoi(list))) ++wrong;
        }
    });
    for (int version = 1; version < 200; ++version) {
        const std::string text = std::to_string(version);
        write(folder.path(), {{.path = "group.xml", .bytes = text}, {.path = "list.ver", .bytes = text}});
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
        workbench::write(folder / name, "1");
    }
    FileSet set(folder.path(), FileSet::Mode::write);
    const auto names = set.files_of("0013d1800032", "");
    CHECK(names == std::vector<std::string>{"0013d1800032-handset_config_group_100.xml",
                                            "0013d1800032-handset_config_list.ver"});
    set.add(0, set.prepare({}, names));
    CHECK(files_below(folder.path()).size() == 5);
    set.publish();
    CHECK(files_below(folder.path()) ==
          std::vector<std::string>{"0013d1800032-config.xml.orig", "0013d1800033-config.xml", "notes.txt"});
}

TEST_CASE("one file is written whole, over another only where that is wanted") {
    const Folder folder;
    dectprov::write_whole(folder / "a", "1", false);
    CHECK_THROWS_AS(dectprov::write_whole(folder / "a", "2", false), Failure);
    CHECK(workbench::read(folder / "a") == "1");
    dectprov::write_whole(folder / "a", "2", true);
    CHECK(workbench::read(folder / "a") == "2");
    fs::create_symlink(folder / "a", folder / "link");
    dectprov::write_whole(folder / "link", "3", true);
    CHECK(workbench::read(folder / "a") == "3");
    CHECK(files_below(folder.path()) == std::vector<std::string>{"a", "link"});
    CHECK_THROWS_AS(dectprov::write_whole(folder / "nowhere/a", "1", true), Failure);
}

TEST_CASE("a file that is written alone takes away what a killed run left beside it") {
    const Folder folder;
    workbench::write(folder / "out/.dectprov-staged-1-0000000000000001", "half");
    dectprov::write_whole(folder / "out/report.json", "whole", true);
    CHECK_FALSE(std::filesystem::exists(folder / "out/.dectprov-staged-1-0000000000000001"));
    workbench::write(folder / "out/.dectprov-staged-1-0000000000000002", "half");
    dectprov::write_private(folder / "out/secret.env", "whole", true);
    CHECK_FALSE(std::filesystem::exists(folder / "out/.dectprov-staged-1-0000000000000002"));
}
