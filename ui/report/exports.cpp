#include "ui/report/exports.h"

#include "ui/canvas/canvas.h"
#include "ui/canvas/canvas_export.h"
#include "ui/canvas/scene_painter.h"
#include "ui/document/document_editor.h"
#include "ui/errors/error_text.h"
#include "ui/format.h"
#include "ui/icons.h"
#include "ui/main_window.h"
#include "ui/run_bar/run_actions.h"
#include "ui/save_dialog.h"

#include <QAction>
#include <QDesktopServices>
#include <QEvent>
#include <QFileInfo>
#include <QPainter>
#include <QSaveFile>
#include <QUrl>

namespace weir {
namespace {

constexpr Duration filmBefore = 10s;
constexpr qreal margin = 24;

// The whole topology with the faces of now, on white paper, whatever part of it the window shows.
ReportWriter::Canvas onPaper(const Canvas& canvas) {
    if (!canvas.scene().placed() || canvas.scene().names.empty())
        return {};
    const QRectF bounds = canvas.scene().bounds().adjusted(-margin, -margin, margin, margin);
    return {.size = bounds.size(), .paint = [&canvas, bounds](QPainter& painter) {
                const Theme theme = lightTheme();
                painter.save();
                painter.translate(-bounds.topLeft());
                ScenePainter(theme, 1, painter.device()->devicePixelRatioF()).paint(painter, canvas.scene(), bounds);
                painter.restore();
            }};
}

QString withoutEnding(const QString& path) {
    const QFileInfo file(path);
    return QStringList{QStringLiteral("html"), QStringLiteral("pdf"), QStringLiteral("htm")}.contains(file.suffix().toLower())
               ? file.path() + u'/' + file.completeBaseName()
               : path;
}

} // namespace

Exports::Exports(Session& session, const DocumentEditor& editor, const Selection& selection, const Canvas& canvas,
                 const ThemeSource& themes, QObject* parent)
    : QObject(parent), m_session(session), m_editor(editor), m_selection(selection), m_canvas(canvas), m_themes(themes),
      m_writer(session), m_film(session, [&canvas] { return canvasFrame(const_cast<Canvas&>(canvas)); }),
      m_report(new QAction(this)), m_animation(new QAction(this)) {
    connect(m_report, &QAction::triggered, this, &Exports::chooseReport);
    connect(m_animation, &QAction::triggered, this, &Exports::chooseAnimation);
    connect(&m_writer, &ReportWriter::finished, this, &Exports::write);
    connect(&m_writer, &ReportWriter::advanced, this, [this] { tellProgress(tr("Making the report"), m_writer.progress()); });
    connect(&m_film, &Animation::advanced, this, [this] {
        tellProgress(tr("Making the animation"), static_cast<double>(m_film.framesDone()) / m_film.frames());
    });
    connect(&m_film, &Animation::finished, this, &Exports::tellDone);
    connect(&m_film, &Animation::failed, this, [this](const QString& why) {
        m_window->messageBar().tell(MessageBar::Severity::Error, tr("The animation could not be made: %1").arg(why));
    });
    const auto enable = [this] {
        const bool there = m_session.mode() != Session::Mode::empty;
        m_report->setEnabled(there);
        m_animation->setEnabled(there);
    };
    connect(&m_session, &Session::documentChanged, this, enable);
    connect(&m_themes, &ThemeSource::changed, this, &Exports::dress);
    enable();
    dress();
    retranslate();
}

void Exports::attachTo(MainWindow& window) {
    m_window = &window;
    window.installEventFilter(this); // for the language
}

void Exports::exportReport(const QString& path) {
    m_reportPath = withoutEnding(path);
    m_toldPercent = -1;
    m_writer.start(onPaper(m_canvas), QString::fromStdString(m_editor.document().text()));
}

// Breaking a report into pages takes its time: another thread has it.
void Exports::write(const Report& report) {
    m_writing = true;
    m_givenUp = std::make_shared<std::atomic<bool>>(false);
    m_pool.start([this, report, path = m_reportPath, givenUp = m_givenUp] {
        const QString html = path + QStringLiteral(".html");
        const QString pdf = path + QStringLiteral(".pdf");
        QSaveFile page(html);
        QSaveFile paper(pdf);
        QString failed, why;
        if (!page.open(QIODevice::WriteOnly) || page.write(report.html().toUtf8()) <= 0) {
            failed = html;
            why = page.errorString();
        } else if (!paper.open(QIODevice::WriteOnly) || !report.writePdf(paper)) {
            failed = pdf;
            why = paper.errorString();
        } else if (!*givenUp && !page.commit()) {
            failed = html;
            why = page.errorString();
        } else if (!*givenUp && !paper.commit()) {
            failed = pdf;
            why = paper.errorString();
        }
        QMetaObject::invokeMethod(this, [this, html, failed, why, givenUp] {
            m_writing = false;
            if (!*givenUp)
                tellWritten(html, failed, why);
        });
    });
}

void Exports::tellWritten(const QString& html, const QString& failed, const QString& why) {
    if (failed.isEmpty()) {
        tellDone(html);
        return;
    }
    m_window->messageBar().tell(
        MessageBar::Severity::Error, tr("The report could not be written: %1").arg(errorText(why)),
        {Error{failed.toStdString(), "needs a file that can be written", why.toStdString()}});
}

void Exports::exportAnimation(const QString& path) {
    const QString ending = QFileInfo(path).suffix().toLower();
    const bool known = ending == QLatin1String("webm") || ending == QLatin1String("gif");
    Animation::Plan plan{.path = known ? path : path + QStringLiteral(".webm")};
    plan.end = m_session.now();
    plan.begin = SimTime{std::max(Duration{}, plan.end.time_since_epoch() - filmBefore)};
    if (const auto brush = m_selection.brush()) {
        plan.begin = brush->begin;
        plan.end = std::min(brush->end, m_session.headTime());
    }
    if (!m_session.speed().unlimited)
        plan.factor = m_session.speed().factor;
    m_toldPercent = -1;
    if (const QString why = m_film.start(plan); !why.isEmpty())
        m_window->messageBar().tell(MessageBar::Severity::Warning, why);
}

QString Exports::suggestedPath(const QString& ending) const {
    const QFileInfo file(m_session.path());
    const QString name = m_session.scenario() && !file.completeBaseName().isEmpty() ? file.completeBaseName() : QStringLiteral("weir");
    return (m_session.scenario() ? file.path() + u'/' : QString()) + name + ending;
}

void Exports::chooseReport() {
    askWhereToSave(*m_window,
                   {.title = tr("Save the report"),
                    .suggested = suggestedPath(QStringLiteral("_report.html")),
                    .filters = tr("Reports (*.html *.pdf)")},
                   [this](const QString& path) { exportReport(path); });
}

void Exports::chooseAnimation() {
    askWhereToSave(*m_window,
                   {.title = tr("Save the animation"),
                    .suggested = suggestedPath(QStringLiteral(".webm")),
                    .filters = tr("Animations (*.webm *.gif)")},
                   [this](const QString& path) { exportAnimation(path); });
}

void Exports::tellProgress(const QString& what, double share) {
    const int percent = static_cast<int>(share * 100);
    if (percent == m_toldPercent)
        return;
    const bool first = m_toldPercent < 0;
    m_toldPercent = percent;
    if (!first) {
        m_window->messageBar().retell(m_message, tr("%1: %2").arg(what, percentText(share)));
        return;
    }
    m_message = m_window->messageBar().ask(MessageBar::Severity::Note, tr("%1: %2").arg(what, percentText(share)),
                               {{tr("Cancel"), [this] {
                                     m_writer.cancel();
                                     if (m_givenUp)
                                         *m_givenUp = true;
                                     m_film.cancel();
                                 }}});
}

void Exports::tellDone(const QString& path) {
    m_window->messageBar().ask(MessageBar::Severity::Note, tr("Written: %1").arg(path),
                               {{tr("Open"), [path] { QDesktopServices::openUrl(QUrl::fromLocalFile(path)); }}});
}

bool Exports::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    return QObject::eventFilter(watched, event);
}

void Exports::dress() {
    m_report->setIcon(makeIcon(QStringLiteral("report"), m_themes.theme()));
    m_animation->setIcon(makeIcon(QStringLiteral("film"), m_themes.theme()));
}

void Exports::retranslate() {
    m_report->setText(tr("&Export report…"));
    m_report->setShortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_E);
    m_report->setToolTip(tooltipWithShortcut(tr("Canvas, figures, ledger, charts and findings as HTML and PDF"), m_report->shortcut()));
    m_animation->setText(tr("Export anima&tion…"));
    m_animation->setToolTip(tr("The selected stretch of time, or the ten seconds before now, as WebM or GIF"));
}

} // namespace weir
