// Takes pictures of every view of the window in every state, light and dark, English and Chinese, at one, two and
// three device pixels a pixel: for looking at them. `ninja pictures` takes them all.
//
// usage: weir_pictures [options] FOLDER [ALBUM[/NAME]]...    what is wanted, with wildcards: "canvas/heat*"; nothing:
// everything
//   --theme dark|light      only that one
//   --language en|zh        only that one
//   --scale 1|2|3           only that one
//   --list                  the albums' names
#include "pictures/albums.h"
#include "pictures/camera.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QElapsedTimer>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryFile>

#include <cstdio>

using namespace weir;

namespace {

struct Album {
    const char* name;
    void (*shoot)(Camera& camera);
};

constexpr Album albums[] = {{"start", shootStart},     {"menus", shootMenus},         {"canvas", shootCanvas},
                            {"editing", shootEditing}, {"inspector", shootInspector}, {"time", shootTime},
                            {"tables", shootTables},   {"stories", shootStories},     {"broker", shootBroker},
                            {"comfort", shootComfort}, {"report", shootReport},       {"widgets", shootWidgets},
                            {"readme", shootReadme}};

QList<Edition> editions(const QString& theme, const QString& language) {
    QList<Edition> chosen;
    for (const ThemeChoice one : {ThemeChoice::Dark, ThemeChoice::Light})
        for (const Language::Choice other : {Language::Choice::English, Language::Choice::Chinese})
            if ((theme.isEmpty() || (theme == QLatin1String("dark")) == (one == ThemeChoice::Dark)) &&
                (language.isEmpty() || (language == QLatin1String("zh")) == (other == Language::Choice::Chinese)))
                chosen.append({one, other});
    return chosen;
}

int take(const QDir& folder, const QStringList& wanted, int scale, const QList<Edition>& chosen) {
    ThemeSource themes(*qApp);
    Language language;
    Camera camera(folder, wanted, scale, themes, language);
    for (const Edition& edition : chosen) {
        camera.setEdition(edition);
        for (const Album& album : albums) {
            if (!camera.begin(QString::fromLatin1(album.name)))
                continue;
            QElapsedTimer clock;
            clock.start();
            album.shoot(camera);
            std::fprintf(stderr, "pictures: %s, %d so far, %lld ms\n", album.name, camera.taken(), clock.elapsed());
        }
    }
    if (camera.taken() == 0)
        std::fputs("pictures: nothing has such a name; --list tells the albums\n", stderr);
    return camera.taken() > 0 ? 0 : 1;
}

// The density holds for a whole process: each has one of its own.
int takeAtEveryScale(const QStringList& arguments) {
    int worst = 0;
    for (const char* scale : {"1", "2", "3"})
        worst = std::max(
            worst, QProcess::execute(QCoreApplication::applicationFilePath(),
                                     QStringList{QStringLiteral("--scale"), QString::fromLatin1(scale)} + arguments));
    return worst;
}

// The platform without a screen has no more to say than that it has none.
void tellOthers(QtMsgType, const QMessageLogContext&, const QString& message) {
    if (!message.startsWith(QLatin1String("This plugin does not support")))
        std::fprintf(stderr, "%s\n", qPrintable(message));
}

} // namespace

int main(int argc, char** argv) {
    // Of its own, the screen that is none has 800 x 800 pixels, and menus are broken into columns to fit there.
    QTemporaryFile screen;
    const QByteArray large(R"({ "screens": [ { "name": "large", "x": 0, "y": 0, "width": 5760, "height": 3600,
        "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1 } ] })");
    if (!screen.open() || screen.write(large) != large.size() || !screen.flush())
        return 2;
    qputenv("QT_QPA_PLATFORM", "offscreen:configfile=" + screen.fileName().toLocal8Bit());
    for (int i = 1; i + 1 < argc; ++i)
        if (QByteArray(argv[i]) == "--scale")
            qputenv("QT_SCALE_FACTOR", argv[i + 1]);
    qInstallMessageHandler(tellOthers);
    QApplication application(argc, argv);
    QStandardPaths::setTestModeEnabled(true); // nothing of the user's is touched
    QCommandLineParser parser;
    parser.addOptions({{QStringLiteral("theme"), QStringLiteral("dark or light"), QStringLiteral("theme")},
                       {QStringLiteral("language"), QStringLiteral("en or zh"), QStringLiteral("language")},
                       {QStringLiteral("scale"), QStringLiteral("1, 2 or 3"), QStringLiteral("scale")},
                       {QStringLiteral("list"), QStringLiteral("the albums' names")}});
    parser.addHelpOption();
    parser.process(application);
    if (parser.isSet(QStringLiteral("list"))) {
        for (const Album& album : albums)
            std::puts(album.name);
        return 0;
    }
    const QStringList places = parser.positionalArguments();
    if (places.isEmpty()) {
        std::fputs(qPrintable(parser.helpText()), stderr);
        return 2;
    }
    if (!parser.isSet(QStringLiteral("scale")))
        return takeAtEveryScale(QCoreApplication::arguments().mid(1));
    return take(QDir(places.first()), places.mid(1), parser.value(QStringLiteral("scale")).toInt(),
                editions(parser.value(QStringLiteral("theme")), parser.value(QStringLiteral("language"))));
}
