// Chip: a short word on a tinted pill, such as SIMULATION or LIVE. Shows a state; it is not a button.
#pragma once

#include "ui/theme_source.h"

#include <QWidget>

namespace weir {

class Chip final : public QWidget {
    Q_OBJECT
  public:
    explicit Chip(const ThemeSource& themes, QWidget* parent = nullptr);

    void setText(const QString& text);
    void setTone(Tone tone);
    QString text() const { return m_text; }
    Tone tone() const { return m_tone; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    QFont chipFont() const;

    const ThemeSource& m_themes;
    QString m_text;
    Tone m_tone = Tone::Accent;
};

} // namespace weir
