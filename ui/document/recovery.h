// Recovery: copies of unsaved work for the case that the program dies. Each window keeps one, written within seconds of a
// change and whole at any instant; it goes when the work is saved or given up. Copies whose program is not there any more
// can be taken over, by one program only.
#pragma once

#include <QDateTime>
#include <QDir>
#include <QList>
#include <QLockFile>
#include <QObject>
#include <QString>
#include <QTimer>

#include <memory>
#include <string>

namespace weir {

class DocumentEditor;

class Recovery final : public QObject {
    Q_OBJECT
  public:
    static constexpr int delayMs = 3'000; // from the first change that is not in the copy; a kill loses no more

    explicit Recovery(const DocumentEditor& editor, QObject* parent = nullptr);
    ~Recovery() override;

    // The document has changed and is not saved: a copy of it, as of that file, is made soon.
    void keepSoon(const QString& path);
    void keepNow();
    void drop(); // it is saved, or given up

    struct Copy {
        QString path; // of the document's file; empty: it had none
        std::string text;
        QDateTime at;
        QString file;                    // of the copy itself
        std::shared_ptr<QLockFile> lock; // ours as long as it lives
    };
    // Of programs that are not there any more, the latest first.
    static QList<Copy> leftBehind();
    static void discard(const Copy& copy);

  private:
    const DocumentEditor& m_editor;
    QString m_path;
    QString m_file; // empty: none is kept
    std::unique_ptr<QLockFile> m_lock;
    QTimer m_timer;
};

} // namespace weir
