#include "ui/report/report_writer.h"

#include "core/record/metrics.h"
#include "core/scenario/check.h"
#include "ui/charts/chart_lines.h"
#include "ui/charts/figure.h"
#include "ui/format.h"
#include "ui/inspector/finding_text.h"
#include "ui/ledger/ledger_bar.h"
#include "ui/problems/problem_feed.h"

#include <QBuffer>
#include <QPainter>
#include <QSvgGenerator>

#include <algorithm>
#include <cmath>
#include <utility>

namespace weir {
namespace {

const QString none = QStringLiteral("–");
constexpr QSizeF chartSize(680, 190);
constexpr double imageDensity = 3;
constexpr std::size_t chartsEach = 2;              // of each series
constexpr std::size_t slicesEach = 1 + chartsEach; // with its folding
constexpr std::size_t slicesOnce = 3;              // words, the canvas as vectors, as pixels

QString fromCore(const std::string& text) {
    return QString::fromStdString(text);
}
QString number(std::optional<double> value) {
    return value ? numberText(*value) : none;
}
QString time(std::optional<double> seconds) {
    return seconds ? durationText(Duration{std::llround(*seconds * 1e9)}) : none;
}
QString rate(std::optional<double> perSecond) {
    return perSecond ? numberText(*perSecond) + QStringLiteral("/s") : none;
}
QString share(std::optional<double> value) {
    return value ? percentText(*value) : none;
}

using Paint = std::function<void(QPainter&)>;

// A still picture in its two forms.
QByteArray vectorsOf(const QString& title, QSizeF size, const Paint& paint) {
    QByteArray svg;
    QBuffer buffer(&svg);
    buffer.open(QIODevice::WriteOnly);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setSize(size.toSize());
    generator.setViewBox(QRectF(QPointF(), size));
    generator.setTitle(title);
    QPainter painter(&generator);
    paint(painter);
    painter.end();
    return svg;
}
QImage pixelsOf(QSizeF size, const Paint& paint) {
    QImage image((size * imageDensity).toSize(), QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::white);
    QPainter painter(&image);
    painter.scale(imageDensity, imageDensity);
    paint(painter);
    return image;
}

} // namespace

ReportWriter::ReportWriter(Session& session, QObject* parent) : QObject(parent), m_session(session) {
    m_timer.setInterval(0);
    connect(&m_timer, &QTimer::timeout, this, &ReportWriter::slice);
    connect(&m_session, &Session::documentChanged, this, &ReportWriter::cancel);
}

void ReportWriter::start(Canvas canvas, QString configuration) {
    if (m_session.mode() == Session::Mode::empty)
        return;
    m_session.pause();
    m_canvas = std::move(canvas);
    m_configuration = std::move(configuration);
    m_wanted.clear();
    const auto want = [this](const QString& title, SeriesScope scope) {
        m_wanted.push_back({.title = title, .scope = scope});
        m_wanted.back().feed.start(m_session.store(), scope);
    };
    want(tr("The whole run"), {});
    // The channels where most waits, the services that are busiest.
    const Catalogue& catalogue = *m_session.catalogue();
    struct Busy {
        double weight;
        QString name;
        SeriesScope scope;
    };
    std::vector<Busy> busy;
    for (std::size_t i = 0; i < catalogue.channels().size(); ++i) {
        const ChannelId id{static_cast<std::uint16_t>(i)};
        busy.push_back({channelMetric(m_session.picture(), catalogue, id, "waitP99").value_or(0),
                        fromCore(catalogue.channels()[i].name),
                        {SeriesScope::Kind::channel, id.value}});
    }
    std::stable_sort(busy.begin(), busy.end(), [](const Busy& a, const Busy& b) { return a.weight > b.weight; });
    for (const Busy& each : busy)
        if (each.weight > 0 && m_wanted.size() < chartsMax)
            want(each.name, each.scope);
    m_at = 0;
    m_timer.start();
}

void ReportWriter::cancel() {
    m_timer.stop();
    m_wanted.clear();
    m_report = {};
}

double ReportWriter::progress() const {
    return busy() ? static_cast<double>(m_at) / static_cast<double>(slices()) : 1;
}

std::size_t ReportWriter::slices() const {
    return m_wanted.size() * slicesEach + slicesOnce;
}

// First all series, then what is said at one instant, then the canvas, form by form, then chart by chart.
void ReportWriter::slice() {
    const std::size_t series = m_wanted.size();
    if (m_at < series) {
        SeriesFeed& feed = m_wanted[m_at].feed;
        feed.advance();
        if (feed.behind())
            return;
    } else if (m_at == series) {
        m_report = gather();
    } else if (m_at == series + 1) {
        if (m_canvas.paint)
            m_report.pictures.append({.title = tr("Topology"),
                                      .svg = vectorsOf(tr("Topology"), m_canvas.size, m_canvas.paint),
                                      .image = {},
                                      .makeImage = {}});
    } else if (m_at == series + 2) {
        if (m_canvas.paint)
            m_report.pictures.front().image = pixelsOf(m_canvas.size, m_canvas.paint);
    } else {
        const std::size_t chart = m_at - series - slicesOnce;
        addChart(m_wanted[chart / chartsEach], chart % chartsEach);
    }
    ++m_at;
    Q_EMIT advanced();
    if (m_at < slices())
        return;
    m_timer.stop();
    m_wanted.clear();
    Q_EMIT finished(std::exchange(m_report, {}));
}

// Its pixels take longest, and need nothing but the chart.
void ReportWriter::addChart(const Wanted& wanted, std::size_t which) {
    const auto [title, chart] = chartOf(wanted, which);
    const Paint paint = [chart = chart](QPainter& painter) {
        chart.paint(painter, QRectF(QPointF(), chartSize), lightTheme());
    };
    m_report.pictures.append(
        {.title = title, .svg = vectorsOf(title, chartSize, paint), .image = {}, .makeImage = [paint] {
             return pixelsOf(chartSize, paint);
         }});
}

Report ReportWriter::gather() const {
    Report report;
    const Scenario* scenario = m_session.scenario();
    const bool chinese = QLocale().language() == QLocale::Chinese;
    const auto text = [chinese](const Text& both) { return fromCore(chinese && !both.zh.empty() ? both.zh : both.en); };
    report.title = scenario ? text(scenario->title) : tr("Watching %1").arg(m_session.path());
    if (report.title.isEmpty())
        report.title = tr("Untitled");
    if (scenario) {
        report.notes = text(scenario->notes);
        // Which one of several: on another broker, or with other commands, it is not what the configuration says.
        const std::vector<Session::Run> runs = m_session.runs();
        const auto current = std::find_if(runs.begin(), runs.end(),
                                          [this](const Session::Run& run) { return run.id == m_session.currentRun(); });
        if (runs.size() > 1 && current != runs.end())
            report.facts.append({{}, current->label}); // "Run 2 · Apache Kafka"
        report.facts.append({tr("Seed"), QString::number(m_session.seed())});
    }
    report.facts.append({tr("At"), clockText(m_session.now())});
    report.facts.append({tr("Records"), countText(static_cast<std::int64_t>(m_session.playhead()))});
    if (m_session.mode() == Session::Mode::simulation && m_session.atHead())
        report.facts.append(
            {tr("Fingerprint"), QStringLiteral("%1").arg(m_session.fingerprint(), 16, 16, QLatin1Char('0'))});
    if (m_session.leftOut() > 0)
        report.facts.append({tr("Left out"), countText(static_cast<std::int64_t>(m_session.leftOut()))});

    const LedgerWords words = ledgerWords(m_session.picture().ledger());
    report.closed = words.closed;
    report.verdict = words.verdict;
    report.equation = words.born + QStringLiteral(" = ") + words.outcomes.join(QStringLiteral(" + "));
    report.tables = {channelTable(), serviceTable()};
    if (scenario)
        for (const Finding& finding : check(*scenario))
            report.findings.append({findingTone(finding.severity), findingText(finding)});
    // A feed that is told no findings has the expectations alone.
    const ProblemFeed feed(m_session);
    for (const Problem& each : feed.problems()) {
        QString line = tr("%1: %2").arg(each.text, each.place);
        if (each.state == Problem::State::broken)
            line = tr("%1: %2").arg(line, QString(each.detail).replace(u'\n', QStringLiteral("; ")));
        report.expectations.append({toneOf(each), line});
    }
    report.configuration = m_configuration;
    return report;
}

ReportTable ReportWriter::channelTable() const {
    ReportTable table{.title = tr("Channels"),
                      .columns = {tr("Channel"), tr("In"), tr("Delivered"), tr("Redelivered"), tr("Dead-lettered"),
                                  tr("Depth (mean)"), tr("Depth (max)"), tr("Wait p50"), tr("Wait p99")}};
    const Catalogue& catalogue = *m_session.catalogue();
    for (std::size_t i = 0; i < catalogue.channels().size(); ++i) {
        const ChannelId id{static_cast<std::uint16_t>(i)};
        const auto get = [&](const char* name) { return channelMetric(m_session.picture(), catalogue, id, name); };
        table.rows.append({fromCore(catalogue.channels()[i].name), number(get("taken")), number(get("delivered")),
                           number(get("redelivered")), number(get("deadLettered")), number(get("depthMean")),
                           number(get("depthMax")), time(get("waitP50")), time(get("waitP99"))});
    }
    return table;
}

ReportTable ReportWriter::serviceTable() const {
    ReportTable table{.title = tr("Services"),
                      .columns = {tr("Service"), tr("Handled"), tr("Failed"), tr("Utilisation"), tr("Throughput"),
                                  tr("Service time (mean)"), tr("Response p99")}};
    const Catalogue& catalogue = *m_session.catalogue();
    for (std::size_t i = 0; i < catalogue.services().size(); ++i) {
        const ServiceId id{static_cast<std::uint16_t>(i)};
        const auto get = [&](const char* name) { return serviceMetric(m_session.picture(), catalogue, id, name); };
        table.rows.append({fromCore(catalogue.services()[i].name), number(get("handled")), number(get("failed")),
                           share(get("utilization")), rate(get("throughput")), time(get("serviceMean")),
                           time(get("responseP99"))});
    }
    return table;
}

std::pair<QString, FigureChart> ReportWriter::chartOf(const Wanted& wanted, std::size_t which) const {
    const Theme theme = lightTheme();
    const Series& series = wanted.feed.series();
    const double end = std::max(1.0, seconds(m_session.now().time_since_epoch()));
    const auto chart = [&](std::initializer_list<std::pair<const char*, Tone>> words) {
        FigureChart result{.endSeconds = end};
        for (const auto& [word, tone] : words) {
            const Figure drawn = figureForRun(series, *figure(QString::fromLatin1(word)));
            result.unit = drawn.unit() == ChartUnit::PerSecond ? QStringLiteral("/s") : QStringLiteral("s");
            result.lines.push_back({shortFigureText(drawn), theme.colour(tone),
                                    linePoints(series, drawn, drawn.isLevel() ? 1 : binsPerPoint(series, end)).points});
        }
        return result;
    };
    if (which == 0)
        return {tr("%1: throughput").arg(wanted.title),
                chart({{"in", Tone::Accent}, {"out", Tone::Ok}, {"failed", Tone::Danger}})};
    if (wanted.scope.kind == SeriesScope::Kind::run)
        return {tr("%1: end to end").arg(wanted.title),
                chart({{"latencyP99", Tone::Danger}, {"latencyP90", Tone::Warn}, {"latencyP50", Tone::Accent}})};
    return {tr("%1: wait").arg(wanted.title),
            chart({{"waitP99", Tone::Danger}, {"waitP90", Tone::Warn}, {"waitP50", Tone::Accent}})};
}

} // namespace weir
