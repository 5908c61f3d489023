// ProblemsView: findings and broken expectations as a list, the worst first; a click leads to the place, to the record
// that was the first to violate an expectation, or to the nodes of a finding. Below it says how to mend the one chosen.
#pragma once

#include "ui/problems/problem_model.h"
#include "ui/session/selection.h"
#include "ui/theme_source.h"

#include <QWidget>

class QLabel;

namespace weir {

class DataTable;

class ProblemsView final : public QWidget {
    Q_OBJECT
  public:
    ProblemsView(ProblemFeed& feed, Session& session, Selection& selection, const ThemeSource& themes,
                 QWidget* parent = nullptr);

    DataTable& table() { return *m_table; }
    const ProblemModel& model() const { return *m_model; }
    QString detail() const;
    // To the place of the problem in that row.
    void lead(const QModelIndex& index);

  protected:
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

  private:
    void showLists();
    void tellDetail();
    void retranslate();
    void dress();

    ProblemFeed& m_feed;
    Session& m_session;
    Selection& m_selection;
    const ThemeSource& m_themes;
    ProblemModel* m_model;
    DataTable* m_table;
    QLabel* m_detail;
};

} // namespace weir
