// StatisticsTable: what every line of the charts was over the brush: count, mean, extremes, percentiles, area. Shown
// while there is a brush. A plain table, so that it can be walked and copied.
#pragma once

#include "ui/charts/line_statistics.h"
#include "ui/theme_source.h"

#include <QTableWidget>

#include <vector>

namespace weir {

class StatisticsTable final : public QTableWidget {
    Q_OBJECT
  public:
    struct Row {
        QString label;
        ChartUnit unit = ChartUnit::Count;
        bool isTime = false;
        std::optional<LineStatistics> statistics; // nothing: they are being counted
        QColor colour;
    };
    explicit StatisticsTable(const ThemeSource& themes, QWidget* parent = nullptr);

    void setRows(const std::vector<Row>& rows);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {0, 0}; }

  protected:
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

  private:
    void retranslate();
    void setCell(int row, int column, const QString& text, bool number);
    const ThemeSource& m_themes;
};

} // namespace weir
