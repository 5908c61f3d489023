// CloudEventSubject: a CloudEvent or a record in its JSON form, as a subject. It does not check what CloudEvents
// demands: it answers with what stands there. data_base64 is not decoded.
#pragma once

#include "core/expression/subject.h"

namespace weir {

class CloudEventSubject : public Subject {
  public:
    // A table; the subject borrows it. With `specversion` it is an event, whose whole numbers of 32 bits are Integers;
    // other numbers are decimals, as those of a record are.
    explicit CloudEventSubject(const Value& event);

    Datum field(Field field) const override;
    Datum attribute(std::string_view name) const override;
    const Value* data() const override;

  private:
    const Value& m_event;
    bool m_isEvent;
};

} // namespace weir
