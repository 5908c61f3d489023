#include "ui/session/kept_run.h"

#include "core/scenario/appearance.h"
#include "core/scenario/profile.h"
#include "core/services/generated_messages.h"

#include <QLocale>

#include <mutex>
#include <optional>
#include <utility>

namespace weir {
namespace {

// Messages of a simulation, found through a reader of their own: any thread may ask.
std::shared_ptr<const MessageSource> messagesOf(const Model& model,
                                                std::shared_ptr<const RecordStore> store) {
    struct Look {
        explicit Look(std::shared_ptr<const RecordStore> records)
            : shown(records), kept(std::move(records), RecordReader::Extent::kept) {}
        std::mutex mutex;
        RecordReader shown, kept;
    };
    auto look = std::make_shared<Look>(std::move(store));
    return std::make_shared<const GeneratedMessages>(model.generator, model.catalogue, [look](Ordinal ordinal) {
        const std::lock_guard lock(look->mutex);
        look->shown.refresh();
        if (const std::optional<Record> found = look->shown.published(ordinal))
            return found;
        look->kept.refresh();
        return look->kept.published(ordinal);
    });
}

// By the broker's own name, as the menu has it.
QString labelOf(std::uint64_t id, const QString& profile) {
    const QString label = Session::tr("Run %1").arg(id);
    const std::optional<Profile> broker = Profile::named(profile.toStdString());
    if (!broker)
        return label;
    const Text& title = broker->title();
    const bool chinese = QLocale().language() == QLocale::Chinese && !title.zh.empty();
    return label + QStringLiteral(" · ") + QString::fromStdString(chinese ? title.zh : title.en);
}

} // namespace

Session::KeptRun::KeptRun(std::unique_ptr<SimulationWorker> made, std::uint64_t number)
    : id(number), worker(std::move(made)), messages(messagesOf(*worker->model(), worker->store())),
      versions({{0, worker->scenario()}}), noted(worker->scenario()) {}

Session::Run Session::KeptRun::told() const {
    return {.id = id,
            .label = labelOf(id, profile),
            .store = worker->store(),
            .catalogue = worker->catalogue(),
            .messages = messages,
            .journal = worker->journal(),
            .scenario = versions.front().scenario,
            .seed = worker->model()->seed,
            .forkedFrom = forkedFrom,
            .forkedAt = forkedAt,
            .forkedTime = forkedTime};
}

const std::shared_ptr<const Scenario>& Session::KeptRun::scenarioAt(std::uint64_t record) const {
    std::size_t place = versions.size() - 1;
    while (place > 0 && versions[place].from >= record)
        --place;
    return versions[place].scenario;
}

void Session::KeptRun::takeAppearance(const Scenario& from) {
    for (Version& version : versions) {
        auto changed = std::make_shared<Scenario>(*version.scenario);
        weir::takeAppearance(*changed, from);
        version.scenario = std::move(changed);
    }
}

void Session::KeptRun::noteScenario(std::uint64_t record, const Scenario& appearance) {
    while (versions.size() > 1 && versions.back().from >= record)
        versions.pop_back();
    if (std::exchange(noted, worker->scenario()) == worker->scenario())
        return;
    auto version = std::make_shared<Scenario>(*worker->scenario());
    weir::takeAppearance(*version, appearance);
    versions.push_back({record, std::move(version)});
}

} // namespace weir
