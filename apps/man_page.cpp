// SPDX-License-Identifier: MIT
#include "man_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <span>
#include <string_view>
#include <utility>

#include "catalog/explanation.hpp"
#include "help.hpp"
#include "load/config_keys.hpp"
#include "load/site_keys.hpp"
#include "manual/documentation.hpp"

namespace dectprov {
namespace {

constexpr std::size_t line_width = 78;

// Text of a paragraph: each sentence begins a line, as the readers of mdoc want it, and no line is a request
// by mistake.
std::string text(std::string_view plain) {
    std::string out;
    std::string sentence;
    const auto flush = [&] {
        const std::string lines = wrapped(sentence, line_width, "");
        std::size_t begin = 0;
        while (begin < lines.size()) {
            const std::size_t end = std::min(lines.find('\n', begin), lines.size());
            const std::string_view line = std::string_view(lines).substr(begin, end - begin);
            if (!line.empty() && (line.front() == '.' || line.front() == '\'')) out += "\\&";
            for (const char c : line) out += c == '\\' ? std::string("\\e") : std::string(1, c);
            out += '\n';
            begin = end + 1;
        }
        sentence.clear();
    };
    for (std::size_t at = 0; at < plain.size(); ++at) {
        sentence += plain[at];
        const bool ends = plain[at] == '.' && at + 2 < plain.size() && plain[at + 1] == ' ' &&
                          std::isupper(static_cast<unsigned char>(plain[at + 2])) != 0;
        if (!ends) continue;
        flush();
        ++at;
    }
    flush();
    return out;
}

std::string upper(std::string_view word) {
    std::string out(word);
    std::ranges::transform(out, out.begin(),
                           [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return out;
}

// "check files" as "Check files."
std::string sentence(std::string_view words) {
    std::string out = fmt::format("{}.", words);
    out.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(out.front())));
    return out;
}

std::string head(std::string_view name, int section, std::string_view date, std::string_view summary) {
    std::string line(summary.substr(0, summary.find_last_not_of('.') + 1));
    return fmt::format(".Dd {}\n.Dt {} {}\n.Os\n.Sh NAME\n.Nm {}\n.Nd {}\n", date, upper(name), section, name,
                       line);
}

// "--output" is `Fl -output`.
std::string flags(const CommandHelp::Entry& entry) {
    std::string out;
    for (const std::string& name : entry.names)
        out += fmt::format("{}Fl {}", out.empty() ? "" : " , ", std::string_view(name).substr(1));
    return entry.value.empty() ? out : fmt::format("{} Ar {}", out, entry.value);
}

void append_list(std::string& out, const std::vector<CommandHelp::Entry>& entries, std::string_view macro) {
    if (entries.empty()) return;
    out += ".Bl -tag -width Ds\n";
    for (const CommandHelp::Entry& entry : entries) {
        out += macro == "Fl" ? ".It " + flags(entry) : fmt::format(".It {} {}", macro, entry.names.front());
        out += '\n' + text(entry.what);
    }
    out += ".El\n";
}

ManPage page_of(const CommandHelp& help, std::string_view date) {
    const bool whole = help.name.empty();
    const std::string name = whole ? "dectprov" : "dectprov-" + help.name;
    std::string out = head(name, 1, date,
                           whole ? "check and write provisioning files of Spectralink DECT servers"
                                 : std::string_view(help.summary));
    out += ".Sh SYNOPSIS\n.Nm dectprov\n";
    if (whole) {
        out += ".Op Ar option ...\n.Ar command\n.Op Ar argument ...\n";
    } else {
        out += fmt::format(".Cm {}\n.Op Ar option ...\n", help.name);
        const std::string_view rest = std::string_view(help.usage).substr(help.usage.find("[OPTIONS]") + 9);
        std::string word;
        for (const char c : std::string(rest) + " ") {
            if (c != ' ') {
                word += c;
                continue;
            }
            if (!word.empty()) {
                const bool optional = word.front() == '[';
                out += fmt::format(".{}Ar {}\n", optional ? "Op " : "",
                                   optional ? word.substr(1, word.size() - 2) : word);
            }
            word.clear();
        }
    }
    out += ".Sh DESCRIPTION\n" + text(whole ? help.summary : sentence(help.summary));
    append_list(out, help.commands, "Cm");
    append_list(out, help.arguments, "Ar");
    if (!help.options.empty()) {
        out += ".Pp\nThe options are:\n";
        append_list(out, help.options, "Fl");
    }
    out += ".Pp\nEvery command takes these options, and the program takes them before the command too:\n";
    append_list(out, help.global, "Fl");
    out +=
        ".Sh ENVIRONMENT\n.Bl -tag -width Ds\n.It Ev NO_COLOR\nIf it is set, nothing is coloured.\n.It Ev "
        "FORCE_COLOR\nIf it is set, output that does not go to a terminal is coloured too.\n.El\n";
    out +=
        ".Sh FILES\n.Bl -tag -width Ds\n.It Pa .dectprov.yaml\nFacts about the servers, severities of rules "
        "and policies; see\n.Xr dectprov.yaml 5 .\n.El\n";
    out += ".Sh EXIT STATUS\n.Bl -tag -width Ds\n";
    for (const auto& [status, meaning] : help.statuses) out += ".It " + status + '\n' + text(meaning);
    out += ".El\n.Sh EXAMPLES\n.Bd -literal -offset indent\n";
    for (const std::string& example : help.examples) out += example + '\n';
    out += ".Ed\n.Sh SEE ALSO\n";
    if (!whole) out += ".Xr dectprov 1 ,\n";
    out += ".Xr dectprov-site 5 ,\n.Xr dectprov.yaml 5 ,\n.Xr dectprov-rules 7\n";
    return {.file = name + ".1", .text = std::move(out)};
}

void append_keys(std::string& out, std::string_view title, std::span<const Key> keys) {
    out += fmt::format(".Ss \\&{}\n.Bl -tag -width Ds\n", title);
    for (const Key& key : keys) out += fmt::format(".It Cm {}\n", key.name) + text(key.description);
    out += ".El\n";
}

ManPage site_page(std::string_view date) {
    std::string out =
        head("dectprov-site", 5, date, "description of a site, from which provisioning files are rendered");
    out += ".Sh DESCRIPTION\n" +
           text(
               "A site description is a YAML file whose first key is `dectprov`. It describes servers with "
               "their settings, users and handset groups; the files of the servers are rendered from it. The "
               "keys under `settings` are the names of the elements in the files.");
    append_keys(out, "At the top", description_keys());
    append_keys(out, "A server, and defaults", server_keys());
    append_keys(out, "A handset group", group_keys());
    append_keys(out, "A firmware file", firmware_file_keys());
    append_keys(out, "A table", table_keys());
    out +=
        ".Sh EXAMPLES\n.Bd -literal -offset indent\n"
        "dectprov: 1\n"
        "servers:\n"
        "  - model: \"6500\"\n"
        "    mac: 00:13:d1:80:00:32\n"
        "    settings:\n"
        "      sip: {dtmf: {duration: 270}}\n"
        "    users:\n"
        "      - {username: \"9997\", ipei: 00077 0000001}\n"
        ".Ed\n.Sh SEE ALSO\n.Xr dectprov 1 ,\n.Xr dectprov-render 1 ,\n.Xr dectprov.yaml 5\n";
    return {.file = "dectprov-site.5", .text = std::move(out)};
}

ManPage config_page(std::string_view date) {
    std::string out =
        head("dectprov.yaml", 5, date, "configuration of dectprov for a folder of provisioning files");
    out += ".Sh DESCRIPTION\n" +
           text(
               "The nearest file `.dectprov.yaml` at or above a provisioning file gives facts about its "
               "server, the severity of each rule, and the fleet's own rules.");
    append_keys(out, "At the top", config_keys());
    append_keys(out, "A server", config_server_keys());
    append_keys(out, "A path", config_path_keys());
    append_keys(out, "A policy", policy_keys());
    out +=
        ".Sh EXAMPLES\n.Bd -literal -offset indent\n"
        "servers:\n"
        "  0013d1800032: {model: \"6500\"}\n"
        "rules:\n"
        "  config/never-checks: off\n"
        "fail-on: warning\n"
        ".Ed\n.Sh SEE ALSO\n.Xr dectprov-lint 1 ,\n.Xr dectprov-rules 7\n";
    return {.file = "dectprov.yaml.5", .text = std::move(out)};
}

ManPage rules_page_of(std::string_view date) {
    std::string out = head("dectprov-rules", 7, date, "what dectprov finds in provisioning files");
    out += ".Sh DESCRIPTION\n" +
           text(
               "Each rule has a name, a severity that a configuration file can change, and a reason. The "
               "command `dectprov explain RULE` also shows an example and the source of the fact.");
    out += ".Bl -tag -width Ds\n";
    for (const Rule* rule : documented_rules()) {
        out += fmt::format(".It Cm {} Pq {}\n", rule->id, to_text(rule->severity));
        out += text(sentence(rule->summary)) + text(rule->why);
    }
    out += ".El\n.Sh SEE ALSO\n.Xr dectprov-explain 1 ,\n.Xr dectprov-lint 1 ,\n.Xr dectprov.yaml 5\n";
    return {.file = "dectprov-rules.7", .text = std::move(out)};
}

}  // namespace

std::vector<ManPage> man_pages(const std::string& date) {
    std::vector<ManPage> pages;
    for (const CommandHelp& help : help_of_all()) pages.push_back(page_of(help, date));
    pages.push_back(site_page(date));
    pages.push_back(config_page(date));
    pages.push_back(rules_page_of(date));
    return pages;
}

}  // namespace dectprov
