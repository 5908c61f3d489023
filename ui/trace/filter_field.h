// FilterField: where a CESQL filter is typed: green while it can be used, red with the reason while it cannot, words to
// go on with, and at its right how many records pass. What it holds last and can be used is the filter; it filters
// nothing itself.
#pragma once

#include "core/expression/expression.h"
#include "ui/theme_source.h"

#include <QLineEdit>

#include <memory>
#include <optional>

class QCompleter;
class QStringListModel;

namespace weir {

class Catalogue;

class FilterField final : public QLineEdit {
    Q_OBJECT
  public:
    static constexpr qsizetype historyMax = 50;

    explicit FilterField(const ThemeSource& themes, QWidget* parent = nullptr);

    // Whose names are offered.
    void setCatalogue(std::shared_ptr<const Catalogue> catalogue) { m_catalogue = std::move(catalogue); }
    // Shown at the right while there is a filter.
    void setCount(const QString& count);

    const std::optional<Expression>& filter() const { return m_filter; }
    // Why the text cannot be used; empty where it can.
    const QString& refusal() const { return m_refusal; }

    // The filter that was applied before, and back again.
    void back();
    void forward();

  Q_SIGNALS:
    void filterChanged();  // see filter(); nothing: no filter
    void refusalChanged(); // see refusal()

  protected:
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

  private:
    void read();
    void offer();
    void takeUp(const QString& word);
    void remember();
    void retranslate();
    void dress();

    const ThemeSource& m_themes;
    std::shared_ptr<const Catalogue> m_catalogue;
    QCompleter* m_completer;
    QStringListModel* m_words;
    std::optional<Expression> m_filter;
    QString m_refusal;
    QString m_count;
    QStringList m_history; // the newest last
    qsizetype m_place = 0; // in the history; its size: what is being typed
};

} // namespace weir
