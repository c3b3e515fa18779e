// Closed formulas of queueing and loss theory that a run is compared with. They know nothing of the
// program: a test of bare demand and a test of the whole simulated market use the same ones.
#pragma once

#include <cmath>
#include <cstddef>
#include <vector>

namespace oracles {

/// Share of arrivals lost in M/G/c/c with offered load a (Erlang B), whatever the durations'
/// distribution.
inline double erlang_b(int servers, double load) {
    double blocking = 1;
    for (int k = 1; k <= servers; ++k)
        blocking = load * blocking / (k + load * blocking);
    return blocking;
}

/// Mean wait in M/M/c in units of the mean service (Erlang C).
inline double erlang_c_wait(int servers, double load) {
    const double b = erlang_b(servers, load);
    const double c = b / (1 - load / servers * (1 - b));
    return c / (servers - load);
}

/// One class of customers that each take `size` units of a shared pool.
struct SizedLoad {
    int size = 1;
    double load = 0;
};

/// Share of each class's arrivals lost (Kaufman 1981, Roberts 1981).
inline std::vector<double> kaufman_roberts(int capacity, const std::vector<SizedLoad>& classes) {
    std::vector<double> occupancy{1.0};
    double total = 1;
    for (int j = 1; j <= capacity; ++j) {
        double sum = 0;
        for (const SizedLoad& one : classes) {
            if (j < one.size) continue;
            sum += one.load * one.size * occupancy[static_cast<std::size_t>(j - one.size)];
        }
        occupancy.push_back(sum / j);
        total += sum / j;
    }
    std::vector<double> blocking;
    for (const SizedLoad& one : classes) {
        double lost = 0;
        for (int j = capacity - one.size + 1; j <= capacity; ++j) {
            lost += occupancy[static_cast<std::size_t>(j)] / total;
        }
        blocking.push_back(lost);
    }
    return blocking;
}

/// Hawkes process with branching n: variance over mean of counts in long windows.
inline double hawkes_dispersion(double branching) {
    return 1 / ((1 - branching) * (1 - branching));
}

/// Winning price of a reverse auction with n bidders whose costs are uniform on [low, high].
struct UniformCosts {
    int bidders = 1;
    double low = 0;
    double high = 1;

    [[nodiscard]] double lowest_cost() const { return low + (high - low) / (bidders + 1); }

    /// Each bids cost x (1 + margin) and the lowest bid wins.
    [[nodiscard]] double cost_plus_price(double margin) const {
        return (1 + margin) * lowest_cost();
    }

    /// The same bids, any of them taken.
    [[nodiscard]] double random_choice_price(double margin) const {
        return (1 + margin) * (low + high) / 2;
    }

    /// Each bids c + (high - c) / n, the equilibrium of the first-price sealed-bid auction.
    [[nodiscard]] double equilibrium_price() const {
        return low + 2 * (high - low) / (bidders + 1);
    }
};

}  // namespace oracles
