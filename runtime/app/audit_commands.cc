// aura audit export, aura audit verify: audit chains as files, to keep away from the machine that
// could alter them.
#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <cstdio>
#include <filesystem>
#include <fstream>

#include "runtime/app/audit_files.h"
#include "runtime/app/command_line.h"
#include "runtime/hex.h"

namespace aura::app {
namespace {

constexpr const char* kPageSize = "200";

Result<rapidjson::Document> ask(const config::Settings& settings, const std::string& url,
                                const std::string& path) {
  const auto answer = call_operator(settings, url, net::Method::get, path);
  if (!answer) return tl::unexpected(answer.error());
  rapidjson::Document json;
  json.Parse(answer->body.c_str(), answer->body.size());
  if (answer->status == 200 && json.IsObject() && json.HasMember("data") && json["data"].IsArray())
    return json;
  return fail(Errc::unavailable, "the engine answered " + path + " with " +
                                     std::to_string(answer->status) + ": " + answer->body);
}

std::string line_of(const rapidjson::Value& value) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
  value.Accept(writer);
  return std::string(buffer.GetString(), buffer.GetSize()) + "\n";
}

// Writes a temporary file and renames it, so that the file is complete or absent.
Result<void> write_file(const std::string& name, const std::string& content) {
  const std::string draft = name + ".unfinished";
  std::ofstream out(draft);
  out << content << std::flush;
  std::error_code failed;
  if (out) std::filesystem::rename(draft, name, failed);
  if (out && !failed) return {};
  return fail(Errc::io, name + " cannot be written");
}

Result<void> export_chain(const config::Settings& settings, const AuditCommand& wanted,
                          const std::string& workspace) {
  const std::string name = workspace.empty() ? "operator" : workspace;
  std::string lines, after;
  std::size_t entries = 0;
  do {
    std::string path = std::string("/audit?limit=") + kPageSize;
    if (!workspace.empty()) path += "&workspace=" + workspace;
    if (!after.empty()) path += "&after=" + after;
    const auto page = ask(settings, wanted.operator_url, path);
    if (!page) return tl::unexpected(page.error());
    for (const auto& entry : (*page)["data"].GetArray()) {
      lines += line_of(entry);
      ++entries;
    }
    after =
        page->HasMember("next") && (*page)["next"].IsString() ? (*page)["next"].GetString() : "";
  } while (!after.empty());
  if (auto written = write_file(wanted.folder + "/" + name + ".jsonl", lines); !written)
    return written;
  std::printf("%s: %zu entries\n", name.c_str(), entries);
  return {};
}

// Heads first: the entries read afterwards include everything that the heads sign.
Result<void> export_all(const config::Settings& settings, const AuditCommand& wanted) {
  const auto heads = ask(settings, wanted.operator_url, "/audit/heads");
  if (!heads) return tl::unexpected(heads.error());
  if (auto written = write_file(wanted.folder + "/heads.json", line_of(*heads)); !written)
    return written;
  if (auto own = export_chain(settings, wanted, {}); !own) return own;
  for (const auto& head : (*heads)["data"].GetArray()) {
    if (!head.IsObject() || !head.HasMember("workspace_id") || !head["workspace_id"].IsString())
      continue;
    if (auto done = export_chain(settings, wanted, head["workspace_id"].GetString()); !done)
      return done;
  }
  return {};
}

}  // namespace

int audit_export(const CommonOptions& options, const AuditCommand& wanted) {
  const auto settings = load_settings(options);
  if (!settings) return kExitBadConfig;
  std::error_code failed;
  std::filesystem::create_directories(wanted.folder, failed);
  if (failed)
    return print_failure({Errc::io, wanted.folder + " cannot be created: " + failed.message(), {}});
  const auto done = export_all(*settings, wanted);
  return done ? 0 : print_failure(done.error());
}

int audit_verify(const AuditCommand& wanted) {
  const auto key = from_lower_hex(wanted.public_key);
  if (!key || (!key->empty() && key->size() != 32))
    return print_failure({Errc::invalid, "--public-key takes 64 hexadecimal digits", {}});
  const auto report = check_audit_files(wanted.folder, *key);
  if (!report) return print_failure(report.error());
  for (const std::string& problem : report->first_problems) std::printf("%s\n", problem.c_str());
  std::printf("%llu entries, %llu problems\n", static_cast<unsigned long long>(report->rows),
              static_cast<unsigned long long>(report->problems));
  if (key->empty())
    std::printf(
        "the signer was not checked: pass the public key that you noted with --public-key\n");
  return report->good() ? 0 : kExitFailed;
}

}  // namespace aura::app
