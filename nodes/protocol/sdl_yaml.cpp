#include "nodes/protocol/sdl_yaml.h"

#include "nodes/protocol/errors.h"
#include "nodes/protocol/sdl_resolve.h"
#include "nodes/protocol/sdl_yaml_scanner.h"
#include "sim/assert.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <utility>

namespace nodes {
namespace {

using Type = YamlTokenType;

enum class Context : std::uint8_t { kBlock, kFlow };

/// Follows yaml.v3's parser (parserc.go 3.0.1) from state to state and builds nodes as it goes. The
/// stack of states stands for recursion, so that depth costs memory only as the text grows.
class Composer {
  public:
    explicit Composer(std::string_view text) : scanner_(text) {}

    sim::Result<YamlTree> run() {
        while (!finished_) {
            if (!step()) return error();
        }
        return std::move(tree_);
    }

  private:
    enum class State : std::uint8_t {
        kStreamStart,
        kDocumentStart,
        kDocumentContent,
        kDocumentEnd,
        kBlockNode,
        kBlockSequenceFirst,
        kBlockSequenceEntry,
        kIndentlessEntry,
        kBlockMappingFirst,
        kBlockMappingKey,
        kBlockMappingValue,
        kFlowSequenceFirst,
        kFlowSequenceEntry,
        kFlowPairKey,
        kFlowPairValue,
        kFlowPairEnd,
        kFlowMappingFirst,
        kFlowMappingKey,
        kFlowMappingValue,
        kFlowMappingEmptyValue,
    };

    /// What stands before a node's content.
    struct Properties {
        YamlMark start;
        std::string anchor;
        std::string tag;
        bool tagged = false;
    };

    bool step() {
        const auto* token = scanner_.peek();
        if (token == nullptr) return false;
        switch (state_) {
            case State::kStreamStart:
                return stream_start();
            case State::kDocumentStart:
                return document_start();
            case State::kDocumentContent:
                return document_content();
            case State::kDocumentEnd:
                finished_ = true;
                return true;
            case State::kBlockNode:
                return node(Context::kBlock, false);
            case State::kBlockSequenceFirst:
            case State::kBlockSequenceEntry:
                return block_sequence_entry();
            case State::kIndentlessEntry:
                return indentless_entry();
            case State::kBlockMappingFirst:
            case State::kBlockMappingKey:
                return block_mapping_key();
            case State::kBlockMappingValue:
                return block_mapping_value();
            case State::kFlowSequenceFirst:
            case State::kFlowSequenceEntry:
                return flow_sequence_entry();
            case State::kFlowPairKey:
                return flow_pair_key();
            case State::kFlowPairValue:
                return flow_pair_value();
            case State::kFlowPairEnd:
                return flow_pair_end();
            case State::kFlowMappingFirst:
            case State::kFlowMappingKey:
                return flow_mapping_key();
            case State::kFlowMappingValue:
                return flow_mapping_value(false);
            case State::kFlowMappingEmptyValue:
                return flow_mapping_value(true);
        }
        SIM_UNREACHABLE("a state outside its list");
    }

    [[nodiscard]] sim::Error error() const {
        if (!refusal_.empty()) return unregistered(refusal_);
        const auto& problem =
            problem_.source != YamlProblem::Source::kNone ? problem_ : scanner_.problem();
        // Line 0 counts as unknown, and only scanner errors are told counted from 1.
        int line = problem.context.line != 0 ? problem.context.line : problem.place.line;
        if (line != 0 && problem.source == YamlProblem::Source::kScanner) ++line;
        if (line == 0) return unregistered("yaml: " + problem.text);
        return unregistered(fmt::format("yaml: line {}: {}", line, problem.text));
    }

    bool fail(const YamlMark& context, std::string_view text, const YamlMark& place) {
        problem_ = {YamlProblem::Source::kParser, std::string(text), context, place};
        return false;
    }

    bool type_is(std::initializer_list<Type> types) {
        const auto* token = scanner_.peek();
        return token != nullptr &&
               std::find(types.begin(), types.end(), token->type) != types.end();
    }

    void push(State state) { states_.push_back(state); }

    void leave() {
        state_ = states_.back();
        states_.pop_back();
    }

    void leave_collection() {
        leave();
        marks_.pop_back();
        scanner_.pop();
        open_.pop_back();
    }

    /// Drops the current token; false when the next one cannot be read.
    bool advance() {
        scanner_.pop();
        return scanner_.peek() != nullptr;
    }

    // Nodes.

    YamlNode& add(YamlNode::Kind kind, const YamlMark& start) {
        auto& added = tree_.nodes.emplace_back();
        added.kind = kind;
        added.line = start.line + 1;
        if (open_.empty())
            tree_.root = &added;
        else
            open_.back()->content.push_back(&added);
        return added;
    }

    void empty_scalar(const YamlMark& start) { add(YamlNode::Kind::kScalar, start).tag = "!!null"; }

    void take_properties(YamlNode& target, Properties& from, std::string_view default_tag) {
        if (!from.tag.empty() && from.tag != "!")
            target.tag = short_yaml_tag(from.tag);
        else
            target.tag = default_tag;
        if (!from.anchor.empty()) anchors_[std::move(from.anchor)] = &target;
    }

    bool alias() {
        const auto& token = *scanner_.peek();
        auto& added = add(YamlNode::Kind::kAlias, token.start);
        added.value = token.value;
        const auto found = anchors_.find(token.value);
        if (found == anchors_.end()) {
            refusal_ = fmt::format("yaml: unknown anchor '{}' referenced", token.value);
            return false;
        }
        added.target = found->second;
        leave();
        scanner_.pop();
        return true;
    }

    void scalar(Properties& properties) {
        const auto& token = *scanner_.peek();
        auto& added = add(YamlNode::Kind::kScalar, properties.start);
        added.value = token.value;
        const bool merges = token.plain && token.value == "<<";
        take_properties(added,
                        properties,
                        !token.plain ? "!!str"
                        : merges     ? "!!merge"
                                     : plain_tag(token.value));
        leave();
        scanner_.pop();
    }

    bool collection(YamlNode::Kind kind, Properties& properties, State next) {
        auto& added = add(kind, properties.start);
        const bool mapping = kind == YamlNode::Kind::kMapping;
        take_properties(added, properties, mapping ? "!!map" : "!!seq");
        open_.push_back(&added);
        state_ = next;
        return true;
    }

    // States.

    bool stream_start() {
        state_ = State::kDocumentStart;
        scanner_.pop();
        return true;
    }

    bool document_start() {
        if (type_is({Type::kStreamEnd})) {
            finished_ = true;
            return true;
        }
        const bool explicit_start =
            type_is({Type::kVersionDirective, Type::kTagDirective, Type::kDocumentStart});
        if (!directives()) return false;
        push(State::kDocumentEnd);
        state_ = State::kBlockNode;
        if (!explicit_start) return true;
        const auto* token = scanner_.peek();
        if (token == nullptr) return false;
        if (token->type != Type::kDocumentStart) {
            return fail({}, "did not find expected <document start>", token->start);
        }
        state_ = State::kDocumentContent;
        scanner_.pop();
        return true;
    }

    bool directives() {
        bool versioned = false;
        while (type_is({Type::kVersionDirective, Type::kTagDirective})) {
            const auto& token = *scanner_.peek();
            if (token.type == Type::kVersionDirective) {
                if (versioned) return fail({}, "found duplicate %YAML directive", token.start);
                if (token.major != 1 || token.minor != 1) {
                    return fail({}, "found incompatible YAML document", token.start);
                }
                versioned = true;
            } else if (!tag_prefixes_.emplace(token.value, token.suffix).second) {
                return fail({}, "found duplicate %TAG directive", token.start);
            }
            if (!advance()) return false;
        }
        tag_prefixes_.emplace("!", "!");
        tag_prefixes_.emplace("!!", "tag:yaml.org,2002:");
        return true;
    }

    bool document_content() {
        if (!type_is({Type::kVersionDirective,
                      Type::kTagDirective,
                      Type::kDocumentStart,
                      Type::kDocumentEnd,
                      Type::kStreamEnd})) {
            return node(Context::kBlock, false);
        }
        leave();
        empty_scalar(scanner_.peek()->start);
        return true;
    }

    bool properties(Properties& out) {
        out.start = scanner_.peek()->start;
        YamlMark tag_mark;
        std::string handle;
        // One anchor and one tag, in either order.
        for (int part = 0; part < 2; ++part) {
            const auto& token = *scanner_.peek();
            if (token.type == Type::kAnchor && out.anchor.empty()) {
                out.anchor = token.value;
            } else if (token.type == Type::kTag && !out.tagged) {
                out.tagged = true;
                handle = token.value;
                out.tag = token.suffix;
                tag_mark = token.start;
            } else {
                break;
            }
            if (!advance()) return false;
        }
        if (handle.empty()) return true;
        const auto found = tag_prefixes_.find(handle);
        out.tag = found == tag_prefixes_.end() ? "" : found->second + out.tag;
        return !out.tag.empty() || fail(out.start, "found undefined tag handle", tag_mark);
    }

    bool node(Context context, bool indentless_sequence) {
        if (type_is({Type::kAlias})) return alias();
        Properties own;
        if (!properties(own)) return false;
        const auto& token = *scanner_.peek();
        const bool block = context == Context::kBlock;
        using Kind = YamlNode::Kind;
        switch (token.type) {
            case Type::kScalar:
                scalar(own);
                return true;
            case Type::kFlowSequenceStart:
                return collection(Kind::kSequence, own, State::kFlowSequenceFirst);
            case Type::kFlowMappingStart:
                return collection(Kind::kMapping, own, State::kFlowMappingFirst);
            case Type::kBlockEntry:
                if (!indentless_sequence) break;
                return collection(Kind::kSequence, own, State::kIndentlessEntry);
            case Type::kBlockSequenceStart:
                if (!block) break;
                return collection(Kind::kSequence, own, State::kBlockSequenceFirst);
            case Type::kBlockMappingStart:
                if (!block) break;
                return collection(Kind::kMapping, own, State::kBlockMappingFirst);
            default:
                break;
        }
        if (!own.anchor.empty() || !own.tag.empty()) {
            auto& added = add(Kind::kScalar, own.start);
            take_properties(added, own, "!!null");
            leave();
            return true;
        }
        return fail(own.start, "did not find expected node content", token.start);
    }

    /// Remembers where a collection begins and drops the token that opened it.
    bool enter_collection(State first, State following) {
        if (state_ != first) return true;
        marks_.push_back(scanner_.peek()->start);
        state_ = following;
        return advance();
    }

    bool fail_collection(std::string_view text) {
        return fail(marks_.back(), text, scanner_.peek()->start);
    }

    bool block_sequence_entry() {
        if (!enter_collection(State::kBlockSequenceFirst, State::kBlockSequenceEntry)) return false;
        if (type_is({Type::kBlockEntry})) {
            const auto mark = scanner_.peek()->start;
            if (!advance()) return false;
            if (type_is({Type::kBlockEntry, Type::kBlockEnd})) {
                empty_scalar(mark);
                return true;
            }
            push(State::kBlockSequenceEntry);
            return node(Context::kBlock, false);
        }
        if (!type_is({Type::kBlockEnd})) {
            return fail_collection("did not find expected '-' indicator");
        }
        leave_collection();
        return true;
    }

    bool indentless_entry() {
        if (!type_is({Type::kBlockEntry})) {
            leave();
            open_.pop_back();
            return true;
        }
        const auto mark = scanner_.peek()->start;
        if (!advance()) return false;
        if (type_is({Type::kBlockEntry, Type::kKey, Type::kValue, Type::kBlockEnd})) {
            empty_scalar(mark);
            return true;
        }
        push(State::kIndentlessEntry);
        return node(Context::kBlock, false);
    }

    bool block_mapping_key() {
        if (!enter_collection(State::kBlockMappingFirst, State::kBlockMappingKey)) return false;
        if (type_is({Type::kKey})) {
            const auto mark = scanner_.peek()->start;
            if (!advance()) return false;
            if (type_is({Type::kKey, Type::kValue, Type::kBlockEnd})) {
                state_ = State::kBlockMappingValue;
                empty_scalar(mark);
                return true;
            }
            push(State::kBlockMappingValue);
            return node(Context::kBlock, true);
        }
        if (!type_is({Type::kBlockEnd})) {
            return fail_collection("did not find expected key");
        }
        leave_collection();
        return true;
    }

    bool block_mapping_value() {
        const auto mark = scanner_.peek()->start;
        if (type_is({Type::kValue})) {
            if (!advance()) return false;
            if (!type_is({Type::kKey, Type::kValue, Type::kBlockEnd})) {
                push(State::kBlockMappingKey);
                return node(Context::kBlock, true);
            }
        }
        state_ = State::kBlockMappingKey;
        empty_scalar(mark);
        return true;
    }

    bool flow_sequence_entry() {
        const bool first = state_ == State::kFlowSequenceFirst;
        if (!enter_collection(State::kFlowSequenceFirst, State::kFlowSequenceEntry)) return false;
        if (!type_is({Type::kFlowSequenceEnd}) && !first) {
            if (!type_is({Type::kFlowEntry})) {
                return fail_collection("did not find expected ',' or ']'");
            }
            if (!advance()) return false;
        }
        if (type_is({Type::kKey})) {
            Properties none;
            none.start = scanner_.peek()->start;
            scanner_.pop();
            return collection(YamlNode::Kind::kMapping, none, State::kFlowPairKey);
        }
        if (!type_is({Type::kFlowSequenceEnd})) {
            push(State::kFlowSequenceEntry);
            return node(Context::kFlow, false);
        }
        leave_collection();
        return true;
    }

    bool flow_pair_key() {
        if (!type_is({Type::kValue, Type::kFlowEntry, Type::kFlowSequenceEnd})) {
            push(State::kFlowPairValue);
            return node(Context::kFlow, false);
        }
        // yaml.v3 drops the token here, so that a pair without a key loses its value too.
        empty_scalar(scanner_.peek()->start);
        scanner_.pop();
        state_ = State::kFlowPairValue;
        return true;
    }

    bool flow_pair_value() {
        if (type_is({Type::kValue})) {
            if (!advance()) return false;
            if (!type_is({Type::kFlowEntry, Type::kFlowSequenceEnd})) {
                push(State::kFlowPairEnd);
                return node(Context::kFlow, false);
            }
        }
        state_ = State::kFlowPairEnd;
        empty_scalar(scanner_.peek()->start);
        return true;
    }

    bool flow_pair_end() {
        state_ = State::kFlowSequenceEntry;
        open_.pop_back();
        return true;
    }

    bool flow_mapping_key() {
        const bool first = state_ == State::kFlowMappingFirst;
        if (!enter_collection(State::kFlowMappingFirst, State::kFlowMappingKey)) return false;
        if (!type_is({Type::kFlowMappingEnd}) && !first) {
            if (!type_is({Type::kFlowEntry})) {
                return fail_collection("did not find expected ',' or '}'");
            }
            if (!advance()) return false;
        }
        if (type_is({Type::kKey})) {
            if (!advance()) return false;
            if (!type_is({Type::kValue, Type::kFlowEntry, Type::kFlowMappingEnd})) {
                push(State::kFlowMappingValue);
                return node(Context::kFlow, false);
            }
            state_ = State::kFlowMappingValue;
            empty_scalar(scanner_.peek()->start);
            return true;
        }
        if (!type_is({Type::kFlowMappingEnd})) {
            push(State::kFlowMappingEmptyValue);
            return node(Context::kFlow, false);
        }
        leave_collection();
        return true;
    }

    bool flow_mapping_value(bool empty) {
        if (!empty && type_is({Type::kValue})) {
            if (!advance()) return false;
            if (!type_is({Type::kFlowEntry, Type::kFlowMappingEnd})) {
                push(State::kFlowMappingKey);
                return node(Context::kFlow, false);
            }
        }
        state_ = State::kFlowMappingKey;
        empty_scalar(scanner_.peek()->start);
        return true;
    }

    YamlScanner scanner_;
    YamlTree tree_;
    State state_ = State::kStreamStart;
    bool finished_ = false;
    std::vector<State> states_;
    std::vector<YamlMark> marks_;
    std::vector<YamlNode*> open_;
    std::map<std::string, const YamlNode*, std::less<>> anchors_;
    std::map<std::string, std::string, std::less<>> tag_prefixes_;
    YamlProblem problem_;
    std::string refusal_;
};

}  // namespace

sim::Result<YamlTree> parse_yaml(std::string_view text) {
    return Composer(text).run();
}

}  // namespace nodes
