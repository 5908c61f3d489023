#include "core/services/data_generator.h"

#include <utility>

namespace weir {

DataGenerator::DataGenerator(std::shared_ptr<const EmitSites> sites, std::uint64_t seed)
    : m_sites(std::move(sites)), m_seed(seed) {
    for (const EmitSite& site : m_sites->all())
        m_streams.emplace_back(seed, "data/" + site.name);
}

Value DataGenerator::generateData(const Emission& emission) const {
    const Template& source = (*m_sites)[emission.site].data;
    if (source.isConstant())
        return source.constant();
    Draw draw = m_streams[emission.site.index()].draw(emission.ordinal, 0);
    TemplateContext context{.ordinal = emission.ordinal,
                            .count = emission.count,
                            .now = emission.now,
                            .reason = emission.reason,
                            .event = emission.event,
                            .draw = draw};
    return source.generate(context);
}

std::string DataGenerator::partitionKey(const Emission& emission, const Value& data) const {
    const EmitSite& site = (*m_sites)[emission.site];
    std::string key;
    if (site.key) {
        const EventView self{.ordinal = emission.ordinal,
                             .type = site.type,
                             .source = site.service,
                             .version = site.version,
                             .time = emission.now,
                             .data = &data};
        site.key->appendText(key, self);
    }
    return key;
}

std::string DataGenerator::subject(const Emission& emission, const Value& data) const {
    return text((*m_sites)[emission.site].subject, emission, data, 1);
}

std::string DataGenerator::routingKey(const Emission& emission, const Value& data) const {
    const EmitSite& site = (*m_sites)[emission.site];
    return site.routingKey.isConstant() ? site.constantRoutingKey : text(site.routingKey, emission, data, 2);
}

Value DataGenerator::headers(const Emission& emission, const Value& data) const {
    const Template& source = (*m_sites)[emission.site].headers;
    if (source.isConstant())
        return source.constant();
    Draw draw = m_streams[emission.site.index()].draw(emission.ordinal, 3);
    TemplateContext context{.ordinal = emission.ordinal,
                            .count = emission.count,
                            .now = emission.now,
                            .reason = emission.reason,
                            .event = emission.event,
                            .draw = draw,
                            .data = &data};
    return source.generate(context);
}

std::int64_t DataGenerator::size(const Emission& emission, const Value& data) const {
    const EmitSite& site = (*m_sites)[emission.site];
    if (site.size)
        return site.size->count;
    return data.isNull() ? 0 : static_cast<std::int64_t>(data.canonical().size());
}

std::string DataGenerator::text(const Template& source, const Emission& emission, const Value& data,
                                std::uint64_t purpose) const {
    Draw draw = m_streams[emission.site.index()].draw(emission.ordinal, purpose);
    TemplateContext context{.ordinal = emission.ordinal,
                            .count = emission.count,
                            .now = emission.now,
                            .reason = emission.reason,
                            .event = emission.event,
                            .draw = draw,
                            .data = &data};
    return source.text(context);
}

} // namespace weir
