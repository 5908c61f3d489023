#include "ui/language.h"

#include <QCoreApplication>
#include <QLibraryInfo>

namespace weir {

Language::Language(QObject* parent) : QObject(parent), m_system(QLocale::system()) {}

Language::~Language() {
    // The translators go with us; the application must not ask them any more.
    QCoreApplication::removeTranslator(&m_texts);
    QCoreApplication::removeTranslator(&m_qtTexts);
}

void Language::choose(Choice choice) {
    m_choice = choice;
    const bool chinese =
        choice == Choice::Chinese || (choice == Choice::System && m_system.language() == QLocale::Chinese);
    // The system's own conventions where the language is its own, else those of the language.
    const QLocale spoken(chinese ? QLocale::Chinese : QLocale::English);
    QLocale::setDefault(m_system.language() == spoken.language() ? m_system : spoken);
    if (chinese == m_chinese)
        return;
    m_chinese = chinese;
    QCoreApplication::removeTranslator(&m_texts);
    QCoreApplication::removeTranslator(&m_qtTexts);
    if (!chinese)
        return;
    if (m_qtTexts.load(QStringLiteral("qtbase_zh_CN"), QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(&m_qtTexts);
    if (m_texts.load(QStringLiteral(":/i18n/weir_zh_CN.qm")))
        QCoreApplication::installTranslator(&m_texts);
}

} // namespace weir
