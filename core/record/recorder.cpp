#include "core/record/recorder.h"

#include "core/record/fold_thread.h"

#include <cassert>
#include <span>

namespace weir {

Recorder::Recorder(std::shared_ptr<const Catalogue> catalogue, Options options)
    : m_fold(std::make_unique<RecordFold>(
          catalogue, options.recordsMax == 0 ? nullptr : std::make_shared<RecordStore>(catalogue, options.recordsMax))),
      m_thread(options.ownThread ? std::make_unique<FoldThread>(*m_fold) : nullptr) {}

Recorder::Recorder(Recorder&&) noexcept = default;
Recorder::~Recorder() = default;

void Recorder::fill(std::span<AppendedRecord> room) {
    m_first = m_next = room.data();
    m_last = m_first + room.size();
}

void Recorder::begin() {
    assert(!m_inStretch && filled() == 0);
    m_inStretch = true;
    m_handed = false;
    fill(m_thread ? m_thread->room() : std::span(m_own.get(), stretchMax));
}

// What is less than a block is folded here: sooner than another thread would have looked at it.
void Recorder::end() {
    if (m_handed) {
        if (filled() > 0)
            m_thread->hand(filled());
        m_thread->finish();
    } else {
        m_fold->add({m_first, filled()});
    }
    m_inStretch = false;
    fill({m_own.get(), 1});
}

void Recorder::fold() {
    if (m_inStretch && m_thread) {
        m_thread->hand(filled());
        m_handed = true;
        fill(m_thread->room());
    } else {
        m_fold->add({m_first, filled()});
        m_next = m_first;
    }
}

void Recorder::rewind(const Mark& mark) {
    if (m_fold->store() && mark.head.index() < head().index())
        m_fold->store()->cut(mark.head.index());
    m_fold->adopt(mark.fingerprint, mark.head);
}

Recorder Recorder::scratch(const Mark& mark) const {
    Recorder copy(catalogue(), {.recordsMax = 0});
    copy.rewind(mark);
    return copy;
}

Recorder Recorder::forked(const Mark& mark, std::shared_ptr<const Catalogue> catalogue,
                          const RecordStore* excerpt) const {
    Recorder fork(catalogue, {.recordsMax = 0});
    fork.rewind(mark);
    if (const RecordStore* const own = m_fold->store().get())
        fork.m_fold->keepIn((excerpt ? excerpt : own)->forked(mark.head.index(), std::move(catalogue)));
    return fork;
}

Recorder Recorder::again(const Mark& mark) const {
    Recorder copy = scratch(mark);
    if (m_fold->store())
        copy.m_fold->keepIn(std::make_shared<RecordStore>(*m_fold->store(), mark.head.index()));
    return copy;
}

std::uint64_t Recorder::evicted() const {
    return m_fold->store() ? m_fold->store()->evicted() : head().index();
}

std::size_t Recorder::memoryBytes() const {
    return head().memoryBytes() + (m_fold->store() ? m_fold->store()->memoryBytes() : 0) +
           stretchMax * sizeof(AppendedRecord);
}

} // namespace weir
