// The events of the world: small, trivially copyable, and the same for every part.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace scenarios {

/// A provider or a tenant, by its place in the world's lists.
struct AgentRef {
    static constexpr std::uint32_t kTenantBit = 0x8000'0000U;
    static constexpr std::uint32_t kNobody = 0xFFFF'FFFFU;

    std::uint32_t code = kNobody;

    static constexpr AgentRef provider(std::uint32_t index) { return {index}; }

    static constexpr AgentRef tenant(std::uint32_t index) { return {index | kTenantBit}; }

    [[nodiscard]] constexpr bool nobody() const { return code == kNobody; }

    [[nodiscard]] constexpr bool is_tenant() const { return (code & kTenantBit) != 0; }

    [[nodiscard]] constexpr std::uint32_t index() const { return code & ~kTenantBit; }

    friend constexpr auto operator<=>(const AgentRef&, const AgentRef&) = default;

    static void fields(auto& self, auto&& visit) { visit("code", self.code); }
};

enum class EventKind : std::uint8_t {
    kBlock,        ///< the next block is made
    kTransaction,  ///< slot: a transaction reaches the node
    kNews,         ///< tag: news reach the agent
    kManifest,     ///< tag: a manifest reaches the provider
    kReport,       ///< tag: a report reaches the tenant
    kTimer,        ///< the agent's own timer
    kStart,        ///< the agent begins its life
    kAction,       ///< slot: an entry of the plan is due; never in the queue
    kRecovery,     ///< a provider that failed for a time comes back
    kProgramme,    ///< slot: a programme pays a period; never in the queue
    kSupply,       ///< slot: a group of providers weighs whether to be there
    kSample,       ///< the series take a sample
};
inline constexpr std::size_t kEventKinds = 12;
inline constexpr std::array<std::string_view, kEventKinds> kEventKindTexts{"block",
                                                                           "transaction",
                                                                           "news",
                                                                           "manifest",
                                                                           "report",
                                                                           "timer",
                                                                           "start",
                                                                           "action",
                                                                           "recovery",
                                                                           "programme",
                                                                           "supply",
                                                                           "sample"};

/// `slot` and `tag` mean what the kind says.
struct WorldEvent {
    EventKind kind = EventKind::kBlock;
    std::uint8_t timer_kind = 0;
    AgentRef agent{};
    std::uint32_t slot = 0;
    std::uint64_t tag = 0;

    static void fields(auto& self, auto&& visit) {
        visit("kind", self.kind);
        visit("timer_kind", self.timer_kind);
        visit("agent", self.agent);
        visit("slot", self.slot);
        visit("tag", self.tag);
    }
};

static_assert(sizeof(WorldEvent) == 24);

}  // namespace scenarios
