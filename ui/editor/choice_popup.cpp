#include "ui/editor/choice_popup.h"

#include "ui/format.h"
#include "ui/fuzzy.h"
#include "ui/icons.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>
#include <QScreen>
#include <QStyledItemDelegate>

#include <algorithm>

namespace weir {
namespace {

constexpr int rowHeight = 28;
constexpr int visibleRows = 9;
enum Role { idRole = Qt::UserRole, noteRole };

// Icon, title, and the note behind it.
class ChoiceDelegate final : public QStyledItemDelegate {
  public:
    ChoiceDelegate(const ThemeSource& themes, QObject* parent) : QStyledItemDelegate(parent), m_themes(themes) {}

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override { return {200, rowHeight}; }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        const Theme& theme = m_themes.theme();
        const bool enabled = index.flags() & Qt::ItemIsEnabled;
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        if (enabled && option.state & (QStyle::State_Selected | QStyle::State_MouseOver)) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(option.state & QStyle::State_Selected ? theme.selection : theme.hover);
            painter->drawRoundedRect(option.rect.adjusted(0, 1, 0, -1), 5, 5);
        }
        const QRect row = option.rect.adjusted(8, 0, -8, 0);
        qvariant_cast<QIcon>(index.data(Qt::DecorationRole))
            .paint(painter, QRect(row.left(), row.center().y() - 7, 16, 16), Qt::AlignCenter,
                   enabled ? QIcon::Normal : QIcon::Disabled);
        painter->setFont(theme.font(TextRole::Body));
        painter->setPen(enabled ? theme.text : theme.faint);
        QRect words = row.adjusted(24, 0, 0, 0);
        const QString title =
            painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, words.width());
        painter->drawText(words, Qt::AlignVCenter, title);
        words.adjust(painter->fontMetrics().horizontalAdvance(title) + 10, 0, 0, 0);
        painter->setFont(theme.font(TextRole::Label));
        painter->setPen(enabled ? theme.muted : theme.faint);
        if (words.width() > 24)
            painter->drawText(words, Qt::AlignVCenter | Qt::AlignRight,
                              painter->fontMetrics().elidedText(index.data(noteRole).toString(), Qt::ElideRight,
                                                                words.width()));
        painter->restore();
    }

  private:
    const ThemeSource& m_themes;
};

} // namespace

ChoicePopup::ChoicePopup(const ThemeSource& themes, QWidget* parent)
    : QFrame(parent, Qt::Popup), m_themes(themes), m_title(new QLabel(this)), m_variants(new QComboBox(this)),
      m_field(new QLineEdit(this)), m_list(new QListWidget(this)), m_hint(new QLabel(this)) {
    setFixedWidth(440);
    m_field->setMaxLength(200);
    m_field->installEventFilter(this);
    m_list->setItemDelegate(new ChoiceDelegate(themes, m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setMouseTracking(true);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setUniformItemSizes(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_hint->setWordWrap(true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 8);
    column->setSpacing(6);
    column->addWidget(m_title);
    column->addWidget(m_variants);
    column->addWidget(m_field);
    column->addWidget(m_list);
    column->addWidget(m_hint);
    connect(m_field, &QLineEdit::textChanged, this, &ChoicePopup::search);
    connect(m_list, &QListWidget::itemClicked, this, &ChoicePopup::choose);
    connect(&m_themes, &ThemeSource::changed, this, &ChoicePopup::dress);
    dress();
}

QString ChoicePopup::title() const {
    return m_title->text();
}

void ChoicePopup::ask(QPoint global, Question question, std::function<void(const PickedAnswer&)> answered) {
    m_question = std::move(question);
    m_answered = std::move(answered);
    m_title->setText(m_question.title);
    setAccessibleName(m_question.title);
    m_field->setAccessibleName(m_question.title);
    m_list->setAccessibleName(m_question.title);
    m_field->setPlaceholderText(m_question.placeholder);
    m_variants->clear();
    m_variants->addItems(m_question.variants);
    m_variants->setAccessibleName(m_question.variantsName);
    m_variants->setVisible(m_question.variants.size() > 1);
    m_field->clear();
    search();
    if (const QScreen* screen = parentWidget()->screen()) {
        const QRect free = screen->availableGeometry();
        global.setX(std::clamp(global.x(), free.left(), std::max(free.left(), free.right() - width())));
        global.setY(std::clamp(global.y(), free.top(), std::max(free.top(), free.bottom() - height())));
    }
    move(global);
    show();
    m_field->setFocus();
}

void ChoicePopup::search() {
    const QString query = m_field->text().trimmed();
    QList<std::pair<int, const Choice*>> found;
    for (const Choice& choice : std::as_const(m_question.choices))
        if (const std::optional<FuzzyMatch> match = fuzzyMatch(query, choice.title))
            found.append({match->score - (choice.enabled ? 0 : 10'000), &choice});
    std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    m_list->clear();
    const auto add = [this](const QString& id, const QString& title, const QString& note, const QString& icon) {
        auto* item = new QListWidgetItem(title, m_list);
        item->setData(idRole, id);
        item->setData(noteRole, note);
        item->setData(Qt::AccessibleTextRole, note.isEmpty() ? title : title + QStringLiteral(", ") + note);
        if (!icon.isEmpty())
            item->setIcon(makeIcon(icon, m_themes.theme()));
        return item;
    };
    const auto shown = std::min<qsizetype>(found.size(), shownMax);
    for (const auto& [score, choice] : std::as_const(found).mid(0, shown)) {
        QListWidgetItem* item = add(choice->id, choice->title, choice->note, choice->icon);
        if (!choice->enabled) {
            item->setFlags(item->flags() & ~(Qt::ItemIsEnabled | Qt::ItemIsSelectable));
            item->setToolTip(choice->note);
        }
    }
    const bool named = std::any_of(m_question.choices.begin(), m_question.choices.end(),
                                   [&](const Choice& choice) { return choice.title == query; });
    if (const QString fresh = m_question.fresh && !named ? m_question.fresh(query) : QString(); !fresh.isEmpty())
        add({}, fresh, {}, QStringLiteral("plus"));
    m_list->setFixedHeight(std::max(1, std::min(m_list->count(), visibleRows)) * rowHeight + 2);
    const qsizetype left = found.size() - shown;
    m_hint->setVisible(left > 0 || m_list->count() == 0);
    m_hint->setText(left > 0 ? tr("and %1 more: type to find them").arg(countText(left)) : tr("Nothing fits."));
    m_list->setCurrentRow(-1);
    step(1);
    adjustSize();
}

// Round the ends, over what cannot be chosen.
void ChoicePopup::step(int rows) {
    const int count = m_list->count();
    int row = m_list->currentRow();
    if (row < 0 && rows < 0)
        row = 0;
    for (int tried = 0; tried < count; ++tried) {
        row = (row + rows + count) % count;
        if (m_list->item(row)->flags() & Qt::ItemIsEnabled)
            return m_list->setCurrentRow(row);
    }
}

void ChoicePopup::choose() {
    const QListWidgetItem* item = m_list->currentItem();
    if (!item || !(item->flags() & Qt::ItemIsEnabled))
        return;
    const PickedAnswer answer{.id = item->data(idRole).toString(),
                              .typed = m_field->text().trimmed(),
                              .variant = std::max(0, m_variants->currentIndex())};
    const auto answered = m_answered;
    close();
    answered(answer);
}

// The field keeps the keyboard; the list is walked from there.
bool ChoicePopup::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::KeyPress) {
        switch (static_cast<QKeyEvent*>(event)->key()) {
        case Qt::Key_Down:
            step(1);
            return true;
        case Qt::Key_Up:
            step(-1);
            return true;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            choose();
            return true;
        default:
            break;
        }
    }
    return QFrame::eventFilter(watched, event);
}

void ChoicePopup::dress() {
    const Theme& theme = m_themes.theme();
    m_title->setFont(theme.font(TextRole::Strong));
    m_field->setFont(theme.font(TextRole::Body));
    m_variants->setFont(theme.font(TextRole::Body));
    m_hint->setFont(theme.font(TextRole::Label));
    QPalette ground = m_list->palette();
    ground.setColor(QPalette::Base, theme.surface);
    m_list->setPalette(ground);
    QPalette muted = m_hint->palette();
    muted.setColor(QPalette::WindowText, theme.muted);
    m_hint->setPalette(muted);
    update();
}

void ChoicePopup::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setBrush(m_themes.theme().surface);
    painter.setPen(m_themes.theme().line);
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

} // namespace weir
