// JsonInk: colours JSON text by what it is: names, texts, numbers, words. For reading; it checks nothing.
#pragma once

#include "ui/theme_source.h"

#include <QSyntaxHighlighter>

namespace weir {

class JsonInk final : public QSyntaxHighlighter {
    Q_OBJECT
  public:
    JsonInk(QTextDocument* document, const ThemeSource& themes);

  protected:
    void highlightBlock(const QString& text) override;

  private:
    const ThemeSource& m_themes;
};

} // namespace weir
