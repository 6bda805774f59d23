// Conversations and their messages: opened with the contact's key, listed by newest activity first.
#include <algorithm>
#include <iterator>

#include "actors/conversation/continuation.h"
#include "actors/conversation/identities.h"
#include "actors/conversation/rows.h"
#include "actors/media/attach.h"
#include "actors/queries/cursor.h"
#include "actors/queries/stored_queries.h"
#include "actors/queries/text_search.h"
#include "actors/views.h"
#include "storage/keys.h"

namespace aura {

namespace keys = storage::keys;
using conversation::Place;
using conversation::StoredRows;
using storage::Family;
using Direction = storage::Reader::Direction;

namespace {

constexpr std::size_t kSearched = 500;  // newest messages of a conversation that a search reads

struct Opened {
  conversation::State state;
  conversation::RowKeys keys;
  Id channel;
};

Result<Opened> open(const storage::Reader& reader, storage::Vault& vault, const Id& ws,
                    const Id& id) {
  Opened opened;
  Place place{ws, {}, id};
  auto state = conversation::load_state(reader, place);
  if (!state) return tl::unexpected(state.error());
  const auto missing = fail(Errc::not_found, "There is no such conversation.");
  if (!state->exists) return missing;
  auto keys = conversation::row_keys(vault, ws, Id::from_view(state->row.contact()));
  if (!keys && keys.error().code != Errc::not_found) return tl::unexpected(keys.error());
  if (!keys) return missing;  // erased
  if (auto open = conversation::open_state(place, *keys->contact, *state); !open)
    return tl::unexpected(open.error());
  opened.channel = Id::from_view(state->row.channel());
  opened.state = std::move(*state);
  opened.keys = std::move(*keys);
  return opened;
}

bool matches(const api::Conversation& it, const ConversationFilter& filter) {
  if (filter.status && it.status() != *filter.status) return false;
  if (filter.channel && it.channel_id() != format_id(IdType::channel, *filter.channel))
    return false;
  if (filter.contact && it.contact().id() != format_id(IdType::contact, *filter.contact))
    return false;
  return true;
}

bool names(const api::Contact& contact, const TextSearch& wanted) {
  const auto& ids = contact.identities();
  return wanted.found_in(contact.name()) || wanted.found_in(contact.email()) ||
         wanted.found_in_number(contact.phone()) ||
         std::any_of(ids.begin(), ids.end(), [&](const api::Identity& id) {
           return wanted.found_in(id.external_id()) || wanted.found_in_number(id.external_id());
         });
}

}  // namespace

api::Message StoredQueries::with_links(const Id& ws, api::Message message) const {
  media::link(ws, links_, message);
  return message;
}

Result<api::Conversation> StoredQueries::read_conversation(const Id& ws, const Id& id,
                                                           Millis* inbox_at) const {
  auto opened = open(reader_, vault_, ws, id);
  if (!opened) return tl::unexpected(opened.error());
  const auto& row = opened->state.row;
  if (inbox_at != nullptr) *inbox_at = row.inbox_ms();
  const Id contact = Id::from_view(row.contact());
  auto person = read_person(ws, contact);
  if (!person) return tl::unexpected(person.error());
  std::optional<api::Message> last;
  if (!row.last_message().empty()) {
    const StoredRows rows(reader_, vault_, Place{ws, opened->channel, id}, opened->keys);
    const auto message = rows.message(Id::from_view(row.last_message()));
    if (rows.broken()) return tl::unexpected(*rows.broken());
    if (message) last = with_links(ws, views::message(*message, row, id, rows));
  }
  auto shown = views::conversation(id, opened->state, rules_of(row.channel_type()),
                                   std::move(*person), std::move(last));
  if (!conversation::has_aliases(row.channel_type())) return shown;
  const auto next = conversation::continued_in(reader_, ws, contact);
  if (!next) return tl::unexpected(next.error());
  if (*next) shown.set_continued_in(format_id(IdType::conversation, **next));
  return shown;
}

// The conversation and those that go on in it: together they are the thread that it shows.
Result<std::vector<Id>> StoredQueries::thread_of(const Id& ws, const Id& id) const {
  const auto state = conversation::load_state(reader_, {ws, {}, id});
  if (!state) return tl::unexpected(state.error());
  std::vector<Id> thread{id};
  if (!state->exists || !conversation::has_aliases(state->row.channel_type())) return thread;
  const auto before =
      conversation::continued_by(reader_, ws, id, Id::from_view(state->row.contact()));
  if (!before) return tl::unexpected(before.error());
  thread.insert(thread.end(), before->begin(), before->end());
  return thread;
}

Result<api::Message> StoredQueries::read_message(const Id& ws, const Id& conversation,
                                                 const Id& message) const {
  auto own = read_own_message(ws, conversation, message);
  if (own || own.error().code != Errc::not_found) return own;
  const auto thread = thread_of(ws, conversation);
  if (!thread) return tl::unexpected(thread.error());
  for (const Id& part : *thread) {
    auto found = read_own_message(ws, part, message);
    if (found || found.error().code != Errc::not_found) return found;
  }
  return own;
}

Result<api::Message> StoredQueries::read_own_message(const Id& ws, const Id& conversation,
                                                     const Id& message) const {
  auto opened = open(reader_, vault_, ws, conversation);
  if (!opened) return tl::unexpected(opened.error());
  const StoredRows rows(reader_, vault_, Place{ws, opened->channel, conversation}, opened->keys);
  const auto stored = rows.message(message);
  if (rows.broken()) return tl::unexpected(*rows.broken());
  if (!stored) return fail(Errc::not_found, "There is no such message.");
  return with_links(ws, views::message(*stored, opened->state.row, conversation, rows));
}

// `start`: a key of this conversation's messages, or empty.
Result<std::vector<api::Message>> StoredQueries::read_messages(const Id& ws, const Id& conversation,
                                                               std::string_view start,
                                                               std::size_t limit,
                                                               Direction direction) const {
  const auto thread = thread_of(ws, conversation);
  if (!thread) return tl::unexpected(thread.error());
  const std::string_view after =
      start.substr(std::min(start.size(), keys::messages_of(ws, conversation).size()));
  std::vector<api::Message> all;
  for (const Id& part : *thread) {
    const std::string from = keys::messages_of(ws, part) + std::string(after);
    auto read = read_own_messages(ws, part, start.empty() ? "" : from, limit, direction);
    if (!read && read.error().code == Errc::not_found && part != conversation) continue;  // erased
    if (!read) return read;
    std::ranges::move(*read, std::back_inserter(all));
  }
  if (thread->size() == 1) return all;
  std::ranges::sort(all, {}, &api::Message::id);
  if (direction == Direction::backward) std::ranges::reverse(all);
  if (all.size() > limit) all.resize(limit);
  return all;
}

Result<std::vector<api::Message>> StoredQueries::read_own_messages(const Id& ws,
                                                                   const Id& conversation,
                                                                   std::string_view start,
                                                                   std::size_t limit,
                                                                   Direction direction) const {
  auto opened = open(reader_, vault_, ws, conversation);
  if (!opened) return tl::unexpected(opened.error());
  auto scanned =
      reader_.scan(Family::message, keys::messages_of(ws, conversation), start, limit, direction);
  if (!scanned) return tl::unexpected(scanned.error());
  const StoredRows rows(reader_, vault_, Place{ws, opened->channel, conversation}, opened->keys);
  std::vector<api::Message> messages;
  messages.reserve(scanned->size());
  for (const auto& stored : *scanned) {
    auto message = conversation::decode_message(stored.key, stored.value, *opened->keys.contact);
    if (!message) return tl::unexpected(message.error());
    messages.push_back(
        with_links(ws, views::message(*message, opened->state.row, conversation, rows)));
  }
  return messages;
}

// Whether the contact's name, number or address, or one of the newest messages contains the text.
// `budget`: messages that may still be read for this page; at least kSearched.
Result<bool> StoredQueries::speaks_of(const Id& ws, const api::Conversation& it,
                                      const std::string& text, std::size_t& budget) const {
  const TextSearch wanted(text);
  if (names(it.contact(), wanted) || wanted.found_in(it.last_message().text())) return true;
  const auto id = parse_id(IdType::conversation, it.id());
  const auto messages = read_messages(ws, *id, {}, kSearched, Direction::backward);
  if (!messages) return tl::unexpected(messages.error());
  budget -= std::min(budget, messages->size());
  return std::any_of(messages->begin(), messages->end(), [&](const api::Message& message) {
    return !message.deleted() && wanted.found_in(message.text());
  });
}

// The conversation of an inbox row; nullopt if the list does not show it.
Result<std::optional<api::Conversation>> StoredQueries::read_listed(
    const Id& ws, const keys::InboxKey& key, const ConversationFilter& filter,
    std::size_t& budget) const {
  Millis inbox_at = 0;
  auto it = read_conversation(ws, key.conversation, &inbox_at);
  if (!it) return tl::unexpected(it.error());
  if (it->has_continued_in()) return std::nullopt;  // shown there
  if (inbox_at != key.last_activity || !it->has_last_message() || !matches(*it, filter))
    return std::nullopt;
  if (filter.text.empty()) return std::move(*it);
  const auto speaks = speaks_of(ws, *it, filter.text, budget);
  if (!speaks) return tl::unexpected(speaks.error());
  if (!*speaks) return std::nullopt;
  return std::move(*it);
}

// Newest activity first. The order of the inbox index is accurate to a few seconds; within a page
// the order is exact. A conversation that moves during paging reappears at the top and is never
// lost.
Result<List<api::Conversation>> StoredQueries::list_conversations(const Id& ws,
                                                                  const ConversationFilter& filter,
                                                                  const Page& page) const {
  constexpr std::size_t kRead = 256;
  constexpr std::size_t kLookAtMost = 20'000;  // rows that a filtered page may skip
  std::size_t budget = 20'000;                 // messages that a search may read per page
  const std::string head = keys::head(ws);
  const auto begin = cursor::begin_of(Family::inbox, head, page.after);
  if (!begin) return tl::unexpected(begin.error());
  std::string start = *begin;
  List<api::Conversation> list;
  bool more = true;
  for (std::size_t looked = 0; more && looked < kLookAtMost;) {
    auto rows = reader_.scan(Family::inbox, head, start, kRead);
    if (!rows) return tl::unexpected(rows.error());
    bool full = false;
    for (const auto& stored : *rows) {
      full = list.data.size() >= page.limit || budget < kSearched;
      if (full) break;
      ++looked;
      start = stored.key + '\0';
      const auto key = keys::parse_inbox(stored.key);
      if (!key) continue;
      auto listed = read_listed(ws, *key, filter, budget);
      if (!listed && listed.error().code == Errc::not_found) continue;  // left by an erased contact
      if (!listed) return tl::unexpected(listed.error());
      if (*listed) list.data.push_back(std::move(**listed));
    }
    if (full) break;
    more = rows->size() == kRead;
  }
  std::stable_sort(list.data.begin(), list.data.end(), [](const auto& a, const auto& b) {
    return a.last_message().created_at() > b.last_message().created_at();
  });
  if (more) list.next = cursor::next(Family::inbox, head, start.substr(0, start.size() - 1));
  return list;
}

}  // namespace aura
