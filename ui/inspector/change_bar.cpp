#include "ui/inspector/change_bar.h"

#include "ui/errors/error_text.h"
#include "ui/format.h"
#include "ui/inspector/parameter_changes.h"
#include "ui/style.h"

#include <QBoxLayout>
#include <QEvent>
#include <QPainter>
#include <QToolButton>

namespace weir {

ChangeBar::ChangeBar(ParameterChanges& changes, const ThemeSource& themes, QWidget* parent)
    : QWidget(parent), m_changes(changes), m_themes(themes), m_keep(new QToolButton(this)),
      m_putBack(new QToolButton(this)) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(10, 28, 10, 6);
    auto* const row = new QHBoxLayout;
    row->setSpacing(6);
    for (QToolButton* const button : {m_keep, m_putBack}) {
        setButtonLook(*button, ButtonLook::Raised);
        button->setFixedHeight(22);
        row->addWidget(button);
    }
    row->addStretch(1);
    column->addLayout(row);
    const auto outcome = [this](const Errors& errors) {
        tell(errors.empty() ? QString() : errorText(errors.front()));
    };
    connect(m_keep, &QToolButton::clicked, this, [this, outcome] { outcome(m_changes.keep(m_changes.runChanges())); });
    connect(m_putBack, &QToolButton::clicked, this,
            [this, outcome] { outcome(m_changes.putBack(m_changes.runChanges())); });
    connect(&m_changes, &ParameterChanges::changed, this, &ChangeBar::show);
    connect(&m_themes, &ThemeSource::changed, this, qOverload<>(&QWidget::update));
    show();
}

void ChangeBar::show() {
    const std::size_t count = m_changes.runChanges().size();
    m_keep->setText(tr("Keep all"));
    m_keep->setToolTip(tr("Write the values into the scenario; the run goes on as it is"));
    m_putBack->setText(tr("Put back all"));
    m_putBack->setToolTip(tr("Give the run the values that the scenario has, from now on"));
    tell(count == 1 ? tr("1 change while running")
                    : tr("%1 changes while running").arg(countText(static_cast<std::int64_t>(count))));
    setVisible(count > 0);
}

void ChangeBar::tell(const QString& text) {
    if (text.isEmpty())
        return;
    m_text = text;
    setAccessibleName(m_text);
    setToolTip(m_text);
    update();
}

void ChangeBar::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        show();
    QWidget::changeEvent(event);
}

void ChangeBar::paintEvent(QPaintEvent*) {
    const Theme& theme = m_themes.theme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme.warn, 1));
    painter.setBrush(theme.tint(Tone::Warn));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
    painter.setFont(theme.font(TextRole::Strong));
    painter.setPen(theme.text);
    const QRect line(10, 6, width() - 20, 20);
    painter.drawText(line, Qt::AlignVCenter, painter.fontMetrics().elidedText(m_text, Qt::ElideRight, line.width()));
}

} // namespace weir
