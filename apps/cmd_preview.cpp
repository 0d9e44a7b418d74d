// SPDX-License-Identifier: MIT
#include <iterator>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "catalog/entries.hpp"
#include "command.hpp"
#include "compare/values.hpp"
#include "device/held_records.hpp"
#include "device/settings.hpp"
#include "diag/escape.hpp"
#include "diag/terminal_style.hpp"
#include "diff/one_server.hpp"
#include "options.hpp"
#include "source/failure.hpp"

namespace dectprov {
namespace {

struct PreviewArguments {
    std::string current;
    std::string config;
    std::string stdin_name;
    std::string model;
    bool diff = false;
};

class Preview {
public:
    explicit Preview(const Context& context) : context_(context), color_(context.color_out()) {}

    void show(const std::vector<HeldSetting>& held, const std::vector<HeldSetting>& after,
              bool changes_alone) const {
        if (changes_alone) {
            difference(held, after);
        } else {
            all(after);
        }
    }

private:
    void all(const std::vector<HeldSetting>& after) const {
        for (const HeldSetting& setting : after) line("", {}, setting);
    }

    // The lines that go and those that come, in the order of what comes. Where what comes refers to a secret,
    // what goes may be that very text.
    void difference(const std::vector<HeldSetting>& held, const std::vector<HeldSetting>& after) const {
        std::map<std::string_view, const HeldSetting*> before;
        for (const HeldSetting& setting : held) before.emplace(setting.path, &setting);
        std::set<EntryId> references;  // of users that are new
        for (const HeldSetting& setting : after) {
            const auto found = before.find(setting.path);
            if (found == before.end()) {
                line("+", style::green, setting);
                if (setting.opaque) references.insert(setting.entry);
            } else if (is_other(*found->second, setting)) {
                line("-", style::red, *found->second, setting.opaque);
                line("+", style::green, setting);
            }
            if (found != before.end()) before.erase(found);
        }
        // Users that leave the server; of settings every one stays, if only with its default.
        const bool nameless = references.contains(entry("users.user.username")) ||
                              references.contains(entry("users.user.localno"));
        for (HeldSetting setting : held) {
            if (!before.contains(setting.path)) continue;
            if (nameless) {
                hide_name(setting.path);
                hide_name(setting.hidden_path);
            }
            line("-", style::red, setting, references.contains(setting.entry));
        }
    }

    static void hide_name(std::string& path) {
        const std::size_t open = path.find('[');
        const std::size_t close = path.find("].", open);
        if (close != std::string::npos) path.replace(open + 1, close - open - 1, hidden_text);
    }

    // Secrets may differ though they are shown alike.
    static bool is_other(const HeldSetting& a, const HeldSetting& b) {
        return a.known != b.known || a.value != b.value || a.keys != b.keys || a.more != b.more;
    }

    // A secret is hidden anyway, and of licence keys no more is shown than how many they are.
    void line(std::string_view sign, std::string_view color, const HeldSetting& setting,
              bool hidden = false) const {
        std::string value = visible(shown(setting));
        const bool is_text = setting.known == HeldSetting::Known::value && value != "<secret>" &&
                             !is_licence(*setting.catalog, setting.entry);
        if (hidden && is_text && !value.empty()) value = hidden_text;
        const bool colored = color_ && !color.empty();
        context_.streams.out << (colored ? color : "") << sign << visible(shown_path(setting)) << ':'
                             << (value.empty() ? "" : " ") << value << (colored ? style::plain : "") << '\n';
    }

    const Context& context_;
    bool color_;
};

int run_preview(const PreviewArguments& arguments, const Context& context) {
    if (arguments.current == "-" && arguments.config == "-") throw Failure("standard input is named twice");
    AnalysisOptions options;
    if (!arguments.model.empty()) options.model = model_named(arguments.model);
    ThreadPool pool(context.global.jobs);
    OpenSideOptions side_opening = side_options(context, arguments.stdin_name, options);
    side_opening.allow_empty = true;
    const OpenSide side(arguments.config, pool, side_opening);
    const OneServer server(side.input(), arguments.config);
    const bool from_stdin = arguments.current == "-";
    const std::string name = from_stdin ? "standard input" : arguments.current;
    std::string bytes = from_stdin ? read_all(context.streams.in) : context.files().read(arguments.current);
    const Preview preview(context);
    if (const auto records = read_records(name, bytes, side.catalog())) {
        preview.show(records->settings, after_import(*records, server.server(), arguments.config),
                     arguments.diff);
        const std::string why = why_not_sent(*records, server.server());
        if (!why.empty() && !context.global.quiet)
            context.tell(fmt::format("nothing is sent to the handsets: {}", why));
        return 0;
    }
    const std::vector<HeldSetting> held = read_settings(name, std::move(bytes), side.catalog());
    preview.show(held, after_import(held, server.config(), server.server().merge, server.server().models),
                 arguments.diff);
    return 0;
}

}  // namespace

Action add_preview(CLI::App& app) {
    const auto arguments = std::make_shared<PreviewArguments>();
    PreviewArguments& to = *arguments;
    app.add_option("--current", to.current,
                   "the current state: an XML export of settings, users or a handset group, or lines of "
                   "`path: value`; - is standard input")
        ->type_name("FILE")
        ->required();
    app.add_option("path", to.config, "the import: a file, or a site description")
        ->type_name("PATH")
        ->required();
    add_stdin_name_option(app, to.stdin_name);
    app.add_option("--model", to.model, "treat the server as this model: " + model_choices())
        ->type_name("MODEL");
    app.add_flag("--diff", to.diff, "show only the lines that change");
    return [arguments](const Context& context) { return run_preview(*arguments, context); };
}

}  // namespace dectprov
