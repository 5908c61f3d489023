// weir-studio: the windows. Its arguments are the scenario files to open, each in a window of its own.
#include "ui/icons.h"
#include "ui/studios.h"
#include "ui/theme_source.h"

#include <QApplication>
#include <QSettings>

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("weir"));
    QApplication::setApplicationDisplayName(QStringLiteral("Weir"));
    QApplication::setOrganizationName(QStringLiteral("weir"));
    QApplication::setApplicationVersion(QStringLiteral(WEIR_VERSION));
    QApplication::setWindowIcon(weir::applicationIcon());

    weir::ThemeSource themes(application);
    weir::Language language;
    QSettings settings;
    weir::Studios studios(themes, language, settings);
    studios.add();
    for (const QString& path : QApplication::arguments().mid(1))
        studios.open(path);
    return QApplication::exec();
}
