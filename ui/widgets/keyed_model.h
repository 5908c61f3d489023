// KeyedModel: a flat table whose rows are known by keys, so that what stays keeps its selection, its focus and its
// place in sight while rows come, go and change their order. Subclasses say what a key's cells hold.
#pragma once

#include <QAbstractTableModel>

#include <cstdint>
#include <vector>

namespace weir {

class KeyedModel : public QAbstractTableModel {
    Q_OBJECT
  public:
    using QAbstractTableModel::QAbstractTableModel;

    std::uint64_t keyAt(int row) const { return m_keys[static_cast<std::size_t>(row)]; }
    int rowOf(std::uint64_t key) const; // -1: there is none

    int rowCount(const QModelIndex& parent = {}) const override;

  protected:
    // Each once, in the order to be shown.
    void setKeys(const std::vector<std::uint64_t>& keys);
    const std::vector<std::uint64_t>& keys() const { return m_keys; }
    void forget();    // all of them
    void renewRows(); // every cell may hold something else

  private:
    static constexpr int runsMax = 200; // of rows to be removed one run after the other; beyond, all are made anew

    std::vector<std::uint64_t> m_keys;
};

} // namespace weir
