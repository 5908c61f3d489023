// weir-studio: the window. Its argument, where there is one, is the scenario file to open.
#include "ui/icons.h"
#include "ui/studio.h"
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
    weir::Studio studio(themes, language, settings);
    studio.window().show();
    if (const QStringList arguments = QApplication::arguments(); arguments.size() > 1)
        studio.open(arguments.at(1));
    return QApplication::exec();
}
