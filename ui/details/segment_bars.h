// SegmentBars: where a message's time went, one line a segment on a common scale: what it was, a bar, how long. Waiting
// is hollow, work is filled. It derives nothing: see biography.h.
#pragma once

#include "ui/details/biography.h"
#include "ui/theme_source.h"

#include <QWidget>

namespace weir {

class SegmentBars final : public QWidget {
    Q_OBJECT
  public:
    static constexpr int rowHeight = 22;
    static constexpr std::size_t rowsMax = 60; // further ones are counted in a last line

    explicit SegmentBars(const ThemeSource& themes, QWidget* parent = nullptr);

    void setSegments(std::vector<LifeSegment> segments, SimTime begin);
    const std::vector<LifeSegment>& segments() const { return m_segments; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {120, sizeHint().height()}; }

  protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

  private:
    const ThemeSource& m_themes;
    std::vector<LifeSegment> m_segments;
    SimTime m_begin;
};

} // namespace weir
