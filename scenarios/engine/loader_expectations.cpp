// The key `expect`.
#include "scenarios/engine/loader_parts.h"
#include "scenarios/engine/schema.h"
#include "scenarios/engine/series.h"

#include <fmt/format.h>

namespace scenarios {

namespace {

sim::SimTime moment(const YamlValue& value) {
    return sim::SimTime{value.duration().ns};
}

TimeWindow read_window(const YamlObject& object, sim::SimDuration run_for) {
    TimeWindow window{.from = sim::SimTime{}, .to = sim::SimTime{run_for.ns}};
    if (const auto at = object.optional("at")) {
        if (object.has("from") || object.has("to")) at->fail("goes without 'from' and 'to'");
        window = {.from = moment(*at), .to = moment(*at)};
        return window;
    }
    if (const auto from = object.optional("from")) window.from = moment(*from);
    // A run may be cut short by --days; what lies behind its end is not reached.
    window.to = std::max(window.to, window.from);
    if (const auto to = object.optional("to")) window.to = moment(*to);
    if (window.from > window.to) object.fail("the window ends before it begins");
    return window;
}

std::string bounds_text(const Expectation& e) {
    if (e.equals) return fmt::format("= {}", *e.equals);
    if (e.above && e.below) return fmt::format("within {:g} to {:g}", *e.above, *e.below);
    if (e.above) return fmt::format("≥ {:g}", *e.above);
    if (e.below) return fmt::format("≤ {:g}", *e.below);
    return "holds";
}

std::string title_of(const Expectation& e) {
    if (!e.sql.empty()) return fmt::format("query {}", bounds_text(e));
    if (!e.above && !e.below) return e.what;
    constexpr std::array<const char*, 4> kHow{"always", "at some time", "on average", "at the end"};
    std::string title =
        fmt::format("{} {} {}", e.what, bounds_text(e), kHow.at(static_cast<std::size_t>(e.holds)));
    title += e.window.from == e.window.to ? fmt::format(" at {}", duration_text({e.window.from.ns}))
                                          : fmt::format(" from {} to {}",
                                                        duration_text({e.window.from.ns}),
                                                        duration_text({e.window.to.ns}));
    if (e.relative_to) {
        title += fmt::format(", against {} to {}",
                             duration_text({e.relative_to->from.ns}),
                             duration_text({e.relative_to->to.ns}));
    }
    return title;
}

void read_bounds(const YamlObject& object, Expectation& e) {
    constexpr double kHuge = 1e300;
    if (const auto above = object.optional("above")) e.above = above->ratio({-kHuge, kHuge});
    if (const auto below = object.optional("below")) e.below = below->ratio({-kHuge, kHuge});
    if (const auto within = object.optional("within")) {
        if (e.above || e.below) within->fail("goes without 'above' and 'below'");
        const auto ends = within->items(2);
        if (ends.size() != 2) within->fail("write the two ends: [least, most]");
        e.above = ends[0].ratio({-kHuge, kHuge});
        e.below = ends[1].ratio({-kHuge, kHuge});
    }
    if (const auto equals = object.optional("equals")) {
        if (e.above || e.below) equals->fail("goes without other bounds");
        e.equals = equals->text();
    }
    if (e.above && e.below && *e.above > *e.below) object.fail("the bounds leave no value");
}

Expectation read_expectation(const YamlValue& value, sim::SimDuration run_for) {
    const YamlObject object(value,
                            {"what",
                             "sql",
                             "title",
                             "from",
                             "to",
                             "at",
                             "above",
                             "below",
                             "within",
                             "equals",
                             "holds",
                             "relative_to",
                             "about"});
    Expectation e;
    e.place = value.place();
    if (object.has("what") == object.has("sql")) object.fail("write either 'what' or 'sql'");
    if (const auto sql = object.optional("sql")) {
        e.sql = sql->text(20'000);
        const auto fine = sim::check_query_text(recording_tables(), recording_views(), e.sql);
        if (!fine) sql->fail(fine.error().text);
    }
    if (const auto what = object.optional("what")) {
        e.what = what->text(128);
        check_series_name(*what, e.what);
    }
    e.window = read_window(object, run_for);
    read_bounds(object, e);
    if (const auto holds = object.optional("holds")) {
        e.holds = static_cast<Holds>(holds->choice({"always", "eventually", "mean", "last"}));
    }
    if (const auto relative = object.optional("relative_to")) {
        const YamlObject window(*relative, {"from", "to", "at"});
        e.relative_to = read_window(window, run_for);
    }
    const bool bound = e.above || e.below || e.equals;
    if (!e.what.empty() && !is_invariant_name(e.what) && !(e.above || e.below)) {
        object.fail("say a bound: above, below or within");
    }
    if (!e.sql.empty() && !bound) object.fail("say a bound: equals, above, below or within");
    if (const auto title = object.optional("title")) {
        e.title = title->text(200);
    } else {
        e.title = title_of(e);
    }
    return e;
}

}  // namespace

std::vector<Expectation> read_expectations(const YamlValue& value, sim::SimDuration run_for) {
    std::vector<Expectation> out;
    for (const YamlValue& item : value.items(1'000))
        out.push_back(read_expectation(item, run_for));
    return out;
}

}  // namespace scenarios
