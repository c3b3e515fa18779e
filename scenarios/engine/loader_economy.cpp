// The keys `price` and `programmes`.
#include "scenarios/engine/loader_parts.h"

#include <fmt/format.h>

namespace scenarios {

namespace {

constexpr std::int64_t kPriceMost = 1'000'000'000'000;

std::int64_t read_micro_usd(const YamlValue& value) {
    const double usd = value.number({0.000'001, 1'000'000});
    return static_cast<std::int64_t>(usd * 1e6 + 0.5);
}

std::uint32_t read_ppm(const YamlValue& value) {
    return static_cast<std::uint32_t>(value.ratio({0, 1}) * 1e6 + 0.5);
}

void read_motion(const YamlValue& value, JumpDiffusion& motion) {
    const YamlObject object(
        value, {"drift", "sigma", "jumps_per_year", "jump_mean", "jump_sigma", "step"});
    if (const auto v = object.optional("drift")) motion.drift = v->number({-10, 10});
    if (const auto v = object.optional("sigma")) motion.sigma = v->number({0, 10});
    if (const auto v = object.optional("jumps_per_year"))
        motion.jumps_per_year = v->number({0, 1e4});
    if (const auto v = object.optional("jump_mean")) motion.jump_mean = v->number({-5, 5});
    if (const auto v = object.optional("jump_sigma")) motion.jump_sigma = v->number({0, 5});
    if (const auto v = object.optional("step")) motion.step = v->positive_duration();
}

}  // namespace

/// `price: 5`, `price: { points: [[0d, 5], [10d, 2.5]], linear: true }` or
/// `price: { start: 5, motion: { sigma: 1.1 } }`.
PriceConfig read_price(const YamlValue& value) {
    PriceConfig config;
    if (value.is_scalar()) {
        config.points = {{sim::SimTime{}, read_micro_usd(value)}};
        return config;
    }
    const YamlObject object(value, {"start", "points", "linear", "motion"});
    if (object.has("start") == object.has("points")) object.fail("write 'start' or 'points'");
    if (const auto start = object.optional("start")) {
        config.points = {{sim::SimTime{}, read_micro_usd(*start)}};
    }
    if (const auto points = object.optional("points")) {
        config.points.clear();
        for (const YamlValue& item : points->items(100'000)) {
            const auto pair = item.items(2);
            if (pair.size() != 2) item.fail("a point is [time, USD]");
            config.points.push_back({sim::SimTime{pair[0].duration().ns}, read_micro_usd(pair[1])});
        }
    }
    if (const auto linear = object.optional("linear"); linear && linear->boolean()) {
        config.kind = PriceKind::kLinear;
    }
    if (const auto motion = object.optional("motion")) {
        if (config.kind == PriceKind::kLinear) motion->fail("goes without 'linear'");
        config.kind = PriceKind::kJumpDiffusion;
        read_motion(*motion, config.motion);
    }
    if (const auto valid = validate(config); !valid) value.fail(valid.error().text);
    return config;
}

std::vector<ProgrammeGroup> read_programmes(const YamlValue& value) {
    std::vector<ProgrammeGroup> out;
    for (const YamlValue& item : value.items(100)) {
        const YamlObject object(item,
                                {"name",
                                 "pool_per_day",
                                 "period",
                                 "from",
                                 "to",
                                 "verified",
                                 "detection",
                                 "stake_per_unit",
                                 "slash",
                                 "about"});
        ProgrammeGroup one;
        one.place = item.place();
        one.name = object.required("name").text(64);
        one.pool_per_day = object.required("pool_per_day").amount();
        if (one.pool_per_day.amount < 0 || one.pool_per_day.amount > kPriceMost * 1'000) {
            object.required("pool_per_day").fail("too large");
        }
        if (const auto v = object.optional("period")) one.period = v->positive_duration();
        if (one.period > sim::SimDuration::seconds(86'400))
            object.fail("a period is a day at most");
        if (const auto v = object.optional("from")) one.start = sim::SimTime{v->duration().ns};
        if (const auto v = object.optional("to")) one.end = sim::SimTime{v->duration().ns};
        if (const auto v = object.optional("verified")) one.verified = v->boolean();
        if (const auto v = object.optional("detection")) one.detection_ppm = read_ppm(*v);
        if (const auto v = object.optional("stake_per_unit")) {
            const nodes::DenomAmount stake = v->amount();
            if (stake.denom != one.pool_per_day.denom) v->fail("in the pool's denomination");
            one.stake_per_unit = stake.amount;
        }
        if (const auto v = object.optional("slash")) one.slash_ppm = read_ppm(*v);
        for (const ProgrammeGroup& earlier : out) {
            if (earlier.name == one.name) item.fail("a programme of this name came before");
        }
        out.push_back(std::move(one));
    }
    return out;
}

}  // namespace scenarios
