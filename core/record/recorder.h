// Recorder: the one door through which every record goes into its fold: fingerprint, Picture with its ledger, bounded
// storage. One writer; any number of readers, each with a RecordReader of its own.
#pragma once

#include "core/record/record_fold.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

namespace weir {

class FoldThread;

class Recorder {
  public:
    struct Options {
        std::uint64_t recordsMax = 10'000'000; // 0: keep none (metrics and fingerprint only, for replications)
        bool ownThread = false; // long stretches are folded on another one: for who has a processor to spare
    };
    Recorder(std::shared_ptr<const Catalogue> catalogue, Options options);
    explicit Recorder(std::shared_ptr<const Catalogue> catalogue) : Recorder(std::move(catalogue), Options()) {}
    Recorder(Recorder&&) noexcept;
    ~Recorder();

    // Writer only, all of these. `payloadHash` is the hash of the canonical payload of a published message, 0 where it
    // has none. Times do not go back.
    void append(const Record& record, std::uint64_t payloadHash = 0) {
        *m_next = {record, payloadHash};
        if (++m_next == m_last)
            fold();
    }
    // While there is one, what is appended is folded many records at a time: what tells of them (head, fingerprint,
    // store, mark) is to be asked when it has ended only, and tells of all then.
    class Stretch {
      public:
        explicit Stretch(Recorder& recorder) : m_recorder(recorder) { m_recorder.begin(); }
        Stretch(const Stretch&) = delete;
        Stretch& operator=(const Stretch&) = delete;
        ~Stretch() { m_recorder.end(); }

      private:
        Recorder& m_recorder;
    };
    const Picture& head() const { return m_fold->head(); }
    std::uint64_t fingerprint() const { return m_fold->fingerprint().value(); }

    // Where it is, apart from the records that are kept: small, for snapshots.
    struct Mark {
        Fingerprint fingerprint;
        Picture head;
    };
    Mark mark() const { return {m_fold->fingerprint(), m_fold->head()}; }
    // Goes back to there: what was recorded since is cut away.
    void rewind(const Mark& mark);
    // Another one that goes on from there with a catalogue of its own, see RecordStore::forked. `excerpt`: where the
    // mark lies before what is kept, the records up to there; else null.
    Recorder forked(const Mark& mark, std::shared_ptr<const Catalogue> catalogue, const RecordStore* excerpt) const;
    // One that makes evicted records again, from a mark on; it keeps them from the next whole chunk on.
    Recorder again(const Mark& mark) const;
    // The same without keeping records, to find out where something leads.
    Recorder scratch(const Mark& mark) const;

    const std::shared_ptr<const Catalogue>& catalogue() const { return m_fold->catalogue(); }
    // What readers read; it outlives the recorder as long as one of them holds it. Null where nothing is kept.
    std::shared_ptr<const RecordStore> store() const { return m_fold->store(); }
    std::uint64_t evicted() const;
    std::size_t memoryBytes() const;

  private:
    static constexpr std::size_t stretchMax = 256; // records that are gathered where there is no other thread
    void begin();
    void end();
    void fold();
    void fill(std::span<AppendedRecord> room);
    std::size_t filled() const { return static_cast<std::size_t>(m_next - m_first); }

    std::unique_ptr<RecordFold> m_fold; // stays where it is: the other thread has it too
    std::unique_ptr<AppendedRecord[]> m_own = std::make_unique<AppendedRecord[]>(stretchMax);
    // Room for those that are not folded yet: its own, or the other thread's next block.
    AppendedRecord* m_first = m_own.get();
    AppendedRecord* m_next = m_first;
    AppendedRecord* m_last = m_first + 1; // behind the room
    bool m_inStretch = false;
    bool m_handed = false; // some of this stretch went to the other thread
    std::unique_ptr<FoldThread> m_thread;
};

} // namespace weir
