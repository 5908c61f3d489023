#include "ui/session/command_refusal.h"

#include "ui/session/session.h"

#include <QCoreApplication>

namespace weir {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(weir::CommandRefusal)
};

} // namespace

QString commandRefusal(const Session& session) {
    if (session.mode() != Session::Mode::simulation)
        return Words::tr("Only a simulation can be given commands");
    // Where nothing was left to do a command comes just before the end; what was stopped goes on no more.
    return !session.canAdvance() && session.endReason() != QLatin1String("idle")
               ? Words::tr("The run has ended, and takes no more commands: go back to an earlier instant first")
               : QString();
}

} // namespace weir
