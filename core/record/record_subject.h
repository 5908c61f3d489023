// RecordSubject: what an expression sees of a record: the attributes and data of its message, the facts of the record,
// and where a Picture is given the figures and the business state of the run at that instant. One is set from record to
// record; a message is fetched only when something of it is read.
#pragma once

#include "core/expression/subject.h"
#include "core/record/catalogue.h"
#include "core/record/message_source.h"
#include "core/record/picture.h"
#include "core/record/record.h"

#include <optional>
#include <string>
#include <unordered_map>

namespace weir {

class RecordSubject final : public Subject {
  public:
    // `messages` may be null: then only facts are known. Both must outlive this.
    RecordSubject(const Catalogue& catalogue, const MessageSource* messages)
        : m_catalogue(catalogue), m_messages(messages) {}

    // `picture` is the one after the record, and may be null; it must stay as it is while expressions are evaluated.
    void set(const Record& record, const Picture* picture = nullptr);

    Datum field(Field field) const override;
    Datum attribute(std::string_view name) const override;
    const Value* data() const override;
    Datum metric(const MetricName& name) const override;
    Datum state(const StateName& name) const override;

  private:
    const MessageView* message() const;
    Datum messageField(Field field) const;
    std::optional<std::uint32_t> slot(const StateName& name) const;

    const Catalogue& m_catalogue;
    const MessageSource* m_messages;
    Record m_record;
    Place m_place;
    const Picture* m_picture = nullptr;
    // Made when asked for, and kept as long as the record is: texts are handed out as views of them.
    mutable bool m_fetched = false;
    mutable std::optional<MessageView> m_message;
    mutable std::string m_time;
    mutable std::unordered_map<std::string, std::uint32_t>
        m_slots; // by service, table and key, as far as they were read
    mutable std::size_t m_slotsRead = 0;
};

} // namespace weir
