// ProblemLight: the status bar's light: a dot in the colour of the worst problem, and how many there are. A click asks
// for the list.
#pragma once

#include "ui/problems/problem_feed.h"
#include "ui/theme_source.h"

#include <QAbstractButton>

namespace weir {

class ProblemLight final : public QAbstractButton {
    Q_OBJECT
  public:
    ProblemLight(const ProblemFeed& feed, const ThemeSource& themes, QWidget* parent = nullptr);

    Tone tone() const { return m_tone; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

  protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

  private:
    void showCounts();

    const ProblemFeed& m_feed;
    const ThemeSource& m_themes;
    Tone m_tone = Tone::Neutral;
};

} // namespace weir
