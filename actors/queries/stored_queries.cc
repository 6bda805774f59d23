#include "actors/queries/stored_queries.h"

#include "actors/answered_read.h"
#include "actors/channel_rows.h"
#include "actors/contact_merges.h"
#include "actors/conversation/rows.h"
#include "actors/queries/audit_queries.h"
#include "actors/queries/cursor.h"
#include "actors/views.h"
#include "storage/keys.h"
#include "storage/read.h"
#include "storage/schema/records.pb.h"

namespace aura {

namespace keys = storage::keys;
using storage::Family;
using Direction = storage::Reader::Direction;

namespace {

// One page of rows, each converted to a T, or left out if `make` returns nullopt. One additional
// row tells whether there is a next page.
template <class T, class Make>
Result<List<T>> list_rows(const storage::Reader& reader, Family family, const std::string& prefix,
                          const Page& page, Make make) {
  const auto start = cursor::begin_of(family, prefix, page.after);
  if (!start) return tl::unexpected(start.error());
  auto rows = reader.scan(family, prefix, *start, page.limit + 1);
  if (!rows) return tl::unexpected(rows.error());
  List<T> list;
  for (std::size_t i = 0; i < rows->size() && i < page.limit; ++i) {
    Result<std::optional<T>> made = make((*rows)[i]);
    if (!made) return tl::unexpected(made.error());
    if (*made) list.data.push_back(std::move(**made));
  }
  if (rows->size() > page.limit)
    list.next = cursor::next(family, prefix, (*rows)[page.limit - 1].key);
  return list;
}

// The resource that a row contains.
template <class Row, class T>
auto resource_in(const T& (Row::*resource)() const) {
  return [resource](const storage::Row& stored) -> Result<std::optional<T>> {
    const auto row = storage::parse<Row>(stored.value);
    if (!row) return tl::unexpected(row.error());
    return ((*row).*resource)();
  };
}

}  // namespace

template <class T, class Work>
void StoredQueries::run(Reply<T> reply, Work work) {
  run_on(pool_, std::move(reply), std::move(work));
}

template <class T, class Work>
void StoredQueries::run_on(storage::ReadPool& pool, Reply<T> reply, Work work) {
  answered_read(pool, std::move(reply),
                [work = std::move(work)](const Reply<T>& answer) { answer(work()); });
}

conversation::Rules StoredQueries::rules_of(api::ChannelType type) const {
  conversation::Rules rules;
  rules.channel_type = type;
  const auto adapter = adapters_.find(type);
  conversation::add_channel(rules, adapter == adapters_.end() ? nullptr : adapter->second);
  return rules;
}

void StoredQueries::workspace(Id ws, Reply<api::Workspace> reply) {
  run(std::move(reply), [this, ws]() -> Result<api::Workspace> {
    auto row = storage::read_existing<record::Workspace>(
        reader_, Family::workspace, keys::workspace(ws), "There is no such workspace.");
    if (!row) return tl::unexpected(row.error());
    return row->workspace();
  });
}

Result<api::Channel> StoredQueries::read_channel(const Id& ws, const Id& channel) const {
  const auto row = channel_rows::load(reader_, ws, channel);
  if (!row) return tl::unexpected(row.error());
  return row->channel();
}

void StoredQueries::channels(Id ws, Page page, Reply<List<api::Channel>> reply) {
  run(std::move(reply), [this, ws, page] {
    return list_rows<api::Channel>(reader_, Family::channel, keys::head(ws), page,
                                   resource_in(&record::Channel::channel));
  });
}

void StoredQueries::channel(Id ws, Id channel, Reply<api::Channel> reply) {
  run(std::move(reply), [this, ws, channel] { return read_channel(ws, channel); });
}

void StoredQueries::templates(Id ws, Id channel, Page page, Reply<List<api::Template>> reply) {
  run(std::move(reply), [this, ws, channel, page]() -> Result<List<api::Template>> {
    if (auto there = read_channel(ws, channel); !there) return tl::unexpected(there.error());
    return list_rows<api::Template>(reader_, Family::message_template,
                                    keys::templates_of(ws, channel), page,
                                    resource_in(&record::Template::template_));
  });
}

void StoredQueries::contacts(Id ws, Page page, Reply<List<api::Contact>> reply) {
  run(std::move(reply), [this, ws, page] {
    return list_rows<api::Contact>(
        reader_, Family::contact, keys::head(ws), page,
        [&](const storage::Row& stored) -> Result<std::optional<api::Contact>> {
          const auto id = keys::last_id(stored.key);
          if (!id) return std::nullopt;
          const auto whole = contact_merges::whole_of(reader_, ws, *id);
          if (!whole) return tl::unexpected(whole.error());
          if (*whole) return std::nullopt;  // shown as part of another contact
          auto contact = read_contact(ws, *id);
          if (!contact && contact.error().code == Errc::not_found) return std::nullopt;  // erased
          return contact;
        });
  });
}

void StoredQueries::contact(Id ws, Id contact, Reply<api::Contact> reply) {
  run(std::move(reply), [this, ws, contact] { return read_contact(ws, contact); });
}

void StoredQueries::contact_owner(Id ws, Id contact, Reply<Id> reply) {
  run(std::move(reply), [this, ws, contact] { return contact_owner(ws, contact); });
}

void StoredQueries::conversations(Id ws, ConversationFilter filter, Page page,
                                  Reply<List<api::Conversation>> reply) {
  const bool filtered = !filter.text.empty() || filter.status || filter.channel || filter.contact;
  run_on(filtered ? searches_ : pool_, std::move(reply),
         [this, ws, filter = std::move(filter), page] {
           return list_conversations(ws, filter, page);
         });
}

void StoredQueries::conversation(Id ws, Id conversation, Reply<api::Conversation> reply) {
  run(std::move(reply), [this, ws, conversation] { return read_conversation(ws, conversation); });
}

void StoredQueries::messages(Id ws, Id conversation, Page page, Reply<List<api::Message>> reply) {
  run(std::move(reply), [this, ws, conversation, page]() -> Result<List<api::Message>> {
    const std::string prefix = keys::messages_of(ws, conversation);
    const auto start = cursor::begin_of(Family::message, prefix, page.after);
    if (!start) return tl::unexpected(start.error());
    auto read = read_messages(ws, conversation, *start, page.limit + 1, Direction::forward);
    if (!read) return tl::unexpected(read.error());
    List<api::Message> list;
    list.data = std::move(*read);
    if (list.data.size() > page.limit) {
      list.data.resize(page.limit);
      const auto last = parse_id(IdType::message, list.data.back().id());
      list.next = cursor::next(Family::message, prefix, keys::message(ws, conversation, *last));
    }
    return list;
  });
}

void StoredQueries::message(Id ws, Id conversation, Id message, Reply<api::Message> reply) {
  run(std::move(reply), [=, this] { return read_message(ws, conversation, message); });
}

void StoredQueries::newest_messages(Id ws, Id conversation, std::size_t limit,
                                    Reply<std::vector<api::Message>> reply) {
  run(std::move(reply), [this, ws, conversation, limit]() -> Result<std::vector<api::Message>> {
    auto read = read_messages(ws, conversation, {}, limit, Direction::backward);
    if (read) std::reverse(read->begin(), read->end());
    return read;
  });
}

void StoredQueries::items(Id ws, Page page, Reply<List<api::Item>> reply) {
  run(std::move(reply), [this, ws, page] {
    return list_rows<api::Item>(reader_, Family::item, keys::head(ws), page,
                                resource_in(&record::Item::item));
  });
}

void StoredQueries::item(Id ws, Id item, Reply<api::Item> reply) {
  run(std::move(reply), [this, ws, item]() -> Result<api::Item> {
    auto row = storage::read_existing<record::Item>(reader_, Family::item, keys::item(ws, item),
                                                    "There is no such item.");
    if (!row) return tl::unexpected(row.error());
    return row->item();
  });
}

void StoredQueries::documents(Id ws, Page page, Reply<List<api::Document>> reply) {
  run(std::move(reply), [this, ws, page] {
    return list_rows<api::Document>(reader_, Family::document, keys::head(ws), page,
                                    resource_in(&record::Document::document));
  });
}

void StoredQueries::document(Id ws, Id document, Reply<api::Document> reply) {
  run(std::move(reply), [this, ws, document]() -> Result<api::Document> {
    auto row = storage::read_existing<record::Document>(
        reader_, Family::document, keys::document(ws, document), "There is no such document.");
    if (!row) return tl::unexpected(row.error());
    return row->document();
  });
}

void StoredQueries::audit(Id ws, Page page, Reply<List<api::AuditEntry>> reply) {
  run(std::move(reply), [this, ws, page] { return read_audit(reader_, ws, page); });
}

}  // namespace aura
