#include "ui/breakpoints/breakpoints_view.h"

#include "core/scenario/breakpoint_value.h"
#include "ui/document/document_editor.h"
#include "ui/errors/error_text.h"
#include "ui/format.h"
#include "ui/icons.h"
#include "ui/run_bar/run_actions.h"
#include "ui/run_bar/until_popup.h"
#include "ui/style.h"
#include "ui/widgets/empty_state.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>
#include <QTreeWidget>

#include <algorithm>

namespace weir {

namespace {

// Of a CESQL literal.
std::string quoted(const std::string& name) {
    std::string text = "'";
    for (const char c : name)
        text += c == '\'' || c == '\\' ? std::string("\\") + c : std::string(1, c);
    return text + "'";
}

} // namespace

BreakpointsView::BreakpointsView(Session& session, Selection& selection, DocumentEditor& editor,
                                 const ThemeSource& themes, QWidget* parent)
    : QWidget(parent), m_session(session), m_selection(selection), m_editor(editor), m_themes(themes), m_toggle(new QAction(this)),
      m_kinds(new QComboBox(this)), m_editors(new QStackedWidget(this)), m_condition(new FilterField(themes, FilterField::Use::Rule, this)),
      m_text(new QLineEdit(this)), m_types(new QComboBox(this)), m_nothing(new QWidget(this)),
      m_add(new QPushButton(this)), m_remove(new QPushButton(this)), m_reason(new QLabel(this)), m_hit(new QLabel(this)),
      m_list(new QTreeWidget(this)), m_empty(new EmptyState(themes, QStringLiteral("pause"), m_list)) {
    m_toggle->setShortcut(Qt::CTRL | Qt::Key_F9);
    m_text->setMaxLength(static_cast<int>(Expression::lengthMax));
    layOut();
    connect(m_toggle, &QAction::triggered, this, [this] {
        const std::optional<BreakpointSpec> wanted = ofSelection();
        if (!wanted)
            return;
        std::vector<BreakpointSpec> list = m_session.breakpoints();
        const auto same = [&](const BreakpointSpec& each) { return each.kind == wanted->kind && each.text == wanted->text; };
        if (std::erase_if(list, same) == 0)
            list.push_back(*wanted);
        change(std::move(list));
    });
    connect(m_kinds, &QComboBox::currentIndexChanged, this, [this] {
        m_editors->setCurrentIndex(kind() == Kind::when     ? 0
                                   : kind() == Kind::type   ? 1
                                   : kind() == Kind::broken ? 3
                                                            : 2);
        m_text->setPlaceholderText(kind() == Kind::at ? QStringLiteral("2min 30s")
                                                      : QStringLiteral("metric('channel', 'orders', 'depth') > 100"));
        m_text->clear();
        judge();
    });
    connect(m_condition, &QLineEdit::textChanged, this, &BreakpointsView::judge);
    connect(m_text, &QLineEdit::textChanged, this, &BreakpointsView::judge);
    connect(m_condition, &QLineEdit::returnPressed, this, &BreakpointsView::add);
    connect(m_text, &QLineEdit::returnPressed, this, &BreakpointsView::add);
    connect(m_add, &QPushButton::clicked, this, &BreakpointsView::add);
    connect(m_remove, &QPushButton::clicked, this, &BreakpointsView::removeChosen);
    // Queued: the list is made anew, and the item must live until its editor is done.
    connect(m_list, &QTreeWidget::itemChanged, this, &BreakpointsView::takeOver, Qt::QueuedConnection);
    connect(m_list, &QTreeWidget::itemSelectionChanged, this, [this] { m_remove->setEnabled(!m_list->selectedItems().isEmpty()); });
    m_list->installEventFilter(this);
    connect(&m_session, &Session::documentChanged, this, &BreakpointsView::takeUpDocument);
    connect(&m_session, &Session::breakpointsChanged, this, &BreakpointsView::showList);
    connect(&m_session, &Session::breakpointHit, this, &BreakpointsView::showHit);
    connect(&m_selection, &Selection::changed, this, &BreakpointsView::followSelection);
    connect(&m_themes, &ThemeSource::changed, this, &BreakpointsView::dress);
    retranslate();
    dress();
    takeUpDocument();
}

void BreakpointsView::layOut() {
    m_editors->addWidget(m_condition);
    m_editors->addWidget(m_types);
    m_editors->addWidget(m_text);
    m_editors->addWidget(m_nothing);
    m_editors->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    auto* line = new QHBoxLayout;
    line->setContentsMargins(8, 8, 8, 4);
    line->setSpacing(8);
    line->addWidget(m_kinds);
    line->addWidget(m_editors, 1);
    line->addWidget(m_add);
    line->addWidget(m_remove);
    m_reason->setWordWrap(true);
    m_reason->setTextFormat(Qt::PlainText);
    m_reason->setContentsMargins(8, 0, 8, 4);
    m_hit->setTextFormat(Qt::PlainText);
    m_hit->setContentsMargins(8, 4, 8, 8);
    m_hit->setWordWrap(true);
    m_list->setColumnCount(2);
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_list->header()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(line);
    column->addWidget(m_reason);
    column->addWidget(m_list, 1);
    column->addWidget(m_hit);
    auto* over = new QVBoxLayout(m_list->viewport());
    over->addWidget(m_empty);
}

BreakpointsView::Kind BreakpointsView::kind() const { return static_cast<Kind>(m_kinds->currentData().toInt()); }

std::optional<BreakpointSpec> BreakpointsView::typed() const {
    BreakpointSpec breakpoint{.kind = kind(), .text = {}};
    switch (breakpoint.kind) {
    case Kind::when:
        if (!m_condition->filter() || !m_condition->refusal().isEmpty() || m_condition->text().trimmed().isEmpty())
            return std::nullopt;
        breakpoint.text = m_condition->text().trimmed().toStdString();
        break;
    case Kind::type:
        breakpoint.text = m_types->currentText().toStdString();
        if (breakpoint.text.empty())
            return std::nullopt;
        break;
    case Kind::metric:
        breakpoint.text = m_text->text().trimmed().toStdString();
        if (breakpoint.text.empty() || !Breakpoints::compile({breakpoint}))
            return std::nullopt;
        break;
    case Kind::at: {
        const Result<SimTime> at = parseClock(m_text->text().trimmed().toStdString());
        if (!at || *at <= SimTime{})
            return std::nullopt;
        breakpoint.at = at->time_since_epoch();
        break;
    }
    case Kind::broken:
        break;
    }
    return breakpoint;
}

QString BreakpointsView::refusal() const {
    const std::string text = m_text->text().trimmed().toStdString();
    if (kind() == Kind::when)
        return m_condition->refusal();
    if (text.empty() || (kind() != Kind::metric && kind() != Kind::at))
        return {};
    if (kind() == Kind::at)
        return typed() ? QString() : tr("needs a time such as 2min, 90s or 00:03:12.480");
    const auto compiled = Breakpoints::compile({{.kind = Kind::metric, .text = text}});
    return compiled ? QString() : errorText(QString::fromStdString(compiled.error().front().what));
}

void BreakpointsView::judge() {
    const QString reason = refusal();
    const bool usable = typed().has_value() && m_session.mode() == Session::Mode::simulation;
    setFieldState(*m_text, m_text->text().trimmed().isEmpty() ? FieldState::Neutral
                           : reason.isEmpty()                 ? FieldState::Accepted
                                                              : FieldState::Refused);
    m_reason->setText(reason);
    m_reason->setVisible(!reason.isEmpty());
    m_text->setAccessibleDescription(reason);
    m_add->setEnabled(usable);
}

void BreakpointsView::add() {
    const std::optional<BreakpointSpec> breakpoint = typed();
    if (!breakpoint || !m_add->isEnabled())
        return;
    std::vector<BreakpointSpec> list = m_session.breakpoints();
    if (std::find(list.begin(), list.end(), *breakpoint) == list.end())
        list.push_back(*breakpoint);
    change(std::move(list));
    m_text->clear();
    m_condition->clear();
}

void BreakpointsView::removeChosen() {
    std::vector<BreakpointSpec> list = m_session.breakpoints();
    std::vector<int> rows;
    for (QTreeWidgetItem* item : m_list->selectedItems())
        rows.push_back(m_list->indexOfTopLevelItem(item));
    std::sort(rows.rbegin(), rows.rend());
    for (const int row : rows)
        list.erase(list.begin() + row);
    if (!rows.empty())
        change(std::move(list));
}

void BreakpointsView::change(std::vector<BreakpointSpec> breakpoints) {
    Edit edit{.pointer = "/breakpoints", .value = std::nullopt, .newName = {}};
    if (!breakpoints.empty())
        edit.value = breakpointsValue(breakpoints);
    // A scenario that comes from no document has them for this session only.
    const Errors errors =
        m_editor.isOpen() ? m_editor.edit(tr("Change breakpoints"), {edit}) : m_session.setBreakpoints(std::move(breakpoints));
    m_editor.endStep();
    m_reason->setText(errors.empty() ? QString() : errorText(errors.front()));
    m_reason->setVisible(!errors.empty());
}

// A row was switched on or off.
void BreakpointsView::takeOver(QTreeWidgetItem* item) {
    const int row = m_list->indexOfTopLevelItem(item);
    std::vector<BreakpointSpec> list = m_session.breakpoints();
    if (m_filling || row < 0 || static_cast<std::size_t>(row) >= list.size())
        return;
    const bool enabled = item->checkState(0) == Qt::Checked;
    if (list[static_cast<std::size_t>(row)].enabled == enabled)
        return;
    list[static_cast<std::size_t>(row)].enabled = enabled;
    change(std::move(list));
}

std::optional<BreakpointSpec> BreakpointsView::ofSelection() const {
    const auto& catalogue = m_session.catalogue();
    if (!catalogue || m_session.mode() != Session::Mode::simulation)
        return std::nullopt;
    if (const EventTypeId type = m_selection.eventType(); type.valid())
        return BreakpointSpec{.kind = Kind::type, .text = catalogue->eventTypes()[type.index()].name};
    if (const ServiceId service = m_selection.node().service(); service.valid())
        return BreakpointSpec{.text = "service = " + quoted(catalogue->services()[service.index()].name)};
    if (const ChannelId channel = m_selection.node().channel(); channel.valid())
        return BreakpointSpec{.text = "channel = " + quoted(catalogue->channels()[channel.index()].name)};
    return std::nullopt;
}

void BreakpointsView::followSelection() { m_toggle->setEnabled(ofSelection().has_value()); }

void BreakpointsView::takeUpDocument() {
    m_condition->setCatalogue(m_session.catalogue());
    m_types->clear();
    if (const Scenario* scenario = m_session.scenario())
        for (const EventTypeSpec& type : scenario->events)
            m_types->addItem(QString::fromStdString(type.name));
    m_hit->clear();
    showList();
    followSelection();
    judge();
}

QString BreakpointsView::textOf(const BreakpointSpec& breakpoint) const {
    switch (breakpoint.kind) {
    case Kind::when:
    case Kind::type:
    case Kind::metric:
        return QString::fromStdString(breakpoint.text);
    case Kind::broken:
        return tr("any that must always hold");
    case Kind::at:
        return shortClockText(SimTime{breakpoint.at});
    }
    return {};
}

void BreakpointsView::showList() {
    const std::vector<BreakpointSpec>& breakpoints = m_session.breakpoints();
    m_filling = true;
    const int current = m_list->currentIndex().row();
    m_list->clear();
    for (const BreakpointSpec& breakpoint : breakpoints) {
        auto* item = new QTreeWidgetItem(m_list);
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable | Qt::ItemNeverHasChildren);
        item->setCheckState(0, breakpoint.enabled ? Qt::Checked : Qt::Unchecked);
        item->setText(0, m_kinds->itemText(m_kinds->findData(static_cast<int>(breakpoint.kind))));
        item->setText(1, textOf(breakpoint));
        item->setToolTip(1, item->text(1));
        if (!breakpoint.enabled)
            for (int column = 0; column < 2; ++column)
                item->setForeground(column, m_themes.theme().muted);
    }
    if (current >= 0 && current < m_list->topLevelItemCount())
        m_list->setCurrentItem(m_list->topLevelItem(current));
    m_filling = false;
    m_empty->setVisible(breakpoints.empty());
    m_remove->setEnabled(!m_list->selectedItems().isEmpty());
    showHit();
}

QString BreakpointsView::lastHit() const { return m_hit->text(); }

void BreakpointsView::showHit() {
    const auto& hit = m_session.lastHit();
    QString text;
    if (hit && hit->breakpoint < m_session.breakpoints().size()) {
        const BreakpointSpec& breakpoint = m_session.breakpoints()[hit->breakpoint];
        // The how manieth it was, as the count in the status bar has it; the first has the index 0.
        const QString record = countText(static_cast<std::int64_t>(hit->record + 1));
        text = breakpoint.kind == BreakpointSpec::Kind::at
                   ? tr("Stopped at %1, after record %2").arg(shortClockText(hit->at), record)
                   : tr("Stopped at %1, after record %2: %3")
                         .arg(shortClockText(hit->at), record, hit->why.isEmpty() ? textOf(breakpoint) : hit->why);
    }
    m_hit->setText(text);
    m_hit->setVisible(!text.isEmpty());
}

bool BreakpointsView::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_list && event->type() == QEvent::KeyPress &&
        static_cast<QKeyEvent*>(event)->matches(QKeySequence::Delete)) {
        removeChosen();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void BreakpointsView::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void BreakpointsView::dress() {
    const Theme& theme = m_themes.theme();
    QPalette refused = m_reason->palette();
    refused.setColor(QPalette::WindowText, theme.dangerText);
    m_reason->setPalette(refused);
    m_reason->setFont(theme.font(TextRole::Label));
    m_condition->setFont(theme.font(TextRole::Mono));
    m_text->setFont(theme.font(TextRole::Mono));
    m_toggle->setIcon(makeIcon(QStringLiteral("pause"), theme));
    m_add->setIcon(makeIcon(QStringLiteral("plus"), theme));
    m_remove->setIcon(makeIcon(QStringLiteral("minus"), theme));
    showList();
}

void BreakpointsView::retranslate() {
    setWindowTitle(tr("Breakpoints"));
    setAccessibleName(windowTitle());
    const int chosen = m_kinds->currentIndex();
    {
        const QSignalBlocker quiet(m_kinds);
        m_kinds->clear();
        m_kinds->addItem(tr("Record where"), static_cast<int>(Kind::when));
        m_kinds->addItem(tr("Event type"), static_cast<int>(Kind::type));
        m_kinds->addItem(tr("Metric"), static_cast<int>(Kind::metric));
        m_kinds->addItem(tr("Broken expectation"), static_cast<int>(Kind::broken));
        m_kinds->addItem(tr("Time"), static_cast<int>(Kind::at));
        m_kinds->setCurrentIndex(std::max(0, chosen));
    }
    m_kinds->setAccessibleName(tr("Kind of breakpoint"));
    m_condition->setPlaceholderText(QStringLiteral("kind = 'deadLettered' AND channel = 'orders'"));
    m_condition->setAccessibleName(tr("Condition over a record"));
    m_text->setAccessibleName(tr("Condition over metrics, or a time"));
    m_types->setAccessibleName(tr("Event type"));
    m_add->setText(tr("Add"));
    m_add->setToolTip(tr("Stop the run there (Enter)"));
    m_remove->setText(tr("Delete"));
    m_remove->setToolTip(tr("Delete the chosen breakpoints (Del)"));
    m_toggle->setText(tr("Toggle breakpoint"));
    m_toggle->setToolTip(
        tooltipWithShortcut(tr("Stops the run at the selected event type, service or channel, or no longer"), m_toggle->shortcut()));
    m_list->setHeaderLabels({tr("Kind"), tr("Where the run stops")});
    m_list->setAccessibleName(tr("Breakpoints"));
    m_empty->setTitle(tr("The run stops nowhere"));
    m_empty->setHint(tr("Say above where it is to stop, or select a service, channel or event type and press %1.")
                         .arg(m_toggle->shortcut().toString(QKeySequence::NativeText)));
    showList();
    judge();
}

} // namespace weir
