#include "ui/editor/palette_bar.h"

#include "ui/editor/editor_words.h"
#include "ui/icons.h"

#include <QApplication>
#include <QGridLayout>
#include <QMouseEvent>
#include <QPainter>
#include <QToolButton>

#include <algorithm>
#include <utility>

namespace weir {
namespace {

constexpr int inset = 4;
constexpr int gap = 2;
constexpr int buttonSize = 32;

} // namespace

PaletteBar::PaletteBar(const ThemeSource& themes, QWidget* parent)
    : QFrame(parent), m_themes(themes), m_grid(new QGridLayout(this)) {
    m_grid->setContentsMargins(inset, inset, inset, inset);
    m_grid->setSpacing(gap);
    const auto add = [&](PaletteItem item, const char* name) {
        auto* button = new QToolButton(this);
        button->setObjectName(QString::fromLatin1(name));
        button->setAutoRaise(true);
        button->setCheckable(true);
        button->setFocusPolicy(Qt::TabFocus);
        button->setIconSize({20, 20});
        button->setFixedSize(buttonSize, buttonSize);
        button->installEventFilter(this);
        connect(button, &QToolButton::clicked, this, [this, item] { Q_EMIT picked(item); });
        m_entries.push_back({button, item});
    };
    add(NodeTemplate::service, "paletteService");
    add(NodeTemplate::source, "paletteSource");
    add(NodeTemplate::queue, "paletteQueue");
    add(NodeTemplate::topic, "paletteTopic");
    add(NodeTemplate::directExchange, "paletteDirect");
    add(NodeTemplate::fanoutExchange, "paletteFanout");
    add(NodeTemplate::stream, "paletteStream");
    add(NodeTemplate::deadLetterQueue, "paletteDeadLetter");
    add(std::nullopt, "paletteEvent");
    fit(QWIDGETSIZE_MAX);
    setCursor(Qt::ArrowCursor);
    connect(&m_themes, &ThemeSource::changed, this, &PaletteBar::dress);
    dress();
    retranslate();
}

void PaletteBar::fit(int height) {
    const int count = static_cast<int>(m_entries.size());
    const int rows = std::clamp((height - 2 * inset + gap) / (buttonSize + gap), 1, count);
    if (std::exchange(m_rows, rows) == rows)
        return;
    for (int i = 0; i < count; ++i)
        m_grid->addWidget(m_entries[static_cast<std::size_t>(i)].button, i % rows, i / rows);
    adjustSize();
}

void PaletteBar::setPicked(PaletteItem item) {
    for (const Entry& entry : m_entries)
        entry.button->setChecked(item && entry.item == item);
}

QToolButton& PaletteBar::button(PaletteItem item) const {
    const auto found =
        std::find_if(m_entries.begin(), m_entries.end(), [&](const Entry& entry) { return entry.item == item; });
    return *found->button;
}

// A press that moves away carries the thing; the button keeps the mouse until it is let go.
bool PaletteBar::eventFilter(QObject* watched, QEvent* event) {
    const auto entry =
        std::find_if(m_entries.begin(), m_entries.end(), [&](const Entry& each) { return each.button == watched; });
    if (entry == m_entries.end())
        return QFrame::eventFilter(watched, event);
    switch (event->type()) {
    case QEvent::MouseButtonPress:
        if (static_cast<QMouseEvent*>(event)->button() == Qt::LeftButton)
            m_pressed = static_cast<QMouseEvent*>(event)->globalPosition().toPoint();
        break;
    case QEvent::MouseMove: {
        const QPoint at = static_cast<QMouseEvent*>(event)->globalPosition().toPoint();
        if (m_pressed && entry->item && (at - *m_pressed).manhattanLength() >= QApplication::startDragDistance())
            m_carrying = true;
        if (m_carrying)
            Q_EMIT carried(entry->item, at);
        break;
    }
    case QEvent::MouseButtonRelease:
        m_pressed.reset();
        if (std::exchange(m_carrying, false)) {
            entry->button->setDown(false);
            Q_EMIT dropped(entry->item, static_cast<QMouseEvent*>(event)->globalPosition().toPoint());
            return true;
        }
        break;
    default:
        break;
    }
    return QFrame::eventFilter(watched, event);
}

void PaletteBar::dress() {
    for (const Entry& entry : m_entries)
        entry.button->setIcon(
            makeIcon(entry.item ? templateIcon(*entry.item) : QStringLiteral("event"), m_themes.theme()));
    update();
}

void PaletteBar::retranslate() {
    setAccessibleName(tr("Palette"));
    for (const Entry& entry : m_entries) {
        const QString name = entry.item ? templateName(*entry.item) : tr("Event type");
        const QString tip = entry.item ? templateTip(*entry.item) : tr("What a service says happened");
        entry.button->setAccessibleName(name);
        entry.button->setToolTip(
            QStringLiteral("<b>%1</b><br>%2<br>%3")
                .arg(name.toHtmlEscaped(), tip.toHtmlEscaped(),
                     (entry.item ? tr("Drag it to its place, or click and then click there.") : tr("Click to name one."))
                         .toHtmlEscaped()));
    }
}

void PaletteBar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(m_themes.theme().line);
    painter.setBrush(m_themes.theme().surface);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
}

void PaletteBar::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QFrame::changeEvent(event);
}

} // namespace weir
