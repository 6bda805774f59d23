// The data key of a conversation's contact, and the stored rows that it opens. The key of a new
// contact is made in the first commit that needs it and counts only when that commit is durable:
// what is sealed under a key that was never stored cannot be read. Owned by the conversation actor
// and used on it; throws, which restarts the actor, if the vault cannot be read.
#pragma once

#include <optional>

#include "actors/conversation/rows.h"

namespace aura::conversation {

class ContactKey {
 public:
  ContactKey(const storage::Reader& reader, storage::Vault& vault)
      : reader_(reader), vault_(vault) {}

  // False: the contact was erased. Its key is destroyed, its rows are unreadable.
  bool load(const Place& place, const Id& contact);
  // Makes the key in `commit` if there is none.
  void ensure(const Place& place, const Id& contact, storage::Commit& commit);
  void note_stored() { is_stored_ = true; }
  bool is_stored() const { return is_stored_; }
  void forget_unstored();
  void forget();

  // ---- if there is a key
  explicit operator bool() const { return key_ != nullptr; }
  const storage::DataKey& operator*() const { return *key_; }
  const StoredRows& rows() const { return *rows_; }
  StoredRows& rows() { return *rows_; }
  const storage::DataKey& of_workspace() const { return *rows_->keys().workspace; }

  // A failed read must not be treated as "not found": no decision may be based on it.
  void check_rows() const;

 private:
  void take(storage::DataKeyPtr key, const Place& place, const Id& contact);

  const storage::Reader& reader_;
  storage::Vault& vault_;
  storage::DataKeyPtr key_;
  std::optional<StoredRows> rows_;  // if there is a key
  bool is_stored_ = false;          // false: the commit in flight creates it; no other may use it
};

}  // namespace aura::conversation
