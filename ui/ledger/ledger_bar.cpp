#include "ui/ledger/ledger_bar.h"

#include "ui/format.h"
#include "ui/tabular.h"

#include <QCoreApplication>
#include <QEvent>
#include <QPainter>

#include <cstdlib>

namespace weir {
namespace {

constexpr int refreshMilliseconds = 100; // figures that change faster cannot be read

struct Words {
    Q_DECLARE_TR_FUNCTIONS(weir::LedgerBar)
};

QString equation(const QString& left, const QStringList& right) {
    return right.isEmpty() ? left : left + QStringLiteral(" = ") + right.join(QStringLiteral(" + "));
}

} // namespace

LedgerWords ledgerWords(const Ledger& ledger) {
    const auto counted = [](QStringList& list, std::int64_t count, const QString& text) {
        if (count != 0)
            list << text.arg(countText(count));
    };
    const CopyCounts& copies = ledger.copies;
    const MessageCounts& messages = ledger.messages;
    LedgerWords words{.closed = ledger.closed(), .verdict = {}, .born = {}, .outcomes = {}, .messages = {}};
    words.born = copies.born == 1 ? Words::tr("1 copy") : Words::tr("%1 copies").arg(countText(copies.born));
    counted(words.outcomes, copies.acked, Words::tr("%1 acked"));
    counted(words.outcomes, copies.ready, Words::tr("%1 ready"));
    counted(words.outcomes, copies.inFlight, Words::tr("%1 in flight"));
    counted(words.outcomes, copies.delayed, Words::tr("%1 delayed"));
    counted(words.outcomes, copies.inTransit, Words::tr("%1 in transit"));
    counted(words.outcomes, copies.deadLettered, Words::tr("%1 dead-lettered"));
    counted(words.outcomes, copies.dropped, Words::tr("%1 dropped"));
    counted(words.outcomes, copies.expired, Words::tr("%1 expired"));
    counted(words.outcomes, copies.purged, Words::tr("%1 purged"));
    counted(words.outcomes, copies.lost, Words::tr("%1 lost"));

    QStringList fates;
    counted(fates, messages.routed, Words::tr("%1 routed"));
    counted(fates, messages.held, Words::tr("%1 held"));
    counted(fates, messages.refused, Words::tr("%1 refused"));
    counted(fates, messages.deduplicated, Words::tr("%1 deduplicated"));
    counted(fates, messages.unroutable, Words::tr("%1 unroutable"));
    words.messages = equation(messages.published == 1
                                  ? Words::tr("1 message published")
                                  : Words::tr("%1 messages published").arg(countText(messages.published)),
                              fates);

    const std::int64_t ofCopies = copies.born - copies.outcomes();
    const std::int64_t ofMessages = messages.published - messages.refused - messages.deduplicated -
                                    messages.unroutable - messages.held - messages.routed;
    if (words.closed)
        words.verdict = Words::tr("Ledger closed");
    else if (ofCopies != 0)
        words.verdict = Words::tr("Ledger open: %1 copies differ").arg(countText(std::abs(ofCopies)));
    else if (ofMessages != 0)
        words.verdict = Words::tr("Ledger open: %1 messages differ").arg(countText(std::abs(ofMessages)));
    else
        words.verdict = Words::tr("Ledger open: a count is below zero");
    return words;
}

LedgerBar::LedgerBar(Session& session, const ThemeSource& themes, QWidget* parent)
    : QWidget(parent), m_session(session), m_themes(themes) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_second.start();
    connect(&m_session, &Session::advanced, this, &LedgerBar::tick);
    const auto now = [this] {
        m_shownFor.invalidate();
        refresh();
    };
    connect(&m_session, &Session::documentChanged, this, now);
    connect(&m_session, &Session::runningChanged, this, now);
    connect(&m_themes, &ThemeSource::changed, this, qOverload<>(&QWidget::update));
    now();
}

void LedgerBar::tick() {
    ++m_frames;
    if (m_second.elapsed() >= 1000) {
        m_framesPerSecond = static_cast<int>((m_frames * 1000 + 500) / m_second.elapsed());
        m_frames = 0;
        m_second.restart();
    }
    // A single step shows at once, a run ten times a second.
    if (!m_session.running() || !m_shownFor.isValid() || m_shownFor.elapsed() >= refreshMilliseconds)
        refresh();
}

void LedgerBar::refresh() {
    m_empty = m_session.mode() == Session::Mode::empty;
    m_shownFor.start();
    const bool running = m_session.running();
    if (!running) {
        m_frames = m_framesPerSecond = 0;
        m_second.restart();
    }
    show(m_session.picture().ledger(), {.records = m_session.playhead(),
                                        .leftOut = m_session.leftOut(),
                                        .framesPerSecond = m_framesPerSecond,
                                        .factor = running ? m_session.factorReached() : 0});
}

void LedgerBar::show(const Ledger& ledger, const Facts& facts) {
    m_ledger = ledger;
    m_facts = facts;
    m_words = ledgerWords(ledger);
    const auto number = [](std::uint64_t count) { return countText(static_cast<std::int64_t>(count)); };
    QStringList right{facts.records == 1 ? tr("1 record") : tr("%1 records").arg(number(facts.records)), tr("%1 left out").arg(number(facts.leftOut))};
    if (facts.framesPerSecond > 0)
        right << tr("%1 fps").arg(facts.framesPerSecond);
    if (facts.factor > 0)
        right << tr("%1 real time").arg(factorText(facts.factor));
    m_right = right.join(QStringLiteral(" · "));
    setAccessibleName(m_words.verdict);
    setAccessibleDescription(text());
    QString tip = equation(m_words.born, m_words.outcomes) + QLatin1Char('\n') + m_words.messages;
    if (ledger.effectsLost > 0)
        tip += QLatin1Char('\n') + tr("%1 acked although their work was not done").arg(countText(ledger.effectsLost));
    setToolTip(tip);
    update();
}

QString LedgerBar::text() const {
    return m_words.verdict + QStringLiteral("  ") + equation(m_words.born, m_words.outcomes) + QStringLiteral("  ") +
           m_right;
}

void LedgerBar::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        show(m_ledger, m_facts);
    QWidget::changeEvent(event);
}

void LedgerBar::paintEvent(QPaintEvent*) {
    const Theme& theme = m_themes.theme();
    QPainter painter(this);
    painter.fillRect(rect(), theme.raised);
    painter.fillRect(QRect(0, 0, width(), 1), theme.line);
    const QFont label = theme.font(TextRole::Label);
    painter.setFont(label);
    if (m_empty) {
        painter.setPen(theme.muted);
        painter.drawText(rect().adjusted(14, 0, -14, 0), Qt::AlignVCenter, tr("Nothing published yet"));
        return;
    }
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_words.closed ? theme.ok : theme.danger);
    painter.drawEllipse(QPointF(20, height() / 2.0), 4.5, 4.5);

    const qreal rightWidth = tabularWidth(label, m_right);
    const qreal rightFrom = width() - 14 - rightWidth;
    qreal x = 32;
    QFont strong = theme.font(TextRole::Strong);
    strong.setPixelSize(label.pixelSize());
    painter.setFont(strong);
    painter.setPen(m_words.closed ? theme.okText : theme.dangerText);
    const qreal verdictWidth = tabularWidth(strong, m_words.verdict);
    drawTabular(painter, QRectF(x, 0, verdictWidth, height()), Qt::AlignLeft, m_words.verdict);
    x += verdictWidth + 14;
    // The right side gives way to the verdict, the equation to the right side.
    painter.setFont(label);
    const bool rightFits = rightFrom > x;
    if (rightFits) {
        painter.setPen(theme.muted);
        drawTabular(painter, QRectF(rightFrom, 0, rightWidth, height()), Qt::AlignLeft, m_right);
    }
    const qreal room = (rightFits ? rightFrom - 20 : width() - 14) - x;
    QStringList outcomes = m_words.outcomes;
    QString shown = equation(m_words.born, outcomes);
    while (!outcomes.isEmpty() && tabularWidth(label, shown) > room) {
        outcomes.removeLast();
        shown = equation(m_words.born, outcomes + QStringList{QStringLiteral("…")});
    }
    painter.setPen(theme.text);
    if (tabularWidth(label, shown) <= room)
        drawTabular(painter, QRectF(x, 0, room, height()), Qt::AlignLeft, shown);
}

} // namespace weir
