#include "ui/welcome/welcome_page.h"

#include "core/scenario/load.h"
#include "ui/icons.h"
#include "ui/style.h"
#include "ui/welcome/scenario_card.h"
#include "ui/widgets/section_header.h"
#include "ui/widgets/spoken_role.h"

#include <QBoxLayout>
#include <QDir>
#include <QEvent>
#include <QFile>
#include <QFileInfo>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>

#include <algorithm>

namespace weir {
namespace {

constexpr int margin = 32;
constexpr int startWidth = 232;
constexpr int gap = 32; // between start and gallery
constexpr int cardGap = 16;
constexpr int columnsMax = 3;
const QString examples = QStringLiteral(":/scenarios");

// A text in a role of the theme, in its ink or muted.
void dressLabel(QLabel& label, const Theme& theme, TextRole role, bool muted) {
    label.setFont(theme.font(role));
    QPalette palette = label.palette();
    palette.setColor(QPalette::WindowText, muted ? theme.muted : theme.text);
    label.setPalette(palette);
}

} // namespace

WelcomePage::WelcomePage(const RecentFiles& recent, const Language& language, const ThemeSource& themes, QWidget* parent)
    : QScrollArea(parent), m_recent(recent), m_language(language), m_themes(themes), m_title(new QLabel(this)),
      m_line(new QLabel(this)), m_startHeader(new SectionHeader(themes, this)),
      m_recentHeader(new SectionHeader(themes, this)), m_galleryHeader(new SectionHeader(themes, this)),
      m_new(new QPushButton(this)), m_open(new QPushButton(this)), m_dropHint(new QLabel(this)),
      m_recentList(new QVBoxLayout), m_noRecent(new QLabel(this)), m_galleryHint(new QLabel(this)),
      m_parts(new QBoxLayout(QBoxLayout::LeftToRight)), m_grid(new QGridLayout) {
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSpokenRole(*this, QAccessible::Pane);
    setMinimumWidth(0);
    auto* page = new QWidget;
    page->setAutoFillBackground(true);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(margin, margin - 8, margin, margin);
    column->setSpacing(4);
    column->addWidget(m_title);
    column->addWidget(m_line);
    column->addSpacing(24);
    m_parts->setSpacing(gap);
    m_parts->addWidget(makeStart(), 0, Qt::AlignTop);
    m_parts->addWidget(makeGallery(), 0, Qt::AlignTop);
    m_parts->addStretch(1);
    column->addLayout(m_parts);
    column->addStretch(1);
    setWidget(page);
    connect(&m_themes, &ThemeSource::changed, this, &WelcomePage::dress);
    dress();
    retranslate();
}

QWidget* WelcomePage::makeStart() {
    auto* start = new QWidget;
    start->setFixedWidth(startWidth);
    auto* column = new QVBoxLayout(start);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addWidget(m_startHeader);
    column->addWidget(m_new);
    column->addWidget(m_open);
    column->addWidget(m_dropHint);
    column->addSpacing(16);
    column->addWidget(m_recentHeader);
    column->addWidget(m_noRecent);
    m_recentList->setSpacing(0);
    column->addLayout(m_recentList);
    setButtonLook(*m_new, ButtonLook::Primary);
    setButtonLook(*m_open, ButtonLook::Raised);
    m_dropHint->setWordWrap(true);
    m_noRecent->setWordWrap(true);
    connect(m_new, &QPushButton::clicked, this, &WelcomePage::newRequested);
    connect(m_open, &QPushButton::clicked, this, &WelcomePage::openRequested);
    return start;
}

QWidget* WelcomePage::makeGallery() {
    auto* gallery = new QWidget;
    auto* column = new QVBoxLayout(gallery);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addWidget(m_galleryHeader);
    column->addWidget(m_galleryHint);
    m_grid->setSpacing(cardGap);
    m_grid->setContentsMargins(0, 0, 0, 0);
    column->addLayout(m_grid);
    QStringList names = QDir(examples).entryList({QStringLiteral("*.json")}, QDir::Files, QDir::Name);
    // The one that shows most comes first.
    std::stable_partition(names.begin(), names.end(),
                          [](const QString& name) { return name == QLatin1String("order_flow.json"); });
    for (const QString& name : names) {
        const QString path = examples + QLatin1Char('/') + name;
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly))
            continue;
        Result<Scenario, Errors> scenario = loadScenario(file.readAll().toStdString());
        if (!scenario)
            continue;
        auto* card = new ScenarioCard(std::move(*scenario), m_themes, gallery);
        connect(card, &QAbstractButton::clicked, this, [this, path] { Q_EMIT exampleRequested(path); });
        m_cards.append(card);
    }
    return gallery;
}

void WelcomePage::arrangeCards() {
    const int whole = viewport()->width() - 2 * margin;
    // Where no card has room beside the start, the gallery goes below it.
    const bool beside = whole - startWidth - gap >= ScenarioCard::cardWidth;
    m_parts->setDirection(beside ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    const int room = beside ? whole - startWidth - gap : whole;
    const int columns = std::clamp((room + cardGap) / (ScenarioCard::cardWidth + cardGap), 1, columnsMax);
    if (columns == m_columns)
        return;
    m_columns = columns;
    for (int i = 0; i < m_cards.size(); ++i)
        m_grid->addWidget(m_cards[i], i / columns, i % columns, Qt::AlignLeft | Qt::AlignTop);
}

void WelcomePage::listRecent() {
    while (QLayoutItem* item = m_recentList->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    const QStringList paths = m_recent.paths();
    for (const QString& path : paths) {
        auto* button = new QToolButton;
        const QString name = QFontMetrics(button->font()).elidedText(QFileInfo(path).fileName(), Qt::ElideMiddle, startWidth - 44);
        button->setText(QString(name).replace(QLatin1Char('&'), QStringLiteral("&&")));
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setIcon(makeIcon(QStringLiteral("clock"), m_themes.theme()));
        button->setFocusPolicy(Qt::StrongFocus);
        button->setFixedHeight(28);
        button->setToolTip(QDir::toNativeSeparators(path));
        button->setAccessibleName(QFileInfo(path).fileName());
        button->setAccessibleDescription(path);
        connect(button, &QToolButton::clicked, this, [this, path] { Q_EMIT recentRequested(path); });
        m_recentList->addWidget(button, 0, Qt::AlignLeft);
    }
    m_noRecent->setVisible(paths.isEmpty());
}

void WelcomePage::resizeEvent(QResizeEvent* event) {
    QScrollArea::resizeEvent(event);
    arrangeCards();
}

// Other windows may have opened files meanwhile.
void WelcomePage::showEvent(QShowEvent* event) {
    listRecent();
    QScrollArea::showEvent(event);
}

void WelcomePage::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QScrollArea::changeEvent(event);
}

void WelcomePage::dress() {
    const Theme& theme = m_themes.theme();
    QPalette ground = widget()->palette();
    ground.setColor(QPalette::Window, theme.canvas);
    widget()->setPalette(ground);
    QFont title = theme.font(TextRole::Title);
    title.setPixelSize(title.pixelSize() * 8 / 5);
    dressLabel(*m_title, theme, TextRole::Title, false);
    m_title->setFont(title);
    dressLabel(*m_line, theme, TextRole::Body, true);
    for (QLabel* hint : {m_dropHint, m_noRecent, m_galleryHint})
        dressLabel(*hint, theme, TextRole::Label, true);
    m_new->setIcon(makeIcon(QStringLiteral("new"), IconInk{.normal = theme.onAccent, .disabled = theme.faint}));
    m_open->setIcon(makeIcon(QStringLiteral("open"), theme));
    listRecent();
}

void WelcomePage::retranslate() {
    m_title->setText(tr("Welcome to Weir"));
    m_line->setText(tr("See an event-driven architecture flow: before you build it, and while it runs."));
    m_startHeader->setText(tr("Start"));
    m_new->setText(tr("New scenario"));
    m_new->setToolTip(tr("Begin with an empty canvas"));
    m_open->setText(tr("Open…"));
    m_open->setToolTip(tr("Open a scenario file"));
    m_dropHint->setText(tr("Or drop a file here. To watch a running system: Live > Attach."));
    m_recentHeader->setText(tr("Recent"));
    m_noRecent->setText(tr("Files that you open appear here."));
    m_galleryHeader->setText(tr("Examples"));
    m_galleryHint->setText(tr("Each shows one idea. It opens as a copy that is yours to change."));
    for (ScenarioCard* card : m_cards)
        card->speak(m_language.speaksChinese());
    setAccessibleName(tr("Welcome"));
}

} // namespace weir
