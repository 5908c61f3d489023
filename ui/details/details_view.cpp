#include "ui/details/details_view.h"

#include "core/record/failure_cause.h"
#include "core/record/message_source.h"
#include "core/record/spans.h"
#include "ui/details/json_ink.h"
#include "ui/details/segment_bars.h"
#include "ui/format.h"
#include "ui/inspector/sign_rows.h"
#include "ui/marks.h"
#include "ui/trace/record_text.h"
#include "ui/widgets/flowing_text.h"
#include "ui/widgets/section_header.h"
#include "ui/widgets/spoken_role.h"

#include <QEvent>
#include <QHeaderView>
#include <QLabel>
#include <QPainter>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace weir {
namespace {

constexpr int refreshMilliseconds = 200;
constexpr int indexRole = Qt::UserRole;
constexpr int rowHeight = 22;

// What a message led to is looked for in so many records: a few milliseconds.
constexpr CausalTree::Limits limits{.messagesMax = 2'000, .recordsMax = 50'000, .recordsReadMax = 300'000};

QIcon markIcon(const Mark& mark, qreal ratio) {
    QPixmap pixmap(QSize(14, 14) * ratio);
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    drawMark(painter, mark, QPointF(7, 7), 4.5);
    QIcon icon(pixmap);
    icon.addPixmap(pixmap, QIcon::Selected); // not tinted: the colour is the sign
    return icon;
}

} // namespace

DetailsView::DetailsView(Session& session, Selection& selection, const ThemeSource& themes, QWidget* parent)
    : QScrollArea(parent), m_session(session), m_selection(selection), m_themes(themes), m_reader(nullptr) {
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSpokenRole(*this, QAccessible::Pane);
    auto* const page = new QWidget;
    auto* const column = new QVBoxLayout(page);
    column->setContentsMargins(18, 16, 18, 16);
    column->setSpacing(0);
    m_title = new FlowingText(page);
    m_subtitle = new FlowingText(page);
    m_hint = new QLabel(page);
    m_hint->setWordWrap(true);
    m_hint->setTextFormat(Qt::PlainText);
    column->addWidget(m_title);
    column->addSpacing(2);
    column->addWidget(m_subtitle);
    column->addWidget(m_hint);
    const auto section = [&](SectionHeader*& header, QWidget* content) {
        header = new SectionHeader(themes, page);
        header->setFixedHeight(40);
        column->addWidget(header);
        column->addWidget(content);
    };
    const auto list = [&] {
        auto* const tree = new QTreeWidget(page);
        tree->setHeaderHidden(true);
        tree->setFrameShape(QFrame::NoFrame);
        tree->setUniformRowHeights(true);
        tree->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        tree->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        tree->setIconSize({14, 14});
        tree->setIndentation(12);
        tree->viewport()->installEventFilter(this);
        connect(tree, &QTreeWidget::itemClicked, this,
                [this](QTreeWidgetItem* item) { chooseRecord(item->data(0, indexRole).toULongLong()); });
        connect(tree, &QTreeWidget::itemActivated, this,
                [this](QTreeWidgetItem* item) { chooseRecord(item->data(0, indexRole).toULongLong()); });
        return tree;
    };
    m_life = new SignRows(themes, page);
    m_segments = new SegmentBars(themes, page);
    m_causes = list();
    m_causes->setColumnCount(2);
    connect(m_causes, &QTreeWidget::expanded, this, [this] { fit(*m_causes); });
    connect(m_causes, &QTreeWidget::collapsed, this, [this] { fit(*m_causes); });
    m_records = list();
    m_records->setColumnCount(3);
    m_records->setRootIsDecorated(false);
    m_json = new QPlainTextEdit(page);
    m_json->setReadOnly(true);
    m_json->setFrameShape(QFrame::NoFrame);
    m_json->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_json->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_json->setTabChangesFocus(true);
    m_json->viewport()->installEventFilter(this);
    new JsonInk(m_json->document(), themes);
    section(m_lifeHeader, m_life);
    section(m_segmentsHeader, m_segments);
    section(m_causesHeader, m_causes);
    section(m_recordsHeader, m_records);
    section(m_jsonHeader, m_json);
    column->addStretch(1);
    setWidget(page);

    connect(&m_session, &Session::documentChanged, this, &DetailsView::takeUpDocument);
    connect(&m_session, &Session::advanced, this, &DetailsView::tick);
    connect(&m_session, &Session::runningChanged, this, [this] {
        m_shownFor.invalidate();
        tick();
    });
    connect(&m_selection, &Selection::changed, this, [this] {
        if (m_selection.message() != m_shown)
            showMessage();
        else
            markRecord();
    });
    connect(&m_themes, &ThemeSource::changed, this, &DetailsView::dress);
    retranslate();
    dress();
    takeUpDocument();
}

QString DetailsView::title() const {
    return m_title->words();
}

QString DetailsView::json() const {
    return m_json->toPlainText();
}

void DetailsView::takeUpDocument() {
    m_reader = RecordReader(m_session.store());
    showMessage();
}

void DetailsView::showMessage() {
    m_shown = m_selection.message();
    m_final = false;
    m_causesListed = m_recordsListed = {};
    m_reader.refresh();
    showIdentity();
    showStory();
    verticalScrollBar()->setValue(0);
}

void DetailsView::tick() {
    const bool forward = m_session.playhead() >= m_storyUpTo;
    const bool still = m_session.playhead() == m_storyUpTo && m_session.now() == m_storyAt;
    if (m_shown == 0 || !isVisible() || (m_final && forward) || still)
        return;
    if (m_session.running() && m_shownFor.isValid() && m_shownFor.elapsed() < refreshMilliseconds)
        return;
    m_reader.refresh();
    showStory();
}

void DetailsView::showIdentity() {
    const auto messages = m_session.messages();
    const auto message = messages && m_shown > 0 ? messages->message(m_shown) : std::nullopt;
    for (QWidget* const part :
         std::initializer_list<QWidget*>{m_lifeHeader, m_life, m_segmentsHeader, m_segments, m_causesHeader, m_causes,
                                         m_recordsHeader, m_records, m_jsonHeader, m_json})
        part->setVisible(m_shown > 0);
    m_hint->setVisible(!message);
    m_subtitle->setVisible(message.has_value());
    if (!message) {
        m_title->setWords(m_shown > 0 ? tr("Message %1").arg(m_shown) : QString());
        m_subtitle->setWords({});
        m_hint->setText(m_shown > 0
                            ? tr("Its records are no longer kept, so there is nothing more to say of it")
                            : tr("Click a row of the trace, or a message on the canvas, to see what became of it"));
        m_json->clear();
        m_jsonHeader->hide();
        m_json->hide();
        return;
    }
    m_title->setWords(toQt(message->type));
    QStringList parts{toQt(message->id)};
    if (!message->subject.empty())
        parts << toQt(message->subject);
    parts << toQt(message->source) << RecordText::time(message->time) + QStringLiteral("\u00A0s");
    m_subtitle->setWords(parts.join(QStringLiteral(" · ")));
    m_json->setPlainText(QString::fromStdString(message->cloudEvent().pretty()));
    const int lines = m_json->document()->blockCount();
    m_json->setFixedHeight(lines * m_json->fontMetrics().lineSpacing() + 24);
}

void DetailsView::showStory() {
    m_shownFor.start();
    m_storyUpTo = m_session.playhead();
    m_storyAt = m_session.now();
    m_final = false;
    const auto tree = m_shown > 0 ? causalTree(m_reader, m_shown, limits) : std::nullopt;
    if (!tree) {
        m_life->setRows({});
        m_segments->setSegments({}, {});
        m_causes->clear();
        m_records->clear();
        m_causesListed = m_recordsListed = {};
        return;
    }
    const Catalogue& catalogue = m_reader.catalogue();
    std::vector<std::uint64_t> indices;
    std::vector<Record> past;
    std::size_t leftOut = 0;
    for (const std::uint64_t index : tree->records) {
        const Record& record = m_reader.at(index);
        if (record.ordinal != m_shown)
            continue;
        if (index < m_storyUpTo)
            past.push_back(record);
        if (indices.size() < recordsShown)
            indices.push_back(index);
        else
            ++leftOut;
    }
    std::vector<SignRow> life;
    bool open = false;
    for (const LifeLine& line : lifeOf(past, catalogue, m_session.now())) {
        life.push_back({.sign = line.tone, .text = line.text, .note = {}, .tip = {}});
        open = open || line.open;
    }
    if (const QString cause = causeOf(past); !cause.isEmpty())
        life.push_back({.sign = Tone::Danger, .text = cause, .note = {}, .tip = {}});
    m_life->setRows(std::move(life));
    const std::vector<Span> whole = spans(m_reader, *tree);
    m_segments->setSegments(segmentsOf(m_shown, whole, catalogue, m_session.now()),
                            past.empty() ? SimTime{} : past.front().at);
    showCauses(*tree);
    showRecords(indices, leftOut);
    m_final = tree->completed && !open && !tree->records.empty() && tree->records.back() < m_storyUpTo;
}

// Why it fails whoever tries it, where that can be told of the last one who failed.
QString DetailsView::causeOf(std::span<const Record> past) const {
    const auto failed =
        std::find_if(past.rbegin(), past.rend(), [](const Record& each) { return each.kind == RecordKind::failed; });
    const auto messages = m_session.messages();
    if (failed == past.rend() || !m_session.scenario() || !messages)
        return {};
    const Catalogue& catalogue = m_reader.catalogue();
    const auto condition = failureCondition(*m_session.scenario(), catalogue, *messages, *failed);
    const ServiceId service = catalogue.place(failed->place).service;
    return condition ? tr("%1 fails whenever %2")
                           .arg(toQt(catalogue.services()[service.index()].name), QString::fromStdString(*condition))
                     : QString();
}

void DetailsView::showCauses(const CausalTree& tree) {
    const auto ahead =
        std::partition_point(tree.messages.begin(), tree.messages.end(),
                             [this](const CausalTree::Message& message) { return message.index < m_storyUpTo; });
    const Listed listed{m_shown, tree.messages.size(), static_cast<std::size_t>(ahead - tree.messages.begin())};
    if (std::exchange(m_causesListed, listed) == listed)
        return;
    const QSignalBlocker quiet(m_causes);
    m_causes->clear();
    const Theme& theme = m_themes.theme();
    const auto messages = m_session.messages();
    std::unordered_map<Ordinal, QTreeWidgetItem*> items;
    std::size_t shown = 0;
    const SimTime begin = m_reader.at(tree.messages.front().index).at;
    for (const CausalTree::Message& message : tree.messages) {
        if (++shown > messagesShown)
            break;
        const auto parent = items.find(message.cause);
        auto* const item = parent == items.end() ? new QTreeWidgetItem(m_causes) : new QTreeWidgetItem(parent->second);
        const Record& published = m_reader.at(message.index);
        const QString type = toQt(m_reader.catalogue().eventTypes()[published.type.index()].name);
        item->setText(0, type);
        // Behind the root, so that the times tell how far apart they are.
        item->setText(1, QLatin1Char('+') + durationText(published.at - begin));
        item->setToolTip(1, RecordText::exactTime(published.at));
        const auto view = messages ? messages->message(message.ordinal) : std::nullopt;
        item->setToolTip(0, view ? type + QStringLiteral("\n") + toQt(view->id) : type);
        item->setIcon(0, markIcon(theme.mark(published.type.value), devicePixelRatioF()));
        item->setData(0, indexRole, QVariant::fromValue<qulonglong>(message.index));
        item->setForeground(1, theme.muted);
        item->setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter);
        if (message.ordinal == m_shown)
            item->setFont(0, theme.font(TextRole::Strong));
        if (message.index >= m_storyUpTo)
            item->setForeground(0, theme.faint);
        item->setSelected(message.ordinal == m_shown);
        items[message.ordinal] = item;
    }
    QString count = countText(static_cast<std::int64_t>(tree.messages.size()));
    if (tree.truncated)
        count = tr("%1 or more").arg(count);
    m_causesHeader->setCount(
        tree.messages.size() > messagesShown ? tr("the first %1 of %2").arg(countText(messagesShown), count) : count);
    m_causes->expandAll();
    fit(*m_causes);
}

void DetailsView::showRecords(const std::vector<std::uint64_t>& indices, std::size_t leftOut) {
    const auto ahead = std::lower_bound(indices.begin(), indices.end(), m_storyUpTo);
    const Listed listed{m_shown, indices.size() + leftOut, static_cast<std::size_t>(ahead - indices.begin())};
    if (std::exchange(m_recordsListed, listed) == listed)
        return;
    const QSignalBlocker quiet(m_records);
    m_records->clear();
    const Theme& theme = m_themes.theme();
    const RecordText text(m_reader.catalogue(), nullptr);
    QList<QTreeWidgetItem*> items;
    for (const std::uint64_t index : indices) {
        const Record& record = m_reader.at(index);
        const Place place = record.place.valid() ? m_reader.catalogue().place(record.place) : Place{};
        auto* const item = new QTreeWidgetItem;
        QString where = text.service(place);
        if (where.isEmpty())
            where = text.channel(place);
        item->setText(0, RecordText::time(record.at));
        item->setText(1, RecordText::kind(record.kind));
        item->setText(2, where);
        item->setFont(0, theme.font(TextRole::Mono));
        const bool happened = index < m_storyUpTo;
        item->setForeground(0, happened ? theme.muted : theme.faint);
        item->setForeground(1, happened ? theme.textColour(RecordText::kindTone(record.kind)) : theme.faint);
        item->setForeground(2, happened ? theme.text : theme.faint);
        item->setToolTip(1, RecordText::kindMeaning(record.kind));
        item->setToolTip(
            2, where + (text.detail(record).isEmpty() ? QString() : QStringLiteral("\n") + text.detail(record)));
        item->setData(0, indexRole, QVariant::fromValue<qulonglong>(index));
        items << item;
    }
    m_records->addTopLevelItems(items);
    const QString count = countText(static_cast<std::int64_t>(indices.size()));
    m_recordsHeader->setCount(
        leftOut == 0
            ? count
            : tr("the first %1 of %2").arg(count, countText(static_cast<std::int64_t>(indices.size() + leftOut))));
    fit(*m_records);
    markRecord();
}

void DetailsView::markRecord() {
    const QSignalBlocker quiet(m_records);
    for (int i = 0; i < m_records->topLevelItemCount(); ++i) {
        QTreeWidgetItem* const item = m_records->topLevelItem(i);
        item->setSelected(m_selection.record() == item->data(0, indexRole).toULongLong());
    }
}

void DetailsView::chooseRecord(std::uint64_t index) {
    if (index < m_reader.first() || index >= m_reader.end())
        return;
    const Record record = m_reader.at(index);
    m_selection.selectRecord(index, record.ordinal, NodeRef::of(m_reader.catalogue(), record.place), record.type);
}

// The panel scrolls, not the lists in it: as high as their rows.
void DetailsView::fit(QTreeWidget& list) {
    int rows = 0;
    for (QTreeWidgetItemIterator at(&list, QTreeWidgetItemIterator::NotHidden); *at; ++at)
        if (!(*at)->parent() || (*at)->parent()->isExpanded())
            ++rows;
    const int height = rows > 0 ? std::max(list.sizeHintForRow(0), 1) : 0;
    list.setFixedHeight(rows * std::max(height, rowHeight - 4) + 2);
}

void DetailsView::showEvent(QShowEvent* event) {
    QScrollArea::showEvent(event);
    m_shownFor.invalidate();
    tick();
}

void DetailsView::resizeEvent(QResizeEvent* event) {
    QScrollArea::resizeEvent(event);
    widget()->setMaximumWidth(viewport()->width());
}

// The wheel scrolls the panel, also over the lists.
bool DetailsView::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Wheel) {
        event->ignore();
        return true;
    }
    return QScrollArea::eventFilter(watched, event);
}

void DetailsView::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        showMessage();
    }
    QScrollArea::changeEvent(event);
}

void DetailsView::retranslate() {
    m_lifeHeader->setText(tr("What became of it"));
    m_segmentsHeader->setText(tr("Where its time went"));
    m_causesHeader->setText(tr("Causes and effects"));
    m_recordsHeader->setText(tr("Records"));
    m_jsonHeader->setText(tr("Event"));
    m_causes->setAccessibleName(tr("Causes and effects"));
    m_records->setAccessibleName(tr("Records"));
    m_json->setAccessibleName(tr("Event as JSON"));
}

void DetailsView::dress() {
    const Theme& theme = m_themes.theme();
    QPalette ground = palette();
    ground.setColor(QPalette::Window, theme.surface);
    ground.setColor(QPalette::WindowText, theme.text);
    ground.setColor(QPalette::Base, theme.surface);
    ground.setColor(QPalette::Text, theme.text);
    setPalette(ground);
    viewport()->setAutoFillBackground(true);
    QPalette muted = ground;
    muted.setColor(QPalette::WindowText, theme.muted);
    m_title->setFont(theme.font(TextRole::Title));
    m_title->setInk(theme.text);
    m_subtitle->setFont(theme.font(TextRole::Label));
    m_subtitle->setInk(theme.muted);
    m_hint->setFont(theme.font(TextRole::Body));
    m_hint->setPalette(muted);
    for (QTreeWidget* const list : {m_causes, m_records}) {
        list->setPalette(ground);
        list->setFont(theme.font(TextRole::Body));
    }
    QPalette raised = ground;
    raised.setColor(QPalette::Base, theme.raised);
    m_json->setPalette(raised);
    m_json->setFont(theme.font(TextRole::Mono));
    const auto columns = [](QTreeWidget& list, std::initializer_list<int> widths) {
        int column = 0;
        for (const int width : widths) {
            list.header()->setSectionResizeMode(column, width > 0 ? QHeaderView::Fixed : QHeaderView::Stretch);
            if (width > 0)
                list.header()->resizeSection(column, width);
            ++column;
        }
    };
    m_causes->header()->setStretchLastSection(false);
    m_records->header()->setStretchLastSection(false);
    columns(*m_causes, {0, 76});
    columns(*m_records, {88, 92, 0});
    showMessage();
}

} // namespace weir
