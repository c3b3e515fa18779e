// What one transaction's handlers work with: the state, the meter, the result they fill. Passed by
// reference through every module; it holds no state of its own beyond the transaction.
#pragma once

#include "nodes/chain/app.h"
#include "nodes/chain/gas.h"
#include "nodes/chain/state.h"

#include <string>
#include <string_view>

namespace nodes {

struct Context {
    ChainState& state;
    GasMeter& gas;
    TxResult& result;
    std::uint32_t exec = 0;  ///< ChainEvent::exec of what happens now

    [[nodiscard]] const Names& names() const { return state.names; }

    [[nodiscard]] const RuleSet& rules() const { return state.rules; }

    [[nodiscard]] sim::Height height() const { return state.height; }

    ChainEvent& emit(EventKind kind) {
        ChainEvent& event = result.events.emplace_back();
        event.kind = kind;
        event.exec = exec;
        return event;
    }

    ChainEvent& emit_text(EventKind kind, std::string text) {
        ChainEvent& event = emit(kind);
        event.text = static_cast<std::uint32_t>(result.texts.size());
        result.texts.push_back(std::move(text));
        return event;
    }
};

/// What the chain does with one message once the ante chain has passed; the modules provide it
/// (nodes/modules/router.cpp).
sim::Status handle_message(Context& ctx, const Msg& msg);

}  // namespace nodes
