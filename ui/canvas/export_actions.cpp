#include "ui/canvas/export_actions.h"

#include "ui/canvas/canvas_export.h"
#include "ui/errors/error_text.h"

#include <QApplication>
#include <QBuffer>
#include <QClipboard>
#include <QFileDialog>
#include <QSaveFile>

namespace weir {
namespace {
enum Kind { svg, png1, png2, png3, mermaid, copyMermaid, copyPicture };
}

ExportActions::ExportActions(const ThemeSource& themes, const Scene& scene, QWidget& owner)
    : QObject(&owner), m_themes(themes), m_scene(scene), m_owner(owner) {
    const auto add = [this](auto act) {
        auto* action = new QAction(this);
        connect(action, &QAction::triggered, this, act);
        m_actions << action;
    };
    add([this] { choose(QStringLiteral("svg"), tr("SVG pictures (*.svg)"), 1); });
    for (const qreal factor : {1.0, 2.0, 3.0})
        add([this, factor] { choose(QStringLiteral("png"), tr("PNG pictures (*.png)"), factor); });
    add([this] { choose(QStringLiteral("mmd"), tr("Mermaid text (*.mmd)"), 1); });
    add([this] { QApplication::clipboard()->setText(canvasMermaid(m_scene)); });
    add([this] { QApplication::clipboard()->setImage(canvasImage(m_scene, m_themes.theme(), 2)); });
    m_menu.addActions(m_actions);
    m_menu.insertSeparator(m_actions[copyMermaid]);
    retranslate();
}

void ExportActions::setEnabled(bool enabled) {
    m_menu.menuAction()->setEnabled(enabled);
    for (QAction* action : m_actions)
        action->setEnabled(enabled);
}

void ExportActions::retranslate() {
    m_menu.setTitle(tr("Export &canvas"));
    m_menu.menuAction()->setToolTip(tr("As a picture or as text, into a file or onto the clipboard"));
    const auto say = [this](Kind kind, const QString& text, const QString& tip) {
        m_actions[kind]->setText(text);
        m_actions[kind]->setToolTip(tip);
    };
    say(svg, tr("Export canvas as S&VG…"), tr("The whole topology as it is drawn, at any size"));
    say(png1, tr("Export canvas as &PNG…"), tr("The whole topology, one pixel a point"));
    say(png2, tr("Export canvas as PNG, &2×…"), tr("The whole topology, two pixels a point"));
    say(png3, tr("Export canvas as PNG, &3×…"), tr("The whole topology, three pixels a point"));
    say(mermaid, tr("Export canvas as &Mermaid…"), tr("A flowchart as text, for documents in git"));
    say(copyMermaid, tr("&Copy canvas as Mermaid"), tr("A flowchart as text, on the clipboard"));
    say(copyPicture, tr("Copy canvas as p&icture"), tr("The whole topology on the clipboard, two pixels a point"));
}

QString ExportActions::write(const QString& path, qreal factor) const {
    QByteArray content;
    if (path.endsWith(QLatin1String(".svg"))) {
        content = canvasSvg(m_scene, m_themes.theme(), m_document);
    } else if (path.endsWith(QLatin1String(".png"))) {
        QBuffer buffer(&content);
        canvasImage(m_scene, m_themes.theme(), factor).save(&buffer, "PNG");
    } else {
        content = canvasMermaid(m_scene).toUtf8();
    }
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size() || !file.commit())
        return tr("%1 could not be written: %2").arg(path, errorText(file.errorString()));
    return {};
}

void ExportActions::choose(const QString& ending, const QString& filter, qreal factor) {
    auto* dialog = new QFileDialog(&m_owner, tr("Export canvas"), QString(), filter);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(ending);
    dialog->selectFile((m_document.isEmpty() ? QStringLiteral("canvas") : m_document) + QLatin1Char('.') + ending);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this, [this, factor](const QString& path) {
        if (const QString why = write(path, factor); !why.isEmpty())
            Q_EMIT failed(why);
    });
    dialog->open();
}

} // namespace weir
