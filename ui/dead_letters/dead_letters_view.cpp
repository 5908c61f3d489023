#include "ui/dead_letters/dead_letters_view.h"

#include "core/record/failure_cause.h"
#include "ui/dead_letters/letter_editor.h"
#include "ui/format.h"
#include "ui/icons.h"
#include "ui/session/command_refusal.h"
#include "ui/style.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/in_sight.h"

#include <QBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>

namespace weir {
namespace {

constexpr int refreshMilliseconds = 100;
constexpr int noteMilliseconds = 6000;

} // namespace

DeadLettersView::DeadLettersView(Session& session, Selection& selection, const ThemeSource& themes, QWidget* parent)
    : QWidget(parent), m_session(session), m_selection(selection), m_themes(themes),
      m_model(new LetterModel(m_fold, this)), m_attemptModel(new AttemptModel(this)), m_commands(session),
      m_summary(new QLabel(this)), m_last(new QPushButton(this)), m_why(new QPushButton(this)),
      m_edit(new QPushButton(this)), m_redrive(new QPushButton(this)), m_redriveAll(new QPushButton(this)),
      m_discard(new QPushButton(this)), m_table(new DataTable(themes, this)), m_attempts(new DataTable(themes, this)),
      m_editor(new LetterEditor(themes, this)), m_side(new QStackedWidget(this)) {
    m_table->setModel(m_model);
    m_table->sortByColumn(LetterModel::Age, Qt::AscendingOrder);
    m_table->setWidths({88, 118, 96, 110, 62, 72, 90},
                       {LetterModel::State, LetterModel::LiesIn, LetterModel::Attempts, LetterModel::DiedIn});
    m_attempts->setModel(m_attemptModel);
    m_attempts->setSortingEnabled(false);
    m_attempts->setSelectionMode(QAbstractItemView::SingleSelection);
    m_attempts->setWidths({36, 88, 84, 180, 78}, {AttemptModel::Who, AttemptModel::Next});
    m_side->addWidget(m_attempts);
    m_side->addWidget(m_editor);
    buildBar();
    m_catchingUp.setInterval(16);
    m_noteOver.setSingleShot(true);
    connectAll();
    retranslate();
    dress();
    takeUpDocument();
}

void DeadLettersView::buildBar() {
    auto* const bar = new QHBoxLayout;
    bar->setContentsMargins(14, 4, 12, 4);
    bar->setSpacing(6);
    bar->addWidget(m_summary, 1);
    for (QPushButton* const button : {m_last, m_why, m_edit, m_redrive, m_redriveAll, m_discard}) {
        bar->addWidget(button);
        button->setFixedHeight(24);
    }
    m_summary->setMinimumWidth(80);
    auto* const halves = new QSplitter(Qt::Horizontal, this);
    halves->addWidget(m_table);
    halves->addWidget(m_side);
    m_side->setMinimumWidth(240); // the editor would ask for more than its half
    halves->setStretchFactor(0, 1);
    halves->setStretchFactor(1, 1);
    halves->setSizes({1000, 1000}); // as one to one, however wide the panel is
    halves->setChildrenCollapsible(false);
    halves->setHandleWidth(1);
    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(bar);
    column->addWidget(halves, 1);
    setTabOrder(m_table, m_attempts);
}

void DeadLettersView::connectAll() {
    connect(&m_session, &Session::documentChanged, this, &DeadLettersView::takeUpDocument);
    connect(&m_session, &Session::advanced, this, &DeadLettersView::tick);
    connect(&m_session, &Session::runningChanged, this, &DeadLettersView::tick);
    connect(&m_session, &Session::ended, this, &DeadLettersView::allow);
    connect(&m_catchingUp, &QTimer::timeout, this, &DeadLettersView::tick);
    connect(&m_noteOver, &QTimer::timeout, this, [this] {
        m_note.clear();
        tellSummary();
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &DeadLettersView::inspect);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &DeadLettersView::allow);
    connect(m_table, &DataTable::rowActivated, this, &DeadLettersView::tellWhy);
    connect(m_attempts, &DataTable::rowActivated, this, &DeadLettersView::selectAttempt);
    connect(m_attempts->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            [this](const QItemSelection& chosen) {
                if (!chosen.isEmpty())
                    selectAttempt(chosen.indexes().front());
            });
    connect(m_last, &QPushButton::clicked, this, &DeadLettersView::showLast);
    connect(m_why, &QPushButton::clicked, this, &DeadLettersView::tellWhy);
    connect(m_edit, &QPushButton::clicked, this, &DeadLettersView::editLetter);
    connect(m_redrive, &QPushButton::clicked, this, [this] { tell(m_commands.redrive(chosen())); });
    connect(m_discard, &QPushButton::clicked, this, [this] { tell(m_commands.discard(chosen())); });
    connect(m_redriveAll, &QPushButton::clicked, this, &DeadLettersView::redriveAll);
    connect(m_editor, &LetterEditor::sent, this, [this](const Value& content) {
        m_side->setCurrentWidget(m_attempts);
        tell(m_commands.send(m_edited, content));
    });
    connect(m_editor, &LetterEditor::left, this, [this] {
        m_side->setCurrentWidget(m_attempts);
        m_table->setFocus();
    });
    connect(&m_themes, &ThemeSource::changed, this, &DeadLettersView::dress);
}

void DeadLettersView::takeUpDocument() {
    m_model->setMessages(m_session.messages());
    m_fold.setStore(m_session.store());
    m_inspected.reset();
    m_awaited.reset();
    m_shownFor.invalidate();
    m_attemptModel->show({}, nullptr);
    m_side->setCurrentWidget(m_attempts);
    tick();
}

void DeadLettersView::tick() {
    if (!inSight(*this))
        return;
    const bool there = m_fold.moveTo(m_session.playhead(), budget);
    if (there)
        m_catchingUp.stop();
    else
        m_catchingUp.start();
    // A single step shows at once, a run ten times a second.
    if (!m_session.running() || !m_shownFor.isValid() || m_shownFor.elapsed() >= refreshMilliseconds)
        showLetters();
}

void DeadLettersView::showLetters() {
    m_shownFor.start();
    m_model->show(m_session.now());
    chooseAwaited();
    const CopyCounts& copies = m_session.picture().ledger().copies;
    m_dropped = copies.dropped;
    tellSummary();
    inspect();
}

QString DeadLettersView::summary() const {
    if (!m_note.isEmpty())
        return m_note;
    const auto number = [](std::uint64_t count) { return countText(static_cast<std::int64_t>(count)); };
    QStringList parts;
    const std::uint64_t count = m_fold.count();
    parts << (count == 1 ? tr("1 dead letter") : tr("%1 dead letters").arg(number(count)));
    if (count > LetterModel::rowsMax)
        parts << tr("the newest %1 are listed").arg(number(LetterModel::rowsMax));
    if (m_fold.forgotten() > 0)
        parts << tr("%1 older ones are not followed any more").arg(number(m_fold.forgotten()));
    if (m_dropped > 0)
        parts << (m_dropped == 1 ? tr("1 copy was dropped: nothing kept it")
                                 : tr("%1 copies were dropped: nothing kept them").arg(countText(m_dropped)));
    if (const auto begun = m_fold.begunAt())
        parts << tr("those that came before %1 are not listed").arg(shortClockText(*begun));
    if (m_catchingUp.isActive())
        parts << tr("reading on");
    return parts.join(QStringLiteral(" · "));
}

void DeadLettersView::tellSummary() {
    if (const QString text = summary(); text != m_summary->text())
        m_summary->setText(text);
    const std::int64_t died =
        m_session.mode() == Session::Mode::empty ? 0 : m_session.picture().ledger().copies.deadLettered;
    m_last->setVisible(died > 0 && m_fold.count() == 0 && !m_catchingUp.isActive());
    m_table->setHint(
        m_session.mode() == Session::Mode::empty
            ? tr("What could not be handled lies here: open a scenario first (Ctrl+O)")
        : died > 0 ? tr("No dead letter lies here at this moment. There were %1 so far: they were handled, redriven or "
                        "discarded.")
                         .arg(countText(died))
                   : tr("No dead letter at this moment. A channel with \"deadLetter\" sends here what it gives up; "
                        "step back or run on to see others."));
    m_attempts->setHint(tr("Choose a letter to see its attempts"));
    m_summary->setToolTip(m_summary->text());
    allow();
}

void DeadLettersView::tell(const QString& note) {
    m_note = note;
    m_noteOver.start(noteMilliseconds);
    tellSummary();
}

// To the moment at which the last one before the playhead died. Their count only grows: half by half.
void DeadLettersView::showLast() {
    RecordReader reader(m_session.store());
    const auto died = [&reader](std::uint64_t index) { return reader.picture(index).ledger().copies.deadLettered; };
    std::uint64_t before = reader.first();
    std::uint64_t after = m_session.playhead();
    const std::int64_t all = died(after);
    while (before + 1 < after) {
        const std::uint64_t middle = before + (after - before) / 2;
        (died(middle) < all ? before : after) = middle;
    }
    m_awaited = after - 1; // the record of the death; a Picture is what it was before its record
    m_session.pause();
    m_session.seekRecord(after + 1); // with the copy that is born where it lies
}

// As soon as it is listed: on a long run reading back to it takes a few ticks.
void DeadLettersView::chooseAwaited() {
    for (std::uint64_t n = m_fold.count(); m_awaited && n-- > 0;)
        if (m_fold.letter(n).died == *m_awaited) {
            m_awaited.reset();
            if (const int row = m_model->rowOf(m_fold.number(n)); row >= 0)
                m_table->setCurrentIndex(m_model->index(row, 0));
        }
    if (!m_catchingUp.isActive())
        m_awaited.reset();
}

void DeadLettersView::allow() {
    const QString refusal = commandRefusal(m_session);
    const auto offer = [&refusal](QPushButton& button, bool sensible, const QString& tip) {
        button.setEnabled(sensible && refusal.isEmpty());
        if (const QString& told = refusal.isEmpty() ? tip : refusal; told != button.toolTip())
            button.setToolTip(told);
    };
    m_why->setEnabled(current() != nullptr);
    const bool some = !chosen().empty();
    offer(*m_edit, current() && current()->state == DeadLetter::State::waiting,
          tr("Mend its data and send it on as a new event"));
    offer(*m_redrive, some, tr("The chosen letters go back to where they died; given to the run at the playhead"));
    offer(*m_discard, some, tr("The chosen letters are thrown away; who steps back has them again"));
    offer(*m_redriveAll, m_fold.count() > 0, tr("All letters that wait go back to where they died"));
    m_editor->setRefusal(refusal);
}

std::vector<LetterCommands::Letter> DeadLettersView::chosen() const {
    std::vector<LetterCommands::Letter> letters;
    for (const QModelIndex& index : m_table->selectionModel()->selectedRows())
        if (m_model->keyAt(index.row()) >= m_fold.forgotten())
            if (const DeadLetter& letter = m_model->letter(index.row()); letter.state == DeadLetter::State::waiting)
                letters.push_back(LetterCommands::letterOf(letter, m_fold.reader().catalogue()));
    return letters;
}

void DeadLettersView::redriveAll() {
    const Catalogue& catalogue = m_fold.reader().catalogue();
    std::vector<std::string> channels;
    for (std::uint64_t n = 0; n < m_fold.count(); ++n) {
        const DeadLetter& letter = m_fold.letter(n);
        if (letter.state != DeadLetter::State::waiting)
            continue;
        const std::string& name = catalogue.channels()[letter.channel.index()].name;
        if (std::find(channels.begin(), channels.end(), name) == channels.end())
            channels.push_back(name);
    }
    tell(m_commands.redriveAll(channels));
}

void DeadLettersView::editLetter() {
    const DeadLetter* const letter = current();
    const auto message = letter && m_session.messages() ? m_session.messages()->message(letter->ordinal) : std::nullopt;
    if (!message)
        return;
    m_edited = LetterCommands::letterOf(*letter, m_fold.reader().catalogue());
    m_side->setCurrentWidget(m_editor);
    m_editor->open(QString::fromStdString(message->id), QString::fromStdString(m_edited.from), message->data);
}

const DeadLetter* DeadLettersView::current() const {
    const QModelIndex index = m_table->currentIndex();
    return index.isValid() && m_model->keyAt(index.row()) >= m_fold.forgotten() ? &m_model->letter(index.row())
                                                                                : nullptr;
}

void DeadLettersView::inspect() {
    const DeadLetter* const letter = current();
    allow();
    const auto number =
        letter ? std::optional(m_model->keyAt(m_table->currentIndex().row())) : std::optional<std::uint64_t>();
    if (number == m_inspected)
        return;
    m_inspected = number;
    if (!letter) {
        m_attemptModel->show({}, nullptr);
        return;
    }
    const RecordReader& reader = m_fold.reader();
    LetterHistory history = historyOf(reader, *letter);
    std::optional<std::string> cause;
    if (history.firstFailure && m_session.scenario() && m_session.messages())
        cause = failureCondition(*m_session.scenario(), reader.catalogue(), *m_session.messages(),
                                 reader.at(*history.firstFailure));
    m_attemptModel->show(std::move(history), &reader.catalogue(), QString::fromStdString(cause.value_or("")));
    m_selection.selectMessage(letter->ordinal);
}

void DeadLettersView::tellWhy() {
    const DeadLetter* const letter = current();
    if (!letter)
        return;
    inspect();
    // What was never delivered (it expired, say) has no failure: then its death is the first that went wrong.
    selectRecord(m_attemptModel->history().firstFailure.value_or(letter->died), *letter);
}

// The record with which it ended; of one that is still open, that of the delivery.
void DeadLettersView::selectAttempt(const QModelIndex& index) {
    const DeadLetter* const letter = current();
    if (!letter || !index.isValid())
        return;
    const Attempt& attempt = m_attemptModel->history().attempts[static_cast<std::size_t>(index.row())];
    selectRecord(attempt.ended ? attempt.endedBy : attempt.deliveredBy, *letter);
}

void DeadLettersView::selectRecord(std::uint64_t index, const DeadLetter& letter) {
    const RecordReader& reader = m_fold.reader();
    if (index >= reader.first() && index < reader.end())
        m_selection.selectRecord(index, letter.ordinal, NodeRef::of(reader.catalogue(), reader.at(index).place),
                                 letter.type);
}

void DeadLettersView::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    m_shownFor.invalidate();
    tick();
}

void DeadLettersView::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void DeadLettersView::paintEvent(QPaintEvent*) {
    QPainter(this).fillRect(rect(), m_themes.theme().surface);
}

void DeadLettersView::retranslate() {
    setWindowTitle(tr("Dead letters"));
    setAccessibleName(windowTitle());
    m_table->setAccessibleName(windowTitle());
    m_attempts->setAccessibleName(tr("Attempts"));
    m_last->setText(tr("Show the last one"));
    m_last->setToolTip(tr("Goes back to the moment at which it died"));
    m_why->setText(tr("Why?"));
    m_why->setToolTip(tr("Leads to the first failure, in every view (Enter)"));
    m_edit->setText(tr("Edit…"));
    m_redrive->setText(tr("Redrive"));
    m_redriveAll->setText(tr("Redrive all"));
    m_discard->setText(tr("Discard"));
    m_shownFor.invalidate();
    Q_EMIT m_model->headerDataChanged(Qt::Horizontal, 0, LetterModel::columns - 1);
    Q_EMIT m_attemptModel->headerDataChanged(Qt::Horizontal, 0, AttemptModel::columns - 1);
    tellSummary();
    tick();
}

void DeadLettersView::dress() {
    m_summary->setFont(m_themes.theme().font(TextRole::Body));
    m_why->setIcon(makeIcon(QStringLiteral("search"), m_themes.theme()));
    m_redrive->setIcon(makeIcon(QStringLiteral("retry"), m_themes.theme()));
    for (QPushButton* const button : {m_edit, m_redrive, m_redriveAll, m_discard})
        setButtonLook(*button, ButtonLook::Plain);
    update();
}

} // namespace weir
