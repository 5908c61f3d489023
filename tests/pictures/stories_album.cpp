#include "pictures/albums.h"
#include "pictures/sitting.h"
#include "ui/biography/biography_view.h"
#include "ui/sequence/sequence_area.h"
#include "ui/sequence/sequence_view.h"
#include "ui/trace/filter_field.h"

#include <QToolButton>

namespace weir {
namespace {

void shootSequence(Sitting& sitting) {
    auto& sequence = sitting.view<SequenceView>();
    sitting.selection().clear();
    sequence.followButton().setChecked(true);
    sitting.shootPanel("sequence", QStringLiteral("sequence_run"));
    sitting.selectLast(RecordKind::retryScheduled);
    sitting.shootPanel("sequence", QStringLiteral("sequence_message"));
    sequence.conversationButton().setChecked(true);
    sequence.area().fitMessage();
    sitting.shootPanel("sequence", QStringLiteral("sequence_conversation"));
    sequence.modeButton(TimeMode::linear).click();
    sitting.shootTornOff("sequence", QStringLiteral("sequence_linear_large"));
    sequence.modeButton(TimeMode::number).click();
    sitting.shootTornOff("sequence", QStringLiteral("sequence_by_number_large"));
    sequence.modeButton(TimeMode::nonlinear).click();
    sequence.setHidden(NodeRef::of(ChannelId{0}), true);
    sitting.shootPanel("sequence", QStringLiteral("sequence_hidden"));
    sequence.setHidden(NodeRef::of(ChannelId{0}), false);
    sequence.conversationButton().setChecked(false);
    sequence.filterField().setText(QStringLiteral("type LIKE AND"));
    sitting.shootPanel("sequence", QStringLiteral("sequence_refused"));
    sequence.filterField().clear();
}

void shootBiography(Sitting& sitting) {
    auto& biography = sitting.view<BiographyView>();
    sitting.selection().clear();
    sitting.shootPanel("biography", QStringLiteral("biography_empty"));
    const std::uint64_t last = sitting.selectLast(RecordKind::retryScheduled);
    sitting.shootPanel("biography", QStringLiteral("biography_retry"));
    biography.compareButton().click();
    sitting.shootTornOff("biography", QStringLiteral("biography_compare_waits_large"));
    sitting.selectLast(RecordKind::retryScheduled, last);
    sitting.shootPanel("biography", QStringLiteral("biography_compared"));
    biography.compareButton().click();
}

} // namespace

void shootStories(Camera& camera) {
    Sitting sitting(camera);
    sitting.front("sequence");
    sitting.shootTornOff("sequence", QStringLiteral("sequence_nothing_open"));
    sitting.front("biography");
    sitting.shootTornOff("biography", QStringLiteral("biography_nothing_open"));
    sitting.open(scenarioFile("order_flow.json"));
    sitting.runTo(150s);
    shootSequence(sitting);
    shootBiography(sitting);
    sitting.open(scenarioFile("poison_message.json"));
    sitting.runTo(60s);
    sitting.session().seekRecord(sitting.selectLast(RecordKind::deadLettered) + 2); // a moment at which it lies there
    sitting.shootPanel("biography", QStringLiteral("biography_dead"));
}

} // namespace weir
