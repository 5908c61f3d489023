#include "ui/problems/problem_feed.h"

#include "core/record/record_subject.h"
#include "core/simulation/expectations.h"
#include "ui/errors/error_text.h"
#include "ui/format.h"
#include "ui/inspector/behaviour.h"
#include "ui/inspector/finding_advice.h"
#include "ui/inspector/finding_text.h"
#include "ui/trace/record_text.h"

#include <algorithm>

namespace weir {
namespace {

constexpr int lookMilliseconds = 250;

// Findings have keys from 0, expectations from here.
constexpr std::uint64_t expectationKeys = std::uint64_t{1} << 32;

int rank(const Problem& problem) {
    switch (problem.state) {
    case Problem::State::broken:
        return 0;
    case Problem::State::finding:
        return 1 + static_cast<int>(problem.severity);
    case Problem::State::waits:
        return 5;
    case Problem::State::holds:
        return 6;
    }
    Q_UNREACHABLE();
}

} // namespace

Tone toneOf(const Problem& problem) {
    switch (problem.state) {
    case Problem::State::broken:
        return Tone::Danger;
    case Problem::State::finding:
        return findingTone(problem.severity);
    case Problem::State::waits:
        return Tone::Neutral;
    case Problem::State::holds:
        return Tone::Ok;
    }
    Q_UNREACHABLE();
}

bool isProblem(const Problem& problem) {
    return problem.state == Problem::State::finding || problem.state == Problem::State::broken;
}

ProblemFeed::ProblemFeed(Session& session, QObject* parent) : QObject(parent), m_session(session) {
    connect(&m_session, &Session::documentChanged, this, &ProblemFeed::takeUpDocument);
    connect(&m_session, &Session::revised, this, &ProblemFeed::look);
    connect(&m_session, &Session::advanced, this, &ProblemFeed::tick);
    connect(&m_session, &Session::runningChanged, this, &ProblemFeed::look);
    takeUpDocument();
}

void ProblemFeed::setFindings(const std::vector<Finding>& findings) {
    m_findings = findings;
    look();
}

void ProblemFeed::takeUpDocument() {
    if (!m_session.scenario())
        m_findings.clear();
    m_conditions.clear();
    if (const auto outcomes = m_session.expectations())
        for (const ExpectationOutcome& outcome : *outcomes) {
            const auto parsed = outcome.expectation.kind == Expectation::Kind::atEnd
                                    ? Expression::parse(outcome.expectation.expression)
                                    : Result<Expression>(Error{});
            m_conditions.push_back(parsed ? std::optional(*parsed) : std::nullopt);
        }
    look();
}

void ProblemFeed::tick() {
    // A single step shows at once, a run four times a second.
    if (!m_session.running() || !m_lookedFor.isValid() || m_lookedFor.elapsed() >= lookMilliseconds)
        look();
}

void ProblemFeed::look() {
    m_lookedFor.start();
    std::vector<Problem> problems;
    addFindings(problems);
    addExpectations(problems);
    std::stable_sort(problems.begin(), problems.end(),
                     [](const Problem& a, const Problem& b) { return rank(a) < rank(b); });
    m_problems = std::move(problems);
    Q_EMIT changed();
}

void ProblemFeed::retranslate() {
    look();
}

void ProblemFeed::addFindings(std::vector<Problem>& problems) const {
    for (std::size_t i = 0; i < m_findings.size(); ++i) {
        const Finding& finding = m_findings[i];
        QStringList names;
        for (const std::string& name : finding.names)
            names << QString::fromStdString(name);
        problems.push_back({.state = Problem::State::finding,
                            .severity = finding.severity,
                            .text = findingText(finding),
                            .detail = findingDetail(finding),
                            .place = names.join(QStringLiteral(", ")),
                            .names = finding.names,
                            .where = QString::fromStdString(finding.where),
                            .record = std::nullopt,
                            .key = i});
    }
    const Errors& errors = m_session.expectationErrors();
    for (std::size_t i = 0; i < errors.size(); ++i)
        problems.push_back({.state = Problem::State::finding,
                            .severity = Severity::error,
                            .text = tr("An expectation cannot be looked at"),
                            .detail = errorText(errors[i]),
                            .place = QString::fromStdString(errors[i].where),
                            .names = {},
                            .where = QString::fromStdString(errors[i].where),
                            .record = std::nullopt,
                            .key = m_findings.size() + i});
}

// The run's expectations are those that it began with; what was edited since is looked at from the next start on.
bool ProblemFeed::expectationsEdited() const {
    const Scenario* const scenario = m_session.scenario();
    const auto outcomes = m_session.expectations();
    const std::size_t count = outcomes ? outcomes->size() : 0;
    if (!scenario || !m_session.expectationErrors().empty())
        return false;
    if (scenario->expect.size() != count)
        return true;
    for (std::size_t i = 0; i < count; ++i)
        if (scenario->expect[i].kind != (*outcomes)[i].expectation.kind ||
            scenario->expect[i].expression != (*outcomes)[i].expectation.expression)
            return true;
    return false;
}

QString ProblemFeed::ruleText(const Expectation& expectation) {
    const QString subject = QString::fromStdString(expectation.expression);
    switch (expectation.kind) {
    case Expectation::Kind::ledgerClosed:
        return tr("The ledger is closed");
    case Expectation::Kind::always:
        return tr("always %1").arg(subject);
    case Expectation::Kind::orderPerKey:
        return tr("%1 in order, key by key").arg(subject);
    case Expectation::Kind::atEnd:
        break;
    }
    return subject;
}

void ProblemFeed::addExpectations(std::vector<Problem>& problems) const {
    if (expectationsEdited())
        problems.push_back({.state = Problem::State::finding,
                            .severity = Severity::note,
                            .text = tr("The expectations were edited while this run was under way"),
                            .detail = tr("They are looked at from a run's start on: restart it (Ctrl+Shift+F5)."),
                            .place = {},
                            .names = {},
                            .where = QStringLiteral("/expect"),
                            .record = std::nullopt,
                            .key = expectationKeys - 1});
    const auto outcomes = m_session.expectations();
    if (!outcomes)
        return;
    for (std::size_t i = 0; i < outcomes->size(); ++i) {
        const ExpectationOutcome& outcome = (*outcomes)[i];
        const QString title = textOf(outcome.expectation.title);
        const QString rule = ruleText(outcome.expectation);
        Problem problem{.state = Problem::State::holds,
                        .severity = Severity::error,
                        .text = title.isEmpty() ? rule : title,
                        .detail = rule,
                        .place = {},
                        .names = {},
                        .where = QStringLiteral("/expect/%1").arg(i),
                        .record = std::nullopt,
                        .key = expectationKeys + i};
        const auto& violation = outcome.violation;
        // What is broken further on has not happened yet.
        const bool behind = violation && (violation->record ? violation->index < m_session.playhead() : true);
        if (behind) {
            problem.state = Problem::State::broken;
            problem.detail = rule + QLatin1Char('\n') + QString::fromStdString(violation->why);
            problem.place = tr("broken at %1").arg(RecordText::exactTime(violation->at));
            if (violation->record)
                problem.record = violation->index;
        } else if (outcome.expectation.kind == Expectation::Kind::atEnd) {
            const bool over = m_session.picture().stopped();
            problem.state = over ? Problem::State::holds : Problem::State::waits;
            if (over)
                problem.place = tr("holds at the end");
            else
                problem.place = present(i) == Problem::State::holds
                                    ? tr("holds now; looked at when the run ends")
                                    : tr("does not hold yet; looked at when the run ends");
        } else {
            problem.place = tr("holds so far");
        }
        problems.push_back(std::move(problem));
    }
}

// How an expectation for the end stands now.
Problem::State ProblemFeed::present(std::size_t expectation) const {
    if (expectation >= m_conditions.size() || !m_conditions[expectation] || !m_session.catalogue())
        return Problem::State::waits;
    Record now;
    now.at = m_session.now();
    now.kind = RecordKind::stopped;
    RecordSubject subject(*m_session.catalogue(), nullptr);
    subject.set(now, &m_session.picture());
    return m_conditions[expectation]->holds(subject) ? Problem::State::holds : Problem::State::waits;
}

int ProblemFeed::count(Severity severity) const {
    return static_cast<int>(std::count_if(m_problems.begin(), m_problems.end(), [severity](const Problem& problem) {
        return isProblem(problem) && problem.severity == severity;
    }));
}

} // namespace weir
