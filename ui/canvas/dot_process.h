// DotProcess: asks Graphviz for a layout, as a child process with a time limit. It answers exactly once for each
// question that is not replaced by another: with positions, or with nothing where dot is missing, slow or confused.
#pragma once

#include "ui/canvas/layout.h"

#include <QObject>
#include <QProcess>
#include <QTimer>

#include <functional>
#include <memory>

namespace weir {

class DotProcess final : public QObject {
    Q_OBJECT
  public:
    static constexpr int timeLimitMs = 800;

    explicit DotProcess(QObject* parent = nullptr);
    ~DotProcess() override;

    void setProgram(const QString& program) { m_program = program; } // "dot"
    using Answer = std::function<void(std::optional<Positions>)>;
    void ask(LayoutGraph graph, Answer answer);
    bool busy() const { return m_process != nullptr; }

  private:
    void finish(std::optional<Positions> positions);
    void drop();

    QString m_program = QStringLiteral("dot");
    std::unique_ptr<QProcess> m_process;
    QTimer m_limit;
    LayoutGraph m_graph;
    Answer m_answer;
};

} // namespace weir
