#include "ui/runs/runs_view.h"

#include "core/record/run_difference.h"
#include "core/scenario/profile.h"
#include "ui/errors/error_text.h"
#include "ui/format.h"
#include "ui/icons.h"
#include "ui/inspector/behaviour.h"
#include "ui/run_bar/run_actions.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/in_sight.h"

#include <QAction>
#include <QBoxLayout>
#include <QEvent>
#include <QLabel>
#include <QListWidget>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QStandardItemModel>

#include <algorithm>

namespace weir {
namespace {

constexpr int refreshMilliseconds = 400; // while a run goes on; folding another run's Picture costs a few milliseconds
constexpr int runRole = Qt::UserRole;

SimTime endOf(const RecordReader& reader) {
    return reader.end() > reader.first() ? reader.at(reader.end() - 1).at : SimTime{};
}

constexpr int listWidth = 290; // "Run 2, forked at 03:22.048 · 12 commands"
constexpr int summaryLeast = 260;

// Of what it still keeps.
SimTime startOf(const RecordReader& reader) {
    return reader.first() > 0 && reader.end() > reader.first() ? reader.at(reader.first()).at : SimTime{};
}

const Picture& pictureAt(RecordReader& reader, SimTime time) {
    return reader.picture(std::max(reader.first(), reader.indexAt(time + Duration{1})));
}

} // namespace

RunsView::RunsView(Session& session, Selection& selection, const ThemeSource& themes, QWidget* parent)
    : QWidget(parent), m_session(session), m_selection(selection), m_themes(themes), m_fork(new QAction(this)),
      m_list(new QListWidget(this)), m_forkButton(new QPushButton(this)), m_brokers(new QMenu(this)),
      m_brokerButton(new QPushButton(this)), m_switch(new QPushButton(this)),
      m_difference(new QPushButton(this)), m_pairs(new QSpinBox(this)), m_replicate(new QPushButton(this)),
      m_replicated(new ReplicatedRuns(this)), m_summary(new QLabel(this)), m_table(new DataTable(themes, this)),
      m_model(new QStandardItemModel(this)) {
    m_list->setFrameShape(QFrame::NoFrame);
    QPixmap blank(16, 16);
    blank.fill(Qt::transparent);
    m_noIcon = QIcon(blank);
    m_list->setFixedWidth(listWidth);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setTextElideMode(Qt::ElideRight);
    m_table->setModel(m_model);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_summary->setTextFormat(Qt::PlainText);
    m_summary->setWordWrap(true);
    auto* buttons = new FlowLayout;
    buttons->setSpacing(6);
    m_pairs->setRange(2, 500);
    m_pairs->setValue(20);
    for (QWidget* each : std::initializer_list<QWidget*>{m_forkButton, m_brokerButton, m_switch, m_difference, m_pairs, m_replicate})
        buttons->addWidget(each);
    QSizePolicy rest = m_summary->sizePolicy();
    rest.setHorizontalPolicy(QSizePolicy::Ignored); // what the buttons leave
    m_summary->setSizePolicy(rest);
    m_head = new QBoxLayout(QBoxLayout::LeftToRight);
    m_head->setSpacing(6);
    m_head->setContentsMargins(10, 6, 10, 0);
    m_head->addLayout(buttons);
    m_head->addWidget(m_summary, 1);
    m_buttons = buttons;
    auto* sides = new QHBoxLayout;
    sides->setSpacing(8);
    sides->addWidget(m_list);
    sides->addWidget(m_table, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    column->addLayout(m_head);
    column->addLayout(sides, 1);

    m_brokerButton->setMenu(m_brokers);
    for (const std::string_view name : Profile::names()) {
        QAction* const broker = m_brokers->addAction(QString());
        broker->setData(QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size())));
        connect(broker, &QAction::triggered, this, [this, name] { runOn(std::string(name)); });
    }

    m_fork->setShortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_K);
    connect(m_fork, &QAction::triggered, &m_session, &Session::fork);
    connect(m_forkButton, &QPushButton::clicked, m_fork, &QAction::trigger);
    connect(m_switch, &QPushButton::clicked, this, &RunsView::switchTo);
    connect(m_difference, &QPushButton::clicked, this, &RunsView::goToDifference);
    connect(m_replicate, &QPushButton::clicked, this, &RunsView::replicate);
    connect(m_replicated, &ReplicatedRuns::advanced, this, &RunsView::compare);
    connect(m_replicated, &ReplicatedRuns::finished, this, &RunsView::compare);
    connect(m_list, &QListWidget::itemActivated, this, &RunsView::switchTo);
    connect(m_list, &QListWidget::currentRowChanged, this, [this] {
        m_replicated->cancel();
        compare();
    });
    connect(&m_session, &Session::runsChanged, this, &RunsView::listRuns);
    connect(&m_session, &Session::documentChanged, this, &RunsView::listRuns);
    connect(&m_session, &Session::commanded, this, &RunsView::listRuns);
    connect(&m_session, &Session::advanced, this, &RunsView::tick);
    connect(&m_themes, &ThemeSource::changed, this, &RunsView::dress);
    retranslate();
    dress();
    listRuns();
}

void RunsView::listRuns() {
    const bool simulation = m_session.mode() == Session::Mode::simulation;
    m_fork->setEnabled(simulation);
    m_forkButton->setEnabled(simulation);
    m_brokers->menuAction()->setEnabled(simulation);
    m_brokerButton->setEnabled(simulation);
    const std::uint64_t before = m_list->currentItem() ? m_list->currentItem()->data(runRole).toULongLong() : 0;
    {
        const QSignalBlocker silent(m_list);
        m_list->clear();
        int row = -1;
        for (const Session::Run& run : m_session.runs()) {
            const bool current = run.id == m_session.currentRun();
            QString text = run.forkedFrom ? tr("%1, forked at %2").arg(run.label, shortClockText(run.forkedTime)) : run.label;
            if (!run.journal.empty())
                text += QStringLiteral(" · ") +
                        (run.journal.size() == 1 ? tr("1 command") : tr("%1 commands").arg(run.journal.size()));
            auto* item = new QListWidgetItem(text, m_list);
            item->setToolTip(text); // where it is wider than the list
            item->setData(runRole, QVariant::fromValue<qulonglong>(run.id));
            if (current)
                item->setIcon(makeIcon(QStringLiteral("check"), m_themes.theme()));
            else
                item->setIcon(m_noIcon); // as far in as the one with the check
            // What was chosen stays; else the newest of the others.
            if (run.id == before && !current)
                row = m_list->count() - 1;
            else if (!current && (row < 0 || m_list->item(row)->data(runRole).toULongLong() != before))
                row = m_list->count() - 1;
        }
        m_list->setCurrentRow(row);
    }
    m_otherRun = 0;
    m_replicated->cancel(); // it was about other runs, or fewer commands
    compare();
}

std::optional<Session::Run> RunsView::chosen() const {
    const QListWidgetItem* item = m_list->currentItem();
    if (!item || item->data(runRole).toULongLong() == m_session.currentRun())
        return std::nullopt;
    for (Session::Run& run : m_session.runs())
        if (run.id == item->data(runRole).toULongLong())
            return std::move(run);
    return std::nullopt;
}

void RunsView::tick() {
    if (inSight(*this) && (!m_session.running() || !m_shownFor.isValid() || m_shownFor.elapsed() >= refreshMilliseconds))
        compare();
}

void RunsView::runOn(const std::string& profile) {
    const Errors errors = m_session.runOn(profile);
    if (!errors.empty())
        m_summary->setText(tr("It does not run there: %1").arg(errorText(errors.front())));
}

void RunsView::nameReplicate() { m_replicate->setText(m_replicated->busy() ? tr("Cancel") : tr("Replicate")); }

void RunsView::compare() {
    if (!inSight(*this))
        return;
    m_shownFor.start();
    const std::optional<Session::Run> other = chosen();
    m_switch->setEnabled(other.has_value());
    m_difference->setEnabled(other.has_value());
    m_replicate->setEnabled(other.has_value());
    nameReplicate();
    m_pairs->setEnabled(other.has_value() && !m_replicated->busy());
    m_evicted = false;
    m_figures.clear();
    m_table->setHint(m_session.runs().size() < 2
                         ? tr("Fork the run, change one thing, and compare what becomes of both.")
                         : tr("Choose another run to compare with."));
    if (!other) {
        m_model->setRowCount(0);
        m_summary->setText(summary());
        return;
    }
    if (m_otherRun != other->id) {
        m_otherRun = other->id;
        m_mine = std::make_unique<RecordReader>(m_session.store());
        m_other = std::make_unique<RecordReader>(other->store);
    }
    m_mine->refresh();
    m_other->refresh();
    const SimTime time = std::min(m_session.now(), endOf(*m_other));
    m_evicted = startOf(*m_mine) > time || startOf(*m_other) > time;
    if (!m_evicted)
        m_figures = RunComparison::of({pictureAt(*m_mine, time), *m_session.catalogue()},
                                      {pictureAt(*m_other, time), *other->catalogue});
    m_model->setRowCount(static_cast<int>(m_figures.size()));
    for (int row = 0; row < m_model->rowCount(); ++row)
        fillRow(row, m_figures[static_cast<std::size_t>(row)]);
    m_summary->setText(summary());
}

bool RunsView::isCertain(const RunFigure& figure) const {
    const ComparedFigure* const replicated =
        m_replicated->outcomeOf(figure.scope, figure.place.toStdString(), figure.metric);
    return replicated && replicated->isCertain() && figure.tells(*replicated->difference.mean());
}

void RunsView::fillRow(int row, const RunFigure& figure) {
    const ComparedFigure* const replicated =
        m_replicated->outcomeOf(figure.scope, figure.place.toStdString(), figure.metric);
    const auto mean = replicated ? replicated->difference.mean() : std::nullopt;
    const auto half = replicated ? replicated->difference.ci95() : std::nullopt;
    const QStringList texts{figure.place.isEmpty() ? tr("Ledger") : figure.place,
                            figure.name,
                            RunComparison::text(figure.mine, figure.unit),
                            RunComparison::text(figure.other, figure.unit),
                            RunComparison::differenceText(figure),
                            mean && half ? RunComparison::intervalText(figure, *mean, *half) : QString()};
    for (int column = 0; column < texts.size(); ++column) {
        const bool stands = column == 4 || (column == 5 && isCertain(figure));
        m_model->setData(m_model->index(row, column), texts[column]);
        m_model->setData(m_model->index(row, column), column >= 2, FigureRole);
        m_model->setData(m_model->index(row, column), static_cast<int>(stands ? Tone::Accent : Tone::Neutral), ToneRole);
    }
}

// Both again with other seeds, each command at its time, up to the moment at which they are compared.
void RunsView::replicate() {
    const std::optional<Session::Run> other = chosen();
    if (m_replicated->busy() || !other || !m_other) {
        m_replicated->cancel();
        compare();
        return;
    }
    const std::vector<Session::Run> runs = m_session.runs();
    const auto mine = std::find_if(runs.begin(), runs.end(),
                                   [this](const Session::Run& run) { return run.id == m_session.currentRun(); });
    ReplicatedRuns::Request request{.mine = {mine->scenario, mine->journal}, // of another broker each
                                    .other = {other->scenario, other->journal},
                                    .seed = other->seed,
                                    .count = static_cast<std::uint64_t>(m_pairs->value()),
                                    .until = std::min(m_session.now(), endOf(*m_other)),
                                    .figures = {}};
    for (const RunFigure& figure : m_figures)
        request.figures.push_back(
            {.scope = figure.scope, .place = figure.place.toStdString(), .figure = figure.metric});
    m_replicated->start(std::move(request));
}

QString RunsView::replicatedText() const {
    const auto number = [](std::uint64_t count) { return countText(static_cast<std::int64_t>(count)); };
    if (m_replicated->busy())
        return tr("%1 of %2 pairs have run").arg(number(m_replicated->pairsEnded()), number(m_replicated->request().count));
    if (!m_replicated->errors().empty())
        return errorText(m_replicated->errors().front());
    const auto& outcome = m_replicated->outcome();
    if (!outcome)
        return {};
    const auto certain = std::count_if(m_figures.begin(), m_figures.end(),
                                       [this](const RunFigure& figure) { return isCertain(figure); });
    QString text = tr("%1 pairs up to %2: %3 differences are certain (95 %)")
                       .arg(number(m_replicated->request().count), shortClockText(m_replicated->request().until),
                            countText(certain));
    if (outcome->refused > 0)
        text += QStringLiteral(" · ") + tr("%1 commands had nothing to do there").arg(number(outcome->refused));
    return text;
}

QString RunsView::summary() const {
    const std::optional<Session::Run> other = chosen();
    if (!other || !m_other)
        return {}; // the table says what to do
    if (m_evicted)
        return tr("One of them no longer keeps this moment. Go on to a later one.");
    const auto different = std::count_if(m_figures.begin(), m_figures.end(), [](const RunFigure& each) { return each.differs(); });
    const QString now = tr("At %1 in both: %2 of %3 figures differ")
                            .arg(shortClockText(std::min(m_session.now(), endOf(*m_other))), countText(different),
                                 countText(static_cast<std::int64_t>(m_figures.size())));
    const QString replicated = replicatedText();
    return replicated.isEmpty() ? now : now + QStringLiteral(" · ") + replicated;
}

void RunsView::switchTo() {
    if (const auto other = chosen())
        m_session.switchTo(other->id);
}

// Selects it, and stops just before it: one step shows what happens there.
void RunsView::goToDifference() {
    const std::optional<Session::Run> other = chosen();
    if (!other || !m_mine)
        return;
    m_mine->refresh();
    m_other->refresh();
    const RunDifference difference = differenceOf(*m_mine, *m_other);
    if (!difference.record) {
        m_summary->setText(tr("No difference as far as both have gone."));
        return;
    }
    m_session.pause();
    m_session.seekRecord(*difference.record + 1);
    if (*difference.record < m_mine->end()) {
        const Record& record = m_mine->at(*difference.record);
        m_selection.selectRecord(*difference.record, record.ordinal, NodeRef::of(*m_session.catalogue(), record.place), record.type);
    }
}

void RunsView::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    compare();
}

// The summary stands beside the buttons where that leaves it room, else below them.
void RunsView::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    const bool wide = width() >= m_buttons->sizeHint().width() + summaryLeast;
    m_head->setDirection(wide ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
}

void RunsView::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void RunsView::paintEvent(QPaintEvent*) {
    QPainter(this).fillRect(rect(), m_themes.theme().surface);
}

void RunsView::dress() {
    m_fork->setIcon(makeIcon(QStringLiteral("fork"), m_themes.theme()));
    m_summary->setFont(m_themes.theme().font(TextRole::Label));
    update();
}

void RunsView::retranslate() {
    setWindowTitle(tr("Runs"));
    m_fork->setText(tr("For&k here"));
    m_fork->setToolTip(tooltipWithShortcut(tr("A second run from this moment on; the present one stays"), m_fork->shortcut()));
    m_forkButton->setText(tr("Fork here"));
    m_forkButton->setToolTip(m_fork->toolTip());
    m_brokers->setTitle(tr("On an&other broker"));
    m_brokerButton->setText(tr("On another broker"));
    m_brokerButton->setToolTip(tr("The same workload from the start, with every channel following another system"));
    for (QAction* const broker : m_brokers->actions()) {
        const std::optional<Profile> profile = Profile::named(broker->data().toString().toStdString());
        broker->setText(textOf(profile->title()));
    }
    m_switch->setText(tr("Switch to it"));
    m_switch->setToolTip(tr("Show the chosen run in every view"));
    m_difference->setText(tr("First difference"));
    m_difference->setToolTip(tr("Go to the first record that the chosen run has differently"));
    m_pairs->setAccessibleName(tr("How often both are run again"));
    m_pairs->setToolTip(m_pairs->accessibleName());
    m_pairs->setSuffix(QStringLiteral(" ×"));
    m_replicate->setToolTip(tr("Runs both again with other seeds, up to this moment, and tells the mean difference of every "
                               "figure with its 95 % interval"));
    m_list->setAccessibleName(tr("Runs"));
    m_table->setAccessibleName(tr("Figures of both runs"));
    nameReplicate();
    m_model->setHorizontalHeaderLabels({tr("Place"), tr("Figure"), tr("This run"), tr("The other"), tr("Other − this"),
                                        tr("Other − this, mean, 95 %")});
    m_model->setHeaderData(4, Qt::Horizontal, tr("What the other run has more than this one"), Qt::ToolTipRole);
    m_model->setHeaderData(5, Qt::Horizontal, tr("The mean over all pairs of runs, with its 95 % interval"),
                           Qt::ToolTipRole);
    for (int column = 2; column < m_model->columnCount(); ++column) // above their figures
        m_model->setHeaderData(column, Qt::Horizontal, int(Qt::AlignRight | Qt::AlignVCenter), Qt::TextAlignmentRole);
    m_table->setWidths({112, 100, 72, 72, 92, 160});
    listRuns();
}

} // namespace weir
