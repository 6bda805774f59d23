#include "actors/catalog/catalog_actor.h"

#include "actors/catalog/snapshot.h"
#include "actors/idempotency.h"
#include "actors/told_change.h"
#include "config/limits.h"
#include "storage/keys.h"
#include "storage/schema/records.pb.h"

namespace aura {

namespace keys = storage::keys;
using storage::Family;

namespace {

constexpr std::chrono::milliseconds kReadAgain{500};  // after the read pool was full

struct TickLoad {};

}  // namespace
}  // namespace aura

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(aura::TickLoad)

namespace aura {

CatalogActor::CatalogActor(caf::actor_config& config, Services& services, ActorCardPtr card,
                           Id workspace, caf::actor parent, AgentIndexPtr index)
    : CoreActor(config, services, std::move(card)),
      workspace_(workspace),
      parent_(std::move(parent)),
      index_(std::move(index)) {}

caf::behavior CatalogActor::make_behavior() {
  load();
  return {
      [this](CatalogCommand& command) {
        const auto scope = busy();
        waiting_.push_back(std::move(command));
        run_next();
      },
      [this](CatalogLoaded& loaded) { on_loaded(loaded); },
      [this](TickLoad) { load(); },
      [this](PublishCatalog) {
        if (loaded_) publish();
      },
      [this](Committed& committed) {
        const auto scope = busy();
        on_committed(committed);
      },
      [this](StopActor) { quit(); },
  };
}

void CatalogActor::load() {
  const bool posted =
      services_.read_pool.post([to = self(), &reader = services_.reader, workspace = workspace_] {
        CatalogLoaded loaded;
        const std::string head = keys::head(workspace);
        auto items = reader.scan(Family::item, head, {}, limits::kCatalogItems);
        auto documents = reader.scan(Family::document, head, {}, limits::kKnowledgeDocuments);
        loaded.ok = items && documents;
        if (loaded.ok) {
          loaded.items = std::move(*items);
          loaded.documents = std::move(*documents);
        }
        caf::anon_send(to, std::move(loaded));
      });
  if (!posted) delayed_send(this, kReadAgain, TickLoad{});
}

void CatalogActor::on_loaded(CatalogLoaded& loaded) {
  if (!loaded.ok) return crash("the catalog's rows cannot be read");
  for (const auto& stored : loaded.items) {
    record::Item row;
    const auto id = keys::last_id(stored.key);
    if (id && row.ParseFromString(stored.value)) items_[*id] = row.item();
  }
  for (const auto& stored : loaded.documents) {
    record::Document row;
    const auto id = keys::last_id(stored.key);
    if (id && row.ParseFromString(stored.value)) documents_[*id] = row.document();
  }
  loaded_ = true;
  version_ = index_->outdate_catalog();
  publish();
  run_next();
}

void CatalogActor::run_next() {
  while (loaded_ && !committing_ && !waiting_.empty()) {
    CatalogCommand command = std::move(waiting_.front());
    waiting_.pop_front();
    std::visit([this](auto& it) { handle(it); }, command);
  }
}

void CatalogActor::publish() {
  auto items = std::make_shared<std::vector<agent::CatalogItem>>();
  auto documents = std::make_shared<std::vector<agent::Document>>();
  items->reserve(items_.size());
  documents->reserve(documents_.size());
  for (const auto& [id, item] : items_) items->push_back(catalog::to_agent(id, item));
  for (const auto& [id, document] : documents_)
    documents->push_back(catalog::to_agent(id, document));
  send(parent_, CatalogChanged{version_, std::move(items), std::move(documents)});
}

storage::Commit CatalogActor::audited(const std::string& action, const std::string& subject) const {
  storage::Commit commit;
  commit.workspace = workspace_;
  commit.audit = storage::AuditEntry{now(), "api", action, subject};
  return commit;
}

template <class T>
void CatalogActor::store(storage::Commit commit, OnceReply<T> reply, T answer,
                         std::function<void()> apply) {
  committing_ = true;
  CoreActor::commit(
      std::move(commit), [this, reply = std::move(reply), answer = std::move(answer),
                          apply = std::move(apply)](const storage::CommitResult& result) {
        committing_ = false;
        if (result.code == Errc::ok) {
          apply();
          version_ = index_->outdate_catalog();  // who is answered sees the change
          publish();
          reply.ok(answer);
        } else {
          reply.error(result.code, "The change could not be stored; please try again.");
        }
        run_next();
      });
}

void CatalogActor::handle(CreateItem& command) {
  auto key = services_.vault.workspace_key(workspace_);
  if (!key) return command.reply(tl::unexpected(key.error()));
  if (auto earlier =
          idempotency::find<api::Item>(services_.reader, workspace_, command.once, **key, now()))
    return command.reply(std::move(*earlier));
  if (items_.size() >= static_cast<std::size_t>(limits::kCatalogItems))
    return command.reply.error(Errc::invalid, "The catalog is full; delete items first.");
  const Id id = new_id(now());
  api::Item item;
  item.set_id(format_id(IdType::item, id));
  item.set_available(true);
  item.set_revision(1);
  item.set_created_at(now());
  item.set_updated_at(now());
  catalog::merge(command.input, item);
  storage::Commit commit = audited("item.create", item.id());
  tell_change(record::Feed::KIND_ITEM_UPDATED, workspace_, id, now(), commit);
  record::Item row;
  *row.mutable_item() = item;
  commit.put(Family::item, keys::item(workspace_, id), row.SerializeAsString());
  idempotency::remember(workspace_, command.once, item, **key, {}, now(), commit);
  store<api::Item>(std::move(commit), command.reply, item, [this, id, item] { items_[id] = item; });
}

void CatalogActor::handle(UpdateItem& command) {
  const auto known = items_.find(command.item);
  if (known == items_.end()) return command.reply.error(Errc::not_found, "There is no such item.");
  api::Item item = known->second;
  catalog::merge(command.input, item);
  if (item.SerializeAsString() == known->second.SerializeAsString())  // nothing to tell
    return command.reply.ok(item);
  item.set_revision(item.revision() + 1);
  item.set_updated_at(now());
  storage::Commit commit = audited("item.update", item.id());
  tell_change(record::Feed::KIND_ITEM_UPDATED, workspace_, command.item, now(), commit);
  record::Item row;
  *row.mutable_item() = item;
  commit.put(Family::item, keys::item(workspace_, command.item), row.SerializeAsString());
  store<api::Item>(std::move(commit), command.reply, item,
                   [this, id = command.item, item] { items_[id] = item; });
}

void CatalogActor::handle(DeleteItem& command) {
  if (!items_.contains(command.item))
    return command.reply.error(Errc::not_found, "There is no such item.");
  storage::Commit commit = audited("item.delete", format_id(IdType::item, command.item));
  commit.erase(Family::item, keys::item(workspace_, command.item));
  tell_change(record::Feed::KIND_ITEM_DELETED, workspace_, command.item, now(), commit);
  store<std::monostate>(std::move(commit), command.reply, {},
                        [this, id = command.item] { items_.erase(id); });
}

void CatalogActor::handle(CreateDocument& command) {
  auto key = services_.vault.workspace_key(workspace_);
  if (!key) return command.reply(tl::unexpected(key.error()));
  if (auto earlier = idempotency::find<api::Document>(services_.reader, workspace_, command.once,
                                                      **key, now()))
    return command.reply(std::move(*earlier));
  if (documents_.size() >= static_cast<std::size_t>(limits::kKnowledgeDocuments))
    return command.reply.error(Errc::invalid, "The knowledge is full; delete documents first.");
  const Id id = new_id(now());
  api::Document document;
  document.set_id(format_id(IdType::document, id));
  document.set_title(command.input.title());
  document.set_text(command.input.text());
  document.set_revision(1);
  document.set_created_at(now());
  document.set_updated_at(now());
  storage::Commit commit = audited("document.create", document.id());
  tell_change(record::Feed::KIND_DOCUMENT_UPDATED, workspace_, id, now(), commit);
  record::Document row;
  *row.mutable_document() = document;
  commit.put(Family::document, keys::document(workspace_, id), row.SerializeAsString());
  idempotency::remember(workspace_, command.once, document, **key, {}, now(), commit);
  store<api::Document>(std::move(commit), command.reply, document,
                       [this, id, document] { documents_[id] = document; });
}

void CatalogActor::handle(UpdateDocument& command) {
  const auto known = documents_.find(command.document);
  if (known == documents_.end())
    return command.reply.error(Errc::not_found, "There is no such document.");
  api::Document document = known->second;
  if (command.input.has_title()) document.set_title(command.input.title());
  if (command.input.has_text()) document.set_text(command.input.text());
  if (document.title() == known->second.title() && document.text() == known->second.text())
    return command.reply.ok(document);
  document.set_revision(document.revision() + 1);
  document.set_updated_at(now());
  storage::Commit commit = audited("document.update", document.id());
  tell_change(record::Feed::KIND_DOCUMENT_UPDATED, workspace_, command.document, now(), commit);
  record::Document row;
  *row.mutable_document() = document;
  commit.put(Family::document, keys::document(workspace_, command.document),
             row.SerializeAsString());
  store<api::Document>(std::move(commit), command.reply, document,
                       [this, id = command.document, document] { documents_[id] = document; });
}

void CatalogActor::handle(DeleteDocument& command) {
  if (!documents_.contains(command.document))
    return command.reply.error(Errc::not_found, "There is no such document.");
  storage::Commit commit =
      audited("document.delete", format_id(IdType::document, command.document));
  commit.erase(Family::document, keys::document(workspace_, command.document));
  tell_change(record::Feed::KIND_DOCUMENT_DELETED, workspace_, command.document, now(), commit);
  store<std::monostate>(std::move(commit), command.reply, {},
                        [this, id = command.document] { documents_.erase(id); });
}

}  // namespace aura
