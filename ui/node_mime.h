// A node of the topology while it is dragged from one view to another: by kind and name, as text. Pure functions.
#pragma once

#include "core/record/catalogue.h"
#include "ui/session/selection.h"

#include <QMimeData>
#include <QString>

#include <memory>

namespace weir {

inline QString nodeMimeType() {
    return QStringLiteral("application/x-weir-node");
}

inline std::unique_ptr<QMimeData> nodeMime(NodeRef node, const Catalogue& catalogue) {
    auto mime = std::make_unique<QMimeData>();
    const bool service = node.kind == NodeRef::Kind::service;
    const std::string& name = service ? catalogue.services()[node.index].name : catalogue.channels()[node.index].name;
    mime->setData(nodeMimeType(), QByteArray(service ? "service:" : "channel:") + QByteArray::fromStdString(name));
    mime->setText(QString::fromStdString(name));
    return mime;
}

// None where it is no node, or none of this run.
inline NodeRef nodeOf(const QMimeData& mime, const Catalogue& catalogue) {
    const QByteArray text = mime.data(nodeMimeType());
    const std::string name = text.mid(8).toStdString();
    if (text.startsWith("service:"))
        if (const ServiceId id = catalogue.service(name); id.valid())
            return NodeRef::of(id);
    if (text.startsWith("channel:"))
        if (const ChannelId id = catalogue.channel(name); id.valid())
            return NodeRef::of(id);
    return {};
}

} // namespace weir
