#include "ui/timeline/run_marks.h"

#include "core/scenario/link_reader.h"
#include "core/scenario/scenario.h"
#include "core/simulation/expectations.h"
#include "ui/format.h"

#include <algorithm>
#include <array>

namespace weir {

RunMarks::RunMarks(Session& session) : m_session(session) {
    connect(&m_session, &Session::documentChanged, this, &RunMarks::takeUpDocument);
    connect(&m_session, &Session::advanced, this, &RunMarks::tick);
    const auto retell = [this] {
        readSession();
        assemble();
    };
    connect(&m_session, &Session::breakpointsChanged, this, retell);
    connect(&m_session, &Session::runsChanged, this, retell);
    m_catchUp.setSingleShot(true);
    m_catchUp.setInterval(8);
    connect(&m_catchUp, &QTimer::timeout, this, &RunMarks::tick);
    takeUpDocument();
}

void RunMarks::takeUpDocument() {
    m_reader = m_session.store() ? std::make_unique<RecordReader>(m_session.store()) : nullptr;
    m_read = 0;
    m_recorded.clear();
    m_alerts.clear();
    m_expectations.reset();
    m_leftOut = 0;
    m_down.clear();
    m_on.clear();
    readSession();
    assemble();
}

void RunMarks::readSession() {
    m_others.clear();
    for (const BreakpointSpec& breakpoint : m_session.breakpoints())
        if (breakpoint.kind == BreakpointSpec::Kind::at && m_others.size() < marksMax)
            m_others.push_back({RunMark::Kind::Breakpoint,
                                SimTime{breakpoint.at},
                                breakpoint.enabled ? tr("stops here") : tr("stops here (off)"),
                                breakpoint.enabled ? Tone::Danger : Tone::Neutral,
                                false,
                                {}});
    for (const Session::Run& run : m_session.runs())
        if (run.forkedFrom && (run.id == m_session.currentRun() || *run.forkedFrom == m_session.currentRun()))
            m_others.push_back(
                {RunMark::Kind::Fork, run.forkedTime, tr("%1 forks").arg(run.label), Tone::Accent, false, {}});
}

void RunMarks::assemble() {
    m_all = m_recorded;
    m_all.insert(m_all.end(), m_alerts.begin(), m_alerts.end());
    m_all.insert(m_all.end(), m_others.begin(), m_others.end());
    std::stable_sort(m_all.begin(), m_all.end(), [](const RunMark& a, const RunMark& b) { return a.at < b.at; });
    Q_EMIT changed();
}

void RunMarks::tick() {
    if (!m_reader)
        return;
    const bool alerts = readAlerts();
    if (read() || alerts)
        assemble();
    if (m_read < m_reader->end())
        m_catchUp.start();
}

bool RunMarks::readAlerts() {
    const auto now = m_session.expectations();
    if (now == m_expectations)
        return false;
    m_expectations = now;
    std::vector<RunMark> broken;
    for (std::size_t i = 0; now && i < now->size() && broken.size() < marksMax; ++i)
        if (const ExpectationOutcome& outcome = (*now)[i]; outcome.violation)
            broken.push_back({RunMark::Kind::Alert,
                              outcome.violation->at,
                              tr("broken: %1").arg(QString::fromStdString(expectationText(outcome.expectation))),
                              Tone::Danger,
                              false,
                              {}});
    const bool differs = broken != m_alerts;
    m_alerts = std::move(broken);
    return differs;
}

bool RunMarks::read() {
    m_reader->refresh();
    m_read = std::max(m_read, m_reader->first());
    std::uint64_t left = recordsPerTick;
    bool found = false;
    while (left > 0 && m_read < m_reader->end()) {
        auto records = m_reader->from(m_read);
        records = records.first(std::min<std::size_t>(records.size(), left));
        for (const Record& record : records)
            if ((record.kind == RecordKind::crashed && record.attempt == 0) || record.kind == RecordKind::restarted ||
                record.kind == RecordKind::commanded) {
                take(record);
                found = true;
            }
        m_read += records.size();
        left -= records.size();
    }
    return found;
}

void RunMarks::take(const Record& record) {
    const Place place = record.place.valid() ? m_reader->catalogue().place(record.place) : Place{};
    if (record.kind == RecordKind::commanded)
        commanded(record, place);
    else if (!place.service.valid())
        return;
    else if (record.kind == RecordKind::crashed)
        crashed(record, place);
    else
        restarted(record, place);
}

void RunMarks::begin(const Record& record, QString text, bool lasts, RunMark::Kind kind, Tone tone) {
    if (m_recorded.size() == marksMax)
        ++m_leftOut;
    else
        m_recorded.push_back({kind, record.at, std::move(text), tone, lasts, {}});
}

// Instances that crash at one instant are one fault.
void RunMarks::crashed(const Record& record, const Place& place) {
    const ServiceRow& service = m_reader->catalogue().services()[place.service.index()];
    const QString name = QString::fromStdString(service.name);
    if (const auto down = m_down.find(place.service.value); down != m_down.end()) {
        ++down->second.instances;
        if (m_recorded[down->second.mark].at == record.at)
            m_recorded[down->second.mark].text = tr("crash %1").arg(name);
        return;
    }
    const bool one = service.instances > 1 && place.instance != Place::noIndex;
    const std::size_t mark = m_recorded.size();
    begin(record, tr("crash %1").arg(one ? QStringLiteral("%1 #%2").arg(name).arg(place.instance + 1) : name), true,
          RunMark::Kind::Fault, Tone::Danger);
    if (m_recorded.size() > mark)
        m_down.insert({place.service.value, {mark, 1}});
}

void RunMarks::restarted(const Record& record, const Place& place) {
    const auto down = m_down.find(place.service.value);
    if (down == m_down.end() || --down->second.instances > 0)
        return;
    m_recorded[down->second.mark].end = record.at;
    m_down.erase(down);
}

// A fault of the scenario begins and ends with a record of value 0; what somebody commanded has its number in the
// journal, and where it was given for a time, an end of value 0.
void RunMarks::commanded(const Record& record, const Place& place) {
    const Catalogue& catalogue = m_reader->catalogue();
    const std::string service =
        place.service.valid() ? catalogue.services()[place.service.index()].name : std::string();
    const std::string channel =
        place.channel.valid() ? catalogue.channels()[place.channel.index()].name : std::string();
    const std::string reason = record.reason.valid() ? catalogue.reasons()[record.reason.index()].name : std::string();
    const bool fault = record.value == 0;
    const char* const begun = reason == "resume" ? "pause" : reason == "heal"      ? "partition"
                              : reason == "disk_free" ? "disk_full"
                                                      : nullptr;
    std::pair key{record.place.value, begun ? catalogue.reason(begun).value : record.reason.value};
    if (reason == "node_up") // whatever took it down
        for (const char* const cause : {"node_down", "power_off"})
            if (const std::pair down{record.place.value, catalogue.reason(cause).value}; m_on.contains(down))
                key = down;
    if (const auto on = m_on.find(key); on != m_on.end()) {
        m_recorded[on->second].end = record.at;
        m_on.erase(on);
        if (fault)
            return;
    }
    const Command* command = journalled(record);
    QString where = QString::fromStdString(place.node.valid()  ? catalogue.nodes()[place.node.index()].name
                                           : service.empty() ? channel
                                                             : service);
    if (command && command->kind == CommandKind::set) // the service or channel, and which of its values
        where = QString::fromStdString(command->pointer).section(QLatin1Char('/'), 2);
    QString text = commandWord(reason);
    if (!where.isEmpty())
        text += QLatin1Char(' ') + where;
    text += amountText(record, service, reason);
    const std::size_t mark = m_recorded.size();
    const bool atOnce = reason == "seek" || reason == "redrive" || reason == "discard" || reason == "rolling_restart";
    const bool goesOn = reason == "pause" || reason == "partition" || reason == "disk_full";
    const bool lasts = (fault && !atOnce) || goesOn || (command && command->lasts && reason != "crash" && !atOnce);
    begin(record, text, lasts, fault ? RunMark::Kind::Fault : RunMark::Kind::Command,
          fault ? Tone::Warn : Tone::Accent);
    if (lasts && m_recorded.size() > mark)
        m_on[key] = mark;
}

QString RunMarks::commandWord(const std::string& reason) {
    struct Word {
        const char* reason;
        QString text;
    };
    const std::array words{
        Word{"pause", tr("pause")},       Word{"resume", tr("resume")},       Word{"slow", tr("slow down")},
        Word{"rate", tr("rate")},         Word{"crash", tr("crash")},         Word{"restart", tr("restart")},
        Word{"drop", tr("lose")},         Word{"duplicate", tr("duplicate")}, Word{"poison", tr("poison")},
        Word{"set", tr("set")},           Word{"redrive", tr("redrive")},     Word{"discard", tr("discard")},
        Word{"publish", tr("publish to")},  Word{"seek", tr("go to another place in")},
        Word{"partition", tr("cut off")},   Word{"heal", tr("connect")},      Word{"delay", tr("delay")},
        Word{"reorder", tr("hold back")},   Word{"lose", tr("lose on the link of")},
        Word{"clock_skew", tr("shift the clock of")},
        Word{"node_down", tr("node down")}, Word{"power_off", tr("power failure of")}, Word{"node_up", tr("node up")},
        Word{"disk_full", tr("disk full on")}, Word{"disk_free", tr("room again on")},
        Word{"slow_disk", tr("slow disk of")}, Word{"rolling_restart", tr("restart all, first")}};
    for (const Word& word : words)
        if (reason == word.reason)
            return word.text;
    return QString::fromStdString(reason);
}

const Command* RunMarks::journalled(const Record& record) const {
    const Journal& journal = m_session.journal();
    const auto number = static_cast<std::size_t>(record.value);
    if (record.value <= 0 || number > journal.size() || journal[number - 1].at != record.at)
        return nullptr;
    return &journal[number - 1].command;
}

QString RunMarks::amountText(const Record& record, const std::string& service, const std::string& reason) const {
    if (const Command* command = journalled(record)) {
        if (command->kind == CommandKind::set)
            return QStringLiteral(" = ") + QString::fromStdString(command->value.canonical());
        if (command->kind == CommandKind::slow || command->kind == CommandKind::rate)
            return QLatin1Char(' ') + factorText(command->factor);
        if (command->kind == CommandKind::delay || command->kind == CommandKind::clockSkew ||
            command->kind == CommandKind::slowDisk)
            return QLatin1Char(' ') + QString::fromStdString(signedText(command->by));
        if (command->kind == CommandKind::drop || command->kind == CommandKind::duplicate ||
            command->kind == CommandKind::reorder || command->kind == CommandKind::lose)
            return QLatin1Char(' ') + percentText(command->probability);
        return {};
    }
    const Scenario* scenario = m_session.scenario();
    if (!scenario || record.value != 0 || (reason != "slow" && reason != "rate"))
        return {};
    const FaultKind kind = reason == "slow" ? FaultKind::slow : FaultKind::rate;
    for (const FaultSpec& fault : scenario->faults)
        if (fault.kind == kind && fault.service == service && SimTime{fault.at} == record.at)
            return QLatin1Char(' ') + factorText(fault.factor);
    return {};
}

} // namespace weir
