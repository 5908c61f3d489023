// Canvas: the living topology. Shows a session's services, channels and the ways between them with the figures of now,
// and the run's own messages travelling; pans, zooms, selects, arranges, finds, folds groups. It ties the parts of this
// folder together: Scene (what and where), StaticLayer (its cached picture), TrafficFeed (what moves). It reads
// Pictures and records only and never touches a run; what the user drags or folds lives as long as the document is open
// and is told by signals. By subject: canvas_run.cpp, canvas_view.cpp, canvas_selection.cpp, canvas_commands.cpp,
// canvas_input.cpp; the document is in canvas.cpp.
#pragma once

#include "ui/canvas/dot_process.h"
#include "ui/canvas/frame.h"
#include "ui/canvas/lit_path.h"
#include "ui/canvas/scene.h"
#include "ui/canvas/traffic_feed.h"
#include "ui/canvas/traffic_painter.h"
#include "ui/session/selection.h"
#include "ui/session/session.h"
#include "ui/theme_source.h"

#include <QAction>
#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

#include <map>
#include <memory>
#include <optional>
#include <string>

class QActionGroup;
class QMenu;

namespace weir {

class BottleneckBanner;
class EmptyState;
class ExportActions;
class Finder;
class HeatLegend;
class Minimap;
class ZoomBar;

class Canvas final : public QWidget {
    Q_OBJECT
  public:
    Canvas(Session& session, Selection& selection, const ThemeSource& themes, QWidget* parent = nullptr);
    ~Canvas() override;

    QList<QAction*> commands() const { return m_commands; } // for the View menu
    QAction* exportMenu() const;                            // for the File menu
    QAction* reducedMotionAction() const { return m_reduceMotion; }

    void fit();
    void zoomTo(qreal scale);              // around the middle
    void zoomAt(QPointF at, qreal factor); // what is under `at` stays there
    void centreOn(std::size_t node);
    void centreOnPoint(QPointF scene);
    void focusThenFit();
    void chooseNode(std::size_t node); // selects and shows it, out of a folded group too
    void chooseNode(NodeRef node);     // the same
    void openFinder();
    void setHeat(HeatBy by);
    void arrangeAnew(); // forgets what was dragged and what the file says
    void fold(std::size_t group, bool folded);
    void setReducedMotion(bool reduced);
    bool reducedMotion() const { return m_reduced; }
    void setFlightsMax(std::size_t count) { m_feed.setFlightsMax(count); }

    // --- for editing (canvas_editing.cpp) ---
    void holdView() { takeOver(); }       // it no longer follows the window's size, nor what comes and goes
    void setLeftReserved(int pixels);     // as at the bottom
    bool takesGround(QPointF view) const; // a group's title is there
    void carryNodes(const std::map<std::size_t, QPointF>& centres); // while they are dragged
    void settleNodes();
    // A node that is dragged beyond the edge goes to another view, such as the charts, and stays where it was. Returns when
    // it was let go.
    void carryOut(std::size_t node);

    const Scene& scene() const { return m_scene; }
    // Something lies over so many pixels at the bottom: fit() leaves them free.
    void setBottomReserved(int pixels);
    void setControlsShown(bool shown); // zoom and heat; from the start they are
    QRectF boxOf(NodeRef node) const; // in this widget; null where it is not drawn
    const TrafficFeed& feed() const { return m_feed; }
    const ViewTransform& view() const { return m_view; }
    const QString& caption() const { return m_caption; } // the last hop in words, while it shows
    bool animating() const { return m_frames.isActive(); }

    QSize sizeHint() const override { return {900, 560}; }
    QSize minimumSizeHint() const override { return {0, 0}; }

  Q_SIGNALS:
    void scenePlaced(); // nodes and edges are others, or elsewhere
    void viewChanged();
    void arranged(); // all have the positions that were found anew, as the user asked
    void nodesMoved(const QStringList& names, const QList<QPointF>& centres); // dragged, and let go
    void groupFolded(const QString& name, bool folded);
    void reducedMotionChanged(bool reduced);
    void exportFailed(const QString& why);
    void chartRequested(NodeRef node); // from its menu

  protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void changeEvent(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

  private:
    enum class Drag : std::uint8_t { none, press, pan, node };

    void makeCommands();
    void retranslate();
    // The document, its graph and where things are.
    void begin();
    void grow();
    void revise();
    void keepPlaces();
    void rememberGiven();
    void setTopology(FlowGraph graph);
    void takeRoutes();     // what bindings let through
    void showEmptyState(); // what to do, or to wait for, while there is nothing to draw
    void layOut();
    void place(const Positions& automatic);
    std::vector<std::optional<QPointF>> givenPositions() const;
    std::vector<SceneGroup> givenGroups() const;
    // The run.
    void follow();
    void refreshFaces(bool all);
    void refreshEdges();
    void refreshHeat();
    void refreshLit();
    void findBottleneck();
    void frame();
    void keepMoving();
    bool moves() const;
    // The view.
    void setView(const ViewTransform& view);
    void takeOver() { m_fitted = false; }
    void showLayer();
    void markDirty(const QRectF& part);
    void renderChanged(const std::vector<QRectF>& parts);
    void reveal(std::size_t node);
    QRectF freeArea() const; // where no control lies over the scene
    // Selection.
    void followSelection();
    void select(std::optional<std::size_t> node);
    NodeRef refOf(std::size_t node) const;
    void selectGroup(std::optional<std::size_t> group);
    void walk(Direction direction);
    void walkToEnd(bool last);
    void narrateStep(const Record& record);
    void narrate(const QString& words);
    void dropCaption();
    void tellFocus(std::size_t node);
    std::optional<std::size_t> nodeAtView(QPointF point) const { return m_scene.nodeAt(m_view.toScene(point)); }
    QString wordsAt(QPointF point) const;
    void drag(QPointF to);
    void dropDragged();
    void showCursor(QPointF at);
    void click(QPointF at);
    void placeControls();
    void placeBanner();
    QRegion movingRegion() const;
    void drawLabelsAgain(QPainter& painter) const;
    void paintCount(QPainter& painter) const;
    void paintCaption(QPainter& painter) const;
    void paintNote(QPainter& painter, const QRectF& box, const QString& line, const QColor& ink) const;
    void dress();
    void dropPictures();

    Session& m_session;
    Selection& m_selection;
    const ThemeSource& m_themes;

    Scene m_scene;
    std::vector<NodeIds> m_ids;
    DotProcess m_dot;
    std::map<std::string, QPointF> m_dragged; // by name
    std::map<std::string, QPointF> m_found;   // where what has no position was put
    bool m_arranging = false;                 // and the user asked for it
    std::map<std::string, bool> m_folded;     // by name of the group
    std::map<std::string, Point> m_given;     // what the document said of both
    std::map<std::string, bool> m_givenFolds;
    bool m_ignoreGiven = false;
    QString m_document; // whose positions and view these are

    double m_typeScale = 1; // that the nodes were measured with
    int m_bottomReserved = 0;
    bool m_controlsShown = true;
    int m_leftReserved = 0;
    ViewTransform m_view;
    bool m_fitted = true; // the view follows the window's size until the user moves it
    StaticLayer m_layer;
    Frame m_frame; // with what moves
    QTimer m_settle; // paints anew after the view came to rest

    TrafficFeed m_feed;
    TrafficPainter m_painter;
    QTimer m_frames;
    QElapsedTimer m_frameClock, m_followClock, m_facesClock, m_edgesClock;
    double m_riverMs = 0;
    std::uint64_t m_leftOutSeen = 0;
    bool m_leftOutShown = false;
    QTimer m_leftOutFade;
    bool m_reduced = false;

    Drag m_drag = Drag::none;
    QPointF m_pressed;                    // view
    QPointF m_grip;                       // from the centre of the first of what is dragged, scene
    std::vector<std::size_t> m_dragNodes; // one, or the members of a group
    ViewTransform m_viewPressed;

    EmptyState* m_empty;
    ZoomBar* m_zoom;
    BottleneckBanner* m_banner;
    std::optional<std::size_t> m_bottleneckNode;
    Minimap* m_minimap;
    Finder* m_finder;
    HeatLegend* m_legend;
    QString m_caption;
    QTimer m_captionFade;
    HeatBy m_heatBy = HeatBy::none;
    std::unique_ptr<RecordReader> m_reader; // for highlighted paths
    LitWish m_litWish;
    std::uint64_t m_litPlayhead = 0;
    QList<QAction*> m_commands;
    QMenu* m_heatMenu = nullptr;
    QActionGroup* m_heatChoices = nullptr;
    QAction* m_heatNext = nullptr;
    QAction* m_conversation = nullptr;
    QAction* m_reduceMotion = nullptr;
    ExportActions* m_export = nullptr;
};

} // namespace weir
