// TraceModel: the rows of the trace that are in sight, as a table of texts: what the list paints, and what
// accessibility, header and clipboard read. A window of bounded height over TraceRows; it moves by inserting and
// removing rows at its ends, so that what stays is not made again.
#pragma once

#include "ui/trace/record_text.h"
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

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  private:
    TraceRow made(std::uint64_t index) const;

    const TraceRows& m_rows;
    std::uint64_t m_firstRow = 0;
    std::deque<TraceRow> m_window;
};

} // namespace weir
