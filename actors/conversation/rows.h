// Encoding and decoding of a conversation's rows. Bodies are sealed under the contact's key with
// the row's key as additional data. Used by the conversation actor, or by a query on its own
// thread.
#pragma once

#include "actors/conversation/model.h"
#include "storage/store.h"

namespace aura::conversation {

struct Place {
  Id workspace;
  Id channel;
  Id conversation;
};

// Keys for a conversation's rows: bodies are sealed under the contact's key. The row keys of
// provider ids contain a keyed hash under the workspace's key, because such ids contain phone
// numbers.
struct RowKeys {
  storage::DataKeyPtr contact, workspace;
  Id contact_id;  // whose key `contact` is
};
Result<RowKeys> row_keys(storage::Vault& vault, const Id& workspace, const Id& contact);

// Point reads of what is stored about one conversation. A row that cannot be read or opened is
// reported through `broken()`: the caller must not commit a decision based on it.
class StoredRows final : public Lookup {
 public:
  StoredRows(const storage::Reader& reader, storage::Vault& vault, Place place, RowKeys keys)
      : reader_(reader), vault_(vault), place_(place), keys_(std::move(keys)) {}
  std::optional<ExternalEntry> external(const std::string& external_id) const override;
  std::optional<StoredMessage> message(const Id& id) const override;
  std::optional<api::Template> template_of(const api::TemplateUse& use) const override;
  const std::optional<Error>& broken() const { return broken_; }
  const RowKeys& keys() const { return keys_; }

  // Called when the message row is durable. Messages being sent stay cached until their send ends.
  void wrote(const StoredMessage& message);

 private:
  static constexpr std::size_t kOnTheirWay = 4;  // beyond it the oldest is dropped

  std::optional<record::ParentedEvent> open_early(const record::WaitingEvent& waiting,
                                                  const std::string& aad) const;

  const storage::Reader& reader_;
  storage::Vault& vault_;
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

// Adds all changes of a decision to `commit`, including the new state's row with its fence.
// `before` is the state the decision was based on. The outbox row of decision.send is the commit's
// last append. If the channel has a provider, the row is written as claimed: the connection may
// call at once when notified, and unclaims the row first if it has to wait.
void encode(Decision& decision, const State& before, const Place& place, const Rules& rules,
            const RowKeys& keys, Millis now, storage::Commit& commit);

// Writes the row of a new contact; `joined`: the contact that becomes a part of it.
void encode_new_contact(const Decision& decision, const std::optional<record::ContactBody>& joined,
                        const Place& place, const storage::DataKey& key, Millis now,
                        storage::Commit& commit);

// The row of a provider id, for any conversation: one point read. Waiting events stay sealed.
Result<std::optional<record::External>> load_external(const storage::Reader& reader,
                                                      storage::Vault& vault, const Id& workspace,
                                                      const Id& channel,
                                                      const std::string& external_id);

// Whether the contact has opted out of such messages (of the template `use`, if given), according
// to the consent row: one point read, more for a template.
Result<bool> is_opted_out(const storage::Reader& reader, const Place& place,
                          const std::optional<api::TemplateUse>& use);

Result<record::ContactBody> load_contact(const storage::Reader& reader, const Id& workspace,
                                         const Id& contact, const storage::DataKey& key,
                                         record::Contact* row);
void encode_contact(const Id& workspace, const Id& contact, const record::ContactBody& body,
                    record::Contact row, const storage::DataKey& key, Millis now,
                    storage::Commit& commit);

}  // namespace aura::conversation
