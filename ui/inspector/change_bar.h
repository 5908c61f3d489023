// ChangeBar: sums up what was changed while the run went on: how many, and to keep or put back all of them. Hidden
// while there is nothing.
#pragma once

#include "ui/theme_source.h"

#include <QWidget>

class QToolButton;

namespace weir {

class ParameterChanges;

class ChangeBar final : public QWidget {
    Q_OBJECT
  public:
    ChangeBar(ParameterChanges& changes, const ThemeSource& themes, QWidget* parent = nullptr);

    QString text() const { return m_text; }
    QToolButton& keepAll() { return *m_keep; }
    QToolButton& putBackAll() { return *m_putBack; }

    QSize sizeHint() const override { return {240, 60}; }

  protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

  private:
    void show();
    void tell(const QString& problem);

    ParameterChanges& m_changes;
    const ThemeSource& m_themes;
    QString m_text;
    QToolButton* m_keep;
    QToolButton* m_putBack;
};

} // namespace weir
