// SPDX-License-Identifier: MIT
// What is not to be discarded is, where only the throwing counts.
#define DOCTEST_CONFIG_VOID_CAST_EXPRESSIONS
#include <doctest/doctest.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "source/failure.hpp"
#include "source/files.hpp"
#include "workbench.hpp"

using namespace dectprov;

namespace {

class TemporaryFolder : public workbench::TemporaryFolder {
public:
    void write(const std::string& name, const std::string& bytes) const {
        workbench::write(*this / name, bytes);
    }
};

std::string names(const std::vector<Files::Entry>& entries) {
    std::string result;
    for (const Files::Entry& entry : entries) {
        result += entry.name;
        switch (entry.type) {
            case Files::Type::none:
                result += "? ";
                break;
            case Files::Type::file:
                result += ' ';
                break;
            case Files::Type::folder:
                result += "/ ";
                break;
            case Files::Type::other:
                result += "! ";
                break;
        }
    }
    return result;
}

}  // namespace

TEST_CASE("a file is read byte for byte") {
    const TemporaryFolder folder;
    const std::string bytes = std::string("a\0b\r\n\xFF", 6) + std::string(100'000, 'x');
    folder.write("f", bytes);
    folder.write("empty", "");
    const Files files;
    CHECK(files.read(folder / "f") == bytes);
    CHECK(files.read(folder / "empty").empty());
}

TEST_CASE("a file that the kernel makes up is no input, wherever a link to it stands") {
    if (!std::filesystem::exists("/proc/self/environ")) return;
    const TemporaryFolder folder;
    std::filesystem::create_symlink("/proc/self/environ", folder / "0013d1800032-users.xml");
    for (const std::string& path : {std::string("/proc/self/environ"), folder / "0013d1800032-users.xml"}) {
        CHECK_THROWS_WITH_AS(
            Files().read(path),
            ("cannot read " + path + ": it is not a real file, but made by the system").c_str(), Failure);
        CHECK_THROWS_AS(Files().read_if_there(path), Failure);
    }
}

TEST_CASE("what cannot be read is a failure that names it and the reason") {
    const TemporaryFolder folder;
    const Files files;
    CHECK_THROWS_WITH_AS(files.read(folder / "absent"),
                         ("cannot read " + (folder / "absent") + ": No such file or directory").c_str(),
                         Failure);
    CHECK_THROWS_WITH_AS(files.read(folder.path()),
                         ("cannot read " + folder.path() + ": Is a directory").c_str(), Failure);
    CHECK_THROWS_AS(files.read("/dev/null"), Failure);
    CHECK_THROWS_AS(files.list(folder / "absent"), Failure);
}

TEST_CASE("a file is compared without being read whole") {
    const TemporaryFolder folder;
    const std::string long_text(200'000, 'x');
    folder.write("long", long_text);
    folder.write("empty", "");
    Files memory = Files::memory();
    memory.lay_over("long", long_text);
    const auto compare = [&](const Files& files, const std::string& path) {
        CHECK(files.holds(path, long_text) == true);
        CHECK(files.holds(path, long_text + "x") == false);
        CHECK(files.holds(path, long_text.substr(1)) == false);
        CHECK(files.holds(path, long_text.substr(1) + "y") == false);
        CHECK(files.holds(path, "") == false);
        CHECK_FALSE(files.holds(path + "er", "").has_value());
    };
    compare(Files(), folder / "long");
    compare(memory, "long");
    CHECK(Files().holds(folder / "empty", "") == true);
    CHECK_FALSE(Files().holds(folder.path(), "").has_value());
    CHECK_FALSE(Files().holds(folder / "long/below", "").has_value());
}

TEST_CASE("a pipe without a writer does not stop the program") {
    const TemporaryFolder folder;
    REQUIRE(mkfifo((folder / "pipe").c_str(), 0600) == 0);
    CHECK(Files().read(folder / "pipe").empty());
    CHECK(Files().type(folder / "pipe") == Files::Type::other);
}

TEST_CASE("a folder is listed in byte order, links followed") {
    const TemporaryFolder folder;
    for (const char* name : {"b", "a", "B", "ø", ".hidden", "sub/x"}) folder.write(name, "1");
    std::filesystem::create_symlink("sub", folder / "link");
    std::filesystem::create_symlink("nowhere", folder / "dangling");
    CHECK(names(Files().list(folder.path())) == ".hidden B a b dangling? link/ sub/ ø ");
}

TEST_CASE("a path has a type, and an absent one has none") {
    const TemporaryFolder folder;
    folder.write("sub/x", "1");
    const Files files;
    CHECK(files.type(folder / "sub") == Files::Type::folder);
    CHECK(files.type(folder / "sub/x") == Files::Type::file);
    CHECK(files.type(folder / "sub/y") == Files::Type::none);
    CHECK(files.type(folder / "sub/x/y") == Files::Type::none);
    CHECK(files.type("/dev/null") == Files::Type::other);
    CHECK(files.type("") == Files::Type::folder);
}

TEST_CASE("memory lies over the disk") {
    const TemporaryFolder folder;
    folder.write("a", "disk");
    folder.write("b", "disk");
    Files files;
    files.lay_over(folder / "./b", "memory");
    files.lay_over(folder / "new/c", "memory");
    CHECK(files.read(folder / "a") == "disk");
    CHECK(files.read(folder / "b") == "memory");
    CHECK(files.read(folder.path() + "//new/../new/c") == "memory");
    CHECK(names(files.list(folder.path())) == "a b new/ ");
    CHECK(names(files.list(folder / "new")) == "c ");
    CHECK(files.type(folder / "new") == Files::Type::folder);
}

TEST_CASE("memory alone reads nothing from the disk") {
    Files files = Files::memory();
    files.lay_over("site/a.xml", "1");
    files.lay_over("site/sub/b.xml", "2");
    files.lay_over("top", "3");
    CHECK(files.type("site") == Files::Type::folder);
    CHECK(files.type("sit") == Files::Type::none);
    CHECK(files.type("/") == Files::Type::none);
    CHECK(names(files.list("site")) == "a.xml sub/ ");
    CHECK(names(files.list("")) == "site/ top ");
    CHECK(names(files.list(".")) == "site/ top ");
    CHECK_THROWS_AS(files.list("top"), Failure);
    CHECK_THROWS_AS(files.read("site"), Failure);
    CHECK_THROWS_AS(files.read("/etc/passwd"), Failure);
    files.lay_over("/root/x", "4");
    CHECK(names(files.list("/")) == "root/ ");
}

TEST_CASE("paths are joined and taken apart") {
    CHECK(join("a/b", "c") == "a/b/c");
    CHECK(join("a/", "c") == "a/c");
    CHECK(join("", "c") == "c");
    CHECK(join(".", "c") == "c");
    CHECK(join("/", "c") == "/c");
    CHECK(join("a", "/c") == "/c");
    CHECK(folder_of("a/b/c") == "a/b");
    CHECK(folder_of("c").empty());
    CHECK(folder_of("/c") == "/");
    CHECK(base_name("a/b/c") == "c");
    CHECK(base_name("c") == "c");
}

TEST_CASE("a normal path has nothing that leads nowhere") {
    CHECK(normal("./a//b/../c") == "a/c");
    CHECK(normal("") == ".");
    CHECK(normal(".") == ".");
    CHECK(normal("a/..") == ".");
    CHECK(normal("../a/../..") == "../..");
    CHECK(normal("/../a/") == "/a");
    CHECK(normal("/") == "/");
}

TEST_CASE("a path is told from a folder") {
    CHECK(path_from("/a/b", "/a/b/c/d") == "c/d");
    CHECK(path_from("/a/b", "/a/bc") == "../bc");
    CHECK(path_from("/a/b/c", "/a") == "../..");
    CHECK(path_from("/", "/a/b") == "a/b");
    CHECK(path_from("/a", "/") == "..");
    CHECK(path_from("/a/b", "/a/b") == ".");
    CHECK(path_from("a", "b/c") == "../b/c");
    CHECK(path_from(".", "b/c") == "b/c");
}

TEST_CASE("where a path really is, links followed, whether it is there or not") {
    const TemporaryFolder folder;
    folder.write("a/b/file", "1");
    std::filesystem::create_directory_symlink("a/b", folder / "link");
    std::filesystem::create_symlink("nowhere", folder / "dangling");
    const Files files;
    const std::string top = files.real(folder.path());
    CHECK(files.real(folder / "link/file") == top + "/a/b/file");
    CHECK(files.real(folder / "link/not/there") == top + "/a/b/not/there");
    CHECK(files.real(folder / "a/./x/../b") == top + "/a/b");
    CHECK(files.real(folder / "dangling") == top + "/dangling");
    CHECK(files.real("/no/such/folder") == "/no/such/folder");
    CHECK(Files::memory().real("a/../b") == "/b");
}

TEST_CASE("what is laid over a path is found however the path is written") {
    const TemporaryFolder folder;
    Files files;
    files.lay_over("somewhere/file", "1");
    const std::string here = files.working_folder();
    CHECK(files.read(here + "/somewhere/file") == "1");
    CHECK(files.type(here + "/somewhere") == Files::Type::folder);
    CHECK(names(files.list(here + "/somewhere")) == "file ");
    files.lay_over(here + "/other/file", "2");
    CHECK(files.read("other/./file") == "2");
}
