// A person may have written by two ids before it was known that both are theirs (from a new number
// before its change was told; by a user id alone). Their two conversations stay, each with its key,
// and are one thread to whoever reads them; what comes later goes to the one that learnt of it.
// Point reads and short scans, no state; any thread.
#pragma once

#include <optional>
#include <vector>

#include "actors/conversation/decision.h"
#include "actors/conversation/rows.h"
#include "storage/store.h"

namespace aura::conversation {

// The conversation in which the contact's own goes on, unless somebody has parted the two since.
Result<std::optional<Id>> continued_in(const storage::Reader& reader, const Id& workspace,
                                       const Id& contact);
struct Joinable {
  Joined joined;
  record::Conversation row;  // of the conversation that goes on
};
// The conversation can go on in that of the contact `into`, and its own contact become a part of
// that one. Nothing if somebody has merged either contact otherwise.
Result<std::optional<Joinable>> joinable(const storage::Reader& reader, const Id& workspace,
                                         const Id& conversation, const Id& into);
// What holds in the other conversation holds in this one from now on: its window, an opt-out, that
// a person has it in hand, what is unread.
void adopt(Decision& decision, const record::Conversation& other, const Rules& rules, Millis now);
// The rows of a conversation and, as far as messages are concerned, of those that go on in it: they
// are one thread to whoever answers in it.
class ThreadRows final : public Lookup {
 public:
  ThreadRows(const StoredRows& own, const storage::Reader& reader, storage::Vault& vault,
             const Place& place, const Id& contact)
      : own_(own), reader_(reader), vault_(vault), place_(place), contact_(contact) {}
  std::optional<ExternalEntry> external(const std::string& external_id) const override {
    return own_.external(external_id);
  }
  std::optional<StoredMessage> message(const Id& id) const override;
  std::optional<api::Template> template_of(const api::TemplateUse& use) const override {
    return own_.template_of(use);
  }

 private:
  const StoredRows& own_;
  const storage::Reader& reader_;
  storage::Vault& vault_;
  const Place& place_;
  const Id& contact_;
};

// The conversations that go on in this one of `contact`.
Result<std::vector<Id>> continued_by(const storage::Reader& reader, const Id& workspace,
                                     const Id& conversation, const Id& contact);

}  // namespace aura::conversation
