#include "core/services/template.h"

#include "core/services/template_nodes.h"

#include <algorithm>
#include <array>

namespace weir {

namespace {

using Node = Template::Node;

// The tables that are being made around a node, the innermost first.
struct Scope {
    const Value::Table* table = nullptr;
    const Scope* outer = nullptr;
};

void appendUuid(std::string& out, Draw& draw) {
    std::uint64_t upper = draw.bits();
    std::uint64_t lower = draw.bits();
    upper = (upper & ~0xF000ULL) | 0x4000ULL;                         // RFC 9562: version 4
    lower = (lower & ~0xC000000000000000ULL) | 0x8000000000000000ULL; // and its variant
    constexpr std::string_view hex = "0123456789abcdef";
    for (int nibble = 0; nibble < 32; ++nibble) {
        if (nibble == 8 || nibble == 12 || nibble == 16 || nibble == 20)
            out += '-';
        const std::uint64_t half = nibble < 16 ? upper : lower;
        out += hex[half >> (60 - 4 * (nibble % 16)) & 0xF];
    }
}

class Generation {
  public:
    explicit Generation(TemplateContext& context) : m_context(context) {}

    Value make(const Node& node, const Scope* scope) {
        return std::visit([&](const auto& what) { return make(what, scope); }, node.what);
    }

    void append(std::string& out, const Node& node) {
        if (const auto* mixed = std::get_if<Node::Mixed>(&node.what))
            append(out, *mixed);
        else if (const auto* single = std::get_if<Node::Single>(&node.what))
            append(out, single->placeholder);
        else
            appendPlainText(out, make(node, nullptr));
    }

  private:
    Value make(const Node::Constant& constant, const Scope*) { return constant.value; }

    Value make(const Node::Single& single, const Scope*) {
        if (const auto* path = std::get_if<EventPath>(&single.placeholder))
            return m_context.event ? path->value(*m_context.event) : Value();
        if (const auto* own = std::get_if<OwnData>(&single.placeholder)) {
            const Value* found = ownData(*own);
            return found ? *found : Value();
        }
        const Counter counter = *std::get_if<Counter>(&single.placeholder);
        if (counter == Counter::count)
            return static_cast<std::int64_t>(m_context.count);
        if (counter == Counter::ordinal)
            return static_cast<std::int64_t>(m_context.ordinal);
        std::string text;
        append(text, single.placeholder);
        return counter == Counter::reason && text.empty() ? Value() : Value(std::move(text));
    }

    Value make(const Node::Mixed& mixed, const Scope*) {
        std::string text;
        append(text, mixed);
        return text;
    }

    Value make(const Node::ListOf& list, const Scope* scope) {
        Value::List made;
        made.reserve(list.items.size());
        for (const Node& item : list.items)
            made.push_back(make(item, scope));
        return made;
    }

    Value make(const Node::TableOf& table, const Scope* outer) {
        Value::Table made;
        made.reserve(table.members.size());
        const Scope scope{&made, outer};
        for (std::size_t i = 0; i < table.members.size(); ++i) {
            Value value = make(table.members[i], &scope);
            made.emplace_back(table.names[i], std::move(value));
        }
        return made;
    }

    Value make(const Node::Pick& pick, const Scope* scope) {
        if (pick.upTo.empty())
            return make(pick.options[m_context.draw.below(pick.options.size())], scope);
        const double point = m_context.draw.uniform() * pick.upTo.back();
        const auto chosen = std::lower_bound(pick.upTo.begin(), pick.upTo.end(), point);
        return make(pick.options[static_cast<std::size_t>(chosen - pick.upTo.begin())], scope);
    }

    Value make(const Node::Number& number, const Scope*) {
        const auto width = static_cast<std::uint64_t>(number.high) - static_cast<std::uint64_t>(number.low) + 1;
        const std::uint64_t above = width == 0 ? m_context.draw.bits() : m_context.draw.below(width); // 0: all of them
        const auto digits = static_cast<std::int64_t>(static_cast<std::uint64_t>(number.low) + above);
        return Decimal(digits, number.scale);
    }

    Value make(const Node::Repeat& repeat, const Scope* scope) {
        const Value wanted = make(repeat.count.front(), scope);
        std::int64_t count = 0;
        if (const Decimal* number = wanted.number())
            count = std::clamp<std::int64_t>(number->whole().value_or(0), 0, Template::repeatMax);
        Value::List made;
        made.reserve(static_cast<std::size_t>(count));
        for (std::int64_t i = 0; i < count; ++i)
            made.push_back(make(repeat.of.front(), scope));
        return made;
    }

    Value make(const Node::Merge& merge, const Scope* scope) {
        Value::Table merged;
        const Scope inner{&merged, scope};
        for (const Node& part : merge.tables) {
            const Value made = make(part, &inner);
            if (!made.table())
                continue; // a reference that found nothing adds nothing
            for (const Value::Member& member : *made.table()) {
                const auto same = std::find_if(merged.begin(), merged.end(),
                                               [&](const Value::Member& other) { return other.first == member.first; });
                if (same == merged.end())
                    merged.push_back(member);
                else
                    same->second = member.second;
            }
        }
        return merged;
    }

    Value make(const Node::Sum& sum, const Scope* scope) {
        const Value* items = nullptr;
        if (const auto* eventPath = std::get_if<EventPath>(&sum.of)) {
            items = m_context.event ? eventPath->data(*m_context.event) : nullptr;
        } else {
            const DataPath& path = *std::get_if<DataPath>(&sum.of);
            for (const Scope* at = scope; at && !items; at = at->outer)
                items = path.in(*at->table);
        }
        Decimal total;
        if (!items || !items->list())
            return total;
        for (const Value& item : *items->list()) {
            Decimal product = 1;
            for (const std::string& name : sum.times) {
                const Value* factor = item.member(name);
                const Decimal* number = factor ? factor->number() : nullptr;
                product = product * (number ? *number : Decimal());
            }
            total = total + product;
        }
        return total;
    }

    void append(std::string& out, const Node::Mixed& mixed) {
        for (const auto& part : mixed.parts) {
            if (const auto* literal = std::get_if<std::string>(&part))
                out += *literal;
            else
                append(out, *std::get_if<Placeholder>(&part));
        }
    }

    void append(std::string& out, const Placeholder& placeholder) {
        if (const auto* path = std::get_if<EventPath>(&placeholder)) {
            if (m_context.event)
                path->appendText(out, *m_context.event);
        } else if (const auto* own = std::get_if<OwnData>(&placeholder)) {
            if (const Value* found = ownData(*own))
                appendPlainText(out, *found);
        } else {
            append(out, *std::get_if<Counter>(&placeholder));
        }
    }

    void append(std::string& out, Counter counter) {
        switch (counter) {
        case Counter::count:
            out += std::to_string(m_context.count);
            break;
        case Counter::ordinal:
            out += std::to_string(m_context.ordinal);
            break;
        case Counter::id:
            appendEventId(out, m_context.ordinal);
            break;
        case Counter::now:
            appendTimeText(out, m_context.now);
            break;
        case Counter::uuid:
            appendUuid(out, m_context.draw);
            break;
        case Counter::reason:
            out += m_context.reason;
            break;
        }
    }

    const Value* ownData(const OwnData& own) const { return m_context.data ? own.path.in(*m_context.data) : nullptr; }

    TemplateContext& m_context;
};

} // namespace

Value Template::generate(TemplateContext& context) const {
    return m_root ? Generation(context).make(*m_root, nullptr) : m_constant;
}

std::string Template::text(TemplateContext& context) const {
    std::string out;
    if (m_root)
        Generation(context).append(out, *m_root);
    else
        appendPlainText(out, m_constant);
    return out;
}

} // namespace weir
