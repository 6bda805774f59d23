#include "actors/engine/person_requests.h"

#include <algorithm>
#include <cctype>

#include "actors/answered_read.h"
#include "actors/conversation/model.h"
#include "runtime/hex.h"
#include "runtime/hmac.h"
#include "storage/keys.h"
#include "storage/read.h"
#include "storage/schema/records.pb.h"

namespace aura {

namespace keys = storage::keys;
using storage::Family;

namespace {

constexpr std::string_view kRows = "person_erasure/";  // then the code

std::string row_of(const std::string& code) { return std::string(kRows) + code; }

bool has_logins(api::ChannelType type) {
  return type == api::CHANNEL_TYPE_MESSENGER || type == api::CHANNEL_TYPE_INSTAGRAM;
}

}  // namespace

std::string erasure_code(const std::string& secret, const PersonRequest& request) {
  constexpr std::size_t kDigits = 16;
  const std::string named = request.user_id + "|" + std::to_string(request.issued_at / 1000);
  std::string hex = to_hex(hmac_sha256(secret, named)).substr(0, kDigits);
  std::transform(hex.begin(), hex.end(), hex.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return "DR" + hex;
}

struct StoredPersonRequests::Work {
  struct Place {
    Id workspace, id;
  };
  PersonRequest request;
  bool contacts_too = false;
  std::vector<Place> channels, contacts;
};

StoredPersonRequests::StoredPersonRequests(Services& services, Commands& commands)
    : services_(services),
      commands_(commands),
      secret_(services.vault.secret_for("person erasure codes")) {}

std::string StoredPersonRequests::code_of(const PersonRequest& request) const {
  return erasure_code(secret_, request);
}

// Finds the channels and contacts of the person. A channel stores a keyed hash of the person whose
// login connected it.
Result<void> StoredPersonRequests::find(Work& work) const {
  const PersonRequest& who = work.request;
  std::optional<Error> broken;
  const auto look_at = [&](std::string_view key, std::string_view value) {
    const auto tail = keys::split(key);
    record::Channel row;
    if (!tail || !row.ParseFromArray(value.data(), static_cast<int>(value.size()))) return true;
    if (!has_logins(row.channel().type())) return true;
    const Id channel = Id::from_view(tail->rest);
    const std::string& account = row.channel().account_id();
    const auto workspace_key = services_.vault.workspace_key(tail->workspace);
    if (!workspace_key) broken = workspace_key.error();
    if (broken) return false;
    const auto& marks = row.connected_by();
    if (account == who.user_id || account == who.profile_id ||
        std::find(marks.begin(), marks.end(), (*workspace_key)->mac(who.user_id)) != marks.end())
      work.channels.push_back({tail->workspace, channel});
    if (!work.contacts_too) return true;
    const Id contact = conversation::contact_id(channel, who.user_id);
    const auto stored =
        services_.reader.get(Family::contact, keys::contact(tail->workspace, contact));
    if (!stored) broken = stored.error();
    if (stored && *stored) work.contacts.push_back({tail->workspace, contact});
    return !broken;
  };
  auto read = services_.reader.for_each(Family::channel, {}, look_at);
  if (broken) return tl::unexpected(*broken);
  return read;
}

// Sequentially, since there are few and only Meta waits for the answer.
void StoredPersonRequests::go_on(const std::shared_ptr<Work>& work, Reply<std::monostate> reply) {
  const bool contacts = !work->contacts.empty();
  auto& places = contacts ? work->contacts : work->channels;
  if (places.empty()) return reply(std::monostate());
  const Work::Place place = places.back();
  places.pop_back();
  Reply<std::monostate> done = [this, work,
                                reply = std::move(reply)](const Result<std::monostate>& result) {
    if (!result && result.error().code != Errc::not_found)
      return reply(tl::unexpected(result.error()));
    go_on(work, reply);
  };
  if (contacts) return commands_.delete_contact(place.workspace, place.id, std::move(done));
  commands_.revoke_channel(place.workspace, place.id, work->request.issued_at, std::move(done));
}

void StoredPersonRequests::disconnect(PersonRequest request, Reply<std::monostate> reply) {
  const auto work = std::make_shared<Work>();
  work->request = std::move(request);
  answered_read(services_.read_pool, std::move(reply),
                [this, work](const Reply<std::monostate>& answer) {
                  if (auto found = find(*work); !found)
                    return answer(tl::unexpected(found.error()));
                  go_on(work, answer);
                });
}

void StoredPersonRequests::erase(PersonRequest request, Reply<std::string> reply) {
  const std::string code = code_of(request);
  const Millis received = services_.clock.now_ms();
  const auto before = state_of(code);
  if (!before) return reply(tl::unexpected(before.error()));
  if (*before) return reply(code);
  const auto work = std::make_shared<Work>();
  work->request = std::move(request);
  work->contacts_too = true;
  answered_read(services_.read_pool, std::move(reply),
                [this, work, code, received](const Reply<std::string>& answer) {
                  if (auto found = find(*work); !found)
                    return answer(tl::unexpected(found.error()));
                  go_on(work, [this, code, received, answer](const Result<std::monostate>& done) {
                    if (!done) return answer(tl::unexpected(done.error()));
                    remember(code, received, answer);
                  });
                });
}

void StoredPersonRequests::remember(const std::string& code, Millis received,
                                    Reply<std::string> reply) {
  record::PersonErasure row;
  row.set_received_ms(received);
  row.set_completed_ms(services_.clock.now_ms());
  storage::Commit commit;
  commit.put(Family::meta, row_of(code), row.SerializeAsString());
  services_.log.submit(
      std::move(commit), [code, reply = std::move(reply)](const storage::CommitResult& result) {
        if (result.code != Errc::ok)
          return reply(fail(result.code,
                            "The erasure could not be noted; it is done when it is asked "
                            "for again."));
        reply(code);
      });
}

Result<std::optional<ErasureState>> StoredPersonRequests::state_of(const std::string& code) const {
  const auto row =
      storage::read<record::PersonErasure>(services_.reader, Family::meta, row_of(code));
  if (!row) return tl::unexpected(row.error());
  if (!*row) return std::nullopt;
  return ErasureState{(*row)->received_ms(), (*row)->completed_ms()};
}

}  // namespace aura
