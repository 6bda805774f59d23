#include "runtime/app/demo_key.h"

#include <algorithm>

#include "actors/access/api_key.h"
#include "runtime/app/commit_and_wait.h"
#include "runtime/app/demo_workspace.h"
#include "runtime/app/private_file.h"
#include "storage/keys.h"
#include "storage/schema/records.pb.h"

namespace aura::app {

namespace keys = storage::keys;
using storage::Family;

namespace {

constexpr std::string_view kName = "demo.key";
constexpr std::size_t kMostKeys = 100;

// The rows of keys created by this file; a workspace may have others.
Result<std::vector<std::string>> stored_keys(const storage::Reader& reader) {
  auto rows = reader.scan(Family::api_key, keys::head(demo_workspace_id()), {}, kMostKeys);
  if (!rows) return tl::unexpected(rows.error());
  std::vector<std::string> made_here;
  for (const storage::Row& row : *rows) {
    record::ApiKey key;
    if (key.ParseFromString(row.value) && key.name() == kName) made_here.push_back(row.key);
  }
  return made_here;
}

}  // namespace

// Writes the file first: if the engine dies in between, the next start finds a key that is not
// stored and makes another.
Result<void> keep_demo_key(Services& services, const std::filesystem::path& file) {
  const Id workspace = demo_workspace_id();
  const auto row_of = [&](const std::string& key) {
    return keys::api_key(workspace, api_key::hash(key));
  };
  const auto known = stored_keys(services.reader);
  if (!known) return tl::unexpected(known.error());
  const std::string own = row_of(read_line_of(file));
  if (std::find(known->begin(), known->end(), own) != known->end()) return {};
  const std::string key = api_key::make(workspace);
  if (auto written = write_private_line(file, key); !written) return written;
  const Millis now = services.clock.now_ms();
  storage::Commit commit;
  commit.workspace = workspace;
  for (const std::string& former : *known) commit.erase(Family::api_key, former);
  record::ApiKey row;
  row.set_name(std::string(kName));
  row.set_created_ms(now);
  commit.put(Family::api_key, row_of(key), row.SerializeAsString());
  commit.audit =
      storage::AuditEntry{now, "engine", "api_key.create", format_id(IdType::workspace, workspace)};
  if (const Errc code = commit_and_wait(services.log, std::move(commit)); code != Errc::ok)
    return fail(code, "The demo business's API key could not be stored.");
  return {};
}

}  // namespace aura::app
