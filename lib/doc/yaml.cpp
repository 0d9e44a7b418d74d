// SPDX-License-Identifier: MIT
#include "doc/yaml.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <exception>
#include <istream>
#include <iterator>
#include <limits>
#include <streambuf>
#include <utility>

#include "doc/yaml_messages.hpp"
#include "doc/yaml_nodes.hpp"
#include "doc/yaml_prepare.hpp"
#include "doc/yaml_reading.hpp"
#include "doc/yaml_scalar.hpp"
#include "doc/yaml_scan.hpp"

namespace dectprov {
namespace {

constexpr std::uint32_t gone = std::numeric_limits<std::uint32_t>::max();

// Reads from memory without copying it.
class MemoryBuffer : public std::streambuf {
public:
    explicit MemoryBuffer(std::string_view text) {
        // A get area is never written to; the interface is older than const.
        char* begin = const_cast<char*>(text.data());
        setg(begin, begin, begin + text.size());
    }
};

// Ends the parsing from within an event: what follows is of no interest.
class Stop : public std::exception {};

class Reader final : public YAML::EventHandler {
public:
    // `edited`: what yaml-cpp reads in the place of the text; null where that is the text itself.
    Reader(SourceSet& sources, FileId file, const EditedYaml* edited, YamlDocument& document)
        : sources_(sources),
          text_(sources.text(file)),
          file_(file),
          edited_(edited),
          document_(document),
          nodes_(document.yaml.nodes) {}

    [[nodiscard]] bool started() const { return started_; }
    [[nodiscard]] const std::vector<Span>& hashes() const { return hashes_; }
    // Keys without a value that have run into what follows them.
    [[nodiscard]] const std::vector<RunIn>& run_ins() const { return run_ins_; }
    // Where the text is no YAML.
    [[nodiscard]] std::optional<std::uint32_t> failed_at() const { return failed_at_; }

    void OnDocumentStart(const YAML::Mark& mark) override {
        if (started_) {
            second_document(mark);
            throw Stop();
        }
        started_ = true;
    }
    void OnDocumentEnd() override {}

    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        const std::uint32_t at = content(mark);
        const std::string_view word = null_word(text_.substr(at));
        if (word.empty()) {
            scalar(mark, anchor, {.type = Yaml::Type::null, .span = here(null_at(text_, position(mark)), 0)});
            return;
        }
        // The mark of a value that is not there is that of the next token, which may be a key called Null.
        // Then the next event has the same mark, and settle() takes this one back.
        const std::uint32_t before = size();
        scalar(mark, anchor, {.type = Yaml::Type::scalar, .span = here(at, word.size()), .text = word});
        if (size() > before) {
            tentative_ = size() - 1;
            tentative_at_ = at;
        }
    }

    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& given) override {
        const std::uint32_t at = content(mark);
        std::string value = given;
        if (edited_ != nullptr) std::ranges::replace(value, question_mark, '?');
        const ScalarExtent extent = scalar_extent(text_, at, value);
        if (!extent.closed) {
            problem(here(at, 1), "a quote that is never closed");
            throw Stop();
        }
        const Span span{.file = file_, .begin = extent.begin, .end = extent.end};
        const bool quoted = extent.style != ScalarStyle::plain;
        const std::string_view written = text_.substr(span.begin, span.end - span.begin);
        if (quoted && written.find('#') != std::string_view::npos) hashes_.push_back(span);
        scalar(mark, anchor,
               {.type = Yaml::Type::scalar,
                .quoted = quoted || tag != "?",
                .span = span,
                .text = written == value ? written : sources_.keep(std::move(value)),
                .tagged = has_tag(mark, tag, "str"),
                .cut = !quoted && is_cut_off(text_, extent.end)});
    }

    void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        settle(content(mark));
        const Span span = alias_token(position(mark));
        const std::uint32_t original = anchor < anchors_.size() ? anchors_[anchor] : gone;
        const bool loop = original != gone && nodes_[original].after == 0;
        if (original == gone || loop) {
            problem(span, loop ? "an alias inside the node that it refers to"
                               : "an alias to a key, or to a node that was left out");
            place({.type = Yaml::Type::null, .after = size() + 1, .span = span});
            return;
        }
        if (wants_key()) {
            if (nodes_[original].type != Yaml::Type::scalar) {
                bad_key(span);
                frames_.back().has_key = true;
                return;
            }
            set_key(span, nodes_[original].text, true);
            return;
        }
        expand(original, span);
    }

    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value /*style*/) override {
        open(mark, anchor, Yaml::Type::sequence, has_tag(mark, tag, "seq"));
    }
    void OnSequenceEnd() override { close(); }

    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value /*style*/) override {
        open(mark, anchor, Yaml::Type::mapping, has_tag(mark, tag, "map"));
    }
    void OnMapEnd() override {
        remove_repeated(frames_.back().index);
        close();
    }

    void failed(const YAML::Mark& mark, const std::string& message) {
        const std::uint32_t at = std::min(position(mark), static_cast<std::uint32_t>(text_.size()));
        failed_at_ = at;
        if (const std::optional<std::uint32_t> tab = tab_in_indent(text_, at)) {
            problem(here(*tab, 1), "a tab in the indentation", "indent with spaces");
            return;
        }
        YamlMessage said = said_better(message);
        const bool alias = at < text_.size() && text_[at] == '*';
        problem(alias ? alias_token(at) : here(at, at < text_.size() ? 1 : 0), std::move(said.message),
                std::move(said.help));
    }

private:
    struct Frame {
        std::uint32_t index;
        bool mapping;
        bool as_key;           // the collection stands where a key belongs
        bool has_key = false;  // of a mapping: the key is there, its value not yet
        bool drop_value = false;
        std::size_t run_in = std::string_view::npos;  // the place of the mark in the key, where it has run in
        Span key = {};
        std::string_view key_text = {};
    };

    [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(nodes_.size()); }
    [[nodiscard]] std::uint32_t position(const YAML::Mark& mark) const {
        const auto at = static_cast<std::uint32_t>(std::max(mark.pos, 0));
        return edited_ == nullptr ? at : edited_->source(at);
    }
    // Marks stand at the tag or anchor in front of a node.
    [[nodiscard]] std::uint32_t content(const YAML::Mark& mark) const {
        return skip_properties(text_, position(mark));
    }
    [[nodiscard]] Span here(std::uint32_t begin, std::size_t length) const {
        std::uint32_t end =
            std::min(begin + static_cast<std::uint32_t>(length), static_cast<std::uint32_t>(text_.size()));
        while (end < text_.size() && (static_cast<unsigned char>(text_[end]) & 0xC0U) == 0x80U) ++end;
        return {.file = file_, .begin = std::min(begin, end), .end = end};
    }
    [[nodiscard]] Span alias_token(std::uint32_t at) const {
        const std::size_t end = std::min(text_.find_first_of(" \t\r\n,[]{}", at), text_.size());
        return here(at, end - std::min<std::size_t>(at, end));
    }

    void problem(Span span, std::string message, std::string help = {},
                 YamlProblem::Kind kind = YamlProblem::Kind::syntax) {
        document_.problems.push_back({.span = span,
                                      .message = std::move(message),
                                      .help = std::move(help),
                                      .related = {},
                                      .kind = kind});
    }

    // Whether a node has another tag than the one that says what it is anyway, which is told. What was meant
    // for a text may be taken for a tag, so it is not shown.
    bool has_tag(const YAML::Mark& mark, std::string_view tag, std::string_view own) {
        constexpr std::string_view standard = "tag:yaml.org,2002:";
        const bool named = tag.starts_with(standard) && tag.substr(standard.size()) == own;
        if (tag.empty() || tag == "?" || tag == "!" || named) return false;
        const auto at = static_cast<std::uint32_t>(std::min(text_.find('!', position(mark)), text_.size()));
        problem(here(at, 1), "a YAML tag; dectprov does not interpret tags",
                "if the text begins with '!', put it in quotes", YamlProblem::Kind::tag);
        return true;
    }

    void second_document(const YAML::Mark& mark) {
        const std::uint32_t at = position(mark);
        if (text_.substr(at, 3) == "---") {
            problem(here(at, 3), "a second document; a file contains only one");
            return;
        }
        failed(mark, "text after the end of the description");
    }

    [[nodiscard]] bool wants_key() const {
        return !frames_.empty() && frames_.back().mapping && !frames_.back().has_key;
    }

    // Takes back a null that turned out to be the beginning of the next node.
    void settle(std::uint32_t at) {
        if (tentative_ == gone) return;
        const std::uint32_t index = std::exchange(tentative_, gone);
        if (at != tentative_at_ || index >= size()) return;
        Yaml::Node& node = nodes_[index];
        node.type = Yaml::Type::null;
        node.text = {};
        node.span = {.file = file_, .begin = node.key.end, .end = node.key.end};
    }

    void set_key(Span span, std::string_view text, bool quoted) {
        Frame& frame = frames_.back();
        frame.has_key = true;
        frame.key = span;
        frame.key_text = text;
        frame.drop_value = frame.key_text == "<<";
        frame.run_in = quoted ? std::string_view::npos : run_in_mark(text);
        if (!frame.drop_value) return;
        nodes_[frame.index].merges = true;
        problem(span, "merge keys are not supported",
                "put the common part into a file and name it in `extends`", YamlProblem::Kind::key);
    }

    void bad_key(Span span) {
        frames_.back().drop_value = true;
        problem(span, "a key that is not a text", {}, YamlProblem::Kind::key);
    }

    void scalar(const YAML::Mark& mark, YAML::anchor_t anchor, Yaml::Node node) {
        settle(content(mark));
        if (wants_key()) {
            if (anchor != 0) remember(anchor, gone);
            set_key(node.span, node.text, node.quoted);
            return;
        }
        node.after = size() + 1;
        if (anchor != 0) remember(anchor, size());
        place(node);
    }

    // Adds a whole node (a leaf) where a value belongs, or takes it for a key.
    void place(const Yaml::Node& node) {
        if (wants_key()) {
            bad_key(node.span);
            frames_.back().has_key = true;
            return;
        }
        add(node);
        done(size() - 1);
    }

    void add(Yaml::Node node) {
        if (!frames_.empty() && frames_.back().mapping) {
            node.key = frames_.back().key;
            node.key_text = frames_.back().key_text;
        }
        nodes_.push_back(node);
        check_size(nodes_.back().span);
    }

    void check_size(Span span) {
        if (nodes_.size() <= yaml_max_nodes) return;
        problem(span, "more nodes than one file may have");
        throw Stop();
    }

    // A value of the innermost collection is complete.
    void done(std::uint32_t index) {
        if (frames_.empty() || !frames_.back().mapping) return;
        Frame& frame = frames_.back();
        frame.has_key = false;
        if (frame.run_in != std::string_view::npos) run_in(frame, nodes_[index]);
        if (std::exchange(frame.drop_value, false)) truncate(index);
    }

    // A key with a mark in it and nothing behind it, or with the bracket of its value ("check:{interval").
    void run_in(const Frame& frame, const Yaml::Node& value) {
        const std::string_view rest = frame.key_text.substr(frame.run_in + 1);
        if (value.type != Yaml::Type::null && rest.find_first_of("[{\"'") != 0) return;
        run_ins_.push_back(
            {.begin = frame.key.begin, .mark = frame.key.begin + static_cast<std::uint32_t>(frame.run_in)});
    }

    void truncate(std::uint32_t count) {
        nodes_.resize(count);
        while (!anchored_.empty() && anchored_.back().second >= count) {
            anchors_[anchored_.back().first] = gone;
            anchored_.pop_back();
        }
    }

    void remember(YAML::anchor_t anchor, std::uint32_t index) {
        if (anchors_.size() <= anchor) anchors_.resize(anchor + 1, gone);
        anchors_[anchor] = index;
        if (index != gone) anchored_.emplace_back(anchor, index);
    }

    void open(const YAML::Mark& mark, YAML::anchor_t anchor, Yaml::Type type, bool tagged) {
        const std::uint32_t at = content(mark);
        settle(at);
        if (frames_.size() >= yaml_max_depth) {
            problem(here(at, 1), "nested deeper than " + std::to_string(yaml_max_depth) + " levels");
            throw Stop();
        }
        const bool as_key = wants_key();
        if (as_key) bad_key(here(at, 1));
        if (anchor != 0) remember(anchor, size());
        Yaml::Node node{.type = type, .span = here(at, 1), .tagged = tagged};
        if (as_key) {
            nodes_.push_back(node);
            check_size(nodes_.back().span);
        } else {
            add(node);
        }
        frames_.push_back({.index = size() - 1, .mapping = type == Yaml::Type::mapping, .as_key = as_key});
    }

    void close() {
        const Frame frame = frames_.back();
        frames_.pop_back();
        nodes_[frame.index].after = size();
        if (frame.as_key) {
            truncate(frame.index);
            frames_.back().has_key = true;
            return;
        }
        done(frame.index);
    }

    void expand(std::uint32_t original, Span span) {
        const std::uint32_t end = nodes_[original].after;
        alias_nodes_ += end - original;
        for (std::uint32_t i = original; i != end; ++i)
            alias_bytes_ += nodes_[i].text.size() + nodes_[i].key_text.size();
        if (alias_nodes_ > yaml_max_alias_nodes || alias_bytes_ > yaml_max_alias_bytes) {
            problem(span, "the aliases make the file larger than one file may be");
            throw Stop();
        }
        const std::uint32_t first = size();
        for (std::uint32_t i = original; i != end; ++i) {
            Yaml::Node node = nodes_[i];
            node.after = node.after - original + first;
            if (!node.aliased) node.anchor = node.span;
            node.aliased = true;
            node.span = span;
            node.key = span;
            if (i == original) {
                node.key = {};
                node.key_text = {};
                add(node);
            } else {
                nodes_.push_back(node);
            }
        }
        check_size(span);
        done(first);
    }

    // Repeated keys of the mapping that has just ended: the first stays.
    void remove_repeated(std::uint32_t mapping) {
        const std::vector<RepeatedKey> repeated = repeated_keys(nodes_, mapping);
        if (repeated.empty()) return;
        for (const RepeatedKey& one : repeated) {
            const Yaml::Node& again = nodes_[one.again];
            problem(again.key, "the key '" + std::string(again.key_text) + "' occurs twice", {},
                    YamlProblem::Kind::key);
            document_.problems.back().related =
                Note{.span = nodes_[one.first].key, .message = "the first is here"};
        }
        // Anchors in what moves are given up: an alias to one is a problem of a document in error.
        const std::uint32_t begin = erase_repeated(nodes_, repeated);
        while (!anchored_.empty() && anchored_.back().second >= begin) {
            anchors_[anchored_.back().first] = gone;
            anchored_.pop_back();
        }
    }

    SourceSet& sources_;
    std::string_view text_;
    FileId file_;
    const EditedYaml* edited_;
    YamlDocument& document_;
    std::vector<Yaml::Node>& nodes_;
    std::vector<Frame> frames_;
    std::vector<std::uint32_t> anchors_;                              // by yaml-cpp's number: the node
    std::vector<std::pair<YAML::anchor_t, std::uint32_t>> anchored_;  // in document order
    std::vector<Span> hashes_;  // quoted scalars and blocks that hold a '#', in order
    std::vector<RunIn> run_ins_;
    std::optional<std::uint32_t> failed_at_;
    std::uint32_t tentative_ = gone;
    std::uint32_t tentative_at_ = 0;
    std::uint64_t alias_nodes_ = 0;
    std::uint64_t alias_bytes_ = 0;
    bool started_ = false;
};

}  // namespace

YamlReading read_yaml_pass(SourceSet& sources, FileId file, const std::vector<YamlEdit>& edits) {
    const std::string_view text = sources.text(file);
    std::optional<EditedYaml> edited;
    if (!edits.empty()) edited.emplace(text, edits);
    MemoryBuffer buffer(edited ? std::string_view(edited->text()) : text);
    std::istream stream(&buffer);
    YamlReading reading;
    YamlDocument& document = reading.document;
    Reader reader(sources, file, edited ? &*edited : nullptr, document);
    bool whole = false;
    try {
        YAML::Parser parser(stream);
        while (parser.HandleNextDocument(reader)) continue;
        whole = true;
    } catch (const Stop&) {
        whole = false;
    } catch (const YAML::Exception& exception) {
        reader.failed(exception.mark, exception.msg);
    }
    if (!whole) document.yaml.nodes.clear();
    document.comments = find_comments(text, file, reader.hashes());
    reading.run_ins = reader.run_ins();
    reading.failed_at = reader.failed_at();
    return reading;
}

}  // namespace dectprov
