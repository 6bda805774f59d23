// make.mjs FORMAT: writes format-FORMAT.tar.gz and .json into this folder (README.md).
import { execFileSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { Visitor, webchat } from "../e2e/support/chat.mjs";
import { Engine } from "../e2e/support/engine.mjs";
import { Meta } from "../e2e/support/meta.mjs";
import { add_items, inbound, messages_when, messenger, outbound } from "../e2e/support/shop.mjs";
import { Sim } from "../e2e/support/sim.mjs";
import { until } from "../e2e/support/wait.mjs";
import { shown } from "./shown.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const format = process.argv[2];
const kPerson = "70000000000001";
const kErased = "70000000000002";
const kPuzzling = "70000000000003"; // sends a message of an unsupported kind (since format 2)

const sim = await Sim.start("http://127.0.0.1:9/webhooks/meta");
const engine = await Engine.start({ config: { "channels.meta": { graph_url: sim.url } } });
try {
  await sim.reset();
  const api = await engine.workspace({ name: "Golden shop" });
  await add_items(api);
  await api.must("POST", "/knowledge/documents", { title: "Opening hours", text: "Open from 9 to 17." });
  const { page } = await messenger(api, { page: "100000000001" });
  const { widget_key } = await webchat(api);
  const meta = new Meta(engine);
  const sent = (all) => outbound(all).length > 0 && outbound(all).every(({ status }) => status === "sent");
  for (const person of [kPerson, kErased]) {
    await meta.say(page, person, "How much is the chocolate cake?");
    await messages_when("the answer", api, person, sent);
  }
  await meta.say(page, kPuzzling, undefined, { is_unsupported: true });
  const number = await api.must("POST", "/channels", {
    type: "whatsapp", name: "WhatsApp",
    credentials: { phone_number_id: "440000000001", business_account_id: "330000000001", access_token: "EAAwa" },
  });
  await until("its templates", async () => (await api.list(`/channels/${number.id}/templates`)).length > 0);
  await engine.operator.must("POST", "/checkpoint"); // puts some rows into tables; later ones stay in the log
  rmSync(join(engine.data, "checkpoint"), { recursive: true });
  const visitor = await Visitor.open(engine, widget_key);
  await visitor.say("Do you have apple pie?");
  await until("every question answered", async () => {
    const { messages } = await shown(api);
    return Object.values(messages).every((all) =>
      inbound(all).length > 0 && (outbound(all).length > 0 || inbound(all)[0].unsupported));
  });
  visitor.close();
  const contacts = await api.list("/contacts");
  const erased = contacts.find(({ identities }) => identities[0].external_id === kErased);
  await api.delete(`/contacts/${erased.id}`);
  const state = await shown(api);
  await engine.stop();
  rmSync(join(engine.data, "operator.token"));
  execFileSync("tar", ["--sort=name", "--owner=0", "--group=0", "--exclude=LOG*", "--exclude=LOCK",
    "-czf", join(here, `format-${format}.tar.gz`), "-C", engine.data, "."]);
  writeFileSync(join(here, `format-${format}.json`),
    JSON.stringify({ workspace: api.id, key: api.key, page, person: kPerson, state }, null, 1) + "\n");
} finally {
  await engine.close();
  await sim.close();
}
