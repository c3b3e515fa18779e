#include "nodes/protocol/sdl_yaml_scanner.h"

#include "sim/assert.h"

#include <algorithm>

namespace nodes {
namespace {

using Type = YamlTokenType;

constexpr int kDepthMax = 10'000;       // yaml.v3's limit of both indents and flow levels
constexpr int kSimpleKeyLength = 1024;  // a key's ':' must come within as many characters

}  // namespace

const YamlToken* YamlScanner::peek() {
    if (!available_ && !fetch_more()) return nullptr;
    return &tokens_.front();
}

void YamlScanner::pop() {
    SIM_ASSERT(available_, "a token was looked at before it is dropped, {} parsed", parsed_);
    available_ = false;
    ++parsed_;
    tokens_.pop_front();
}

const YamlProblem& YamlScanner::problem() const {
    return input_.problem().source != YamlProblem::Source::kNone ? input_.problem() : problem_;
}

bool YamlScanner::fail(const YamlMark& context, std::string_view text) {
    if (problem_.source == YamlProblem::Source::kNone) {
        problem_ = {YamlProblem::Source::kScanner, std::string(text), context, input_.mark()};
    }
    return false;
}

bool YamlScanner::fetch_more() {
    while (true) {
        if (problem().source != YamlProblem::Source::kNone) return false;
        if (tokens_.size() > 2) {
            // A possible key at the head: only the tokens that follow tell whether it is one.
            const auto found = key_of_token_.find(parsed_);
            if (found == key_of_token_.end() || found->second >= simple_keys_.size()) break;
            const auto validity = check_simple_key(simple_keys_[found->second]);
            if (validity == Validity::kError) return false;
            if (validity == Validity::kStale) break;
        }
        if (!fetch_next()) return false;
    }
    available_ = true;
    return true;
}

bool YamlScanner::fetch_next() {
    if (!input_.ensure(1)) return false;
    if (!started_) return fetch_start();
    const auto before = input_.mark();
    if (!skip_to_token()) return false;
    unroll_indent(input_.mark().column, before);
    if (!input_.ensure(4)) return false;
    if (input_.is_end()) return fetch_end();
    if (input_.mark().column == 0 && input_.at() == '%') return fetch_directive();
    if (input_.at_document_indicator('-')) return fetch_document_indicator(Type::kDocumentStart);
    if (input_.at_document_indicator('.')) return fetch_document_indicator(Type::kDocumentEnd);
    if (!fetch_token()) return false;
    // A comment after a dash belongs to what follows and is passed with it.
    if (tokens_.back().type != Type::kBlockEntry) skip_line_comment();
    return true;
}

bool YamlScanner::fetch_token() {
    const bool flow = flow_level_ > 0;
    switch (input_.at()) {
        case '[':
            return fetch_flow_start(Type::kFlowSequenceStart);
        case '{':
            return fetch_flow_start(Type::kFlowMappingStart);
        case ']':
            return fetch_flow_end(Type::kFlowSequenceEnd);
        case '}':
            return fetch_flow_end(Type::kFlowMappingEnd);
        case ',':
            return fetch_flow_entry();
        case '*':
            return fetch_anchor(Type::kAlias);
        case '&':
            return fetch_anchor(Type::kAnchor);
        case '!':
            return fetch_tag();
        case '\'':
            return fetch_flow_scalar(true);
        case '"':
            return fetch_flow_scalar(false);
        case '-':
            if (input_.is_space_or_end(1)) return fetch_block_entry();
            break;
        case '?':
            if (flow || input_.is_space_or_end(1)) return fetch_key();
            break;
        case ':':
            if (flow || input_.is_space_or_end(1)) return fetch_value();
            break;
        case '|':
            if (!flow) return fetch_block_scalar(true);
            break;
        case '>':
            if (!flow) return fetch_block_scalar(false);
            break;
        default:
            break;
    }
    if (plain_scalar_starts()) return fetch_plain_scalar();
    return fail(input_.mark(), "found character that cannot start any token");
}

bool YamlScanner::plain_scalar_starts() const {
    constexpr std::string_view kIndicators = "-?:,[]{}#&*!|>'\"%@`";
    const char c = input_.at();
    if (c == '-') return !input_.is_blank(1);
    if (c == '?' || c == ':') return flow_level_ == 0 && !input_.is_space_or_end(1);
    return !input_.is_space_or_end() && kIndicators.find(c) == kIndicators.npos;
}

bool YamlScanner::skip_to_token() {
    while (true) {
        if (!input_.ensure(1)) return false;
        if (input_.at_start_with_byte_order_mark()) input_.skip();
        if (!input_.ensure(1)) return false;
        // Tabs may stand between tokens, but not where a block key could start.
        const bool tabs = flow_level_ > 0 || !simple_key_allowed_;
        while (input_.at() == ' ' || (tabs && input_.at() == '\t')) {
            input_.skip();
            if (!input_.ensure(1)) return false;
        }
        if (input_.at() == '#') skip_comments();
        if (problem().source != YamlProblem::Source::kNone) return false;
        if (!input_.is_break()) return true;
        if (!input_.ensure(2)) return false;
        input_.skip_line();
        if (flow_level_ == 0) simple_key_allowed_ = true;
    }
}

void YamlScanner::skip_comments() {
    // Following comment lines are passed at once, whatever blanks (tabs too) stand before them;
    // yaml.v3 looks 512 characters ahead for the next one.
    constexpr std::size_t kLookAhead = 512;
    std::size_t ahead = 0;
    while (true) {
        while (ahead < kLookAhead && input_.ensure(ahead + 1) &&
               (input_.is_blank(ahead) || input_.is_break(ahead))) {
            ++ahead;
        }
        if (ahead >= kLookAhead || input_.at(ahead) != '#') return;
        const int comment = input_.mark().index + static_cast<int>(ahead);
        while (input_.ensure(2)) {
            if (!input_.is_break_or_end()) {
                input_.skip();
            } else if (input_.mark().index < comment) {
                input_.skip_line();
            } else {
                break;
            }
        }
        if (input_.problem().source != YamlProblem::Source::kNone) return;
        ahead = 1;  // the break that ends the comment stays
    }
}

void YamlScanner::skip_line_comment() {
    if (input_.newlines() > 0) return;
    constexpr std::size_t kLookAhead = 512;
    std::size_t ahead = 0;
    while (ahead < kLookAhead && input_.ensure(ahead + 1) && input_.is_blank(ahead))
        ++ahead;
    if (ahead >= kLookAhead || input_.at(ahead) != '#') return;
    while (input_.ensure(1) && !input_.is_break_or_end())
        input_.skip();
}

YamlScanner::Validity YamlScanner::check_simple_key(SimpleKey& key) {
    if (!key.possible) return Validity::kStale;
    const auto& here = input_.mark();
    if (key.mark.line < here.line || key.mark.index + kSimpleKeyLength < here.index) {
        if (key.required) {
            fail(key.mark, "could not find expected ':'");
            return Validity::kError;
        }
        key.possible = false;
        return Validity::kStale;
    }
    return Validity::kValid;
}

bool YamlScanner::save_simple_key() {
    if (!simple_key_allowed_) return true;
    const bool required = flow_level_ == 0 && indent_ == input_.mark().column;
    const SimpleKey key{true, required, next_token_number(), input_.mark()};
    if (!remove_simple_key()) return false;
    simple_keys_.back() = key;
    key_of_token_[key.token_number] = simple_keys_.size() - 1;
    return true;
}

bool YamlScanner::remove_simple_key() {
    auto& key = simple_keys_.back();
    if (!key.possible) return true;
    if (key.required) return fail(key.mark, "could not find expected ':'");
    key.possible = false;
    key_of_token_.erase(key.token_number);
    return true;
}

bool YamlScanner::roll_indent(int column,
                              int token_number,
                              YamlTokenType type,
                              const YamlMark& mark) {
    if (flow_level_ > 0 || indent_ >= column) return true;
    indents_.push_back(indent_);
    indent_ = column;
    if (indents_.size() > kDepthMax) {
        return fail(simple_keys_.back().mark, "exceeded max depth of 10000");
    }
    insert(token_number, {.type = type, .start = mark, .value = {}, .suffix = {}});
    return true;
}

void YamlScanner::unroll_indent(int column, const YamlMark& mark) {
    if (flow_level_ > 0) return;
    while (indent_ > column) {
        append({.type = Type::kBlockEnd, .start = mark, .value = {}, .suffix = {}});
        indent_ = indents_.back();
        indents_.pop_back();
    }
}

void YamlScanner::insert(int token_number, YamlToken token) {
    // A place that was already handed out means the end of the queue, as in yaml.v3.
    const auto place = std::ptrdiff_t{token_number} - parsed_;
    const bool inside = place >= 0 && place < std::ssize(tokens_);
    tokens_.insert(inside ? tokens_.begin() + place : tokens_.end(), std::move(token));
}

void YamlScanner::append_indicator(YamlTokenType type, int characters) {
    append({.type = type, .start = input_.mark(), .value = {}, .suffix = {}});
    for (int k = 0; k < characters; ++k)
        input_.skip();
}

bool YamlScanner::fetch_start() {
    simple_keys_.emplace_back();
    simple_key_allowed_ = true;
    started_ = true;
    append_indicator(Type::kStreamStart, 0);
    return true;
}

bool YamlScanner::fetch_end() {
    input_.force_new_line();
    unroll_indent(-1, input_.mark());
    if (!remove_simple_key()) return false;
    simple_key_allowed_ = false;
    append_indicator(Type::kStreamEnd, 0);
    return true;
}

bool YamlScanner::fetch_directive() {
    unroll_indent(-1, input_.mark());
    if (!remove_simple_key()) return false;
    simple_key_allowed_ = false;
    YamlToken token;
    if (!scan_directive(token)) return false;
    append(std::move(token));
    return true;
}

bool YamlScanner::fetch_document_indicator(YamlTokenType type) {
    unroll_indent(-1, input_.mark());
    if (!remove_simple_key()) return false;
    simple_key_allowed_ = false;
    append_indicator(type, 3);
    return true;
}

bool YamlScanner::fetch_flow_start(YamlTokenType type) {
    if (!save_simple_key()) return false;
    simple_keys_.push_back({false, false, next_token_number(), input_.mark()});
    if (++flow_level_ > kDepthMax) {
        return fail(simple_keys_.back().mark, "exceeded max depth of 10000");
    }
    simple_key_allowed_ = true;
    append_indicator(type, 1);
    return true;
}

bool YamlScanner::fetch_flow_end(YamlTokenType type) {
    if (!remove_simple_key()) return false;
    if (flow_level_ > 0) {
        --flow_level_;
        key_of_token_.erase(simple_keys_.back().token_number);
        simple_keys_.pop_back();
    }
    simple_key_allowed_ = false;
    append_indicator(type, 1);
    return true;
}

bool YamlScanner::fetch_flow_entry() {
    if (!remove_simple_key()) return false;
    simple_key_allowed_ = true;
    append_indicator(Type::kFlowEntry, 1);
    return true;
}

bool YamlScanner::fetch_block_entry() {
    // A dash in flow context is left to the parser, which can tell where it stands.
    if (flow_level_ == 0) {
        const auto mark = input_.mark();
        if (!simple_key_allowed_) {
            return fail(mark, "block sequence entries are not allowed in this context");
        }
        if (!roll_indent(mark.column, -1, Type::kBlockSequenceStart, mark)) return false;
    }
    if (!remove_simple_key()) return false;
    simple_key_allowed_ = true;
    append_indicator(Type::kBlockEntry, 1);
    return true;
}

bool YamlScanner::fetch_key() {
    if (flow_level_ == 0) {
        const auto mark = input_.mark();
        if (!simple_key_allowed_) {
            return fail(mark, "mapping keys are not allowed in this context");
        }
        if (!roll_indent(mark.column, -1, Type::kBlockMappingStart, mark)) return false;
    }
    if (!remove_simple_key()) return false;
    simple_key_allowed_ = flow_level_ == 0;
    append_indicator(Type::kKey, 1);
    return true;
}

bool YamlScanner::fetch_value() {
    auto& key = simple_keys_.back();
    const auto validity = check_simple_key(key);
    if (validity == Validity::kError) return false;
    if (validity == Validity::kValid) {
        insert(key.token_number,
               {.type = Type::kKey, .start = key.mark, .value = {}, .suffix = {}});
        if (!roll_indent(key.mark.column, key.token_number, Type::kBlockMappingStart, key.mark)) {
            return false;
        }
        key.possible = false;
        key_of_token_.erase(key.token_number);
        simple_key_allowed_ = false;
    } else {
        if (flow_level_ == 0) {
            const auto mark = input_.mark();
            if (!simple_key_allowed_) {
                return fail(mark, "mapping values are not allowed in this context");
            }
            if (!roll_indent(mark.column, -1, Type::kBlockMappingStart, mark)) return false;
        }
        simple_key_allowed_ = flow_level_ == 0;
    }
    append_indicator(Type::kValue, 1);
    return true;
}

bool YamlScanner::fetch_anchor(YamlTokenType type) {
    if (!save_simple_key()) return false;
    simple_key_allowed_ = false;
    YamlToken token;
    token.type = type;
    if (!scan_anchor(token)) return false;
    append(std::move(token));
    return true;
}

bool YamlScanner::fetch_tag() {
    if (!save_simple_key()) return false;
    simple_key_allowed_ = false;
    YamlToken token;
    token.type = Type::kTag;
    if (!scan_tag(token)) return false;
    append(std::move(token));
    return true;
}

bool YamlScanner::fetch_block_scalar(bool literal) {
    if (!remove_simple_key()) return false;
    simple_key_allowed_ = true;
    YamlToken token;
    if (!scan_block_scalar(token, literal)) return false;
    append(std::move(token));
    return true;
}

bool YamlScanner::fetch_flow_scalar(bool single) {
    if (!save_simple_key()) return false;
    simple_key_allowed_ = false;
    YamlToken token;
    if (!scan_flow_scalar(token, single)) return false;
    append(std::move(token));
    return true;
}

bool YamlScanner::fetch_plain_scalar() {
    if (!save_simple_key()) return false;
    simple_key_allowed_ = false;
    YamlToken token;
    if (!scan_plain_scalar(token)) return false;
    append(std::move(token));
    return true;
}

}  // namespace nodes
