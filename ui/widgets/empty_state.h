// EmptyState: what a view shows while it has nothing to show: an icon, what would be here, and what to do about it.
#pragma once

#include "ui/theme_source.h"

#include <QWidget>

namespace weir {

class EmptyState final : public QWidget {
    Q_OBJECT
  public:
    EmptyState(const ThemeSource& themes, QString icon, QWidget* parent = nullptr);

    void setTitle(const QString& title); // may be empty: then the hint stands alone
    void setHint(const QString& hint);   // wraps
    QString hint() const { return m_hint; }

    QSize sizeHint() const override { return {200, 96}; }

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    const ThemeSource& m_themes;
    QString m_icon; // a name of resources/icons; empty: none
    QString m_title;
    QString m_hint;
};

} // namespace weir
