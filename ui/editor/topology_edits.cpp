#include "ui/editor/topology_edits.h"

#include "core/broker/route_compiler.h"
#include "core/scenario/fragment.h"
#include "core/scenario/given.h"
#include "core/scenario/load.h"
#include "core/scenario/node_renaming.h"
#include "ui/document/document_editor.h"
#include "ui/editor/editor_words.h"
#include "ui/errors/error_text.h"

#include <algorithm>

namespace weir {
namespace {

Point pointOf(QPointF at) {
    return {at.x(), at.y()};
}

QString shown(const std::string& name) {
    return QString::fromStdString(name);
}

} // namespace

TopologyEdits::TopologyEdits(DocumentEditor& document, QObject* parent) : QObject(parent), m_document(document) {}

const Scenario& TopologyEdits::scenario() const {
    return m_document.scenario();
}

const Value& TopologyEdits::document() const {
    return m_document.document().value();
}

bool TopologyEdits::known(const std::string& node) const {
    return serviceOf(scenario(), node) || channelOf(scenario(), node);
}

bool TopologyEdits::edit(const QString& name, const std::vector<Edit>& edits) {
    if (edits.empty())
        return true;
    const Errors errors = m_document.edit(name, edits);
    if (!errors.empty())
        Q_EMIT refused(tr("%1: this would break the scenario, so nothing was changed.").arg(name), errors);
    return errors.empty();
}

// --- making ---

std::string TopologyEdits::create(NodeTemplate kind, QPointF at) {
    const std::string name = freeName(kind, takenNames(scenario()));
    return edit(tr("Add %1").arg(shown(name)), newNodeEdits(kind, name, pointOf(at))) ? name : std::string();
}

std::string TopologyEdits::createTied(NodeTemplate kind, QPointF at, const std::string& from, TieDetail detail) {
    const std::string name = freeName(kind, takenNames(scenario()));
    std::vector<Edit> edits = newNodeEdits(kind, name, pointOf(at));
    // What the tie means depends on the new node, so it is asked of the document that has it.
    const Result<Document> grown = m_document.document().with(edits);
    const Result<Scenario, Errors> after = grown ? readScenario(grown->value()) : Errors{grown.error()};
    const TieOffer offer = after ? tieBetween(*after, from, name) : TieOffer{};
    if (!offer.kind) {
        Q_EMIT refused(whyNoTie(offer.why), after ? Errors{} : after.error());
        return {};
    }
    if (*offer.kind != TieKind::emit && detail.pattern.empty())
        detail.pattern = likelyDetail(*after, *offer.kind, from).pattern;
    for (Edit& tied : tieEdits(grown->value(), *after, *offer.kind, from, name, detail))
        edits.push_back(std::move(tied));
    return edit(tr("Add %1").arg(shown(name)), edits) ? name : std::string();
}

std::string TopologyEdits::createDeadLetters(const Nodes& of, QPointF at) {
    const std::string name =
        freeName(of.size() == 1 ? deadLetterNameOf(*of.begin()) : std::string("dead-letters"), takenNames(scenario()));
    std::vector<Edit> edits = newNodeEdits(NodeTemplate::deadLetterQueue, name, pointOf(at));
    for (const std::string& channel : of)
        for (Edit& tied : tieEdits(document(), scenario(), TieKind::deadLetter, channel, name, {}))
            edits.push_back(std::move(tied));
    return edit(tr("Add %1").arg(shown(name)), edits) ? name : std::string();
}

bool TopologyEdits::tie(TieKind kind, const std::string& from, const std::string& to, const TieDetail& detail) {
    return edit(tieName(kind, shown(from), shown(to)), tieEdits(document(), scenario(), kind, from, to, detail));
}

bool TopologyEdits::addEventType(const QString& name) {
    return edit(tr("Add event type %1").arg(name),
                {{pointerTo("/events", name.toStdString()), Value(Value::Table{}), ""}});
}

// --- names ---

QString TopologyEdits::nameRefusal(const QString& name) const {
    if (!isName(name.toStdString()))
        return tr("A name has 1 to 200 bytes and no control characters.");
    return takenNames(scenario()).contains(name.toStdString()) ? tr("There is a %1 already.").arg(name) : QString();
}

QString TopologyEdits::eventNameRefusal(const QString& name) const {
    if (!isName(name.toStdString()))
        return tr("A name has 1 to 200 bytes and no control characters.");
    const bool taken = std::any_of(scenario().events.begin(), scenario().events.end(),
                                   [&](const EventTypeSpec& event) { return event.name == name.toStdString(); });
    return taken ? tr("There is a %1 already.").arg(name) : QString();
}

bool TopologyEdits::rename(const std::string& node, const QString& name, std::optional<QPointF> at) {
    std::vector<Edit> edits = nodeRenaming(m_document.document(), scenario(), node, name.toStdString());
    if (at && !scenario().layout.contains(node))
        edits.push_back(positionEdit(name.toStdString(), pointOf(*at)));
    return edit(tr("Rename %1 to %2").arg(shown(node), name), edits);
}

QString TopologyEdits::patternRefusal(const std::string& exchange, const QString& pattern) const {
    const ChannelSpec* channel = channelOf(scenario(), exchange);
    const auto dialect = channel ? patternDialect(*channel) : std::nullopt;
    const std::string text = pattern.toStdString();
    const auto compiled = Pattern::compile(dialect.value_or(Dialect()), std::string_view(text));
    return compiled ? QString() : errorText(compiled.error());
}

bool TopologyEdits::setPattern(const BindingPlace& binding, const QString& pattern) {
    return edit(tr("Pattern %1").arg(pattern), {patternEdit(document(), binding, pattern.toStdString())});
}

// --- places ---

bool TopologyEdits::move(const Positions& positions, const QString& name) {
    std::vector<Edit> edits;
    for (const auto& [node, at] : positions)
        if (known(node))
            edits.push_back(positionEdit(node, pointOf(at)));
    return edit(name, edits);
}

// Which groups are folded stands there too, and stays.
bool TopologyEdits::forgetPositions() {
    std::vector<Edit> edits;
    for (const auto& [node, at] : scenario().layout)
        edits.push_back({pointerTo("/layout", node), std::nullopt, ""});
    const Value* layout = document().member("layout");
    if (layout && layout->table() && layout->table()->size() == edits.size())
        edits = {{"/layout", std::nullopt, ""}};
    return edit(tr("Arrange anew"), edits);
}

// --- removing ---

Removal TopologyEdits::removal(const Nodes& nodes, const std::set<NodeTie>& ties) const {
    return removalOf(m_document.document(), scenario(), nodes, ties);
}

bool TopologyEdits::remove(const Nodes& nodes, const std::set<NodeTie>& ties, const Removal& removal, bool cut) {
    QString name = cut ? tr("Cut") : tr("Delete %1 ties").arg(ties.size());
    if (nodes.size() == 1 && !cut)
        name = tr("Delete %1").arg(shown(*nodes.begin()));
    else if (!nodes.empty() && !cut)
        name = tr("Delete %1 nodes").arg(nodes.size());
    else if (ties.size() == 1 && !cut)
        name = tr("Delete the tie of %1 to %2").arg(shown(ties.begin()->from), shown(ties.begin()->to));
    return edit(name, removal.edits);
}

// --- carrying ---

std::string TopologyEdits::copied(const Nodes& nodes, const Positions& positions) const {
    std::map<std::string, Point> places;
    for (const auto& [node, at] : positions)
        places[node] = pointOf(at);
    return fragmentText(document(), scenario(), nodes, places);
}

TopologyEdits::Nodes TopologyEdits::paste(const std::string& text, std::optional<QPointF> middle,
                                          const FreeShift& freeShift) {
    const auto shift = [&freeShift](const std::vector<Point>& places) {
        std::vector<QPointF> centres;
        for (const Point& place : places)
            centres.emplace_back(place.x, place.y);
        return pointOf(freeShift(centres));
    };
    const Result<Paste> paste =
        pasteOf(document(), scenario(), text, middle ? std::optional(pointOf(*middle)) : std::nullopt, shift);
    if (!paste) {
        Q_EMIT refused(tr("The clipboard holds no part of a scenario."), {paste.error()});
        return {};
    }
    const auto count = static_cast<qulonglong>(paste->nodes.size());
    const QString name = middle ? (count == 1 ? tr("Paste") : tr("Paste %1 nodes").arg(count))
                                : (count == 1 ? tr("Duplicate") : tr("Duplicate %1 nodes").arg(count));
    if (paste->nodes.empty() || !edit(name, paste->edits))
        return {};
    if (!paste->dropped.empty()) {
        QStringList names;
        for (const std::string& dropped : paste->dropped)
            names << shown(dropped);
        Q_EMIT left(tr("Ties to %1 were left out: there is no such channel here.").arg(names.join(tr(", "))));
    }
    return {paste->nodes.begin(), paste->nodes.end()};
}

} // namespace weir
