// Subject: what an expression is asked about: an event, a record, a run. It answers with views that live as long as the
// evaluation; what it does not know is absent, and the expression makes a missingAttribute error of that.
#pragma once

#include "core/expression/datum.h"
#include "core/expression/field.h"

namespace weir {

struct MetricName {
    std::string_view scope; // "channel", "subscription", "service", "run"
    std::string_view name;
    std::string_view figure; // "waitP99"
};

struct StateName {
    std::string_view service;
    std::string_view name;
    std::string_view key; // empty where the state is one value rather than a table
};

class Subject {
  public:
    virtual ~Subject() = default;

    // Attributes of the event shadow facts of the record.
    virtual Datum field(Field field) const = 0;
    // An attribute that is no Field; the name is in lower case.
    virtual Datum attribute(std::string_view name) const = 0;
    // The event's data; null where there is none. Called only by expressions that read data, so it may be made on
    // demand.
    virtual const Value* data() const { return nullptr; }

    virtual Datum metric(const MetricName&) const { return {}; }
    virtual Datum state(const StateName&) const { return {}; }

  protected:
    Subject() = default;
    Subject(const Subject&) = default;
    Subject& operator=(const Subject&) = default;
};

} // namespace weir
