// What a sequence says in words, and as files: tips, Mermaid's sequenceDiagram, SVG. Pure.
#pragma once

#include "ui/sequence/sequence_picture.h"

#include <QByteArray>
#include <QString>

namespace weir {

class MessageSource;

// What was hit, in words with its times; `messages` may be null.
QString wordsOf(const SequencePicture& picture, const SequencePicture::Hit& hit, const Catalogue& catalogue,
                const MessageSource* messages);

// Each tie an arrow, in the order of arrival; failed handlings and ends as notes. At most `arrowsMax`, then a note that
// says how many were left out.
QString mermaidOf(const SequencePicture& picture, const Catalogue& catalogue, std::size_t arrowsMax = 500);

// As it is on the screen, all axes.
QByteArray svgOf(SequencePicture picture, const Theme& theme, const Catalogue& catalogue, const QString& title);

} // namespace weir
