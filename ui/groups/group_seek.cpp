#include "ui/groups/group_seek.h"

#include "core/scenario/stream_reader.h"
#include "ui/format.h"
#include "ui/trace/record_text.h"

#include <QCoreApplication>

#include <vector>

namespace weir {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(weir::GroupSeek)
};

std::vector<SubscriptionId> groupsOf(const Catalogue& catalogue, ChannelId stream) {
    std::vector<SubscriptionId> groups;
    for (std::size_t i = 0; i < catalogue.subscriptions().size(); ++i)
        if (catalogue.subscriptions()[i].channel == stream)
            groups.push_back(SubscriptionId{static_cast<std::uint16_t>(i)});
    return groups;
}

const std::string& nameOf(const Catalogue& catalogue, SubscriptionId group) {
    return catalogue.subscriptions()[group.index()].name;
}

// What is typed as it is: an offset or a time of the run. Empty: it is neither.
QString placeText(const QString& typed) {
    const std::optional<ReadFromSpec> place = readFromText(typed.toStdString());
    if (!place)
        return {};
    switch (place->where) {
    case ReadFromSpec::Where::offset:
        return Words::tr("From offset %1").arg(countText(place->offset));
    case ReadFromSpec::Where::time:
        return Words::tr("What was published from %1 on").arg(durationText(place->time));
    default:
        return {}; // stands in the list
    }
}

} // namespace

Question seekQuestion(const Catalogue& catalogue, ChannelId stream, std::optional<SubscriptionId> group) {
    const QString name = toQt(catalogue.channels()[stream.index()].name);
    Question question{
        .title = group ? Words::tr("From where does %1 go on reading %2?").arg(toQt(nameOf(catalogue, *group)), name)
                       : Words::tr("From where do the groups go on reading %1?").arg(name),
        .placeholder = Words::tr("Or an offset such as 42, a time of the run such as 90s"),
        .choices = {{QStringLiteral("earliest"), Words::tr("Earliest"),
                     Words::tr("the oldest record that is kept: all is read again"), QStringLiteral("to_start")},
                    {QStringLiteral("latest"), Words::tr("Latest"),
                     Words::tr("what is published from now on: the rest is passed over"), QStringLiteral("run_until")}},
        .fresh = placeText};
    if (const std::vector<SubscriptionId> groups = groupsOf(catalogue, stream); !group && groups.size() > 1) {
        question.variants << Words::tr("All groups");
        for (const SubscriptionId each : groups)
            question.variants << toQt(nameOf(catalogue, each));
        question.variantsName = Words::tr("Group");
    }
    return question;
}

Command seekCommand(const Catalogue& catalogue, ChannelId stream, std::optional<SubscriptionId> group,
                    const PickedAnswer& answer) {
    if (!group && answer.variant > 0)
        group = groupsOf(catalogue, stream)[static_cast<std::size_t>(answer.variant - 1)];
    return {.kind = CommandKind::seek,
            .target = std::string(catalogue.channels()[stream.index()].name),
            .to = answer.id.isEmpty() ? answer.typed.toStdString() : answer.id.toStdString(),
            .group = group ? nameOf(catalogue, *group) : std::string()};
}

} // namespace weir
