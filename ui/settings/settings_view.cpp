#include "ui/settings/settings_view.h"

#include "ui/commands/command_entries.h"
#include "ui/fuzzy.h"

#include <QActionGroup>
#include <QBoxLayout>
#include <QCheckBox>
#include <QComboBox>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QSignalBlocker>

namespace weir {

SettingsView::SettingsView(const ThemeSource& themes, QWidget* parent)
    : QWidget(parent, Qt::Tool), m_themes(themes), m_field(new QLineEdit(this)), m_nothing(new QLabel(this)),
      m_column(new QVBoxLayout) {
    m_field->setClearButtonEnabled(true);
    m_field->setMaxLength(80);
    m_column->setSpacing(2);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(16, 14, 16, 16);
    all->setSpacing(10);
    all->addWidget(m_field);
    all->addLayout(m_column);
    all->addWidget(m_nothing);
    all->addStretch(1);
    setMinimumWidth(480);
    connect(m_field, &QLineEdit::textChanged, this, &SettingsView::search);
    connect(&m_themes, &ThemeSource::changed, this, &SettingsView::dress);
    retranslate();
}

void SettingsView::addSwitch(QAction& action) {
    auto* box = new QCheckBox(this);
    connect(box, &QCheckBox::clicked, &action, &QAction::trigger);
    connect(&action, &QAction::changed, this, [this, &action] {
        for (Row& row : m_rows)
            if (row.action == &action)
                show(row);
    });
    add({.control = box, .group = nullptr, .action = &action});
}

void SettingsView::addChoice(QActionGroup& group, const QAction& title) {
    auto* box = new QComboBox(this);
    for (int i = 0; i < group.actions().size(); ++i)
        box->addItem(QString());
    connect(box, &QComboBox::activated, this, [&group](int i) { group.actions().at(i)->trigger(); });
    connect(&group, &QActionGroup::triggered, this, [this, &group] {
        for (Row& row : m_rows)
            if (row.group == &group)
                show(row);
    });
    add({.control = box, .group = &group, .action = &title});
}

void SettingsView::add(Row row) {
    row.widget = new QWidget(this);
    row.title = new QLabel(row.widget);
    row.hint = new QLabel(row.widget);
    row.hint->setWordWrap(true);
    auto* words = new QVBoxLayout;
    words->setSpacing(1);
    words->addWidget(row.title);
    words->addWidget(row.hint);
    auto* line = new QHBoxLayout(row.widget);
    line->setContentsMargins(0, 8, 0, 8);
    line->setSpacing(16);
    line->addLayout(words, 1);
    line->addWidget(row.control, 0, Qt::AlignVCenter);
    m_column->addWidget(row.widget);
    m_rows.push_back(row);
    show(m_rows.back());
    dress();
}

void SettingsView::show(Row& row) {
    const QString title = plainText(row.action->text());
    QString hint = row.action->toolTip();
    if (const qsizetype keys = hint.lastIndexOf(QLatin1String(" (")); keys > 0)
        hint.truncate(keys);
    if (hint == title)
        hint.clear();
    row.title->setText(title);
    row.hint->setText(hint);
    row.hint->setVisible(!hint.isEmpty());
    row.control->setAccessibleName(title);
    row.control->setAccessibleDescription(hint);
    const QSignalBlocker silent(row.control);
    if (!row.group) {
        static_cast<QCheckBox*>(row.control)->setChecked(row.action->isChecked());
        return;
    }
    auto* box = static_cast<QComboBox*>(row.control);
    for (int i = 0; i < box->count(); ++i) {
        const QAction* action = row.group->actions().at(i);
        box->setItemText(i, plainText(action->text()));
        if (action->isChecked())
            box->setCurrentIndex(i);
    }
}

void SettingsView::open() {
    for (Row& row : m_rows)
        show(row);
    m_field->clear();
    QWidget::show();
    raise();
    activateWindow();
    m_field->setFocus();
}

void SettingsView::search() {
    for (const Row& row : m_rows) {
        QString words = row.title->text() + u' ' + row.hint->text();
        if (const auto* box = qobject_cast<QComboBox*>(row.control))
            for (int i = 0; i < box->count(); ++i)
                words += u' ' + box->itemText(i);
        row.widget->setVisible(words.contains(m_field->text().trimmed(), Qt::CaseInsensitive) ||
                               fuzzyMatch(m_field->text(), row.title->text()).has_value());
    }
    m_nothing->setVisible(shownCount() == 0);
}

int SettingsView::shownCount() const {
    int count = 0;
    for (const Row& row : m_rows)
        count += row.widget->isHidden() ? 0 : 1;
    return count;
}

void SettingsView::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape)
        close();
    else
        QWidget::keyPressEvent(event);
}

void SettingsView::paintEvent(QPaintEvent*) {
    QPainter(this).fillRect(rect(), m_themes.theme().surface);
}

void SettingsView::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        // The actions answer the same event; theirs comes in no order that we know.
        QMetaObject::invokeMethod(
            this,
            [this] {
                for (Row& row : m_rows)
                    show(row);
            },
            Qt::QueuedConnection);
    }
    QWidget::changeEvent(event);
}

void SettingsView::dress() {
    const Theme& theme = m_themes.theme();
    for (const Row& row : m_rows) {
        row.title->setFont(theme.font(TextRole::Strong));
        row.hint->setFont(theme.font(TextRole::Label));
        QPalette palette = row.hint->palette();
        palette.setColor(QPalette::WindowText, theme.muted);
        row.hint->setPalette(palette);
    }
    m_nothing->setFont(theme.font(TextRole::Body));
    update();
}

void SettingsView::retranslate() {
    setWindowTitle(tr("Settings"));
    m_field->setPlaceholderText(tr("Find a setting"));
    m_field->setAccessibleName(m_field->placeholderText());
    m_nothing->setText(tr("No setting has these words."));
    m_nothing->setVisible(!m_rows.empty() && shownCount() == 0);
}

} // namespace weir
