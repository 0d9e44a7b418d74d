// SPDX-License-Identifier: MIT
#include "import/draft.hpp"

#include <sys/stat.h>

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "analysis/rule_index.hpp"
#include "catalog/entries.hpp"
#include "doc/read_xml.hpp"
#include "import/import_sites.hpp"
#include "load/site.hpp"
#include "options.hpp"
#include "render/render.hpp"
#include "source/encoding.hpp"
#include "workbench.hpp"

using namespace dectprov;

namespace {

using Texts = std::map<std::string, std::string>;

void flatten(const Tree& tree, NodeIndex node, const std::string& path, std::vector<std::string>& lines) {
    std::string here = path + "/" + std::string(tree.name(node));
    if (!tree.has_children(node)) {
        // An empty section says nothing.
        const EntryId id = tree.entry(node);
        if (id == EntryId::none || !tree.catalog().is_section(id))
            lines.push_back(here + "=" + std::string(tree.value(node)));
        return;
    }
    unsigned user = 0;
    for (NodeIndex c = tree.first(node); c != tree.after(node); c = tree.after(c))
        flatten(tree, c, tree.name(c) == "user" ? here + std::to_string(++user) : here, lines);
}

// What a file says, in lines that do not depend on how it is written.
std::vector<std::string> content(const std::string& name, const std::string& bytes) {
    std::vector<std::string> lines;
    if (!name.ends_with(".xml")) {
        // Of a list its lines, blanks as one.
        std::string line;
        for (const char c : bytes + "\n") {
            if (c == '\n' || c == '\r') {
                if (!line.empty()) lines.push_back(line);
                line.clear();
            } else if (c != ' ' && c != '\t') {
                line += c;
            } else if (!line.ends_with(' ')) {
                line += ' ';
            }
        }
    } else {
        SourceSet sources;
        Report report;
        const XmlDocument document =
            read_xml(sources, sources.add(name, decode_xml(bytes).text), Catalog::builtin(),
                     name.ends_with("config.xml")  ? entry("config")
                     : name.ends_with("users.xml") ? entry("users")
                                                   : entry("cota"),
                     report);
        REQUIRE(document.state == Reading::good);
        flatten(document.tree, 0, "", lines);
        for (const Tree::Attribute& one : document.tree.attributes())
            lines.push_back("@" + one.name_text + "=" + one.text);
    }
    std::sort(lines.begin(), lines.end());
    return lines;
}

// The lines of an env file as a shell reads them.
Texts variables(const std::string& env) {
    Texts out;
    std::string name;
    std::string value;
    bool in_value = false;
    bool quoted = false;
    for (std::size_t i = 0; i != env.size(); ++i) {
        const char c = env[i];
        if (!in_value) {
            if (c == '=')
                in_value = true;
            else
                name += c;
        } else if (c == '\'') {
            quoted = !quoted;
        } else if (c == '\\' && !quoted) {
            value += env[++i];
        } else if (c == '\n' && !quoted) {
            out[name] = value;
            name.clear();
            value.clear();
            in_value = false;
        } else {
            value += c;
        }
    }
    return out;
}

ImportResult import_of(const Files& files, const std::string& folder, const ImportPlan& plan,
                       std::optional<Model> model = std::nullopt) {
    ConfigFiles configs(files, std::nullopt, true, rule_index());
    ThreadPool threads(1);
    const Session session(files, threads, {.model = model, .thresholds = {.keep_suppressed = true}});
    return import_sites(session, find_inputs(files, {folder}, {}, configs), configs, plan);
}

// All files that the descriptions yield, by name.
Texts rendered(const Files& before, const ImportResult& result) {
    Files files = before;
    for (const ImportedFile& file : result.files) {
        files.lay_over(file.path, file.text);
        for (const auto& secret : file.secret_files) files.lay_over(secret.path, secret.bytes);
    }
    Texts out;
    for (const ImportedFile& file : result.files) {
        const Texts env = variables(file.env);
        SourceSet sources;
        Report report;
        const auto look_up = [&](const char* name) {
            const auto found = env.find(name);
            return found == env.end() ? nullptr : found->second.c_str();
        };
        const Site site = load_site(files, file.path, sources, Catalog::builtin(),
                                    {.resolve = true, .environment = look_up}, report);
        for (const SiteServer& server : site.servers) {
            std::vector<SettledGroup> groups;
            for (const HandsetGroup& group : server.server.groups)
                groups.push_back(
                    {.version = std::string(group.tree.value(group.tree.find(entry("cota.info.version"))))});
            for (OutputFile& one : render(server, std::move(groups), ""))
                out[one.path] = std::move(one.bytes);
        }
    }
    return out;
}

void check_same(const Texts& before, const Texts& after) {
    for (const auto& one : before) {
        const std::string& name = one.first;
        CAPTURE(name);
        const auto found = after.find(name);
        REQUIRE(found != after.end());
        CHECK(content(name, one.second) == content(name, found->second));
    }
    CHECK(before.size() == after.size());
}

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '&')
            out += "&amp;";
        else if (c == '<')
            out += "&lt;";
        else if (c == '\r')
            out += "&#13;";
        else
            out += c;
    }
    return out;
}

// Random servers that lint finds no error in, as a rule: values fit their types, texts are what YAML readers
// stumble over.
class Generator {
public:
    explicit Generator(unsigned seed) : random_(seed) {}

    Texts server(const std::string& identity, bool more) {
        Texts files;
        std::string config = "<config>";
        if (chance(2)) config = "<config merge_type=\"merge\">";
        const bool users = chance(4) || more;
        const bool groups = chance(2);
        config += "<provisioning><check><interval>60</interval></check><users><check>" + boolean(users) +
                  "</check></users><cota><check>" + boolean(groups) +
                  "</check></cota><server><method>static</method><url>https://joe:" + word() +
                  "@example.com/x</url></server></provisioning>";
        config += "<sip>" + leaves(entry("config.sip")) + "<on>" + escaped(text(20)) + "</on></sip>";
        config += "<zz_new><null>" + escaped(text(20)) + "</null><y/></zz_new>";
        for (const EntryId section : Catalog::builtin().children(entry("config"))) {
            if (section != entry("config.provisioning") && section != entry("config.sip"))
                config += element(section);
        }
        const std::string whole = config + "</config>";
        files[identity + "-config.xml"] = chance(12) ? whole : "<config/>";
        if (users) {
            std::string list = "<users>";
            for (unsigned i = 0; i != 4; ++i) {
                list += "<user><username>" + std::to_string(7000 + i) + "</username><displayname>" +
                        escaped(text(30)) + "</displayname><standbytext>" + escaped(text(20)) +
                        "</standbytext>";
                if (chance(2)) list += "<authpassword>" + escaped(text(20)) + "</authpassword>";
                if (chance(3)) list += "<badge>" + escaped(text(20)) + "</badge>";
                list += "</user>";
            }
            files[identity + "-users.xml"] = list + "</users>";
        }
        if (groups) {
            std::string list;
            for (const std::string number : {"7", "100"}) {
                const std::string version = std::to_string(random_() % 30 + 1);
                files[identity + "-handset_config_group_" + number + ".xml"] =
                    "<cota><info><group>" + number + "</group><version>" + version +
                    "</version></info><data><standby_text><value>" + escaped(text(10)) +
                    "</value></standby_text>" + leaves(entry("cota.data.ringing_volume")) + "</data></cota>";
                list += "GROUP" + number + " VERSION" + version + "\n";
            }
            files[identity + "-handset_config_list.ver"] = list;
        }
        return files;
    }

private:
    bool chance(unsigned of) { return random_() % of != 0; }
    static std::string boolean(bool value) { return value ? "true" : "false"; }
    std::string word() {
        std::string out;
        for (unsigned i = 0; i != 6; ++i) out += static_cast<char>(97 + random_() % 26);
        return out;
    }
    std::string text(unsigned longest) {
        static const std::vector<std::string> pieces{
            "no", "0123", ": ", " #", "#", "- ",   "${env:HOME}", "$${", "\"", "'",     "\\", "{",
            "}",  "[",    ",",  "&",  "<", "*",    "!",           "%",   "@",  "|",     "æ",  "東",
            "a",  "b",    "Z",  " ",  "~", "null", "\r",          "=",   "?",  "12:30", "\n", "\xEF\xBB\xBF"};
        std::string out;
        for (std::size_t i = random_() % 6; i != 0; --i) out += pieces[random_() % pieces.size()];
        return out.size() > longest ? "no" : out;
    }
    // Of a section some leaves, with those of the sections below it.
    std::string element(EntryId section) {
        const Catalog& catalog = Catalog::builtin();
        if (!catalog.is_section(section) || !catalog[section].models.has(Model::s6500)) return {};
        std::string out = leaves(section);
        for (const EntryId id : catalog.children(section)) out += element(id);
        const std::string name(catalog[section].name);
        return out.empty() ? out : "<" + name + ">" + out + "</" + name + ">";
    }
    std::string leaves(EntryId section) {
        std::string out;
        const Catalog& catalog = Catalog::builtin();
        for (const EntryId id : catalog.children(section)) {
            const ValueType& type = catalog.type(id);
            if (random_() % 4 != 0 || !catalog[id].models.has(Model::s6500)) continue;
            if (catalog.is_section(id)) continue;
            std::string value;
            if (type.kind == Kind::boolean)
                value = boolean(chance(2));
            else if (type.kind == Kind::text && type.longest == 0)
                value = escaped(text(20));
            else if (type.kind == Kind::choice)
                value = type.choices[random_() % type.choices.size()];
            else if (catalog[id].param != nullptr)
                value = escaped(catalog[id].param->example);
            if (value.empty()) continue;
            const std::string name(catalog[id].name);
            out += "<" + name + ">" + value + "</" + name + ">";
        }
        return out;
    }

    std::mt19937 random_;
};

Files laid(const Texts& texts) {
    Files files = Files::memory();
    for (const auto& [name, bytes] : texts) files.lay_over("tree/" + name, bytes);
    return files;
}

std::string losses_of(const Texts& texts) {
    const ImportResult result =
        import_of(laid(texts), "tree", {.paths = {"tree"}, .output = "site.yaml"}, Model::s6500);
    std::string all;
    for (const Finding& finding : result.after) all += finding.message + "\n";
    for (const std::string& loss : result.losses) all += loss + "\n";
    return all;
}

// Imports the files of a folder, and renders the description that comes out.
void check_that_it_comes_back(const std::filesystem::path& folder) {
    CAPTURE(folder);
    const Files files;
    Texts texts;
    for (const Files::Entry& one : files.list(folder.string())) {
        if (read_name(one.name).state == FileName::State::exact || one.name.ends_with(".ver"))
            texts[one.name] = files.read(folder.string() + "/" + one.name);
    }
    const ImportResult result =
        import_of(files, folder.string(), {.paths = {folder.string()}, .output = "/no/such/back.yaml"});
    CHECK(!result.bad);
    CHECK(result.losses.empty());
    CHECK(result.after.empty());
    check_same(texts, rendered(files, result));
}

}  // namespace

TEST_CASE("random servers come back from their description") {
    unsigned good = 0;
    for (unsigned seed = 0; seed != 120; ++seed) {
        CAPTURE(seed);
        Generator generator(seed);
        Texts texts = generator.server("0013d1800032", false);
        texts.merge(generator.server("0013d1800033", true));
        const Files files = laid(texts);
        const ImportResult result = import_of(files, "tree",
                                              {.paths = {"tree"},
                                               .output = seed % 3 == 0 ? "sites" : "site.yaml",
                                               .folder = seed % 3 == 0,
                                               .by_server = seed % 6 == 0,
                                               .lift = seed % 2 == 0},
                                              Model::s6500);
        if (result.bad) continue;
        ++good;
        CHECK(result.failures.empty());
        for (const std::string& loss : result.losses) FAIL_CHECK(loss);
        CHECK(result.after.empty());
        check_same(texts, rendered(files, result));
    }
    CHECK(good > 60);
}

TEST_CASE("the examples come back from their description") {
    for (const auto& example :
         std::filesystem::directory_iterator(std::filesystem::path(DECTPROV_ROOT) / "examples")) {
        const std::filesystem::path out = example.path() / "out";
        if (std::filesystem::is_directory(out)) check_that_it_comes_back(out);
    }
}

TEST_CASE("the guide's servers come back from their description" * doctest::test_suite("shared")) {
    const auto guide = workbench::beside_repository("corpus/guide");
    if (!guide) return;
    for (const char* name : {"server200", "server6500", "server8000", "vso"})
        check_that_it_comes_back(*guide / name);
}

TEST_CASE("what a description does not hold is named with its place") {
    const std::string config = "0013d1800032-config.xml";
    CHECK(losses_of({{config, "<config><sip><callwaiting>true</callwaiting></sip></config>"}}).empty());
    CHECK(losses_of({{config, "<config><sip by=\"me\"><callwaiting>true</callwaiting></sip></config>"}}) ==
          "tree/0013d1800032-config.xml:1:14: error: the attribute 'by' of 'sip' would be lost\n");
    CHECK(losses_of({{config, "<config><new>1</new>\n<new>2</new></config>"}}) ==
          "tree/0013d1800032-config.xml:2:2: error: 'new' would be lost\n");
    CHECK(losses_of({{config, "<config/>"}}).empty());
}

TEST_CASE("secrets leave no trace in a description") {
    const ImportResult result = import_of(
        laid({{"0013d1800032-config.xml",
               "<config><provisioning><server><url>https://joe:s3cret1@example.com/</url></server>"
               "</provisioning><license>s3cret2,\n s3cret3</license></config>"},
              {"0013d1800032-users.xml",
               "<users><user><username>joe</username><authpassword>s3cret4 '$x</authpassword></user>"
               "<user><username>Joe</username><authpassword>s3cret5</authpassword></user></users>"}}),
        "tree", {.paths = {"tree"}, .output = "site.yaml"}, Model::s6500);
    REQUIRE(result.files.size() == 1);
    CHECK(result.losses.empty());
    CHECK(result.files[0].text.find("s3cret") == std::string::npos);
    CHECK(result.files[0].env_path == "site.env");
    const Texts env = variables(result.files[0].env);
    CHECK(env == Texts{{"DECT_0013D1800032_PROVISIONING_SERVER_URL_PASSWORD", "s3cret1"},
                       {"DECT_0013D1800032_LICENSE", "s3cret2,s3cret3"},
                       {"DECT_0013D1800032_USER_JOE_AUTHPASSWORD", "s3cret4 '$x"},
                       {"DECT_0013D1800032_USER_JOE_AUTHPASSWORD_2", "s3cret5"}});
}

TEST_CASE("files that hold secrets are for their owner alone, whatever the umask") {
    for (const mode_t mask : {mode_t{0}, mode_t{077}, mode_t{0277}}) {
        CAPTURE(mask);
        const workbench::Folder folder;
        workbench::write(
            "tree/0013d1800032-users.xml",
            "<users><user><username>1</username><authpassword>Zq7kWmTx</authpassword></user>"
            "<user><username>2</username><authpassword>two\nlines</authpassword></user></users>");
        workbench::write("tree/.dectprov.yaml", "servers:\n  0013d1800032: {model: \"6500\"}\n");
        const mode_t before = ::umask(mask);
        const auto done = workbench::run({"import", "tree", "-o", "site.yaml", "--keep-going"});
        ::umask(before);
        CHECK_MESSAGE(done.status != 2, done.err);
        std::size_t held = 0;
        for (const std::string& name : workbench::Folder::files()) {
            if (name.starts_with("tree/")) continue;
            const std::string text = workbench::read(name);
            const bool secret = text.find("Zq7kWmTx") != std::string::npos || name.ends_with(".secret");
            if (!secret) continue;
            ++held;
            CHECK_MESSAGE(workbench::mode_of(name) == 0600U, name);
        }
        CHECK(held == 2);
    }
}

TEST_CASE("a secret of several lines has a file of its own") {
    const Texts texts{
        {"0013d1800032-users.xml",
         "<users><user><username>1</username><authpassword>s3cret1\ns3cret2&#13;</authpassword></user>"
         "<user><username>2</username><authpassword>s3cret3</authpassword></user></users>"}};
    const Files files = laid(texts);
    const ImportResult result =
        import_of(files, "tree", {.paths = {"tree"}, .output = "sites/site.yaml"}, Model::s6500);
    REQUIRE(result.files.size() == 1);
    const ImportedFile& file = result.files[0];
    CHECK(result.losses.empty());
    CHECK(file.text.find("s3cret") == std::string::npos);
    CHECK(file.text.find("${file:DECT_0013D1800032_USER_1_AUTHPASSWORD.secret}") != std::string::npos);
    CHECK(file.env == "DECT_0013D1800032_USER_2_AUTHPASSWORD=s3cret3\n");
    CHECK(file.secrets == 1);
    REQUIRE(file.secret_files.size() == 1);
    CHECK(file.secret_files[0].path == "sites/DECT_0013D1800032_USER_1_AUTHPASSWORD.secret");
    CHECK(file.secret_files[0].bytes == "s3cret1\ns3cret2\n");
    check_same(texts, rendered(files, result));
}

TEST_CASE("common settings are lifted, and what differs stays") {
    const auto config = [](const std::string& rest) {
        return "<config><sip><callwaiting>true</callwaiting>" + rest + "</sip></config>";
    };
    const Files files = laid({{"0013d1800032-config.xml", config("<dnsmethod>arecord</dnsmethod>")},
                              {"0013d1800033-config.xml", config("<nat_keepalive>1</nat_keepalive>")}});
    const ImportResult result = import_of(
        files, "tree",
        {.paths = {"tree"}, .output = "sites", .folder = true, .by_server = true, .lift = true}, Model::s400);
    REQUIRE(result.files.size() == 3);
    CHECK(result.files[0].path == "sites/defaults.yaml");
    CHECK(result.files[0].text ==
          "dectprov: 1\n\ndefaults:\n  settings:\n    sip:\n      callwaiting: true\n");
    CHECK(result.files[1].text ==
          "dectprov: 1\nsite: \"0013d1800032\"\nextends: [defaults.yaml]\n\nservers:\n  - model: \"400\"\n   "
          " mac: "
          "\"00:13:d1:80:00:32\"\n    settings:\n      sip:\n        dnsmethod: arecord\n");
}

TEST_CASE("files with errors are not imported") {
    const ImportResult result = import_of(laid({{"0013d1800032-config.xml", "<config><sip></config>"}}),
                                          "tree", {.paths = {"tree"}, .output = "site.yaml"});
    CHECK(result.bad);
    CHECK(result.files.empty());
    CHECK(!result.before.findings.empty());
}
