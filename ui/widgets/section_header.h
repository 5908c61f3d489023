// SectionHeader: the small capitals above a group ("SERVICES"), with an optional count at the right.
#pragma once

#include "ui/theme_source.h"

#include <QWidget>

namespace weir {

class SectionHeader final : public QWidget {
    Q_OBJECT
  public:
    explicit SectionHeader(const ThemeSource& themes, QWidget* parent = nullptr);

    void setText(const QString& text); // translated, in normal case
    void setCount(const QString& count);
    QString text() const { return m_text; }

    QSize sizeHint() const override { return {120, 24}; }

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    const ThemeSource& m_themes;
    QString m_text;
    QString m_count;
};

} // namespace weir
