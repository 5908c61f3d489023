// DeadLettersView: the copies that lie in dead-letter channels at the playhead: where they died and why, attempt by
// attempt; one click leads to the first failure. They can be redriven, discarded, and sent on with other data. Also
// says how many copies were dropped for want of such a channel. Works only while it is in sight, a few milliseconds a
// tick.
#pragma once

#include "ui/dead_letters/attempt_model.h"
#include "ui/dead_letters/letter_commands.h"
#include "ui/dead_letters/letter_model.h"
#include "ui/session/selection.h"
#include "ui/session/session.h"
#include "ui/theme_source.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

class QLabel;
class QPushButton;
class QStackedWidget;

namespace weir {

class DataTable;
class LetterEditor;

class DeadLettersView final : public QWidget {
    Q_OBJECT
  public:
    static constexpr std::chrono::milliseconds budget{3}; // of folding, a tick

    DeadLettersView(Session& session, Selection& selection, const ThemeSource& themes, QWidget* parent = nullptr);

    DataTable& table() { return *m_table; }
    DataTable& attempts() { return *m_attempts; }
    const LetterModel& letters() const { return *m_model; }
    LetterEditor& editor() { return *m_editor; }
    QPushButton& lastButton() { return *m_last; }
    QPushButton& whyButton() { return *m_why; }
    QPushButton& editButton() { return *m_edit; }
    QPushButton& redriveButton() { return *m_redrive; }
    QPushButton& redriveAllButton() { return *m_redriveAll; }
    QPushButton& discardButton() { return *m_discard; }
    QString summary() const;

    // Selects the record of the first failure, so that every view tells the story.
    void tellWhy();
    void editLetter();

  protected:
    void showEvent(QShowEvent* event) override;
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

  private:
    void takeUpDocument();
    void tick();
    void showLetters();
    void inspect();
    void selectAttempt(const QModelIndex& index);
    void selectRecord(std::uint64_t index, const DeadLetter& letter);
    void tellSummary();
    void tell(const QString& note); // for a while
    void buildBar();
    void connectAll();
    std::vector<LetterCommands::Letter> chosen() const; // those that wait
    void showLast();
    void chooseAwaited();
    void redriveAll();
    void allow();
    const DeadLetter* current() const;
    void retranslate();
    void dress();

    Session& m_session;
    Selection& m_selection;
    const ThemeSource& m_themes;
    LetterFold m_fold;
    LetterModel* m_model;
    AttemptModel* m_attemptModel;
    LetterCommands m_commands;
    QLabel* m_summary;
    QPushButton* m_last; // while none is left to be listed
    QPushButton* m_why;
    QPushButton* m_edit;
    QPushButton* m_redrive;
    QPushButton* m_redriveAll;
    QPushButton* m_discard;
    DataTable* m_table;
    DataTable* m_attempts;
    LetterEditor* m_editor;
    QStackedWidget* m_side; // attempts or editor
    LetterCommands::Letter m_edited;
    QString m_note;
    QTimer m_noteOver;
    QTimer m_catchingUp;
    QElapsedTimer m_shownFor;
    std::optional<std::uint64_t> m_inspected; // the letter whose attempts are shown
    std::optional<std::uint64_t> m_awaited;   // the death of the letter that is to be chosen
    std::int64_t m_dropped = 0;
};

} // namespace weir
