// Report: what a run came to, on paper: facts, ledger, figures of services and channels, charts, findings, expectations
// and the configuration. A plain value and its two forms, one HTML file that stands alone and a PDF. It gathers nothing
// and knows no view: ReportWriter fills it.
#pragma once

#include "ui/theme.h"

#include <QByteArray>
#include <QCoreApplication>
#include <QImage>
#include <QList>
#include <QSize>
#include <QString>
#include <QStringList>

#include <functional>

class QIODevice;
class QTextDocument;

namespace weir {

struct ReportTable {
    QString title;
    QStringList columns;
    QList<QStringList> rows; // as many cells as columns; the first is a name, the others figures
};

struct ReportPicture {
    QString title;
    QByteArray svg; // for HTML
    QImage image;   // for PDF, at print density; null where `makeImage` makes it
    std::function<QImage()> makeImage; // by whoever writes the report, in any thread
};

struct ReportNote {
    Tone tone = Tone::Neutral;
    QString text;
};

struct Report {
    Q_DECLARE_TR_FUNCTIONS(weir::Report)
  public:
    QString title;
    QString notes;                          // the scenario's own, plain text
    QList<std::pair<QString, QString>> facts; // "Seed", "7"
    QString verdict;                        // of the ledger
    bool closed = true;
    QString equation; // of the ledger
    QList<ReportTable> tables;
    QList<ReportPicture> pictures; // the first is the canvas
    QList<ReportNote> findings;
    QList<ReportNote> expectations;
    QString configuration; // the text of the scenario

    // One file with its pictures inside; no scripts, nothing fetched.
    QString html() const;
    // The text of the printed form and its pictures.
    void putInto(QTextDocument& document) const;
    // A4, upright. False where the device cannot be written.
    bool writePdf(QIODevice& device) const;

  private:
    // With pictures of these sizes, in their order; where there are none, with vectors in the text.
    QString body(const QList<QSize>& onPaper) const;
};

} // namespace weir
