#include "core/value.h"

#include <array>

namespace weir {
namespace {

void appendQuoted(std::string& out, std::string_view text) {
    constexpr std::string_view hex = "0123456789abcdef";
    out += '"';
    std::size_t from = 0; // what needs no escape is copied in one piece
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto c = static_cast<unsigned char>(text[at]);
        if (c >= 0x20 && c != '"' && c != '\\')
            continue;
        out += text.substr(from, at - from);
        from = at + 1;
        out += '\\';
        switch (c) {
        case '"':
        case '\\':
            out += static_cast<char>(c);
            break;
        case '\b':
            out += 'b';
            break;
        case '\t':
            out += 't';
            break;
        case '\n':
            out += 'n';
            break;
        case '\f':
            out += 'f';
            break;
        case '\r':
            out += 'r';
            break;
        default:
            out += "u00";
            out += hex[c >> 4];
            out += hex[c & 15];
        }
    }
    out += text.substr(from);
    out += '"';
}

void appendScalar(std::string& out, const Value& value) {
    if (const bool* truth = value.truth())
        out += *truth ? "true" : "false";
    else if (const Decimal* number = value.number())
        number->appendText(out);
    else if (const std::string* text = value.text())
        appendQuoted(out, *text);
    else
        out += "null";
}

void appendPretty(std::string& out, const Value& value, std::size_t indent) {
    const auto lineTo = [&out](std::size_t width) {
        out += '\n';
        out.append(width, ' ');
    };
    if (const Value::List* list = value.list(); list && !list->empty()) {
        out += '[';
        for (const Value& element : *list) {
            if (&element != &list->front())
                out += ',';
            lineTo(indent + 2);
            appendPretty(out, element, indent + 2);
        }
        lineTo(indent);
        out += ']';
    } else if (const Value::Table* table = value.table(); table && !table->empty()) {
        out += '{';
        for (const Value::Member& member : *table) {
            if (&member != &table->front())
                out += ',';
            lineTo(indent + 2);
            appendQuoted(out, member.first);
            out += ": ";
            appendPretty(out, member.second, indent + 2);
        }
        lineTo(indent);
        out += '}';
    } else {
        value.appendCanonical(out);
    }
}

} // namespace

const Value::List* Value::list() const {
    const auto* list = std::get_if<std::shared_ptr<const List>>(&m_content);
    return list ? list->get() : nullptr;
}

const Value::Table* Value::table() const {
    const auto* table = std::get_if<std::shared_ptr<const Table>>(&m_content);
    return table ? table->get() : nullptr;
}

const Value* Value::member(std::string_view name) const {
    if (const Table* members = table())
        for (const Member& member : *members)
            if (member.first == name)
                return &member.second;
    return nullptr;
}

std::string Value::canonical() const {
    std::string out;
    appendCanonical(out);
    return out;
}

void Value::appendCanonical(std::string& out) const {
    if (const List* elements = list()) {
        out += '[';
        for (const Value& element : *elements) {
            if (&element != &elements->front())
                out += ',';
            element.appendCanonical(out);
        }
        out += ']';
    } else if (const Table* members = table()) {
        out += '{';
        for (const Member& member : *members) {
            if (&member != &members->front())
                out += ',';
            appendQuoted(out, member.first);
            out += ':';
            member.second.appendCanonical(out);
        }
        out += '}';
    } else {
        appendScalar(out, *this);
    }
}

std::string Value::pretty() const {
    std::string out;
    appendPretty(out, *this, 0);
    return out;
}

bool Value::operator==(const Value& other) const {
    if (m_content.index() != other.m_content.index())
        return false;
    if (const List* elements = list())
        return elements == other.list() || *elements == *other.list();
    const Table* left = table();
    const Table* right = other.table();
    if (!left || left == right)
        return left || m_content == other.m_content;
    if (left->size() != right->size())
        return false;
    for (std::size_t i = 0; i < left->size(); ++i) {
        const Member& member = (*left)[i];
        // Mostly the order is the same, so look there first.
        const Value* counterpart = (*right)[i].first == member.first ? &(*right)[i].second : other.member(member.first);
        if (!counterpart || !(member.second == *counterpart))
            return false;
    }
    return true;
}

} // namespace weir
