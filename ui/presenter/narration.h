// Narration: a record as a sentence that can be read aloud: "payment-service tries order.created again in 2 s". For
// captions and for those who hear the window instead of seeing it. Texts only.
#pragma once

#include "core/record/catalogue.h"
#include "core/record/record.h"

#include <QCoreApplication>
#include <QString>

namespace weir {

class Narration {
    Q_DECLARE_TR_FUNCTIONS(weir::Narration)
  public:
    explicit Narration(const Catalogue& catalogue) : m_catalogue(catalogue) {}

    QString sentence(const Record& record) const;
    // How much the eye should be drawn to it, 0 to 3; while a run goes on, the highest of a moment is told.
    static int weight(RecordKind kind);

  private:
    const Catalogue& m_catalogue;
};

} // namespace weir
