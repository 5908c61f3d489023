// ChartTime: the time axis that all charts share: which stretch they show, where the pointer is, and where a reading is
// pinned. Shows the whole run, growing by doubling, until somebody zooms or drags. It holds no data.
#pragma once

#include "ui/timeline/time_span.h"

#include <QObject>

#include <optional>

namespace weir {

class ChartTime final : public QObject {
    Q_OBJECT
  public:
    using QObject::QObject;

    TimeSpan shown() const { return m_fitted ? m_whole : m_shown; }
    TimeSpan whole() const { return m_whole; }
    bool fitted() const { return m_fitted; }
    // A new run: as long as planned, or open.
    void begin(std::optional<double> plannedSeconds);
    void follow(double headSeconds);
    void zoomAt(double seconds, double factor);
    void move(double bySeconds);
    void show(TimeSpan span);
    void fit();

    std::optional<double> hover() const { return m_hover; }
    std::optional<double> pin() const { return m_pin; }
    void setHover(std::optional<double> seconds);
    void setPin(std::optional<double> seconds);

  Q_SIGNALS:
    void rangeChanged();
    void readingChanged();

  private:
    std::optional<double> m_planned;
    TimeSpan m_whole{0, 10};
    TimeSpan m_shown{0, 10};
    bool m_fitted = true;
    std::optional<double> m_hover, m_pin;
};

} // namespace weir
