// aura rotate-master-key: the command and its output.
#include <cstdio>

#include "runtime/app/command_line.h"
#include "storage/vault/rotate_master_key.h"

namespace aura::app {

int rotate_master_key(const CommonOptions& options) {
  const auto settings = load_settings(options);
  if (!settings) return kExitBadConfig;
  const std::string data = settings->storage.path, file = settings->master_key_path();
  if (engine_runs_on(data))
    return print_failure(
        {Errc::conflict, "an engine runs on " + data + ": stop it for the rotation", {}});
  if (auto done = storage::rotate_master_key(data + "/keys", file); !done)
    return print_failure(done.error());
  std::printf("the master key %s is new: put a copy of it where the old one's copy is\n",
              file.c_str());
  std::printf(
      "%s.old opens the backups made before; make a backup, then delete it and its copies\n",
      file.c_str());
  return 0;
}

}  // namespace aura::app
