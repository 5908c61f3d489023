// A window that has unsaved work and lives until it is killed: for the test of recovery.
// usage: recovery_child SCENARIO SEED
#include "ui/studio.h"

#include <QApplication>
#include <QSettings>
#include <QTemporaryDir>

#include <cstdio>

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("weir"));
    QApplication::setOrganizationName(QStringLiteral("weir"));
    if (argc != 3)
        return 2;
    const QTemporaryDir scratch;
    QSettings settings(scratch.filePath(QStringLiteral("weir.ini")), QSettings::IniFormat);
    weir::ThemeSource themes(application);
    weir::Language language;
    weir::Studio studio(themes, language, settings);
    studio.window().show();
    const std::vector<weir::Edit> edits{{.pointer = "/run/seed", .value = weir::Value(std::atoi(argv[2])), .newName = {}}};
    if (!studio.open(QString::fromLocal8Bit(argv[1])) || !studio.editor().edit(QStringLiteral("Seed"), edits).empty())
        return 1;
    studio.session().pause();
    std::puts("edited");
    std::fflush(stdout);
    return QApplication::exec();
}
