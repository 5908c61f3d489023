#include "ui/groups/groups_view.h"

#include "ui/widgets/data_table.h"
#include "ui/widgets/in_sight.h"

#include <QHeaderView>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace weir {
namespace {

constexpr int refreshMilliseconds = 100;

} // namespace

GroupsView::GroupsView(Session& session, Selection& selection, const ThemeSource& themes, QWidget* parent)
    : QWidget(parent), m_session(session), m_selection(selection), m_themes(themes),
      m_model(new GroupModel(m_fold, this)), m_table(new DataTable(themes, this)), m_seek(new QPushButton(this)) {
    m_table->setModel(m_model);
    m_table->setRootIsDecorated(true);
    m_table->setIndentation(18);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->sortByColumn(GroupModel::Lag, Qt::DescendingOrder);
    m_table->setWidths({196, 116, 64, 78, 70, 104, 66, 62, 76});
    m_table->header()->setStretchLastSection(false); // figures stand together, however wide the panel is
    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 4, 0, 0);
    auto* const bar = new QHBoxLayout;
    bar->setContentsMargins(14, 0, 12, 4);
    bar->addStretch(1);
    bar->addWidget(m_seek);
    m_seek->setFixedHeight(24);
    column->setSpacing(0);
    column->addLayout(bar);
    column->addWidget(m_table);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    m_catchingUp.setInterval(16);

    connect(&m_session, &Session::documentChanged, this, &GroupsView::takeUpDocument);
    connect(&m_session, &Session::advanced, this, &GroupsView::tick);
    connect(&m_session, &Session::runningChanged, this, [this] {
        m_shownFor.invalidate();
        tick();
    });
    connect(&m_catchingUp, &QTimer::timeout, this, &GroupsView::tick);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this, &GroupsView::choose);
    connect(m_table, &QAbstractItemView::clicked, this, &GroupsView::choose);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this, &GroupsView::allow);
    connect(m_table, &QWidget::customContextMenuRequested, this, &GroupsView::openMenu);
    connect(m_seek, &QPushButton::clicked, this, &GroupsView::requestSeek);
    connect(&m_themes, &ThemeSource::changed, this, qOverload<>(&QWidget::update));
    retranslate();
    takeUpDocument();
}

void GroupsView::takeUpDocument() {
    m_fold.setStore(m_session.store());
    m_model->setRun(m_session.catalogue(), m_session.scenario());
    m_shownFor.invalidate();
    allow();
    tick();
}

void GroupsView::tick() {
    if (!inSight(*this))
        return;
    if (m_fold.moveTo(m_session.playhead(), budget))
        m_catchingUp.stop();
    else
        m_catchingUp.start();
    // A single step shows at once, a run ten times a second.
    if (m_session.running() && m_shownFor.isValid() && m_shownFor.elapsed() < refreshMilliseconds)
        return;
    m_shownFor.start();
    m_model->show(m_session.picture());
}

void GroupsView::choose(const QModelIndex& index) {
    if (const NodeRef node = m_model->nodeAt(index); node.kind != NodeRef::Kind::none)
        m_selection.selectNode(node);
}

void GroupsView::allow() {
    const auto catalogue = m_session.catalogue();
    bool streams = false;
    if (catalogue && m_session.mode() == Session::Mode::simulation)
        for (std::size_t i = 0; i < catalogue->channels().size(); ++i)
            streams = streams || catalogue->channels()[i].kind == ChannelKind::stream;
    m_seek->setVisible(streams);
    m_seek->setEnabled(streams && m_model->streamGroupAt(m_table->currentIndex()).valid());
}

void GroupsView::openMenu(QPoint at) {
    if (const QModelIndex index = m_table->indexAt(at); index.isValid())
        m_table->setCurrentIndex(index);
    if (!m_seek->isVisible())
        return;
    auto* const menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QAction* const seek = menu->addAction(m_seek->text(), this, &GroupsView::requestSeek);
    seek->setEnabled(m_seek->isEnabled());
    menu->popup(m_table->viewport()->mapToGlobal(at));
}

void GroupsView::requestSeek() {
    const QModelIndex index = m_table->currentIndex();
    const SubscriptionId group = m_model->streamGroupAt(index);
    if (!group.valid())
        return;
    const QRect row = m_table->visualRect(index.siblingAtColumn(0));
    Q_EMIT seekRequested(m_session.catalogue()->subscriptions()[group.index()].channel, group,
                         m_table->viewport()->mapToGlobal(row.bottomLeft() + QPoint(24, 2)));
}

void GroupsView::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    m_shownFor.invalidate();
    tick();
}

void GroupsView::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void GroupsView::paintEvent(QPaintEvent*) {
    QPainter(this).fillRect(rect(), m_themes.theme().surface);
}

void GroupsView::retranslate() {
    setWindowTitle(tr("Groups"));
    setAccessibleName(tr("Consumer groups"));
    m_table->setAccessibleName(accessibleName());
    m_seek->setText(tr("Read from…"));
    m_seek->setToolTip(tr("The chosen group goes on reading its stream from another place"));
    m_table->setHint(tr("Who consumes what, and how far behind, is listed here: open a scenario first (Ctrl+O)"));
    Q_EMIT m_model->headerDataChanged(Qt::Horizontal, 0, GroupModel::columns - 1);
    m_shownFor.invalidate();
    tick();
}

} // namespace weir
