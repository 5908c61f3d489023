// ClockLabel: the simulated time as hh:mm:ss.mmm in large tabular figures. Never changes its width below 100 hours, so
// nothing beside it moves. Repaints only when the text differs; feed it as often as you like.
#pragma once

#include "core/units.h"
#include "ui/theme_source.h"

#include <QWidget>

namespace weir {

class ClockLabel final : public QWidget {
    Q_OBJECT
  public:
    explicit ClockLabel(const ThemeSource& themes, QWidget* parent = nullptr);

    void setTime(SimTime time);
    QString text() const { return m_text; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

  protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

  private:
    void refresh();

    const ThemeSource& m_themes;
    SimTime m_time{};
    QString m_text;
};

} // namespace weir
