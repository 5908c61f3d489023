// MetricTile: one measure as a card: what it is, its figure with unit, and how it went lately. The text comes formatted
// (format.h) and translated from the view that owns it; the tile keeps its size whatever it shows.
#pragma once

#include "ui/theme_source.h"
#include "ui/widgets/sparkline.h"

#include <QWidget>

namespace weir {

class MetricTile final : public QWidget {
    Q_OBJECT
  public:
    explicit MetricTile(const ThemeSource& themes, QWidget* parent = nullptr);

    void setLabel(const QString& label);
    void setValue(const QString& value); // empty: nothing was observed yet, shown as a dash
    void setTone(Tone tone);             // of the sparkline
    Sparkline& sparkline() { return *m_sparkline; }
    QString value() const { return m_value; }

    QSize sizeHint() const override { return {132, 68}; }
    QSize minimumSizeHint() const override { return {104, 68}; }

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    const ThemeSource& m_themes;
    Sparkline* m_sparkline;
    QString m_label;
    QString m_value;
};

} // namespace weir
