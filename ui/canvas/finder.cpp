#include "ui/canvas/finder.h"

#include "ui/format.h"
#include "ui/fuzzy.h"

#include <QBoxLayout>
#include <QEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>

#include <algorithm>

namespace weir {

Finder::Finder(const ThemeSource& themes, QWidget* parent)
    : QFrame(parent), m_themes(themes), m_field(new QLineEdit(this)), m_count(new QLabel(this)) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(6, 5, 10, 5);
    row->setSpacing(8);
    row->addWidget(m_field, 1);
    row->addWidget(m_count);
    m_field->setObjectName(QStringLiteral("find"));
    m_field->installEventFilter(this);
    setFocusProxy(m_field);
    resize(sizeHint());
    connect(m_field, &QLineEdit::textEdited, this, &Finder::search);
    connect(&m_themes, &ThemeSource::changed, this, &Finder::dress);
    dress();
    retranslate();
    hide();
}

void Finder::open(const QStringList& names) {
    m_names = names;
    show();
    raise();
    m_field->setFocus(Qt::ShortcutFocusReason);
    m_field->selectAll();
    search();
}

void Finder::search() {
    const QString wanted = m_field->text().trimmed();
    std::vector<std::pair<int, std::size_t>> fits; // -score, so that equal ones keep their order
    for (qsizetype i = 0; i < m_names.size() && !wanted.isEmpty(); ++i)
        if (const std::optional<FuzzyMatch> match = fuzzyMatch(wanted, m_names[i]))
            fits.emplace_back(-match->score, static_cast<std::size_t>(i));
    std::sort(fits.begin(), fits.end());
    m_hits.clear();
    for (const auto& [score, name] : fits)
        m_hits.push_back(name);
    m_at = 0;
    say();
    if (!m_hits.empty())
        Q_EMIT found(m_hits.front());
}

void Finder::go(int by) {
    if (m_hits.empty())
        return;
    m_at = (m_at + (by < 0 ? m_hits.size() - 1 : 1)) % m_hits.size();
    say();
    Q_EMIT found(m_hits[m_at]);
}

void Finder::say() {
    if (m_field->text().trimmed().isEmpty())
        m_count->clear();
    else if (m_hits.empty())
        m_count->setText(tr("no node"));
    else
        m_count->setText(tr("%1 of %2")
                             .arg(countText(static_cast<std::int64_t>(m_at + 1)),
                                  countText(static_cast<std::int64_t>(m_hits.size()))));
}

bool Finder::eventFilter(QObject* watched, QEvent* event) {
    if (watched != m_field || event->type() != QEvent::KeyPress)
        return QFrame::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    switch (key->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        go(key->modifiers() & Qt::ShiftModifier ? -1 : 1);
        return true;
    case Qt::Key_Down:
        go(1);
        return true;
    case Qt::Key_Up:
        go(-1);
        return true;
    case Qt::Key_Escape:
        hide();
        Q_EMIT closed();
        return true;
    default:
        return false;
    }
}

void Finder::dress() {
    m_count->setFont(m_themes.theme().font(TextRole::Label));
    QPalette ink = m_count->palette();
    ink.setColor(QPalette::WindowText, m_themes.theme().muted);
    m_count->setPalette(ink);
    update();
}

void Finder::retranslate() {
    m_field->setPlaceholderText(tr("Find a node"));
    m_field->setAccessibleName(tr("Find a node"));
    m_field->setToolTip(tr("A few letters of its name; Enter goes to the next one, Esc closes"));
    say();
}

void Finder::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(m_themes.theme().line);
    painter.setBrush(m_themes.theme().surface);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
}

void Finder::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QFrame::changeEvent(event);
}

} // namespace weir
