// weir-studio: the windows. Its arguments are the scenario files to open, each in a window of its own.
#include "ui/icons.h"
#include "ui/studios.h"
#include "ui/theme_source.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QSettings>

#include <algorithm>
#include <cstdio>
#include <string_view>

namespace {

constexpr int badUsage = 2; // as weir's

void describe(QCommandLineParser& parser) {
    parser.setApplicationDescription(
        QStringLiteral("Weir's window: draws, runs and watches event-driven architectures."));
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

// What is answered in the terminal, and needs no display.
bool asksInTerminal(int argc, char** argv) {
    constexpr std::string_view questions[]{"--help", "-h", "--help-all", "--version", "-v"};
    return std::any_of(argv + 1, argv + argc, [&](std::string_view word) {
        return std::find(std::begin(questions), std::end(questions), word) != std::end(questions);
    });
}

} // namespace

int main(int argc, char** argv) {
    QCommandLineParser parser;
    describe(parser);
    if (asksInTerminal(argc, argv)) {
        const QCoreApplication application(argc, argv);
        nameProgram();
        parser.process(application);
        return 0;
    }
    QApplication application(argc, argv); // takes Qt's own options away, as -platform
    nameProgram();
    if (!parser.parse(QApplication::arguments())) {
        std::fprintf(stderr, "weir-studio: %s\n", qPrintable(parser.errorText()));
        return badUsage;
    }
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
