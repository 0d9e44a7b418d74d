// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lint_texts.hpp"
#include "valid_report.hpp"
#include "workbench.hpp"

// What must hold of every run of the program, whatever lies in the folder that it is run over. What does not
// hold ends the process with the command and what it said, as a fuzzer wants it.
namespace program_properties {

using valid_report::Json;

// The program over a tree in a folder of its own, in process. The current folder stays what it is, which a
// fuzzer's files are relative to.
class Program {
public:
    // It counts as a repository, so that no .dectprov.yaml from outside is found.
    Program() { std::filesystem::create_directory(folder_ / ".git"); }

    // Puts the files there, in place of what was there. Names that a file system does not take are left out.
    void lay_out(const lint_texts::NamedTexts& files) {
        for (const std::string& folder : {tree_, made_}) std::filesystem::remove_all(folder);
        std::filesystem::create_directory(tree_);
        for (const auto& [name, text] : files) {
            try {
                workbench::write(tree_ + "/" + name, text);
            } catch (const std::exception&) {
                continue;  // a file and a folder of one name
            }
        }
    }

    // Reports are valid, findings lie in their files, and the number of threads does not show.
    void lint() {
        const workbench::CommandResult json =
            same_with_threads({"lint", "--verbose", "--format", "json", tree_});
        expect_valid("json", json);
        expect(json.out.empty() || valid_report::misplaced(Json::parse(json.out)).empty(),
               "a place outside of its file");
        same_with_threads({"lint", "--verbose", "--statistics", tree_});
        for (const char* format : {"sarif", "gitlab", "junit"})
            expect_valid(format, run({"lint", "--format", format, tree_}));
        for (const char* format : {"compact", "github", "markdown", "html"})
            expect(run({"lint", "--format", format, tree_}).status == json.status, "another status");
    }

    // Nothing changes between a tree and itself.
    void compare() {
        const workbench::CommandResult result = same_with_threads({"diff", "--format", "json", tree_, tree_});
        if (result.status == 2) return;
        expect_valid("changes", result);
        const Json report = Json::parse(result.out);
        for (const Json& change : report.at("changes"))
            expect(is_not_compared(change), "a tree differs from itself");
    }

    // What is imported is rendered as it was, and what is rendered is so already.
    void import_and_render(const std::vector<std::string>& how) {
        std::vector<std::string> import{"import", tree_, "-o", made_ + "/"};
        import.insert(import.end(), how.begin(), how.end());
        if (run(import).status != 0) return;
        const std::vector<std::string> secrets = env_files();
        if (!renders(made_, secrets)) expect(false, "what was imported does not render");
        const workbench::CommandResult result = run({"diff", "--format", "json", tree_, out_});
        expect(result.status != 2, "what was imported and rendered cannot be compared");
        expect_valid("changes", result);
        const Json report = Json::parse(result.out);
        for (const Json& change : report.at("changes"))
            expect(is_left_behind(change) || is_not_compared(change),
                   "what was imported is rendered otherwise");
    }

    // What a description yields is what it would yield again, and has no errors.
    void render() {
        if (!renders(tree_, {})) return;
        const workbench::CommandResult result = run({"lint", "-q", out_});
        expect(result.status != 1 || result.out.find(": error: ") == std::string::npos,
               "what was rendered has errors");
    }

    // What is mended needs no mending. Changes the tree.
    void mend() {
        if (run({"lint", "--fix", tree_}).status == 2) return;
        expect(run({"lint", "-q", "--fix", "--diff", tree_}).out.empty(),
               "what was mended would be mended again");
    }

    void all() {
        lint();
        compare();
        import_and_render({});
        render();
        mend();
    }

    // All that was printed since this was asked last.
    std::string shown() { return std::exchange(shown_, {}); }

    [[noreturn]] void fail(std::string_view what) const {
        std::cerr << "broken: " << what << "\n$ dectprov";
        for (const std::string& arg : last_) std::cerr << ' ' << arg;
        std::cerr << '\n' << printed_ << told_ << std::flush;
        std::abort();
    }

private:
    void expect(bool holds, std::string_view what) const {
        if (!holds) fail(what);
    }

    // Where nothing can be read there is none.
    void expect_valid(std::string_view kind, const workbench::CommandResult& result) const {
        if (result.out.empty() && result.status == 2) return;
        const std::string problem = schemas_.problem(kind, result.out);
        if (!problem.empty()) fail(std::string(kind) + ": " + problem);
    }

    workbench::CommandResult run(std::vector<std::string> args) {
        last_ = std::move(args);
        workbench::CommandResult result = workbench::run(last_);
        printed_ = result.out;
        told_ = result.err;
        expect(result.status >= 0 && result.status <= 2, "no status of the contract");
        expect(valid_report::is_harmless(printed_) && valid_report::is_harmless(told_),
               "a byte that steers a terminal");
        shown_ += printed_;
        shown_ += told_;
        return result;
    }

    workbench::CommandResult same_with_threads(std::vector<std::string> args) {
        args.insert(args.end(), {"-j", "1"});
        const workbench::CommandResult alone = run(args);
        args.back() = "3";
        const workbench::CommandResult beside = run(args);
        expect(alone.status == beside.status && alone.out == beside.out && alone.err == beside.err,
               "it depends on -j");
        return beside;
    }

    // Renders, and looks whether it would do so again.
    bool renders(const std::string& from, const std::vector<std::string>& more) {
        std::filesystem::remove_all(out_);
        std::vector<std::string> args{"render", from, "-o", out_};
        args.insert(args.end(), more.begin(), more.end());
        if (run(args).status != 0) return false;
        args.insert(args.end(), {"--check", "--prune"});
        expect(run(args).status == 0, "what was just rendered would change");
        return true;
    }

    [[nodiscard]] std::vector<std::string> env_files() const {
        std::vector<std::string> options;
        for (const std::string& name : workbench::files_below(made_)) {
            if (name.ends_with(".env")) options.insert(options.end(), {"--env-file", made_ + "/" + name});
        }
        return options;
    }

    // What cannot be read is said to be not compared.
    static bool is_not_compared(const Json& change) {
        const auto says_so = [](const Json& effect) {
            return effect.get<std::string>().starts_with("not compared: ");
        };
        return std::ranges::any_of(change.at("effects"), says_so);
    }

    // Files of a server's folder that no server asks for are not what an import is of.
    static bool is_left_behind(const Json& change) {
        return change.at("kind") == "removed" && change.at("effects").empty();
    }

    workbench::TemporaryFolder folder_;
    std::string tree_ = folder_ / "tree";
    std::string made_ = folder_ / "made";
    std::string out_ = folder_ / "out";
    valid_report::Schemas schemas_;
    std::string shown_;
    std::vector<std::string> last_;
    std::string printed_;
    std::string told_;
};

}  // namespace program_properties
