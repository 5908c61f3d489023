#include "ui/trace/trace_view.h"

#include "ui/errors/error_text.h"
#include "ui/format.h"
#include "ui/icons.h"
#include "ui/save_dialog.h"
#include "ui/trace/colour_popup.h"
#include "ui/trace/expression_popup.h"
#include "ui/trace/row_expression.h"

#include <QApplication>
#include <QClipboard>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPainter>
#include <QSettings>
#include <QToolButton>

namespace weir {
namespace {

const QString arrangementKey = QStringLiteral("trace/arrangement");
constexpr std::chrono::milliseconds exportBudget{8}; // a slice
constexpr int noteMilliseconds = 4000;

} // namespace

TraceView::TraceView(Session& session, Selection& selection, const ThemeSource& themes, QWidget* parent)
    : QWidget(parent), m_session(session), m_selection(selection), m_themes(themes),
      m_list(new TraceList(m_rows, selection, themes, this)),
      m_filter(new FilterField(themes, FilterField::Use::Filter, this)), m_menu(*this, themes),
      m_colours(new ColourPopup(themes, this)), m_columnPopup(new ExpressionPopup(themes, this)),
      m_back(new QToolButton(this)), m_forward(new QToolButton(this)), m_stretch(new QToolButton(this)),
      m_progress(new QLabel(this)), m_cancel(new QToolButton(this)), m_refusal(new QLabel(this)),
      m_hint(new QLabel(this)), m_colour(new QToolButton(this)), m_more(new QToolButton(this)),
      m_follow(new QToolButton(this)) {
    buildBar();
    connectAll();
    retranslate();
    dress();
    takeUpDocument();
    tellStretch();
    tellHistory();
}

TraceView::~TraceView() = default;

void TraceView::buildBar() {
    auto* const bar = new QHBoxLayout;
    bar->setContentsMargins(10, 4, 12, 4);
    bar->setSpacing(2);
    bar->addWidget(m_back);
    bar->addWidget(m_forward);
    bar->addSpacing(4);
    bar->addWidget(m_filter, 8);
    bar->addSpacing(6);
    bar->addWidget(m_stretch);
    bar->addWidget(m_progress);
    bar->addWidget(m_cancel);
    bar->addStretch(1);
    bar->addWidget(m_colour);
    bar->addWidget(m_more);
    bar->addWidget(m_follow);
    m_filter->setMinimumWidth(120);
    m_filter->setMaximumWidth(720);
    m_filter->setFixedHeight(24);
    for (QToolButton* const button : {m_back, m_forward, m_stretch, m_cancel, m_colour, m_more, m_follow})
        button->setAutoRaise(true);
    m_stretch->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_stretch->setLayoutDirection(Qt::RightToLeft); // the cross behind the words
    m_more->setPopupMode(QToolButton::InstantPopup);
    m_more->setMenu(new QMenu(m_more));
    m_follow->setCheckable(true);
    m_follow->setChecked(true);
    m_cancel->hide();
    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(bar);
    column->addWidget(m_list, 1);
    m_refusal->setIndent(10);
    m_refusal->setAutoFillBackground(true);
    m_refusal->setTextFormat(Qt::PlainText);
    m_refusal->setWordWrap(true);
    m_refusal->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_refusal->hide();
    m_hint->setAlignment(Qt::AlignCenter);
    m_hint->setWordWrap(true);
    m_hint->setAttribute(Qt::WA_TransparentForMouseEvents);
    QWidget* before = m_back;
    for (QWidget* const next : std::initializer_list<QWidget*>{m_forward, m_filter, m_stretch, m_cancel, m_colour,
                                                               m_more, m_follow, m_list}) {
        setTabOrder(before, next);
        before = next;
    }
    m_searching.setInterval(16);
    m_exporting.setInterval(0);
    m_noteOver.setSingleShot(true);
}

void TraceView::connectAll() {
    connect(&m_session, &Session::documentChanged, this, &TraceView::takeUpDocument);
    connect(&m_session, &Session::advanced, this, &TraceView::tick);
    connect(&m_session, &Session::runningChanged, this, &TraceView::tick);
    connect(&m_selection, &Selection::changed, this, &TraceView::takeUpSelection);
    connect(&m_searching, &QTimer::timeout, this, &TraceView::tick);
    connect(&m_exporting, &QTimer::timeout, this, &TraceView::goOnExporting);
    connect(&m_noteOver, &QTimer::timeout, this, [this] {
        m_note.clear();
        tellProgress();
    });
    connect(m_filter, &FilterField::filterChanged, this, [this] {
        m_rows.setFilter(m_filter->filter());
        m_rowsShownFor.invalidate();
        tick();
    });
    connect(m_filter, &FilterField::refusalChanged, this, &TraceView::tellRefusal);
    connect(m_filter, &FilterField::historyChanged, this, &TraceView::tellHistory);
    connect(m_back, &QToolButton::clicked, m_filter, &FilterField::back);
    connect(m_forward, &QToolButton::clicked, m_filter, &FilterField::forward);
    connect(m_stretch, &QToolButton::clicked, &m_selection, [this] { m_selection.setBrush(std::nullopt); });
    connect(m_cancel, &QToolButton::clicked, this, [this] { endExport(tr("export cancelled")); });
    connect(m_colour, &QToolButton::clicked, this, &TraceView::openColours);
    connect(m_colours, &ColourPopup::changed, this, [this](const std::vector<ColourRule>& rules) {
        TraceLook look = m_list->look();
        look.rules = rules;
        setLook(look);
    });
    connect(m_columnPopup, &ExpressionPopup::chosen, this, &TraceView::addColumn);
    connect(m_more->menu(), &QMenu::aboutToShow, this, [this] { m_menu.fillMore(*m_more->menu()); });
    connect(m_follow, &QToolButton::toggled, m_list, &TraceList::setFollowing);
    connect(m_list, &TraceList::followingChanged, m_follow, &QToolButton::setChecked);
    connect(m_list, &TraceList::playheadWanted, this, &TraceView::movePlayhead);
    connect(m_list, &TraceList::menuWanted, this,
            [this](const QPoint& at, std::uint64_t row, int column) { m_menu.openCell(at, row, column); });
    connect(&m_list->header(), &TraceHeader::menuWanted, this,
            [this](const QPoint& at, int column) { m_menu.openTitle(at, column); });
    connect(m_list, &TraceList::copyWanted, this, [this] { copyMarked(CopyForm::text); });
    connect(m_list, &TraceList::markedChanged, this, &TraceView::tellProgress);
    connect(m_list, &TraceList::arranged, this, &TraceView::keepLook);
    connect(m_list, &TraceList::filterHistoryWanted, m_filter,
            [this](bool back) { back ? m_filter->back() : m_filter->forward(); });
    connect(&m_themes, &ThemeSource::changed, this, &TraceView::dress);
}

void TraceView::remember(QSettings& settings) {
    m_settings = nullptr; // nothing is kept while it is taken up
    m_list->setLook(TraceLook::read(settings));
    m_list->header().arrange(m_list->look(), settings.value(arrangementKey).toStringList());
    m_settings = &settings;
    dress();
}

void TraceView::keepLook() {
    if (!m_settings)
        return;
    m_list->look().write(*m_settings);
    m_settings->setValue(arrangementKey, m_list->header().arrangement(m_list->look()));
}

void TraceView::setLook(const TraceLook& look) {
    m_list->setLook(look);
    keepLook();
    dress();
}

void TraceView::takeUpDocument() {
    if (m_export)
        endExport(tr("export cancelled: another run"));
    m_rows.setStore(m_session.store(), m_session.messages());
    m_filter->setCatalogue(m_session.catalogue());
    m_list->rebuild();
    m_rowsShownFor.invalidate();
    tick();
}

void TraceView::takeUpSelection() {
    const auto brush = m_selection.brush();
    const auto stretch =
        brush ? std::optional(TraceRows::Stretch{.begin = brush->begin, .end = brush->end}) : std::nullopt;
    if (stretch == m_rows.stretch())
        return;
    m_rows.setStretch(stretch);
    tellStretch();
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

// --- what the bar says ---

QString TraceView::note() const {
    if (m_export)
        return tr("writing %1").arg(percentText(m_export->share()));
    if (!m_note.isEmpty())
        return m_note;
    // What a run adds from tick to tick is found at once, and not worth a word.
    const std::uint64_t left = m_rows.unsearched();
    if (left > 10'000)
        return tr("searched %1")
            .arg(percentText(static_cast<double>(m_rows.searched()) / static_cast<double>(m_rows.searched() + left)));
    const std::uint64_t marked = m_list->markedCount();
    return marked > 1 ? tr("%1 rows marked").arg(countText(static_cast<std::int64_t>(marked))) : QString();
}

void TraceView::tellProgress() {
    m_filter->setCount(m_rows.filter() ? countText(static_cast<std::int64_t>(m_rows.count())) : QString());
    if (const QString text = note(); text != m_progress->text())
        m_progress->setText(text);
    const bool bare = m_rows.count() == 0 && m_rows.unsearched() == 0;
    if (bare != m_hint->isVisibleTo(this))
        m_hint->setVisible(bare);
    if (bare)
        m_hint->setText(
            m_rows.empty()    ? tr("Every record of the run, as it happens")
            : m_rows.filter() ? tr("No record passes the filter so far: Alt+Left goes back to the one before")
            : m_rows.stretch() && m_rows.stretch()->begin > m_session.now()
                ? tr("This stretch of time comes after the moment that is shown: run on to it, or show all with the "
                     "cross above")
            : m_rows.stretch() ? tr("Nothing happened in this stretch of time: the cross above shows all of the run")
            : m_session.tap()  ? tr("Nothing was heard yet")
                               : tr("Nothing has happened yet: F5 runs, F10 makes one step"));
}

void TraceView::tell(const QString& note) {
    m_note = note;
    m_noteOver.start(noteMilliseconds);
    tellProgress();
}

void TraceView::tellRefusal() {
    m_refusal->setText(m_filter->refusal());
    m_refusal->setVisible(!m_filter->refusal().isEmpty());
    place();
    m_refusal->raise();
}

void TraceView::tellStretch() {
    const auto& stretch = m_rows.stretch();
    m_stretch->setVisible(stretch.has_value());
    if (!stretch)
        return;
    const QString words = QStringLiteral("%1 – %2").arg(shortClockText(stretch->begin), shortClockText(stretch->end));
    m_stretch->setText(words);
    m_stretch->setAccessibleName(tr("Only from %1: show all of the run").arg(words));
    m_stretch->setToolTip(m_stretch->accessibleName());
}

void TraceView::tellHistory() {
    m_back->setEnabled(m_filter->canGoBack());
    m_forward->setEnabled(m_filter->canGoForward());
    m_list->setHistory(m_filter->canGoBack(), m_filter->canGoForward());
}

// --- wishes ---

void TraceView::movePlayhead(std::uint64_t index) {
    m_session.pause();
    m_session.seekRecord(index);
}

bool TraceView::canAddColumn(const Expression& expression) const {
    const auto& columns = m_list->look().columns;
    return columns.size() < TraceLook::columnsMax &&
           std::find(columns.begin(), columns.end(), expression) == columns.end();
}

void TraceView::addColumn(const Expression& expression) {
    if (!canAddColumn(expression))
        return;
    TraceLook look = m_list->look();
    look.columns.push_back(expression);
    m_list->setLook(look);
    // Before the last one, which takes the room that is left.
    TraceHeader& header = m_list->header();
    header.moveSection(header.count() - 1, std::max(0, header.count() - 2));
    keepLook();
}

void TraceView::askForColumn() {
    m_columnPopup->openAt(mapToGlobal(QPoint(m_filter->x(), m_list->y())), m_session.catalogue());
}

void TraceView::hideColumn(int column) {
    if (TraceCells::isOwn(column)) {
        m_list->header().setShown(column, false);
        return;
    }
    TraceLook look = m_list->look();
    look.columns.erase(look.columns.begin() + (column - traceColumnCount));
    setLook(look);
}

void TraceView::resetColumns() {
    TraceLook look = m_list->look();
    look.columns.clear();
    look.time = TraceTime::seconds;
    m_list->setLook(look);
    m_list->header().resetArrangement();
    keepLook();
}

void TraceView::setTime(TraceTime time) {
    TraceLook look = m_list->look();
    look.time = time;
    setLook(look);
}

void TraceView::addColour(const QString& term, Tone tone) {
    const auto when = rowExpression(term).expression;
    TraceLook look = m_list->look();
    if (!when)
        return;
    std::erase_if(look.rules, [&](const ColourRule& rule) { return rule.when == *when; });
    if (look.rules.size() == TraceLook::rulesMax) {
        tell(tr("no room for another rule"));
        return;
    }
    look.rules.insert(look.rules.begin(), {.when = *when, .tone = tone, .on = true}); // the newest wins
    setLook(look);
}

void TraceView::openColours() {
    m_colours->openAt(m_colour->mapToGlobal(QPoint(0, m_colour->height() + 4)), m_list->look().rules,
                      m_session.catalogue());
}

QString TraceView::copied(CopyForm form, std::span<const std::uint64_t> rows) const {
    return TraceCopies(m_rows, m_list->model(), m_list->header().shownColumns()).copy(form, rows);
}

void TraceView::copyRow(std::uint64_t row, CopyForm form) {
    if (row >= m_rows.count())
        return;
    QApplication::clipboard()->setText(copied(form, std::array{row}));
    tell(tr("copied"));
}

void TraceView::copyMarked(CopyForm form) {
    const std::vector<std::uint64_t> rows = m_list->marked(TraceCopies::rowsMax);
    if (rows.empty())
        return;
    const auto all = m_list->markedCount();
    QApplication::clipboard()->setText(copied(form, rows));
    const QString count = countText(static_cast<std::int64_t>(rows.size()));
    tell(rows.size() < all ? tr("copied the first %1 of %2 rows: export takes all")
                                 .arg(count, countText(static_cast<std::int64_t>(all)))
                           : tr("copied %1 rows").arg(count));
}

QString TraceView::filterTerm(std::uint64_t row, int column) const {
    return TraceCells(m_rows.reader(), m_rows.messages(), m_list->look()).filterTerm(m_list->model().made(row), column);
}

QString TraceView::eventJson(std::uint64_t index) const {
    const auto message = TraceCopies::messageOf(m_rows, index);
    return message ? QString::fromStdString(message->cloudEvent().pretty()) : QString();
}

QString TraceView::csv(std::uint64_t index) const {
    return m_rows.isRow(index) ? copied(CopyForm::csv, std::array{m_rows.rowsBefore(index)}) : QString();
}

// --- export ---

void TraceView::askForExport(TraceExport::Form form) {
    const bool csv = form == TraceExport::Form::csv;
    askWhereToSave(*this,
                   {.title = tr("Export the trace"),
                    .suggested = csv ? QStringLiteral("trace.csv") : QStringLiteral("trace.ndjson"),
                    .filters = csv ? tr("Comma-separated values (*.csv)") : tr("JSON lines (*.ndjson)")},
                   [this, form](const QString& path) { exportTo(path, form); });
}

void TraceView::exportTo(const QString& path, TraceExport::Form form) {
    if (m_export || m_rows.empty())
        return;
    const auto& stretch = m_rows.stretch();
    const RecordReader& reader = m_rows.reader();
    m_export = std::make_unique<TraceExport>(
        TraceExport::What{.store = m_session.store(),
                          .messages = m_session.messages(),
                          .first = stretch ? reader.indexAt(stretch->begin) : reader.first(),
                          .end = stretch ? std::min(reader.indexAt(stretch->end), m_session.playhead())
                                         : m_session.playhead(),
                          .filter = m_rows.filter(),
                          .look = m_list->look(),
                          .columns = m_list->header().shownColumns(),
                          .form = form},
        path);
    m_cancel->show();
    m_exporting.start();
}

void TraceView::goOnExporting() {
    if (m_export->goOn(exportBudget)) {
        tellProgress();
        return;
    }
    if (!m_export->failure().isEmpty()) {
        endExport(tr("not written: %1").arg(errorText(m_export->failure())));
        return;
    }
    const QString rows = countText(static_cast<std::int64_t>(m_export->written()));
    endExport(m_export->gone() > 0 ? tr("%1 rows written, %2 records were gone")
                                         .arg(rows, countText(static_cast<std::int64_t>(m_export->gone())))
                                   : tr("%1 rows written to %2").arg(rows, QFileInfo(m_export->path()).fileName()));
}

void TraceView::endExport(const QString& note) {
    m_exporting.stop();
    m_export.reset();
    m_cancel->hide();
    tell(note);
}

// --- looks ---

void TraceView::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    place();
}

void TraceView::place() {
    // All of it can be read, on as many lines as that takes.
    const int one = m_refusal->fontMetrics().horizontalAdvance(m_refusal->text()) + 2 * m_refusal->indent() + 4;
    const int refusalWidth = std::min(one, width() - 16);
    const int left = std::max(8, std::min(m_filter->x(), width() - refusalWidth - 8));
    m_refusal->setGeometry(left, m_list->y(), refusalWidth,
                           std::max(m_list->header().height(), m_refusal->heightForWidth(refusalWidth) + 6));
    const int top = m_list->y() + m_list->header().height();
    m_hint->setGeometry(16, top, std::max(0, width() - 32), std::max(0, height() - top));
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
    const auto name = [](QToolButton& button, const QString& words, const QString& keys) {
        button.setAccessibleName(words);
        button.setToolTip(keys.isEmpty() ? words : QStringLiteral("%1 (%2)").arg(words, keys));
    };
    name(*m_back, tr("The filter before"), QStringLiteral("Alt+Left"));
    name(*m_forward, tr("The filter after"), QStringLiteral("Alt+Right"));
    name(*m_cancel, tr("Cancel the export"), {});
    name(*m_colour, tr("Colour rows"), {});
    name(*m_more, tr("Columns, time, export"), {});
    name(*m_follow, tr("Follow the playhead"), QStringLiteral("End"));
    m_follow->setText(tr("Follow"));
    tellStretch();
    tellProgress();
}

void TraceView::dress() {
    const Theme& theme = m_themes.theme();
    m_progress->setFont(theme.font(TextRole::Label));
    m_stretch->setFont(theme.font(TextRole::Label));
    m_refusal->setFont(theme.font(TextRole::Label));
    m_hint->setFont(theme.font(TextRole::Body));
    m_back->setIcon(makeIcon(QStringLiteral("chevron_left"), theme));
    m_forward->setIcon(makeIcon(QStringLiteral("chevron_right"), theme));
    m_stretch->setIcon(makeIcon(QStringLiteral("close"), theme));
    m_cancel->setIcon(makeIcon(QStringLiteral("close"), theme));
    m_more->setIcon(makeIcon(QStringLiteral("more"), theme));
    m_follow->setIcon(makeIcon(QStringLiteral("follow"), theme));
    const bool coloured = std::any_of(m_list->look().rules.begin(), m_list->look().rules.end(),
                                      [](const ColourRule& rule) { return rule.on; });
    m_colour->setIcon(makeIcon(QStringLiteral("theme"),
                               coloured ? IconInk{theme.accent, theme.faint} : IconInk{theme.muted, theme.faint}));
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
