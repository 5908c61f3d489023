#include "ui/trace/trace_access.h"

#include "ui/trace/trace_list.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QPointer>

namespace weir {
namespace {

class RowAccess final : public QAccessibleInterface {
  public:
    RowAccess(TraceList* list, int row) : m_list(list), m_row(row) {}

    bool isValid() const override { return m_list && m_row < m_list->rowsInSight(); }
    QObject* object() const override { return nullptr; }
    QAccessible::Role role() const override { return QAccessible::ListItem; }
    QAccessibleInterface* parent() const override { return QAccessible::queryAccessibleInterface(m_list.data()); }
    QAccessibleInterface* child(int) const override { return nullptr; }
    QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    void setText(QAccessible::Text, const QString&) override {}
    int row() const { return m_row; }

    QString text(QAccessible::Text what) const override {
        return what == QAccessible::Name && isValid() ? rowWords(m_list->model().row(m_row), m_list->header())
                                                      : QString();
    }
    QRect rect() const override {
        if (!isValid())
            return {};
        const QRect area = m_list->rowArea(m_row);
        return {m_list->viewport()->mapToGlobal(area.topLeft()), area.size()};
    }
    QAccessible::State state() const override {
        QAccessible::State state;
        if (!isValid()) {
            state.invalid = true;
            return state;
        }
        state.selectable = state.focusable = state.multiSelectable = true;
        state.selected = m_list->isMarked(m_list->model().row(m_row).index);
        state.focused = m_list->hasFocus() && m_list->currentInSight() == m_row;
        return state;
    }

  private:
    QPointer<TraceList> m_list;
    int m_row;
};

class ListAccess final : public QAccessibleWidget {
  public:
    explicit ListAccess(TraceList* list) : QAccessibleWidget(list, QAccessible::List), m_list(list) {}
    ~ListAccess() override {
        for (const QAccessible::Id id : m_rows)
            QAccessible::deleteAccessibleInterface(id);
    }

    int childCount() const override { return m_list ? m_list->rowsInSight() : 0; }
    QAccessibleInterface* child(int row) const override {
        if (row < 0 || row >= childCount())
            return nullptr;
        while (m_rows.size() <= static_cast<std::size_t>(row))
            m_rows.push_back(
                QAccessible::registerAccessibleInterface(new RowAccess(m_list, static_cast<int>(m_rows.size()))));
        return QAccessible::accessibleInterface(m_rows[static_cast<std::size_t>(row)]);
    }
    int indexOfChild(const QAccessibleInterface* child) const override {
        const auto* const row = dynamic_cast<const RowAccess*>(child);
        return row ? row->row() : -1;
    }
    QAccessibleInterface* childAt(int x, int y) const override {
        for (int row = 0; row < childCount(); ++row)
            if (child(row)->rect().contains(x, y))
                return child(row);
        return nullptr;
    }
    QAccessibleInterface* focusChild() const override { return m_list ? child(m_list->currentInSight()) : nullptr; }

  private:
    QPointer<TraceList> m_list;
    mutable std::vector<QAccessible::Id> m_rows; // made when somebody asks for them
};

QAccessibleInterface* access(const QString&, QObject* object) {
    auto* const list = qobject_cast<TraceList*>(object);
    return list ? new ListAccess(list) : nullptr;
}

} // namespace

void installTraceAccess() {
    QAccessible::installFactory(access);
}

QString rowWords(const TraceRow& row, const TraceHeader& header) {
    QStringList words;
    for (const int column : header.shownColumns())
        if (const QString& text = row.text(column); !text.isEmpty())
            words << text;
    return words.join(QStringLiteral(", "));
}

} // namespace weir
