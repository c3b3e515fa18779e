// Splits a YAML text into tokens, following the rules of yaml.v3's scanner (scannerc.go 3.0.1):
// simple keys, indentation and two tokens of look-ahead beyond the one that is asked for.
#pragma once

#include "nodes/protocol/sdl_yaml_input.h"

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace nodes {

enum class YamlTokenType : std::uint8_t {
    kStreamStart,
    kStreamEnd,
    kVersionDirective,
    kTagDirective,
    kDocumentStart,
    kDocumentEnd,
    kBlockSequenceStart,
    kBlockMappingStart,
    kBlockEnd,
    kFlowSequenceStart,
    kFlowSequenceEnd,
    kFlowMappingStart,
    kFlowMappingEnd,
    kBlockEntry,
    kFlowEntry,
    kKey,
    kValue,
    kAlias,
    kAnchor,
    kTag,
    kScalar,
};

struct YamlToken {
    YamlTokenType type = YamlTokenType::kStreamStart;
    YamlMark start;
    std::string value;   ///< scalar text, anchor name, tag handle
    std::string suffix;  ///< rest of a tag, prefix of a tag directive
    bool plain = false;  ///< a scalar without quotes and not a block
    int major = 0;
    int minor = 0;
};

class YamlScanner {
  public:
    explicit YamlScanner(std::string_view text) : input_(text) {}

    /// The next token, or none after an error. Valid until the next call.
    const YamlToken* peek();
    /// Drops the token that `peek` gave.
    void pop();
    /// What went wrong, when `peek` gives none.
    [[nodiscard]] const YamlProblem& problem() const;

  private:
    struct SimpleKey {
        bool possible = false;
        bool required = false;
        int token_number = 0;
        YamlMark mark;
    };

    enum class Validity : std::uint8_t { kValid, kStale, kError };

    bool fetch_more();
    bool fetch_next();
    bool fetch_token();
    bool fetch_start();
    bool fetch_end();
    bool fetch_directive();
    bool fetch_document_indicator(YamlTokenType type);
    bool fetch_flow_start(YamlTokenType type);
    bool fetch_flow_end(YamlTokenType type);
    bool fetch_flow_entry();
    bool fetch_block_entry();
    bool fetch_key();
    bool fetch_value();
    bool fetch_anchor(YamlTokenType type);
    bool fetch_tag();
    bool fetch_block_scalar(bool literal);
    bool fetch_flow_scalar(bool single);
    bool fetch_plain_scalar();
    [[nodiscard]] bool plain_scalar_starts() const;

    bool skip_to_token();
    void skip_comments();
    void skip_line_comment();

    Validity check_simple_key(SimpleKey& key);
    bool save_simple_key();
    bool remove_simple_key();
    bool roll_indent(int column, int token_number, YamlTokenType type, const YamlMark& mark);
    void unroll_indent(int column, const YamlMark& mark);
    void append_indicator(YamlTokenType type, int characters);
    void insert(int token_number, YamlToken token);

    void append(YamlToken token) { tokens_.push_back(std::move(token)); }

    [[nodiscard]] int next_token_number() const {
        return parsed_ + static_cast<int>(tokens_.size());
    }

    bool scan_directive(YamlToken& token);
    bool scan_version(YamlToken& token);
    bool scan_version_number(const YamlMark& start, int& number);
    bool scan_tag_directive(YamlToken& token);
    bool scan_anchor(YamlToken& token);
    bool scan_tag(YamlToken& token);
    bool scan_tag_handle(bool directive, const YamlMark& start, std::string& handle);
    bool scan_tag_uri(std::string_view head, const YamlMark& start, std::string& uri);
    bool scan_uri_escape(const YamlMark& start, std::string& uri);
    bool skip_blanks();

    struct Folding;
    bool scan_block_scalar(YamlToken& token, bool literal);
    bool scan_block_header(const YamlMark& start, int& chomping, int& increment);
    bool scan_block_line(bool literal, Folding& folding, std::string& out);
    bool scan_block_breaks(int& indent, std::string& breaks, const YamlMark& start);
    bool scan_flow_scalar(YamlToken& token, bool single);
    bool scan_flow_text(bool single, const YamlMark& start, Folding& folding, std::string& out);
    bool scan_escape(const YamlMark& start, std::string& out);
    bool scan_escape_code(std::size_t digits, const YamlMark& start, std::string& out);
    bool scan_plain_scalar(YamlToken& token);
    bool scan_plain_text(Folding& folding, std::string& out);
    bool scan_spaces(Folding& folding);

    bool fail(const YamlMark& context, std::string_view text);

    YamlInput input_;
    YamlProblem problem_;
    std::deque<YamlToken> tokens_;
    int parsed_ = 0;  ///< tokens handed out
    bool available_ = false;
    bool started_ = false;
    int indent_ = -1;
    std::vector<int> indents_;
    int flow_level_ = 0;
    bool simple_key_allowed_ = false;
    std::vector<SimpleKey> simple_keys_;
    // Index into simple_keys_ by token number. Entries may be out of date, as they are in yaml.v3:
    // then one token more is looked at, which can decide which of two errors is told.
    std::map<int, std::size_t> key_of_token_;
};

}  // namespace nodes
