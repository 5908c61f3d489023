// weir-studio: makes the pieces of the window and puts them together.
#include "ui/empty_pieces.h"
#include "ui/icons.h"
#include "ui/main_window.h"
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
    weir::MainWindow window(weir::emptyPieces(themes), themes, language, settings);
    window.show();
    return QApplication::exec();
}
