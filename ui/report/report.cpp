#include "ui/report/report.h"

#include "ui/report/pages.h"

#include <QAbstractTextDocumentLayout>
#include <QPageLayout>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>
#include <QTextDocument>
#include <QUrl>

namespace weir {
namespace {

constexpr int dotsPerInch = 300;
constexpr QSize pictureMost(660, 760); // of 1/96 inch: as wide as the text on A4, and a heading has room above
constexpr qreal paperPoints = 9;
constexpr qreal footMillimetres = 8;
constexpr int configurationLinesMax = 2000; // a report is read by people

// The light theme's colours, whatever the window has: paper is white.
QString styleSheet(bool paper) {
    const Theme theme = lightTheme();
    QString css =
        QStringLiteral(
            "body { font-family: %1, sans-serif; color: %2; font-size: %6; }"
            "h1 { font-size: 22pt; } h2 { font-size: 14pt; margin-top: 18px; margin-bottom: 4px; }"
            "table { border-collapse: collapse; } "
            "td, th { padding: 3px 8px; text-align: right; white-space: nowrap; border-bottom: 1px solid %3; }"
            "th { color: %4; font-weight: 600; } td.name, th.name { text-align: left; }"
            "pre { white-space: pre-wrap; font-family: '%5', monospace; font-size: 8pt; }"
            ".muted { color: %4; }")
            .arg(theme.family, theme.text.name(), theme.line.name(), theme.muted.name(), theme.monoFamily,
                 paper ? QStringLiteral("9pt") : QStringLiteral("14px"));
    if (paper)
        css += QStringLiteral("td, th { font-size: 8pt; }");
    for (const Tone tone : {Tone::Neutral, Tone::Accent, Tone::Ok, Tone::Warn, Tone::Danger})
        css += QStringLiteral(".tone%1 { color: %2; }").arg(static_cast<int>(tone)).arg(theme.textColour(tone).name());
    if (!paper)
        css += QStringLiteral("body { max-width: 1100px; margin: 32px auto; padding: 0 24px; line-height: 1.45; }"
                              "svg { max-width: 100%; height: auto; } td { font-variant-numeric: tabular-nums; }"
                              "pre { background: %1; padding: 12px; overflow: auto; max-height: 480px; font-size: 12px; }")
                   .arg(theme.raised.name());
    return css;
}

QString escaped(const QString& text) {
    return text.toHtmlEscaped();
}

QString tableHtml(const ReportTable& table) {
    QString html = QStringLiteral("<h2>%1</h2><table><tr>").arg(escaped(table.title));
    for (int i = 0; i < table.columns.size(); ++i)
        html += QStringLiteral("<th%1>%2</th>").arg(i == 0 ? QStringLiteral(" class=\"name\"") : QString(), escaped(table.columns[i]));
    html += QStringLiteral("</tr>");
    for (const QStringList& row : table.rows) {
        html += QStringLiteral("<tr>");
        for (int i = 0; i < row.size(); ++i)
            html += QStringLiteral("<td%1>%2</td>").arg(i == 0 ? QStringLiteral(" class=\"name\"") : QString(), escaped(row[i]));
        html += QStringLiteral("</tr>");
    }
    return html + QStringLiteral("</table>");
}

QString notesHtml(const QString& title, const QList<ReportNote>& notes, const QString& none) {
    QString html = QStringLiteral("<h2>%1</h2>").arg(escaped(title));
    if (notes.isEmpty())
        return html + QStringLiteral("<p class=\"muted\">%1</p>").arg(escaped(none));
    html += QStringLiteral("<ul>");
    for (const ReportNote& note : notes)
        html += QStringLiteral("<li class=\"tone%1\">%2</li>").arg(static_cast<int>(note.tone)).arg(escaped(note.text));
    return html + QStringLiteral("</ul>");
}

// An SVG file as an element: without what stands before it.
QString svgElement(const QByteArray& svg) {
    const qsizetype from = svg.indexOf("<svg");
    return from < 0 ? QString() : QString::fromUtf8(svg.mid(from));
}

QString pictureName(int i) {
    return QStringLiteral("picture:%1").arg(i);
}

// Page by page, with title and number at the foot of each.
void writePages(QPdfWriter& writer, QTextDocument& document, const QString& title) {
    const Theme theme = lightTheme();
    const QRect paper = writer.pageLayout().paintRectPixels(writer.resolution());
    const qreal foot = footMillimetres / 25.4 * writer.resolution();
    const QSizeF page(paper.width(), paper.height() - foot);
    breakIntoPages(document, page);
    QPainter painter(&writer);
    QFont small(theme.family);
    small.setPointSizeF(paperPoints - 1);
    for (int number = 0; number < document.pageCount(); ++number) {
        if (number > 0)
            writer.newPage();
        const QRectF part(0, number * page.height(), page.width(), page.height());
        painter.save();
        painter.translate(0, -part.top());
        QAbstractTextDocumentLayout::PaintContext context;
        context.clip = part;
        context.palette.setColor(QPalette::Text, theme.text);
        painter.setClipRect(part);
        document.documentLayout()->draw(&painter, context);
        painter.restore();
        painter.setFont(small);
        painter.setPen(theme.muted);
        const QRectF line(0, page.height(), page.width(), foot);
        painter.drawText(line, Qt::AlignLeft | Qt::AlignBottom, title);
        painter.drawText(line, Qt::AlignRight | Qt::AlignBottom,
                         QStringLiteral("%1 / %2").arg(number + 1).arg(document.pageCount()));
    }
}

} // namespace

QString Report::body(const QList<QSize>& onPaper) const {
    QString html = QStringLiteral("<h1>%1</h1>").arg(escaped(title));
    if (!notes.isEmpty())
        html += QStringLiteral("<p>%1</p>").arg(escaped(notes));
    html += QStringLiteral("<p class=\"muted\">");
    for (const auto& [name, value] : facts)
        html += QStringLiteral("%1 %2 &nbsp; ").arg(escaped(name), escaped(value));
    html += QStringLiteral("</p>");
    const auto picture = [&](int i) {
        const ReportPicture& each = pictures[i];
        html += QStringLiteral("<h2>%1</h2>").arg(escaped(each.title));
        if (i >= onPaper.size()) {
            html += svgElement(each.svg);
            return;
        }
        const QSize size = onPaper[i].scaled(pictureMost, Qt::KeepAspectRatio);
        html += QStringLiteral("<p><img src=\"%1\" width=\"%2\" height=\"%3\"></p>")
                    .arg(pictureName(i))
                    .arg(size.width())
                    .arg(size.height());
    };
    if (!pictures.isEmpty())
        picture(0);
    html += QStringLiteral("<h2>%1</h2><p><b class=\"tone%2\">%3</b><br>%4</p>")
                .arg(escaped(tr("Ledger")))
                .arg(static_cast<int>(closed ? Tone::Ok : Tone::Danger))
                .arg(escaped(verdict), escaped(equation));
    for (const ReportTable& table : tables)
        html += tableHtml(table);
    for (int i = 1; i < pictures.size(); ++i)
        picture(i);
    html += notesHtml(tr("Findings"), findings, tr("The check has nothing to say."));
    html += notesHtml(tr("Expectations"), expectations, tr("The scenario expects nothing."));
    if (!configuration.isEmpty()) {
        QStringList lines = configuration.split(u'\n');
        const qsizetype left = lines.size() - configurationLinesMax;
        lines = lines.mid(0, configurationLinesMax);
        html += QStringLiteral("<h2>%1</h2><pre>%2</pre>")
                    .arg(escaped(tr("Configuration")), escaped(lines.join(u'\n')));
        if (left > 0)
            html += QStringLiteral("<p class=\"muted\">%1</p>").arg(escaped(tr("and %1 lines more").arg(left)));
    }
    return html;
}

QString Report::html() const {
    return QStringLiteral("<!doctype html>\n<html><head><meta charset=\"utf-8\"><title>%1</title>"
                          "<style>%2</style></head>\n<body>%3</body></html>\n")
        .arg(escaped(title), styleSheet(false), body({}));
}

void Report::putInto(QTextDocument& document) const {
    document.setDefaultStyleSheet(styleSheet(true));
    QFont font(lightTheme().family);
    font.setPointSizeF(paperPoints);
    document.setDefaultFont(font);
    document.setDocumentMargin(0);
    QList<QSize> sizes;
    for (int i = 0; i < pictures.size(); ++i) {
        const QImage image =
            pictures[i].image.isNull() && pictures[i].makeImage ? pictures[i].makeImage() : pictures[i].image;
        sizes.append(image.size());
        document.addResource(QTextDocument::ImageResource, QUrl(pictureName(i)), image);
    }
    document.setHtml(body(sizes));
}

bool Report::writePdf(QIODevice& device) const {
    QPdfWriter writer(&device);
    writer.setPageSize(QPageSize(QPageSize::A4));
    writer.setPageMargins(QMarginsF(16, 16, 16, 16), QPageLayout::Millimeter);
    writer.setResolution(dotsPerInch);
    writer.setTitle(title);
    writer.setCreator(QStringLiteral("Weir"));
    QTextDocument document;
    document.documentLayout()->setPaintDevice(&writer); // points and pixels are those of the paper
    putInto(document);
    writePages(writer, document, title);
    return device.isOpen() && device.size() > 0;
}

} // namespace weir
