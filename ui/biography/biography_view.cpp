#include "ui/biography/biography_view.h"

#include "core/record/message_source.h"
#include "ui/biography/cause_list.h"
#include "ui/biography/comparison_view.h"
#include "ui/biography/segment_legend.h"
#include "ui/biography/waterfall_minimap.h"
#include "ui/biography/waterfall_view.h"
#include "ui/format.h"
#include "ui/icons.h"
#include "ui/staff.h"
#include "ui/trace/record_text.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/in_sight.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>

#include <algorithm>
#include <array>

namespace weir {
namespace {
constexpr int refreshMilliseconds = 200;
constexpr int costFactor = 7; // the more it costs, the less often it is made
constexpr int lowHeight = 240; // no room for a legend
constexpr std::size_t factsAtOnce = 5'000; // a story of more records is made by another thread
} // namespace

BiographyView::BiographyView(Session& session, Selection& selection, const ThemeSource& themes, QWidget* parent)
    : QWidget(parent), m_session(session), m_selection(selection), m_themes(themes) {
    build();
    connect(&m_session, &Session::documentChanged, this, &BiographyView::takeUpDocument);
    connect(&m_session, &Session::advanced, this, &BiographyView::tick);
    connect(&m_session, &Session::runningChanged, this, [this] {
        m_madeFor.invalidate();
        tick();
    });
    connect(&m_selection, &Selection::changed, this, &BiographyView::takeUpSelection);
    connect(&m_gatherer, &StoryGatherer::advanced, this, &BiographyView::tick);
    connect(&m_themes, &ThemeSource::changed, this, &BiographyView::dress);
    connect(m_causes, &CauseList::messageChosen, this, &BiographyView::choose);
    connect(m_waterfall, &WaterfallView::messageChosen, this, &BiographyView::choose);
    connect(m_waterfall, &WaterfallView::timeWanted, this, [this](SimTime time) {
        m_session.pause();
        m_session.seek(time);
    });
    m_waterfall->setNames([this](Ordinal message) { return eventName(message); });
    retranslate();
    dress();
    takeUpDocument();
}

void BiographyView::build() {
    m_sentence = new QLabel(this);
    m_sentence->setWordWrap(true);
    m_sentence->setTextFormat(Qt::PlainText);
    m_sentence->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_notice = new QLabel(this);
    m_fold = new QToolButton(this);
    m_critical = new QToolButton(this);
    m_compare = new QToolButton(this);
    for (QToolButton* const button : {m_fold, m_critical, m_compare}) {
        button->setCheckable(true);
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::TabFocus);
    }
    m_fold->setChecked(true);
    m_critical->setChecked(true);
    m_causes = new CauseList(m_themes, this);
    m_waterfall = new WaterfallView(m_themes, this);
    m_minimap = new WaterfallMinimap(*m_waterfall, m_themes, this);
    m_legend = new SegmentLegend(m_themes, this);
    m_comparison = new ComparisonView(m_themes, this);
    m_empty = new EmptyState(m_themes, QStringLiteral("clock"), this);

    auto* const head = new QHBoxLayout;
    head->setContentsMargins(14, 4, 12, 4);
    head->setSpacing(8);
    head->addWidget(m_sentence, 1);
    for (QWidget* const piece : std::initializer_list<QWidget*>{m_notice, m_fold, m_critical, m_compare})
        head->addWidget(piece, 0, Qt::AlignTop);
    auto* const right = new QWidget(this);
    auto* const column = new QVBoxLayout(right);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_minimap->setFixedHeight(20);
    m_legend->setFixedHeight(20);
    column->addWidget(m_minimap);
    column->addWidget(m_waterfall, 1);
    column->addWidget(m_legend);
    m_splitter = new QSplitter(Qt::Horizontal, this);
    m_splitter->addWidget(m_causes);
    m_splitter->addWidget(right);
    m_splitter->setStretchFactor(0, 0);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setSizes({230, 700});
    m_splitter->setChildrenCollapsible(true);
    m_pages = new QStackedWidget(this);
    m_pages->addWidget(m_empty);
    m_pages->addWidget(m_splitter);
    m_pages->addWidget(m_comparison);
    auto* const whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->setSpacing(0);
    whole->addLayout(head);
    whole->addWidget(m_pages, 1);
    connect(m_fold, &QToolButton::toggled, this, [this](bool on) {
        m_waterfall->setFolded(on);
        showComparison();
    });
    connect(m_critical, &QToolButton::toggled, this, [this](bool on) {
        m_waterfall->setCriticalShown(on);
        showLegend();
    });
    connect(m_compare, &QToolButton::clicked, this, &BiographyView::togglePin);
}

QString BiographyView::sentence() const {
    return m_sentence->text();
}

bool BiographyView::comparing() const {
    return m_pages->currentWidget() == m_comparison;
}

void BiographyView::takeUpDocument() {
    ++m_wish;
    m_pinned.reset();
    m_compare->setChecked(false);
    m_gatherer.gather(nullptr, 0);
    m_story.reset();
    retranslate();
    takeUpSelection();
}

void BiographyView::takeUpSelection() {
    if (m_selection.message() != m_gatherer.message())
        ++m_wish;
    if (m_selection.message() == 0) {
        m_gatherer.gather(nullptr, 0);
        takeStory(nullptr);
        return;
    }
    if (m_selection.message() == m_gatherer.message() && m_story)
        return;
    m_madeOf = 0;
    m_madeWhole = false;
    m_madeFor.invalidate();
    m_story.reset();
    if (inSight(*this))
        m_gatherer.gather(m_session.store(), m_selection.message());
    tick();
}

void BiographyView::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    if (m_gatherer.message() != m_selection.message())
        takeUpSelection();
    m_madeFor.invalidate();
    tick();
}

// A story is made anew where something of it changed, and at once where nothing runs.
void BiographyView::tick() {
    if (!inSight(*this) || m_gatherer.message() == 0)
        return;
    m_gatherer.resume();
    const bool whole = !m_gatherer.busy();
    const bool moved = m_madeAt != m_session.playhead() || m_madeNow != m_session.now();
    const bool grew = m_madeOf != m_gatherer.gathering().facts().size();
    const std::vector<std::uint64_t>& records = m_gatherer.gathering().tree().records;
    const bool allHappened = records.empty() || records.back() < m_madeAt;
    const bool stands = m_story && !m_story->open && m_madeWhole && !grew && allHappened &&
                        m_session.playhead() >= m_madeAt;
    if (m_story && (stands || (!moved && !grew && whole == m_madeWhole)))
        return;
    const auto pause = std::max<std::int64_t>(refreshMilliseconds, costFactor * m_cost / 1'000'000);
    if ((m_session.running() || !whole) && m_madeFor.isValid() && m_madeFor.elapsed() < pause)
        return;
    makeStory();
}

// A long one is made beside the window, from a copy.
void BiographyView::makeStory() {
    if (m_making)
        return;
    m_madeFor.start();
    m_madeAt = m_session.playhead();
    m_madeNow = m_session.now();
    m_madeOf = m_gatherer.gathering().facts().size();
    m_madeWhole = !m_gatherer.busy();
    const auto make = [message = m_gatherer.message(), catalogue = m_session.catalogue(), playhead = m_madeAt,
                       now = m_madeNow](const CausalGathering& gathering) {
        return std::make_shared<const Story>(storyOf(gathering, message, *catalogue, playhead, now));
    };
    if (m_madeOf <= factsAtOnce) {
        QElapsedTimer clock;
        clock.start();
        const auto story = make(m_gatherer.gathering());
        m_cost = clock.nsecsElapsed();
        takeStory(story);
        m_longest = std::max<std::int64_t>(m_longest, clock.nsecsElapsed());
        return;
    }
    m_making = true;
    m_pool.start([this, make, wish = m_wish, gathering = std::make_shared<const CausalGathering>(m_gatherer.gathering())] {
        QElapsedTimer clock;
        clock.start();
        const auto made = make(*gathering);
        const std::int64_t cost = clock.nsecsElapsed();
        QMetaObject::invokeMethod(
            this,
            [this, made, wish, cost] {
                m_making = false;
                m_cost = cost;
                if (wish == m_wish) // else another message or another run was taken up meanwhile
                    takeStory(made);
                tick();
            },
            Qt::QueuedConnection);
    });
}

void BiographyView::takeStory(std::shared_ptr<const Story> story) {
    QElapsedTimer clock;
    clock.start();
    m_story = std::move(story);
    m_causes->setStory(m_story, m_session.catalogue());
    m_waterfall->setStory(m_story, m_session.catalogue());
    showStory();
    m_longest = std::max<std::int64_t>(m_longest, clock.nsecsElapsed());
}

QString BiographyView::eventName(Ordinal message) const {
    const auto messages = m_session.messages();
    const auto view = messages ? messages->message(message) : std::nullopt;
    return view && !view->id.empty() ? toQt(view->id) : QStringLiteral("#%1").arg(message);
}

// How busy those are who read the channel in which the message waits.
std::optional<Crowd> BiographyView::crowd() const {
    const auto telling = tellingOf(m_story->verdicts);
    if (!telling || m_story->verdicts[*telling].state != Verdict::State::waiting)
        return std::nullopt;
    const Place& place = m_story->verdicts[*telling].place;
    const Catalogue& catalogue = *m_session.catalogue();
    const ServiceId reader = place.subscription.valid() ? catalogue.subscriptions()[place.subscription.index()].service
                                                        : ServiceId::none();
    if (!reader.valid() || catalogue.services()[reader.index()].workers == 0)
        return std::nullopt;
    const Picture& picture = m_session.picture();
    return Crowd{.waiting = picture.channel(place.channel).copies.ready,
                 .busy = picture.service(reader).busy.level(),
                 .workers = staffOf(reader, picture, catalogue).workersUp()};
}

QString BiographyView::hintText() const {
    if (m_session.mode() == Session::Mode::empty)
        return tr("Open a scenario to follow its messages");
    if (m_selection.message() == 0)
        return tr("Click a message on the canvas, or a row of the trace, to see its life");
    if (m_gatherer.busy())
        return tr("Looking for it…");
    return m_gatherer.gathering().found() ? tr("At the playhead it has not been published yet")
                                          : tr("Its records are no longer kept, so there is nothing more to say of it");
}

void BiographyView::showStory() {
    const bool nothing = !m_story || m_story->empty();
    if (nothing) {
        m_empty->setHint(hintText());
        m_sentence->setText(windowTitle());
        m_pages->setCurrentWidget(m_empty);
    } else {
        QString text = verdictSentence(eventName(m_story->message), m_story->verdicts, *m_session.catalogue(),
                                       m_session.now(), crowd());
        if (m_story->gone)
            text = tr("The records of %1 are no longer kept; this is what it led to.").arg(eventName(m_story->message)) +
                   (text.isEmpty() ? QString() : QLatin1Char(' ') + text);
        m_sentence->setText(text);
        m_pages->setCurrentWidget(m_splitter);
    }
    QString notice;
    if (m_gatherer.busy())
        notice = tr("searched %1").arg(percentText(m_gatherer.progress()));
    else if (m_story && m_story->truncated)
        notice = tr("too large: not all is shown");
    m_notice->setText(notice);
    m_notice->setVisible(!notice.isEmpty());
    m_compare->setEnabled(!nothing || m_pinned);
    showLegend();
    showComparison();
}

void BiographyView::showLegend() {
    std::array<bool, spanKindCount> seen{};
    if (m_story)
        for (const Span& span : m_story->spans)
            seen[static_cast<std::size_t>(span.kind)] = true;
    std::vector<SpanKind> kinds;
    for (std::size_t i = 1; i < spanKindCount; ++i) // without `message`
        if (seen[i])
            kinds.push_back(static_cast<SpanKind>(i));
    m_legend->setKinds(std::move(kinds), m_critical->isChecked());
}

void BiographyView::togglePin() {
    m_pinned = m_pinned ? nullptr : m_story;
    m_compare->setChecked(m_pinned != nullptr);
    retranslate();
    showStory();
}

// With one pinned and another one selected.
void BiographyView::showComparison() {
    m_critical->setEnabled(true);
    if (!m_pinned || !m_story || m_story->empty())
        return;
    const QString pinned = eventName(m_pinned->message);
    if (m_story->message == m_pinned->message) {
        m_sentence->setText(tr("Select another message to compare it with %1.").arg(pinned) + QLatin1Char(' ') +
                            m_sentence->text());
        return;
    }
    m_comparison->setComparison(compared(*m_pinned, *m_story), m_session.catalogue(), pinned,
                                eventName(m_story->message), m_fold->isChecked());
    m_sentence->setText(m_comparison->sentence());
    m_critical->setEnabled(false);
    m_pages->setCurrentWidget(m_comparison);
}

// Keeps to the message, whichever of its records it may be.
void BiographyView::choose(Ordinal message) {
    const RecordReader& reader = m_gatherer.reader();
    if (const auto index = reader.publishedIndex(message)) {
        const Record record = reader.at(*index);
        m_selection.selectRecord(*index, message, NodeRef::of(reader.catalogue(), record.place), record.type);
    } else {
        m_selection.selectMessage(message);
    }
}

void BiographyView::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    m_legend->setVisible(height() >= lowHeight);
}

void BiographyView::paintEvent(QPaintEvent*) {
    QPainter(this).fillRect(rect(), m_themes.theme().surface);
}

void BiographyView::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        showStory();
    }
    QWidget::changeEvent(event);
}

void BiographyView::retranslate() {
    setWindowTitle(tr("Biography"));
    setAccessibleName(windowTitle());
    m_fold->setText(tr("Fold quiet time"));
    m_fold->setToolTip(tr("Stretches in which nothing begins or ends take little room"));
    m_critical->setText(tr("Critical path"));
    m_critical->setToolTip(tr("Underlines what decided when the conversation came to its end"));
    m_compare->setText(m_pinned ? tr("Compared with %1").arg(eventName(m_pinned->message)) : tr("Compare with…"));
    m_compare->setToolTip(m_pinned ? tr("Stop comparing")
                                   : tr("Keeps this conversation, and compares it with the one selected next"));
    m_empty->setTitle(QString());
}

void BiographyView::dress() {
    const Theme& theme = m_themes.theme();
    m_sentence->setFont(theme.font(TextRole::Strong));
    m_notice->setFont(theme.font(TextRole::Label));
    QPalette palette = m_notice->palette();
    palette.setColor(QPalette::WindowText, theme.muted);
    m_notice->setPalette(palette);
    update();
}

} // namespace weir
