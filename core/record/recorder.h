// Recorder: the one door through which every record goes: fingerprint, Picture with its ledger, bounded storage. One
// writer; any number of readers, each with a RecordReader of its own.
#pragma once

#include "core/record/catalogue.h"
#include "core/record/fingerprint.h"
#include "core/record/picture.h"
#include "core/record/record.h"
#include "core/record/record_store.h"

#include <cstdint>
#include <memory>

namespace weir {

class Recorder {
  public:
    struct Options {
        std::uint64_t recordsMax = 10'000'000; // 0: keep none (metrics and fingerprint only, for replications)
    };
    Recorder(std::shared_ptr<const Catalogue> catalogue, Options options);
    explicit Recorder(std::shared_ptr<const Catalogue> catalogue) : Recorder(std::move(catalogue), Options()) {}

    // Writer only, all of these. `payloadHash` is the hash of the canonical payload of a published message, 0 where it
    // has none. Times do not go back.
    void append(const Record& record, std::uint64_t payloadHash = 0);
    const Picture& head() const { return m_head; }
    std::uint64_t fingerprint() const { return m_fingerprint.value(); }

    // Where it is, apart from the records that are kept: small, for snapshots.
    struct Mark {
        Fingerprint fingerprint;
        Picture head;
    };
    Mark mark() const { return {m_fingerprint, m_head}; }
    // Goes back to there: what was recorded since is cut away.
    void rewind(const Mark& mark);
    // Another one that goes on from there with a catalogue of its own, see RecordStore::forked. `excerpt`: where the mark
    // lies before what is kept, the records up to there; else null.
    Recorder forked(const Mark& mark, std::shared_ptr<const Catalogue> catalogue, const RecordStore* excerpt) const;
    // One that makes evicted records again, from a mark on; it keeps them from the next whole chunk on.
    Recorder again(const Mark& mark) const;
    // The same without keeping records, to find out where something leads.
    Recorder scratch(const Mark& mark) const;

    const std::shared_ptr<const Catalogue>& catalogue() const { return m_catalogue; }
    // What readers read; it outlives the recorder as long as one of them holds it. Null where nothing is kept.
    std::shared_ptr<const RecordStore> store() const { return m_store; }
    std::uint64_t evicted() const { return m_store ? m_store->evicted() : m_head.index(); }
    std::size_t memoryBytes() const;

  private:
    void keep(const Record& record, std::uint64_t payloadHash);
    void fold(const Record& record, std::uint64_t payloadHash);

    std::shared_ptr<const Catalogue> m_catalogue;
    Fingerprint m_fingerprint;
    Picture m_head;
    std::shared_ptr<RecordStore> m_store;
};

} // namespace weir
