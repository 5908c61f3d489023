// Sparkline: the last figures of one measure as a small filled line, without axes. Keeps at most `capacity` values and
// drops the oldest. A value that is not finite is a gap. The scale starts at zero unless there are negative values.
#pragma once

#include "ui/theme_source.h"

#include <QWidget>

#include <deque>
#include <span>

namespace weir {

class Sparkline final : public QWidget {
    Q_OBJECT
  public:
    static constexpr std::size_t capacity = 240;

    explicit Sparkline(const ThemeSource& themes, QWidget* parent = nullptr);

    void append(double value);
    void setValues(std::span<const double> values); // the last `capacity` of them
    void setTone(Tone tone);
    const std::deque<double>& values() const { return m_values; }

    QSize sizeHint() const override { return {112, 18}; }
    QSize minimumSizeHint() const override { return {24, 12}; }

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    const ThemeSource& m_themes;
    std::deque<double> m_values;
    Tone m_tone = Tone::Accent;
};

// The points of each unbroken stretch, left to right; a pure function, so that tests need no window.
std::vector<QPolygonF> sparklinePoints(std::span<const double> values, const QRectF& area);

} // namespace weir
