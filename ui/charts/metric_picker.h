// MetricPicker: every figure of every place of the run by name: type a few letters, Enter takes it. Percentiles can be
// taken together. Bounded; how many more there are is said. It knows no chart.
#pragma once

#include "ui/charts/figure.h"
#include "ui/theme_source.h"

#include <QFrame>
#include <QList>

class QLabel;
class QLineEdit;
class QListWidget;

namespace weir {

class MetricPicker final : public QFrame {
    Q_OBJECT
  public:
    static constexpr int shownMax = 80;

    explicit MetricPicker(const ThemeSource& themes, QWidget* parent = nullptr);

    void openAt(QPoint globalPosition, const Catalogue& catalogue);
    QLineEdit& field() { return *m_field; }
    QListWidget& list() { return *m_list; }

  Q_SIGNALS:
    void chosen(const QList<LineSpec>& lines);

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void changeEvent(QEvent* event) override;

  private:
    struct Entry {
        QString text;
        QList<LineSpec> lines;
    };
    void collect(const Catalogue& catalogue);
    void search();
    void choose(int row);
    void retranslate();

    const ThemeSource& m_themes;
    QList<Entry> m_entries;
    QList<qsizetype> m_shown; // of the entries, by row
    QLineEdit* m_field;
    QListWidget* m_list;
    QLabel* m_more;
};

} // namespace weir
