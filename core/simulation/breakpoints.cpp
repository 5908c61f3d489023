#include "core/simulation/breakpoints.h"

#include "core/record/record_subject.h"

#include <algorithm>

namespace weir {

Result<Breakpoints, Errors> Breakpoints::compile(const std::vector<BreakpointSpec>& specs) {
    using Kind = BreakpointSpec::Kind;
    Breakpoints made;
    Errors errors;
    for (std::size_t i = 0; i < specs.size(); ++i) {
        const BreakpointSpec& spec = specs[i];
        Watch watch{.place = i, .spec = spec, .expression = std::nullopt};
        if (spec.kind == Kind::when || spec.kind == Kind::metric) {
            const std::string where = "/" + std::to_string(i) + (spec.kind == Kind::when ? "/when" : "/metric");
            Result<Expression> expression = Expression::parse(spec.text);
            if (!expression)
                errors.push_back({where, expression.error().text(), '"' + spec.text + '"'});
            else if (const auto certain = expression->certainError())
                errors.push_back({where, certain->text(), '"' + spec.text + '"'});
            else
                watch.expression = std::move(*expression);
        }
        if (!spec.enabled || spec.kind == Kind::at)
            continue;
        if (spec.kind == Kind::broken) {
            made.m_broken = made.m_broken.value_or(i);
            continue;
        }
        made.m_needsPicture = made.m_needsPicture || watch.expression.has_value();
        made.m_watches.push_back(std::move(watch));
    }
    if (!errors.empty())
        return errors;
    return made;
}

bool Breakpoints::stops(Watch& watch, const Record& record, const RecordSubject& subject,
                        const Catalogue& catalogue) const {
    switch (watch.spec.kind) {
    case BreakpointSpec::Kind::type:
        return record.kind == RecordKind::published && record.type.valid() &&
               catalogue.eventTypes()[record.type.index()].name == watch.spec.text;
    case BreakpointSpec::Kind::when:
        return watch.expression->holds(subject);
    case BreakpointSpec::Kind::metric: {
        const bool before = std::exchange(watch.held, watch.expression->holds(subject));
        return watch.held && !before;
    }
    case BreakpointSpec::Kind::broken:
    case BreakpointSpec::Kind::at:
        break;
    }
    return false;
}

std::optional<BreakpointHit> Breakpoints::scan(RecordReader& reader, std::uint64_t from, std::uint64_t to,
                                               const MessageSource* messages) {
    if (m_watches.empty() || from >= to)
        return std::nullopt;
    RecordSubject subject(reader.catalogue(), messages);
    if (m_needsPicture && m_scanned != from) {
        m_picture = reader.picture(from);
        subject.set(from > reader.first() ? reader.at(from - 1) : Record{}, &m_picture);
        for (Watch& watch : m_watches)
            watch.held = watch.spec.kind == BreakpointSpec::Kind::metric && watch.expression->holds(subject);
    }
    for (std::uint64_t index = from; index < to;) {
        const auto records = reader.from(index);
        for (const Record& record : records.first(std::min<std::size_t>(records.size(), to - index))) {
            if (m_needsPicture) {
                m_picture.apply(record, reader.catalogue());
                subject.set(record, &m_picture);
            }
            m_scanned = ++index;
            std::optional<BreakpointHit> hit; // the first in the list; the others must see the record too
            for (Watch& watch : m_watches)
                if (stops(watch, record, subject, reader.catalogue()) && !hit)
                    hit = BreakpointHit{watch.place, index - 1};
            if (hit)
                return hit;
        }
    }
    return std::nullopt;
}

} // namespace weir
