#include "nodes/modules/bank.h"

#include "nodes/chain/ledger.h"
#include "nodes/protocol/errors.h"

#include <algorithm>

namespace nodes::bank {

sim::Status send(Context& ctx, const MsgSend& msg) {
    const AddressBook& book = ctx.names().addresses;
    for (const Coin& coin : msg.amount) {
        // BANK: the list of send-enabled flags (empty) and the default (true).
        ctx.gas.read(16, 2);
        ctx.gas.read(23, 4);
        const auto& disabled = ctx.state.send_disabled;
        if (std::find(disabled.begin(), disabled.end(), coin.denom) != disabled.end()) {
            return refusal(
                errors::kBankSendDisabled,
                ctx.names().denoms.text(coin.denom) + " transfers are currently disabled");
        }
    }
    const Address from = book.account(msg.from);
    const Address to = book.account(msg.to);
    const auto& blocked = ctx.state.modules.blocked;
    if (std::find(blocked.begin(), blocked.end(), to) != blocked.end()) {
        return refusal(errors::kSdkUnauthorized,
                       book.text(msg.to) + " is not allowed to receive funds");
    }
    SIM_CHECK(ledger::send(ctx, from, to, msg.amount));
    ctx.emit_text(EventKind::kMessageModule, "bank");
    return sim::ok();
}

}  // namespace nodes::bank
