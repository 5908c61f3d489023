// The style's palette, metrics and primitives; style_controls.cpp draws the larger elements.
#include "ui/style.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QComboBox>
#include <QEvent>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QScrollBar>
#include <QSlider>
#include <QStyleFactory>
#include <QStyleOption>
#include <QTabBar>
#include <QVariant>

namespace weir {
namespace {

constexpr const char* buttonLookProperty = "weirButtonLook";
constexpr const char* fieldStateProperty = "weirFieldState";

QRectF inner(const QRect& rect) {
    return QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5);
}

} // namespace

void setButtonLook(QWidget& button, ButtonLook look) {
    button.setProperty(buttonLookProperty, static_cast<int>(look));
    button.update();
}

ButtonLook buttonLook(const QWidget* button) {
    return button ? static_cast<ButtonLook>(button->property(buttonLookProperty).toInt()) : ButtonLook::Plain;
}

void setFieldState(QWidget& field, FieldState state) {
    field.setProperty(fieldStateProperty, static_cast<int>(state));
    field.update();
}

FieldState fieldState(const QWidget* field) {
    return field ? static_cast<FieldState>(field->property(fieldStateProperty).toInt()) : FieldState::Neutral;
}

Style::Style(Theme theme) : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion"))), m_theme(std::move(theme)) {}

void Style::polish(QPalette& palette) {
    m_desktopPalette = palette;
    const auto set = [&palette](QPalette::ColorRole role, const QColor& colour) { palette.setColor(role, colour); };
    set(QPalette::Window, m_theme.surface);
    set(QPalette::WindowText, m_theme.text);
    set(QPalette::Base, m_theme.surface);
    set(QPalette::AlternateBase, m_theme.canvas);
    set(QPalette::ToolTipBase, m_theme.raised);
    set(QPalette::ToolTipText, m_theme.text);
    set(QPalette::PlaceholderText, m_theme.muted);
    set(QPalette::Text, m_theme.text);
    set(QPalette::Button, m_theme.raised);
    set(QPalette::ButtonText, m_theme.text);
    set(QPalette::BrightText, m_theme.danger);
    set(QPalette::Light, m_theme.hover);
    set(QPalette::Midlight, m_theme.raised);
    set(QPalette::Mid, m_theme.line);
    set(QPalette::Dark, m_theme.line);
    set(QPalette::Shadow, m_theme.background);
    set(QPalette::Highlight, m_theme.selection);
    set(QPalette::HighlightedText, m_theme.text);
    set(QPalette::Link, m_theme.accentText);
    set(QPalette::LinkVisited, m_theme.accentText);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText})
        palette.setColor(QPalette::Disabled, role, m_theme.faint);
}

void Style::polish(QWidget* widget) {
    QProxyStyle::polish(widget);
    if (qobject_cast<QAbstractButton*>(widget) || qobject_cast<QTabBar*>(widget) || qobject_cast<QScrollBar*>(widget) ||
        qobject_cast<QSlider*>(widget) || qobject_cast<QComboBox*>(widget) || qobject_cast<QLineEdit*>(widget))
        widget->setAttribute(Qt::WA_Hover);
    // The bars that a main window makes for its docks ask for titles cut to a letter; whole ones scroll instead.
    if (auto* tabs = qobject_cast<QTabBar*>(widget))
        tabs->setElideMode(Qt::ElideNone);
    if (auto* header = qobject_cast<QHeaderView*>(widget))
        header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
}

int Style::pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const {
    switch (metric) {
    case PM_ScrollBarExtent:
        return 12;
    case PM_ScrollBarSliderMin:
        return 28;
    case PM_SplitterWidth:
    case PM_DockWidgetSeparatorExtent:
    case PM_DockWidgetFrameWidth:
    case PM_DefaultFrameWidth:
        return 1;
    case PM_MenuPanelWidth:
        return 1;
    case PM_MenuVMargin:
        return 4;
    case PM_MenuHMargin:
        return 4;
    case PM_MenuBarPanelWidth:
    case PM_MenuBarVMargin:
    case PM_MenuBarHMargin:
    case PM_MenuBarItemSpacing:
    case PM_ToolBarFrameWidth:
    case PM_TabBarBaseOverlap:
    case PM_TabBarTabOverlap:
    case PM_TabBarTabShiftVertical:
    case PM_TabBarTabShiftHorizontal:
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
        return 0;
    case PM_HeaderMargin:
        return 7;
    case PM_FocusFrameHMargin:
        return 6; // beside an item's text
    case PM_TabBarTabHSpace:
        return 20;
    case PM_TabBarTabVSpace:
        return 12;
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
        return 16;
    case PM_SliderThickness:
    case PM_SliderLength:
        return 16;
    case PM_SmallIconSize:
    case PM_ButtonIconSize:
    case PM_ToolBarIconSize:
    case PM_ListViewIconSize:
        return 16;
    case PM_LayoutHorizontalSpacing:
    case PM_LayoutVerticalSpacing:
        return 8;
    case PM_LayoutLeftMargin:
    case PM_LayoutTopMargin:
    case PM_LayoutRightMargin:
    case PM_LayoutBottomMargin:
        return 12;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int Style::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                     QStyleHintReturn* returned) const {
    switch (hint) {
    case SH_ItemView_ShowDecorationSelected:
        return 1;
    case SH_TabBar_Alignment:
        return Qt::AlignLeft;
    case SH_TabBar_ElideMode:
        return Qt::ElideNone;
    case SH_EtchDisabledText:
    case SH_DitherDisabledText:
    case SH_UnderlineShortcut:
    case SH_ScrollBar_Transient:
    case SH_ItemView_ActivateItemOnSingleClick:
        return 0;
    case SH_Slider_AbsoluteSetButtons:
        return Qt::LeftButton;
    case SH_ComboBox_Popup:
        return 0;
    case SH_ToolTip_WakeUpDelay:
        return 500;
    default:
        return QProxyStyle::styleHint(hint, option, widget, returned);
    }
}

QRect Style::subElementRect(SubElement element, const QStyleOption* option, const QWidget* widget) const {
    const QRect rect = QProxyStyle::subElementRect(element, option, widget);
    return element == SE_LineEditContents ? rect.adjusted(6, 0, -6, 0) : rect;
}

QSize Style::sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& size,
                              const QWidget* widget) const {
    QSize result = QProxyStyle::sizeFromContents(type, option, size, widget);
    switch (type) {
    case CT_PushButton:
        return {std::max(result.width(), size.width() + 24), std::max(28, size.height() + 12)};
    case CT_LineEdit:
    case CT_ComboBox:
    case CT_SpinBox:
        return {result.width() + (type == CT_ComboBox ? 12 : 0), 26};
    case CT_ToolButton:
        return {std::max(26, size.width() + 10), std::max(26, size.height() + 8)};
    case CT_MenuBarItem:
        return {size.width() + 20, 30};
    case CT_MenuItem: {
        const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(option);
        if (item && item->menuItemType == QStyleOptionMenuItem::Separator)
            return {result.width(), 9};
        // Check column, icon, text, shortcut: see drawMenuItem().
        const int shortcut = item && item->text.contains(QLatin1Char('\t')) ? 28 : 0;
        return {size.width() + 32 + 28 + shortcut, 28};
    }
    case CT_ItemViewItem:
        return {result.width(), std::max(result.height(), 22)};
    case CT_HeaderSection:
        return {result.width(), 24};
    default:
        return result;
    }
}

void Style::drawButton(const QStyleOption& option, QPainter& painter, ButtonLook look) const {
    const bool enabled = option.state & State_Enabled;
    const bool over = enabled && (option.state & State_MouseOver);
    const bool down = option.state & State_Sunken;
    const bool on = option.state & State_On;
    QColor fill = Qt::transparent;
    QColor border = Qt::transparent;
    if (look == ButtonLook::Primary) {
        fill = !enabled ? m_theme.raised
               : down   ? m_theme.accent.darker(112)
               : over   ? m_theme.accent.lighter(110)
                        : m_theme.accent;
    } else if (look == ButtonLook::Plain) {
        fill = down ? m_theme.pressed : on ? m_theme.selection : over ? m_theme.hover : QColor(Qt::transparent);
    } else {
        fill = down ? m_theme.pressed : on ? m_theme.selection : over ? m_theme.hover : m_theme.raised;
        border = m_theme.line;
    }
    if (option.state & State_HasFocus && option.state & State_KeyboardFocusChange)
        border = m_theme.accent;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(fill);
    painter.setPen(border == Qt::transparent ? QPen(Qt::NoPen) : QPen(border, 1));
    painter.drawRoundedRect(inner(option.rect), 6, 6);
    painter.restore();
}

void Style::drawField(const QStyleOption& option, QPainter& painter, FieldState state) const {
    const bool focused = option.state & State_HasFocus;
    QColor border = focused ? m_theme.accent : m_theme.line;
    if (state == FieldState::Accepted)
        border = m_theme.ok;
    else if (state == FieldState::Refused)
        border = m_theme.danger;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(m_theme.raised);
    painter.setPen(QPen(border, 1));
    painter.drawRoundedRect(inner(option.rect), 6, 6);
    painter.restore();
}

void Style::drawCheck(const QStyleOption& option, QPainter& painter, bool round) const {
    const bool enabled = option.state & State_Enabled;
    const bool on = option.state & State_On;
    const bool partly = option.state & State_NoChange;
    const QRectF box = QRectF(option.rect).adjusted(1.5, 1.5, -1.5, -1.5);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(on || partly ? (enabled ? m_theme.accent : m_theme.faint) : m_theme.raised);
    painter.setPen(on || partly ? QPen(Qt::NoPen)
                                : QPen(option.state & State_MouseOver ? m_theme.accent : m_theme.edge, 1));
    painter.drawRoundedRect(box, round ? box.width() / 2 : 4, round ? box.width() / 2 : 4);
    painter.setPen(QPen(m_theme.onAccent, 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const QPointF middle = box.center();
    if (on && round) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_theme.onAccent);
        painter.drawEllipse(middle, 2.6, 2.6);
    } else if (on) {
        painter.setBrush(Qt::NoBrush);
        painter.drawPolyline(
            QPolygonF{middle + QPointF(-3, 0.2), middle + QPointF(-0.8, 2.6), middle + QPointF(3.2, -2.4)});
    } else if (partly) {
        painter.drawLine(middle + QPointF(-3, 0), middle + QPointF(3, 0));
    }
    painter.restore();
}

void Style::drawChevron(QPainter& painter, const QRect& rect, Qt::ArrowType direction, const QColor& colour) const {
    const QPointF c = QRectF(rect).center();
    QPolygonF line;
    switch (direction) {
    case Qt::UpArrow:
        line = {c + QPointF(-3.5, 1.75), c + QPointF(0, -1.75), c + QPointF(3.5, 1.75)};
        break;
    case Qt::LeftArrow:
        line = {c + QPointF(1.75, -3.5), c + QPointF(-1.75, 0), c + QPointF(1.75, 3.5)};
        break;
    case Qt::RightArrow:
        line = {c + QPointF(-1.75, -3.5), c + QPointF(1.75, 0), c + QPointF(-1.75, 3.5)};
        break;
    default:
        line = {c + QPointF(-3.5, -1.75), c + QPointF(0, 1.75), c + QPointF(3.5, -1.75)};
        break;
    }
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colour, 1.4, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    painter.drawPolyline(line);
    painter.restore();
}

void Style::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                          const QWidget* widget) const {
    const bool enabled = option->state & State_Enabled;
    switch (element) {
    case PE_PanelButtonCommand: {
        const ButtonLook look = buttonLook(widget);
        drawButton(*option, *painter, look == ButtonLook::Plain ? ButtonLook::Raised : look);
        return;
    }
    case PE_PanelButtonTool:
        drawButton(*option, *painter, buttonLook(widget));
        return;
    case PE_PanelLineEdit: {
        const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option);
        if (frame && frame->lineWidth > 0)
            drawField(*option, *painter, fieldState(widget));
        return;
    }
    case PE_FrameLineEdit:
        return; // drawn with the panel
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck:
        drawCheck(*option, *painter, false);
        return;
    case PE_IndicatorRadioButton:
        drawCheck(*option, *painter, true);
        return;
    case PE_FrameFocusRect: {
        if (!(option->state & State_KeyboardFocusChange) || qobject_cast<const QAbstractItemView*>(widget))
            return;
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(QPen(m_theme.accent, 1));
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(inner(option->rect), 4, 4);
        painter->restore();
        return;
    }
    case PE_IndicatorArrowUp:
        drawChevron(*painter, option->rect, Qt::UpArrow, enabled ? m_theme.muted : m_theme.faint);
        return;
    case PE_IndicatorArrowDown:
        drawChevron(*painter, option->rect, Qt::DownArrow, enabled ? m_theme.muted : m_theme.faint);
        return;
    case PE_IndicatorArrowLeft:
        drawChevron(*painter, option->rect, Qt::LeftArrow, enabled ? m_theme.muted : m_theme.faint);
        return;
    case PE_IndicatorArrowRight:
        drawChevron(*painter, option->rect, Qt::RightArrow, enabled ? m_theme.muted : m_theme.faint);
        return;
    case PE_IndicatorHeaderArrow: {
        const auto* header = qstyleoption_cast<const QStyleOptionHeader*>(option);
        // Qt's place is 5 pixels below the top of the section and leaves twice its margin below; the title is in the
        // middle.
        const QRect place = option->rect.adjusted(0, -5, 0, 2 * proxy()->pixelMetric(PM_HeaderMargin, option, widget));
        if (header && header->sortIndicator != QStyleOptionHeader::None)
            drawChevron(*painter, place,
                        header->sortIndicator == QStyleOptionHeader::SortDown ? Qt::DownArrow : Qt::UpArrow,
                        m_theme.muted);
        return;
    }
    case PE_IndicatorBranch:
        if (option->state & State_Children)
            drawChevron(*painter, option->rect, option->state & State_Open ? Qt::DownArrow : Qt::RightArrow,
                        m_theme.muted);
        return;
    case PE_PanelItemViewRow:
        return; // the item itself shows selection, over the whole width
    case PE_PanelItemViewItem: {
        const auto* item = qstyleoption_cast<const QStyleOptionViewItem*>(option);
        if (item && item->backgroundBrush.style() != Qt::NoBrush)
            painter->fillRect(option->rect, item->backgroundBrush);
        if (option->state & State_Selected)
            painter->fillRect(option->rect, m_theme.selection);
        else if (enabled && option->state & State_MouseOver)
            painter->fillRect(option->rect, m_theme.raised);
        return;
    }
    case PE_PanelScrollAreaCorner:
        painter->fillRect(option->rect, option->palette.brush(QPalette::Base));
        return;
    case PE_PanelMenu:
    case PE_PanelTipLabel:
        painter->save();
        painter->setBrush(m_theme.raised);
        painter->setPen(m_theme.line);
        painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
        painter->restore();
        return;
    case PE_FrameMenu:
    case PE_FrameTabBarBase:
    case PE_FrameStatusBarItem:
    case PE_PanelMenuBar:
    case PE_FrameDockWidget:
        return;
    case PE_PanelStatusBar:
        painter->fillRect(option->rect, m_theme.raised);
        return;
    case PE_FrameTabWidget:
    case PE_Frame:
    case PE_FrameGroupBox:
    case PE_FrameWindow: {
        const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option);
        if (frame && frame->lineWidth <= 0)
            return;
        painter->save();
        painter->setBrush(Qt::NoBrush);
        painter->setPen(m_theme.line);
        painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
        painter->restore();
        return;
    }
    case PE_IndicatorDockWidgetResizeHandle:
        painter->fillRect(option->rect, m_theme.line);
        return;
    default:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

} // namespace weir
