// RunsView: the runs of this document side by side: which was forked from which and when, and what came out differently,
// at the playhead's time in both; run again with other seeds, also how certain that is. Forks, switches, and leads to the
// first record that differs. Works only while it is in sight; what it shows is read from records, it holds no run.
#pragma once

#include "core/record/record_reader.h"
#include "ui/runs/replicated_runs.h"
#include "ui/runs/run_comparison.h"
#include "ui/session/selection.h"
#include "ui/session/session.h"
#include "ui/theme_source.h"

#include <QElapsedTimer>
#include <QIcon>
#include <QWidget>

#include <memory>
#include <optional>

class QAction;
class QBoxLayout;
class QLabel;
class QLayout;
class QListWidget;
class QMenu;
class QPushButton;
class QSpinBox;
class QStandardItemModel;

namespace weir {

class DataTable;

class RunsView final : public QWidget {
    Q_OBJECT
  public:
    RunsView(Session& session, Selection& selection, const ThemeSource& themes, QWidget* parent = nullptr);

    QAction* forkAction() const { return m_fork; } // for the Run menu
    QListWidget& list() { return *m_list; }
    QPushButton& switchButton() { return *m_switch; }
    QPushButton& differenceButton() { return *m_difference; }
    QMenu* brokerMenu() const { return m_brokers; } // for the Run menu
    QPushButton& replicateButton() { return *m_replicate; }
    QSpinBox& pairs() { return *m_pairs; }
    const ReplicatedRuns& replicated() const { return *m_replicated; }
    DataTable& table() { return *m_table; }
    QString summary() const;
    const std::vector<RunFigure>& figures() const { return m_figures; }

  protected:
    void showEvent(QShowEvent* event) override;
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    void listRuns();
    void tick();
    void compare();
    void nameReplicate(); // it is also how a replication is given up
    void switchTo();
    void goToDifference();
    void runOn(const std::string& profile);
    void replicate();
    void fillRow(int row, const RunFigure& figure);
    bool isCertain(const RunFigure& figure) const; // by the replications, and large enough to be shown
    QString replicatedText() const;
    std::optional<Session::Run> chosen() const; // nothing where the current one is
    void dress();
    void retranslate();

    Session& m_session;
    Selection& m_selection;
    const ThemeSource& m_themes;
    QAction* m_fork;
    QIcon m_noIcon;
    QListWidget* m_list;
    QPushButton* m_forkButton;
    QMenu* m_brokers;
    QPushButton* m_brokerButton;
    QPushButton* m_switch;
    QPushButton* m_difference;
    QSpinBox* m_pairs;
    QPushButton* m_replicate;
    ReplicatedRuns* m_replicated;
    QBoxLayout* m_head;
    QLayout* m_buttons;
    QLabel* m_summary;
    DataTable* m_table;
    QStandardItemModel* m_model;
    std::vector<RunFigure> m_figures;
    std::unique_ptr<RecordReader> m_mine, m_other;
    std::uint64_t m_otherRun = 0;
    bool m_evicted = false; // the other one no longer keeps this moment
    QElapsedTimer m_shownFor;
};

} // namespace weir
