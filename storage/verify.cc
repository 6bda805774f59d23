#include "storage/verify.h"

#include "storage/audit_chain.h"
#include "storage/counter.h"
#include "storage/database_reader.h"
#include "storage/keys.h"
#include "storage/schema/records.pb.h"
#include "storage/store.h"

namespace aura::storage {
namespace {

constexpr std::size_t kReported = 20;
constexpr const char* kGood = nullptr;

std::string hex(std::string_view bytes) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  for (const char c : bytes) {
    text.push_back(kDigits[static_cast<unsigned char>(c) >> 4]);
    text.push_back(kDigits[static_cast<unsigned char>(c) & 15]);
  }
  return text;
}

template <class Record>
const char* record_problem(std::string_view value) {
  Record record;
  return record.ParseFromArray(value.data(), static_cast<int>(value.size()))
             ? kGood
             : "its record cannot be read";
}

class Check {
 public:
  Check(const Keyring& keyring, Verification& report) : keyring_(keyring), report_(report) {}

  void row(Family family, std::string_view key, std::string_view value) {
    ++report_.rows;
    const char* const wrong = family == Family::meta ? kGood : problem(family, key, value);
    if (wrong == kGood) return;
    ++report_.problems;
    if (report_.first_problems.size() < kReported)
      report_.first_problems.push_back(std::string(family_name(family)) + " " + hex(key) + ": " +
                                       wrong);
  }

 private:
  const char* problem(Family family, std::string_view key, std::string_view value) {
    const auto tail = keys::split(key);
    if (!tail || static_cast<std::uint8_t>(key[0]) != keys::partition_of(tail->workspace))
      return "its key cannot be read";
    switch (family) {
      case Family::conversation: {
        const auto parts = split_fenced(value);
        return parts ? record_problem<record::Conversation>(parts->second) : "it has no version";
      }
      case Family::media: {
        const auto parts = split_fenced(value);
        return parts ? record_problem<record::Media>(parts->second) : "it has no version";
      }
      case Family::contact:
        return contact_problem(tail->workspace, key, value);
      case Family::audit:
        return audit_problem(tail->workspace, value);
      case Family::usage:
        return decode_counter(value) ? kGood : "its counter cannot be read";
      case Family::inbox:
        return keys::parse_inbox(key) ? kGood : "its key cannot be read";
      case Family::media_due:
        return keys::parse_media_due(key) ? kGood : "its key cannot be read";
      default:
        return plain_problem(family, value);
    }
  }

  static const char* plain_problem(Family family, std::string_view value) {
    switch (family) {
      case Family::journal:
        return record_problem<record::Journal>(value);
      case Family::message:
        return record_problem<record::Message>(value);
      case Family::external:
        return record_problem<record::External>(value);
      case Family::outbox:
        return record_problem<record::Outbox>(value);
      case Family::consent:
        return record_problem<record::Consent>(value);
      case Family::timer:
        return record_problem<record::Timer>(value);
      case Family::workspace:
        return record_problem<record::Workspace>(value);
      case Family::channel:
        return record_problem<record::Channel>(value);
      case Family::item:
        return record_problem<record::Item>(value);
      case Family::document:
        return record_problem<record::Document>(value);
      case Family::api_key:
        return record_problem<record::ApiKey>(value);
      case Family::idempotency:
        return record_problem<record::Idempotency>(value);
      case Family::feed:
        return record_problem<record::Feed>(value);
      case Family::dead_letter:
        return record_problem<record::DeadLetter>(value);
      case Family::identity:
        return record_problem<record::IdentityLink>(value);
      case Family::merge:
        return record_problem<record::ContactMerge>(value);
      case Family::message_template:
        return record_problem<record::Template>(value);
      default:
        return kGood;
    }
  }

  const char* contact_problem(const Id& workspace, std::string_view key, std::string_view value) {
    const auto contact = keys::last_id(key);
    if (!contact) return "its key cannot be read";
    const auto wrapped = keyring_.get(keyring_keys::contact(workspace, *contact));
    if (!wrapped) return "its data key cannot be read";
    if (!*wrapped) return "its data key is missing and was not destroyed";
    return record_problem<record::Contact>(value);
  }

  // Rows of a workspace come in the order of its chain.
  const char* audit_problem(const Id& workspace, std::string_view value) {
    record::Audit entry;
    if (!entry.ParseFromArray(value.data(), static_cast<int>(value.size())))
      return "its record cannot be read";
    if (std::exchange(chain_of_, workspace) != workspace) chain_ = {};
    const AuditLink newest = std::exchange(chain_, {entry.number(), entry.hash()});
    return storage::audit_problem(workspace, newest, entry);
  }

  const Keyring& keyring_;
  Verification& report_;
  Id chain_of_;
  AuditLink chain_;
};

}  // namespace

Result<Verification> verify(
    const Database& database, const Keyring& keyring,
    const std::function<void(const char* family, std::uint64_t rows)>& progress) {
  Verification report;
  Check check(keyring, report);
  const DatabaseReader reader(database);
  for (int i = 0; i < kFamilyCount; ++i) {
    const Family family{static_cast<std::uint8_t>(i)};
    const std::uint64_t before = report.rows;
    auto read = reader.for_each(family, "", [&](std::string_view key, std::string_view value) {
      check.row(family, key, value);
      return true;
    });
    if (!read) return tl::unexpected(read.error());
    if (progress) progress(family_name(family), report.rows - before);
  }
  return report;
}

}  // namespace aura::storage
