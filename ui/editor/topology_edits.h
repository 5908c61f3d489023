// TopologyEdits: what a person does to a topology, each as one named step that can be undone: make, tie, rename, move,
// remove, paste. It turns wishes into edits of the document and says what was refused; it knows no mouse and no
// canvas.
#pragma once

#include "core/scenario/new_nodes.h"
#include "core/scenario/removal.h"
#include "core/scenario/ties.h"

#include <QMap>
#include <QObject>
#include <QPointF>
#include <QString>
#include <QStringList>

#include <functional>
#include <optional>
#include <set>
#include <string>

namespace weir {

class DocumentEditor;

class TopologyEdits final : public QObject {
    Q_OBJECT
  public:
    using Nodes = std::set<std::string>;
    using Positions = std::map<std::string, QPointF>; // centres

    explicit TopologyEdits(DocumentEditor& document, QObject* parent = nullptr);

    const Scenario& scenario() const;
    const Value& document() const;
    bool known(const std::string& node) const; // a node that stands in the file, or a handler's own queue

    // The name of the new node; empty: refused.
    std::string create(NodeTemplate kind, QPointF at);
    // The same with a tie to it in the same step.
    std::string createTied(NodeTemplate kind, QPointF at, const std::string& from, TieDetail detail);
    // A dead-letter queue for these queues and streams.
    std::string createDeadLetters(const Nodes& of, QPointF at);
    bool tie(TieKind kind, const std::string& from, const std::string& to, const TieDetail& detail);
    bool addEventType(const QString& name);

    // Why a node cannot have that name; empty: it can.
    QString nameRefusal(const QString& name) const;
    QString eventNameRefusal(const QString& name) const;
    // Where it stands is written down where the document does not say so: under its new name nothing else would know.
    bool rename(const std::string& node, const QString& name, std::optional<QPointF> at);
    QString patternRefusal(const std::string& exchange, const QString& pattern) const;
    bool setPattern(const BindingPlace& binding, const QString& pattern);

    bool move(const Positions& positions, const QString& name);
    bool forgetPositions();

    Removal removal(const Nodes& nodes, const std::set<NodeTie>& ties) const;
    bool remove(const Nodes& nodes, const std::set<NodeTie>& ties, const Removal& removal, bool cut = false);

    std::string copied(const Nodes& nodes, const Positions& positions) const;
    // The new nodes. `middle`: where; without, where they stood; in both cases moved by what `freeShift` says of their
    // centres. With a middle they are pasted, without they are duplicated.
    using FreeShift = std::function<QPointF(const std::vector<QPointF>& centres)>;
    Nodes paste(const std::string& text, std::optional<QPointF> middle, const FreeShift& freeShift);

  Q_SIGNALS:
    void refused(const QString& what, const weir::Errors& errors);
    void left(const QString& what); // done, but something had to be left out

  private:
    bool edit(const QString& name, const std::vector<Edit>& edits);

    DocumentEditor& m_document;
};

} // namespace weir
