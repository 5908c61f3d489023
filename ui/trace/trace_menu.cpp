#include "ui/trace/trace_menu.h"

#include "ui/icons.h"
#include "ui/trace/colour_popup.h"
#include "ui/trace/row_expression.h"
#include "ui/trace/trace_copies.h"
#include "ui/trace/trace_view.h"

#include <QMenu>

namespace weir {
namespace {

constexpr std::size_t dataColumnsMax = 12; // members of an event's data that are offered

QString joined(const QString& filter, const QString& joint, const QString& term) {
    return QStringLiteral("(%1)%2(%3)").arg(filter, joint, term);
}

// `data.orderId`, or `data['order-id']` where the name is no plain word.
QString dataPath(const std::string& name) {
    const QString text = QString::fromStdString(name);
    const bool plain = std::all_of(text.begin(), text.end(), [](QChar each) {
        return each.unicode() < 128 && (each.isLetterOrNumber() || each == QLatin1Char('_'));
    });
    return plain && !text.isEmpty() && !text.front().isDigit() ? QStringLiteral("data.") + text
                                                               : QStringLiteral("data[%1]").arg(quotedTerm(text));
}

QMenu* popupFor(TraceView& view) {
    auto* const menu = new QMenu(&view);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setToolTipsVisible(true);
    return menu;
}

} // namespace

QString TraceMenu::elided(const QMenu& menu, const QString& text) const {
    // A value may hold an ampersand, which a menu would take for a mnemonic.
    return menu.fontMetrics().elidedText(text, Qt::ElideRight, 320).replace(QLatin1Char('&'), QLatin1String("&&"));
}

void TraceMenu::openCell(const QPoint& globalPosition, std::uint64_t row, int column) {
    QMenu* const menu = popupFor(m_view);
    const std::uint64_t index = m_view.rows().indexOf(row);
    const QString term = m_view.filterTerm(row, column);
    if (!term.isEmpty())
        addFilters(*menu, term);
    const auto message = TraceCopies::messageOf(m_view.rows(), index);
    if (message && !message->correlationId.empty()) {
        QAction* const follow =
            menu->addAction(makeIcon(QStringLiteral("follow"), m_themes.theme()), tr("Follow this conversation"));
        follow->setToolTip(tr("Only the records of this event, what caused it and what it led to; Alt+Left goes back"));
        QObject::connect(follow, &QAction::triggered, &m_view, [&view = m_view, id = toQt(message->correlationId)] {
            view.filterField().apply(QStringLiteral("correlationid = ") + quotedTerm(id));
        });
    }
    menu->addSeparator();
    addColumns(*menu->addMenu(tr("Add column")), index);
    if (!term.isEmpty())
        addColours(*menu->addMenu(tr("Colour rows like this")), term);
    menu->addSeparator();
    menu->addAction(makeIcon(QStringLiteral("clock"), m_themes.theme()), tr("Move the playhead here"), &m_view,
                    [&view = m_view, index] { view.movePlayhead(index + 1); });
    menu->addSeparator();
    addCopies(*menu, row);
    menu->popup(globalPosition);
}

void TraceMenu::addFilters(QMenu& menu, const QString& term) {
    FilterField& field = m_view.filterField();
    const QString filter = field.filter() ? QString::fromStdString(field.filter()->text()).trimmed() : QString();
    menu.addAction(makeIcon(QStringLiteral("filter"), m_themes.theme()), tr("Filter: %1").arg(elided(menu, term)),
                   &field, [&field, term] { field.apply(term); });
    struct Way {
        QString name;
        QString text;
    };
    QList<Way> ways{{tr("Selected"), term}, {tr("Not selected"), QStringLiteral("NOT (%1)").arg(term)}};
    if (!filter.isEmpty())
        ways += {{tr("… and selected"), joined(filter, QStringLiteral(" AND "), term)},
                 {tr("… or selected"), joined(filter, QStringLiteral(" OR "), term)},
                 {tr("… and not selected"), joined(filter, QStringLiteral(" AND NOT "), term)},
                 {tr("… or not selected"), joined(filter, QStringLiteral(" OR NOT "), term)}};
    QMenu* const apply = menu.addMenu(tr("Apply as filter"));
    QMenu* const prepare = menu.addMenu(tr("Prepare as filter"));
    prepare->menuAction()->setToolTip(tr("Into the field, to be changed first; Enter applies it"));
    for (const Way& way : ways) {
        apply->addAction(way.name, &field, [&field, text = way.text] { field.apply(text); });
        prepare->addAction(way.name, &field, [&field, text = way.text] { field.prepare(text); });
    }
}

void TraceMenu::addColumns(QMenu& menu, std::uint64_t index) {
    QStringList paths;
    if (const auto message = TraceCopies::messageOf(m_view.rows(), index))
        if (const Value::Table* table = message->data.table())
            for (std::size_t i = 0; i < std::min(table->size(), dataColumnsMax); ++i)
                paths << dataPath((*table)[i].first);
    const auto offer = [this, &menu](const QString& text) {
        const auto expression = rowExpression(text).expression;
        if (!expression)
            return;
        QAction* const action = menu.addAction(elided(menu, text));
        action->setEnabled(m_view.canAddColumn(*expression));
        QObject::connect(action, &QAction::triggered, &m_view,
                         [&view = m_view, expression] { view.addColumn(*expression); });
    };
    for (const QString& path : paths)
        offer(path);
    if (!paths.isEmpty())
        menu.addSeparator();
    for (const char* field : {"correlationid", "causationid", "subject", "partitionkey", "routingkey", "subscription",
                              "partition", "offset", "reason"})
        offer(QLatin1String(field));
    menu.addSeparator();
    menu.addAction(tr("Another expression…"), &m_view, [&view = m_view] { view.askForColumn(); });
}

void TraceMenu::addColours(QMenu& menu, const QString& term) {
    for (const RowColour& colour : rowColours())
        menu.addAction(colour.name, &m_view,
                       [&view = m_view, term, tone = colour.tone] { view.addColour(term, tone); });
    menu.addSeparator();
    menu.addAction(tr("Colour rules…"), &m_view, [&view = m_view] { view.openColours(); });
}

void TraceMenu::addCopies(QMenu& menu, std::uint64_t row) {
    const QIcon icon = makeIcon(QStringLiteral("copy"), m_themes.theme());
    const bool several = m_view.list().markedCount() > 1 && m_view.list().isMarked(m_view.rows().indexOf(row));
    const auto copies = [this, &menu, row, several, &icon](const QString& text, CopyForm form) {
        menu.addAction(icon, text, &m_view, [&view = m_view, row, several, form] {
            several ? view.copyMarked(form) : view.copyRow(row, form);
        });
    };
    if (several || TraceCopies::messageOf(m_view.rows(), m_view.rows().indexOf(row))) {
        copies(several ? tr("Copy events as JSON") : tr("Copy event as JSON"), CopyForm::json);
        copies(several ? tr("Copy events as cURL") : tr("Copy event as cURL"), CopyForm::curl);
    }
    copies(several ? tr("Copy rows as CSV") : tr("Copy row as CSV"), CopyForm::csv);
    copies(several ? tr("Copy rows") : tr("Copy row"), CopyForm::text);
    menu.actions().back()->setShortcut(QKeySequence::Copy);
    menu.actions().back()->setShortcutContext(Qt::WidgetShortcut); // shown; the list itself has the key
}

void TraceMenu::openTitle(const QPoint& globalPosition, int column) {
    QMenu* const menu = popupFor(m_view);
    if (column >= 0) {
        const bool own = TraceCells::isOwn(column);
        menu->addAction(makeIcon(QStringLiteral("close"), m_themes.theme()),
                        own ? tr("Hide this column") : tr("Remove this column"), &m_view,
                        [&view = m_view, column] { view.hideColumn(column); });
        menu->addSeparator();
    }
    if (column == static_cast<int>(TraceColumn::time)) {
        fillTime(*menu);
        menu->addSeparator();
    }
    fillShown(*menu);
    menu->popup(globalPosition);
}

void TraceMenu::fillShown(QMenu& menu) {
    TraceHeader& header = m_view.list().header();
    const std::vector<int> shown = header.shownColumns();
    for (int column = 0; column < header.count(); ++column) {
        QAction* const action = menu.addAction(elided(menu, TraceCells::columnTitle(m_view.list().look(), column)));
        const bool checked = std::find(shown.begin(), shown.end(), column) != shown.end();
        action->setCheckable(true);
        action->setChecked(checked);
        action->setEnabled(!checked || shown.size() > 1);
        QObject::connect(action, &QAction::toggled, &m_view,
                         [&header, column](bool on) { header.setShown(column, on); });
    }
    menu.addSeparator();
    menu.addAction(makeIcon(QStringLiteral("plus"), m_themes.theme()), tr("Add column by expression…"), &m_view,
                   [&view = m_view] { view.askForColumn(); });
    menu.addAction(makeIcon(QStringLiteral("reload"), m_themes.theme()), tr("Reset columns"), &m_view,
                   [&view = m_view] { view.resetColumns(); });
}

void TraceMenu::fillTime(QMenu& menu) {
    const std::array names{tr("Time since the start"), tr("Time as a clock"), tr("Time since the row above")};
    for (std::size_t i = 0; i < names.size(); ++i) {
        QAction* const action = menu.addAction(names[i]);
        action->setCheckable(true);
        action->setChecked(m_view.list().look().time == static_cast<TraceTime>(i));
        QObject::connect(action, &QAction::triggered, &m_view,
                         [&view = m_view, i] { view.setTime(static_cast<TraceTime>(i)); });
    }
}

void TraceMenu::fillMore(QMenu& menu) {
    menu.clear();
    fillShown(*menu.addMenu(tr("Columns")));
    fillTime(*menu.addMenu(makeIcon(QStringLiteral("clock"), m_themes.theme()), tr("Time")));
    menu.addAction(tr("Colour rules…"), &m_view, [&view = m_view] { view.openColours(); });
    menu.addSeparator();
    const QIcon save = makeIcon(QStringLiteral("save"), m_themes.theme());
    QAction* const csv = menu.addAction(save, tr("Export as CSV…"), &m_view,
                                        [&view = m_view] { view.askForExport(TraceExport::Form::csv); });
    QAction* const json = menu.addAction(save, tr("Export as JSON lines…"), &m_view,
                                         [&view = m_view] { view.askForExport(TraceExport::Form::jsonLines); });
    csv->setToolTip(tr("What passes the filter, with the columns that are shown"));
    json->setToolTip(tr("What passes the filter, everything of it, as the command line writes it"));
    for (QAction* const each : {csv, json})
        each->setEnabled(!m_view.rows().empty() && !m_view.exporting());
}

} // namespace weir
