// DeadLettersView: the copies that lie in dead-letter channels at the playhead: where they died and why, attempt by attempt;
// one click leads to the first failure. Also says how many copies were dropped for want of such a channel. Works only
// while it is in sight, a few milliseconds a tick.
#pragma once

#include "ui/dead_letters/attempt_model.h"
#include "ui/dead_letters/letter_model.h"
#include "ui/session/selection.h"
#include "ui/session/session.h"
#include "ui/theme_source.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

class QLabel;
class QPushButton;

namespace weir {

class DataTable;

class DeadLettersView final : public QWidget {
    Q_OBJECT
  public:
    static constexpr std::chrono::milliseconds budget{3}; // of folding, a tick

    DeadLettersView(Session& session, Selection& selection, const ThemeSource& themes, QWidget* parent = nullptr);

    DataTable& table() { return *m_table; }
    DataTable& attempts() { return *m_attempts; }
    const LetterModel& letters() const { return *m_model; }
    QPushButton& whyButton() { return *m_why; }
    QString summary() const;

    // Selects the record of the first failure, so that every view tells the story.
    void tellWhy();

  protected:
    void showEvent(QShowEvent* event) override;
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

  private:
    void takeUpDocument();
    void tick();
    void showLetters();
    void inspect();
    void tellSummary();
    const DeadLetter* current() const;
    void retranslate();
    void dress();

    Session& m_session;
    Selection& m_selection;
    const ThemeSource& m_themes;
    LetterFold m_fold;
    LetterModel* m_model;
    AttemptModel* m_attemptModel;
    QLabel* m_summary;
    QPushButton* m_why;
    DataTable* m_table;
    DataTable* m_attempts;
    QTimer m_catchingUp;
    QElapsedTimer m_shownFor;
    std::optional<std::uint64_t> m_inspected; // the letter whose attempts are shown
    std::int64_t m_dropped = 0;
};

} // namespace weir
