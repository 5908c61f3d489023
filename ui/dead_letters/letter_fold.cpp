#include "ui/dead_letters/letter_fold.h"

#include <algorithm>
#include <utility>

namespace weir {
namespace {

constexpr std::uint64_t sliceLength = 1024; // records between two looks at the clock
constexpr std::uint64_t noLetter = UINT64_MAX;

std::uint64_t keyOf(Ordinal ordinal, ChannelId channel) {
    return ordinal << 16 | channel.value;
}

bool endsCopy(RecordKind kind) {
    switch (kind) {
    case RecordKind::acked:
    case RecordKind::deadLettered:
    case RecordKind::expired:
    case RecordKind::dropped:
    case RecordKind::purged:
    case RecordKind::lost:
        return true;
    default:
        return false;
    }
}

} // namespace

LetterFold::LetterFold() : m_reader(nullptr) {}

void LetterFold::setStore(std::shared_ptr<const RecordStore> store) {
    *this = LetterFold();
    m_store = std::move(store);
    m_reader = RecordReader(m_store);
}

bool LetterFold::moveTo(std::uint64_t playhead, std::chrono::nanoseconds budget) {
    const auto until = std::chrono::steady_clock::now() + budget;
    if (!m_store)
        return true;
    m_reader.refresh();
    playhead = std::min(playhead, m_reader.end());
    // What was evicted unseen is not known, nor what had become of the letters meanwhile.
    if (m_folded < m_reader.first() || playhead < m_begun) {
        setStore(std::exchange(m_store, nullptr));
        m_begun = m_folded = m_reader.first();
        if (m_begun > 0 && m_begun < m_reader.end())
            m_begunAt = m_reader.at(m_begun).at;
    }
    while (m_folded < playhead) {
        const std::span<const Record> records = m_reader.from(m_folded);
        const std::size_t count = std::min<std::uint64_t>({records.size(), playhead - m_folded, sliceLength});
        for (const Record& record : records.first(count))
            fold(m_folded++, record);
        if (std::chrono::steady_clock::now() >= until)
            break;
    }
    const std::uint64_t to = std::min(playhead, m_folded);
    for (; m_applied < m_steps.size() && m_steps[m_applied].index < to; ++m_applied)
        show(m_steps[m_applied].letter, m_steps[m_applied].after);
    for (; m_applied > 0 && m_steps[m_applied - 1].index >= to; --m_applied)
        show(m_steps[m_applied - 1].letter, m_steps[m_applied - 1].before);
    m_shown = to;
    if (m_letters.size() > lettersMax)
        forgetOldest();
    return to == playhead;
}

void LetterFold::fold(std::uint64_t index, const Record& record) {
    const RecordKind kind = record.kind;
    if (kind == RecordKind::enqueued || kind == RecordKind::appended) {
        if (m_death && record.ordinal == m_death->ordinal && record.at == m_death->at && record.place.valid())
            come(index, record, m_reader.catalogue().place(record.place));
        return;
    }
    const bool moves =
        kind == RecordKind::delivered || kind == RecordKind::requeued || kind == RecordKind::retryScheduled;
    if ((moves || endsCopy(kind)) && record.place.valid() && m_open.size() > 0) {
        const std::uint64_t key = keyOf(record.ordinal, m_reader.catalogue().place(record.place).channel);
        if (const std::uint64_t* const found = m_open.find(key)) {
            const std::uint64_t letter = *found;
            if (moves) {
                step(index, letter,
                     kind == RecordKind::delivered ? DeadLetter::State::inHand : DeadLetter::State::waiting);
            } else {
                step(index, letter, DeadLetter::State::none);
                const std::uint64_t below = letter >= m_first ? m_tracks[letter - m_first].below : noLetter;
                below == noLetter || below < m_first ? void(m_open.take(key)) : void(m_open.set(key, below));
            }
        }
    }
    if (kind == RecordKind::deadLettered) {
        m_death = record;
        m_deathIndex = index;
    } else {
        m_death.reset();
    }
}

void LetterFold::come(std::uint64_t index, const Record& record, const Place& place) {
    const Catalogue& catalogue = m_reader.catalogue();
    const ChannelId from = m_death->place.valid() ? catalogue.place(m_death->place).channel : ChannelId::none();
    if (record.value != from.value || !place.channel.valid())
        return;
    const std::uint64_t number = m_first + m_letters.size();
    m_letters.push_back({.index = index,
                         .died = m_deathIndex,
                         .ordinal = record.ordinal,
                         .at = record.at,
                         .channel = place.channel,
                         .from = from,
                         .reason = m_death->reason,
                         .type = record.type,
                         .attempts = m_death->attempt});
    std::uint64_t below = noLetter;
    if (record.kind == RecordKind::enqueued) { // a stream keeps what it has
        const std::uint64_t key = keyOf(record.ordinal, place.channel);
        if (const std::uint64_t* const same = m_open.find(key))
            below = *same;
        m_open.set(key, number);
    }
    m_tracks.push_back({below, DeadLetter::State::waiting});
    m_steps.push_back({index, number, DeadLetter::State::none, DeadLetter::State::waiting});
}

void LetterFold::step(std::uint64_t index, std::uint64_t letter, DeadLetter::State to) {
    if (letter < m_first)
        return;
    DeadLetter::State& folded = m_tracks[letter - m_first].folded;
    m_steps.push_back({index, letter, std::exchange(folded, to), to});
}

void LetterFold::show(std::uint64_t letter, DeadLetter::State state) {
    if (letter < m_first)
        return;
    m_letters[letter - m_first].state = state;
    if (state == DeadLetter::State::none)
        m_there.unmark(letter);
    else
        m_there.mark(letter);
}

// A tenth at once, so that this is rare.
void LetterFold::forgetOldest() {
    for (std::size_t count = lettersMax / 10; count > 0; --count) {
        m_there.unmark(m_first++);
        m_letters.pop_front();
        m_tracks.pop_front();
    }
    m_there.forgetBefore(m_first);
    const auto kept =
        std::find_if(m_steps.begin(), m_steps.end(), [this](const Step& each) { return each.letter >= m_first; });
    m_applied -= std::min(m_applied, static_cast<std::size_t>(kept - m_steps.begin()));
    m_steps.erase(m_steps.begin(), kept);
}

} // namespace weir
