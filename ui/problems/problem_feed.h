// ProblemFeed: what is wrong, or may be, at the playhead: the check's findings about the scenario and the run's broken
// expectations, the worst first. Also tells of the expectations that hold or wait for the end. It decides nothing about
// how that is shown.
#pragma once

#include "core/expression/expression.h"
#include "core/scenario/finding.h"
#include "ui/session/session.h"
#include "ui/theme.h"

#include <QElapsedTimer>
#include <QObject>

#include <optional>
#include <vector>

namespace weir {

struct Problem {
    enum class State : std::uint8_t { finding, broken, waits, holds };
    State state = State::finding;
    Severity severity = Severity::note; // of a finding; a broken expectation is an error
    QString text;
    QString detail;                      // how to mend it, or why it is broken
    QString place;                       // names of nodes, or when it was broken
    std::vector<std::string> names;      // the nodes concerned
    QString where;                       // JSON pointer into the scenario
    std::optional<std::uint64_t> record; // the first that violated it
    std::uint64_t key = 0;               // stays from look to look
};
Tone toneOf(const Problem& problem);
bool isProblem(const Problem& problem); // not one of the expectations that are fine

class ProblemFeed final : public QObject {
    Q_OBJECT
  public:
    explicit ProblemFeed(Session& session, QObject* parent = nullptr);

    // What the check has to say about the document as it stands.
    void setFindings(const std::vector<Finding>& findings);

    // Problems first, the worst first; then expectations that wait or hold.
    const std::vector<Problem>& problems() const { return m_problems; }
    int count(Severity severity) const;
    void retranslate();

  Q_SIGNALS:
    void changed();

  private:
    void takeUpDocument();
    void tick();
    void look();
    void addFindings(std::vector<Problem>& problems) const;
    void addExpectations(std::vector<Problem>& problems) const;
    static QString ruleText(const Expectation& expectation);
    bool expectationsEdited() const;
    Problem::State present(std::size_t expectation) const;

    Session& m_session;
    std::vector<Finding> m_findings;
    std::vector<std::optional<Expression>> m_conditions; // of expectations for the end
    std::vector<Problem> m_problems;
    QElapsedTimer m_lookedFor;
};

} // namespace weir
