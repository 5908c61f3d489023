// DiskFile: the file behind a document. Reads it, writes it so that a failure leaves the old one whole (a new file beside
// it takes its place, with its permissions), and notices when another program has changed it. What to do then is decided
// elsewhere.
#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QFileSystemWatcher>
#include <QObject>
#include <QString>
#include <QTimer>

namespace weir {

class DiskFile final : public QObject {
    Q_OBJECT
  public:
    explicit DiskFile(QObject* parent = nullptr);

    static Result<std::string> read(const QString& path);
    static Errors write(const QString& path, const std::string& text);
    static bool isReadOnly(const QString& path); // there, and not to be written

    // From now on changed() tells when the file holds something else than `text`. An empty path: nothing is followed.
    void follow(const QString& path, const std::string& text);
    enum class State { same, other, gone };
    State state() const;

  Q_SIGNALS:
    void changed(); // it may have: see state(). Comes when the other program seems to be done

  private:
    void watch();

    QString m_path;
    QByteArray m_digest; // of what it held when it was read or written
    QFileSystemWatcher m_watcher;
    QTimer m_settle;
};

} // namespace weir
