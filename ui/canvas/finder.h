// Finder: the field that finds nodes of the canvas by a few letters. Best fits first; Enter goes from hit to hit,
// Escape closes. It knows names only; the canvas shows what was found.
#pragma once

#include "ui/theme_source.h"

#include <QFrame>
#include <QStringList>

#include <vector>

class QLabel;
class QLineEdit;

namespace weir {

class Finder final : public QFrame {
    Q_OBJECT
  public:
    Finder(const ThemeSource& themes, QWidget* parent);

    void open(const QStringList& names);
    QLineEdit& field() { return *m_field; }
    const std::vector<std::size_t>& hits() const { return m_hits; } // indices of names, the best first

    QSize sizeHint() const override { return {300, 38}; }

  Q_SIGNALS:
    void found(std::size_t name);
    void closed();

  protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void search();
    void go(int by);
    void say();
    void dress();
    void retranslate();

    const ThemeSource& m_themes;
    QLineEdit* m_field;
    QLabel* m_count;
    QStringList m_names;
    std::vector<std::size_t> m_hits;
    std::size_t m_at = 0;
};

} // namespace weir
