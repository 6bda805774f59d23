// Reads what the API shows of a workspace, except what changes with time alone.
export async function shown(api) {
  const messages = {};
  for (const { id } of await api.list("/conversations")) {
    messages[id] = (await api.list(`/conversations/${id}/messages`)).map(
      ({ id: message, direction, author, text, status, reactions, attachments, external_id, unsupported }) =>
        ({ message, direction, author, text, status, external_id, reactions: reactions.length,
          attachments: attachments.map(({ type }) => type), ...(unsupported && { unsupported }) }));
  }
  const channels = await api.list("/channels");
  const templates = [];
  for (const { id } of channels) templates.push(...await api.list(`/channels/${id}/templates`));
  return {
    workspace: await api.must("GET", ""),
    channels: channels.map(({ id, type, name }) => ({ id, type, name })),
    contacts: (await api.list("/contacts")).map(({ id, name, identities }) => ({ id, name, identities })),
    items: await api.list("/catalog/items"),
    documents: await api.list("/knowledge/documents"),
    audit: await api.list("/audit"),
    templates,
    messages,
  };
}
