// FlowingText: a name or a few sentences, to read and to select, in as many lines as they need. A word that is longer
// than a line goes on in the next one: a label would become as wide as the word, and what stands beside it be covered.
#pragma once

#include <QTextDocument>
#include <QTextEdit>

namespace weir {

class FlowingText final : public QTextEdit {
    Q_OBJECT
  public:
    explicit FlowingText(QWidget* parent = nullptr);

    void setWords(const QString& words); // plain
    const QString& words() const { return m_words; }
    void setInk(const QColor& ink);
    void setSpaceAbove(int pixels);

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

  protected:
    void changeEvent(QEvent* event) override;
    void wheelEvent(QWheelEvent* event) override; // is for the page that it stands on, also with Ctrl

  private:
    QString m_words;
    mutable QTextDocument m_measure; // the same words, for widths that are only asked about
    int m_above = 0;
};

} // namespace weir
