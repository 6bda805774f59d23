// A conversation's rows: what a decision becomes on disk, and back. Bodies are sealed under the
// contact's key with their row's place as additional data. Owned by the conversation's actor (or a
// query) for as long as it works on one conversation; used on its thread.
#pragma once

#include "actors/conversation/model.h"
#include "storage/store.h"

namespace aura::conversation {

struct Place {
  Id workspace;
  Id channel;
  Id conversation;
};

// What a conversation's rows are written with: bodies are sealed under the contact's key, and where
// the row of a provider's id stands is a keyed hash under the workspace's, for such ids hold
// people's numbers.
struct RowKeys {
  storage::DataKeyPtr contact, workspace;
};
Result<RowKeys> row_keys(storage::Vault& vault, const Id& workspace, const Id& contact);

// Point reads of what is stored about one conversation. A row that cannot be read or opened is
// reported through `broken()`: the caller must not commit on what it did not see.
class StoredRows final : public Lookup {
 public:
  StoredRows(const storage::Reader& reader, Place place, RowKeys keys)
      : reader_(reader), place_(place), keys_(std::move(keys)) {}
  std::optional<ExternalEntry> external(const std::string& external_id) const override;
  std::optional<StoredMessage> message(const Id& id) const override;
  std::optional<api::Template> template_of(const api::TemplateUse& use) const override;
  const std::optional<Error>& broken() const { return broken_; }
  const RowKeys& keys() const { return keys_; }

  // The message's row is durable. One that is on its way out is kept at hand until its send ends.
  void wrote(const StoredMessage& message);

 private:
  static constexpr std::size_t kOnTheirWay = 4;  // the oldest give way and are read back

  const storage::Reader& reader_;
  Place place_;
  RowKeys keys_;
  std::vector<StoredMessage> on_their_way_;
  mutable std::optional<Error> broken_;
};

Result<StoredMessage> decode_message(std::string_view key, std::string_view value,
                                     const storage::DataKey& data_key);

// The stored state, its body still sealed; exists == false if there is none.
Result<State> load_state(const storage::Reader& reader, const Place& place);
// Opens the body of a state that exists. Errc::corrupt if the key is not its own.
Result<void> open_state(const Place& place, const storage::DataKey& key, State& state);

// Adds everything a decision changes to `commit`, the new state's row under its fence included.
// `before` is the state the decision was made on. The outbox row of decision.send is the commit's
// last append; it is claimed from birth if the channel has a provider: the connection that is told
// of it may call at once, and one that must wait puts the claim back first.
void encode(Decision& decision, const State& before, const Place& place, const Rules& rules,
            const RowKeys& keys, Millis now, storage::Commit& commit);

// The row of a contact that is first seen here.
void encode_new_contact(const Decision& decision, const Place& place, const storage::DataKey& key,
                        Millis now, storage::Commit& commit);

// What is known of a provider's id, whosever it is: one point read. What waits in it stays sealed.
Result<std::optional<record::External>> load_external(const storage::Reader& reader,
                                                      storage::Vault& vault, const Id& workspace,
                                                      const Id& channel,
                                                      const std::string& external_id);

// Whether the contact has stopped such messages (a template's, if `use` is one), by the ledger's
// own row: one point read, and those of a template.
Result<bool> is_opted_out(const storage::Reader& reader, const Place& place,
                          const std::optional<api::TemplateUse>& use);

Result<record::ContactBody> load_contact(const storage::Reader& reader, const Id& workspace,
                                         const Id& contact, const storage::DataKey& key,
                                         record::Contact* row);
void encode_contact(const Id& workspace, const Id& contact, const record::ContactBody& body,
                    record::Contact row, const storage::DataKey& key, Millis now,
                    storage::Commit& commit);

}  // namespace aura::conversation
