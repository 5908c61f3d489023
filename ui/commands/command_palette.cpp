#include "ui/commands/command_palette.h"

#include "ui/format.h"
#include "ui/fuzzy.h"
#include "ui/icons.h"

#include <QBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QSettings>
#include <QStandardItemModel>
#include <QStyledItemDelegate>

#include <algorithm>

namespace weir {
namespace {

constexpr int rowHeight = 30;
constexpr int visibleRows = 12;
const QString recentKey = QStringLiteral("commands/recent");

enum Role { entryRole = Qt::UserRole, groupRole, keysRole, positionsRole };

// One row: icon, title with the letters that were found in bold, where it comes from, its keys.
class EntryDelegate final : public QStyledItemDelegate {
  public:
    EntryDelegate(const ThemeSource& themes, QObject* parent) : QStyledItemDelegate(parent), m_themes(themes) {}

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override { return {200, rowHeight}; }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        const Theme& theme = m_themes.theme();
        const bool enabled = index.flags() & Qt::ItemIsEnabled;
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        if (option.state & (QStyle::State_Selected | QStyle::State_MouseOver)) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(option.state & QStyle::State_Selected ? theme.selection : theme.hover);
            painter->drawRoundedRect(option.rect.adjusted(6, 1, -6, -1), 6, 6);
        }
        const QRect row = option.rect.adjusted(14, 0, -16, 0);
        qvariant_cast<QIcon>(index.data(Qt::DecorationRole))
            .paint(painter, QRect(row.left(), row.center().y() - 7, 16, 16), Qt::AlignCenter,
                   enabled ? QIcon::Normal : QIcon::Disabled);

        const QString keys = index.data(keysRole).toString();
        painter->setFont(theme.font(TextRole::Label));
        painter->setPen(enabled ? theme.muted : theme.faint);
        painter->drawText(row, Qt::AlignRight | Qt::AlignVCenter, keys);
        const int keysWidth = keys.isEmpty() ? 0 : painter->fontMetrics().horizontalAdvance(keys) + 16;
        const QString group = index.data(groupRole).toString();
        const int groupWidth = painter->fontMetrics().horizontalAdvance(group) + 16;

        const int left = row.left() + 26;
        const int room = row.right() - keysWidth - left;
        const int end = paintTitle(*painter, theme, index, {left, row.top(), std::max(40, room - groupWidth), row.height()},
                                   enabled);
        painter->setFont(theme.font(TextRole::Label));
        painter->setPen(enabled ? theme.muted : theme.faint);
        painter->drawText(QRect(end + 12, row.top(), row.right() - keysWidth - end - 12, row.height()), Qt::AlignVCenter,
                          group);
        painter->restore();
    }

  private:
    // Says where it ended.
    static int paintTitle(QPainter& painter, const Theme& theme, const QModelIndex& index, const QRect& rect,
                          bool enabled) {
        const auto positions = index.data(positionsRole).value<QList<int>>();
        const QFont plain = theme.font(TextRole::Body);
        QFont found = theme.font(TextRole::Strong);
        found.setWeight(QFont::Bold);
        const QString title = QFontMetrics(found).elidedText(index.data().toString(), Qt::ElideRight, rect.width());
        int x = rect.left();
        int from = 0;
        const auto draw = [&](int to, bool strong) {
            const QString part = title.mid(from, to - from);
            painter.setFont(strong ? found : plain);
            painter.setPen(!enabled ? theme.faint : strong ? theme.accentText : theme.text);
            painter.drawText(QRect(x, rect.top(), rect.right() - x, rect.height()), Qt::AlignVCenter, part);
            x += painter.fontMetrics().horizontalAdvance(part);
            from = to;
        };
        for (const int position : positions) {
            if (position >= title.size())
                break;
            if (position > from)
                draw(position, false);
            draw(position + 1, true);
        }
        draw(static_cast<int>(title.size()), false);
        return x;
    }

    const ThemeSource& m_themes;
};

} // namespace

CommandPalette::CommandPalette(const ThemeSource& themes, QSettings& settings, QWidget* parent)
    : QFrame(parent, Qt::Popup), m_themes(themes), m_settings(settings), m_field(new QLineEdit(this)),
      m_list(new QListView(this)), m_hint(new QLabel(this)), m_model(new QStandardItemModel(this)) {
    setFixedWidth(600);
    m_field->setMaxLength(120);
    m_field->setFixedHeight(34);
    m_field->installEventFilter(this);
    m_list->setModel(m_model);
    m_list->setItemDelegate(new EntryDelegate(themes, m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setUniformItemSizes(true);
    m_list->setMouseTracking(true);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 8);
    column->setSpacing(6);
    column->addWidget(m_field);
    column->addWidget(m_list);
    column->addWidget(m_hint);
    connect(m_field, &QLineEdit::textChanged, this, &CommandPalette::search);
    connect(m_list, &QListView::clicked, this, &CommandPalette::choose);
    connect(&m_themes, &ThemeSource::changed, this, &CommandPalette::dress);
    dress();
    retranslate();
}

void CommandPalette::openOver(const QWidget& widget, QList<CommandEntry> entries) {
    m_entries = std::move(entries);
    m_field->clear();
    search();
    move(widget.mapToGlobal(QPoint((widget.width() - width()) / 2, 84)));
    QFrame::show();
    m_field->setFocus();
}

void CommandPalette::search() {
    struct Found {
        int entry;
        FuzzyMatch match;
    };
    QList<Found> found;
    const QString query = m_field->text();
    const QStringList recent = m_settings.value(recentKey).toStringList();
    for (int i = 0; i < m_entries.size(); ++i) {
        const CommandEntry& entry = m_entries[i];
        std::optional<FuzzyMatch> match = fuzzyMatch(query, entry.title);
        if (!match && !query.trimmed().isEmpty()) // "theme dark": the words of the group count too
            if ((match = fuzzyMatch(query, entry.group + u' ' + entry.title))) {
                match->score /= 2;
                match->positions.clear();
            }
        if (!match)
            continue;
        if (const qsizetype at = recent.indexOf(entry.id); at >= 0)
            match->score += query.trimmed().isEmpty() ? static_cast<int>(1000 - at) : 20;
        if (!entry.enabled)
            match->score -= 100;
        found.append({i, *match});
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const Found& a, const Found& b) { return a.match.score > b.match.score; });
    m_model->clear();
    for (const Found& each : found.mid(0, shownMax))
        show(m_entries[each.entry], each.entry, each.match.positions);
    const int rows = std::min(m_model->rowCount(), visibleRows);
    m_list->setFixedHeight(rows * rowHeight + 2);
    m_list->setVisible(rows > 0);
    m_hint->setVisible(found.size() > shownMax || found.isEmpty());
    m_hint->setText(found.isEmpty() ? tr("Nothing fits. Try fewer letters.")
                                    : tr("and %1 more: type to find them").arg(countText(found.size() - shownMax)));
    m_list->setCurrentIndex({});
    step(1); // to the first that can be chosen now
    adjustSize();
}

void CommandPalette::show(const CommandEntry& entry, int index, const QList<int>& positions) {
    auto* item = new QStandardItem(entry.title);
    item->setIcon(entry.checked ? makeIcon(QStringLiteral("check"), m_themes.theme()) : entry.icon);
    item->setData(index, entryRole);
    item->setData(entry.group, groupRole);
    item->setData(entry.keys, keysRole);
    item->setData(QVariant::fromValue(positions), positionsRole);
    item->setAccessibleText(QStringList{entry.title, entry.group, entry.keys}.join(QStringLiteral(", ")));
    item->setEnabled(entry.enabled);
    m_model->appendRow(item);
}

void CommandPalette::choose(const QModelIndex& index) {
    if (!index.isValid() || !(index.flags() & Qt::ItemIsEnabled))
        return;
    const CommandEntry entry = m_entries[index.data(entryRole).toInt()];
    QStringList recent = m_settings.value(recentKey).toStringList();
    recent.removeAll(entry.id);
    recent.prepend(entry.id);
    m_settings.setValue(recentKey, recent.mid(0, recentMax));
    close();
    entry.chosen();
}

// Round the ends, over what cannot be chosen now.
void CommandPalette::step(int rows) {
    const int count = m_model->rowCount();
    int row = m_list->currentIndex().row(); // -1: none
    for (int tried = 0; tried < count; ++tried) {
        row = (row + rows + count) % count;
        if (m_model->item(row)->isEnabled())
            return m_list->setCurrentIndex(m_model->index(row, 0));
    }
}

QStringList CommandPalette::shownTitles() const {
    QStringList titles;
    for (int i = 0; i < m_model->rowCount(); ++i)
        titles << m_model->item(i)->text();
    return titles;
}

// The field keeps the keyboard; the list is walked from there.
bool CommandPalette::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::KeyPress) {
        switch (static_cast<QKeyEvent*>(event)->key()) {
        case Qt::Key_Down:
            step(1);
            return true;
        case Qt::Key_Up:
            step(-1);
            return true;
        case Qt::Key_PageDown:
        case Qt::Key_PageUp: {
            const int rows = static_cast<QKeyEvent*>(event)->key() == Qt::Key_PageDown ? visibleRows : -visibleRows;
            const int last = m_model->rowCount() - 1;
            m_list->setCurrentIndex(m_model->index(std::clamp(m_list->currentIndex().row() + rows, 0, std::max(0, last)), 0));
            return true;
        }
        case Qt::Key_Return:
        case Qt::Key_Enter:
            choose(m_list->currentIndex());
            return true;
        default:
            break;
        }
    }
    return QFrame::eventFilter(watched, event);
}

void CommandPalette::dress() {
    const Theme& theme = m_themes.theme();
    m_field->setFont(theme.font(TextRole::Body));
    m_hint->setFont(theme.font(TextRole::Label));
    m_hint->setContentsMargins(8, 0, 0, 2);
    QPalette palette = m_hint->palette();
    palette.setColor(QPalette::WindowText, theme.muted);
    m_hint->setPalette(palette);
    QPalette ground = m_list->palette();
    ground.setColor(QPalette::Base, theme.surface);
    m_list->setPalette(ground);
    update();
}

void CommandPalette::retranslate() {
    setAccessibleName(tr("Command palette"));
    m_field->setAccessibleName(tr("Search or run a command"));
    m_field->setPlaceholderText(tr("A command, a service, a channel or an event type"));
    m_list->setAccessibleName(tr("What fits"));
}

void CommandPalette::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setBrush(m_themes.theme().surface);
    painter.setPen(m_themes.theme().line);
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

void CommandPalette::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QFrame::changeEvent(event);
}

} // namespace weir
