// LedgerBar: the status bar's line: whether the ledger is closed, and what became of every copy, in whole numbers; at
// the right how many records there are, how many were left out, and how fast the window and the run go. It counts
// nothing of the run: the Picture does.
#pragma once

#include "core/record/ledger.h"
#include "ui/session/session.h"
#include "ui/theme_source.h"

#include <QElapsedTimer>
#include <QWidget>

namespace weir {

// The ledger in words; a pure function of it and the language.
struct LedgerWords {
    bool closed = true;
    QString verdict;      // "Ledger closed", or by how much it is not
    QString born;         // "37 112 copies"
    QStringList outcomes; // "36 870 acked"; those that are not zero
    QString messages;     // the other equation, for the tooltip
};
LedgerWords ledgerWords(const Ledger& ledger);

class LedgerBar final : public QWidget {
    Q_OBJECT
  public:
    LedgerBar(Session& session, const ThemeSource& themes, QWidget* parent = nullptr);

    struct Facts {
        std::uint64_t records = 0;
        std::uint64_t leftOut = 0;
        int framesPerSecond = 0; // 0: not running
        double factor = 0;       // simulated by real time; 0: not running
        bool operator==(const Facts&) const = default;
    };
    // What the session does as it goes on; tests may do it too.
    void show(const Ledger& ledger, const Facts& facts);
    QString text() const; // all of it

    QSize sizeHint() const override { return {400, 26}; }
    QSize minimumSizeHint() const override { return {120, 26}; }

  protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

  private:
    void tick();
    void refresh();

    Session& m_session;
    const ThemeSource& m_themes;
    QElapsedTimer m_second; // since the frames were counted from
    int m_frames = 0;
    int m_framesPerSecond = 0;
    QElapsedTimer m_shownFor;
    bool m_empty = true;
    Ledger m_ledger;
    Facts m_facts;
    LedgerWords m_words;
    QString m_right;
};

} // namespace weir
