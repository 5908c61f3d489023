#include "ui/trace/kind_words.h"

#include <QCoreApplication>

#include <algorithm>

namespace weir {
namespace {

constexpr const char* words[] = {
    QT_TRANSLATE_NOOP("weir::RecordKinds", "published"),
    QT_TRANSLATE_NOOP("weir::RecordKinds", "refused"),
    QT_TRANSLATE_NOOP("weir::RecordKinds", "deduplicated"),
    QT_TRANSLATE_NOOP("weir::RecordKinds", "unroutable"),
    QT_TRANSLATE_NOOP("weir::RecordKinds", "routed"),
    QT_TRANSLATE_NOOP("weir::RecordKinds", "blocked"),
    QT_TRANSLATE_NOOP("weir::RecordKinds", "unblocked"),
    QT_TRANSLATE_NOOP("weir::RecordKinds", "throttled"),
    QT_TRANSLATE_NOOP("weir::RecordKinds", "completed"),
    QT_TRANSLATE_NOOP("weir::RecordKinds", "appended"),
    QT_TRANSLATE_NOOP("weir::RecordKinds", "sent"),
    QT_TRANSLATE_NOOP("weir::RecordKinds", "enqueued"),
    QT_TRANSLATE_NOOP("weir::RecordKinds", "released"),
    QT_TRANSLATE_NOOP("weir::RecordKinds", "delivered"),
    QT_TRANSLATE_NOOP("weir::RecordKinds", "started"),
    QT_TRANSLATE_NOOP("weir::RecordKinds", "finished"),
    QT_TRANSLATE_NOOP("weir::RecordKinds", "failed"),
    QT_TRANSLATE_NOOP("weir::RecordKinds", "acked"),
    QT_TRANSLATE_NOOP("weir::RecordKinds", "ackRefused"),
    QT_TRANSLATE_NOOP("weir::RecordKinds", "nacked"),
    QT_TRANSLATE_NOOP("weir::RecordKinds", "timedOut"),
    QT_TRANSLATE_NOOP("weir::RecordKinds", "requeued"),
    QT_TRANSLATE_NOOP("weir::RecordKinds", "retryScheduled"),
    QT_TRANSLATE_NOOP("weir::RecordKinds", "deadLettered"),
    QT_TRANSLATE_NOOP("weir::RecordKinds", "expired"),
    QT_TRANSLATE_NOOP("weir::RecordKinds", "dropped"),
    QT_TRANSLATE_NOOP("weir::RecordKinds", "purged"),
    QT_TRANSLATE_NOOP("weir::RecordKinds", "lost"),
    QT_TRANSLATE_NOOP("weir::RecordKinds", "skipped"),
    QT_TRANSLATE_NOOP("weir::RecordKinds", "effectLost"),
    QT_TRANSLATE_NOOP("weir::RecordKinds", "crashed"),
    QT_TRANSLATE_NOOP("weir::RecordKinds", "restarted"),
    QT_TRANSLATE_NOOP("weir::RecordKinds", "rebalanced"),
    QT_TRANSLATE_NOOP("weir::RecordKinds", "committed"),
    QT_TRANSLATE_NOOP("weir::RecordKinds", "compensated"),
    QT_TRANSLATE_NOOP("weir::RecordKinds", "stateChanged"),
    QT_TRANSLATE_NOOP("weir::RecordKinds", "commanded"),
    QT_TRANSLATE_NOOP("weir::RecordKinds", "warmedUp"),
    QT_TRANSLATE_NOOP("weir::RecordKinds", "stopped"),
    QT_TRANSLATE_NOOP("weir::RecordKinds", "scaled"),
    QT_TRANSLATE_NOOP("weir::RecordKinds", "confirmed"),
    QT_TRANSLATE_NOOP("weir::RecordKinds", "unconfirmed"),
    QT_TRANSLATE_NOOP("weir::RecordKinds", "checkedBack"),
    QT_TRANSLATE_NOOP("weir::RecordKinds", "strayed"),
    QT_TRANSLATE_NOOP("weir::RecordKinds", "leaderElected"),
    QT_TRANSLATE_NOOP("weir::RecordKinds", "leaderLost"),
    QT_TRANSLATE_NOOP("weir::RecordKinds", "replicaBehind"),
    QT_TRANSLATE_NOOP("weir::RecordKinds", "replicaCaughtUp"),
    QT_TRANSLATE_NOOP("weir::RecordKinds", "nodeDown"),
    QT_TRANSLATE_NOOP("weir::RecordKinds", "nodeUp"),
    QT_TRANSLATE_NOOP("weir::RecordKinds", "transactionCommitted"),
    QT_TRANSLATE_NOOP("weir::RecordKinds", "transactionAborted"),
    QT_TRANSLATE_NOOP("weir::RecordKinds", "stored"),
    QT_TRANSLATE_NOOP("weir::RecordKinds", "relayed"),
    QT_TRANSLATE_NOOP("weir::RecordKinds", "diskFull"),
    QT_TRANSLATE_NOOP("weir::RecordKinds", "diskFree"),
};

} // namespace

QString kindWord(RecordKind kind) {
    const std::string_view word = name(kind);
    const auto* const known = std::find(std::begin(words), std::end(words), word);
    return known != std::end(words) ? QCoreApplication::translate("weir::RecordKinds", *known)
                                    : QString::fromUtf8(word.data(), static_cast<qsizetype>(word.size()));
}

} // namespace weir
