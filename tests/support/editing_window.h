// EditingWindow: the whole window with a scenario of its own, and the gestures with which somebody edits on its canvas.
// Events only; what the window makes of them is the test's matter.
#pragma once

#include "core/record/picture.h"
#include "support/whole_window.h"
#include "ui/canvas/canvas.h"
#include "ui/document/document_editor.h"
#include "ui/editor/canvas_editor.h"
#include "ui/editor/choice_popup.h"
#include "ui/editor/name_field.h"

#include <QApplication>
#include <QLineEdit>
#include <QTest>

namespace weir {

inline constexpr const char* emptyFile = R"({ "weir": "1" })";
// A topic that feeds two queues, one of them read.
inline constexpr const char* pairFile = R"json({
  "weir": "1",
  "events": { "order.created": {} },
  "channels": {
    "orders": { "kind": "topic" },
    "bills": { "kind": "queue", "bind": [ { "to": "orders", "pattern": "order.*" } ] },
    "mails": { "kind": "queue", "bind": [ { "to": "orders", "pattern": "#" } ] }
  },
  "services": {
    "shop": { "sources": [ { "emit": "order.created", "to": "orders", "arrivals": { "every": "1s" } } ] },
    "billing": { "handlers": [ { "on": "bills", "takes": "20ms", "fails": 0.1 } ] }
  },
  "layout": { "shop": [0, 0], "orders": [200, 0], "bills": [400, -60], "mails": [400, 60], "billing": [640, -60] }
})json";

// A window of its own, with a scenario in it.
struct EditingWindow : WholeWindow {
    // Null: nothing is open yet.
    explicit EditingWindow(const char* text) {
        if (!text)
            return;
        if (!studio->open(write("scenario.json", text)))
            qFatal("the scenario does not open");
        studio->session().pause();
        QCoreApplication::processEvents();
    }
    Canvas& canvas() const { return view<Canvas>(); }
    CanvasEditor& editor() const { return studio->canvasEditor(); }
    const Scenario& scenario() const { return studio->editor().scenario(); }
    QUndoStack& undo() const { return studio->editor().undoStack(); }

    QPoint centre(const char* name) const {
        const FlowGraph& topology = canvas().scene().topology;
        const auto service = topology.service(name);
        const auto node = service ? service : topology.channel(name);
        if (!node)
            qFatal("there is no %s on the canvas", name);
        return canvas().view().toView(canvas().scene().boxes[*node].center()).toPoint();
    }
    QPoint port(const char* name) const {
        const FlowGraph& topology = canvas().scene().topology;
        const auto service = topology.service(name);
        return editor().overlay().portOf(service ? *service : *topology.channel(name)).toPoint();
    }
    void click(QPoint at, Qt::KeyboardModifiers modifiers = {}) const {
        QTest::mouseClick(&canvas(), Qt::LeftButton, modifiers, at);
    }
    void doubleClick(QPoint at) const { // as a pointer does: the first click counts too
        click(at);
        QTest::mouseDClick(&canvas(), Qt::LeftButton, {}, at);
        QTest::mouseRelease(&canvas(), Qt::LeftButton, {}, at);
    }
    void drag(QPoint from, QPoint to, Qt::KeyboardModifiers modifiers = {}) const {
        QTest::mousePress(&canvas(), Qt::LeftButton, modifiers, from);
        moveTo(from + (to - from) / 2);
        moveTo(to);
        QTest::mouseRelease(&canvas(), Qt::LeftButton, modifiers, to);
    }
    void moveTo(QPoint at) const { QTest::mouseMove(&canvas(), at); }
    void pull(const char* from, QPoint to) const {
        moveTo(centre(from)); // its port appears
        moveTo(port(from));
        drag(port(from), to);
    }
    void name(const QString& name) const {
        NameField& field = editor().nameField();
        QVERIFY(field.isVisible());
        QTest::keyClicks(&field, name); // over the proposal, which is selected
        QTest::keyClick(&field, Qt::Key_Return);
        QVERIFY(!field.isVisible());
    }
    void answer(const QString& typed = {}) const {
        QVERIFY(editor().popup().isVisible());
        QTest::keyClicks(&editor().popup().field(), typed);
        QTest::keyClick(&editor().popup().field(), Qt::Key_Return);
        takeKeyboard(); // the popup has gone
    }
    void key(int key, Qt::KeyboardModifiers modifiers = {}) const {
        canvas().setFocus();
        QTest::keyClick(&canvas(), static_cast<Qt::Key>(key), modifiers);
    }
    // Of the window, where it has the focus: as a person's keyboard does.
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) const {
        QWidget* const focus = QApplication::focusWidget();
        QTest::keyClick(focus ? focus : &studio->window(), key, modifiers);
    }
    std::int64_t acked() const { return studio->session().picture().ledger().copies.acked; }
};

} // namespace weir
