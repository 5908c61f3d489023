#include "ui/inspector/finding_text.h"

#include "ui/inspector/forms/choice_words.h"

#include <QCoreApplication>

namespace weir {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(weir::Findings)
};

QString argument(const Finding& finding, std::size_t place) {
    return place < finding.arguments.size() ? QString::fromStdString(finding.arguments[place]) : QString();
}

} // namespace

QString findingText(const Finding& finding) {
    const std::string& code = finding.code;
    const QString a = argument(finding, 0);
    const QString b = argument(finding, 1);
    const QString c = argument(finding, 2);
    const QString d = argument(finding, 3);
    const QString e = argument(finding, 4);
    if (code == "unboundedRetry")
        return Words::tr("%1 retries without end").arg(a);
    if (code == "noDeadLetter")
        return Words::tr("What %1 cannot deliver is dropped").arg(a);
    if (code == "lossyAck")
        return Words::tr("%1 acks on delivery: what it fails at is lost").arg(a);
    if (code == "notIdempotent")
        return Words::tr("%2 delivers at least once, %1 is not idempotent").arg(a, b);
    if (code == "ackTimeoutShort")
        return e == QLatin1String("mean") ? Words::tr("Ack timeout %1 is shorter than the mean work of %2 s").arg(b, d)
                                          : Words::tr("Ack timeout %1 is shorter than the p99 work of %2 s").arg(b, d);
    if (code == "pollsTooRare")
        return Words::tr("%1 from poll to poll is shorter than the mean work of %2 s").arg(b, d);
    if (code == "profileLeavesOut")
        return Words::tr("%2 has no \"%1\": it is left out").arg(a, choiceLabel(b.toStdString(), "profile"));
    if (code == "incompatibleSchema")
        return Words::tr("Version %1 of %2 breaks with version %3").arg(a, b, d);
    if (code == "schemaDraft")
        return Words::tr("Version %1 of %2: %3 means nothing in the draft it is read as").arg(a, b, c);
    if (code == "unknownDraft")
        return Words::tr("Version %1 of %2 is of a draft that is not known, and is read as draft 7").arg(a, b);
    if (code == "slowDelivery")
        return Words::tr("%1 gets %2/s and may deliver %3/s").arg(a, b, c);
    if (code == "idleRate")
        return Words::tr("Nothing is published to %1 by its name: its rate limits nothing").arg(a);
    if (code == "unreadRetry")
        return Words::tr("Retries of %1 wait in %2, which nobody reads").arg(a, b);
    if (code == "delayOnStream")
        return Words::tr("%1 is not delayed: %2 is a stream").arg(a, b);
    if (code == "delayToOwners")
        return Words::tr("%1 is not delayed: partitions of %2 have owners").arg(a, b);
    if (code == "delayInTransaction")
        return Words::tr("%1 is not delayed on its way to %2: it is published within a transaction").arg(a, b);
    if (code == "lossyTransaction")
        return Words::tr("%1 acks on delivery: its transaction has nothing to commit with").arg(a);
    if (code == "idleConfirm")
        return Words::tr("The transaction of %1 decides what becomes of %2, nothing else does").arg(a, b);
    if (code == "ackLossForever")
        return Words::tr("What %1 acks in vain stays unacked").arg(a);
    if (code == "extendIdle")
        return Words::tr("%1 extends an ack timeout that %2 does not have").arg(a, b);
    if (code == "acksStuck")
        return Words::tr("%1 gathers %2 acks, but may hold %3 only").arg(a, c, d);
    if (code == "exclusiveRefused")
        return Words::tr("%1 refuses all but one of %2 consumers").arg(a, b);
    if (code == "broadcastOnce")
        return Words::tr("%1 broadcasts: nothing is tried again").arg(a);
    if (code == "backoffLong")
        return Words::tr("%1 has %2 ack timeouts for %3 deliveries").arg(a, b, c);
    if (code == "dirtyRead")
        return Words::tr("%1 reads what %2 may abort").arg(a, b);
    if (code == "transactionShort")
        return Words::tr("The transaction of %1 lasts %2 s and times out after %3").arg(a, b, c);
    if (code == "dualWrite")
        return Words::tr("%1 writes its state and publishes apart").arg(a);
    if (code == "idleOutbox")
        return Words::tr("%1 publishes nothing through its outbox").arg(a);
    if (code == "outboxDecides")
        return Words::tr("The outbox of %1 decides how %2 is published").arg(a, b);
    if (code == "outboxStuck")
        return Words::tr("%2 may never take %3 for certain: it stays in the outbox of %1").arg(a, b, c);
    if (code == "replicationEnds")
        return Words::tr("What %1 replicates to %2 does not reach %3").arg(a, b, c);
    if (code == "commitIdle")
        return Words::tr("%1 commits nothing: %2 shares its records").arg(a, b);
    if (code == "pendingForever")
        return Words::tr("What a lost member of %1 had stays pending").arg(a);
    if (code == "deadLoop")
        return Words::tr("Events go round: %1").arg(a);
    if (code == "repeatLoop")
        return Words::tr("Events go round where acks come too late: %1").arg(a);
    if (code == "overflowLoop")
        return Words::tr("Events go round where queues are full: %1").arg(a);
    if (code == "blockingLoop")
        return Words::tr("Producers can block each other: %1").arg(a);
    if (code == "overload")
        return Words::tr("Overload: %1/s need %2 workers, there are %3").arg(c, d, e);
    if (code == "highLoad")
        return Words::tr("Offered load %1 of capacity").arg(c);
    if (code == "peakLoad")
        return Words::tr("Offered load up to %1 of capacity").arg(c);
    if (code == "noSource")
        return Words::tr("No service has a source: nothing will happen");
    if (code == "silentSource")
        return Words::tr("A source of %1 never emits").arg(a);
    if (code == "unusedEvent")
        return Words::tr("Nobody emits %1").arg(a);
    if (code == "unconsumedEvent")
        return Words::tr("Nobody consumes %1").arg(a);
    if (code == "unroutable")
        return Words::tr("%1 reaches no queue by way of %2").arg(c, b);
    if (code == "deadBinding")
        return Words::tr("The binding of %1 to %2 never matches").arg(a, b);
    if (code == "unfedConsumer")
        return Words::tr("Nothing ever reaches %1 on %2").arg(a, b);
    if (code == "unreadQueue")
        return Words::tr("Nobody reads %1").arg(a);
    if (code == "blockedForever")
        return Words::tr("Nobody reads %1: once it is full its producers wait for good").arg(a);
    if (code == "turnNeverEnds")
        return Words::tr("Nobody reads %1: whoever is served after it in turn never is").arg(a);
    if (code == "idleService")
        return Words::tr("%1 has nothing to do").arg(a);
    if (code == "idleConsumers")
        return Words::tr("%1 consumers share %2 partitions").arg(c, d);
    if (code == "lateFault")
        return Words::tr("The fault of %1 comes after the end of the run").arg(a);
    if (code == "keylessCompaction")
        return Words::tr("%1 is compacted, but %2 has no key").arg(a, b);
    if (code == "groupsApart")
        return Words::tr("%1 divides %2 and %3 apart").arg(a, b, c);
    if (code == "unusedLink")
        return Words::tr("Nothing goes over the link between %1 and %2").arg(a, b);
    if (code == "lossyPublish")
        return Words::tr("%1 of what %2 publishes is lost on its way").arg(a, b);
    if (code == "idleOverhead")
        return Words::tr("%1 more a message between %2 and %3 take no time").arg(a, b, c);
    if (code == "stepsElsewhere")
        return Words::tr("What %1 has of %2 in two steps may go to another consumer").arg(a, b);
    if (code == "stuckDelivery")
        return Words::tr("%1 of the deliveries of %2 to %3 may stay in flight for good").arg(a, b, c);
    if (code == "replicasWithoutNodes")
        return Words::tr("%1 asks for %2 replicas, but there are no nodes").arg(a, b);
    if (code == "evenMajority")
        return Words::tr("%1 has %2 replicas: one fewer bears as many losses").arg(a, b);
    if (code == "allInSync")
        return Words::tr("%1 needs all of its %2 replicas in sync").arg(a, b);
    if (code == "uncleanElection")
        return Words::tr("%1 may lose what was promised").arg(a);
    if (code == "allOfOne")
        return Words::tr("%1 waits for all replicas of %2, which has one").arg(a, b);
    if (code == "oneOfAll")
        return Words::tr("%1 waits for all in sync of %2, which may be one").arg(a, b);
    if (code == "unknownName")
        return Words::tr("An expectation asks for %1, which is not there").arg(a);
    if (code == "unseen")
        return Words::tr("%1 asks for what it cannot see").arg(a);
    if (code == "tooLarge")
        return Words::tr("Too large to compute every load and loop");
    return QString::fromStdString(finding.text);
}

Tone findingTone(Severity severity) {
    switch (severity) {
    case Severity::error:
        return Tone::Danger;
    case Severity::warning:
        return Tone::Warn;
    case Severity::note:
        return Tone::Accent;
    }
    Q_UNREACHABLE();
}

} // namespace weir
