#include "tests/window/sample_models.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>

namespace gui::samples {
namespace {

constexpr std::int64_t kHourNs = 3'600'000'000'000;
constexpr std::array<const char*, 6> kModels{"a100", "h100", "rtx4090", "rtx3090", "t4", "v100"};
constexpr std::array<const char*, 4> kRegions{"us-west", "us-east", "eu-central", "asia-east"};
constexpr std::array<const char*, 5> kGroups{"foundry", "hoster", "rtx4090", "hobby", "datacentre"};

sim::SimTime hours(double value) {
    return {static_cast<std::int64_t>(value * static_cast<double>(kHourNs))};
}

/// A smooth, bounded wiggle that needs no random numbers.
double wave(std::size_t i, double period, double phase) {
    return std::sin(static_cast<double>(i) / period + phase) *
           std::cos(static_cast<double>(i) / (period * 2.7) + phase * 2);
}

std::vector<SeriesLabel> labels() {
    std::vector<SeriesLabel> out;
    const auto add = [&](const char* name, const char* unit) { out.push_back({name, unit, ""}); };
    for (const char* name : {"gpu_utilization", "cpu_utilization", "memory_utilization"})
        add(name, "share");
    for (const char* name : {"gpus_total", "gpus_leased", "gpus_fake"})
        add(name, "cards");
    for (const char* name : {"cpus_total", "cpus_leased"})
        add(name, "CPUs");
    for (const char* name : {"leases_active", "orders_open", "leases_per_day", "bids_per_order"})
        add(name, "number");
    for (const char* name : {"akt_usd", "spent_usd", "programme_paid_usd"})
        add(name, "USD");
    for (const char* name :
         {"fees_uakt", "fees_uusdc", "escrow_uakt", "community_pool_uakt", "supply_uakt"})
        add(name, "uakt");
    add("transactions", "transactions");
    add("transactions_failed", "transactions");
    add("overdrawn", "accounts");
    for (const char* model : kModels) {
        out.push_back({fmt::format("gpus_leased/{}", model), "cards", ""});
        out.push_back({fmt::format("gpu_price/{}", model), "USD", ""});
    }
    return out;
}

double value_of(const std::string& name, std::size_t i, std::size_t column) {
    const double phase = static_cast<double>(column);
    const double grown = static_cast<double>(i);
    if (name == "gpus_total") return i > 150 ? 420 : 258;
    if (name == "gpus_leased") return 140 + 30 * wave(i, 30, 1) + (i > 150 ? 25 : 0);
    if (name == "cpus_total") return 17'700;
    if (name == "cpus_leased") return 9'400 + 700 * wave(i, 40, 2);
    if (name == "akt_usd") return 5 + 0.6 * wave(i, 60, 0) + 0.1 * wave(i, 7, 3);
    if (name.ends_with("utilization")) return 0.52 + 0.12 * wave(i, 35, phase);
    if (name.starts_with("gpus_leased/")) return std::floor(24 + 8 * wave(i, 25, phase));
    if (name.starts_with("gpu_price/")) return 0.5 + 0.1 * wave(i, 33, phase);
    if (name == "supply_uakt") return 2.29e14 + grown * 4e9;
    if (name == "escrow_uakt") return 4e11 + 3e10 * wave(i, 80, 0);
    if (name == "leases_active") return std::floor(310 + 40 * wave(i, 45, 1));
    if (name == "orders_open") return std::floor(9 + 7 * wave(i, 5, 2));
    if (name == "leases_per_day") return 790 + 60 * wave(i, 24, 1);
    if (name == "bids_per_order") return 14 + 2 * wave(i, 24, 1);
    return grown * (100 + phase);
}

std::shared_ptr<SeriesBook> book(std::size_t samples, std::size_t parts_at = ~std::size_t{0}) {
    const auto names = labels();
    SeriesSheet sheet(names);
    std::vector<double> values(names.size());
    for (std::size_t i = 0; i < samples; ++i) {
        for (std::size_t column = 0; column < names.size(); ++column)
            values[column] = value_of(names[column].name, i, column) * (i < parts_at ? 1 : 0.93);
        sheet.add(hours(static_cast<double>(i)), values);
    }
    auto out = std::make_shared<SeriesBook>();
    out->add_sheet(std::move(sheet));
    return out;
}

ClockView clock_at(double at_hours, double end_hours) {
    ClockView clock;
    clock.now = hours(at_hours);
    clock.end = hours(end_hours);
    clock.reached = hours(at_hours);
    clock.height = static_cast<std::int64_t>(at_hours * 3600 / 6.098);
    clock.block_every = {6'098'000'000};
    clock.time_text = "day 12, 06:41:18";
    clock.utc_text = "2024-04-01T06:41:18Z";
    clock.state_text = "paused";
    clock.speed_target = 3600;
    clock.events = 4'812'345;
    clock.digest = "5f1c7a90d0b34e1f8d2a6c0b9e7f4a35";
    clock.seed = 1;
    clock.version = "0.1.0";
    clock.scenario = "sample_market";
    clock.title = "A market made by hand";
    clock.reproduce_command = "orrery run sample_market --seed 1";
    clock.number = 7;
    return clock;
}

OrderRow order(std::size_t i, std::int64_t height) {
    OrderRow row;
    row.key = static_cast<Key>(i);
    row.id = fmt::format("services/{}/{}/1/1", i % 40, 100'000 + i * 7);
    row.tenant = fmt::format("services/{}", i % 40);
    row.tenant_key = static_cast<Key>(i % 40);
    row.gpus = i % 3 == 0 ? 0 : 1 + static_cast<std::int64_t>(i % 4);
    row.model = row.gpus > 0 ? kModels.at(i % kModels.size()) : "";
    row.wants = row.gpus > 0
                    ? fmt::format("{} x {}, {} CPU, 64 GiB", row.gpus, row.model, 4 + i % 12)
                    : fmt::format("{} CPU, 8 GiB, 50 GiB disk", 1 + i % 16);
    row.region = i % 5 == 0 ? kRegions.at(i % kRegions.size()) : "";
    row.denom = i % 4 == 0 ? "uusdc" : "uakt";
    row.maximum.usd_hour = 0.4 + 0.03 * static_cast<double>(i % 50);
    row.bids = i % 7 == 3 ? 0 : static_cast<std::int64_t>(i % 19) + 1;
    const double share = 0.6 + 0.01 * static_cast<double>(i % 30);
    row.best.usd_hour = row.bids > 0 ? row.maximum.usd_hour * share : 0;
    row.asked = 65;
    row.age_blocks = static_cast<std::int64_t>(i % 90) + 1;
    row.created = hours(static_cast<double>(height - row.age_blocks) * 6.098 / 3600);
    if (row.bids == 0) {
        row.state = "open";
        row.top_reasons = {
            {"insufficient capacity", 38}, {"model mismatch", 21}, {"not audited", 6}};
    } else if (i % 11 == 5) {
        row.stage = OrderStage::kLeased;
        row.state = fmt::format("leased to foundry/{}", i % 6);
    } else {
        row.state = "open";
    }
    return row;
}

AnswerRow answer(
    std::size_t i, AnswerKind kind, double usd, const char* reason, std::string words) {
    AnswerRow row;
    row.provider = static_cast<Key>(i);
    row.name = fmt::format("{}/{}", kGroups.at(i % kGroups.size()), i / kGroups.size());
    row.region = kRegions.at(i % kRegions.size());
    row.audited = i % 2 == 0;
    row.kind = kind;
    row.price.usd_hour = usd;
    row.reason = reason;
    row.words = std::move(words);
    row.block_in_auction = static_cast<std::int64_t>(i % 5) + 1;
    return row;
}

AuctionView auction(const OrderRow& of, std::size_t providers) {
    AuctionView view;
    view.shown = true;
    view.order = of;
    view.order.maximum.usd_hour = 1.4;
    view.resources = {"1 x (2 x a100, 16 CPU, 64 GiB, 100 GiB disk)"};
    view.attributes = {"host=akash", "region=eu-central", "signed by the auditor"};
    view.criterion = "price";
    view.blocks_open = 5;
    view.blocks_left = 2;
    view.winner = 3;
    view.bids = {
        answer(3, AnswerKind::kWon, 1.02, "won", "lowest price"),
        answer(11, AnswerKind::kLost, 1.05, "price above winner", "3 % above"),
        answer(7, AnswerKind::kLost, 1.18, "price above winner", "16 % above"),
        answer(21, AnswerKind::kLost, 1.27, "price above winner", "25 % above"),
        answer(19, AnswerKind::kLost, 1.46, "above tenant's maximum", "1.46 of at most 1.40"),
    };
    for (std::size_t i = 0; i + 5 < providers; ++i) {
        const bool full = i % 3 == 0;
        view.others.push_back(
            answer(30 + i,
                   AnswerKind::kDeclined,
                   0,
                   full ? "insufficient capacity" : "attribute mismatch",
                   full ? "wants 2 cards, has 1 free" : "wants region eu-central, has us-west"));
    }
    const std::array<const char*, 6> titles{
        "asked", "matched", "had capacity", "priced", "bid in time", "won"};
    const std::array<std::int64_t, 6> counts{
        static_cast<std::int64_t>(providers), static_cast<std::int64_t>(providers / 2), 9, 7, 5, 1};
    for (std::size_t i = 0; i < kFunnelStages; ++i) {
        FunnelStage& stage = view.funnel.at(i);
        stage.title = titles.at(i);
        stage.count = counts.at(i);
        for (std::int64_t k = 0; k < std::min<std::int64_t>(stage.count, 200); ++k)
            stage.names.push_back(
                fmt::format("{}/{}", kGroups.at(static_cast<std::size_t>(k) % 5), k / 5));
        stage.fallen = {"hobby/3: insufficient capacity", "hoster/2: not audited"};
    }
    return view;
}

ProviderRow provider(std::size_t i) {
    ProviderRow row;
    row.key = static_cast<Key>(i);
    row.group = kGroups.at(i % kGroups.size());
    row.name = fmt::format("{}/{}", row.group, i / kGroups.size());
    row.region = kRegions.at(i % kRegions.size());
    row.state = i % 17 == 9 ? "offline" : "online";
    row.online = row.state == "online";
    row.audited = i % 2 == 0;
    row.gpus = i % 3 == 2 ? 0 : 8;
    row.gpus_leased = row.gpus > 0 ? static_cast<std::int64_t>(i % 9) : 0;
    row.models = row.gpus > 0 ? fmt::format("8 x {}", kModels.at(i % kModels.size())) : "";
    row.utilization = static_cast<double>(i % 9) / 8;
    row.cpus = 256;
    row.cpus_leased = 140;
    row.strategy = "usd_targets";
    row.leases = static_cast<std::int64_t>(i % 13);
    row.bids = 1'000 + static_cast<std::int64_t>(i) * 13;
    row.won = row.bids / 9;
    row.revenue_usd = 1'234.5 + static_cast<double>(i) * 17;
    row.revenue_24h_usd = 61 + static_cast<double>(i);
    return row;
}

std::shared_ptr<const HeatMap> heat(std::size_t providers, double until_hours) {
    auto map = std::make_shared<HeatMap>();
    map->range = {hours(0), hours(until_hours)};
    map->columns = 240;
    for (std::size_t i = 0; i < providers; ++i) {
        map->providers.push_back(static_cast<Key>(i));
        for (std::size_t column = 0; column < map->columns; ++column) {
            const double share = 0.5 + 0.5 * wave(column + i * 3, 22, static_cast<double>(i));
            const bool absent = i % 5 == 4 && column < 100;
            map->cells.push_back(
                absent ? HeatMap::kAbsent
                       : static_cast<std::uint8_t>(std::clamp(share, 0.0, 1.0) * 200));
        }
    }
    return map;
}

SupplyView supply(std::size_t providers, double until_hours) {
    SupplyView view;
    for (std::size_t i = 0; i < kModels.size(); ++i) {
        ModelRow row;
        row.model = kModels.at(i);
        row.total = 40 + static_cast<std::int64_t>(i) * 6;
        row.leased = 20 + static_cast<std::int64_t>(i) * 5;
        row.wanted = i == 0 ? 31 : static_cast<std::int64_t>(i);
        row.shortage = i == 0 ? 11 : 0;
        row.orders_24h = 60 - static_cast<std::int64_t>(i) * 4;
        row.unfilled_24h = static_cast<std::int64_t>(i % 3);
        row.usd_card_hour = 1.4 / (1 + static_cast<double>(i));
        row.fake = i == 4 ? 6 : 0;
        view.models.push_back(row);
    }
    view.amounts = {{"CPU", "CPUs", 17'700, 9'400},
                    {"memory", "GiB", 90'000, 47'000},
                    {"storage", "GiB", 1.2e6, 3.1e5}};
    for (std::size_t i = 0; i < providers; ++i)
        view.providers.push_back(provider(i));
    view.heat = heat(providers, until_hours);
    return view;
}

void fill_market(ViewModel& model, std::size_t orders, std::size_t providers) {
    MarketView& market = model.market;
    for (std::size_t i = 0; i < orders; ++i) {
        market.orders.push_back(order(i, model.clock.height));
        const OrderRow& row = market.orders.back();
        if (row.stage == OrderStage::kOpen) ++market.open;
        if (row.stage == OrderStage::kOpen && row.bids == 0) ++market.open_without_bids;
    }
    market.models.assign(kModels.begin(), kModels.end());
    market.model = "a100";
    for (std::size_t i = 0; i < 14; ++i) {
        market.capacity.push_back({static_cast<Key>(i),
                                   fmt::format("foundry/{}", i),
                                   kRegions.at(i % 4),
                                   0.9 + 0.06 * static_cast<double>(i),
                                   static_cast<std::int64_t>(i % 5) + 1,
                                   3});
    }
    const double now = static_cast<double>(model.clock.now.ns) / static_cast<double>(kHourNs);
    double close = 1.2;
    for (double at = 0; at < now; at += 6) {
        const auto i = static_cast<std::size_t>(at);
        const double open = close;
        close = 1.2 + 0.25 * wave(i, 17, 1) + 0.05 * wave(i, 3, 2);
        market.candles.push_back({{hours(at), hours(at + 6)},
                                  open,
                                  std::max(open, close) + 0.03,
                                  std::min(open, close) - 0.02,
                                  close,
                                  4});
    }
    for (std::size_t i = 0; i < 24; ++i) {
        const double from_top = (static_cast<double>(i) - 9) / 5;
        market.profile.push_back(
            {0.8 + 0.04 * static_cast<double>(i),
             static_cast<std::int64_t>(60 * std::exp(-from_top * from_top)) + 2});
    }
    market.auction = auction(market.orders.at(1), providers);
}

void fill_cards(ViewModel& model) {
    model.cards = {
        {"GPUs leased", "165 of 258", "cards", "+12 in 24 h", 1, "gpus_leased", "39.3 % of them"},
        {"Open orders", "9", "", "-3 in 24 h", -1, "orders_open", "2 without bids"},
        {"Median price",
         "$1.20",
         "per card-hour",
         "-4 %",
         -1,
         "gpu_price/a100",
         "a100; h100 $1.90"},
        {"Bids per order", "14.2", "bids", "+0.3", 1, "bids_per_order", ""},
        {"Active leases", "312", "", "+5 in 24 h", 1, "leases_active", "791 made in 24 h"},
        {"Spent", "$4,210", "in 24 h", "+2 %", 1, "spent_usd", "$51,300 in all"},
        {"Block time", "6.1 s", "", "", 0, "transactions", "block 170,412"},
        {"Checks", "11 of 12", "hold", "", 0, "", "1 failed"}};
}

void fill_strip(ViewModel& model) {
    const auto mark = [&](double at, MarkerKind kind, const char* words) {
        model.strip.markers.push_back({hours(at), kind, words, hours(at) <= model.clock.now});
    };
    mark(40, MarkerKind::kAction, "demand x 2");
    mark(96, MarkerKind::kProgramme, "airdrop starts");
    mark(150, MarkerKind::kInjection, "supply +160 cards");
    mark(152, MarkerKind::kBookmark, "look here");
    mark(210, MarkerKind::kFault, "us-west cut off");
    mark(240, MarkerKind::kFailedCheck, "GPU utilization below 40 %");
    mark(400, MarkerKind::kProgramme, "airdrop ends");
    model.strip.spans = {{{hours(96), hours(400)}, SpanKind::kProgramme, "airdrop"},
                         {{hours(210), hours(222)}, SpanKind::kPartition, "us-west cut off"}};
    model.runs = {RunRow{.key = 0,
                         .name = "main",
                         .now = model.clock.now,
                         .reached = model.clock.reached,
                         .height = model.clock.height,
                         .digest = model.clock.digest,
                         .selected = true},
                  RunRow{.key = 1,
                         .parent = 0,
                         .name = "branch 1",
                         .forked_at = hours(150),
                         .now = hours(200),
                         .reached = hours(200),
                         .height = 118'000,
                         .digest = "00aa11bb22cc33dd",
                         .injections = {"add_providers: { count: 40, strategy: usd_targets }"}}};
    model.messages = {{1, Severity::kNormal, "branch 1 made at day 6, 06:00:00"}};
}

void fill_world(ViewModel& model) {
    for (std::size_t i = 0; i < kRegions.size(); ++i) {
        RegionRow row;
        row.key = static_cast<Key>(i);
        row.name = kRegions.at(i);
        row.providers = 12 + static_cast<std::int64_t>(i) * 4;
        row.online = row.providers - 1;
        row.tenants = 40;
        row.gpus = 60 + static_cast<std::int64_t>(i) * 20;
        row.leased = 30 + static_cast<std::int64_t>(i) * 12;
        row.usd_card_hour = 0.8 + 0.1 * static_cast<double>(i);
        row.partition = i == 0 ? 1 : 2;
        row.chain = i == 2;
        model.world.regions.push_back(row);
        for (std::size_t k = 0; k < kRegions.size(); ++k) {
            if (k != i) {
                model.world.links.push_back({static_cast<Key>(i),
                                             static_cast<Key>(k),
                                             45.0 + 30 * static_cast<double>(i + k),
                                             0.15,
                                             0.001,
                                             i == 0 || k == 0});
            }
        }
    }
    model.world.parted = true;
}

void fill_economy(ViewModel& model, std::size_t providers) {
    EconomyView& economy = model.economy;
    economy.akt_usd = 5.12;
    economy.denoms = {{"uakt", 8.1e9, 3.2e8, 0.04, 4.1e11, 7.7e12, 2.29e14},
                      {"uusdc", 2.2e9, 4.4e8, 0.2, 9.5e10, 4.4e8, 0}};
    ProgrammeRow programme;
    programme.name = "airdrop";
    programme.denom = "uakt";
    programme.runs = {hours(96), hours(400)};
    programme.running = true;
    programme.pool_per_day = 5'000;
    programme.paid = 41'000;
    programme.members = 31;
    programme.units = 160;
    programme.unreal = 12;
    programme.found_out = 3;
    programme.per_unit = 31.25;
    economy.programmes = {programme};
    economy.spent_usd = 51'300;
    economy.spent_24h_usd = 4'210;
    economy.earners_models.assign(kModels.begin(), kModels.end());
    for (std::size_t i = 0; i < std::min<std::size_t>(providers, 200); ++i) {
        EconomyView::Earner earner;
        earner.provider = static_cast<Key>(i);
        earner.name = provider(i).name;
        earner.usd = 9'000.0 / (1 + static_cast<double>(i));
        earner.usd_24h = earner.usd / 12;
        for (std::size_t k = 0; k < kModels.size(); ++k)
            earner.by_model.push_back(earner.usd / 6);
        economy.earners.push_back(earner);
    }
}

DeploymentRow deployment(std::size_t i, double now) {
    DeploymentRow row;
    row.key = static_cast<Key>(i);
    row.id = fmt::format("services/7/{}", 100'000 + i * 31);
    row.wants = "4 CPU, 8 GiB, 50 GiB disk";
    row.created = hours(now - 20 - static_cast<double>(i) * 9);
    row.ended = i > 3;
    row.state = row.ended ? "closed by the tenant" : "runs";
    row.ended_at = hours(now - static_cast<double>(i));
    const double begin = now - 20 - static_cast<double>(i) * 9;
    row.bars = {{BarPhase::kOrder, {hours(begin), hours(begin + 0.4)}, "order"},
                {BarPhase::kBids, {hours(begin + 0.4), hours(begin + 1.5)}, "14 bids"},
                {BarPhase::kLease,
                 {hours(begin + 1.5), row.ended ? row.ended_at : hours(now)},
                 "lease with foundry/3"}};
    row.provider = "foundry/3";
    row.price.usd_hour = 0.12;
    return row;
}

void fill_leases(ViewModel& model) {
    const double now = static_cast<double>(model.clock.now.ns) / static_cast<double>(kHourNs);
    for (std::size_t i = 0; i < 40; ++i) {
        TenantRow row;
        row.key = static_cast<Key>(i);
        row.group = "services";
        row.name = fmt::format("services/{}", i);
        row.region = kRegions.at(i % 4);
        row.behaviour = "cheapest";
        row.requests = 30 + static_cast<std::int64_t>(i);
        row.completed = 22;
        row.unserved = static_cast<std::int64_t>(i % 4);
        row.running = 4;
        row.waiting = static_cast<std::int64_t>(i % 2);
        row.spent_usd = 130 + static_cast<double>(i) * 3;
        model.leases.tenants.push_back(row);
    }
    TenantView& tenant = model.leases.tenant;
    tenant.shown = true;
    tenant.row = model.leases.tenants.at(7);
    tenant.address = "akash1qqexampleexampleexampleexampleexample";
    tenant.facts = {{"balance", "18,204.1 AKT, 19,801 USDC"},
                    {"budget", "1.6 times the usual price"},
                    {"pays with", "AKT (80 %)"}};
    tenant.counts = {{"completed", 22}, {"running", 4}, {"no bid", 2}};
    for (std::size_t i = 0; i < 9; ++i)
        tenant.deployments.push_back(deployment(i, now));
    EscrowRunOff& escrow = tenant.escrow;
    escrow.shown = true;
    escrow.denom = "uakt";
    escrow.state = "open";
    escrow.balance = 4.1e6;
    escrow.balance_now = 3.2e6;
    escrow.rate_per_block = 612;
    escrow.empty_height = model.clock.height + 5'200;
    escrow.empty_at = hours(now + 8.8);
    escrow.words = "empties at block 175,612, in 8 h 48 min";
    escrow.steps = {{hours(now - 20), 158'000, EscrowStep::Kind::kDeposit, 5e6, 5e6},
                    {hours(now - 18), 159'100, EscrowStep::Kind::kRate, 5e6, 612},
                    {hours(now - 9), 164'400, EscrowStep::Kind::kSettled, 1.7e6, 3.3e6},
                    {hours(now - 8.9), 164'450, EscrowStep::Kind::kTopUp, 6.7e6, 5e6},
                    {hours(now - 2), 168'500, EscrowStep::Kind::kSettled, 4.1e6, 2.6e6}};
}

void fill_provider(ViewModel& model) {
    ProviderView& view = model.provider;
    view.shown = true;
    view.row = provider(3);
    view.address = "akash1ppexampleexampleexampleexampleexample";
    for (std::size_t i = 0; i < 6; ++i) {
        NodeRow node;
        node.name = fmt::format("node {}", i);
        node.cards = "8 x a100 80Gi";
        for (std::size_t k = 0; k < 8; ++k) {
            node.cells.push_back(k < i + 2          ? CellState::kLeased
                                 : k == 7 && i == 1 ? CellState::kFake
                                 : k == 6           ? CellState::kReserved
                                                    : CellState::kFree);
        }
        node.cpus = 128;
        node.cpus_used = 20.0 * static_cast<double>(i + 1);
        node.memory_gib = 1024;
        node.memory_used_gib = 400;
        node.disk_gib = 8192;
        node.disk_used_gib = 900;
        view.nodes.push_back(node);
    }
    view.pricing = {
        {"strategy", "usd_targets"}, {"a100", "1,150 USD a month"}, {"CPU", "1.60 USD a month"}};
    view.attributes = {{"host", "akash"}, {"tier", "community"}, {"region", "us-east"}};
    view.audits = {"akash1365yvmc4s7awdyj3n2sav7xfx76adc6dnmlx63"};
    view.outcomes = {{"won", 112},
                     {"price above winner", 640},
                     {"insufficient capacity", 210},
                     {"attribute mismatch", 44}};
    view.slots = {{"serving", 12}, {"bid placed", 3}};
    view.model_revenue = {{"a100", 8'400}};
    for (std::size_t i = 0; i < 12; ++i)
        view.recent.push_back(order(i * 5 + 1, model.clock.height));
}

void fill_validators(ViewModel& model) {
    ValidatorsView& view = model.validators;
    double total = 0;
    for (std::size_t i = 0; i < 70; ++i) {
        ValidatorRow row;
        row.key = static_cast<Key>(i);
        row.name = i < 10   ? fmt::format("large/{}", i)
                   : i < 30 ? fmt::format("middle/{}", i - 10)
                            : fmt::format("small/{}", i - 30);
        row.region = kRegions.at(i % 4);
        row.power = i < 10 ? 3'000'000 : i < 30 ? 700'000 : 120'000;
        row.proposed = row.power / 400;
        total += static_cast<double>(row.power);
        view.validators.push_back(row);
    }
    for (auto& row : view.validators)
        row.share = static_cast<double>(row.power) / total;
    for (std::size_t i = 0; i < 600; ++i) {
        view.proposers.push_back(static_cast<std::uint16_t>(i * 7 % (i % 3 == 0 ? 70 : 10)));
        view.block_seconds.push_back(static_cast<float>(6.1 + 0.3 * wave(i, 4, 1)));
    }
    view.first_height = model.clock.height - 599;
    view.transactions = 48'112;
    view.failed = 391;
}

void fill_run(ViewModel& model) {
    ScenarioView& scenario = model.scenario;
    scenario.file = "scenarios/sample_market.yaml";
    scenario.text =
        "name: sample_market\nnetwork: akash\nseed: 1\nrun_for: 30d\nactions:\n"
        "  - { at: 40h, demand: { factor: 2 } }\n  - { at: 4d, programme_start: airdrop }\n"
        "  - { at: 400h, programme_end: airdrop }\nexpect:\n  - { what: coins_conserved }\n";
    scenario.actions = {
        {hours(40), "day 1, 16:00:00", "demand doubles", 6, true, false, false},
        {hours(96), "day 4, 00:00:00", "programme airdrop starts", 7, true, false, false},
        {hours(400), "day 16, 16:00:00", "programme airdrop ends", 8, false, true, false}};
    scenario.next_events = {
        {"block", 1, hours(295)}, {"timer", 418, hours(296)}, {"news", 65, hours(295.2)}};
    scenario.pending_events = 484;
    scenario.provider_groups.assign(kGroups.begin(), kGroups.end());
    scenario.tenant_groups = {"services", "ai"};
    scenario.programmes = {"airdrop"};
    scenario.regions.assign(kRegions.begin(), kRegions.end());
    scenario.gpu_models.assign(kModels.begin(), kModels.end());
    const auto check = [&](const char* title, CheckState state, const char* words, double margin) {
        CheckRow row;
        row.title = title;
        row.place = "scenarios/sample_market.yaml:12:5";
        row.state = state;
        row.text = words;
        row.value = "39.3 %";
        row.bound = ">= 40 %";
        row.margin = margin;
        row.has_margin = true;
        row.series = "gpu_utilization";
        row.bound_value = 0.4;
        row.window = {hours(120), hours(720)};
        row.has_violation = state == CheckState::kFailed;
        row.violated_at = hours(240);
        model.checks.rows.push_back(row);
    };
    check("no coin is made or lost", CheckState::kHeld, "holds in every block so far", 0);
    check("GPU utilization of 40 to 60 per cent",
          CheckState::kFailed,
          "0.393 at day 10, 00:00:00; wanted at least 0.4",
          -0.02);
    check("CPU utilization of 50 to 60 per cent", CheckState::kHeld, "mean 0.53", 0.06);
    check("about 800 new leases a day", CheckState::kPending, "mean 790 so far", 0.11);
    check("258 GPUs at day 20", CheckState::kNotReached, "looked at on day 20", 0);
    model.checks.held = 2;
    model.checks.failed = 1;
    model.checks.pending = 2;
    model.tour.captions = {
        {hours(0), "A market with 65 providers. Watch the orders arrive.", "", "market", true, -1},
        {hours(96),
         "An airdrop begins: providers are paid for being there.",
         "tab/utilization",
         "utilization",
         true,
         600},
        {hours(150), "Supply has grown, demand has not.", "", "overview", false, -1}};
    model.tour.current = 2;
}

void fill_log(ViewModel& model) {
    const std::array<const char*, 4> words{
        "bid of $1.02/h on services/7/100031/1/1",
        "declined: insufficient capacity, wants 2 cards, has 1 free",
        "order for 2 x a100, 16 CPU, at most $1.40/h",
        "lease with foundry/3 at $1.02/h"};
    const std::array<LogKind, 4> kinds{
        LogKind::kBid, LogKind::kDeclined, LogKind::kOrder, LogKind::kLease};
    const double now = static_cast<double>(model.clock.now.ns) / static_cast<double>(kHourNs);
    for (std::size_t i = 0; i < 400; ++i) {
        LogRow row;
        row.number = i + 1;
        row.at = hours(now - 4 + static_cast<double>(i) * 0.01);
        row.height = model.clock.height - 400 + static_cast<std::int64_t>(i);
        row.kind = kinds.at(i % 4);
        row.severity = i % 50 == 7 ? Severity::kWarning : Severity::kNormal;
        row.actor = i % 4 == 2 ? "services/7" : provider(i % 65).name;
        row.text = words.at(i % 4);
        row.order = static_cast<Key>(i % 30);
        model.log.rows.push_back(row);
    }
    model.log.matched = 400;
    model.log.kept = 48'000;
    PerformanceView& performance = model.performance;
    performance.kinds = {
        {"block", 172'000, 4'100}, {"timer", 2'400'000, 61'000}, {"news", 2'200'000, 55'000}};
    performance.publish_ms = 0.31;
    performance.publish_ms_worst = 1.2;
    performance.publish_share = 0.012;
    performance.snapshot_ms = 41;
    performance.snapshots = 32;
    performance.snapshot_bytes = 820'000'000;
    performance.snapshot_budget = 2'000'000'000;
    performance.history_bytes = 61'000'000;
    performance.process_bytes = 1'210'000'000;
    performance.queue_size = 484;
    performance.seek_ms = 310;
}

void fill_compare(ViewModel& model) {
    CompareView& view = model.compare;
    view.shown = true;
    view.a = 0;
    view.b = 1;
    view.a_name = "main";
    view.b_name = "branch 1";
    view.at = hours(200);
    const std::array<const char*, 6> names{
        "gpu_utilization", "leases_active", "gpus_total", "akt_usd", "spent_usd", "orders_open"};
    for (std::size_t i = 0; i < names.size(); ++i) {
        const double a = 100 + 10 * static_cast<double>(i);
        const double b = a * (i % 2 == 0 ? 1.08 : 0.93);
        view.rows.push_back({names.at(i), "number", a, b, b - a, (b / a - 1) * 100});
    }
    view.diverged = true;
    view.divergence_height = 88'553;
    view.divergence_at = hours(150);
    view.divergence = "equal up to block 88,552; first differing part: market";
}

ViewModel filled(std::size_t orders, std::size_t providers, double at_hours, double end_hours) {
    ViewModel model;
    model.clock = clock_at(at_hours, end_hours);
    const auto series = book(static_cast<std::size_t>(at_hours) + 1);
    model.series = series;
    fill_cards(model);
    fill_market(model, orders, providers);
    model.supply = supply(providers, at_hours);
    fill_strip(model);
    fill_world(model);
    fill_economy(model, providers);
    fill_leases(model);
    fill_provider(model);
    fill_validators(model);
    fill_run(model);
    fill_log(model);
    fill_compare(model);
    model.series_b = book(201, 150);
    return model;
}

}  // namespace

ViewModel empty() {
    ViewModel model;
    model.clock = clock_at(0, 24);
    model.clock.height = 0;
    model.clock.digest.clear();
    model.runs = {RunRow{.key = 0, .name = "main", .selected = true}};
    return model;
}

ViewModel typical() {
    return filled(120, 65, 294.6883, 720);
}

ViewModel large(Size size) {
    const double at = static_cast<double>(size.days) * 24;
    return filled(size.orders, size.providers, at, at * 1.1);
}

}  // namespace gui::samples
