// weir-studio: the windows. Its arguments are the scenario files to open, each in a window of its own.
#include "core/result.h"
#include "ui/icons.h"
#include "ui/studios.h"
#include "ui/theme_source.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QSettings>
#include <QStringList>

#include <algorithm>
#include <cstdio>

namespace {

constexpr int badUsage = 2; // as weir's

void describe(QCommandLineParser& parser) {
    parser.setApplicationDescription(
        QStringLiteral("Weir's window: draws, runs and watches event-driven architectures."));
    parser.setSingleDashWordOptionMode(QCommandLineParser::ParseAsLongOptions);
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addPositionalArgument(QStringLiteral("scenario"),
                                 QStringLiteral("Scenario files, each opened in a window of its own."),
                                 QStringLiteral("[scenario...]"));
}

void nameProgram() {
    QCoreApplication::setApplicationName(QStringLiteral("weir"));
    QCoreApplication::setOrganizationName(QStringLiteral("weir"));
    QCoreApplication::setApplicationVersion(QStringLiteral(WEIR_VERSION));
}

// Those of Qt's options that name a value, and those that do not: QApplication takes them, with one dash or two.
constexpr const char* qtOptionsWithValue[]{
    "platform",  "platformpluginpath", "platformtheme", "plugin",  "qwindowtitle", "qwindowgeometry", "qwindowicon",
    "title",     "geometry",           "icon",          "display", "name",         "session",         "style",
    "stylesheet"};
constexpr const char* qtOptionsAlone[]{"reverse", "widgetcount", "nograb", "dograb"};

// Of an option its name, "style" of "--style=Fusion"; of another word the word.
QString nameOf(const QString& word) {
    const qsizetype dashes = word.startsWith(QLatin1String("--")) ? 2 : word.startsWith(u'-') ? 1 : 0;
    return dashes == 0 ? word : word.mid(dashes).section(u'=', 0, 0);
}

// Without Qt's own options, which cannot be asked of an application: that needs a display.
QStringList ownArguments(int argc, char** argv) {
    const auto isOneOf = [](const auto& names, const QString& name) {
        return std::any_of(std::begin(names), std::end(names),
                           [&](const char* each) { return name == QLatin1String(each); });
    };
    QStringList own;
    for (int i = 0; i < argc; ++i) {
        const QString word = QString::fromLocal8Bit(argv[i]);
        const QString name = nameOf(word);
        if (word == name || !(isOneOf(qtOptionsWithValue, name) || isOneOf(qtOptionsAlone, name)))
            own.append(word);
        else if (isOneOf(qtOptionsWithValue, name) && !word.contains(u'='))
            ++i;
    }
    return own;
}

// In one line, as weir does.
int complain(const QCommandLineParser& parser, const QStringList& arguments) {
    weir::Error error{"", parser.errorText().toStdString(), ""};
    for (const QString& word : arguments)
        if (const QString name = nameOf(word); word != name && parser.unknownOptionNames().contains(name))
            error = {"", "needs an option it knows: --help or --version, beside scenario files",
                     '"' + word.toStdString() + '"'};
    std::fprintf(stderr, "weir-studio: %s\n", error.text().c_str());
    return badUsage;
}

} // namespace

int main(int argc, char** argv) {
    QCommandLineParser parser;
    describe(parser);
    const QStringList arguments = ownArguments(argc, argv);
    if (!parser.parse(arguments))
        return complain(parser, arguments);
    if (parser.isSet(QStringLiteral("help")) || parser.isSet(QStringLiteral("help-all")) ||
        parser.isSet(QStringLiteral("version"))) {
        const QCoreApplication application(argc, argv);
        nameProgram();
        parser.process(arguments); // answers in the terminal, and ends
    }
    QApplication application(argc, argv);
    nameProgram();
    QApplication::setApplicationDisplayName(QStringLiteral("Weir"));
    QApplication::setWindowIcon(weir::applicationIcon());

    weir::ThemeSource themes(application);
    weir::Language language;
    QSettings settings;
    weir::Studios studios(themes, language, settings);
    studios.add();
    for (const QString& path : parser.positionalArguments())
        studios.open(path);
    return QApplication::exec();
}
