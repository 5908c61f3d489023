// A scenario of 100,000 messages a second, as a file says it: nine queues behind a topic, a stream with a group,
// retries, dead letters and a crash, so that every panel of the window has something to tell.
#pragma once

#include <QByteArray>

namespace weir {

QByteArray busyScenario();

} // namespace weir
