// Answers to requests with an Idempotency-Key that are complete only after the write: what the
// provider said of a new channel, a contact as it is shown when merged.
#include "actors/access/idempotency.h"
#include "actors/refusal.h"
#include "actors/workspace/merge_answer.h"
#include "actors/workspace/workspace_actor.h"

namespace aura {

void WorkspaceActor::handle(RememberAnswer& command) {
  const auto key = services_.vault.workspace_key(workspace_);
  if (!key) return command.reply(tl::unexpected(key.error()));
  storage::Commit commit;
  commit.workspace = workspace_;
  const auto remember = [&](const auto& answer) {
    idempotency::remember(workspace_, MaybeIdempotency(command.once), answer, **key, {}, now(),
                          commit);
  };
  if (const auto* channel = std::get_if<api::Channel>(&command.answer)) {
    remember(*channel);
  } else {
    const auto sealed =
        merge_answer::seal(services_.vault, workspace_, std::get<api::Contact>(command.answer));
    if (!sealed) return command.reply(tl::unexpected(sealed.error()));
    remember(*sealed);
  }
  write(std::move(commit), [reply = command.reply](const storage::CommitResult& result) {
    if (result.code == Errc::ok) return reply.ok({});
    refuse(reply, result.code);
  });
}

}  // namespace aura
