#include "actors/conversation/contact_key.h"

#include <stdexcept>
#include <utility>

#include "actors/or_throw.h"

namespace aura::conversation {

bool ContactKey::load(const Place& place, const Id& contact) {
  auto key = vault_.contact_key(place.workspace, contact);
  if (!key) {
    const bool erased = vault_.is_erased(place.workspace, contact).value_or(false);
    if (!erased) throw std::runtime_error("contact key: " + key.error().detail);
    return false;
  }
  take(std::move(*key), place, contact);
  is_stored_ = true;
  return true;
}

void ContactKey::ensure(const Place& place, const Id& contact, storage::Commit& commit) {
  if (key_) return;
  take(or_throw(vault_.create_contact_key(place.workspace, contact, commit), "contact key"), place,
       contact);
  is_stored_ = commit.keyring.empty();
}

void ContactKey::take(storage::DataKeyPtr key, const Place& place, const Id& contact) {
  auto above = or_throw(vault_.workspace_key(place.workspace), "workspace key");
  key_ = std::move(key);
  rows_.emplace(reader_, vault_, place, RowKeys{key_, std::move(above), contact});
}

void ContactKey::forget_unstored() {
  if (!is_stored_) forget();
}

void ContactKey::forget() {
  key_.reset();
  rows_.reset();
}

void ContactKey::check_rows() const {
  if (rows_ && rows_->broken()) throw std::runtime_error(rows_->broken()->detail);
}

}  // namespace aura::conversation
