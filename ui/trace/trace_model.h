// TraceModel: the rows of the trace that are in sight, as a table of texts: what the list paints, and what
// accessibility, header and clipboard read. A window of bounded height over TraceRows; it moves by inserting and
// removing rows at its ends, so that what stays is not made again.
#pragma once

#include "ui/trace/trace_cells.h"
#include "ui/trace/trace_rows.h"

#include <QAbstractTableModel>

#include <deque>

namespace weir {

class TraceModel final : public QAbstractTableModel {
    Q_OBJECT
  public:
    static constexpr int heightMax = 512;

    explicit TraceModel(const TraceRows& rows, QObject* parent = nullptr);

    // Shows up to `height` rows from `firstRow` on. Cheap where nothing changed.
    void show(std::uint64_t firstRow, int height);
    // Texts are made anew: another language, another run.
    void rebuild();
    std::uint64_t firstRow() const { return m_firstRow; }
    const TraceRow& row(int i) const { return m_window[static_cast<std::size_t>(i)]; }
    // Of any row, in sight or not.
    TraceRow made(std::uint64_t row) const;

    const TraceLook& look() const { return m_look; }
    // Columns that stay keep their places: what is no longer there goes, what is new comes last. No rows until the next
    // show().
    void setLook(const TraceLook& look);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  private:
    std::optional<SimTime> before(std::uint64_t row) const;
    QString tip(const TraceRow& shown, int column) const;
    void retime();

    const TraceRows& m_rows;
    TraceLook m_look;
    std::uint64_t m_firstRow = 0;
    std::deque<TraceRow> m_window;
};

} // namespace weir
