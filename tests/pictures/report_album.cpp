#include "pictures/albums.h"
#include "pictures/sitting.h"
#include "ui/report/exports.h"

#include <QFile>
#include <QImage>
#include <QPainter>
#include <QProcess>
#include <QStandardPaths>
#include <QTextDocument>

#include <cstdio>

namespace weir {
namespace {

// Poppler's program turns a page of PDF into a picture.
void shootPages(Camera& camera, const QString& pdf, const QTemporaryDir& folder, const QString& name) {
    const QString tool = QStandardPaths::findExecutable(QStringLiteral("pdftoppm"));
    if (tool.isEmpty()) {
        std::fputs("pictures: no pdftoppm (poppler-utils): the report's pages are left out\n", stderr);
        return;
    }
    QProcess::execute(tool, {QStringLiteral("-png"), QStringLiteral("-r"), QStringLiteral("72"), QStringLiteral("-l"),
                             QStringLiteral("6"), pdf, folder.filePath(QStringLiteral("page"))});
    int number = 0;
    for (const QString& page : QDir(folder.path()).entryList({QStringLiteral("page*.png")}, QDir::Files, QDir::Name))
        camera.keep(QImage(folder.filePath(page)), QStringLiteral("%1_page_%2").arg(name).arg(++number));
}

} // namespace

void shootReport(Camera& camera) {
    const QTemporaryDir folder;
    Sitting sitting(camera);
    sitting.open(scenarioFile("order_flow.json"));
    sitting.runTo(150s);
    const QString path = folder.filePath(QStringLiteral("order_flow"));
    sitting.studio().exports().exportReport(path);
    sitting.shoot(QStringLiteral("making"));
    waitFor([&sitting] { return !sitting.studio().exports().busy(); });
    sitting.shoot(QStringLiteral("written"));
    shootPages(camera, path + QStringLiteral(".pdf"), folder, QStringLiteral("report"));
    QFile::remove(camera.path(QStringLiteral("report")).chopped(4) + QStringLiteral(".html"));
    QFile::copy(path + QStringLiteral(".html"),
                camera.path(QStringLiteral("report")).chopped(4) + QStringLiteral(".html"));
}

} // namespace weir
