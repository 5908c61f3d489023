// Every text of the window is translated: collects the texts of the sources anew and looks for gaps.
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

class TestTranslations : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void everyTextOfTheWindowIsInChinese();
};

void TestTranslations::everyTextOfTheWindowIsInChinese() {
    const QString tool = QStringLiteral(WEIR_LUPDATE);
    const QTemporaryDir scratch;
    const QString copy = scratch.filePath(QStringLiteral("weir_zh_CN.ts"));
    QVERIFY(QFile::copy(QStringLiteral(WEIR_SOURCE_DIR "/resources/i18n/weir_zh_CN.ts"), copy));
    QVERIFY(QFile::setPermissions(copy, QFile::ReadOwner | QFile::WriteOwner));
    QProcess lupdate;
    lupdate.setWorkingDirectory(QStringLiteral(WEIR_SOURCE_DIR));
    lupdate.start(tool,
                  {QStringLiteral("-silent"), QStringLiteral("-locations"), QStringLiteral("none"),
                   QStringLiteral("ui"), QStringLiteral("app"), QStringLiteral("-extensions"), QStringLiteral("cpp,h"),
                   QStringLiteral("-I"), QStringLiteral("."), QStringLiteral("-ts"), copy});
    QVERIFY2(lupdate.waitForFinished(60'000) && lupdate.exitCode() == 0, lupdate.readAllStandardError().constData());

    QFile file(copy);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QXmlStreamReader reader(&file);
    QString context;
    QString source;
    int complete = 0;
    QStringList gaps;
    while (!reader.atEnd()) {
        if (reader.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (reader.name() == QLatin1String("name")) {
            context = reader.readElementText();
        } else if (reader.name() == QLatin1String("source")) {
            source = reader.readElementText();
        } else if (reader.name() == QLatin1String("translation")) {
            const QString type = reader.attributes().value(QStringLiteral("type")).toString();
            const QString text = reader.readElementText(QXmlStreamReader::IncludeChildElements);
            if (type == QLatin1String("vanished") || type == QLatin1String("obsolete"))
                gaps << QStringLiteral("no longer used: %1: %2").arg(context, source);
            else if (type == QLatin1String("unfinished") || text.trimmed().isEmpty())
                gaps << QStringLiteral("not translated: %1: %2").arg(context, source);
            else if (source.count(QLatin1Char('%')) != text.count(QLatin1Char('%')))
                gaps << QStringLiteral("places differ: %1: %2").arg(context, source);
            else
                ++complete;
        }
    }
    QVERIFY(!reader.hasError());
    QVERIFY2(gaps.isEmpty(), qPrintable(gaps.join(QLatin1Char('\n')) +
                                        QStringLiteral("\nCollect with: cmake --build build --target weir_texts")));
    QVERIFY(complete > 50);
}

QTEST_GUILESS_MAIN(TestTranslations)
#include "tst_translations.moc"
