#include "core/simulation/run_subject.h"

#include "core/services/event_subject.h"

#include <algorithm>

namespace weir {

void RunSubject::note(const Read& read) const {
    if (m_reads && std::find(m_reads->begin(), m_reads->end(), read) == m_reads->end())
        m_reads->push_back(read);
}

Datum RunSubject::field(Field field) const {
    if (field != Field::at)
        return {};
    note({.state = false, .scope = MetricScope::run, .index = 0}); // every record may come with a new time
    return Datum::decimal(Decimal(m_simulation.now().time_since_epoch().count(), 9));
}

Datum RunSubject::metric(const MetricName& name) const {
    const Catalogue& catalogue = *m_simulation.model().catalogue;
    const std::optional<MetricScope> scope = metricScope(name.scope);
    if (!scope) {
        m_missed = true;
        return {};
    }
    Read read{.state = false, .scope = *scope, .index = 0};
    switch (*scope) {
    case MetricScope::run:
        break;
    case MetricScope::channel:
        read.index = catalogue.channel(name.name).index();
        break;
    case MetricScope::subscription:
        read.index = catalogue.subscription(name.name).index();
        break;
    case MetricScope::service:
        read.index = catalogue.service(name.name).index();
        break;
    }
    note(read);
    const std::optional<double> figure = weir::metric(m_picture, catalogue, *scope, name.name, name.figure);
    m_missed = m_missed || !figure;
    return figure ? Datum::decimal(Decimal::fromDouble(*figure)) : Datum();
}

Datum RunSubject::state(const StateName& name) const {
    const ServiceId service = m_simulation.model().catalogue->service(name.service);
    if (!service.valid()) {
        m_missed = true;
        return {};
    }
    note({.state = true, .scope = MetricScope::service, .index = service.index()});
    const Datum found = stateDatum(m_simulation.state(service), name.name, name.key);
    m_missed = m_missed || found.isAbsent();
    return found;
}

} // namespace weir
