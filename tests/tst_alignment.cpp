// Lining up, spreading and snapping boxes: exact places.
#include "ui/editor/alignment.h"

#include <QTest>

using namespace weir;

namespace {

const std::vector<QRectF> three{{0, 0, 100, 40}, {150, 30, 60, 80}, {400, 100, 100, 20}};

} // namespace

class TestAlignment : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void edgesLineUpWithTheOutermost();
    void gapsBecomeEqual();
    void twoCannotBeSpread();
    void aBoxSnapsToCentresAndEdges();
    void awayFromAllItKeepsToTheGrid();
};

void TestAlignment::edgesLineUpWithTheOutermost() {
    const auto centres = [](Alignment alignment) { return aligned(three, alignment); };
    QCOMPARE(centres(Alignment::Left), (std::vector<QPointF>{{50, 20}, {30, 70}, {50, 110}}));
    QCOMPARE(centres(Alignment::Right), (std::vector<QPointF>{{450, 20}, {470, 70}, {450, 110}}));
    QCOMPARE(centres(Alignment::Centre), (std::vector<QPointF>{{250, 20}, {250, 70}, {250, 110}}));
    QCOMPARE(centres(Alignment::Top), (std::vector<QPointF>{{50, 20}, {180, 40}, {450, 10}}));
    QCOMPARE(centres(Alignment::Bottom), (std::vector<QPointF>{{50, 100}, {180, 80}, {450, 110}}));
    QCOMPARE(centres(Alignment::Middle), (std::vector<QPointF>{{50, 60}, {180, 60}, {450, 60}}));
}

void TestAlignment::gapsBecomeEqual() {
    // 300 between the first and the last, 60 of them taken: 120 on either side.
    QCOMPARE(distributed(three, Qt::Horizontal), (std::vector<QPointF>{{50, 20}, {250, 70}, {450, 110}}));
    // 60 from 40 to 100, 80 taken: they overlap by 10 each.
    QCOMPARE(distributed(three, Qt::Vertical), (std::vector<QPointF>{{50, 20}, {180, 70}, {450, 110}}));
}

void TestAlignment::twoCannotBeSpread() {
    const std::vector<QRectF> two{three[0], three[2]};
    QCOMPARE(distributed(two, Qt::Horizontal), (std::vector<QPointF>{{50, 20}, {450, 110}}));
}

void TestAlignment::aBoxSnapsToCentresAndEdges() {
    // Its centre is 3 above the middle of the first.
    Snap snap = snapped({60, 20}, {253, 17}, {three[0]}, 6);
    QCOMPARE(snap.centre, QPointF(252, 20));
    QCOMPARE(snap.guides, std::vector<QLineF>{QLineF(0, 20, 282, 20)});
    // Its left edge is 2 right of the first's.
    snap = snapped({60, 20}, {32, 201}, {three[0]}, 6);
    QCOMPARE(snap.centre, QPointF(30, 200));
    QCOMPARE(snap.guides, std::vector<QLineF>{QLineF(0, 0, 0, 210)});
    // The nearest wins: the centre's 1 before the edge's 4.
    snap = snapped({92, 20}, {49, 300}, {three[0]}, 6);
    QCOMPARE(snap.centre.x(), 50.0);
}

void TestAlignment::awayFromAllItKeepsToTheGrid() {
    const Snap snap = snapped({60, 20}, {237, 301}, three, 2);
    QCOMPARE(snap.centre, QPointF(236, 300));
    QVERIFY(snap.guides.empty());
}

QTEST_APPLESS_MAIN(TestAlignment)
#include "tst_alignment.moc"
