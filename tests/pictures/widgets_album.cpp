#include "pictures/albums.h"
#include "pictures/camera.h"
#include "ui/format.h"
#include "ui/icons.h"
#include "ui/marks.h"
#include "ui/run_bar/until_popup.h"
#include "ui/style.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/meter.h"
#include "ui/widgets/metric_tile.h"
#include "ui/widgets/section_header.h"
#include "ui/widgets/speed_slider.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QGridLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QProgressBar>
#include <QPushButton>
#include <QRadioButton>
#include <QSpinBox>
#include <QTabBar>
#include <QTableWidget>
#include <QToolButton>
#include <QTreeWidget>

namespace weir {
namespace {

// Every event type's mark, twice around the shapes.
class MarkSheet final : public QWidget {
  public:
    explicit MarkSheet(const ThemeSource& themes) : m_themes(themes) { setFixedSize(340, 56); }

  protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        painter.fillRect(rect(), m_themes.theme().canvas);
        for (int i = 0; i < 16; ++i) {
            drawMark(painter, m_themes.theme().mark(i), QPointF(16 + i * 20.5, 16), 5, m_themes.theme().canvas);
            drawMark(painter, m_themes.theme().mark(i), QPointF(16 + i * 20.5, 40), 8, m_themes.theme().canvas);
        }
    }

  private:
    const ThemeSource& m_themes;
};

class IconSheet final : public QWidget {
  public:
    explicit IconSheet(const ThemeSource& themes) : m_themes(themes) { setFixedSize(540, 136); }

  protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        int i = 0;
        for (const QString& file : QDir(QStringLiteral(":/icons")).entryList()) {
            drawIcon(painter, file.chopped(4), QRectF(4 + i % 18 * 30, 4 + i / 18 * 32, 24, 24),
                     m_themes.theme().muted);
            ++i;
        }
    }

  private:
    const ThemeSource& m_themes;
};

QWidget* row(const QList<QWidget*>& widgets) {
    auto* line = new QWidget;
    auto* layout = new QHBoxLayout(line);
    layout->setContentsMargins(0, 0, 0, 0);
    for (QWidget* widget : widgets)
        layout->addWidget(widget);
    layout->addStretch(1);
    return line;
}

QPushButton* button(const QString& text, ButtonLook look, bool enabled = true) {
    auto* push = new QPushButton(text);
    setButtonLook(*push, look);
    push->setEnabled(enabled);
    return push;
}

QLineEdit* field(const QString& text, FieldState state) {
    auto* edit = new QLineEdit(text);
    setFieldState(*edit, state);
    return edit;
}

QWidget* sheet(ThemeSource& themes) {
    auto* page = new QWidget;
    auto* grid = new QGridLayout(page);
    auto* left = new QVBoxLayout;
    auto* right = new QVBoxLayout;
    grid->addLayout(left, 0, 0);
    grid->addLayout(right, 0, 1);

    auto* header = new SectionHeader(themes);
    header->setText(QStringLiteral("Services"));
    header->setCount(countText(6));
    left->addWidget(header);
    auto* tiles = new QWidget;
    auto* tileGrid = new QGridLayout(tiles);
    tileGrid->setContentsMargins(0, 0, 0, 0);
    const QList<std::tuple<QString, QString, Tone>> measures{
        {QStringLiteral("Throughput"), rateText({17.6}), Tone::Accent},
        {QStringLiteral("Wait p99"), durationText(4210ms), Tone::Warn},
        {QStringLiteral("Utilisation"), percentText(0.83), Tone::Danger},
        {QStringLiteral("Failed"), QString(), Tone::Neutral}};
    int at = 0;
    for (const auto& [label, value, tone] : measures) {
        auto* tile = new MetricTile(themes);
        tile->setLabel(label);
        tile->setValue(value);
        tile->setTone(tone);
        for (int i = 0; i < 60; ++i)
            tile->sparkline().append(i == 30 ? std::numeric_limits<double>::quiet_NaN()
                                             : 3 + (i * 7 + at) % 5 + i * 0.05);
        tileGrid->addWidget(tile, at / 2, at % 2);
        ++at;
    }
    left->addWidget(tiles);
    QList<QWidget*> meters;
    for (const double share : {0.0, 0.02, 0.5, 0.8, 0.95, 1.0}) {
        auto* meter = new Meter(themes);
        meter->setShare(share);
        meters << meter;
    }
    left->addWidget(row(meters));
    QList<QWidget*> chips;
    for (const Tone tone : {Tone::Neutral, Tone::Accent, Tone::Ok, Tone::Warn, Tone::Danger}) {
        auto* chip = new Chip(themes);
        chip->setText(QStringLiteral("LIVE 12"));
        chip->setTone(tone);
        chips << chip;
    }
    left->addWidget(row(chips));
    left->addWidget(new MarkSheet(themes));
    left->addWidget(new IconSheet(themes));
    left->addWidget(new SpeedSlider(themes));
    auto* errors = new MessageBar(themes);
    errors->tell(MessageBar::Severity::Error,
                 QStringLiteral("order_flow.json has 2 errors; the former document stays open"),
                 {{"/services/inventory/handlers/0/takes", "needs a duration such as \"20ms\"", "\"fast\""},
                  {"/channels/orders/kind", "needs one of queue, topic, stream", "\"topc\""}});
    left->addWidget(errors);
    auto* note = new MessageBar(themes);
    note->tell(MessageBar::Severity::Note, QStringLiteral("The layout took longer than 2 s: a simpler one is shown"));
    left->addWidget(note);
    auto* warning = new MessageBar(themes);
    warning->tell(MessageBar::Severity::Warning, QStringLiteral("1 204 records were left out of the list"));
    left->addWidget(warning);
    left->addStretch(1);

    right->addWidget(row({button(QStringLiteral("Crash"), ButtonLook::Danger),
                          button(QStringLiteral("Slow down ×5"), ButtonLook::Raised),
                          button(QStringLiteral("Attach"), ButtonLook::Primary),
                          button(QStringLiteral("Disabled"), ButtonLook::Raised, false)}));
    auto* tool = new QToolButton;
    tool->setIcon(makeIcon(QStringLiteral("fit"), themes.theme()));
    auto* checkedTool = new QToolButton;
    checkedTool->setIcon(makeIcon(QStringLiteral("follow"), themes.theme()));
    checkedTool->setCheckable(true);
    checkedTool->setChecked(true);
    auto* textTool = new QToolButton;
    textTool->setIcon(makeIcon(QStringLiteral("filter"), themes.theme()));
    textTool->setText(QStringLiteral("Filter"));
    textTool->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    auto* check = new QCheckBox(QStringLiteral("Follow"));
    check->setChecked(true);
    auto* radio = new QRadioButton(QStringLiteral("Linear"));
    radio->setChecked(true);
    right->addWidget(row({tool, checkedTool, textTool, check, new QCheckBox(QStringLiteral("Off")), radio,
                          new QRadioButton(QStringLiteral("By number"))}));
    auto* empty = new QLineEdit;
    empty->setPlaceholderText(QStringLiteral("Filter, such as type LIKE 'payment.%'"));
    right->addWidget(empty);
    right->addWidget(field(QStringLiteral("type LIKE 'payment.%' AND attempt > 1"), FieldState::Accepted));
    right->addWidget(field(QStringLiteral("type LIKE AND"), FieldState::Refused));
    auto* combo = new QComboBox;
    combo->addItems({QStringLiteral("exponential"), QStringLiteral("fixed")});
    auto* slider = new QSlider(Qt::Horizontal);
    slider->setValue(40);
    right->addWidget(row({combo, new QSpinBox, slider}));
    auto* progress = new QProgressBar;
    progress->setValue(40);
    progress->setTextVisible(false);
    right->addWidget(progress);
    auto* tabs = new QTabBar;
    for (const char* name : {"Trace", "Sequence", "Biography", "Dead letters 7", "Problems 2"})
        tabs->addTab(QString::fromLatin1(name));
    right->addWidget(tabs);
    auto* table = new QTableWidget(12, 4);
    table->setHorizontalHeaderLabels(
        {QStringLiteral("Time"), QStringLiteral("Kind"), QStringLiteral("Event type"), QStringLiteral("Latency")});
    table->verticalHeader()->hide();
    table->setShowGrid(false);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    for (int i = 0; i < 12; ++i)
        for (int column = 0; column < 4; ++column)
            table->setItem(i, column, new QTableWidgetItem(QStringLiteral("inventory.updated")));
    table->selectRow(1);
    table->setFixedHeight(150);
    right->addWidget(table);
    auto* tree = new QTreeWidget;
    tree->setHeaderHidden(true);
    auto* top = new QTreeWidgetItem(tree, {QStringLiteral("data")});
    new QTreeWidgetItem(top, {QStringLiteral("orderId: ORD-17 订单")});
    new QTreeWidgetItem(tree, {QStringLiteral("attributes")});
    tree->expandAll();
    tree->setFixedHeight(90);
    right->addWidget(tree);
    auto* menu = new QMenu;
    menu->addAction(makeIcon(QStringLiteral("open"), themes.theme()), QStringLiteral("&Open…"))
        ->setShortcut(QKeySequence::Open);
    auto* on = menu->addAction(QStringLiteral("Outline"));
    on->setCheckable(true);
    on->setChecked(true);
    menu->addSeparator();
    menu->addMenu(QStringLiteral("Language"))->addAction(QStringLiteral("English"));
    menu->addAction(QStringLiteral("Disabled"))->setEnabled(false);
    menu->setActiveAction(on);
    menu->setWindowFlags(Qt::Widget);
    auto* until = new UntilPopup(themes);
    until->setWindowFlags(Qt::Widget);
    until->field().setText(QStringLiteral("fast"));
    right->addWidget(row({menu, until}));
    right->addStretch(1);
    page->resize(1180, 800);
    return page;
}

} // namespace

void shootWidgets(Camera& camera) {
    const std::unique_ptr<QWidget> page(sheet(camera.themes()));
    page->show();
    camera.shoot(*page, QStringLiteral("sheet"));
}

} // namespace weir
