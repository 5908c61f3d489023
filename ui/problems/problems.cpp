#include "ui/problems/problems.h"

#include "ui/document/document_editor.h"
#include "ui/problems/problem_light.h"
#include "ui/problems/problems_view.h"
#include "ui/widgets/data_table.h"

#include <QDockWidget>
#include <QHBoxLayout>

namespace weir {

Problems::Problems(Session& session, const DocumentEditor& editor, Selection& selection, const ThemeSource& themes,
                   QObject* parent)
    : QObject(parent), m_feed(new ProblemFeed(session, this)),
      m_view(new ProblemsView(*m_feed, session, selection, themes)), m_light(new ProblemLight(*m_feed, themes)) {
    connect(&editor, &DocumentEditor::findingsChanged, m_feed,
            [this, &editor] { m_feed->setFindings(editor.findings()); });
    connect(m_light, &QAbstractButton::clicked, this, &Problems::bringForward);
}

QWidget* Problems::withLight(QWidget* status) const {
    auto* const both = new QWidget;
    auto* const row = new QHBoxLayout(both);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(status, 1);
    row->addWidget(m_light);
    return both;
}

void Problems::bringForward() {
    for (QWidget* each = m_view; each; each = each->parentWidget())
        if (auto* const dock = qobject_cast<QDockWidget*>(each)) {
            dock->show();
            dock->raise();
        }
    m_view->table().setFocus();
}

} // namespace weir
