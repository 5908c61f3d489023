// What must hold of a broker with nodes, whatever the scenario is; follows the records by itself.
#pragma once

#include "core/simulation/model.h"

#include <QString>

#include <map>
#include <set>
#include <vector>

namespace weir {

// What nodes do: a producer that asked for all and was told yes is safe, unless somebody said that it need not be;
// offsets go back only by what a lost leader takes along.
class NodesChecker {
  public:
    explicit NodesChecker(const Model& model) : m_model(model) {
        for (const ChannelSpec& channel : model.scenario->channels) {
            m_unclean = m_unclean || channel.uncleanElection;
            m_internal.insert(model.catalogue->channel(channel.deadLetter));
            if (channel.retry)
                m_internal.insert(model.catalogue->channel(channel.retry->through));
        }
        for (const NodeSpec& node : model.scenario->nodes)
            m_unclean = m_unclean || node.flushEvery;
    }

    QString check(const Record& record, const Place& place) {
        switch (record.kind) {
        case RecordKind::published:
            m_first.push_back(record.isRepeat() ? static_cast<Ordinal>(record.value) : record.ordinal);
            if (!record.isRepeat() && record.attempt != Record::byHand) {
                const auto& confirm = m_model.generator->sites()[SiteId{record.attempt}].confirm;
                m_asksAll[record.ordinal] = confirm && confirm->acks == Acks::all;
            }
            return {};
        case RecordKind::routed:
            ++m_safe[m_first[record.ordinal - 1]];
            return {};
        case RecordKind::unroutable:
            m_safe[m_first[record.ordinal - 1]] += 1000; // nobody keeps it
            return {};
        case RecordKind::confirmed:
            m_confirmed.insert(record.ordinal);
            return {};
        case RecordKind::lost: {
            if (record.reason != m_model.broker->reasons.leaderLost || m_internal.contains(place.channel))
                return {};
            const Ordinal first = m_first[record.ordinal - 1];
            if (m_lost.insert(record.ordinal).second)
                --m_safe[first];
            const bool broken = m_asksAll[first] && m_confirmed.contains(first) && m_safe[first] < 1 && !m_unclean;
            return broken ? QStringLiteral("a message that was confirmed is lost") : QString();
        }
        case RecordKind::transactionCommitted:
        case RecordKind::transactionAborted:
        case RecordKind::appended: {
            std::uint32_t& end = m_ends[{place.channel.value, place.partition}];
            return record.extra == end++ ? QString() : QStringLiteral("I10: an offset that is not the next one");
        }
        case RecordKind::leaderElected: {
            if (place.partition == Place::noIndex)
                return {};
            std::uint32_t& end = m_ends[{place.channel.value, place.partition}];
            const bool grows = record.extra > end;
            end = record.extra;
            return grows ? QStringLiteral("a new leader has more than the old one took") : QString();
        }
        default:
            return {};
        }
    }

  private:
    const Model& m_model;
    bool m_unclean = false;         // somebody said that a leader, or a power failure, may lose what was promised
    std::set<ChannelId> m_internal; // where what is in the broker goes: nobody was told anything about that
    std::vector<Ordinal> m_first;   // by ordinal - 1: that of its first publish
    std::map<Ordinal, bool> m_asksAll;
    std::map<Ordinal, int> m_safe; // by first publish: how often it came in and was not lost
    std::set<Ordinal> m_confirmed, m_lost;
    std::map<std::pair<std::uint16_t, std::uint16_t>, std::uint32_t> m_ends;
};

} // namespace weir
