#include "nodes/protocol/base64.h"
#include "nodes/protocol/message_json.h"
#include "nodes/protocol/signing.h"
#include "tests/support/vector_file.h"

#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <string>

namespace nodes {
namespace {

using nlohmann::json;

/// One recorded sequence: every transaction is built, signed and encoded again.
class Sequence {
  public:
    explicit Sequence(const json& record) : record_(record) {}

    void compare_all() {
        for (const auto& block : record_["blocks"]) {
            for (const auto& tx : block["txs"])
                compare(tx);
        }
    }

    std::size_t bytes_compared = 0;
    std::size_t signatures_compared = 0;

  private:
    Tx build(const json& recorded) {
        Tx tx;
        for (const auto& message : recorded["messages"]) {
            auto decoded = message_from_json(message, names_);
            EXPECT_TRUE(decoded) << decoded.error().text;
            if (decoded) tx.messages.push_back(*std::move(decoded));
        }
        tx.fee = *coins_from_text(recorded.value("fee", ""), names_);
        tx.gas_limit = recorded["gas_limit"].get<std::uint64_t>();
        tx.memo = recorded.value("memo", "");
        return tx;
    }

    void compare(const json& recorded) {
        const auto signer = recorded["signer"].get<std::string>();
        const auto& account = record_["accounts"][signer];
        std::uint64_t& own = sequences_[signer];
        const auto declared = recorded.value("sequence", own);
        const auto tx = build(recorded);
        const auto made = sign(tx,
                               names_,
                               key_from_secret(account["secret"].get<std::string>()),
                               record_["chain_id"].get<std::string>(),
                               account["account_number"].get<std::uint64_t>(),
                               declared);
        EXPECT_EQ(made.bytes.size(), tx_size(tx, names_, declared));
        if (recorded.contains("tx_bytes")) {
            EXPECT_EQ(base64_encode(made.bytes), recorded["tx_bytes"].get<std::string>());
            ++bytes_compared;
        }
        const auto signature = signature_event(recorded);
        if (!signature.empty()) {
            EXPECT_EQ(base64_encode({reinterpret_cast<const char*>(made.signature.data()),
                                     made.signature.size()}),
                      signature);
            ++signatures_compared;
        }
        // The ante chain passed: it left its events and took the sequence step.
        if (!recorded["events"].empty()) ++own;
    }

    static std::string signature_event(const json& recorded) {
        for (const auto& event : recorded["events"]) {
            if (event.value("type", "") != "tx") continue;
            for (const auto& attribute : event["attributes"]) {
                const auto pair = attribute.get<std::vector<std::string>>();
                if (pair.at(0) == "signature") return pair.at(1);
            }
        }
        return {};
    }

    const json& record_;
    Names names_;
    std::map<std::string, std::uint64_t> sequences_;
};

/// How many sequences of each file are signed again here; run_vectors takes them all.
constexpr std::size_t kSequencesMax = 4;

TEST(Signing, ReproducesRecordedTransactions) {
    std::size_t bytes = 0;
    std::size_t signatures = 0;
    for (const auto* file : {"market/fees-005000.jsonl.gz", "market/fees-005060.jsonl.gz"}) {
        const auto path = test_support::shared_vector(ORRERY_SOURCE_DIR, file);
        if (path.empty()) GTEST_SKIP() << "no recorded sequences here";
        test_support::VectorFile records(path);
        for (std::size_t i = 0; i < kSequencesMax; ++i) {
            const auto record = records.next();
            if (!record) break;
            Sequence sequence(*record);
            sequence.compare_all();
            bytes += sequence.bytes_compared;
            signatures += sequence.signatures_compared;
        }
    }
    EXPECT_GT(bytes, 50U);
    EXPECT_GT(signatures, 200U);
}

TEST(Signing, KeysStayBelowTheOrderOfTheGroup) {
    // SHA-256 of the empty text plus one: far below the order, so nothing is taken off.
    const auto key = key_from_secret("");
    EXPECT_EQ(key.bytes[0], 0xe3);
    EXPECT_EQ(key.bytes[31], 0x56);
}

}  // namespace
}  // namespace nodes
