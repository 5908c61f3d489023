// Style: draws every standard widget of Qt in a Theme's colours, so that views use plain QPushButton, QTabBar,
// QTreeView and so on and look right in dark and light. A proxy over Fusion, no style sheets: they cost time at every
// polish and fight with views that paint themselves. Sets the palette by polishing the desktop's, and keeps that one
// readable.
#pragma once

#include "ui/theme.h"

#include <QPalette>
#include <QProxyStyle>

namespace weir {

// A button's part in its surroundings; plain tool buttons are flat until the pointer is over them.
enum class ButtonLook { Plain, Raised, Primary, Danger };
void setButtonLook(QWidget& button, ButtonLook look);
ButtonLook buttonLook(const QWidget* button);

// A line edit that shows whether its text is accepted: green, red or neither (property read by the style).
enum class FieldState { Neutral, Accepted, Refused };
void setFieldState(QWidget& field, FieldState state);
FieldState fieldState(const QWidget* field);

class Style final : public QProxyStyle {
    Q_OBJECT
  public:
    explicit Style(Theme theme);

    const Theme& theme() const { return m_theme; }
    // The palette that the desktop offered before we put ours over it.
    const QPalette& desktopPalette() const { return m_desktopPalette; }

    void polish(QPalette& palette) override;
    void polish(QWidget* widget) override;
    using QProxyStyle::polish;

    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                       const QWidget* widget) const override;
    void drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                     const QWidget* widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                            const QWidget* widget) const override;
    int pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const override;
    int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                  QStyleHintReturn* returned) const override;
    QSize sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& size,
                           const QWidget* widget) const override;
    QRect subElementRect(SubElement element, const QStyleOption* option, const QWidget* widget) const override;
    QRect subControlRect(ComplexControl control, const QStyleOptionComplex* option, SubControl part,
                         const QWidget* widget) const override;

  private:
    void drawButton(const QStyleOption& option, QPainter& painter, ButtonLook look) const;
    void drawField(const QStyleOption& option, QPainter& painter, FieldState state) const;
    void drawCheck(const QStyleOption& option, QPainter& painter, bool round) const;
    void drawMenuItem(const QStyleOption& option, QPainter& painter, const QWidget* widget) const;
    void drawTab(const QStyleOption& option, QPainter& painter) const;
    void drawTabLabel(const QStyleOption& option, QPainter& painter) const;
    void drawHeader(const QStyleOption& option, QPainter& painter) const;
    void drawProgress(const QStyleOption& option, QPainter& painter) const;
    void drawSlider(const QStyleOptionComplex& option, QPainter& painter, const QWidget* widget) const;
    void drawScrollBar(const QStyleOptionComplex& option, QPainter& painter, const QWidget* widget) const;
    void drawComboBox(const QStyleOptionComplex& option, QPainter& painter, const QWidget* widget) const;
    void drawSpinBox(const QStyleOptionComplex& option, QPainter& painter, const QWidget* widget) const;
    void drawChevron(QPainter& painter, const QRect& rect, Qt::ArrowType direction, const QColor& colour) const;

    Theme m_theme;
    QPalette m_desktopPalette;
};

} // namespace weir
