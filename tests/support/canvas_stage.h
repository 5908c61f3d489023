// A canvas on a stage of its own, with a scenario open: for tests that drive it as people do.
#pragma once

#include "core/scenario/load.h"
#include "ui/canvas/canvas.h"

#include <QApplication>
#include <QTest>
#include <QWheelEvent>

#include <string_view>

namespace weir {

inline Scenario scenarioOf(std::string_view text) {
    auto loaded = loadScenario(text);
    if (!loaded)
        qFatal("%s", loaded.error().front().text().c_str());
    return std::move(loaded).value();
}

struct Stage {
    explicit Stage(std::string_view text = {}) : themes(*qApp), canvas(session, selection, themes) {
        canvas.resize(1000, 600);
        canvas.show();
        if (!text.empty() && !session.open(scenarioOf(text), QStringLiteral("test.json")).empty())
            qFatal("the scenario does not compile");
        QCoreApplication::processEvents();
    }
    QPointF centre(const char* service) const {
        return canvas.view().toView(canvas.scene().boxes[*canvas.scene().topology.service(service)].center());
    }
    QPointF queueCentre(const char* channel) const {
        return canvas.view().toView(canvas.scene().boxes[*canvas.scene().topology.channel(channel)].center());
    }
    ServiceId service(const char* name) const { return session.catalogue()->service(name); }
    void wheel(QPointF at, int delta) {
        QWheelEvent event(at, canvas.mapToGlobal(at), {}, {0, delta}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase,
                          false);
        QApplication::sendEvent(&canvas, &event);
    }
    void drag(QPoint from, QPoint to) {
        QTest::mousePress(&canvas, Qt::LeftButton, {}, from);
        QTest::mouseMove(&canvas, (from + to) / 2);
        QTest::mouseMove(&canvas, to);
        QTest::mouseRelease(&canvas, Qt::LeftButton, {}, to);
    }

    ThemeSource themes;
    Session session;
    Selection selection;
    Canvas canvas;
};

} // namespace weir
