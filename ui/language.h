// Language: which language the window speaks, changed while it runs. English is the source; Simplified Chinese comes
// from resources/i18n. Installing a translator makes Qt send LanguageChange to every widget: each of ours answers by
// setting its texts again (retranslate()). Also sets the default QLocale, so that figures follow.
#pragma once

#include <QLocale>
#include <QObject>
#include <QTranslator>

namespace weir {

class Language final : public QObject {
    Q_OBJECT
  public:
    enum class Choice { System, English, Chinese };

    explicit Language(QObject* parent = nullptr);
    ~Language() override;

    Choice choice() const { return m_choice; }
    void choose(Choice choice);
    // The language spoken now, with System resolved.
    bool speaksChinese() const { return m_chinese; }

  private:
    Choice m_choice = Choice::English;
    bool m_chinese = false;
    QLocale m_system;
    QTranslator m_texts;
    QTranslator m_qtTexts; // of Qt's own dialogs
};

} // namespace weir
