// The plot: axes with ticks and units, series, bands, stacks, bars, candles, heat-maps, markers and
// thresholds, a legend that hides and shows, a table under the cursor. What is to be shown is
// collected first, so that the vertical axis can fit what is visible; show() then draws it all.
// Mouse: wheel zooms, drag pans, Ctrl+drag selects a range, Shift+drag zooms into one, double click
// shows everything, right click opens the menu. Plots that share an Axis move together.
#pragma once

#include "gui/draw/ui.h"
#include "gui/plot/reduce.h"

#include <limits>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace gui {

/// A horizontal axis and where its owner looks. Kept by the caller between frames.
struct Axis {
    enum class Kind : unsigned char { kTime, kNumber };

    Kind kind = Kind::kTime;
    Range limits{0, 1};  ///< what there is to see
    Range shown{0, 1};
    double now = std::numeric_limits<double>::quiet_NaN();
    /// Keeps the right end at `now`; panning and zooming switch it off.
    bool follow = true;
    double window = 0;  ///< seconds shown while following; 0 = all
    double hover = std::numeric_limits<double>::quiet_NaN();
    std::string title;  ///< with unit, for numbers: "USD per card-hour"

    /// To be called once a frame, before the plots of that frame.
    void settle();
    void zoom(double centre, double factor);
    void pan(double offset);
    void show_all();
};

/// What the user did to one plot.
struct PlotState {
    std::vector<std::string> hidden;  ///< names of series
    bool logarithmic = false;
};

enum class Format : unsigned char { kPlain, kPercent, kUsd };

std::string formatted(double value, Format format);

struct PlotSpec {
    std::string title;
    std::string unit;   ///< of the vertical axis; shown behind the title
    ImVec2 size{0, 0};  ///< 0 = all that is left
    Format format = Format::kPlain;
    bool from_zero = true;           ///< the vertical axis begins at zero
    std::optional<Range> fixed_y{};  ///< instead of fitting
    float left = 3.6F;               ///< heights of text, for what stands left of the plot
    bool legend = true;
    /// What one of the unit is in the values that are drawn: 1e6 shows micro-units as whole tokens.
    double unit_size = 1;
    std::string empty = "No values yet: press Space to let the run go on.";
};

/// kBetween is a band without its mean: what lies between two other lines.
enum class Look : unsigned char { kLine, kBand, kBetween, kArea, kDots };

struct BarItem {
    Range x;
    double value = 0;
    Rgba colour = 0;
    std::string name{};
};

struct PlotResult {
    bool hovered = false;
    double x = 0;  ///< under the cursor, when hovered
    double y = 0;
    bool clicked = false;           ///< without dragging
    std::optional<Range> selected;  ///< by Ctrl+drag, once
};

class Plot {
  public:
    Plot(PlotSpec spec, Axis& axis, PlotState& state);

    /// Pixel columns of the drawing area, and the stretch they stand for.
    [[nodiscard]] std::size_t columns() const;

    [[nodiscard]] const Range& range() const { return axis_.shown; }

    /// A series of a book; nothing when the book does not have it.
    void series(const SeriesBook& book,
                const std::string& name,
                const std::string& shown_as,
                Rgba colour,
                Look look = Look::kLine);
    void add(const std::string& name, Rgba colour, Look look, std::vector<Extent> columns);
    /// Series on top of each other, the first at the bottom. Hidden ones take no room.
    void stack(const SeriesBook& book,
               std::span<const std::string> names,
               std::span<const std::string> shown_as,
               Stacking stacking);
    void candles(std::vector<Candle> candles);
    void bars(std::vector<BarItem> bars);
    /// Rows over time as a texture; the vertical axis counts rows from the top.
    void heat(void* texture, const Range& x, std::size_t rows);
    void threshold(double value, const std::string& name, Rgba colour);
    void span(const Range& x, const std::string& name, Rgba colour);
    void marker(double x, const std::string& name, Rgba colour);

    PlotResult show();

    /// The drawing area of the last show(), for what a caller adds to it.
    [[nodiscard]] ImVec2 point(double x, double y) const;

    [[nodiscard]] ImVec2 from() const { return inner_from_; }

    [[nodiscard]] ImVec2 to() const { return inner_to_; }

  private:
    struct Item {
        std::string name;
        Rgba colour = 0;
        Look look = Look::kLine;
        std::vector<Extent> columns;
        bool hidden = false;
    };

    struct Line {
        double value = 0;
        std::string name;
        Rgba colour = 0;
    };

    struct Stretch {
        Range x;
        std::string name;
        Rgba colour = 0;
    };

    [[nodiscard]] bool is_hidden(const std::string& name) const;
    [[nodiscard]] float x_of(double x) const;
    [[nodiscard]] float y_of(double y) const;
    [[nodiscard]] bool is_empty() const;
    void read_mouse(PlotResult& result);
    void fit();
    void draw_axes();
    void draw_head() const;
    void place_head();
    [[nodiscard]] std::string value_text(double value) const;
    void draw_ticks(const std::vector<Tick>& ticks, bool horizontal);
    void draw_item(const Item& item);
    void draw_dots(const Item& item);
    void draw_fill(const Item& item);
    void draw_steps(const Item& item);
    void draw_stack();
    void draw_candles();
    void draw_bars();
    void draw_overlays();
    [[nodiscard]] std::vector<const Item*> legend_entries() const;
    void read_legend(const Item& item, const std::vector<const Item*>& entries);
    void draw_legend();
    void draw_hover_table(double x);
    void draw_menu();
    [[nodiscard]] std::string as_csv() const;
    [[nodiscard]] std::string x_text(double x) const;

    PlotSpec spec_;
    Axis& axis_;
    PlotState& state_;
    ImVec2 outer_from_;
    ImVec2 outer_to_;
    ImVec2 inner_from_;
    ImVec2 inner_to_;
    /// How the head is laid out: in one line, in two, or with the legend inside the plot.
    enum class Head : unsigned char { kOneLine, kTwoLines, kInside };
    Head head_ = Head::kOneLine;
    bool unit_below_ = false;  ///< in the second line
    Range y_{0, 1};
    std::vector<Item> items_;
    std::vector<Item> layers_;
    Stacking stacking_ = Stacking::kAbsolute;
    std::vector<double> edges_;
    std::vector<Candle> candles_;
    std::vector<BarItem> bars_;
    void* heat_ = nullptr;
    Range heat_x_;
    std::size_t heat_rows_ = 0;
    std::vector<Line> thresholds_;
    std::vector<Stretch> spans_;
    std::vector<Line> markers_;
};

}  // namespace gui
