#include "sim/pacer.h"

#include "sim/assert.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>

#include <atomic>
#include <chrono>
#include <cmath>
#include <condition_variable>
#include <csignal>
#include <mutex>
#include <optional>
#include <thread>

namespace sim {
namespace {

using Clock = std::chrono::steady_clock;

/// Longest sleep in one piece: simulated gaps of years must not overflow the clock.
constexpr double kSecondsMax = 3600.0;

}  // namespace

// Signals and timers live in one io_context on a thread of its own; the simulation thread waits for
// `woken`, which the timer, a signal or another thread's wish sets.
struct Pacer::State {
    explicit State(double wanted) : factor(wanted), signals(io, SIGINT, SIGTERM), timer(io) {
        listen();
        thread = std::thread([this] { io.run(); });
    }

    ~State() {
        io.stop();
        thread.join();
    }

    State(const State&) = delete;
    State& operator=(const State&) = delete;

    void listen() {
        signals.async_wait([this](const boost::system::error_code& error, int /*signal*/) {
            if (error) return;
            boost::system::error_code ignored;  // leaving our handler in place would do no harm
            signals.clear(ignored);             // the next signal has its usual effect
            stop();
        });
    }

    void stop() {
        stopped.store(true, std::memory_order_release);
        wake();
    }

    void wake() {
        const std::lock_guard lock(mutex);
        woken = true;
        condition.notify_all();
    }

    /// Wakes the waiting thread at this moment; a later call replaces it.
    void wake_at(Clock::time_point moment) {
        boost::asio::post(io, [this, moment] {
            timer.expires_at(moment);
            timer.async_wait([this](const boost::system::error_code& error) {
                if (!error) wake();
            });
        });
    }

    std::atomic<bool> stopped{false};

    std::mutex mutex;
    std::condition_variable condition;
    bool woken = false;  // the four are guarded by mutex
    bool is_paused = false;
    double factor;
    bool fresh = true;  ///< the pace starts anew at the next wait

    // The simulation thread's: this simulated time belongs to that moment.
    SimTime base_time;
    Clock::time_point base_moment;

    boost::asio::io_context io{1};
    boost::asio::signal_set signals;
    boost::asio::steady_timer timer;
    std::thread thread;
};

Pacer::Pacer(double factor) : state_(nullptr) {
    SIM_ASSERT(factor >= 0 && std::isfinite(factor), "a factor of 0 or more, got {}", factor);
    state_ = std::make_unique<State>(factor);
}

Pacer::~Pacer() = default;

Pacer::Outcome Pacer::wait_until(SimTime time) {
    State& state = *state_;
    for (;;) {
        if (stop_requested()) return Outcome::kStopped;
        std::unique_lock lock(state.mutex);
        if (!state.is_paused) {
            if (state.factor == 0) return Outcome::kReached;
            if (state.fresh) {
                state.fresh = false;
                state.base_time = time;
                state.base_moment = Clock::now();
            }
            const double ahead = (time - state.base_time).to_seconds() / state.factor;
            const auto passed = std::chrono::duration<double>(Clock::now() - state.base_moment);
            const double left = ahead - passed.count();
            if (left <= 0) return Outcome::kReached;
            const std::chrono::duration<double> nap(std::min(left, kSecondsMax));
            state.wake_at(Clock::now() + std::chrono::duration_cast<Clock::duration>(nap));
        }
        state.condition.wait(lock, [&state] { return state.woken; });
        state.woken = false;
    }
}

void Pacer::set_factor(double factor) {
    SIM_ASSERT(factor >= 0 && std::isfinite(factor), "a factor of 0 or more, got {}", factor);
    {
        const std::lock_guard lock(state_->mutex);
        state_->factor = factor;
        state_->fresh = true;
    }
    state_->wake();
}

double Pacer::factor() const {
    const std::lock_guard lock(state_->mutex);
    return state_->factor;
}

void Pacer::pause() {
    {
        const std::lock_guard lock(state_->mutex);
        state_->is_paused = true;
    }
    state_->wake();
}

void Pacer::resume() {
    {
        const std::lock_guard lock(state_->mutex);
        state_->is_paused = false;
        state_->fresh = true;
    }
    state_->wake();
}

bool Pacer::paused() const {
    const std::lock_guard lock(state_->mutex);
    return state_->is_paused;
}

void Pacer::request_stop() {
    state_->stop();
}

bool Pacer::stop_requested() const {
    return state_->stopped.load(std::memory_order_acquire);
}

}  // namespace sim
