#include "ui/inspector/inspector_view.h"

#include "core/scenario/fixes.h"
#include "ui/cut_text.h"
#include "ui/document/document_editor.h"
#include "ui/editor/fix_menu.h"
#include "ui/format.h"
#include "ui/inspector/change_bar.h"
#include "ui/inspector/fact_rows.h"
#include "ui/inspector/fault_panel.h"
#include "ui/inspector/finding_advice.h"
#include "ui/inspector/finding_text.h"
#include "ui/inspector/forms/form_view.h"
#include "ui/inspector/inspector_scope.h"
#include "ui/inspector/json_pane.h"
#include "ui/inspector/parameter_changes.h"
#include "ui/inspector/several_nodes.h"
#include "ui/inspector/sign_rows.h"
#include "ui/leader_words.h"
#include "ui/session/recent_past.h"
#include "ui/staff.h"
#include "ui/style.h"
#include "ui/widgets/flowing_text.h"
#include "ui/widgets/metric_tile.h"
#include "ui/widgets/section_header.h"
#include "ui/widgets/spoken_role.h"

#include <QEvent>
#include <QGridLayout>
#include <QScrollBar>
#include <QToolButton>

#include <algorithm>
#include <cmath>

namespace weir {
namespace {

constexpr int refreshMilliseconds = 100;
constexpr int margin = 18;

QString named(std::string_view name) {
    return QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
}

// Empty where there is no observation: the tile shows a dash then.
QString titleOf(const Text& title) {
    constexpr qsizetype most = 160; // letters
    return cutText(textOf(title), most);
}

QString shownRate(double perSecond) {
    return std::isfinite(perSecond) ? rateText({perSecond}) : QString();
}
QString shownShare(double share) {
    return std::isfinite(share) ? percentText(share) : QString();
}
QString shownSeconds(double seconds) {
    return std::isfinite(seconds) ? durationText(Distribution::durationOf(seconds)) : QString();
}

template <class Figures> std::vector<double> series(const std::vector<Figures>& past, double Figures::*figure) {
    std::vector<double> values;
    for (const Figures& figures : past)
        values.push_back(figures.*figure);
    return values;
}

template <class Spec> const Spec* specOf(const std::vector<Spec>& specs, const std::string& name) {
    const auto found = std::find_if(specs.begin(), specs.end(), [&](const Spec& spec) { return spec.name == name; });
    return found == specs.end() ? nullptr : &*found;
}

} // namespace

InspectorView::InspectorView(Session& session, Selection& selection, ParameterChanges& changes, FaultActions& faults,
                             const ThemeSource& themes, QWidget* parent)
    : QScrollArea(parent), m_session(session), m_selection(selection), m_changes(changes), m_themes(themes),
      m_schema(FormSchema::ofScenarios()) {
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSpokenRole(*this, QAccessible::Pane);
    auto* const page = new QWidget;
    m_changeBar = new ChangeBar(changes, themes, page);
    m_faults = new FaultPanel(faults, selection, themes, page);
    m_several = new SeveralNodes(themes, page);
    m_form = new FormView(changes, m_schema, themes, page);
    m_json = new JsonPane(changes, themes, page);
    setWidget(page);
    build();

    connect(&m_session, &Session::documentChanged, this, &InspectorView::takeUpDocument);
    connect(&m_session, &Session::advanced, this, &InspectorView::tick);
    connect(&m_session, &Session::runningChanged, this, [this] {
        m_shownFor.invalidate();
        tick();
    });
    connect(&m_selection, &Selection::changed, this, &InspectorView::follow);
    connect(&m_changes.editor(), &DocumentEditor::findingsChanged, this, [this] { showNode(); });
    connect(&m_changes, &ParameterChanges::changed, this, [this] {
        showNode();
        m_faults->refresh();
    });
    connect(m_jsonButton, &QToolButton::toggled, this, [this](bool shown) { m_json->setVisible(shown); });
    connect(&m_themes, &ThemeSource::changed, this, &InspectorView::dress);
    dress();
    takeUpDocument();
}

void InspectorView::build() {
    QWidget* const page = widget();
    auto* const column = new QVBoxLayout(page);
    column->setContentsMargins(margin, 16, margin, 16);
    column->setSpacing(0);
    m_title = new FlowingText(page);
    m_subtitle = new FlowingText(page);
    m_notes = new FlowingText(page);
    m_notes->setSpaceAbove(10);
    m_jsonButton = new QToolButton(page);
    m_jsonButton->setCheckable(true);
    setButtonLook(*m_jsonButton, ButtonLook::Raised);
    m_json->hide();
    m_tileBox = new QWidget(page);
    auto* const tiles = new QGridLayout(m_tileBox);
    tiles->setContentsMargins(0, 12, 0, 0);
    tiles->setSpacing(8);
    for (std::size_t i = 0; i < m_tiles.size(); ++i) {
        m_tiles[i] = new MetricTile(m_themes, m_tileBox);
        tiles->addWidget(m_tiles[i], static_cast<int>(i) / 2, static_cast<int>(i) % 2);
    }
    m_formHeader = new SectionHeader(m_themes, page);
    m_stateHeader = new SectionHeader(m_themes, page);
    m_state = new FactRows(m_themes, page);
    m_findingsHeader = new SectionHeader(m_themes, page);
    m_findings = new SignRows(m_themes, page);
    m_legendHeader = new SectionHeader(m_themes, page);
    m_legend = new SignRows(m_themes, page);
    auto* const head = new QHBoxLayout;
    head->addWidget(m_title, 1);
    head->addWidget(m_jsonButton, 0, Qt::AlignTop);
    column->addLayout(head);
    column->addSpacing(2);
    column->addWidget(m_subtitle);
    column->addWidget(m_notes);
    column->addWidget(m_json);
    column->addWidget(m_tileBox);
    column->addWidget(m_faults);
    column->addWidget(m_several);
    column->addSpacing(12);
    column->addWidget(m_changeBar);
    const auto section = [column](SectionHeader* header, QWidget* content) {
        header->setContentsMargins(0, 0, 0, 0);
        header->setFixedHeight(44);
        column->addWidget(header);
        column->addWidget(content);
    };
    section(m_findingsHeader, m_findings);
    section(m_formHeader, m_form);
    section(m_stateHeader, m_state);
    section(m_legendHeader, m_legend);
    column->addStretch(1);
}

QString InspectorView::title() const {
    return m_title->words();
}

QString InspectorView::subtitle() const {
    return m_subtitle->words();
}

void InspectorView::takeUpDocument() {
    showNode();
}

void InspectorView::follow() {
    const bool node = m_selection.node() != m_shown;
    // The one that was selected last is shown; an event type that is taken back shows the node again.
    EventTypeId type = m_shownType;
    if (m_selection.eventType() != m_typeSeen)
        type = m_selection.eventType();
    m_typeSeen = m_selection.eventType();
    if (node && m_selection.node().kind != NodeRef::Kind::none)
        type = EventTypeId();
    if (!node && type == m_shownType)
        return;
    m_shownType = type;
    showNode();
    verticalScrollBar()->setValue(0);
}

void InspectorView::setSeveral(std::vector<std::string> names) {
    if (names.size() < 2)
        names.clear();
    if (names == m_severalNames)
        return;
    m_severalNames = std::move(names);
    m_shownType = {};
    showNode();
    verticalScrollBar()->setValue(0);
}

void InspectorView::setSeveralActions(const QList<QAction*>& actions) {
    m_several->setActions(actions);
}

void InspectorView::tick() {
    // A single step shows at once, a run ten times a second.
    if (m_session.running() && m_shownFor.isValid() && m_shownFor.elapsed() < refreshMilliseconds)
        return;
    m_shownFor.start();
    if (m_session.catalogue() && !m_shownType.valid())
        showValues();
    if (m_shown.kind != NodeRef::Kind::none && !m_shownType.valid())
        m_faults->refresh();
}

void InspectorView::showNode() {
    const auto catalogue = m_session.catalogue();
    NodeRef node = m_selection.node();
    const std::size_t known = !catalogue                            ? 0
                              : node.kind == NodeRef::Kind::service ? catalogue->services().size()
                                                                    : catalogue->channels().size();
    if (node.index >= known)
        node = {};
    const bool ofType = m_shownType.valid() && catalogue && m_shownType.index() < catalogue->eventTypes().size();
    m_shown = m_selection.node();
    const bool several = catalogue && m_severalNames.size() > 1;
    if (several)
        m_shown = {};
    if (ofType || several)
        node = {};
    m_stateTables.setService(node.service());
    const bool any = node.kind != NodeRef::Kind::none;
    m_tileBox->setVisible(any);
    m_faults->setVisible(any);
    const bool all = !any && !ofType && !several;
    m_notes->setVisible(all);
    m_legendHeader->setVisible(all && catalogue);
    m_legend->setVisible(all && catalogue);
    m_several->setVisible(several);
    m_stateHeader->setText(node.channel().valid() ? tr("Nodes") : tr("State"));
    m_findingsHeader->setText(tr("Findings"));
    m_legendHeader->setText(tr("Legend"));
    m_formHeader->setText(any ? tr("Behaviour") : tr("Settings"));
    m_jsonButton->setText(QStringLiteral("{ }"));
    m_jsonButton->setAccessibleName(tr("JSON text"));
    m_jsonButton->setToolTip(tr("Shows the text of this element as the file has it, to read and to edit"));
    if (several)
        showSeveral();
    else if (ofType)
        showEventType(m_shownType);
    else if (node.service().valid())
        showService(node.service());
    else if (node.channel().valid())
        showChannel(node.channel());
    else
        showScenario();
    for (FlowingText* const text : {m_title, m_subtitle})
        text->setVisible(!text->words().isEmpty());
    if (!any) {
        m_stateHeader->hide();
        m_state->hide();
    } else {
        m_faults->refresh();
    }
    m_shownFor.invalidate();
    tick();
}

// Its form and its text; none where there is no document, or none that has it.
void InspectorView::showForm(std::optional<FormScope> scope, const QString& name) {
    if (m_changes.readOnly())
        scope.reset();
    m_formHeader->setVisible(scope.has_value());
    m_form->setVisible(scope.has_value());
    m_jsonButton->setVisible(scope.has_value());
    m_json->setVisible(scope.has_value() && m_jsonButton->isChecked());
    if (scope)
        m_json->setPlace(scope->pointer, name);
    m_form->setScope(std::move(scope), name);
}

void InspectorView::showSeveral() {
    const Catalogue& catalogue = *m_session.catalogue();
    m_title->setWords(tr("%1 nodes").arg(countText(static_cast<std::int64_t>(m_severalNames.size()))));
    m_subtitle->setWords(SeveralNodes::kindsText(m_severalNames, catalogue));
    m_several->setNodes(m_severalNames, catalogue);
    m_findingsHeader->hide();
    m_findings->hide();
    showForm(std::nullopt, {});
}

void InspectorView::showEventType(EventTypeId id) {
    const std::string name(m_session.catalogue()->eventTypes()[id.index()].name);
    m_title->setWords(named(name));
    const Scenario* const scenario = m_session.scenario();
    const EventTypeSpec* const spec = scenario ? specOf(scenario->events, name) : nullptr;
    QStringList parts{tr("event type")};
    if (spec && !titleOf(spec->title).isEmpty())
        parts.prepend(titleOf(spec->title));
    m_subtitle->setWords(parts.join(QStringLiteral(" · ")));
    showFindings(name);
    showForm(eventTypeScope(m_changes.value(), name), named(name));
}

void InspectorView::showService(ServiceId id) {
    const ServiceRow& row = m_session.catalogue()->services()[id.index()];
    m_title->setWords(named(row.name));
    tellService(id);
    showFindings(row.name);
    showForm(serviceScope(m_changes.value(), std::string(row.name)), named(row.name));
}

// A command may have given it other instances than the scenario.
void InspectorView::tellService(ServiceId id) {
    const ServiceRow& row = m_session.catalogue()->services()[id.index()];
    const Staff staff = staffOf(id, m_session.picture(), *m_session.catalogue());
    QStringList parts{tr("service"), instancesText(staff.instances)};
    if (staff.workersEach > 0)
        parts << workersText(staff.workers());
    const Scenario* const scenario = m_session.scenario();
    const ServiceSpec* const spec = scenario ? specOf(scenario->services, row.name) : nullptr;
    if (spec && !titleOf(spec->title).isEmpty())
        parts.prepend(titleOf(spec->title));
    m_subtitle->setWords(parts.join(QStringLiteral(" · ")));
}

void InspectorView::showChannel(ChannelId id) {
    const ChannelRow& row = m_session.catalogue()->channels()[id.index()];
    m_title->setWords(named(row.name));
    QStringList parts{row.kind == ChannelKind::queue    ? tr("queue")
                      : row.kind == ChannelKind::stream ? tr("stream")
                      : row.kind == ChannelKind::topic  ? tr("topic")
                                                        : tr("exchange")};
    if (row.kind == ChannelKind::stream)
        parts << partitionsText(row.partitions);
    if (row.deadLetter)
        parts << tr("dead letters");
    const Scenario* const scenario = m_session.scenario();
    const ChannelSpec* const spec = scenario ? specOf(scenario->channels, row.name) : nullptr;
    if (spec && !titleOf(spec->title).isEmpty())
        parts.prepend(titleOf(spec->title));
    m_subtitle->setWords(parts.join(QStringLiteral(" · ")));
    showFindings(row.name);
    showForm(channelScope(m_changes.value(), std::string(row.name)), named(row.name));
}

void InspectorView::showScenario() {
    const auto catalogue = m_session.catalogue();
    const Scenario* const scenario = m_session.scenario();
    m_findingsHeader->setVisible(false);
    m_findings->setVisible(false);
    m_subtitle->setWords({});
    showForm(catalogue ? std::optional(scenarioScope()) : std::nullopt, scenario ? titleOf(scenario->title) : QString());
    if (!catalogue) {
        m_title->setWords({});
        m_notes->setWords(
            tr("Figures, settings and findings of what is selected are shown here: open a scenario first (Ctrl+O)"));
        return;
    }
    const QString title = scenario ? titleOf(scenario->title) : tr("Live system");
    m_title->setWords(title.isEmpty() ? tr("Untitled") : title);
    // A live system may show channels alone: what was not seen is not counted.
    QStringList counts;
    const auto count = [&counts](std::size_t number, const QString& one, const QString& several) {
        if (number > 0)
            counts << (number == 1 ? one : several.arg(countText(static_cast<std::int64_t>(number))));
    };
    count(catalogue->services().size(), tr("1 service"), tr("%1 services"));
    count(catalogue->channels().size(), tr("1 channel"), tr("%1 channels"));
    m_subtitle->setWords(counts.isEmpty() ? scenario ? tr("nothing in it yet") : tr("nothing was seen yet")
                                         : counts.join(QStringLiteral(" · ")));
    m_notes->setWords(scenario ? textOf(scenario->notes) : QString());
    m_notes->setVisible(!m_notes->words().isEmpty());
    showFindings({});
    std::vector<SignRow> legend;
    const auto list = [&](EventTypeId id, const EventTypeSpec* spec) {
        legend.push_back({.sign = m_themes.theme().mark(id.value),
                          .text = named(catalogue->eventTypes()[id.index()].name),
                          .note = spec ? titleOf(spec->title) : QString(),
                          .tip = {}});
    };
    if (scenario)
        for (const EventTypeSpec& spec : scenario->events)
            list(catalogue->eventType(spec.name), &spec);
    else
        for (std::size_t i = 0; i < catalogue->eventTypes().size(); ++i)
            list(EventTypeId{static_cast<std::uint16_t>(i)}, nullptr);
    for (const auto& [icon, text] : {std::pair{"service", tr("Service: each slot is a worker")},
                                     {"topic", tr("Topic or exchange: passes on, holds nothing")},
                                     {"queue", tr("Queue: each copy goes to one consumer")},
                                     {"stream", tr("Stream: every group reads at its own pace")},
                                     {"dead_letter", tr("Dead letters: what was given up")}})
        legend.push_back({.sign = QString::fromLatin1(icon), .text = text, .note = {}, .tip = {}});
    m_legend->setRows(std::move(legend));
}

// Those that name the node; all of them where no node is given.
void InspectorView::showFindings(const std::string& name) {
    std::vector<SignRow> rows;
    for (const Finding& finding : m_changes.editor().findings())
        if (name.empty() || std::find(finding.names.begin(), finding.names.end(), name) != finding.names.end()) {
            // Among those of the whole scenario, it has to say whom it is about.
            QString text = findingText(finding);
            const QString about = finding.names.empty() ? QString() : QString::fromStdString(finding.names.front());
            if (name.empty() && !about.isEmpty() && !text.contains(about))
                text = tr("%1: %2").arg(about, text);
            rows.push_back(
                {.sign = findingTone(finding.severity),
                 .text = text,
                 .note = {},
                 .tip = findingDetail(finding),
                 .action = mayHaveFix(finding) ? tr("Fix") : QString(),
                 .act = [this, finding](QPoint global) { offerFixes(finding, m_changes.editor(), *this, global); }});
        }
    m_findingsHeader->setCount(rows.empty() ? QString() : countText(static_cast<std::int64_t>(rows.size())));
    m_findingsHeader->setVisible(!rows.empty());
    m_findings->setVisible(!rows.empty());
    m_findings->setRows(std::move(rows));
}

void InspectorView::setTile(int i, const QString& label, const QString& value, Tone tone,
                            const std::vector<double>& past) {
    MetricTile& tile = *m_tiles[static_cast<std::size_t>(i)];
    tile.setLabel(label);
    tile.setValue(value);
    tile.setTone(tone);
    tile.sparkline().setValues(past);
}

void InspectorView::showValues() {
    const Catalogue& catalogue = *m_session.catalogue();
    const Picture& picture = m_session.picture();
    const RecentFigures& recent = m_session.recent().figures();
    if (const ServiceId id = m_shown.service(); id.valid() && id.index() < catalogue.services().size()) {
        tellService(id);
        const RecentFigures::Service now = recent.service(id);
        const auto past = recent.pastOf(id);
        const bool emitsOnly = catalogue.services()[id.index()].workers == 0;
        // What it reads: the channel on which it waits longest.
        RecentFigures::Channel slowest{.in = 0, .out = 0, .depth = 0, .waitP99 = NAN, .givenUp = 0};
        std::vector<double> waits;
        for (std::size_t i = 0; i < catalogue.subscriptions().size(); ++i) {
            const SubscriptionRow& row = catalogue.subscriptions()[i];
            if (row.service != id)
                continue;
            const RecentFigures::Channel channel = recent.channel(row.channel);
            if (!(channel.waitP99 <= slowest.waitP99)) {
                slowest = channel;
                waits = series(recent.pastOf(row.channel), &RecentFigures::Channel::waitP99);
            }
        }
        if (emitsOnly)
            setTile(0, tr("Published"), shownRate(now.published), Tone::Accent,
                    series(past, &RecentFigures::Service::published));
        else
            setTile(0, tr("Throughput"), shownRate(now.throughput), Tone::Accent,
                    series(past, &RecentFigures::Service::throughput));
        setTile(1, tr("Wait p99"), shownSeconds(slowest.waitP99), Tone::Warn, waits);
        setTile(2, tr("Utilisation"), shownShare(now.utilisation),
                std::isfinite(now.utilisation) ? m_themes.theme().loadTone(now.utilisation) : Tone::Neutral,
                series(past, &RecentFigures::Service::utilisation));
        setTile(3, tr("Failed"), shownShare(now.failedShare), now.failedShare > 0.05 ? Tone::Danger : Tone::Neutral,
                series(past, &RecentFigures::Service::failedShare));
        const std::vector<Fact> state = m_stateTables.facts(picture, catalogue);
        m_stateHeader->setVisible(!state.empty());
        m_state->setVisible(!state.empty());
        m_state->setFacts(state);
    } else if (const ChannelId channel = m_shown.channel();
               channel.valid() && channel.index() < catalogue.channels().size()) {
        const RecentFigures::Channel now = recent.channel(channel);
        const auto past = recent.pastOf(channel);
        const ChannelKind kind = catalogue.channels()[channel.index()].kind;
        const auto in = series(past, &RecentFigures::Channel::in);
        const auto out = series(past, &RecentFigures::Channel::out);
        const auto count = [](double number) { return countText(static_cast<std::int64_t>(number)); };
        if (kind == ChannelKind::topic || kind == ChannelKind::exchange) {
            const ChannelFigures& figures = picture.channel(channel);
            setTile(0, tr("Rate in"), shownRate(now.in), Tone::Accent, in);
            setTile(1, tr("Copies out"), shownRate(now.out), Tone::Accent, out);
            setTile(2, tr("Published"), countText(figures.published), Tone::Neutral, {});
            setTile(3, tr("Volume"), bytesText({figures.bytes}), Tone::Neutral, {});
        } else {
            setTile(0, kind == ChannelKind::stream ? tr("Largest lag") : tr("Waiting"), count(now.depth), Tone::Accent,
                    series(past, &RecentFigures::Channel::depth));
            setTile(1, tr("Wait p99"), shownSeconds(now.waitP99), Tone::Warn,
                    series(past, &RecentFigures::Channel::waitP99));
            setTile(2, tr("Rate in / out"),
                    std::isfinite(now.in) ? numberText(now.in) + QStringLiteral(" / ") + shownRate(now.out) : QString(),
                    Tone::Accent, in);
            setTile(3, tr("Given up"), count(now.givenUp), now.givenUp > 0 ? Tone::Danger : Tone::Neutral,
                    series(past, &RecentFigures::Channel::givenUp));
        }
        std::vector<Fact> leaders = leaderFacts(picture.channel(channel), catalogue);
        if (const auto full = nodesFull(picture); !leaders.empty() && !full.empty())
            leaders.push_back({.label = tr("Disk full on"), .value = nodeNames(full, catalogue)});
        m_stateHeader->setVisible(!leaders.empty());
        m_state->setVisible(!leaders.empty());
        m_state->setFacts(leaders);
    }
}

// Of a broker with nodes; of many partitions the first ones.
std::vector<Fact> InspectorView::leaderFacts(const ChannelFigures& figures, const Catalogue& catalogue) {
    constexpr std::size_t shown = 12;
    std::vector<Fact> facts;
    for (std::size_t i = 0; i < std::min(shown, figures.leaders.size()); ++i)
        facts.push_back({.label = figures.leaders.size() == 1 ? tr("Led by") : tr("Partition %1 led by").arg(i),
                         .value = leaderWords(figures.leaders[i], catalogue)});
    return facts;
}

void InspectorView::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        showNode();
    QScrollArea::changeEvent(event);
}

void InspectorView::resizeEvent(QResizeEvent* event) {
    QScrollArea::resizeEvent(event);
    widget()->setMaximumWidth(viewport()->width());
}

void InspectorView::dress() {
    const Theme& theme = m_themes.theme();
    QPalette ground = palette();
    ground.setColor(QPalette::Window, theme.surface);
    ground.setColor(QPalette::WindowText, theme.text);
    setPalette(ground);
    viewport()->setAutoFillBackground(true);
    QPalette muted = ground;
    muted.setColor(QPalette::WindowText, theme.muted);
    m_title->setFont(theme.font(TextRole::Title));
    m_subtitle->setFont(theme.font(TextRole::Label));
    m_notes->setFont(theme.font(TextRole::Body));
    m_title->setInk(theme.text);
    m_subtitle->setInk(theme.muted);
    m_notes->setInk(theme.muted);
    showNode(); // the legend's marks are the theme's
}

} // namespace weir
