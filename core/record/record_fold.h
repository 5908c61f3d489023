// RecordFold: what all records of a run come to, one after the other: fingerprint, Picture with its ledger, bounded
// storage.
#pragma once

#include "core/record/catalogue.h"
#include "core/record/fingerprint.h"
#include "core/record/picture.h"
#include "core/record/record.h"
#include "core/record/record_store.h"

#include <cstdint>
#include <memory>
#include <span>

namespace weir {

// A record as it was appended. `payloadHash` is the hash of the canonical payload of a published message, 0 where it
// has none.
struct AppendedRecord {
    Record record;
    std::uint64_t payloadHash = 0;
};

class RecordFold {
  public:
    // The store is null where nothing is kept.
    RecordFold(std::shared_ptr<const Catalogue> catalogue, std::shared_ptr<RecordStore> store);

    void add(std::span<const AppendedRecord> records);

    const std::shared_ptr<const Catalogue>& catalogue() const { return m_catalogue; }
    const Picture& head() const { return m_head; }
    const Fingerprint& fingerprint() const { return m_fingerprint; }
    const std::shared_ptr<RecordStore>& store() const { return m_store; }

    // Stands where another one stood; what is stored stays as it is.
    void adopt(const Fingerprint& fingerprint, const Picture& head);
    void keepIn(std::shared_ptr<RecordStore> store) { m_store = std::move(store); }

  private:
    const PlaceRow& placeOf(const Record& record) const;
    void addOne(const AppendedRecord& each, const PlaceRow& place);
    void addFar(std::span<const AppendedRecord> records);

    std::shared_ptr<const Catalogue> m_catalogue;
    Fingerprint m_fingerprint;
    Picture m_head;
    std::shared_ptr<RecordStore> m_store;
};

} // namespace weir
