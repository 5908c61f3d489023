// ComparisonView: two stories on one relative time, a row a step: what it is, both bars one above the other, both
// durations and their difference. Only rows in sight are drawn.
#pragma once

#include "ui/biography/comparison.h"
#include "ui/biography/folded_time.h"
#include "ui/theme_source.h"

#include <QAbstractScrollArea>

#include <memory>

namespace weir {

class ComparisonView final : public QAbstractScrollArea {
    Q_OBJECT
  public:
    static constexpr int rowHeight = 24;
    static constexpr int headHeight = 20;

    explicit ComparisonView(const ThemeSource& themes, QWidget* parent = nullptr);

    void setComparison(Comparison comparison, std::shared_ptr<const Catalogue> catalogue, const QString& first,
                       const QString& second, bool folded);
    const Comparison& comparison() const { return m_comparison; }
    // "e-2 took 1.2 s longer than e-1, most of it ...". Empty where there is nothing to compare.
    QString sentence() const;
    QString stepText(const ComparedStep& step) const; // "payments: waits"
    static QString differenceText(Duration difference); // "+1.2 s"

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    bool viewportEvent(QEvent* event) override;
    void changeEvent(QEvent* event) override;

  private:
    void layOut();
    QRectF bars() const;
    void paintHead(QPainter& painter) const;
    void paintRow(QPainter& painter, const ComparedStep& step, int y) const;

    const ThemeSource& m_themes;
    Comparison m_comparison;
    std::shared_ptr<const Catalogue> m_catalogue;
    QString m_first, m_second;
    FoldedTime m_time; // since the beginning of either
};

} // namespace weir
