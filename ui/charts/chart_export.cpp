#include "ui/charts/chart_export.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QFileInfo>
#include <QPainter>
#include <QSaveFile>
#include <QSvgGenerator>

#include <algorithm>
#include <map>

namespace weir {
namespace {

struct ExportTexts {
    Q_DECLARE_TR_FUNCTIONS(ChartExport)
};

constexpr int headHeight = 26;
constexpr int axisHeight = 16;

void paintChart(QPainter& painter, const ChartCard& card, const Theme& theme, QSize size) {
    painter.fillRect(QRect(QPoint(), size), theme.surface);
    painter.setPen(theme.text);
    painter.setFont(theme.font(TextRole::Strong));
    painter.drawText(QRectF(15, 0, size.width() - 30, headHeight), Qt::AlignVCenter | Qt::AlignLeft, card.title());
    painter.save();
    painter.translate(0, headHeight);
    const QRectF plot(0, 0, size.width(), size.height() - headHeight - axisHeight);
    card.plot().paintOn(painter, theme, plot);
    painter.restore();
    const PlotScale scale = card.plot().scale();
    const qreal right = size.width() - (card.plot().width() - scale.area.right());
    PlotPainter::paintTimeLabels(
        painter, theme,
        QRectF(QPointF(scale.area.left(), size.height() - axisHeight - 2), QPointF(right, size.height() - 2)),
        scale.time);
}

QString quoted(QString text) {
    return QLatin1Char('"') + text.replace(QLatin1Char('"'), QStringLiteral("\"\"")) + QLatin1Char('"');
}

// Behind a column's title; the cells are plain numbers.
QString unitText(ChartUnit unit) {
    switch (unit) {
    case ChartUnit::Seconds:
        return QStringLiteral(" (s)");
    case ChartUnit::PerSecond:
        return QStringLiteral(" (1/s)");
    default:
        return {};
    }
}

} // namespace

QImage chartImage(const ChartCard& card, const Theme& theme, QSize size, qreal scale) {
    QImage image(size * scale, QImage::Format_RGB32);
    image.setDevicePixelRatio(scale);
    QPainter painter(&image);
    paintChart(painter, card, theme, size);
    return image;
}

QByteArray chartSvg(const ChartCard& card, const Theme& theme, QSize size) {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setSize(size);
    generator.setViewBox(QRect(QPoint(), size));
    generator.setTitle(card.title());
    QPainter painter(&generator);
    paintChart(painter, card, theme, size);
    painter.end();
    return bytes;
}

QString chartCsv(const PlotContent& content) {
    std::vector<const PlotLine*> lines;
    for (const PlotLine& line : content.lines)
        if (!line.hidden)
            lines.push_back(&line);
    QString text = QStringLiteral("seconds");
    std::map<double, std::vector<std::optional<double>>> rows;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        text += QLatin1Char(',') + quoted(lines[i]->label + unitText(lines[i]->unit));
        for (const QPointF& point : lines[i]->data.points) {
            std::vector<std::optional<double>>& row = rows[point.x()];
            row.resize(lines.size());
            row[i] = point.y();
        }
    }
    if (content.heat) {
        text = QStringLiteral("seconds,from (s),to (s),count");
        for (int column = 0; column < content.heat->columns; ++column)
            for (int row = 0; row < content.heat->rows; ++row)
                if (const std::uint64_t count = content.heat->at(column, row); count > 0)
                    text += QStringLiteral("\n%1,%2,%3,%4")
                                .arg(content.heat->begin + column * content.heat->columnWidth, 0, 'g', 15)
                                .arg(content.heat->rowLow(row), 0, 'g', 15)
                                .arg(content.heat->rowLow(row + 1), 0, 'g', 15)
                                .arg(count);
        return text + QLatin1Char('\n');
    }
    for (const auto& [at, row] : rows) {
        text += QLatin1Char('\n') + QString::number(at, 'g', 15);
        for (const std::optional<double>& value : row)
            text += value ? QLatin1Char(',') + QString::number(*value, 'g', 15) : QStringLiteral(",");
    }
    return text + QLatin1Char('\n');
}

std::optional<Error> exportChart(const ChartCard& card, const Theme& theme, const QString& path) {
    const QString ending = QFileInfo(path).suffix().toLower();
    QByteArray bytes;
    const QSize size(std::max(640, card.plot().width()), std::max(280, card.plot().height() + headHeight + axisHeight));
    if (ending == QLatin1String("svg")) {
        bytes = chartSvg(card, theme, size);
    } else if (ending == QLatin1String("csv")) {
        bytes = chartCsv(card.plot().content()).toUtf8();
    } else if (ending == QLatin1String("png")) {
        QBuffer buffer(&bytes);
        chartImage(card, theme, size, 2).save(&buffer, "PNG");
    } else {
        return Error{path.toStdString(), ExportTexts::tr("needs the ending .png, .svg or .csv").toStdString(),
                     ending.toStdString()};
    }
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
        return Error{path.toStdString(), ExportTexts::tr("cannot be written").toStdString(),
                     file.errorString().toStdString()};
    return std::nullopt;
}

} // namespace weir
