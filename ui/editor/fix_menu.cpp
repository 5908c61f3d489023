#include "ui/editor/fix_menu.h"

#include "core/scenario/fixes.h"
#include "ui/document/document_editor.h"
#include "ui/editor/editor_words.h"

#include <QCoreApplication>
#include <QMenu>

namespace weir {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(weir::Fixes)
};

} // namespace

void addFixes(QMenu& menu, const Finding& finding, DocumentEditor& document) {
    for (const Fix& fix : fixesOf(finding, document.document(), document.scenario())) {
        const QString text = fixText(fix);
        QObject::connect(menu.addAction(Words::tr("Fix: %1").arg(text)), &QAction::triggered, &document,
                         // It has loaded when it was tried; the menu stands no longer than the document.
                         [&document, text, edits = fix.edits] { document.edit(text, edits); });
    }
}

void offerFixes(const Finding& finding, DocumentEditor& document, QWidget& parent, QPoint global) {
    auto* menu = new QMenu(&parent);
    menu->setObjectName(QStringLiteral("fixes"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    addFixes(*menu, finding, document);
    if (menu->isEmpty())
        menu->addAction(Words::tr("Nothing mends this by itself"))->setEnabled(false);
    menu->popup(global);
}

} // namespace weir
