#include "ui/inspector/finding_advice.h"

#include "ui/inspector/finding_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <iterator>

namespace weir {
namespace {

struct Advice {
    const char* code;
    const char* text; // not translated
};

constexpr Advice advices[] = {
    {"replicasWithoutNodes", QT_TRANSLATE_NOOP("weir::FindingAdvice", "Add \"nodes\", or leave the replicas out.")},
    {"evenMajority", QT_TRANSLATE_NOOP("weir::FindingAdvice", "Use an odd number.")},
    {"allInSync", QT_TRANSLATE_NOOP("weir::FindingAdvice", "Set \"minInSync\" below \"replicas\".")},
    {"uncleanElection", QT_TRANSLATE_NOOP("weir::FindingAdvice", "Leave it out, unless to go on matters more.")},
    {"allOfOne", QT_TRANSLATE_NOOP("weir::FindingAdvice", "Give it more \"replicas\".")},
    {"oneOfAll", QT_TRANSLATE_NOOP("weir::FindingAdvice", "Set \"minInSync\" to 2.")},
    {"unboundedRetry", QT_TRANSLATE_NOOP("weir::FindingAdvice", "Give \"max\" a number.")},
    {"noDeadLetter", QT_TRANSLATE_NOOP("weir::FindingAdvice", "Give it a \"deadLetter\" channel to keep it.")},
    {"lossyAck", QT_TRANSLATE_NOOP("weir::FindingAdvice", "Use \"ack\": \"manual\" if each must be handled.")},
    {"notIdempotent", QT_TRANSLATE_NOOP("weir::FindingAdvice", "Give the handler \"idempotent\".")},
    {"ackTimeoutShort", QT_TRANSLATE_NOOP("weir::FindingAdvice", "Work is done twice: make \"ackTimeout\" longer.")},
    {"pollsTooRare",
     QT_TRANSLATE_NOOP("weir::FindingAdvice", "Members leave again and again: make \"maxPollInterval\" longer.")},
    {"profileLeavesOut", QT_TRANSLATE_NOOP("weir::FindingAdvice", "That broker has nothing like it.")},
    {"incompatibleSchema",
     QT_TRANSLATE_NOOP("weir::FindingAdvice", "It is not registered: change the schema, or its compatibility.")},
    {"schemaDraft", QT_TRANSLATE_NOOP("weir::FindingAdvice", "Name the draft that was meant in its \"$schema\".")},
    {"unknownDraft", QT_TRANSLATE_NOOP("weir::FindingAdvice", "Drafts 4, 6, 7, 2019-09 and 2020-12 are known.")},
    {"slowDelivery", QT_TRANSLATE_NOOP("weir::FindingAdvice", "It grows without end: let more out, or less in.")},
    {"idleRate",
     QT_TRANSLATE_NOOP("weir::FindingAdvice", "Limit the exchange that it receives from, or its \"deliveryRate\".")},
    {"unreadRetry", QT_TRANSLATE_NOOP("weir::FindingAdvice", "Let a handler take from that queue.")},
    {"delayOnStream", QT_TRANSLATE_NOOP("weir::FindingAdvice", "Publish it to a queue first.")},
    {"delayToOwners", QT_TRANSLATE_NOOP("weir::FindingAdvice", "Let the groups of the stream share its records.")},
    {"delayInTransaction", QT_TRANSLATE_NOOP("weir::FindingAdvice", "Publish it outside of a transaction.")},
    {"lossyTransaction", QT_TRANSLATE_NOOP("weir::FindingAdvice", "Use \"ack\": \"manual\".")},
    {"idleConfirm", QT_TRANSLATE_NOOP("weir::FindingAdvice", "Leave it out: it has no effect there.")},
    {"ackLossForever", QT_TRANSLATE_NOOP("weir::FindingAdvice", "Give the queue an \"ackTimeout\".")},
    {"extendIdle", QT_TRANSLATE_NOOP("weir::FindingAdvice", "Give the queue an \"ackTimeout\", or leave it out.")},
    {"acksStuck", QT_TRANSLATE_NOOP("weir::FindingAdvice", "Wait for fewer, or give an \"interval\".")},
    {"exclusiveRefused",
     QT_TRANSLATE_NOOP("weir::FindingAdvice", "Use \"singleActive\" or \"failover\" to let the others wait.")},
    {"outboxStuck",
     QT_TRANSLATE_NOOP("weir::FindingAdvice",
                       "Its relay publishes it again for ever: let the channel take it, or let it be read.")},
    {"deadLoop", QT_TRANSLATE_NOOP("weir::FindingAdvice",
                                   "Each sets off more than one on the mean: break the loop or make it end.")},
    {"repeatLoop",
     QT_TRANSLATE_NOOP("weir::FindingAdvice",
                       "Give acks and confirms more time, let the handler be idempotent, or break the loop.")},
    {"overflowLoop",
     QT_TRANSLATE_NOOP("weir::FindingAdvice", "Break the loop, or let what has no room or comes too late be dropped.")},
    {"blockingLoop",
     QT_TRANSLATE_NOOP(
         "weir::FindingAdvice",
         "Once these queues are full nobody goes on: let one reject or drop, or give the emit a \"timeout\".")},
    {"overload", QT_TRANSLATE_NOOP("weir::FindingAdvice", "Add instances or workers, or send less.")},
    {"highLoad", QT_TRANSLATE_NOOP("weir::FindingAdvice", "Little room is left: waits grow long.")},
    {"peakLoad", QT_TRANSLATE_NOOP("weir::FindingAdvice", "Waits grow long at the peak.")},
    {"noSource", QT_TRANSLATE_NOOP("weir::FindingAdvice", "Give one \"sources\" with arrivals.")},
    {"silentSource", QT_TRANSLATE_NOOP("weir::FindingAdvice",
                                       "Give it an event to emit and arrivals with a rate above 0 within the run.")},
    {"unusedEvent", QT_TRANSLATE_NOOP("weir::FindingAdvice", "Emit it somewhere, or leave it out.")},
    {"unconsumedEvent", QT_TRANSLATE_NOOP("weir::FindingAdvice", "Let a handler take it, or stop emitting it.")},
    {"unroutable", QT_TRANSLATE_NOOP("weir::FindingAdvice", "Bind a queue to it.")},
    {"deadBinding", QT_TRANSLATE_NOOP("weir::FindingAdvice", "Correct the pattern or the key.")},
    {"unfedConsumer",
     QT_TRANSLATE_NOOP("weir::FindingAdvice", "Publish to it, or bind it to an exchange that events reach.")},
    {"unreadQueue",
     QT_TRANSLATE_NOOP("weir::FindingAdvice",
                       "It grows without end: let a service consume it, or give it a \"ttl\" or a \"capacity\".")},
    {"blockedForever",
     QT_TRANSLATE_NOOP("weir::FindingAdvice",
                       "Let a service consume it, let it reject or drop instead, or give it a \"ttl\".")},
    {"turnNeverEnds", QT_TRANSLATE_NOOP("weir::FindingAdvice", "Let a service consume it, or give it a \"ttl\".")},
    {"idleService", QT_TRANSLATE_NOOP("weir::FindingAdvice", "Give it a source or a handler, or leave it out.")},
    {"idleConsumers", QT_TRANSLATE_NOOP("weir::FindingAdvice", "Some will idle: add partitions or remove instances.")},
    {"lateFault", QT_TRANSLATE_NOOP("weir::FindingAdvice", "Move it, or run longer.")},
    {"keylessCompaction",
     QT_TRANSLATE_NOOP("weir::FindingAdvice", "All of its records stay: give the event type a \"key\".")},
    {"groupsApart",
     QT_TRANSLATE_NOOP("weir::FindingAdvice", "Give both streams the same \"group\" settings to divide them as one.")},
    {"unusedLink", QT_TRANSLATE_NOOP("weir::FindingAdvice", "Put it before the one that fits first, or leave it out.")},
    {"replicationEnds", QT_TRANSLATE_NOOP("weir::FindingAdvice", "Let it replicate there itself, too.")},
    {"backoffLong", QT_TRANSLATE_NOOP("weir::FindingAdvice", "Leave steps out, or raise \"max\".")},
    {"broadcastOnce", QT_TRANSLATE_NOOP("weir::FindingAdvice",
                                        "What fails is not tried again: dispatch it in another way, or let it be.")},
    {"pendingForever", QT_TRANSLATE_NOOP("weir::FindingAdvice", "Give it an \"ackTimeout\".")},
    {"stuckDelivery", QT_TRANSLATE_NOOP("weir::FindingAdvice", "Give the queue an \"ackTimeout\".")},
    {"idleOverhead", QT_TRANSLATE_NOOP("weir::FindingAdvice", "Give the link a \"bandwidth\".")},
    {"stepsElsewhere",
     QT_TRANSLATE_NOOP("weir::FindingAdvice", "Let the queue keep it: \"whenGone\": \"resume\", and no "
                                              "\"ackTimeout\".")},
    {"lossyPublish", QT_TRANSLATE_NOOP("weir::FindingAdvice", "Let it \"confirm\" what must arrive.")},
    {"commitIdle", QT_TRANSLATE_NOOP("weir::FindingAdvice", "Leave it out: it has no effect there.")},
    {"dirtyRead", QT_TRANSLATE_NOOP("weir::FindingAdvice", "Use \"isolation\": \"committed\".")},
    {"transactionShort", QT_TRANSLATE_NOOP("weir::FindingAdvice", "Make its \"timeout\" longer.")},
    {"dualWrite", QT_TRANSLATE_NOOP("weir::FindingAdvice", "It may die in between: give it an \"outbox\".")},
    {"idleOutbox", QT_TRANSLATE_NOOP("weir::FindingAdvice", "Leave the outbox out.")},
    {"outboxDecides", QT_TRANSLATE_NOOP("weir::FindingAdvice", "Leave it out: it has no effect there.")},
    {"unknownName", QT_TRANSLATE_NOOP("weir::FindingAdvice", "The expectation can never be judged: correct the name.")},
    {"unseen", QT_TRANSLATE_NOOP("weir::FindingAdvice",
                                 "It sees only its event and its own state: carry what it needs in the event.")},
    {"tooLarge", QT_TRANSLATE_NOOP("weir::FindingAdvice", "What is said of loads and loops is not complete.")},
};

} // namespace

QString findingDetail(const Finding& finding) {
    const auto known = std::find_if(std::begin(advices), std::end(advices),
                                    [&finding](const Advice& advice) { return finding.code == advice.code; });
    const QString own = QString::fromStdString(finding.text);
    if (known == std::end(advices))
        return own;
    const QString advice = QCoreApplication::translate("weir::FindingAdvice", known->text);
    return advice == QString::fromUtf8(known->text) ? own : QStringLiteral("%1\n%2").arg(findingText(finding), advice);
}

} // namespace weir
