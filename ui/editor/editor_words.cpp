#include "ui/editor/editor_words.h"

#include "ui/format.h"

#include <QCoreApplication>
#include <QStringList>

namespace weir {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(weir::Editor)
};

QString argument(const Fix& fix, std::size_t place) {
    return place < fix.arguments.size() ? QString::fromStdString(fix.arguments[place]) : QString();
}

} // namespace

QString templateName(NodeTemplate kind) {
    switch (kind) {
    case NodeTemplate::service:
        return Words::tr("Service");
    case NodeTemplate::source:
        return Words::tr("Source");
    case NodeTemplate::queue:
        return Words::tr("Queue");
    case NodeTemplate::topic:
        return Words::tr("Topic");
    case NodeTemplate::directExchange:
        return Words::tr("Direct exchange");
    case NodeTemplate::fanoutExchange:
        return Words::tr("Fan-out exchange");
    case NodeTemplate::stream:
        return Words::tr("Stream");
    case NodeTemplate::deadLetterQueue:
        break;
    }
    return Words::tr("Dead-letter queue");
}

QString templateTip(NodeTemplate kind) {
    switch (kind) {
    case NodeTemplate::service:
        return Words::tr("Handles events and may emit others");
    case NodeTemplate::source:
        return Words::tr("A service that emits by itself");
    case NodeTemplate::queue:
        return Words::tr("Each copy goes to one of its consumers");
    case NodeTemplate::topic:
        return Words::tr("Passes on by patterns, to every queue bound to it");
    case NodeTemplate::directExchange:
        return Words::tr("Passes on by exact keys");
    case NodeTemplate::fanoutExchange:
        return Words::tr("Passes everything on to all that are bound to it");
    case NodeTemplate::stream:
        return Words::tr("A partitioned log: every group reads at its own pace");
    case NodeTemplate::deadLetterQueue:
        break;
    }
    return Words::tr("Keeps what the selected queues give up");
}

QString templateIcon(NodeTemplate kind) {
    switch (kind) {
    case NodeTemplate::service:
        return QStringLiteral("service");
    case NodeTemplate::source:
        return QStringLiteral("source");
    case NodeTemplate::queue:
        return QStringLiteral("queue");
    case NodeTemplate::topic:
        return QStringLiteral("topic");
    case NodeTemplate::directExchange:
        return QStringLiteral("exchange");
    case NodeTemplate::fanoutExchange:
        return QStringLiteral("fanout");
    case NodeTemplate::stream:
        return QStringLiteral("stream");
    case NodeTemplate::deadLetterQueue:
        break;
    }
    return QStringLiteral("dead_letter");
}

QString whyNoTie(NoTie why) {
    switch (why) {
    case NoTie::unknown:
        return Words::tr("It is not in the scenario's file");
    case NoTie::itself:
        return Words::tr("Nothing is tied to itself");
    case NoTie::betweenServices:
        return Words::tr("Services speak through channels: drop on empty ground to make one");
    case NoTie::ownQueue:
        return Words::tr("A handler's own queue takes from its topic and feeds its handler only");
    case NoTie::alreadyTied:
        return Words::tr("They are tied already");
    case NoTie::circle:
        break;
    }
    return Words::tr("Exchanges must not be bound in a circle");
}

QString tieName(TieKind kind, const QString& from, const QString& to) {
    switch (kind) {
    case TieKind::emit:
        return Words::tr("Let %1 emit to %2").arg(from, to);
    case TieKind::bind:
        return Words::tr("Bind %2 to %1").arg(from, to);
    case TieKind::handle:
        return Words::tr("Let %2 handle %1").arg(from, to);
    case TieKind::deadLetter:
        break;
    }
    return Words::tr("Send dead letters of %1 to %2").arg(from, to);
}

QString dependantsText(const Removal& removal) {
    QStringList parts;
    const auto count = [&parts](int number, const QString& one, const QString& several) {
        if (number > 0)
            parts << (number == 1 ? one : several.arg(countText(number)));
    };
    count(removal.handlers, Words::tr("1 handler"), Words::tr("%1 handlers"));
    count(removal.bindings, Words::tr("1 binding"), Words::tr("%1 bindings"));
    count(removal.sources, Words::tr("1 source"), Words::tr("%1 sources"));
    count(removal.emits, Words::tr("1 emit"), Words::tr("%1 emits"));
    count(removal.deadLetters, Words::tr("1 dead-letter tie"), Words::tr("%1 dead-letter ties"));
    count(removal.faults, Words::tr("1 fault"), Words::tr("%1 faults"));
    count(removal.links, Words::tr("1 link"), Words::tr("%1 links"));
    count(removal.expectations, Words::tr("1 expectation"), Words::tr("%1 expectations"));
    count(removal.breakpoints, Words::tr("1 breakpoint"), Words::tr("%1 breakpoints"));
    if (parts.isEmpty())
        return {};
    const QString last = parts.takeLast();
    const QString all = parts.isEmpty() ? last : Words::tr("%1 and %2").arg(parts.join(Words::tr(", ")), last);
    return removal.dependants() == 1 ? Words::tr("%1 goes too").arg(all) : Words::tr("%1 go too").arg(all);
}

QString fixText(const Fix& fix) {
    const std::string& code = fix.code;
    const QString a = argument(fix, 0);
    const QString b = argument(fix, 1);
    const QString c = argument(fix, 2);
    if (code == "boundRetries")
        return Words::tr("Let %1 retry %2 times at most").arg(a, b);
    if (code == "addDeadLetter")
        return Words::tr("Give %1 a dead-letter queue, %2").arg(a, b);
    if (code == "sendDeadLetters")
        return Words::tr("Send dead letters of %1 to %2").arg(a, b);
    if (code == "makeIdempotent")
        return Words::tr("Make %1 idempotent").arg(a);
    if (code == "ackWhenDone")
        return Words::tr("Let %1 ack when it is done").arg(a);
    if (code == "lengthenAckTimeout")
        return Words::tr("Let %1 wait %2 for acks").arg(a, b);
    if (code == "raiseInstances")
        return Words::tr("Run %2 instances of %1").arg(a, b);
    if (code == "emitLessOften")
        return Words::tr("Let %1 emit to %2 %3 times in 100").arg(a, b, c);
    if (code == "stopEmitting")
        return Words::tr("Let %1 emit nothing to %2").arg(a, b);
    if (code == "stopDeadLetters")
        return Words::tr("Let %1 send no dead letters to %2").arg(a, b);
    if (code == "giveRate")
        return Words::tr("Let %1 emit %2").arg(a, b);
    if (code == "addQueue")
        return Words::tr("Add a queue %1 bound to %2").arg(a, b);
    if (code == "addConsumer")
        return Words::tr("Add a service %1 that reads %2").arg(a, b);
    if (code == "addPartitions")
        return Words::tr("Give %1 %2 partitions").arg(a, b);
    if (code == "remove")
        return Words::tr("Remove %1").arg(a);
    if (code == "removeBinding")
        return Words::tr("Remove this binding of %1 to %2").arg(a, b);
    if (code == "removeFault")
        return Words::tr("Remove this fault of %1").arg(a);
    return QString::fromStdString(fix.text);
}

} // namespace weir
