#include "pictures/albums.h"
#include "pictures/sitting.h"
#include "ui/trace/colour_popup.h"
#include "ui/trace/expression_popup.h"
#include "ui/trace/trace_view.h"
#include "ui/widgets/data_table.h"

#include <QAction>
#include <QApplication>
#include <QDockWidget>
#include <QMenu>

namespace weir {
namespace {

void shootTrace(Sitting& sitting) {
    Camera& camera = sitting.camera();
    auto& trace = sitting.view<TraceView>();
    const auto searched = [&trace] { return trace.rows().unsearched() == 0; };
    sitting.shootPanel("trace", QStringLiteral("trace"));
    trace.filterField().setText(QStringLiteral("type LIKE 'payment.%' AND kind = 'acked'"));
    waitFor(searched);
    trace.list().choose(trace.rows().indexOf(trace.rows().count() - 40));
    sitting.shoot(QStringLiteral("trace_message"));
    sitting.front("trace");
    trace.filterField().setText(QStringLiteral("type LIKE AND"));
    sitting.shoot(QStringLiteral("trace_refused"));
    trace.filterField().setText(QStringLiteral("type = 'nobody.knows.it'"));
    waitFor(searched);
    sitting.shoot(QStringLiteral("trace_nothing_found"));
    trace.filterField().clear();
    trace.addColumn(Expression::parse("data.totalAmount").value());
    trace.addColour(QStringLiteral("kind = 'failed' OR kind = 'deadLettered'"), Tone::Danger);
    trace.addColour(QStringLiteral("attempt > 1"), Tone::Warn);
    trace.filterField().apply(QStringLiteral("attempt >= 1"));
    sitting.selection().setBrush(TimeRange{SimTime{75s}, SimTime{112s}});
    waitFor(searched);
    sitting.shootPanel("trace", QStringLiteral("trace_coloured"));
    sitting.selection().setBrush(std::nullopt);
    trace.filterField().apply(QString());
    trace.openColours();
    camera.shoot(trace.colours(), QStringLiteral("trace_colours"));
    trace.colours().close();
    trace.askForColumn();
    trace.columnPopup().field().setText(QStringLiteral("data.totalAmount +"));
    camera.shoot(trace.columnPopup(), QStringLiteral("trace_column"));
    trace.columnPopup().close();
    trace.resetColumns();
    trace.list().setFollowing(true);
}

// A list at the bottom with something chosen.
void shootList(Sitting& sitting, const char* panel, const QString& name) {
    sitting.front(panel);
    auto* const table = sitting.window().findChild<QDockWidget*>(QString::fromLatin1(panel))->findChild<DataTable*>();
    const QModelIndex first = table->model()->index(0, 0);
    table->expand(first);
    table->setCurrentIndex(first);
    sitting.shootPanel(panel, name);
}

} // namespace

void shootTables(Camera& camera) {
    {
        Sitting sitting(camera);
        for (const char* panel : {"trace", "deadLetters", "groups", "problems"}) {
            sitting.front(panel);
            sitting.shootTornOff(panel, QString::fromLatin1(panel) + QStringLiteral("_nothing_open"));
        }
        sitting.open(scenarioFile("order_flow.json"));
        for (const char* panel : {"trace", "deadLetters", "groups", "problems"}) {
            sitting.front(panel);
            sitting.shootTornOff(panel, QString::fromLatin1(panel) + QStringLiteral("_empty"));
        }
        sitting.runTo(150s);
        shootTrace(sitting);
        for (const char* panel : {"deadLetters", "groups", "problems"})
            shootList(sitting, panel, QString::fromLatin1(panel));
    }
    Sitting sitting(camera);
    sitting.open(scenarioFile("poison_message.json"));
    sitting.runTo(90s);
    sitting.session().seekRecord(sitting.selectLast(RecordKind::deadLettered) + 2); // a moment at which one lies there
    shootList(sitting, "deadLetters", QStringLiteral("poison"));
    sitting.open(scenarioFile("dead_loop.json"));
    sitting.runTo(20s);
    shootList(sitting, "problems", QStringLiteral("problems_of_a_loop"));
}

} // namespace weir
