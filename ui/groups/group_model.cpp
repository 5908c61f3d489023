#include "ui/groups/group_model.h"

#include "ui/canvas/faces.h"
#include "ui/format.h"
#include "ui/leader_words.h"
#include "ui/staff.h"
#include "ui/theme.h"
#include "ui/trace/record_text.h"
#include "ui/widgets/data_table.h"

#include <algorithm>
#include <numeric>

namespace weir {
namespace {

std::int64_t at(const std::vector<std::int64_t>& figures, std::size_t place) {
    return place < figures.size() ? figures[place] : 0;
}

QString instanceText(std::uint16_t instance) {
    return QStringLiteral("#%1").arg(instance + 1);
}

// As full as the canvas shows a queue in which as much waits: two records behind are no full bar.
double lagShare(std::int64_t lag) {
    return queueFill(std::max<std::int64_t>(0, lag), 0) / 1000.0;
}

} // namespace

void GroupModel::setRun(std::shared_ptr<const Catalogue> catalogue, const Scenario* scenario) {
    beginResetModel();
    m_groups.clear();
    m_catalogue = std::move(catalogue);
    m_prefetch.clear();
    if (scenario)
        for (const ServiceSpec& service : scenario->services)
            for (const HandlerSpec& handler : service.handlers)
                // As the broker has it: without a figure of its own, one for each worker.
                m_prefetch[handler.on + '/' + service.name] =
                    handler.prefetch > 0 ? handler.prefetch : handler.concurrency;
    endResetModel();
}

void GroupModel::show(const Picture& picture) {
    if (!m_catalogue)
        return;
    std::vector<SubscriptionId> ids;
    for (std::size_t i = 0; i < m_catalogue->subscriptions().size(); ++i)
        ids.push_back(SubscriptionId{static_cast<std::uint16_t>(i)});
    bool same = ids.size() == m_groups.size();
    std::vector<Group> filled;
    for (const SubscriptionId id : ids) {
        Group group{.id = id, .row = {}, .parts = {}};
        fill(group, picture);
        const auto known =
            std::find_if(m_groups.begin(), m_groups.end(), [id](const Group& each) { return each.id == id; });
        same = same && known != m_groups.end() && known->parts.size() == group.parts.size();
        filled.push_back(std::move(group));
    }
    for (Group& group : filled)
        group.row.share = lagShare(group.row.lag);
    if (!same) {
        beginResetModel();
        m_groups = std::move(filled);
        endResetModel();
    } else {
        for (Group& group : m_groups)
            group = std::move(filled[group.id.index()]);
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columns - 1));
        for (int row = 0; row < rowCount(); ++row)
            if (const QModelIndex group = index(row, 0); rowCount(group) > 0)
                Q_EMIT dataChanged(index(0, 0, group), index(rowCount(group) - 1, columns - 1, group));
    }
    arrange();
}

void GroupModel::fill(Group& group, const Picture& picture) const {
    const SubscriptionRow& row = m_catalogue->subscriptions()[group.id.index()];
    group.row.name = toQt(row.name);
    group.row.where = toQt(m_catalogue->channels()[row.channel.index()].name);
    if (const auto& leaders = picture.channel(row.channel).leaders;
        !leaders.empty() && m_catalogue->channels()[row.channel.index()].kind == ChannelKind::queue)
        group.row.where += QStringLiteral(" · ") + leaderWords(leaders.front(), *m_catalogue);
    group.row.inFlight = picture.subscription(group.id).unacked.level();
    const Staff staff = row.service.valid() ? staffOf(row.service, picture, *m_catalogue) : Staff{};
    group.row.members = staff.instances == 0          ? tr("nobody")
                        : staff.up == staff.instances ? countText(staff.instances)
                                                      : tr("%1 of %2 up").arg(staff.up).arg(staff.instances);
    group.row.down = staff.up < staff.instances || staff.instances == 0;
    if (picture.subscription(group.id).rebalancing)
        group.row.members += QStringLiteral(" · ") + tr("rebalancing");
    if (m_catalogue->channels()[row.channel.index()].kind == ChannelKind::stream)
        fillStream(group, picture);
    else
        fillQueue(group, picture);
}

void GroupModel::fillStream(Group& group, const Picture& picture) const {
    const SubscriptionRow& row = m_catalogue->subscriptions()[group.id.index()];
    const ChannelFigures& channel = picture.channel(row.channel);
    const SubscriptionFigures& figures = picture.subscription(group.id);
    const std::size_t partitions =
        std::max<std::size_t>(m_catalogue->channels()[row.channel.index()].partitions, channel.ends.size());
    const std::vector<GroupFold::InHand> hands = m_fold.inHand(group.id);
    for (std::size_t i = 0; i < partitions; ++i) {
        Row part;
        part.name = tr("partition %1").arg(i);
        if (i < channel.leaders.size())
            part.name += QStringLiteral(" · ") + leaderWords(channel.leaders[i], *m_catalogue);
        const std::uint16_t member = m_fold.memberOf(group.id, static_cast<std::uint16_t>(i));
        part.committed = at(figures.positions, i);
        part.end = at(channel.ends, i);
        part.lag = part.end - part.committed;
        // Whoever gets it shows when it takes the first copy.
        part.where = member != Place::noIndex ? group.row.name + QLatin1Char(' ') + instanceText(member)
                     : part.lag > 0           ? tr("nobody yet")
                                              : QString();
        part.inFlight = 0;
        for (const GroupFold::InHand& hand : hands)
            part.inFlight += hand.place.partition == i ? hand.copies : 0;
        part.share = lagShare(part.lag);
        group.parts.push_back(std::move(part));
    }
    const auto sum = [&group](std::int64_t Row::*figure) {
        return std::accumulate(group.parts.begin(), group.parts.end(), std::int64_t{0},
                               [figure](std::int64_t total, const Row& part) { return total + part.*figure; });
    };
    group.row.committed = sum(&Row::committed);
    group.row.end = sum(&Row::end);
    group.row.lag = sum(&Row::lag);
    group.row.generation = m_fold.generation(group.id);
}

void GroupModel::fillQueue(Group& group, const Picture& picture) const {
    const SubscriptionRow& row = m_catalogue->subscriptions()[group.id.index()];
    const CopyCounts& copies = picture.channel(row.channel).copies;
    group.row.lag = copies.ready + copies.delayed;
    if (!row.service.valid())
        return;
    const ServiceRow& service = m_catalogue->services()[row.service.index()];
    const auto prefetch = m_prefetch.find(row.name + '/' + service.name);
    if (prefetch != m_prefetch.end())
        group.row.prefetch = prefetch->second;
    const std::vector<GroupFold::InHand> hands = m_fold.inHand(group.id);
    const auto& instances = picture.service(row.service).instances;
    for (std::uint32_t i = 0; i < staffOf(row.service, picture, *m_catalogue).instances; ++i) {
        Row part;
        part.name = toQt(service.name) + QLatin1Char(' ') + instanceText(static_cast<std::uint16_t>(i));
        part.down = i < instances.size() && !instances[i].up;
        part.members = part.down ? tr("down") : tr("up");
        part.prefetch = group.row.prefetch;
        part.inFlight = 0;
        for (const GroupFold::InHand& hand : hands)
            part.inFlight += hand.place.instance == i ? hand.copies : 0;
        group.parts.push_back(std::move(part));
    }
}

std::int64_t GroupModel::figure(const Row& row, int column) {
    switch (column) {
    case Committed:
        return row.committed;
    case End:
        return row.end;
    case Lag:
        return row.lag;
    case InFlight:
        return row.inFlight;
    case Prefetch:
        return row.prefetch;
    case Generation:
        return row.generation;
    default:
        return notApplicable;
    }
}

bool GroupModel::before(const Group& a, const Group& b) const {
    switch (m_sortColumn) {
    case Name:
        return a.row.name < b.row.name;
    case Where:
        return a.row.where < b.row.where;
    case Members:
        return a.parts.size() < b.parts.size();
    default:
        return figure(a.row, m_sortColumn) < figure(b.row, m_sortColumn);
    }
}

void GroupModel::arrange() {
    const auto order = [this](const Group& a, const Group& b) {
        return m_order == Qt::AscendingOrder ? before(a, b) : before(b, a);
    };
    if (std::is_sorted(m_groups.begin(), m_groups.end(), order))
        return;
    Q_EMIT layoutAboutToBeChanged({}, QAbstractItemModel::VerticalSortHint);
    const QModelIndexList before = persistentIndexList();
    std::vector<SubscriptionId> pointed;
    for (const QModelIndex& each : before)
        pointed.push_back(groupAt(each).id);
    std::stable_sort(m_groups.begin(), m_groups.end(), order);
    QModelIndexList after;
    for (qsizetype i = 0; i < before.size(); ++i)
        after << (before[i].internalId() == 0 ? index(placeOf(pointed[static_cast<std::size_t>(i)]), before[i].column())
                                              : before[i]); // parts know their group by its id
    changePersistentIndexList(before, after);
    Q_EMIT layoutChanged({}, QAbstractItemModel::VerticalSortHint);
}

void GroupModel::sort(int column, Qt::SortOrder order) {
    m_sortColumn = column;
    m_order = order;
    arrange();
}

int GroupModel::placeOf(SubscriptionId id) const {
    const auto found =
        std::find_if(m_groups.begin(), m_groups.end(), [id](const Group& each) { return each.id == id; });
    return static_cast<int>(found - m_groups.begin());
}

// A group's index has no number; a part's has its group's id, counted from 1.
const GroupModel::Group& GroupModel::groupAt(const QModelIndex& index) const {
    const int place = index.internalId() == 0
                          ? index.row()
                          : placeOf(SubscriptionId{static_cast<std::uint16_t>(index.internalId() - 1)});
    return m_groups[static_cast<std::size_t>(place)];
}

const GroupModel::Row& GroupModel::rowAt(const QModelIndex& index) const {
    const Group& group = groupAt(index);
    return index.internalId() == 0 ? group.row : group.parts[static_cast<std::size_t>(index.row())];
}

NodeRef GroupModel::nodeAt(const QModelIndex& index) const {
    if (!index.isValid())
        return {};
    const SubscriptionRow& row = m_catalogue->subscriptions()[groupAt(index).id.index()];
    const bool stream = m_catalogue->channels()[row.channel.index()].kind == ChannelKind::stream;
    return index.internalId() != 0 && !stream && row.service.valid() ? NodeRef::of(row.service)
                                                                     : NodeRef::of(row.channel);
}

SubscriptionId GroupModel::streamGroupAt(const QModelIndex& index) const {
    if (!index.isValid())
        return {};
    const SubscriptionId id = groupAt(index).id;
    const ChannelId channel = m_catalogue->subscriptions()[id.index()].channel;
    return m_catalogue->channels()[channel.index()].kind == ChannelKind::stream ? id : SubscriptionId();
}

int GroupModel::rowCount(const QModelIndex& parent) const {
    if (!parent.isValid())
        return static_cast<int>(m_groups.size());
    return parent.internalId() == 0 && parent.column() == 0 ? static_cast<int>(groupAt(parent).parts.size()) : 0;
}

QModelIndex GroupModel::index(int row, int column, const QModelIndex& parent) const {
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column,
                       parent.isValid() ? static_cast<quintptr>(groupAt(parent).id.index() + 1) : quintptr{0});
}

QModelIndex GroupModel::parent(const QModelIndex& index) const {
    if (!index.isValid() || index.internalId() == 0)
        return {};
    return createIndex(placeOf(SubscriptionId{static_cast<std::uint16_t>(index.internalId() - 1)}), 0, quintptr{0});
}

QVariant GroupModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row& row = rowAt(index);
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole: {
        if (column == Name)
            return row.name;
        if (column == Where)
            return row.where;
        if (column == Members)
            return row.members;
        const std::int64_t number = figure(row, column);
        return number == notApplicable ? QString() : countText(number);
    }
    case FigureRole:
        return column >= Committed;
    case ShareRole:
        return column == Lag && row.lag != notApplicable ? QVariant(row.share) : QVariant();
    case ToneRole:
        return column == Members && row.down ? QVariant(static_cast<int>(Tone::Danger)) : QVariant();
    default:
        return {};
    }
}

QVariant GroupModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= columns)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant((section >= Committed ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    const auto place = static_cast<std::size_t>(section);
    if (role == Qt::ToolTipRole) {
        const std::array<QString, columns> tips{
            tr("The group that shares a queue's copies or a stream's records"),
            tr("The queue or stream; of a partition the member that took its last record"),
            tr("Instances that can take something"),
            tr("Streams: the offset of the next record to be read, as committed"),
            tr("Streams: the offset that the next record will get"),
            tr("What is still to be taken: records behind the committed offset, or copies that wait"),
            tr("Taken, and not settled yet"),
            tr("How many a consumer may have in flight at once"),
            tr("How often the partitions were shared out")};
        return tips[place];
    }
    if (role != Qt::DisplayRole)
        return {};
    const std::array<QString, columns> titles{tr("Group"), tr("Where"),     tr("Members"),  tr("Committed"), tr("End"),
                                              tr("Lag"),   tr("In flight"), tr("Prefetch"), tr("Generation")};
    return titles[place];
}

} // namespace weir
