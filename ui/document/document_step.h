// DocumentStep: one edit of the document as the undo stack keeps it: what was taken out of the text and what came in its
// place, so that a step costs the size of the change and not of the file.
#pragma once

#include "ui/document/document_editor.h"

#include <QUndoCommand>

#include <cstddef>
#include <string>
#include <vector>

namespace weir {

struct TextPatch {
    std::size_t at = 0; // bytes
    std::string removed;
    std::string inserted;

    static TextPatch between(const std::string& before, const std::string& after);
    std::string applied(std::string text) const;
    std::string undone(std::string text) const;
};

class DocumentStep final : public QUndoCommand {
  public:
    // The edit has been done already: pushing it does nothing more.
    DocumentStep(DocumentEditor& editor, const QString& name, TextPatch patch, std::vector<std::string> pointers,
                 Renames renames, bool mergesWithLast, bool keepsRun);

    void undo() override;
    void redo() override;
    int id() const override { return 1; }
    bool mergeWith(const QUndoCommand* next) override;

  private:
    DocumentEditor::Run run() const;

    DocumentEditor& m_editor;
    TextPatch m_patch;
    std::vector<std::string> m_pointers;
    Renames m_renames;
    bool m_mergesWithLast;
    bool m_keepsRun;
    bool m_done = true;
};

} // namespace weir
