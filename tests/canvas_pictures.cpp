// Draws the canvas with a scenario running to PNG files, dark and light, English and Chinese: for looking at them.
// usage: canvas_pictures SCENARIO FOLDER [SECONDS [SPEED]]
#include "ui/canvas/canvas.h"
#include "ui/language.h"

#include <QApplication>
#include <QDir>
#include <QTest>

using namespace weir;

int main(int argc, char** argv) {
    if (argc < 3)
        return 2;
    QApplication application(argc, argv);
    ThemeSource themes(application);
    Language language;
    Session session;
    Selection selection;
    Canvas canvas(session, selection, themes);
    canvas.resize(1120, 640);
    canvas.show();
    if (!session.openFile(QString::fromLocal8Bit(argv[1])).empty())
        return 1;
    const double seconds = argc > 3 ? QByteArray(argv[3]).toDouble() : 30;
    session.setSpeed(Speed::max());
    session.runUntil(SimTime{Duration{static_cast<std::int64_t>(seconds * 1e9)}});
    while (session.running())
        QTest::qWait(20);
    session.setSpeed({.factor = argc > 4 ? QByteArray(argv[4]).toDouble() : 1});
    session.run();
    QTest::qWait(1'500);
    selection.selectNode(NodeRef::of(session.catalogue()->service("payment-service")));
    const QDir folder(QString::fromLocal8Bit(argv[2]));
    for (const bool dark : {true, false})
        for (const bool chinese : {false, true}) {
            themes.choose(dark ? ThemeChoice::Dark : ThemeChoice::Light);
            language.choose(chinese ? Language::Choice::Chinese : Language::Choice::English);
            QTest::qWait(400);
            canvas.grab().save(folder.filePath(QStringLiteral("canvas-%1-%2.png")
                                                   .arg(dark ? QStringLiteral("dark") : QStringLiteral("light"),
                                                        chinese ? QStringLiteral("zh") : QStringLiteral("en"))));
        }
    session.pause();
    for (int i = 0; i < 40 && !(canvas.feed().focus() && canvas.feed().focus()->hop); ++i)
        session.step();
    QTest::qWait(250);
    canvas.grab().save(folder.filePath(QStringLiteral("canvas-step.png")));
    return 0;
}
