#include "actors/catalog/catalog_actor.h"

#include <array>

#include "actors/access/idempotency.h"
#include "actors/catalog/snapshot.h"
#include "actors/refusal.h"
#include "actors/told_change.h"
#include "actors/tree/facts.h"
#include "config/limits.h"
#include "storage/keys.h"
#include "storage/read.h"
#include "storage/schema/records.pb.h"

namespace aura {

namespace keys = storage::keys;
using storage::Family;

namespace {

constexpr std::chrono::milliseconds kCountAgain{500};  // after the read pool was full
constexpr const char* kNoItem = "There is no such item.";
constexpr const char* kNoDocument = "There is no such document.";

struct CountAgain {};

}  // namespace
}  // namespace aura

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(aura::CountAgain)

namespace aura {

CatalogActor::CatalogActor(caf::actor_config& config, Services& services, ActorCardPtr card,
                           Id workspace, AgentIndexPtr index)
    : CoreActor(config, services, std::move(card)),
      workspace_(workspace),
      index_(std::move(index)) {}

caf::behavior CatalogActor::make_behavior() {
  count();
  return {
      [this](CatalogCommand& command) {
        const auto scope = busy();
        waiting_.push_back(std::move(command));
        run_next();
      },
      [this](const CatalogCounted& counted) { on_counted(counted); },
      [this](CountAgain) { count(); },
      [this](Committed& committed) {
        const auto scope = busy();
        on_committed(committed);
      },
      [this](StopActor) { quit(); },
  };
}

void CatalogActor::count() {
  const bool posted =
      services_.read_pool.post([to = self(), &reader = services_.reader, workspace = workspace_] {
        CatalogCounted counted;
        const auto rows_of = [&](Family family, std::size_t& rows) {
          return reader
              .for_each(family, keys::head(workspace),
                        [&](std::string_view, std::string_view) {
                          ++rows;
                          return true;
                        })
              .has_value();
        };
        counted.ok =
            rows_of(Family::item, counted.items) && rows_of(Family::document, counted.documents);
        caf::anon_send(to, counted);
      });
  if (!posted) delayed_send(this, kCountAgain, CountAgain{});
}

void CatalogActor::on_counted(const CatalogCounted& counted) {
  if (!counted.ok) return crash("the catalog's rows cannot be read");
  items_ = counted.items;
  documents_ = counted.documents;
  counted_ = true;
  index_->outdate();  // a predecessor may have failed between a commit and its outdate()
  run_next();
}

namespace {

const char* command_name(const CatalogCommand& command) {
  constexpr std::array kNames = {"create_item",     "update_item",     "delete_item",
                                 "create_document", "update_document", "delete_document"};
  static_assert(kNames.size() == std::variant_size_v<CatalogCommand>);
  return kNames[command.index()];
}

}  // namespace

void CatalogActor::run_next() {
  while (counted_ && !committing_ && !waiting_.empty()) {
    CatalogCommand command = std::move(waiting_.front());
    waiting_.pop_front();
    begin_step(command_name(command));
    std::visit([this](auto& it) { handle(it); }, command);
    if (!committing_) end_step("answered");
  }
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
  CoreActor::commit(std::move(commit),
                    [this, reply = std::move(reply), answer = std::move(answer),
                     apply = std::move(apply)](const storage::CommitResult& result) {
                      committing_ = false;
                      end_step(result.code == Errc::ok ? "committed" : to_string(result.code));
                      if (result.code == Errc::ok) {
                        apply();
                        index_->outdate();  // callers see the change at once
                        reply.ok(answer);
                      } else {
                        refuse(reply, result.code);
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
  if (items_ >= std::size_t{limits::kCatalogItems})
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
  store<api::Item>(std::move(commit), command.reply, item, [this] { ++items_; });
}

void CatalogActor::handle(UpdateItem& command) {
  const std::string key = keys::item(workspace_, command.item);
  auto row = storage::read_existing<record::Item>(services_.reader, Family::item, key, kNoItem);
  if (!row) return command.reply(tl::unexpected(row.error()));
  api::Item& item = *row->mutable_item();
  const std::string before = item.SerializeAsString();
  catalog::merge(command.input, item);
  if (item.SerializeAsString() == before)  // unchanged: no commit, no event
    return command.reply.ok(item);
  item.set_revision(item.revision() + 1);
  item.set_updated_at(now());
  storage::Commit commit = audited("item.update", item.id());
  tell_change(record::Feed::KIND_ITEM_UPDATED, workspace_, command.item, now(), commit);
  commit.put(Family::item, key, row->SerializeAsString());
  store<api::Item>(std::move(commit), command.reply, item, [] {});
}

void CatalogActor::handle(DeleteItem& command) {
  const std::string key = keys::item(workspace_, command.item);
  const auto row =
      storage::read_existing<record::Item>(services_.reader, Family::item, key, kNoItem);
  if (!row) return command.reply(tl::unexpected(row.error()));
  storage::Commit commit = audited("item.delete", format_id(IdType::item, command.item));
  tell_change(record::Feed::KIND_ITEM_DELETED, workspace_, command.item, now(), commit);
  commit.erase(Family::item, key);
  store<std::monostate>(std::move(commit), command.reply, {}, [this] { --items_; });
}

void CatalogActor::handle(CreateDocument& command) {
  auto key = services_.vault.workspace_key(workspace_);
  if (!key) return command.reply(tl::unexpected(key.error()));
  if (auto earlier = idempotency::find<api::Document>(services_.reader, workspace_, command.once,
                                                      **key, now()))
    return command.reply(std::move(*earlier));
  if (documents_ >= std::size_t{limits::kKnowledgeDocuments})
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
  store<api::Document>(std::move(commit), command.reply, document, [this] { ++documents_; });
}

void CatalogActor::handle(UpdateDocument& command) {
  const std::string key = keys::document(workspace_, command.document);
  auto row = storage::read_existing<record::Document>(services_.reader, Family::document, key,
                                                      kNoDocument);
  if (!row) return command.reply(tl::unexpected(row.error()));
  api::Document& document = *row->mutable_document();
  const std::string before = document.SerializeAsString();
  if (command.input.has_title()) document.set_title(command.input.title());
  if (command.input.has_text()) document.set_text(command.input.text());
  if (document.SerializeAsString() == before) return command.reply.ok(document);
  document.set_revision(document.revision() + 1);
  document.set_updated_at(now());
  storage::Commit commit = audited("document.update", document.id());
  tell_change(record::Feed::KIND_DOCUMENT_UPDATED, workspace_, command.document, now(), commit);
  commit.put(Family::document, key, row->SerializeAsString());
  store<api::Document>(std::move(commit), command.reply, document, [] {});
}

void CatalogActor::handle(DeleteDocument& command) {
  const std::string key = keys::document(workspace_, command.document);
  const auto row = storage::read_existing<record::Document>(services_.reader, Family::document, key,
                                                            kNoDocument);
  if (!row) return command.reply(tl::unexpected(row.error()));
  storage::Commit commit =
      audited("document.delete", format_id(IdType::document, command.document));
  tell_change(record::Feed::KIND_DOCUMENT_DELETED, workspace_, command.document, now(), commit);
  commit.erase(Family::document, key);
  store<std::monostate>(std::move(commit), command.reply, {}, [this] { --documents_; });
}

void CatalogActor::describe(Facts& facts, api::ActorDetail&) const {
  facts.add("items", items_);
  facts.add("documents", documents_);
  facts.add("commands_waiting", waiting_.size());
  facts.add("counted", counted_);
}

}  // namespace aura
