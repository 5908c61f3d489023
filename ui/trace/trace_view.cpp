#include "ui/trace/trace_view.h"

#include "core/record/message_source.h"
#include "ui/format.h"
#include "ui/icons.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QPainter>
#include <QToolButton>

namespace weir {

TraceView::TraceView(Session& session, Selection& selection, const ThemeSource& themes, QWidget* parent)
    : QWidget(parent), m_session(session), m_themes(themes), m_list(new TraceList(m_rows, selection, themes, this)),
      m_filter(new FilterField(themes, this)), m_title(new QLabel(this)), m_progress(new QLabel(this)),
      m_refusal(new QLabel(this)), m_hint(new QLabel(this)), m_follow(new QToolButton(this)) {
    auto* const bar = new QHBoxLayout;
    bar->setContentsMargins(14, 5, 12, 5);
    bar->setSpacing(10);
    bar->addWidget(m_title);
    bar->addStretch(1);
    bar->addWidget(m_progress);
    bar->addWidget(m_filter, 8);
    bar->addWidget(m_follow);
    m_filter->setMinimumWidth(160);
    m_filter->setMaximumWidth(560);
    m_filter->setFixedHeight(24);
    m_follow->setCheckable(true);
    m_follow->setChecked(true);
    m_follow->setAutoRaise(true);
    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(bar);
    column->addWidget(m_list, 1);
    m_refusal->setIndent(10);
    m_refusal->setAutoFillBackground(true);
    m_refusal->setTextFormat(Qt::PlainText);
    m_refusal->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_refusal->hide();
    m_hint->setAlignment(Qt::AlignCenter);
    m_hint->setWordWrap(true);
    m_hint->setAttribute(Qt::WA_TransparentForMouseEvents);
    setTabOrder(m_filter, m_follow);
    setTabOrder(m_follow, m_list);
    m_searching.setInterval(16);

    connect(&m_session, &Session::documentChanged, this, &TraceView::takeUpDocument);
    connect(&m_session, &Session::advanced, this, &TraceView::tick);
    connect(&m_session, &Session::runningChanged, this, &TraceView::tick);
    connect(&m_searching, &QTimer::timeout, this, &TraceView::tick);
    connect(m_filter, &FilterField::filterChanged, this, [this] {
        m_rows.setFilter(m_filter->filter());
        m_rowsShownFor.invalidate();
        tick();
    });
    connect(m_filter, &FilterField::refusalChanged, this, &TraceView::tellRefusal);
    connect(m_follow, &QToolButton::toggled, m_list, &TraceList::setFollowing);
    connect(m_list, &TraceList::followingChanged, m_follow, &QToolButton::setChecked);
    connect(m_list, &TraceList::playheadWanted, &m_session, [this](std::uint64_t index) {
        m_session.pause();
        m_session.seekRecord(index);
    });
    connect(m_list, &TraceList::menuWanted, this, &TraceView::showMenu);
    connect(&m_themes, &ThemeSource::changed, this, &TraceView::dress);
    retranslate();
    dress();
    takeUpDocument();
}

void TraceView::takeUpDocument() {
    m_rows.setStore(m_session.store(), m_session.messages());
    m_filter->setCatalogue(m_session.catalogue());
    m_list->rebuild();
    m_rowsShownFor.invalidate();
    tick();
}

void TraceView::tick() {
    m_rows.update(m_session.playhead(), budget);
    // A single step shows at once.
    if (!m_session.running() || !m_rowsShownFor.isValid() || m_rowsShownFor.elapsed() >= rowsMilliseconds)
        showRows();
    if (m_rows.unsearched() > 0)
        m_searching.start();
    else
        m_searching.stop();
}

void TraceView::showRows() {
    m_rowsShownFor.start();
    m_list->refresh();
    tellProgress();
}

void TraceView::tellProgress() {
    const std::uint64_t left = m_rows.unsearched();
    m_filter->setCount(m_rows.filter() ? countText(static_cast<std::int64_t>(m_rows.count())) : QString());
    const double share = static_cast<double>(m_rows.searched()) /
                         static_cast<double>(std::max<std::uint64_t>(m_rows.searched() + left, 1));
    // What a run adds from tick to tick is found at once, and not worth a word.
    const QString progress = left > 10'000 ? tr("searched %1").arg(percentText(share)) : QString();
    if (progress != m_progress->text())
        m_progress->setText(progress);
    const bool bare = m_rows.count() == 0 && left == 0;
    if (bare != m_hint->isVisibleTo(this))
        m_hint->setVisible(bare);
    if (bare)
        m_hint->setText(m_rows.empty()    ? tr("Every record of the run, as it happens")
                        : m_rows.filter() ? tr("No record passes the filter so far")
                                          : tr("Nothing has happened yet: F5 runs, F10 makes one step"));
}

void TraceView::tellRefusal() {
    m_refusal->setText(m_filter->refusal());
    m_refusal->setVisible(!m_filter->refusal().isEmpty());
    place();
    m_refusal->raise();
}

void TraceView::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    place();
}

void TraceView::place() {
    const int refusalWidth = std::min(m_refusal->sizeHint().width() + 10, width() - 16);
    const int left = std::max(8, std::min(m_filter->x(), width() - refusalWidth - 8));
    m_refusal->setGeometry(left, m_list->y(), refusalWidth, m_list->header().height());
    const int top = m_list->y() + m_list->header().height();
    m_hint->setGeometry(16, top, std::max(0, width() - 32), std::max(0, height() - top));
}

// A record may have been evicted since it was pointed at.
bool TraceView::isKept(std::uint64_t index) const {
    return index >= m_rows.reader().first() && index < m_rows.reader().end();
}

std::optional<MessageView> TraceView::messageOf(std::uint64_t index) const {
    const Ordinal ordinal = isKept(index) ? m_rows.reader().at(index).ordinal : 0;
    return m_rows.messages() && ordinal > 0 ? m_rows.messages()->message(ordinal) : std::nullopt;
}

QString TraceView::eventJson(std::uint64_t index) const {
    const auto message = messageOf(index);
    return message ? QString::fromStdString(message->cloudEvent().pretty()) : QString();
}

QString TraceView::csv(std::uint64_t index) const {
    if (!isKept(index))
        return {};
    const RecordReader& reader = m_rows.reader();
    const TraceRow row = RecordText(reader.catalogue(), m_rows.messages()).row(index, reader.at(index));
    QStringList titles;
    QStringList cells;
    for (int column = 0; column < traceColumnCount; ++column) {
        titles << RecordText::columnTitle(static_cast<TraceColumn>(column));
        QString cell = static_cast<TraceColumn>(column) == TraceColumn::time
                           ? toQt(secondsText(row.record.at))
                           : row.texts[static_cast<std::size_t>(column)];
        if (cell.contains(QLatin1Char(',')) || cell.contains(QLatin1Char('"')))
            cell = QLatin1Char('"') + cell.replace(QLatin1Char('"'), QLatin1String("\"\"")) + QLatin1Char('"');
        cells << cell;
    }
    return titles.join(QLatin1Char(',')) + QLatin1Char('\n') + cells.join(QLatin1Char(',')) + QLatin1Char('\n');
}

void TraceView::showMenu(const QPoint& globalPosition, std::uint64_t index, const QString& term) {
    auto* const menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (!term.isEmpty()) {
        const QString shown = menu->fontMetrics().elidedText(term, Qt::ElideRight, 320);
        menu->addAction(makeIcon(QStringLiteral("filter"), m_themes.theme()), tr("Filter: %1").arg(shown), this,
                        [this, term] { m_filter->setText(term); });
        if (m_filter->filter()) {
            menu->addAction(tr("... and this too"), this, [this, term] { addTerm(term, QStringLiteral(" AND ")); });
            menu->addAction(tr("... or this too"), this, [this, term] { addTerm(term, QStringLiteral(" OR ")); });
            menu->addAction(tr("... but not this"), this, [this, term] { addTerm(term, QStringLiteral(" AND NOT ")); });
        } else {
            menu->addAction(tr("Hide these"), this,
                            [this, term] { m_filter->setText(QStringLiteral("NOT (%1)").arg(term)); });
        }
    }
    const auto message = messageOf(index);
    if (message && !message->correlationId.empty())
        menu->addAction(tr("Only this conversation"), this, [this, id = toQt(message->correlationId)] {
            m_filter->setText(QStringLiteral("correlationid = ") + quotedTerm(id));
        });
    menu->addSeparator();
    menu->addAction(makeIcon(QStringLiteral("clock"), m_themes.theme()), tr("Move the playhead here"), this,
                    [this, index] { Q_EMIT m_list->playheadWanted(index + 1); });
    menu->addSeparator();
    if (message)
        menu->addAction(makeIcon(QStringLiteral("copy"), m_themes.theme()), tr("Copy event as JSON"), this,
                        [this, index] { QApplication::clipboard()->setText(eventJson(index)); });
    menu->addAction(makeIcon(QStringLiteral("copy"), m_themes.theme()), tr("Copy row as CSV"), this,
                    [this, index] { QApplication::clipboard()->setText(csv(index)); });
    menu->popup(globalPosition);
}

void TraceView::addTerm(const QString& term, const QString& joint) {
    m_filter->setText(QStringLiteral("(%1)%2(%3)").arg(m_filter->text().trimmed(), joint, term));
}

void TraceView::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void TraceView::paintEvent(QPaintEvent*) {
    QPainter(this).fillRect(rect(), m_themes.theme().surface);
}

void TraceView::retranslate() {
    setWindowTitle(tr("Trace"));
    m_title->setText(windowTitle());
    m_follow->setText(tr("Follow"));
    m_follow->setAccessibleName(tr("Follow the playhead"));
    m_follow->setToolTip(tr("Follow the playhead (End)"));
    tellProgress();
}

void TraceView::dress() {
    const Theme& theme = m_themes.theme();
    m_title->setFont(theme.font(TextRole::Strong));
    m_progress->setFont(theme.font(TextRole::Label));
    m_refusal->setFont(theme.font(TextRole::Label));
    m_hint->setFont(theme.font(TextRole::Body));
    m_follow->setIcon(makeIcon(QStringLiteral("follow"), theme));
    const auto ink = [](QLabel& label, const QColor& text, const QColor& ground = {}) {
        QPalette palette = label.palette();
        palette.setColor(QPalette::WindowText, text);
        if (ground.isValid())
            palette.setColor(QPalette::Window, ground);
        label.setPalette(palette);
    };
    ink(*m_progress, theme.muted);
    ink(*m_hint, theme.muted);
    ink(*m_refusal, theme.dangerText, theme.tint(Tone::Danger));
    update();
}

} // namespace weir
