#include "ui/inspector/side_panel.h"

#include "ui/details/details_view.h"
#include "ui/inspector/inspector_view.h"

#include <QEvent>
#include <QPainter>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

namespace weir {

SidePanel::SidePanel(Session& session, Selection& selection, ParameterChanges& changes, FaultActions& faults,
                     const ThemeSource& themes, QWidget* parent)
    : QWidget(parent), m_selection(selection), m_themes(themes), m_tabs(new QTabBar(this)),
      m_pages(new QStackedWidget(this)), m_inspector(new InspectorView(session, selection, changes, faults, themes)),
      m_details(new DetailsView(session, selection, themes)) {
    m_tabs->addTab(QString());
    m_tabs->addTab(QString());
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_pages->addWidget(m_inspector);
    m_pages->addWidget(m_details);
    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* const row = new QHBoxLayout;
    row->setContentsMargins(10, 4, 10, 0);
    row->addWidget(m_tabs);
    row->addStretch(1);
    column->addLayout(row);
    column->addWidget(m_pages, 1);
    connect(m_tabs, &QTabBar::currentChanged, m_pages, &QStackedWidget::setCurrentIndex);
    connect(&m_selection, &Selection::changed, this, &SidePanel::followSelection);
    connect(&m_themes, &ThemeSource::changed, this, qOverload<>(&QWidget::update));
    retranslate();
}

SidePanel::Tab SidePanel::tab() const {
    return static_cast<Tab>(m_tabs->currentIndex());
}

void SidePanel::followSelection() {
    const bool message = m_selection.message() != 0 && (m_selection.message() != m_message ||
                                                        (m_selection.record() && m_selection.record() != m_record));
    const bool node = m_selection.node() != m_node && m_selection.node().kind != NodeRef::Kind::none;
    m_message = m_selection.message();
    m_node = m_selection.node();
    m_record = m_selection.record();
    if (message)
        m_tabs->setCurrentIndex(Message);
    else if (node || m_message == 0)
        m_tabs->setCurrentIndex(Node);
}

void SidePanel::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void SidePanel::paintEvent(QPaintEvent*) {
    QPainter(this).fillRect(rect(), m_themes.theme().surface);
}

void SidePanel::retranslate() {
    setWindowTitle(tr("Inspector"));
    m_tabs->setTabText(Node, tr("Node"));
    m_tabs->setTabText(Message, tr("Message"));
    m_pages->widget(Node)->setAccessibleName(m_tabs->tabText(Node));
    m_pages->widget(Message)->setAccessibleName(m_tabs->tabText(Message));
    m_tabs->setAccessibleName(tr("What is shown here"));
}

} // namespace weir
