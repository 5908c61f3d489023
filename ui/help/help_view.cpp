#include "ui/help/help_view.h"

#include "ui/language.h"

#include <QBoxLayout>
#include <QDesktopServices>
#include <QFile>
#include <QImage>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QSplitter>
#include <QTextBlock>
#include <QTextBrowser>
#include <QTextList>
#include <QTextTable>
#include <QUrl>

#include <utility>

namespace weir {
namespace {

enum Role { pageRole = Qt::UserRole, wordsRole };

constexpr int pictureWidth = 580;
constexpr int lineHeight = 125; // percent

// Pictures that are wider than the text are shown as wide as it, at the screen's own density.
class PageText final : public QTextBrowser {
  public:
    using QTextBrowser::QTextBrowser;

  protected:
    QVariant loadResource(int type, const QUrl& name) override {
        const QVariant loaded = QTextBrowser::loadResource(type, name);
        if (type != QTextDocument::ImageResource)
            return loaded;
        QImage image = loaded.canConvert<QImage>() ? loaded.value<QImage>() : QImage();
        if (image.isNull() && !image.loadFromData(loaded.toByteArray()))
            return loaded;
        const int pixels = qRound(pictureWidth * devicePixelRatioF());
        if (image.width() > pixels)
            // With a palette it would be dithered.
            image = image.convertToFormat(QImage::Format_ARGB32_Premultiplied)
                        .scaledToWidth(pixels, Qt::SmoothTransformation);
        image.setDevicePixelRatio(image.width() / static_cast<qreal>(qMin(image.width(), pictureWidth)));
        return image;
    }
};

// Pages name the light pictures, as they lie beside them in the folder.
QString withPicturesOf(QString text, Scheme scheme) {
    text.replace(QLatin1String("](../pictures/"), QLatin1String("](qrc:/pictures/"));
    if (scheme == Scheme::Dark)
        text.replace(QLatin1String("-light.png)"), QLatin1String("-dark.png)"));
    return text;
}

// As links name a heading: "MQTT (QoS 1)" is "mqtt-qos-1".
QString anchorOf(const QString& heading) {
    QString anchor;
    for (const QChar letter : heading.toLower())
        if (letter.isLetterOrNumber() || letter == u'-' || letter == u'_')
            anchor += letter;
        else if (letter == u' ')
            anchor += u'-';
    return anchor;
}

} // namespace

HelpView::HelpView(const ThemeSource& themes, const Language& language, QWidget* parent)
    : QWidget(parent, Qt::Tool), m_themes(themes), m_language(language), m_field(new QLineEdit(this)),
      m_list(new QListWidget(this)), m_text(new PageText(this)) {
    m_field->setClearButtonEnabled(true);
    m_field->setMaxLength(120);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setTextElideMode(Qt::ElideRight);
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setOpenLinks(false);
    auto* left = new QWidget(this);
    auto* column = new QVBoxLayout(left);
    column->setContentsMargins(10, 10, 6, 10);
    column->setSpacing(8);
    column->addWidget(m_field);
    column->addWidget(m_list, 1);
    auto* split = new QSplitter(this);
    split->addWidget(left);
    split->addWidget(m_text);
    split->setStretchFactor(1, 1);
    split->setSizes({230, 650});
    split->setChildrenCollapsible(false);
    auto* all = new QHBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(split);
    resize(880, 640);
    connect(m_field, &QLineEdit::textChanged, this, &HelpView::listPages);
    connect(m_list, &QListWidget::currentItemChanged, this, [this](const QListWidgetItem* item) {
        if (!item)
            return;
        show(item->data(pageRole).toString());
        goTo(item->data(wordsRole).toString());
    });
    connect(m_text, &QTextBrowser::anchorClicked, this, [this](const QUrl& link) {
        QString page = link.path();
        page.remove(QLatin1String(".zh_CN")).remove(QLatin1String(".md"));
        const QString place = link.fragment(QUrl::FullyDecoded);
        if (page.isEmpty() && !place.isEmpty())
            goTo(place);
        else if (pages().contains(page))
            open(page, place);
        else if (link.scheme().startsWith(QLatin1String("http")))
            QDesktopServices::openUrl(link);
    });
    connect(&m_themes, &ThemeSource::changed, this, &HelpView::dress);
    dress();
    retranslate();
}

QStringList HelpView::pages() {
    return {QStringLiteral("start"),       QStringLiteral("edit"),   QStringLiteral("views"),
            QStringLiteral("expressions"), QStringLiteral("fields"), QStringLiteral("brokers"), QStringLiteral("wire")};
}

QString HelpView::source(const QString& page) const {
    const QStringList names = m_language.speaksChinese() ? QStringList{page + QStringLiteral(".zh_CN"), page} : QStringList{page};
    for (const QString& name : names)
        if (QFile file(QStringLiteral(":/help/%1.md").arg(name)); file.open(QIODevice::ReadOnly))
            return QString::fromUtf8(file.readAll());
    return {};
}

// What stands after the first "# ".
QString HelpView::title(const QString& page) const {
    const QString text = source(page);
    const qsizetype from = text.startsWith(QLatin1String("# ")) ? 2 : text.indexOf(QLatin1String("\n# ")) + 3;
    return text.mid(from, text.indexOf(u'\n', from) - from);
}

void HelpView::open(const QString& page, const QString& heading) {
    m_field->clear();
    listPages();
    for (int i = 0; i < m_list->count(); ++i)
        if (m_list->item(i)->data(pageRole).toString() == page)
            m_list->setCurrentRow(i);
    goTo(heading);
    QWidget::show();
    raise();
    activateWindow();
    m_text->setFocus();
}

void HelpView::show(const QString& page) {
    if (page == m_page)
        return;
    m_page = page;
    setPage(source(page));
    m_text->moveCursor(QTextCursor::Start);
}

// Markdown comes without any air; a page for reading needs some.
void HelpView::setPage(const QString& markdown) {
    const Theme& theme = m_themes.theme();
    QTextDocument& page = *m_text->document();
    page.setMarkdown(withPicturesOf(markdown, theme.scheme));
    QTextCursor at(&page);
    for (QTextBlock block = page.begin(); block.isValid(); block = block.next()) {
        at.setPosition(block.position());
        QTextBlockFormat format = block.blockFormat();
        const int level = format.headingLevel();
        format.setTopMargin(level == 1 ? 0 : level > 1 ? 20 : 0);
        format.setBottomMargin(level > 0 || !at.currentTable() ? 8 : 0);
        if (block.textList())
            format.setBottomMargin(4);
        if (!block.text().contains(QChar::ObjectReplacementCharacter)) // a picture is high enough as it is
            format.setLineHeight(lineHeight, QTextBlockFormat::ProportionalHeight);
        at.setBlockFormat(format);
        if (level == 0)
            continue;
        at.movePosition(QTextCursor::EndOfBlock, QTextCursor::KeepAnchor);
        QTextCharFormat letters;
        letters.setProperty(QTextFormat::FontSizeAdjustment, QVariant()); // Markdown's own steps are too large here
        letters.setProperty(QTextFormat::FontPixelSize, level == 1 ? 22 : level == 2 ? 16 : 14);
        letters.setFontWeight(QFont::DemiBold);
        at.mergeCharFormat(letters);
    }
    for (QTextFrame* frame : page.rootFrame()->childFrames()) {
        auto* const table = qobject_cast<QTextTable*>(frame);
        if (!table)
            continue;
        QTextTableFormat format = table->format();
        format.setBorder(1);
        format.setBorderStyle(QTextFrameFormat::BorderStyle_Solid);
        format.setBorderBrush(theme.line);
        format.setBorderCollapse(true);
        format.setCellPadding(5);
        format.setCellSpacing(0);
        format.setTopMargin(4);
        format.setBottomMargin(14);
        table->setFormat(format);
    }
}

// To a heading of those words, or else to the first place that has them.
void HelpView::goTo(const QString& words) {
    if (words.isEmpty()) {
        m_text->moveCursor(QTextCursor::Start);
        return;
    }
    QTextCursor found;
    for (QTextBlock block = m_text->document()->begin(); block.isValid(); block = block.next())
        if (block.blockFormat().headingLevel() > 0 &&
            (block.text().compare(words, Qt::CaseInsensitive) == 0 || anchorOf(block.text()) == words.toLower()))
            found = QTextCursor(block);
    if (found.isNull())
        found = m_text->document()->find(words);
    if (found.isNull())
        return;
    m_text->moveCursor(QTextCursor::End); // so that the place ends up at the top
    m_text->setTextCursor(found);
}

// The pages, or where the words that are searched for stand.
void HelpView::listPages() {
    m_list->clear();
    const QString words = m_field->text().trimmed();
    for (const QString& page : pages()) {
        const QString text = source(page);
        if (words.isEmpty()) {
            auto* item = new QListWidgetItem(title(page), m_list);
            item->setToolTip(title(page));
            item->setData(pageRole, page);
            continue;
        }
        QTextDocument document;
        document.setMarkdown(text);
        QString heading = title(page);
        for (QTextBlock block = document.begin(); block.isValid() && m_list->count() < hitsMax; block = block.next()) {
            if (block.blockFormat().headingLevel() > 0)
                heading = block.text();
            if (!block.text().contains(words, Qt::CaseInsensitive))
                continue;
            auto* item = new QListWidgetItem(heading, m_list);
            item->setToolTip(block.text());
            item->setData(pageRole, page);
            item->setData(wordsRole, block.text().left(200));
        }
    }
    if (words.isEmpty())
        return;
    if (m_list->count() == 0) {
        auto* nothing = new QListWidgetItem(tr("Nothing has these words."), m_list);
        nothing->setFlags(Qt::NoItemFlags);
    }
}

void HelpView::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape)
        close();
    else
        QWidget::keyPressEvent(event);
}

void HelpView::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void HelpView::dress() {
    const Theme& theme = m_themes.theme();
    QFont font = theme.font(TextRole::Body);
    font.setPixelSize(font.pixelSize() + 1);
    m_text->document()->setDefaultFont(font);
    m_text->document()->setDocumentMargin(18);
    m_text->document()->setDefaultStyleSheet(
        QStringLiteral("code, pre { font-family: '%1'; } a { color: %2; }").arg(theme.monoFamily, theme.accentText.name()));
    QPalette palette = m_text->palette();
    palette.setColor(QPalette::Base, theme.surface);
    palette.setColor(QPalette::Link, theme.accentText);
    m_text->setPalette(palette);
    m_list->setPalette(palette);
    const QString page = std::exchange(m_page, {});
    if (!page.isEmpty())
        show(page);
}

void HelpView::retranslate() {
    setWindowTitle(tr("Weir Help"));
    m_field->setPlaceholderText(tr("Search the help"));
    m_field->setAccessibleName(m_field->placeholderText());
    m_list->setAccessibleName(tr("Pages"));
    m_text->setAccessibleName(tr("Text of the page"));
    const QString page = m_page.isEmpty() ? pages().front() : std::exchange(m_page, {});
    listPages();
    show(page);
}

} // namespace weir
