// Why the run takes no commands at the playhead, for people; empty where it does.
#pragma once

#include <QString>

namespace weir {

class Session;

QString commandRefusal(const Session& session);

} // namespace weir
