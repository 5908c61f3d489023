// LetterCommands: what can be done about dead letters, as commands to the run at the playhead: redrive them to where
// they died, discard them, send one on with other data. Each ends at the first refusal, which it tells. None can be
// undone; who steps back has the run as it was.
#pragma once

#include "core/value.h"
#include "ui/dead_letters/letter_fold.h"
#include "ui/session/session.h"

#include <QCoreApplication>

#include <string>
#include <vector>

namespace weir {

class LetterCommands {
    Q_DECLARE_TR_FUNCTIONS(weir::LetterCommands)
  public:
    static constexpr std::size_t lettersMax = 50; // one by one; each is a command of its own

    // A letter by what commands know it by; handles change with the run.
    struct Letter {
        Ordinal ordinal = 0;
        std::string channel; // where it lies
        std::string from;    // where it died
    };
    static Letter letterOf(const DeadLetter& letter, const Catalogue& catalogue);

    explicit LetterCommands(Session& session) : m_session(session) {}

    // Each says what was done or refused, for people.
    QString redrive(const std::vector<Letter>& letters);
    QString redriveAll(const std::vector<std::string>& channels);
    QString discard(const std::vector<Letter>& letters);
    QString send(const Letter& letter, const Value& data);

  private:
    QString give(CommandKind kind, const std::vector<Letter>& letters, const QString& done);
    static QString refusal(const Errors& errors);

    Session& m_session;
};

} // namespace weir
