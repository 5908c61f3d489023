#include "ui/sequence/sequence_view.h"

#include "core/record/flow_graph.h"
#include "core/record/message_source.h"
#include "ui/format.h"
#include "ui/icons.h"
#include "ui/sequence/sequence_text.h"
#include "ui/trace/filter_field.h"
#include "ui/trace/record_text.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/in_sight.h"

#include <QApplication>
#include <QButtonGroup>
#include <QClipboard>
#include <QEvent>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPainter>
#include <QSaveFile>
#include <QToolButton>

#include <algorithm>
#include <utility>

namespace weir {
namespace {
constexpr int refreshMilliseconds = 60;
constexpr int costFactor = 7;             // the more it costs, the less often it is made
constexpr std::size_t edgeSteps = 150;    // nearer to the window's end than this, it moves on
} // namespace

SequenceView::SequenceView(Session& session, Selection& selection, const ThemeSource& themes, QWidget* parent)
    : QWidget(parent), m_session(session), m_selection(selection), m_themes(themes) {
    build();
    connect(&m_session, &Session::documentChanged, this, &SequenceView::takeUpDocument);
    connect(&m_session, &Session::advanced, this, &SequenceView::tick);
    connect(&m_session, &Session::runningChanged, this, [this] {
        m_madeFor.invalidate();
        tick();
    });
    connect(&m_selection, &Selection::changed, this, &SequenceView::takeUpSelection);
    connect(&m_gatherer, &StoryGatherer::advanced, this, [this] {
        if (m_conversation->isChecked() && !m_gatherer.busy())
            remake();
    });
    connect(&m_themes, &ThemeSource::changed, this, &SequenceView::dress);
    connect(m_area, &SequenceArea::recordChosen, this, &SequenceView::chooseRecord);
    connect(m_area, &SequenceArea::menuWanted, this, &SequenceView::showMenu);
    connect(m_area, &SequenceArea::moved, this, &SequenceView::lookAgain);
    connect(m_area, &SequenceArea::followingWanted, this, [this] { m_follow->setChecked(true); });
    connect(m_area, &SequenceArea::playheadWanted, this, [this](std::uint64_t index) {
        m_session.pause();
        m_session.seekRecord(index);
    });
    connect(m_filter, &FilterField::filterChanged, this, [this] {
        m_feed.setFilter(m_filter->filter());
        remake();
    });
    connect(m_filter, &FilterField::refusalChanged, this, &SequenceView::tellRefusal);
    retranslate();
    dress();
    takeUpDocument();
}

void SequenceView::build() {
    m_area = new SequenceArea(m_themes, this);
    m_filter = new FilterField(m_themes, FilterField::Use::Filter, this);
    m_filter->setMinimumWidth(120);
    m_filter->setMaximumWidth(420);
    m_filter->setFixedHeight(24);
    m_counts = new QLabel(this);
    m_refusal = new QLabel(this);
    m_refusal->setIndent(10);
    m_refusal->setAutoFillBackground(true);
    m_refusal->setTextFormat(Qt::PlainText);
    m_refusal->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_refusal->hide();
    m_empty = new EmptyState(m_themes, QStringLiteral("event"), this);
    m_conversation = new QToolButton(this);
    m_follow = new QToolButton(this);
    m_export = new QToolButton(this);
    auto* const bar = new QHBoxLayout;
    bar->setContentsMargins(12, 4, 12, 4);
    bar->setSpacing(4);
    auto* const group = new QButtonGroup(this);
    for (std::size_t i = 0; i < m_modes.size(); ++i) {
        m_modes[i] = new QToolButton(this);
        m_modes[i]->setCheckable(true);
        m_modes[i]->setAutoRaise(true);
        m_modes[i]->setFocusPolicy(Qt::TabFocus);
        group->addButton(m_modes[i]);
        bar->addWidget(m_modes[i]);
        connect(m_modes[i], &QToolButton::clicked, this, [this, i] { m_area->setMode(static_cast<TimeMode>(i)); });
    }
    m_modes[static_cast<std::size_t>(m_area->mode())]->setChecked(true);
    for (QToolButton* const button : {m_conversation, m_follow, m_export}) {
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::TabFocus);
        button->setCheckable(button != m_export);
    }
    m_follow->setChecked(true);
    m_export->setPopupMode(QToolButton::InstantPopup);
    auto* const menu = new QMenu(m_export);
    m_save = menu->addAction(QString(), this, &SequenceView::saveAs);
    m_copyMermaid = menu->addAction(QString(), this, [this] { QApplication::clipboard()->setText(mermaid()); });
    m_export->setMenu(menu);
    bar->addSpacing(8);
    bar->addWidget(m_conversation);
    bar->addStretch(1);
    bar->addWidget(m_counts);
    bar->addSpacing(6);
    bar->addWidget(m_filter, 6);
    bar->addWidget(m_export);
    bar->addWidget(m_follow);
    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(bar);
    column->addWidget(m_area, 1);
    column->addWidget(m_empty, 1);
    connect(m_conversation, &QToolButton::toggled, this, [this] { takeUpSelection(); });
    connect(m_follow, &QToolButton::toggled, this, [this](bool on) {
        m_area->setFollowing(on);
        if (on)
            m_centre.reset();
        remake();
    });
}

void SequenceView::takeUpDocument() {
    // The same document from its start: what was hidden stays so, by name.
    std::vector<std::pair<NodeRef::Kind, std::string>> hidden;
    if (m_session.sameDocument() && !m_feed.hidden().empty())
        for (const NodeRef node : m_feed.hidden())
            hidden.emplace_back(node.kind, node.kind == NodeRef::Kind::service
                                               ? m_feed.reader().catalogue().services()[node.index].name
                                               : m_feed.reader().catalogue().channels()[node.index].name);
    m_feed.setStore(m_session.store(), m_session.messages());
    for (const auto& [kind, name] : hidden) {
        const ServiceId service = m_session.catalogue()->service(name);
        const ChannelId channel = m_session.catalogue()->channel(name);
        if (kind == NodeRef::Kind::service && service.valid())
            m_feed.hide(NodeRef::of(service), true);
        else if (kind == NodeRef::Kind::channel && channel.valid())
            m_feed.hide(NodeRef::of(channel), true);
    }
    m_filter->setCatalogue(m_session.catalogue());
    m_gatherer.gather(nullptr, 0);
    m_axesOf = 0;
    m_axes.clear();
    m_centre.reset();
    m_brush.reset();
    m_record.reset();
    remake();
}

void SequenceView::takeUpSelection() {
    m_area->setSelection(m_selection.message(), m_selection.record());
    const bool conversation = m_conversation->isChecked();
    m_conversation->setEnabled(conversation || m_selection.message() != 0);
    if (!inSight(*this))
        return;
    if (conversation && m_selection.message() != 0 && m_gatherer.message() != m_selection.message() &&
        !m_gatherer.gathering().tree().find(m_selection.message()))
        m_gatherer.gather(m_session.store(), m_selection.message());
    const bool brushed = m_brush != m_selection.brush();
    m_brush = m_selection.brush();
    const auto record = m_selection.record();
    const bool chosen = record && std::exchange(m_record, record) != record;
    m_record = record;
    if (chosen && !m_choosing && !conversation && !m_brush) {
        m_centre = *record; // another view chose it
        const QSignalBlocker quiet(m_follow);
        m_follow->setChecked(false);
    }
    if (!m_choosing || brushed)
        remake();
    if (chosen)
        m_area->reveal(*record);
}

void SequenceView::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    takeUpSelection();
    remake();
}

void SequenceView::tick() {
    if (!inSight(*this) || (m_madeAt == m_session.playhead() && m_madeNow == m_session.now()))
        return;
    const auto pause = std::max<std::int64_t>(refreshMilliseconds, costFactor * m_cost / 1'000'000);
    if (m_session.running() && m_madeFor.isValid() && m_madeFor.elapsed() < pause)
        return;
    // While the user looks at another place, only the playhead's line moves.
    const bool steady = m_centre && !m_conversation->isChecked() && m_feed.count() == SequenceFeed::windowMax;
    if (steady) {
        m_madeAt = m_session.playhead();
        m_madeNow = m_session.now();
        m_area->setPlayhead(m_session.playhead(), m_session.now());
        return;
    }
    if (m_conversation->isChecked())
        m_gatherer.resume();
    remake();
}

void SequenceView::remake() {
    const bool empty = m_session.mode() == Session::Mode::empty || !m_session.catalogue();
    m_area->setVisible(!empty);
    m_empty->setVisible(empty);
    if (empty || !inSight(*this))
        return;
    QElapsedTimer clock;
    clock.start();
    m_madeFor.start();
    m_madeAt = m_session.playhead();
    m_madeNow = m_session.now();
    m_feed.refresh();
    const Catalogue& catalogue = *m_session.catalogue();
    if (const std::size_t known = catalogue.services().size() + catalogue.channels().size() + 1; known != m_axesOf) {
        FlowGraph graph = m_session.scenario() ? flowGraphOf(*m_session.scenario()) : FlowGraph();
        graph.extend(catalogue, m_session.picture());
        m_axes = axesOf(graph, m_session.scenario(), catalogue);
        m_axesOf = known;
    }
    const bool conversation = m_conversation->isChecked() && m_gatherer.gathering().found();
    if (conversation)
        m_feed.look(m_gatherer.gathering());
    else if (m_brush)
        m_feed.look(*m_brush, m_madeAt);
    else
        m_feed.look(m_centre.value_or(m_madeAt));
    std::vector<SequenceAxis> axes = m_axes;
    std::erase_if(axes, [this](const SequenceAxis& axis) {
        return std::find(m_feed.hidden().begin(), m_feed.hidden().end(), axis.node) != m_feed.hidden().end();
    });
    m_area->setFollowing(m_follow->isChecked() && !conversation && !m_brush);
    m_area->setChart(m_feed.chart(m_madeNow), std::move(axes), conversation, m_session.catalogue(),
                     m_session.messages());
    m_area->setPlayhead(m_madeAt, m_madeNow);
    m_area->setSelection(m_selection.message(), m_selection.record());
    showCounts();
    m_cost = clock.nsecsElapsed();
    m_longest = std::max(m_longest, m_cost);
}

// Near an end of the window, the window moves on; what stands in the middle stays.
void SequenceView::lookAgain() {
    if (!m_area->following() && m_follow->isChecked()) {
        const QSignalBlocker quiet(m_follow);
        m_follow->setChecked(false);
    }
    if (m_conversation->isChecked() || m_brush)
        return;
    const auto middle = m_area->middle();
    if (!middle)
        return;
    m_centre = m_centre.value_or(*middle);
    const SequencePicture& picture = m_area->picture();
    const auto place = static_cast<std::size_t>(
        std::lower_bound(picture.shown.begin(), picture.shown.end(), *middle,
                         [&](std::size_t step, std::uint64_t index) { return picture.chart.steps[step].index < index; }) -
        picture.shown.begin());
    const bool before = place < edgeSteps && m_feed.first() > m_feed.reader().first();
    const bool behind = picture.shown.size() - place < edgeSteps && m_feed.end() < m_feed.reader().end();
    if (before || behind) {
        // Half of the window lies on either side.
        m_centre = *middle + SequenceFeed::windowMax / 6;
        remake();
    }
}

QString SequenceView::counts() const {
    return m_counts->text();
}

void SequenceView::showCounts() {
    const auto shown = static_cast<std::int64_t>(m_feed.count());
    QStringList parts{shown == 1 ? tr("1 record") : tr("%1 records").arg(countText(shown))};
    if (m_feed.leftOut() > 0)
        parts << tr("%1 left out").arg(countText(static_cast<std::int64_t>(m_feed.leftOut())));
    if (const std::size_t hidden = m_area->picture().chart.hidden; hidden > 0)
        parts << tr("%1 hidden").arg(countText(static_cast<std::int64_t>(hidden)));
    const QString text = parts.join(QStringLiteral(" · "));
    if (text != m_counts->text())
        m_counts->setText(text);
    m_filter->setCount(m_filter->filter()
                           ? countText(static_cast<std::int64_t>(m_area->picture().shown.size()))
                           : QString());
}

void SequenceView::tellRefusal() {
    m_refusal->setText(m_filter->refusal());
    m_refusal->setVisible(!m_filter->refusal().isEmpty());
    const int wide = std::min(m_refusal->sizeHint().width() + 10, width() - 16);
    m_refusal->setGeometry(std::max(8, std::min(m_filter->x(), width() - wide - 8)), m_area->y(), wide, 20);
    m_refusal->raise();
}

void SequenceView::chooseRecord(std::uint64_t index) {
    const auto step = m_area->picture().chart.stepOf(index);
    if (!step)
        return;
    const SequenceStep& chosen = m_area->picture().chart.steps[*step];
    if (m_follow->isChecked()) {
        const QSignalBlocker quiet(m_follow);
        m_follow->setChecked(false);
        m_centre = m_centre.value_or(m_session.playhead());
    }
    m_choosing = true;
    m_selection.selectRecord(index, chosen.record.ordinal, chosen.node, chosen.record.type);
    m_choosing = false;
    lookAgain();
}

void SequenceView::setHidden(NodeRef node, bool hidden) {
    m_feed.hide(node, hidden);
    remake();
}

QString SequenceView::nameOf(NodeRef node) const {
    const Catalogue& catalogue = *m_session.catalogue();
    return node.kind == NodeRef::Kind::service ? toQt(catalogue.services()[node.index].name)
                                               : toQt(catalogue.channels()[node.index].name);
}

void SequenceView::showMenu(const QPoint& globalPosition, NodeRef node) {
    auto* const menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (node.kind != NodeRef::Kind::none) {
        menu->addAction(tr("Hide %1").arg(nameOf(node)), this, [this, node] { setHidden(node, true); });
        menu->addAction(tr("Hide all others"), this, [this, node] {
            for (const SequenceAxis& axis : m_axes)
                m_feed.hide(axis.node, axis.node != node);
            remake();
        });
    }
    for (const NodeRef hidden : m_feed.hidden())
        menu->addAction(tr("Show %1").arg(nameOf(hidden)), this, [this, hidden] { setHidden(hidden, false); });
    if (!m_feed.hidden().empty())
        menu->addAction(tr("Show all"), this, [this] {
            m_feed.showAll();
            remake();
        });
    menu->addSeparator();
    QAction* const only = menu->addAction(m_conversation->text(), m_conversation, &QToolButton::toggle);
    only->setCheckable(true);
    only->setChecked(m_conversation->isChecked());
    only->setEnabled(m_conversation->isEnabled());
    menu->addAction(makeIcon(QStringLiteral("fit"), m_themes.theme()), tr("Fit the selected message"), m_area,
                    &SequenceArea::fitMessage);
    menu->addSeparator();
    menu->addAction(m_save);
    menu->addAction(m_copyMermaid);
    menu->popup(globalPosition);
}

QString SequenceView::mermaid() const {
    return m_session.catalogue() ? mermaidOf(m_area->picture(), *m_session.catalogue()) : QString();
}

bool SequenceView::saveSvg(const QString& path) const {
    QSaveFile file(path);
    if (!m_session.catalogue() || !file.open(QIODevice::WriteOnly))
        return false;
    file.write(svgOf(m_area->picture(), m_themes.theme(), *m_session.catalogue(), windowTitle()));
    return file.commit();
}

void SequenceView::saveAs() {
    auto* const dialog = new QFileDialog(this, tr("Save the sequence"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilter(tr("Pictures (*.svg)"));
    dialog->setDefaultSuffix(QStringLiteral("svg"));
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        if (!saveSvg(path))
            m_counts->setText(tr("%1 could not be written").arg(path));
    });
    dialog->open();
}

void SequenceView::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    m_counts->setVisible(width() >= 640);
}

void SequenceView::paintEvent(QPaintEvent*) {
    QPainter(this).fillRect(rect(), m_themes.theme().surface);
}

void SequenceView::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        remake();
    }
    QWidget::changeEvent(event);
}

void SequenceView::retranslate() {
    setWindowTitle(tr("Sequence"));
    setAccessibleName(windowTitle());
    m_area->setAccessibleName(tr("Sequence of messages"));
    const std::array<QString, 3> names{tr("Linear"), tr("By number"), tr("Nonlinear")};
    const std::array<QString, 3> tips{tr("Distances are proportional to time"),
                                      tr("Every step is as far from the next one, whatever the time between"),
                                      tr("Long gaps count less, quiet stretches are folded")};
    for (std::size_t i = 0; i < m_modes.size(); ++i) {
        m_modes[i]->setText(names[i]);
        m_modes[i]->setToolTip(tips[i]);
    }
    m_conversation->setText(tr("Only this conversation"));
    m_conversation->setToolTip(tr("Shows all that has the same root as the selected message, and nothing else"));
    m_follow->setAccessibleName(tr("Follow the playhead"));
    m_follow->setToolTip(tr("Follow the playhead (End)"));
    m_export->setAccessibleName(tr("Take along"));
    m_export->setToolTip(tr("Save as SVG, copy as Mermaid"));
    m_save->setText(tr("Save as SVG…"));
    m_copyMermaid->setText(tr("Copy as Mermaid"));
    m_empty->setHint(tr("Open a scenario to see its messages between services and channels"));
}

void SequenceView::dress() {
    const Theme& theme = m_themes.theme();
    m_follow->setIcon(makeIcon(QStringLiteral("follow"), theme));
    m_export->setIcon(makeIcon(QStringLiteral("save"), theme));
    m_counts->setFont(theme.font(TextRole::Label));
    m_refusal->setFont(theme.font(TextRole::Label));
    const auto ink = [](QLabel& label, const QColor& text, const QColor& ground = {}) {
        QPalette palette = label.palette();
        palette.setColor(QPalette::WindowText, text);
        if (ground.isValid())
            palette.setColor(QPalette::Window, ground);
        label.setPalette(palette);
    };
    ink(*m_counts, theme.muted);
    ink(*m_refusal, theme.dangerText, theme.tint(Tone::Danger));
    update();
}

} // namespace weir
