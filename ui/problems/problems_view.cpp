#include "ui/problems/problems_view.h"

#include "ui/widgets/data_table.h"

#include <QEvent>
#include <QHeaderView>
#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

namespace weir {

ProblemsView::ProblemsView(ProblemFeed& feed, Session& session, Selection& selection, const ThemeSource& themes,
                           QWidget* parent)
    : QWidget(parent), m_feed(feed), m_session(session), m_selection(selection), m_themes(themes),
      m_model(new ProblemModel(feed, this)), m_table(new DataTable(themes, this)), m_detail(new QLabel(this)) {
    m_table->setModel(m_model);
    m_table->setSortingEnabled(false); // the worst first, always
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setWidths({84, 400, 200});
    m_detail->setWordWrap(true);
    m_detail->setTextFormat(Qt::PlainText);
    m_detail->setContentsMargins(14, 6, 14, 8);
    m_detail->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_detail->setAutoFillBackground(true);
    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 4, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_table, 1);
    column->addWidget(m_detail);
    connect(&m_feed, &ProblemFeed::changed, this, &ProblemsView::showLists);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &ProblemsView::tellDetail);
    connect(m_table, &QAbstractItemView::clicked, this, &ProblemsView::lead);
    connect(m_table, &DataTable::rowActivated, this, &ProblemsView::lead);
    connect(&m_themes, &ThemeSource::changed, this, &ProblemsView::dress);
    retranslate();
    dress();
    showLists();
}

void ProblemsView::showLists() {
    m_model->show();
    tellDetail();
    m_table->setHint(m_session.mode() == Session::Mode::empty
                         ? tr("What is wrong with a scenario or a run is listed here: open a scenario first (Ctrl+O)")
                         : tr("No problem: the check has nothing to say, and nothing expected was broken"));
}

QString ProblemsView::detail() const {
    const QModelIndex current = m_table->currentIndex();
    return current.isValid() ? m_model->problem(current.row()).detail : QString();
}

void ProblemsView::tellDetail() {
    const QString text = detail();
    if (text == m_detail->text() && m_detail->isVisibleTo(this) != text.isEmpty())
        return;
    m_detail->setText(text);
    m_detail->setVisible(!text.isEmpty());
}

void ProblemsView::lead(const QModelIndex& index) {
    if (!index.isValid() || !m_session.catalogue())
        return;
    const Problem problem = m_model->problem(index.row()); // a copy: what follows may look anew
    const Catalogue& catalogue = *m_session.catalogue();
    if (problem.record) {
        RecordReader reader(m_session.store());
        if (*problem.record < reader.first()) { // evicted: just after it, where it is made again
            m_session.seekRecord(*problem.record + 1);
            reader.refresh();
        }
        if (*problem.record >= reader.first() && *problem.record < reader.end()) {
            const Record& record = reader.at(*problem.record);
            m_selection.selectRecord(*problem.record, record.ordinal, NodeRef::of(catalogue, record.place),
                                     record.type);
        }
        return;
    }
    for (const std::string& name : problem.names) {
        const ServiceId service = catalogue.service(name);
        const ChannelId channel = catalogue.channel(name);
        if (!service.valid() && !channel.valid())
            continue;
        m_selection.selectNode(service.valid() ? NodeRef::of(service) : NodeRef::of(channel));
        return;
    }
}

void ProblemsView::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void ProblemsView::paintEvent(QPaintEvent*) {
    QPainter(this).fillRect(rect(), m_themes.theme().surface);
}

void ProblemsView::retranslate() {
    setWindowTitle(tr("Problems"));
    setAccessibleName(windowTitle());
    m_table->setAccessibleName(windowTitle());
    m_detail->setAccessibleName(tr("How to mend it"));
    Q_EMIT m_model->headerDataChanged(Qt::Horizontal, 0, ProblemModel::columns - 1);
    m_feed.retranslate();
}

void ProblemsView::dress() {
    m_detail->setFont(m_themes.theme().font(TextRole::Label));
    QPalette palette = m_detail->palette();
    palette.setColor(QPalette::Window, m_themes.theme().raised);
    palette.setColor(QPalette::WindowText, m_themes.theme().text);
    m_detail->setPalette(palette);
    update();
}

} // namespace weir
