// Making blocks: transactions in order of arrival, the script's own, and what the world notices of
// them.
#include "scenarios/engine/gas_limits.h"
#include "scenarios/engine/world.h"

#include <fmt/format.h>

namespace scenarios {

void World::schedule_block() {
    constexpr std::int64_t kMillionth = 1'000'000;
    const std::int64_t shift =
        consensus_.options().jitter.ns == 0 ? 0 : block_draws_.uniform_int(-kMillionth, kMillionth);
    queue_.push(consensus_.block_at(height_ + sim::BlockCount{1}, shift),
                {.kind = EventKind::kBlock});
}

void World::make_block(Observer& observer) {
    height_ = height_ + sim::BlockCount{1};
    const std::size_t proposer = consensus_.take_turn();
    const nodes::Timestamp stamp = consensus_.stamp(now_);
    chain_.begin_block(height_, stamp);
    BlockSeen block{.height = height_,
                    .at = now_,
                    .stamp = stamp,
                    .proposer = consensus_.validators().validators()[proposer].name};
    run_mempool(block, observer);
    const ScriptBlock* script = script_.take(scenario_->script, height_);
    if (script != nullptr) run_script(*script, block, observer);
    chain_.end_block();
    if (script != nullptr) {
        for (const StateCheck& check : script->checks)
            script_.check_state(check, chain_);
    }
    if (block.transactions > 0) {
        digests_.of(sim::Part::kChain).mix_word(static_cast<std::uint64_t>(height_.value));
        ++blocks_with_transactions_;
        check_invariants();
    }
    if (!observer.block(*this, block)) stopped_ = true;
    schedule_block();
}

void World::run_mempool(BlockSeen& block, Observer& observer) {
    for (const std::uint32_t slot : mempool_) {
        PendingTx& pending = pool_.at(slot);
        const AgentRef sender = pending.sender;
        tx_.messages.resize(1);
        tx_.messages.front() = std::move(pending.msg);
        pool_.release(slot);
        tx_.signer = nodes::required_signer(tx_.messages.front());
        tx_.gas_limit = usual_gas_limit(tx_.messages.front());
        set_fee(tx_, scenario_->gas_price_scaled, uakt_);
        deliver(tx_, sender, block, observer);
    }
    mempool_.clear();
    mempool_.swap(for_next_block_);
}

void World::run_script(const ScriptBlock& script, BlockSeen& block, Observer& observer) {
    for (const ScriptTx& step : script.transactions) {
        const auto tx = script_.transaction(step, chain_.names());
        SIM_ASSERT(tx.has_value(), "a transaction that was read at the start");
        deliver(tx.value(), agent_with(tx.value().signer), block, observer);
        script_.check_result(step, result_);
    }
}

void World::deliver(const nodes::Tx& tx, AgentRef sender, BlockSeen& block, Observer& observer) {
    chain_.deliver(tx, result_);
    settlements_.clear();
    market_.transaction(chain_,
                        tx,
                        result_,
                        {.height = height_,
                         .at = now_,
                         .akt_micro_usd = ask_price(),
                         .block_interval = scenario_->block.interval,
                         .uakt = uakt_},
                        settlements_);
    observer.transaction(*this,
                         {.height = height_,
                          .at = now_,
                          .position = block.transactions,
                          .tx = &tx,
                          .result = &result_});
    ++block.transactions;
    block.failed += result_.ok() ? 0U : 1U;
    block.gas_used += result_.gas_used;
    mix_result(result_);
    for (const SettlementSeen& settlement : settlements_)
        observer.settlement(*this, settlement);
    if (!result_.ok()) {
        refuse(tx, result_, sender);
        return;
    }
    fresh_news_.clear();
    nodes::append_news(result_, height_, fresh_news_);
    for (const nodes::News& news : fresh_news_)
        route(news);
}

void World::mix_result(const nodes::TxResult& result) {
    sim::Digest& chain = digests_.of(sim::Part::kChain);
    chain.mix_word(result.gas_used << 24U | result.code);
    sim::Digest& market = digests_.of(sim::Part::kMarket);
    for (const nodes::ChainEvent& event : result.events) {
        chain.mix_word(static_cast<std::uint64_t>(event.kind) << 56U ^
                       static_cast<std::uint64_t>(event.amount) ^ event.sequence << 40U);
        if (event.kind < nodes::EventKind::kDeploymentCreated) continue;
        market.mix_word(std::uint64_t{event.id.owner.index} << 32U | event.id.provider.index);
        market.mix_word(event.id.dseq << 16U ^ std::uint64_t{event.id.gseq} << 8U ^ event.id.oseq);
        market.mix_word(static_cast<std::uint64_t>(event.price.scaled) ^
                        static_cast<std::uint64_t>(event.kind) << 56U);
    }
}

void World::check_invariants() {
    if (checks_.coins > 0 && blocks_with_transactions_ % checks_.coins == 0) {
        for (const nodes::SupplyCheck& check : chain_.supply()) {
            if (check.supply == check.balances) continue;
            broken(fmt::format("coins are not conserved: {} {} in all, {} in balances",
                               check.supply,
                               chain_.names().denoms.text(check.denom),
                               check.balances));
        }
    }
    if (checks_.all > 0 && blocks_with_transactions_ % checks_.all == 0) check_everything();
}

}  // namespace scenarios
