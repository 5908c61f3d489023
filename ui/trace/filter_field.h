// FilterField: where a CESQL filter is typed: green while it can be used, red with the reason while it cannot, words to
// go on with, and at its right how many records pass. What it holds last and can be used is the filter; a prepared text
// waits for Enter. Filters used before come back as pages do in a browser. It filters nothing itself.
// The same field asks for the value of a column and for the rule of a colour.
#pragma once

#include "core/expression/expression.h"
#include "ui/theme_source.h"

#include <QLineEdit>

#include <cstdint>
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

    enum class Use : std::uint8_t { Filter, Value, Rule }; // what it says it is for
    FilterField(const ThemeSource& themes, Use use, QWidget* parent = nullptr);

    // Whose names are offered.
    void setCatalogue(std::shared_ptr<const Catalogue> catalogue) { m_catalogue = std::move(catalogue); }
    // Shown at the right while there is a filter.
    void setCount(const QString& count);

    const std::optional<Expression>& filter() const { return m_filter; }
    // Why the text cannot be used; empty where it can.
    const QString& refusal() const { return m_refusal; }

    // Puts a filter in force, one step in the history.
    void apply(const QString& text);
    // Puts it into the field, where it waits for Enter.
    void prepare(const QString& text);
    bool prepared() const { return m_prepared; }

    // The filter that was in force before, and on again.
    void back();
    void forward();
    bool canGoBack() const;
    bool canGoForward() const { return m_place + 1 < m_history.size(); }

  Q_SIGNALS:
    void filterChanged();  // see filter(); nothing: no filter
    void refusalChanged(); // see refusal()
    void historyChanged(); // see canGoBack()

  protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

  private:
    void read();
    void offer();
    void takeUp(const QString& word);
    void remember();
    void goTo(qsizetype place);
    void retranslate();
    void dress();

    const ThemeSource& m_themes;
    Use m_use;
    std::shared_ptr<const Catalogue> m_catalogue;
    QCompleter* m_completer;
    QStringListModel* m_words;
    std::optional<Expression> m_filter;
    QString m_refusal;
    QString m_count;
    bool m_prepared = false;
    QStringList m_history{QString()}; // what was in force, one after the other; at first nothing
    qsizetype m_place = 0;            // of what is in force, as far as it was taken down
};

} // namespace weir
