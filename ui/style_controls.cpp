// The larger elements of Style: menus, tabs, headers, sliders, scroll bars, combo and spin boxes.
#include "ui/style.h"

#include <QAbstractSpinBox>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QSlider>
#include <QStyleOption>
#include <QToolButton>

#include <algorithm>

namespace weir {
namespace {

// Paints with antialiasing and gives the painter back as it was.
class Stroke {
  public:
    explicit Stroke(QPainter& painter) : m_painter(painter) {
        m_painter.save();
        m_painter.setRenderHint(QPainter::Antialiasing);
    }
    ~Stroke() { m_painter.restore(); }
    Stroke(const Stroke&) = delete;
    Stroke& operator=(const Stroke&) = delete;

  private:
    QPainter& m_painter;
};

} // namespace

void Style::drawMenuItem(const QStyleOption& option, QPainter& painter, const QWidget* widget) const {
    const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(&option);
    if (!item)
        return;
    const Stroke stroke(painter);
    const QRect rect = item->rect;
    if (item->menuItemType == QStyleOptionMenuItem::Separator) {
        painter.fillRect(QRect(rect.left() + 4, rect.center().y(), rect.width() - 8, 1), m_theme.line);
        return;
    }
    const bool enabled = item->state & State_Enabled;
    if (enabled && item->state & State_Selected) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_theme.selection);
        painter.drawRoundedRect(rect, 5, 5);
    }
    const QColor ink = enabled ? m_theme.text : m_theme.faint;
    const QRect mark(rect.left() + 8, rect.center().y() - 7, 16, 16);
    if (item->checked) {
        painter.setPen(
            QPen(enabled ? m_theme.accentText : m_theme.faint, 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        const QPointF c = QRectF(mark).center();
        painter.setBrush(Qt::NoBrush);
        painter.drawPolyline(QPolygonF{c + QPointF(-4, 0), c + QPointF(-1, 3.2), c + QPointF(4.2, -3.2)});
    } else if (!item->icon.isNull()) {
        item->icon.paint(&painter, mark, Qt::AlignCenter, enabled ? QIcon::Normal : QIcon::Disabled);
    }
    const QStringList parts = item->text.split(QLatin1Char('\t'));
    const QRect words = rect.adjusted(32, 0, -28, 0);
    painter.setFont(item->font);
    painter.setPen(ink);
    const int showMnemonic =
        proxy()->styleHint(SH_UnderlineShortcut, item, widget, nullptr) ? Qt::TextShowMnemonic : Qt::TextHideMnemonic;
    painter.drawText(words, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine | showMnemonic, parts.value(0));
    if (parts.size() > 1) {
        painter.setPen(enabled ? m_theme.muted : m_theme.faint);
        painter.drawText(words.adjusted(0, 0, 16, 0), Qt::AlignVCenter | Qt::AlignRight | Qt::TextSingleLine,
                         parts.value(1));
    }
    if (item->menuItemType == QStyleOptionMenuItem::SubMenu)
        drawChevron(painter, QRect(rect.right() - 22, rect.top(), 16, rect.height()), Qt::RightArrow,
                    enabled ? m_theme.muted : m_theme.faint);
}

void Style::drawTab(const QStyleOption& option, QPainter& painter) const {
    const bool selected = option.state & State_Selected;
    const bool over = option.state & State_MouseOver && option.state & State_Enabled;
    if (!selected && !over)
        return;
    const QRect rect = option.rect.adjusted(10, 0, -10, 0);
    painter.fillRect(QRect(rect.left(), option.rect.bottom() - 1, rect.width(), 2),
                     selected ? m_theme.accent : m_theme.line);
}

void Style::drawTabLabel(const QStyleOption& option, QPainter& painter) const {
    const auto* tab = qstyleoption_cast<const QStyleOptionTab*>(&option);
    if (!tab)
        return;
    const bool selected = tab->state & State_Selected;
    painter.save();
    QFont font = painter.font();
    font.setWeight(selected ? QFont::DemiBold : QFont::Normal);
    painter.setFont(font);
    painter.setPen(!(tab->state & State_Enabled) ? m_theme.faint : selected ? m_theme.text : m_theme.muted);
    painter.drawText(tab->rect, Qt::AlignCenter | Qt::TextHideMnemonic, tab->text);
    painter.restore();
}

void Style::drawHeader(const QStyleOption& option, QPainter& painter) const {
    painter.fillRect(option.rect, m_theme.surface);
    painter.fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), m_theme.line);
}

void Style::drawProgress(const QStyleOption& option, QPainter& painter) const {
    const auto* bar = qstyleoption_cast<const QStyleOptionProgressBar*>(&option);
    if (!bar)
        return;
    const Stroke stroke(painter);
    const QRectF groove(bar->rect.left(), bar->rect.center().y() - 2, bar->rect.width(), 6);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme.raised);
    painter.drawRoundedRect(groove, 3, 3);
    const double span = static_cast<double>(bar->maximum) - bar->minimum;
    // A bar without a range is busy, not at a place: it shows full in a calmer colour.
    const double share = span > 0 ? std::clamp((bar->progress - bar->minimum) / span, 0.0, 1.0) : 1.0;
    if (share <= 0)
        return;
    painter.setBrush(span > 0 ? m_theme.accent : m_theme.edge);
    painter.drawRoundedRect(QRectF(groove.topLeft(), QSizeF(std::max(6.0, groove.width() * share), 6)), 3, 3);
}

void Style::drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                        const QWidget* widget) const {
    switch (element) {
    case CE_MenuItem:
        drawMenuItem(*option, *painter, widget);
        return;
    case CE_MenuEmptyArea:
        return;
    case CE_MenuBarEmptyArea:
        painter->fillRect(option->rect, m_theme.surface);
        return;
    case CE_MenuBarItem: {
        const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(option);
        if (!item)
            return;
        painter->fillRect(item->rect, m_theme.surface);
        const bool active = item->state & (State_Selected | State_Sunken) && item->state & State_Enabled;
        const Stroke stroke(*painter);
        if (active) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(m_theme.raised);
            painter->drawRoundedRect(item->rect.adjusted(2, 3, -2, -3), 5, 5);
        }
        painter->setPen(!(item->state & State_Enabled) ? m_theme.faint : active ? m_theme.text : m_theme.muted);
        painter->drawText(item->rect, Qt::AlignCenter | Qt::TextHideMnemonic | Qt::TextSingleLine, item->text);
        return;
    }
    case CE_TabBarTabShape:
        drawTab(*option, *painter);
        return;
    case CE_TabBarTabLabel:
        drawTabLabel(*option, *painter);
        return;
    case CE_HeaderSection:
    case CE_HeaderEmptyArea:
        drawHeader(*option, *painter);
        return;
    case CE_HeaderLabel: {
        const auto* header = qstyleoption_cast<const QStyleOptionHeader*>(option);
        if (!header)
            return;
        painter->save();
        painter->setFont(m_theme.font(TextRole::Label));
        painter->setPen(m_theme.muted);
        const QString text = painter->fontMetrics().elidedText(header->text, Qt::ElideRight, header->rect.width());
        painter->drawText(header->rect, static_cast<int>(header->textAlignment | Qt::AlignVCenter) | Qt::TextDontClip,
                          text);
        painter->restore();
        return;
    }
    case CE_PushButtonLabel: {
        auto button = *qstyleoption_cast<const QStyleOptionButton*>(option);
        const ButtonLook look = buttonLook(widget);
        if (button.state & State_Enabled && look == ButtonLook::Primary)
            button.palette.setColor(QPalette::ButtonText, m_theme.onAccent);
        else if (button.state & State_Enabled && look == ButtonLook::Danger)
            button.palette.setColor(QPalette::ButtonText, m_theme.dangerText);
        painter->save();
        QFont font = painter->font();
        font.setWeight(QFont::DemiBold);
        painter->setFont(font);
        QProxyStyle::drawControl(element, &button, painter, widget);
        painter->restore();
        return;
    }
    case CE_ToolButtonLabel: {
        const auto* button = qstyleoption_cast<const QStyleOptionToolButton*>(option);
        if (!button || buttonLook(widget) != ButtonLook::Primary || !(button->state & State_Enabled)) {
            QProxyStyle::drawControl(element, option, painter, widget);
            return;
        }
        if (button->icon.isNull() || button->toolButtonStyle == Qt::ToolButtonTextOnly) {
            QStyleOptionToolButton words = *button;
            words.palette.setColor(QPalette::ButtonText, m_theme.onAccent);
            QProxyStyle::drawControl(element, &words, painter, widget);
            return;
        }
        // The action's icon is in muted ink for menus; on the accent ground it needs the ink that is readable there.
        QPixmap icon = button->icon.pixmap(button->iconSize, painter->device()->devicePixelRatioF());
        QPainter ink(&icon);
        ink.setCompositionMode(QPainter::CompositionMode_SourceIn);
        ink.fillRect(icon.rect(), m_theme.onAccent);
        ink.end();
        proxy()->drawItemPixmap(painter, button->rect, Qt::AlignCenter, icon);
        return;
    }
    case CE_Splitter:
        painter->fillRect(option->rect, m_theme.line);
        return;
    case CE_ToolBar:
        painter->fillRect(option->rect, m_theme.surface);
        return;
    case CE_ProgressBarGroove:
        return;
    case CE_ProgressBarContents:
        drawProgress(*option, *painter);
        return;
    case CE_DockWidgetTitle: {
        const auto* dock = qstyleoption_cast<const QStyleOptionDockWidget*>(option);
        if (!dock)
            return;
        painter->fillRect(dock->rect, m_theme.raised);
        painter->save();
        painter->setFont(m_theme.font(TextRole::Label));
        painter->setPen(m_theme.muted);
        painter->drawText(dock->rect.adjusted(12, 0, -48, 0), Qt::AlignVCenter | Qt::AlignLeft, dock->title);
        painter->restore();
        return;
    }
    case CE_ShapedFrame: {
        const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option);
        if (!frame || frame->frameShape == QFrame::NoFrame || frame->lineWidth <= 0)
            return;
        if (frame->frameShape == QFrame::HLine)
            painter->fillRect(QRect(frame->rect.left(), frame->rect.center().y(), frame->rect.width(), 1),
                              m_theme.line);
        else if (frame->frameShape == QFrame::VLine)
            painter->fillRect(QRect(frame->rect.center().x(), frame->rect.top(), 1, frame->rect.height()),
                              m_theme.line);
        else
            proxy()->drawPrimitive(PE_Frame, option, painter, widget);
        return;
    }
    default:
        QProxyStyle::drawControl(element, option, painter, widget);
    }
}

void Style::drawSlider(const QStyleOptionComplex& option, QPainter& painter, const QWidget* widget) const {
    const auto* slider = qstyleoption_cast<const QStyleOptionSlider*>(&option);
    if (!slider)
        return;
    const Stroke stroke(painter);
    const QRectF handle = proxy()->subControlRect(CC_Slider, slider, SC_SliderHandle, widget);
    const bool enabled = slider->state & State_Enabled;
    const QColor ink = enabled ? m_theme.accent : m_theme.faint;
    const QRectF rect = slider->rect;
    const QPointF c = handle.center();
    QRectF groove;
    QRectF done;
    if (slider->orientation == Qt::Horizontal) {
        groove = QRectF(rect.left() + 8, c.y() - 2, rect.width() - 16, 4);
        done = slider->upsideDown ? QRectF(QPointF(c.x(), groove.top()), groove.bottomRight())
                                  : QRectF(groove.topLeft(), QPointF(c.x(), groove.bottom()));
    } else {
        groove = QRectF(c.x() - 2, rect.top() + 8, 4, rect.height() - 16);
        done = slider->upsideDown ? QRectF(QPointF(groove.left(), c.y()), groove.bottomRight())
                                  : QRectF(groove.topLeft(), QPointF(groove.right(), c.y()));
    }
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme.line);
    painter.drawRoundedRect(groove, 2, 2);
    painter.setBrush(ink);
    painter.drawRoundedRect(done, 2, 2);
    painter.setPen(QPen(m_theme.surface, 2));
    painter.drawEllipse(c, 7, 7);
    if (slider->state & State_HasFocus) {
        painter.setPen(QPen(ink, 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(c, 8, 8);
    }
}

void Style::drawScrollBar(const QStyleOptionComplex& option, QPainter& painter, const QWidget* widget) const {
    const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(&option);
    if (!bar)
        return;
    painter.fillRect(bar->rect, widget ? widget->palette().color(QPalette::Base) : m_theme.surface);
    if (bar->minimum == bar->maximum)
        return;
    const Stroke stroke(painter);
    const QRectF handle = proxy()->subControlRect(CC_ScrollBar, bar, SC_ScrollBarSlider, widget);
    const bool held = bar->state & State_Sunken && bar->activeSubControls & SC_ScrollBarSlider;
    const bool over = bar->state & State_MouseOver;
    const double inset = over || held ? 2 : 3;
    const bool upright = bar->orientation == Qt::Vertical;
    const QRectF thumb = upright ? handle.adjusted(inset, 2, -inset, -2) : handle.adjusted(2, inset, -2, -inset);
    const double radius = std::min(thumb.width(), thumb.height()) / 2;
    painter.setPen(Qt::NoPen);
    painter.setBrush(held ? m_theme.muted : over ? m_theme.edge : m_theme.line);
    painter.drawRoundedRect(thumb, radius, radius);
}

void Style::drawComboBox(const QStyleOptionComplex& option, QPainter& painter, const QWidget* widget) const {
    const auto* combo = qstyleoption_cast<const QStyleOptionComboBox*>(&option);
    if (!combo)
        return;
    if (combo->frame)
        drawField(*combo, painter, fieldState(widget));
    drawChevron(painter, proxy()->subControlRect(CC_ComboBox, combo, SC_ComboBoxArrow, widget), Qt::DownArrow,
                combo->state & State_Enabled ? m_theme.muted : m_theme.faint);
}

void Style::drawSpinBox(const QStyleOptionComplex& option, QPainter& painter, const QWidget* widget) const {
    const auto* spin = qstyleoption_cast<const QStyleOptionSpinBox*>(&option);
    if (!spin)
        return;
    if (spin->frame)
        drawField(*spin, painter, fieldState(widget));
    if (spin->buttonSymbols == QAbstractSpinBox::NoButtons)
        return;
    const auto ink = [&](QAbstractSpinBox::StepEnabledFlag step, SubControl part) {
        if (!(spin->stepEnabled & step))
            return m_theme.faint;
        return spin->activeSubControls & part ? m_theme.text : m_theme.muted;
    };
    drawChevron(painter, proxy()->subControlRect(CC_SpinBox, spin, SC_SpinBoxUp, widget), Qt::UpArrow,
                ink(QAbstractSpinBox::StepUpEnabled, SC_SpinBoxUp));
    drawChevron(painter, proxy()->subControlRect(CC_SpinBox, spin, SC_SpinBoxDown, widget), Qt::DownArrow,
                ink(QAbstractSpinBox::StepDownEnabled, SC_SpinBoxDown));
}

QRect Style::subControlRect(ComplexControl control, const QStyleOptionComplex* option, SubControl part,
                            const QWidget* widget) const {
    // Scroll bars without arrow buttons: the whole length is the groove.
    if (const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option); bar && control == CC_ScrollBar) {
        const bool upright = bar->orientation == Qt::Vertical;
        const int length = upright ? bar->rect.height() : bar->rect.width();
        const int across = upright ? bar->rect.width() : bar->rect.height();
        const auto span = [&](int from, int extent) {
            const QRect logical = upright ? QRect(0, from, across, extent) : QRect(from, 0, extent, across);
            return visualRect(bar->direction, bar->rect, logical.translated(bar->rect.topLeft()));
        };
        const qint64 range = static_cast<qint64>(bar->maximum) - bar->minimum;
        const int least = proxy()->pixelMetric(PM_ScrollBarSliderMin, bar, widget);
        const qint64 wanted =
            range > 0 ? length * static_cast<qint64>(bar->pageStep) / (range + bar->pageStep) : length;
        const int extent = static_cast<int>(std::clamp<qint64>(wanted, std::min(least, length), length));
        const int start =
            sliderPositionFromValue(bar->minimum, bar->maximum, bar->sliderPosition, length - extent, bar->upsideDown);
        switch (part) {
        case SC_ScrollBarAddLine:
        case SC_ScrollBarSubLine:
            return {};
        case SC_ScrollBarGroove:
            return span(0, length);
        case SC_ScrollBarSlider:
            return span(start, extent);
        case SC_ScrollBarSubPage:
            return span(0, start);
        case SC_ScrollBarAddPage:
            return span(start + extent, length - start - extent);
        default:
            break;
        }
    }
    return QProxyStyle::subControlRect(control, option, part, widget);
}

void Style::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                               const QWidget* widget) const {
    switch (control) {
    case CC_Slider:
        drawSlider(*option, *painter, widget);
        return;
    case CC_ScrollBar:
        drawScrollBar(*option, *painter, widget);
        return;
    case CC_ComboBox:
        drawComboBox(*option, *painter, widget);
        return;
    case CC_SpinBox:
        drawSpinBox(*option, *painter, widget);
        return;
    case CC_ToolButton: {
        // Buttons that open a menu say so by their icon or word; a chevron in the corner would lie over it.
        const auto* button = qstyleoption_cast<const QStyleOptionToolButton*>(option);
        if (!button || button->features & QStyleOptionToolButton::MenuButtonPopup)
            break;
        QStyleOptionToolButton plain = *button;
        plain.features &= ~QStyleOptionToolButton::HasMenu;
        QProxyStyle::drawComplexControl(control, &plain, painter, widget);
        return;
    }
    default:
        break;
    }
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

} // namespace weir
