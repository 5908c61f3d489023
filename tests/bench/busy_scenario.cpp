#include "tests/bench/busy_scenario.h"

#include <QString>
#include <QStringList>

namespace weir {
namespace {

constexpr int queues = 9;

QString queueText(int number) {
    return QStringLiteral(R"("queue-%1": { "kind": "queue", "bind": [{ "to": "work", "pattern": "job.%1" }],
        "ackTimeout": "30s", "retry": { "max": 3, "backoff": "exponential", "first": "500ms" }, "deadLetter": "dead" })")
        .arg(number);
}

QString consumerText(int number) {
    return QStringLiteral(R"("consumer-%1": { "instances": 4, "handlers": [{ "on": "queue-%1", "concurrency": 2,
        "prefetch": 20, "takes": { "exponential": "400us" },
        "fails": [{ "how": "reject", "probability": 0.001 }, { "how": "nack", "probability": 0.01 }] }] })")
        .arg(number);
}

QString sourceText(int number) {
    return QStringLiteral(
               R"({ "emit": "job", "to": "work", "routingKey": "job.%1", "arrivals": { "poisson": "10000/s" } })")
        .arg(number);
}

} // namespace

QByteArray busyScenario() {
    QStringList channels{
        QStringLiteral(R"("work": { "kind": "topic" })"), QStringLiteral(R"("dead": { "kind": "queue" })"),
        QStringLiteral(R"("readings": { "kind": "stream", "partitions": 8, "retain": { "for": "2s" } })")};
    QStringList services{
        QStringLiteral(R"("meter": { "sources": [{ "emit": "reading", "to": "readings",
            "arrivals": { "poisson": "10000/s" } }] })"),
        QStringLiteral(R"("reader": { "instances": 4, "handlers": [{ "on": "readings", "concurrency": 2,
            "takes": { "exponential": "300us" } }] })")};
    QStringList sources;
    for (int number = 0; number < queues; ++number) {
        channels << queueText(number);
        services << consumerText(number);
        sources << sourceText(number);
    }
    services << QStringLiteral(R"("producer": { "sources": [%1] })").arg(sources.join(QLatin1Char(',')));
    return QStringLiteral(R"({ "weir": "1", "title": "Busy",
        "run": { "seed": 5, "for": "1h", "latency": { "uniform": { "low": "100us", "high": "300us" } } },
        "events": { "job": { "size": "1KiB", "data": { "n": "{count}" } },
                    "reading": { "key": "data.meter", "data": { "meter": "M-{count}" } } },
        "channels": { %1 }, "services": { %2 },
        "faults": [{ "at": "4s", "crash": "consumer-3", "instance": 1, "for": "1s" }],
        "expect": [{ "ledger": "closed" }] })")
        .arg(channels.join(QLatin1Char(',')), services.join(QLatin1Char(',')))
        .toUtf8();
}

} // namespace weir
