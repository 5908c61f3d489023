// Editing a document while its run is shown: steps, refusals, what becomes of the run and of the selection.
#include "ui/document/document_editor.h"
#include "ui/session/session.h"

#include <QFile>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace weir;

namespace {

const std::string orderFlow = [] {
    QFile file(QStringLiteral(WEIR_SOURCE_DIR "/scenarios/order_flow.json"));
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}();

Edit set(std::string pointer, Value value) {
    return {.pointer = std::move(pointer), .value = std::move(value), .newName = {}};
}
Edit removal(std::string pointer) {
    return {.pointer = std::move(pointer), .value = std::nullopt, .newName = {}};
}

const std::string small = R"({
  "weir": "1", // one queue, one worker
  "events": { "done": {} },
  "channels": { "jobs": { "kind": "queue" }, "more": { "kind": "queue" } },
  "services": {
    "worker": {
      "sources": [{ "emit": "done", "to": "jobs", "arrivals": { "every": "1s" } }],
      "handlers": [{ "on": "jobs", "takes": "1ms", "idempotent": true }]
    }
  }
}
)";

} // namespace

class TestDocumentEditor : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void init();
    void openingGivesTextScenarioAndRun();
    void whatDoesNotLoadIsRefusedAndChangesNothing();
    void anEditOfAppearanceLeavesTheRunAlone();
    void anEditOfBehaviourBeginsTheRunAnewAndKeepsRunning();
    void undoAndRedoGiveTheVeryTextBack();
    void typingIsOneStep();
    void anEditTakenBackByHandIsNoStep();
    void theSelectionStaysWithItsName();
    void theSelectionFollowsARename();
    void whatIsDeletedIsNotSelected();
    void findingsFollowTheText();
    void findingsOfTheDocumentBeforeAreTakenBack();
    void anotherSourceClosesTheDocument();

  private:
    NodeRef channel(const char* name) const { return NodeRef::of(m_session->catalogue()->channel(name)); }

    std::unique_ptr<Selection> m_selection;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<DocumentEditor> m_editor;
};

void TestDocumentEditor::init() {
    m_editor.reset();
    m_session = std::make_unique<Session>();
    m_selection = std::make_unique<Selection>();
    m_editor = std::make_unique<DocumentEditor>(*m_session, *m_selection);
}

void TestDocumentEditor::openingGivesTextScenarioAndRun() {
    QVERIFY(!m_editor->isOpen());
    QSignalSpy changed(m_editor.get(), &DocumentEditor::changed);
    QVERIFY(m_editor->open(orderFlow, QStringLiteral("order_flow.json")).empty());
    QCOMPARE(changed.count(), 1);
    QCOMPARE(m_editor->document().text(), orderFlow);
    QCOMPARE(m_editor->scenario().services.size(), std::size_t{6});
    QCOMPARE(m_session->mode(), Session::Mode::simulation);
    QVERIFY(!m_editor->undoStack().canUndo());
    const Errors errors = m_editor->open("{ \"weir\": \"2\" }", QStringLiteral("other.json"));
    QCOMPARE(errors.front().where, std::string("/weir"));
    QCOMPARE(m_editor->document().text(), orderFlow);
    QCOMPARE(m_session->path(), QStringLiteral("order_flow.json"));
}

void TestDocumentEditor::whatDoesNotLoadIsRefusedAndChangesNothing() {
    QVERIFY(m_editor->open(orderFlow, {}).empty());
    const auto store = m_session->store();
    QSignalSpy changed(m_editor.get(), &DocumentEditor::changed);
    Errors errors = m_editor->edit(QStringLiteral("Set Capacity"), {set("/channels/mail/capacity", Value("many"))});
    QCOMPARE(errors.size(), std::size_t{1});
    QCOMPARE(errors.front().where, std::string("/channels/mail/capacity"));
    QVERIFY(errors.front().given.find("many") != std::string::npos);
    // Deleting a channel alone leaves its readers behind: the places are told.
    errors = m_editor->edit(QStringLiteral("Delete"), {removal("/channels/mail")});
    QVERIFY(!errors.empty());
    errors = m_editor->edit(QStringLiteral("Delete"), {set("/title", Value("A")), removal("/nothing")});
    QCOMPARE(errors.size(), std::size_t{1});
    QCOMPARE(changed.count(), 0);
    QCOMPARE(m_editor->undoStack().count(), 0);
    QCOMPARE(m_editor->document().text(), orderFlow);
    QCOMPARE(m_session->store(), store);
}

void TestDocumentEditor::anEditOfAppearanceLeavesTheRunAlone() {
    QVERIFY(m_editor->open(orderFlow, {}).empty());
    for (int i = 0; i < 5; ++i)
        m_session->step();
    const auto store = m_session->store();
    QSignalSpy revised(m_session.get(), &Session::revised);
    QVERIFY(m_editor->edit(QStringLiteral("Move"), {set("/layout/mail", Value(Value::List{Value(1), Value(2)}))}).empty());
    QVERIFY(m_editor->edit(QStringLiteral("Name"), {set("/channels/mail/title/en", Value("Post"))}).empty());
    QVERIFY(m_editor->edit(QStringLiteral("Name"), {set("/title/en", Value("Shop"))}).empty());
    QVERIFY(m_editor->edit(QStringLiteral("Expect"), {removal("/expect/0")}).empty());
    QVERIFY(m_editor->edit(QStringLiteral("Note"), {removal("/notes")}).empty());
    QCOMPARE(revised.count(), 5);
    QCOMPARE(m_session->store(), store);
    QCOMPARE(m_session->playhead(), std::uint64_t{5});
    QCOMPARE(m_session->scenario()->layout.at("mail"), (Point{1, 2}));
    QCOMPARE(m_session->scenario()->title.en, std::string("Shop"));
    const auto& channels = m_session->scenario()->channels;
    const auto mail = std::find_if(channels.begin(), channels.end(), [](const ChannelSpec& spec) { return spec.name == "mail"; });
    QCOMPARE(mail->title.en, std::string("Post"));
    QCOMPARE(m_editor->undoStack().count(), 5);
}

void TestDocumentEditor::anEditOfBehaviourBeginsTheRunAnewAndKeepsRunning() {
    QVERIFY(m_editor->open(orderFlow, {}).empty());
    m_session->run();
    QTRY_VERIFY(m_session->playhead() > 3);
    const auto store = m_session->store();
    QVERIFY(m_editor->edit(QStringLiteral("Seed"), {set("/run/seed", Value(8))}).empty());
    QVERIFY(m_session->store() != store);
    QVERIFY(m_session->sameDocument());
    QCOMPARE(m_session->seed(), std::uint64_t{8});
    QVERIFY(m_session->running());
    QTRY_VERIFY(m_session->playhead() > 3);
    m_session->pause();
    QVERIFY(m_editor->edit(QStringLiteral("Seed"), {set("/run/seed", Value(9))}).empty());
    QVERIFY(!m_session->running());
    QCOMPARE(m_session->playhead(), std::uint64_t{0});
}

void TestDocumentEditor::undoAndRedoGiveTheVeryTextBack() {
    QVERIFY(m_editor->open(small, {}).empty());
    QVERIFY(m_editor->edit(QStringLiteral("Add Channel"), {set("/channels/dead", Value(Value::Table{{"kind", Value("queue")}})),
                                                            set("/channels/jobs/deadLetter", Value("dead"))})
                .empty());
    const std::string once = m_editor->document().text();
    QVERIFY(m_editor->edit(QStringLiteral("Instances"), {set("/services/worker/instances", Value(3))}).empty());
    const std::string twice = m_editor->document().text();
    QCOMPARE(m_editor->undoStack().undoText(), QStringLiteral("Instances"));
    m_editor->undoStack().undo();
    QCOMPARE(m_editor->document().text(), once);
    QCOMPARE(m_editor->scenario().services.front().instances, 1u);
    QCOMPARE(m_editor->undoStack().undoText(), QStringLiteral("Add Channel"));
    m_editor->undoStack().undo();
    QCOMPARE(m_editor->document().text(), small);
    QVERIFY(m_editor->undoStack().isClean());
    m_editor->undoStack().redo();
    m_editor->undoStack().redo();
    QCOMPARE(m_editor->document().text(), twice);
    QCOMPARE(m_session->scenario()->services.front().instances, 3u);
}

void TestDocumentEditor::typingIsOneStep() {
    QVERIFY(m_editor->open(small, {}).empty());
    const QString name = QStringLiteral("Instances");
    for (const int instances : {2, 23, 234})
        QVERIFY(m_editor->edit(name, {set("/services/worker/instances", Value(instances))}).empty());
    QCOMPARE(m_editor->undoStack().count(), 1);
    m_editor->endStep(); // the field was left
    QVERIFY(m_editor->edit(name, {set("/services/worker/instances", Value(5))}).empty());
    QCOMPARE(m_editor->undoStack().count(), 2);
    QVERIFY(m_editor->edit(name, {set("/run/seed", Value(5))}).empty()); // another place
    QCOMPARE(m_editor->undoStack().count(), 3);
    m_editor->undoStack().setClean(); // saved
    QVERIFY(m_editor->edit(name, {set("/run/seed", Value(6))}).empty());
    QCOMPARE(m_editor->undoStack().count(), 4);
    for (int i = 0; i < 3; ++i)
        m_editor->undoStack().undo();
    QCOMPARE(m_editor->scenario().services.front().instances, 234u);
    m_editor->undoStack().undo();
    QCOMPARE(m_editor->document().text(), small);
}

void TestDocumentEditor::anEditTakenBackByHandIsNoStep() {
    QVERIFY(m_editor->open(orderFlow, {}).empty());
    const QString name = QStringLiteral("Instances");
    QVERIFY(m_editor->edit(name, {set("/services/email-service/instances", Value(7))}).empty());
    QVERIFY(m_editor->edit(name, {set("/services/email-service/instances", Value(6))}).empty());
    QCOMPARE(m_editor->undoStack().count(), 0);
    QCOMPARE(m_editor->document().text(), orderFlow);
}

void TestDocumentEditor::theSelectionStaysWithItsName() {
    QVERIFY(m_editor->open(small, {}).empty());
    m_selection->selectNode(channel("jobs"));
    m_selection->selectEventType(m_session->catalogue()->eventType("done"));
    m_selection->selectMessage(1);
    const NodeRef before = m_selection->node();
    QSignalSpy changed(m_selection.get(), &Selection::changed);
    bool fitted = false; // when views hear of the new run
    connect(m_session.get(), &Session::documentChanged, this, [&] { fitted = m_selection->node() == channel("jobs"); });
    QVERIFY(m_editor->edit(QStringLiteral("Add"), {set("/channels/a", Value(Value::Table{{"kind", Value("queue")}})),
                                                    set("/events/a", Value(Value::Table()))})
                .empty());
    QVERIFY(channel("jobs") != before); // "a" came before it
    QCOMPARE(m_selection->node(), channel("jobs"));
    QVERIFY(fitted);
    QCOMPARE(m_selection->eventType(), m_session->catalogue()->eventType("done"));
    QCOMPARE(m_selection->message(), Ordinal{0});
    QTRY_COMPARE(changed.count(), 1);
    m_editor->undoStack().undo();
    QCOMPARE(m_selection->node(), before);
    m_session->restart();
    QCOMPARE(m_selection->node(), before);
}

void TestDocumentEditor::theSelectionFollowsARename() {
    QVERIFY(m_editor->open(small, {}).empty());
    m_selection->selectNode(channel("more"));
    QVERIFY(m_editor->edit(QStringLiteral("Rename"), {{.pointer = "/channels/more", .value = std::nullopt, .newName = "a~b"}}).empty());
    QCOMPARE(m_selection->node(), channel("a~b"));
    m_editor->undoStack().undo();
    QCOMPARE(m_selection->node(), channel("more"));
    m_editor->undoStack().redo();
    QVERIFY(m_editor->edit(QStringLiteral("Rename"), {{.pointer = "/channels/a~0b", .value = std::nullopt, .newName = "c"}}).empty());
    QCOMPARE(m_selection->node(), channel("c"));
}

void TestDocumentEditor::whatIsDeletedIsNotSelected() {
    QVERIFY(m_editor->open(small, {}).empty());
    m_selection->selectNode(channel("more"));
    QVERIFY(m_editor->edit(QStringLiteral("Delete"), {removal("/channels/more")}).empty());
    QCOMPARE(m_selection->node(), NodeRef());
}

void TestDocumentEditor::findingsFollowTheText() {
    QVERIFY(m_editor->open(orderFlow, {}).empty());
    const auto overloaded = [this] {
        return std::any_of(m_editor->findings().begin(), m_editor->findings().end(),
                           [](const Finding& finding) { return finding.code == "overload"; });
    };
    QVERIFY(!overloaded());
    QSignalSpy found(m_editor.get(), &DocumentEditor::findingsChanged);
    QVERIFY(m_editor->edit(QStringLiteral("Instances"), {set("/services/payment-service/instances", Value(1))}).empty());
    QTRY_VERIFY(overloaded());
    QVERIFY(found.count() >= 1);
    m_editor->undoStack().undo();
    QTRY_VERIFY(!overloaded());
}

void TestDocumentEditor::findingsOfTheDocumentBeforeAreTakenBack() {
    QVERIFY(m_editor->open(orderFlow, {}).empty());
    QVERIFY(m_editor->edit(QStringLiteral("Instances"), {set("/services/payment-service/instances", Value(1))}).empty());
    QTRY_VERIFY(!m_editor->findings().empty());
    std::size_t told = m_editor->findings().size();
    const QObject here; // listens as long as it is there
    connect(m_editor.get(), &DocumentEditor::findingsChanged, &here, [&] { told = m_editor->findings().size(); });
    QVERIFY(m_editor->open(orderFlow, {}).empty());
    QCOMPARE(told, std::size_t{0}); // though the check of the new one finds nothing that would be told
}

void TestDocumentEditor::anotherSourceClosesTheDocument() {
    QVERIFY(m_editor->open(small, {}).empty());
    QVERIFY(m_editor->edit(QStringLiteral("Seed"), {set("/run/seed", Value(5))}).empty());
    QVERIFY(m_session->attach({QStringLiteral("tcp://127.0.0.1:45599")}).empty());
    QVERIFY(!m_editor->isOpen());
    QCOMPARE(m_editor->undoStack().count(), 0);
    QVERIFY(m_editor->open(small, {}).empty());
    QCOMPARE(m_session->mode(), Session::Mode::simulation);
    QVERIFY(m_editor->isOpen());
}

QTEST_MAIN(TestDocumentEditor)
#include "tst_document_editor.moc"
