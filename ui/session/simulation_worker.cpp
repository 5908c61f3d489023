#include "ui/session/simulation_worker.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace weir {

class SimulationWorker::Parking {
  public:
    explicit Parking(SimulationWorker& worker) : m_worker(worker) {
        std::unique_lock lock(m_worker.m_mutex);
        m_worker.m_parked = true;
        m_worker.m_moved.wait(lock, [this] { return !m_worker.m_atWork; });
    }
    ~Parking() {
        {
            const std::lock_guard lock(m_worker.m_mutex);
            m_worker.m_parked = false;
        }
        m_worker.m_wake.notify_all();
    }
    Parking(const Parking&) = delete;
    Parking& operator=(const Parking&) = delete;

  private:
    SimulationWorker& m_worker;
};

SimulationWorker::SimulationWorker(std::shared_ptr<const Model> model, std::optional<Expectations> expectations,
                                   Recorder::Options options)
    : m_simulation(model), m_recorder(model->catalogue, options), m_scanReader(m_recorder.store(), RecordReader::Extent::made),
      m_scanMessages(model->generator, model->catalogue,
                     [this](Ordinal ordinal) { return m_scanReader.published(ordinal); }),
      m_model(std::move(model)), m_scenario(m_model->scenario) {
    m_recorder.store()->showAsAsked();
    watch(std::move(expectations));
    if (m_watch)
        m_watch->begin(m_simulation, m_recorder);
    keepSnapshot();
    publish({});
    m_thread = std::thread([this] { loop(); });
}

SimulationWorker::SimulationWorker(Moment moment, const SimulationWorker& from, const RecordStore* excerpt)
    : m_simulation(moment.simulation.forked()),
      m_recorder(from.m_recorder.forked(moment.mark, m_simulation.model().catalogue, excerpt)),
      m_snapshots(from.m_snapshots), // they share what lies before the fork
      m_scanReader(m_recorder.store(), RecordReader::Extent::made),
      m_scanMessages(m_simulation.model().generator, m_simulation.model().catalogue,
                     [this](Ordinal ordinal) { return m_scanReader.published(ordinal); }),
      m_model(m_simulation.sharedModel()), m_forkedAt(moment.mark.head.index()),
      m_journal(from.m_journal.begin(), from.m_journal.begin() + static_cast<std::ptrdiff_t>(moment.commands)),
      m_scenario(m_simulation.model().scenario) {
    watch(std::move(moment.expectations));
    m_snapshots.cut({m_forkedAt, m_simulation.now()});
    keepSnapshot();
    beginScan();
    publish({});
    m_thread = std::thread([this] { loop(); });
}

SimulationWorker::~SimulationWorker() {
    {
        const std::lock_guard lock(m_mutex);
        m_ending = true;
    }
    m_wake.notify_all();
    m_thread.join();
}

void SimulationWorker::setGoal(const Goal& goal) {
    {
        const std::lock_guard lock(m_mutex);
        if (m_goal == goal)
            return;
        m_goal = goal;
    }
    m_wake.notify_all();
}

bool SimulationWorker::reach(const Goal& goal, std::chrono::milliseconds patience) {
    setGoal(goal);
    std::unique_lock lock(m_mutex);
    return m_moved.wait_for(lock, patience, [&] { return reached(goal); });
}

SimulationWorker::Head SimulationWorker::head() const {
    const std::lock_guard lock(m_mutex);
    return m_head;
}

bool SimulationWorker::reached(const Goal& goal) const {
    return m_head.stopped || (m_head.time >= goal.until && m_head.records >= goal.records);
}

void SimulationWorker::loop() {
    while (true) {
        Goal goal;
        SimTime time;
        {
            std::unique_lock lock(m_mutex);
            m_atWork = false;
            m_moved.notify_all();
            m_wake.wait(lock, [this] {
                const bool toDo = !reached(m_goal) || m_head.scanned < m_head.records;
                return m_ending || (!m_parked && !m_head.hit && toDo);
            });
            if (m_ending)
                return;
            m_atWork = true;
            goal = m_goal;
            time = m_head.time;
        }
        // Where only records are missing: one due more.
        const bool toTime = time < goal.until;
        if (m_scanned == m_recorder.head().index())
            go(toTime ? goal.until : SimTime::max(), toTime ? sliceDues : 1);
        look();
        if (m_snapshots.isDue(m_simulation))
            keepSnapshot();
        publish(goal);
    }
}

void SimulationWorker::go(SimTime until, std::uint64_t dues) {
    if (m_watch)
        m_watch->run(m_simulation, until, dues, m_recorder);
    else
        m_simulation.run(until, dues, m_recorder);
}

// For breakpoints, in what was made since the last time.
void SimulationWorker::look() {
    const std::uint64_t end = m_recorder.head().index();
    if (m_breakpoints.empty() && !m_breakpoints.watchesExpectations()) {
        m_scanned = end;
        return;
    }
    if (m_found || m_scanned == end)
        return;
    m_scanReader.refresh();
    m_found = m_breakpoints.scan(m_scanReader, std::max(m_scanned, m_scanReader.first()), end, &m_scanMessages);
    if (m_watch && m_breakpoints.watchesExpectations())
        lookAtExpectations();
    m_scanned = m_found ? m_found->record + 1 : end;
}

// What was broken before any other breakpoint; each expectation stops the run once.
void SimulationWorker::lookAtExpectations() {
    const std::vector<ExpectationOutcome>& outcomes = m_watch->outcomes();
    const auto stops = [&](std::size_t i) {
        return outcomes[i].violation && outcomes[i].violation->record && !m_brokenToldOf[i] &&
               outcomes[i].expectation.kind == Expectation::Kind::always;
    };
    for (std::size_t i = 0; i < outcomes.size(); ++i)
        if (stops(i) && (!m_found || outcomes[i].violation->index < m_found->record)) {
            m_found = BreakpointHit{m_breakpoints.expectationsPlace(), outcomes[i].violation->index};
            m_foundText = expectationText(outcomes[i].expectation) + ": " + outcomes[i].violation->why;
        }
    for (std::size_t i = 0; i < outcomes.size(); ++i)
        if (stops(i) && m_found && outcomes[i].violation->index <= m_found->record)
            m_brokenToldOf[i] = true;
}

// Anew from the head on.
void SimulationWorker::beginScan() {
    m_scanned = m_recorder.head().index();
    m_scanReader.refresh();
    m_breakpoints.forget();
    m_found.reset();
    m_foundText.clear();
    m_brokenToldOf.clear();
    if (m_watch)
        for (const ExpectationOutcome& outcome : m_watch->outcomes())
            m_brokenToldOf.push_back(!outcome.ok());
}

// With expectations that have seen everything up to the head.
void SimulationWorker::watch(std::optional<Expectations> expectations) {
    m_watch.reset();
    m_broken = 0;
    if (!expectations)
        return;
    expectations->adopt(m_simulation.sharedModel());
    m_watch.emplace(m_simulation.sharedModel(), std::move(*expectations), m_recorder.store(), m_recorder.head().index());
    m_broken = m_watch->broken();
    const std::lock_guard lock(m_mutex);
    m_head.expectations = std::make_shared<const std::vector<ExpectationOutcome>>(m_watch->outcomes());
}

void SimulationWorker::setBreakpoints(Breakpoints breakpoints, const Boundary& boundary) {
    const Parking parking(*this);
    if (m_recorder.store()->shown() <= boundary.records && m_recorder.evicted() <= boundary.records)
        goBackTo(boundary); // what was made ahead is made again, and looked at
    m_breakpoints = std::move(breakpoints);
    beginScan();
    publish({});
}

void SimulationWorker::passHit() {
    const Parking parking(*this);
    m_found.reset();
    m_foundText.clear();
    publish({});
}

PendingDues SimulationWorker::pendingAtHead(std::size_t most) {
    const Parking parking(*this);
    return m_simulation.pending(most);
}

PendingDues SimulationWorker::pending(const Boundary& boundary, std::size_t most) {
    const Parking parking(*this);
    return momentAt(boundary).simulation.pending(most);
}

void SimulationWorker::publish(const Goal& goal) {
    const auto now = std::chrono::steady_clock::now();
    std::shared_ptr<const Picture> picture;
    const bool stopped = m_simulation.stopped();
    if (goal.pictures && (stopped || now - m_lastPicture >= picturesEvery)) {
        picture = std::make_shared<const Picture>(m_recorder.head());
        m_lastPicture = now;
    }
    std::shared_ptr<const std::vector<ExpectationOutcome>> outcomes;
    if (m_watch && (stopped || m_watch->broken() > m_broken)) {
        m_broken = m_watch->broken();
        outcomes = std::make_shared<const std::vector<ExpectationOutcome>>(m_watch->outcomes());
    }
    {
        const std::lock_guard lock(m_mutex);
        m_head.records = m_recorder.head().index();
        const std::optional<SimTime> next = m_simulation.nextAt();
        // Nothing more happens before the next due, so the time up to the goal has been lived through.
        m_head.time = !next ? m_simulation.now() : *next > goal.until ? std::max(goal.until, m_simulation.now())
                                                                       : m_simulation.now();
        m_head.stopped = stopped;
        m_head.reason = m_recorder.head().stopReason();
        m_head.fingerprint = m_recorder.fingerprint();
        m_head.scanned = m_scanned;
        m_head.hit = m_found;
        m_head.hitText = m_foundText;
        if (picture)
            m_head.picture = std::move(picture);
        else if (m_head.picture && m_head.picture->index() > m_head.records)
            m_head.picture.reset(); // of what has been cut away
        if (outcomes)
            m_head.expectations = std::move(outcomes);
    }
    m_moved.notify_all();
}

void SimulationWorker::keepSnapshot() {
    m_snapshots.take({m_simulation, m_recorder.mark(), m_journal.size(),
                      m_watch ? std::make_shared<const Expectations>(m_watch->expectations()) : nullptr});
}

bool SimulationWorker::standsAt(const Boundary& boundary) const {
    const std::optional<SimTime> next = m_simulation.nextAt();
    return m_recorder.head().index() == boundary.records && m_simulation.now() <= boundary.at &&
           (!next || *next >= boundary.at);
}

SimulationWorker::Moment SimulationWorker::momentAt(const Boundary& boundary,
                                                    const std::shared_ptr<const RecordStore>& excerpt) const {
    if (standsAt(boundary))
        return {m_simulation, m_recorder.mark(), m_journal.size(),
                m_watch ? std::optional(m_watch->expectations()) : std::nullopt};
    return momentFrom(*snapshotBefore(boundary, Sight::all), boundary, excerpt);
}

SimulationWorker::Moment SimulationWorker::momentFrom(const Snapshot& from, const Boundary& boundary,
                                                      const std::shared_ptr<const RecordStore>& excerpt) const {
    Moment moment{from.simulation, {}, 0, std::nullopt};
    Recorder recorder = m_recorder.scratch(from.mark);
    std::function<void()> look; // at expectations: the records are there already
    const RecordReader reader(excerpt ? excerpt : m_recorder.store(), RecordReader::Extent::made);
    const GeneratedMessages messages(m_model->generator, m_recorder.catalogue(),
                                     [&reader](Ordinal ordinal) { return reader.published(ordinal); });
    std::uint64_t seen = std::max(from.mark.head.index(), reader.first());
    if (from.expectations) {
        moment.expectations = *from.expectations;
        if (moment.expectations->pace() != Expectations::Pace::atTheEnd)
            look = [&] {
                for (const std::uint64_t end = recorder.head().index(); seen < end;) {
                    const std::span<const Record> records = reader.from(seen);
                    const std::size_t count = std::min<std::uint64_t>(records.size(), end - seen);
                    moment.expectations->see(seen, records.first(count), messages);
                    seen += count;
                }
                moment.expectations->look(moment.simulation, recorder.head(), messages);
            };
    }
    moment.commands = runTo(boundary, moment.simulation, recorder, m_journal, from.commands, look);
    moment.mark = recorder.mark();
    return moment;
}

std::shared_ptr<const Snapshot> SimulationWorker::snapshotBefore(const Boundary& boundary, Sight sight) const {
    const std::shared_ptr<const Snapshot> kept = m_snapshots.before(boundary);
    const bool nearer = m_near && (m_nearSight == Sight::all || sight == Sight::some) &&
                        m_near->mark.head.index() <= boundary.records && m_near->simulation.now() <= boundary.at &&
                        m_near->mark.head.index() > kept->mark.head.index();
    return nearer ? m_near : kept;
}

// What expectations look at may be evicted there.
bool SimulationWorker::seesAll(const std::shared_ptr<const Snapshot>& from) const {
    return (!from->expectations || from->mark.head.index() >= m_recorder.evicted()) &&
           (from != m_near || m_nearSight == Sight::all);
}

// Who asks expectations that would miss something has to go all the way at once, with an excerpt.
bool SimulationWorker::isNear(const Boundary& boundary, Sight sight) const {
    const std::shared_ptr<const Snapshot> from = snapshotBefore(boundary, sight);
    const bool passed = m_near && m_near->mark.head.index() > boundary.records &&
                        m_near->mark.head.index() - boundary.records <= RecordChunk::capacity; // by one large due
    return passed || boundary.records - from->mark.head.index() <= nearRecords || standsAt(boundary) ||
           (sight == Sight::all && !seesAll(from));
}

void SimulationWorker::goNearer(const Boundary& boundary, Sight sight) {
    const std::shared_ptr<const Snapshot> from = snapshotBefore(boundary, sight);
    const std::uint64_t to = std::min(from->mark.head.index() + nearRecords, boundary.records - dueUsual);
    Moment moment = momentFrom(*from, {.records = to, .at = {}}, nullptr);
    m_nearSight = seesAll(from) ? Sight::all : Sight::some;
    std::shared_ptr<const Expectations> expectations;
    if (moment.expectations)
        expectations = std::make_shared<const Expectations>(std::move(*moment.expectations));
    m_near = std::make_shared<const Snapshot>(
        Snapshot{std::move(moment.simulation), std::move(moment.mark), moment.commands, std::move(expectations)});
}

bool SimulationWorker::isNear(const Boundary& boundary) {
    const Parking parking(*this);
    return isNear(boundary, Sight::all);
}

void SimulationWorker::goNearer(const Boundary& boundary) {
    const Parking parking(*this);
    goNearer(boundary, Sight::all);
}

bool SimulationWorker::isNearExcerpt(std::uint64_t record) {
    const Parking parking(*this);
    return m_making && m_making->stretch() == excerptOf(record, record) && m_making->complete();
}

void SimulationWorker::goNearerExcerpt(std::uint64_t record) {
    const Parking parking(*this);
    const EvictedStretch stretch = excerptOf(record, record);
    if (m_making && m_making->stretch() == stretch)
        m_making->goOn(nearRecords);
    else if (const Boundary begin = beginOf(stretch); isNear(begin, Sight::some))
        m_making.emplace(stretch, *snapshotBefore(begin, Sight::some), m_journal, m_recorder);
    else
        goNearer(begin, Sight::some);
}

// A due that makes several records is gone through to its end, so this may lie a little after the boundary.
void SimulationWorker::goBackTo(const Boundary& boundary) {
    if (standsAt(boundary))
        return;
    Moment moment = momentAt(boundary);
    m_near.reset(); // of what is taken back
    m_making.reset();
    m_recorder.rewind(moment.mark);
    m_scanReader.refresh();
    m_simulation = std::move(moment.simulation);
    watch(std::move(moment.expectations));
    m_snapshots.cut({m_recorder.head().index(), m_simulation.now()});
    m_journal.resize(moment.commands);
    beginScan();
}

Result<JournalEntry> SimulationWorker::apply(const Command& command, const Boundary& boundary) {
    const Parking parking(*this);
    if (boundary.records < m_recorder.evicted()) // it has run further ahead than it keeps
        return Error{"command", "needs a moment whose records are kept", "record " + std::to_string(boundary.records)};
    goBackTo(boundary);
    if (!m_simulation.stopped())
        m_simulation.waitUntil(std::max(m_simulation.now(), boundary.at));
    const std::uint64_t before = m_recorder.head().index();
    Result<JournalEntry> entry = m_simulation.apply(command, m_recorder);
    if (entry) {
        m_lastCommand = {before, m_recorder.head().index()};
        m_journal.push_back(*entry);
        m_scenario = m_simulation.model().scenario;
        if (m_watch)
            m_watch->look(m_simulation, m_recorder);
        beginScan(); // what the command did at once is shown with it
        keepSnapshot();
    }
    publish({});
    return entry;
}

std::optional<Command> SimulationWorker::inverse(const Command& command, const Boundary& boundary) {
    const Parking parking(*this);
    return momentAt(boundary).simulation.inverse(command);
}

std::unique_ptr<SimulationWorker> SimulationWorker::forked(const Boundary& boundary,
                                                           const std::shared_ptr<const RecordStore>& excerpt) {
    const Parking parking(*this);
    return std::unique_ptr<SimulationWorker>(
        new SimulationWorker(momentAt(boundary, excerpt), *this, excerpt.get()));
}

Result<std::shared_ptr<const RecordStore>> SimulationWorker::excerpt(std::uint64_t from, std::uint64_t record) {
    const Parking parking(*this);
    assert(from <= record && record < m_recorder.evicted());
    const EvictedStretch stretch = excerptOf(from, record);
    if (!m_making || m_making->stretch() != stretch)
        return regenerate(stretch, *snapshotBefore(beginOf(stretch), Sight::some), m_journal, m_recorder);
    Result<std::shared_ptr<const RecordStore>> made = m_making->result();
    m_making.reset();
    return made;
}

EvictedStretch SimulationWorker::excerptOf(std::uint64_t from, std::uint64_t record) {
    constexpr std::uint64_t chunk = RecordChunk::capacity;
    return {.begin = (from - std::min(from, excerptBefore)) / chunk * chunk, .end = (record / chunk + 1) * chunk};
}

std::uint64_t SimulationWorker::commandStart(std::uint64_t record) {
    const Parking parking(*this);
    const std::uint64_t start = m_snapshots.before(record)->mark.head.index();
    return record - start <= commandStartMax ? start : record;
}

std::size_t SimulationWorker::snapshotBytes() {
    const Parking parking(*this);
    return m_snapshots.memoryBytes();
}

} // namespace weir
