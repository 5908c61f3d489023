#include "ui/canvas/zoom_bar.h"

#include "ui/format.h"
#include "ui/icons.h"

#include <QBoxLayout>
#include <QEvent>
#include <QPainter>
#include <QToolButton>

namespace weir {

ZoomBar::ZoomBar(const ThemeSource& themes, QWidget* parent)
    : QFrame(parent), m_themes(themes), m_out(new QToolButton(this)), m_whole(new QToolButton(this)),
      m_in(new QToolButton(this)), m_fit(new QToolButton(this)) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(3, 3, 3, 3);
    row->setSpacing(0);
    for (QToolButton* button : {m_out, m_whole, m_in, m_fit}) {
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::TabFocus);
        button->setFixedHeight(26);
        row->addWidget(button);
    }
    m_whole->setFixedWidth(52);
    m_out->setObjectName(QStringLiteral("zoomOut"));
    m_whole->setObjectName(QStringLiteral("zoomWhole"));
    m_in->setObjectName(QStringLiteral("zoomIn"));
    m_fit->setObjectName(QStringLiteral("zoomFit"));
    setCursor(Qt::ArrowCursor);
    connect(m_out, &QToolButton::clicked, this, &ZoomBar::outRequested);
    connect(m_whole, &QToolButton::clicked, this, &ZoomBar::wholeRequested);
    connect(m_in, &QToolButton::clicked, this, &ZoomBar::inRequested);
    connect(m_fit, &QToolButton::clicked, this, &ZoomBar::fitRequested);
    connect(&m_themes, &ThemeSource::changed, this, &ZoomBar::dress);
    dress();
    retranslate();
}

void ZoomBar::setScale(qreal scale) {
    m_scale = scale;
    const QString text = percentText(std::round(scale * 100) / 100);
    if (text != m_whole->text())
        m_whole->setText(text);
}

void ZoomBar::dress() {
    m_out->setIcon(makeIcon(QStringLiteral("minus"), m_themes.theme()));
    m_in->setIcon(makeIcon(QStringLiteral("plus"), m_themes.theme()));
    m_fit->setIcon(makeIcon(QStringLiteral("fit"), m_themes.theme()));
    m_whole->setFont(m_themes.theme().font(TextRole::Label));
    update();
}

void ZoomBar::retranslate() {
    const auto say = [](QToolButton* button, const QString& what, const QString& keys) {
        button->setAccessibleName(what);
        button->setToolTip(QStringLiteral("%1 (%2)").arg(what, keys));
    };
    say(m_out, tr("Zoom out"), QStringLiteral("−"));
    say(m_whole, tr("Zoom to 100 %"), QStringLiteral("0"));
    say(m_in, tr("Zoom in"), QStringLiteral("+"));
    say(m_fit, tr("Fit everything"), QStringLiteral("F"));
    setScale(m_scale);
}

void ZoomBar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(m_themes.theme().line);
    painter.setBrush(m_themes.theme().surface);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
}

void ZoomBar::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QFrame::changeEvent(event);
}

} // namespace weir
