#include "runtime/app/audit_files.h"

#include <rapidjson/document.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <optional>

#include "net/api/rfc3339.h"
#include "runtime/hex.h"
#include "storage/keys.h"

namespace aura::app {
namespace {

// Iterative parsing: an altered file may be nested deeply.
rapidjson::Document parse(const std::string& text) {
  rapidjson::Document json;
  json.Parse<rapidjson::kParseIterativeFlag>(text.c_str(), text.size());
  return json;
}

std::string word_in(const rapidjson::Value& object, const char* name) {
  const auto at = object.FindMember(name);
  return at != object.MemberEnd() && at->value.IsString() ? std::string(at->value.GetString())
                                                          : std::string();
}

std::int64_t number_in(const rapidjson::Value& object, const char* name) {
  const auto at = object.FindMember(name);
  return at != object.MemberEnd() && at->value.IsInt64() ? at->value.GetInt64() : 0;
}

// As it was exported: a time in another form was altered.
std::optional<Millis> exported_time(const std::string& text) {
  const auto at = net::parse_rfc3339(text);
  return at && net::rfc3339(*at) == text ? at : std::nullopt;
}

std::optional<record::Audit> read_entry(const std::string& line) {
  const rapidjson::Document json = parse(line);
  if (!json.IsObject()) return std::nullopt;
  const auto at = exported_time(word_in(json, "created_at"));
  const auto previous = from_lower_hex(word_in(json, "previous_hash"));
  const auto hash = from_lower_hex(word_in(json, "hash"));
  if (!at || !previous || !hash) return std::nullopt;
  record::Audit entry;
  entry.set_number(static_cast<std::uint64_t>(number_in(json, "number")));
  entry.set_at_ms(*at);
  entry.set_actor(word_in(json, "actor"));
  entry.set_action(word_in(json, "action"));
  entry.set_subject(word_in(json, "subject"));
  entry.set_detail(word_in(json, "detail"));
  entry.set_previous_hash(*previous);
  entry.set_hash(*hash);
  if (const auto workspace = parse_id(IdType::workspace, word_in(json, "workspace_id")))
    entry.set_workspace(std::string(workspace->view()));
  return entry;
}

void check_chain(const std::filesystem::path& file, const Id& chain, storage::AuditCheck& check,
                 storage::Verification& report) {
  std::ifstream in(file);
  std::string line;
  for (std::uint64_t number = 1; std::getline(in, line); ++number) {
    const auto entry = read_entry(line);
    if (!entry)
      return report.found(file.string() + ": line " + std::to_string(number) + " is no entry");
    check.entry(storage::keys::audit(chain, number), entry->SerializeAsString());
    ++report.rows;
  }
  if (in.bad()) report.found(file.string() + " cannot be read further");
}

}  // namespace

Result<std::vector<storage::ChainHead>> read_heads(const std::string& file) {
  std::ifstream in(file);
  if (!in) return fail(Errc::not_found, file + " is missing or cannot be read");
  const std::string text(std::istreambuf_iterator<char>(in), {});
  const rapidjson::Document json = parse(text);
  if (!json.IsObject() || !json.HasMember("data") || !json["data"].IsArray())
    return fail(Errc::invalid, file + " is not an answer of GET /audit/heads");
  std::vector<storage::ChainHead> heads;
  for (const auto& one : json["data"].GetArray()) {
    if (!one.IsObject()) return fail(Errc::invalid, file + " holds an entry that is not a head");
    storage::ChainHead& head = heads.emplace_back();
    head.chain = parse_id(IdType::workspace, word_in(one, "workspace_id")).value_or(Id{});
    head.head.set_number(static_cast<std::uint64_t>(number_in(one, "number")));
    head.head.set_hash(from_lower_hex(word_in(one, "hash")).value_or(""));
    head.head.set_at_ms(number_in(one, "signed_ms"));
    head.head.set_public_key(from_lower_hex(word_in(one, "public_key")).value_or(""));
    head.head.set_signature(from_lower_hex(word_in(one, "signature")).value_or(""));
  }
  return heads;
}

Result<storage::Verification> check_audit_files(const std::string& folder,
                                                const std::string& public_key) {
  const auto heads = read_heads(folder + "/heads.json");
  if (!heads) return tl::unexpected(heads.error());
  std::error_code failed;
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder, failed))
    if (entry.path().extension() == ".jsonl") files.push_back(entry.path());
  if (failed) return fail(Errc::io, folder + " cannot be read: " + failed.message());
  std::sort(files.begin(), files.end());
  storage::Verification report;
  storage::AuditCheck check(report, public_key, *heads);
  for (const auto& file : files) {
    const std::string name = file.stem();
    const auto workspace = parse_id(IdType::workspace, name);
    if (!workspace && name != "operator") {
      report.found(file.string() + " is not named after a chain");
      continue;
    }
    check_chain(file, workspace.value_or(Id{}), check, report);
  }
  check.end();
  return report;
}

}  // namespace aura::app
