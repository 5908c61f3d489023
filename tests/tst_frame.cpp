// What moves is put over the canvas pixel by pixel: the same pixels as a painter would make.
#include "ui/canvas/frame.h"
#include "ui/canvas/scene.h"

#include <QPainter>
#include <QTest>

using namespace weir;

namespace {

constexpr QSize viewSize(150, 130); // no multiple of a band's height

StaticLayer ground(qreal density) {
    StaticLayer layer;
    layer.render(Scene(), darkTheme(), {.scale = 1, .offset = {3, 5}}, viewSize, density);
    return layer;
}

QImage blank(qreal density) {
    QImage picture((QSizeF(viewSize) * density).toSize(), QImage::Format_RGB32);
    picture.setDevicePixelRatio(density);
    picture.fill(Qt::magenta);
    return picture;
}

} // namespace

class TestFrame : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void stepsAreOfWhatShows();
    void itDrawsWhatAPainterWould_data();
    void itDrawsWhatAPainterWould();
    void onlyTheAskedPartIsDrawn();
    void whileTheViewMovesTheOldPictureStandsIn();
};

void TestFrame::stepsAreOfWhatShows() {
    QImage picture(10, 10, QImage::Format_ARGB32_Premultiplied);
    picture.fill(Qt::transparent);
    const auto set = [&picture](int x, int y, quint32 pixel) {
        reinterpret_cast<quint32*>(picture.scanLine(y))[x] = pixel;
    };
    set(2, 1, 0x80050A0F); // one, and seven that do not show
    set(9, 2, 0xFF0A141E); // at the edge
    for (int x = 1; x < 10; ++x)
        set(x, 3, 0xFF000000U + static_cast<quint32>(x)); // eight that hide, and one more
    set(0, 4, 0x40010203);
    set(9, 4, 0x40010204); // a gap that is left out
    const Sprite sprite(picture);
    QCOMPARE(sprite.side, 10);
    QCOMPARE(sprite.solid.size(), std::size_t{1});
    QCOMPARE(sprite.solid[0].y, 3);
    QCOMPARE(sprite.solid[0].x, 1);
    QCOMPARE(sprite.solid[0].above, (std::array<quint32, 8>{0xFF000001, 0xFF000002, 0xFF000003, 0xFF000004, 0xFF000005,
                                                            0xFF000006, 0xFF000007, 0xFF000008}));
    std::vector<std::pair<int, int>> places;
    for (const Sprite::Step& step : sprite.mixed)
        places.emplace_back(step.x, step.y);
    QCOMPARE(places, (std::vector<std::pair<int, int>>{{2, 1}, {9, 2}, {9, 3}, {0, 4}, {9, 4}}));
    std::array<quint32, 8> above{}, clear{};
    clear.fill(0x00FF00FF);
    above[0] = 0x80050A0F;
    clear[0] = 0x007F007F;
    QCOMPARE(sprite.mixed[0].above, above);
    QCOMPARE(sprite.mixed[0].clear, clear);
    clear[0] = 0;
    QCOMPARE(sprite.mixed[1].clear, clear);
}

void TestFrame::itDrawsWhatAPainterWould_data() {
    QTest::addColumn<double>("density");
    for (const double density : {1.0, 1.25, 2.0, 3.0})
        QTest::addRow("%g", density) << density;
}

void TestFrame::itDrawsWhatAPainterWould() {
    QFETCH(const double, density);
    const Theme theme = darkTheme();
    const StaticLayer layer = ground(density);
    Sprites sprites(theme, 5, density);
    QImage expected = blank(density);
    QImage drawn = blank(density);
    Frame frame;
    for (int moment = 0; moment < 2; ++moment) { // the second with what the first left
        const ViewTransform view{.scale = 1, .offset = {3, 5}};
        frame.begin(layer, view, theme.canvas);
        QPainter painter(&expected);
        painter.scale(1 / density, 1 / density);
        QImage below = layer.picture();
        below.setDevicePixelRatio(1);
        painter.drawImage(QPoint(), below);
        // All over the view and beyond its edges, over each other, at every place within a band.
        for (int i = 0; i < 400; ++i) {
            const QPointF at(i * 7 % 190 - 20 + 0.3 * moment, i * 11 % 170 - 20 + 0.1);
            const Sprite& sprite = i % 3 == 0
                                       ? sprites.dash(i, i % 7 + 1)
                                       : sprites.mark(static_cast<std::size_t>(i % 6), static_cast<SpriteMood>(i % 5));
            frame.put(sprite, at);
            QImage picture = sprite.picture;
            picture.setDevicePixelRatio(1);
            painter.drawImage(QPoint(qRound(at.x() * density - picture.width() / 2.0),
                                     qRound(at.y() * density - picture.height() / 2.0)),
                              picture);
        }
        QPainter on(&drawn);
        frame.draw(on, QRect(QPoint(), viewSize));
    }
    QCOMPARE(drawn, expected);
}

void TestFrame::onlyTheAskedPartIsDrawn() {
    const Theme theme = darkTheme();
    const StaticLayer layer = ground(1);
    Sprites sprites(theme, 5, 1);
    Frame frame;
    frame.begin(layer, {.scale = 1, .offset = {3, 5}}, theme.canvas);
    frame.put(sprites.mark(0, SpriteMood::plain), {75, 110});
    QImage drawn = blank(1);
    QPainter painter(&drawn);
    frame.draw(painter, QRect(0, 100, 150, 30));
    QCOMPARE(drawn.pixelColor(75, 10), QColor(Qt::magenta)); // bands above it are left alone
    QVERIFY(drawn.pixelColor(75, 110) != QColor(Qt::magenta));
    QVERIFY(drawn.pixel(75, 110) != layer.picture().pixel(75, 110));
}

void TestFrame::whileTheViewMovesTheOldPictureStandsIn() {
    const Theme theme = darkTheme();
    const StaticLayer layer = ground(1);
    const ViewTransform moved{.scale = 2, .offset = {-40, 9}};
    QImage expected = blank(1);
    QImage drawn = blank(1);
    {
        QPainter painter(&expected);
        layer.draw(painter, moved, theme.canvas);
    }
    Frame frame;
    frame.begin(layer, moved, theme.canvas);
    QPainter painter(&drawn);
    frame.draw(painter, QRect(QPoint(), viewSize));
    QCOMPARE(drawn, expected);
}

QTEST_MAIN(TestFrame)
#include "tst_frame.moc"
