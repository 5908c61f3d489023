#include "ui/trace/colour_popup.h"

#include "ui/icons.h"
#include "ui/style.h"
#include "ui/trace/filter_field.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QGuiApplication>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QScreen>
#include <QToolButton>

namespace weir {
namespace {

QIcon swatch(const Theme& theme, Tone tone) {
    QPixmap pixmap(28, 28);
    pixmap.fill(Qt::transparent);
    pixmap.setDevicePixelRatio(2);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(theme.tint(tone));
    painter.setPen(theme.colour(tone));
    painter.drawRoundedRect(QRectF(1, 1, 12, 12), 3, 3);
    return QIcon(pixmap);
}

} // namespace

std::array<RowColour, 4> rowColours() {
    return {RowColour{Tone::Danger, ColourPopup::tr("Red")}, RowColour{Tone::Warn, ColourPopup::tr("Amber")},
            RowColour{Tone::Ok, ColourPopup::tr("Green")}, RowColour{Tone::Accent, ColourPopup::tr("Blue")}};
}

ColourPopup::ColourPopup(const ThemeSource& themes, QWidget* parent)
    : QFrame(parent, Qt::Popup), m_themes(themes), m_title(new QLabel(this)), m_hint(new QLabel(this)),
      m_list(new QVBoxLayout), m_add(new QPushButton(this)) {
    m_hint->setWordWrap(true);
    m_list->setSpacing(4);
    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(12, 10, 12, 12);
    column->setSpacing(8);
    column->addWidget(m_title);
    column->addWidget(m_hint);
    column->addLayout(m_list);
    column->addWidget(m_add, 0, Qt::AlignLeft);
    setFixedWidth(480);
    connect(m_add, &QPushButton::clicked, this, [this] {
        add(QString(), rowColours()[m_rows.size() % 4].tone, true);
        fit();
        m_rows.back().field->setFocus();
    });
    connect(&m_themes, &ThemeSource::changed, this, &ColourPopup::dress);
    retranslate();
    dress();
}

void ColourPopup::openAt(const QPoint& globalPosition, const std::vector<ColourRule>& rules,
                         std::shared_ptr<const Catalogue> catalogue) {
    m_catalogue = std::move(catalogue);
    m_filling = true;
    while (!m_rows.empty())
        remove(m_rows.back().line);
    for (const ColourRule& rule : rules)
        add(QString::fromStdString(rule.when.text()), rule.tone, rule.on);
    m_filling = false;
    m_at = globalPosition;
    fit();
    show();
}

void ColourPopup::add(const QString& text, Tone tone, bool on) {
    auto* const line = new QWidget(this);
    const Row row{line, new QCheckBox(line), new QComboBox(line),
                  new FilterField(m_themes, FilterField::Use::Rule, line), new QToolButton(line)};
    auto* const cells = new QHBoxLayout(line);
    cells->setContentsMargins(0, 0, 0, 0);
    cells->setSpacing(8);
    cells->addWidget(row.on);
    cells->addWidget(row.tone);
    cells->addWidget(row.field, 1);
    cells->addWidget(row.remove);
    row.on->setChecked(on);
    for (const RowColour& each : rowColours())
        row.tone->addItem(QString(), static_cast<int>(each.tone));
    row.tone->setCurrentIndex(row.tone->findData(static_cast<int>(tone)));
    row.field->setCatalogue(m_catalogue);
    row.field->setText(text);
    row.remove->setAutoRaise(true);
    m_list->addWidget(line);
    m_rows.push_back(row);
    name(row);
    connect(row.on, &QCheckBox::toggled, this, &ColourPopup::tell);
    connect(row.tone, &QComboBox::currentIndexChanged, this, &ColourPopup::tell);
    connect(row.field, &FilterField::filterChanged, this, &ColourPopup::tell);
    connect(row.field, &FilterField::refusalChanged, this, &ColourPopup::tell);
    connect(row.remove, &QToolButton::clicked, this, [this, line] {
        remove(line);
        fit();
        tell();
    });
}

void ColourPopup::remove(const QWidget* line) {
    const auto found = std::find_if(m_rows.begin(), m_rows.end(), [line](const Row& row) { return row.line == line; });
    found->line->hide();
    m_list->removeWidget(found->line);
    found->line->deleteLater();
    m_rows.erase(found);
}

void ColourPopup::tell() {
    if (m_filling)
        return;
    std::vector<ColourRule> rules;
    for (const Row& row : m_rows)
        if (const auto& when = row.field->filter(); when && row.field->refusal().isEmpty())
            rules.push_back(
                {.when = *when, .tone = static_cast<Tone>(row.tone->currentData().toInt()), .on = row.on->isChecked()});
    Q_EMIT changed(rules);
}

// As high as it has rules, and on the screen.
void ColourPopup::fit() {
    m_add->setEnabled(m_rows.size() < TraceLook::rulesMax);
    m_hint->setVisible(m_rows.empty());
    layout()->activate();
    setFixedHeight(layout()->totalHeightForWidth(width()) > 0 ? layout()->totalHeightForWidth(width())
                                                              : layout()->totalSizeHint().height());
    const QScreen* const screen = QGuiApplication::screenAt(m_at);
    const QRect room = screen ? screen->availableGeometry() : QRect(m_at, size());
    move(std::max(room.left(), std::min(m_at.x(), room.right() - width())),
         std::max(room.top(), std::min(m_at.y(), room.bottom() - height())));
}

void ColourPopup::name(const Row& row) {
    row.on->setAccessibleName(tr("In force"));
    row.on->setToolTip(row.on->accessibleName());
    row.tone->setAccessibleName(tr("Colour"));
    int place = 0;
    for (const RowColour& each : rowColours()) {
        row.tone->setItemText(place, each.name);
        row.tone->setItemIcon(place++, swatch(m_themes.theme(), each.tone));
    }
    row.remove->setAccessibleName(tr("Remove this rule"));
    row.remove->setToolTip(row.remove->accessibleName());
    row.remove->setIcon(makeIcon(QStringLiteral("close"), m_themes.theme()));
}

void ColourPopup::dress() {
    m_title->setFont(m_themes.theme().font(TextRole::Strong));
    m_hint->setFont(m_themes.theme().font(TextRole::Body));
    QPalette palette = m_hint->palette();
    palette.setColor(QPalette::WindowText, m_themes.theme().muted);
    m_hint->setPalette(palette);
    m_add->setIcon(makeIcon(QStringLiteral("plus"), m_themes.theme()));
    for (const Row& row : m_rows)
        name(row);
}

void ColourPopup::retranslate() {
    m_title->setText(tr("Colour rows for which this holds"));
    m_hint->setText(tr("No rule yet. One such as kind = 'failed' or latency > 1s lets its rows stand out; the first "
                       "rule that holds wins."));
    m_add->setText(tr("Add rule"));
    for (const Row& row : m_rows)
        name(row);
}

void ColourPopup::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setBrush(m_themes.theme().surface);
    painter.setPen(m_themes.theme().line);
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

void ColourPopup::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QFrame::changeEvent(event);
}

} // namespace weir
