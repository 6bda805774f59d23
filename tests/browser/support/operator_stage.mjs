// An engine with content for the operator's page: shops on several channels, conversations, dead letters, a
// failed actor, a paused actor. For the tests of the page and for its screenshots.
import { Visitor, webchat } from "../../e2e/support/chat.mjs";
import { Engine } from "../../e2e/support/engine.mjs";
import { Meta, message, new_page, new_person } from "../../e2e/support/meta.mjs";
import { conversation_of, messages_when, outbound, page_shop } from "../../e2e/support/shop.mjs";
import { Sim } from "../../e2e/support/sim.mjs";
import { until } from "../../e2e/support/wait.mjs";

export const kSecretText = "operatorpagecanary";

export class OperatorStage {
  static async open({ talks = 12 } = {}) {
    const stage = new OperatorStage();
    stage.sim = await Sim.start();
    await stage.sim.reset();
    stage.engine = await Engine.start({ config: { "channels.meta": { graph_url: stage.sim.url } } });
    stage.meta = new Meta(stage.engine);
    stage.shop = await page_shop(stage.engine, { name: "Corner bakery" });
    await stage.shop.api.must("PATCH", "", { business: { address: "12 Mill Lane" } });
    stage.document = await stage.shop.api.must("POST", "/knowledge/documents",
      { title: "Delivery", text: "We deliver within five kilometres of the shop." });
    await stage.#talk(talks);
    await stage.#trouble();
    return stage;
  }

  get url() { return this.engine.operator_url; }
  get token() { return this.engine.operator_token(); }

  async #talk(talks) {
    this.people = Array.from({ length: talks }, new_person);
    for (const person of this.people) await this.meta.say(this.shop.page, person, `How much is the chocolate cake? ${kSecretText}`);
    const { api } = this.shop;
    for (const person of this.people) await messages_when("the answers", api, person, (all) => outbound(all)[0]?.status === "sent");
    this.conversation = await conversation_of(api, this.people.at(-1));
    this.conversation_path = (await this.engine.operator.must("GET", `/actors?conversation=${this.conversation.id}`)).data[0].path;
    [this.answer] = outbound(await api.list(`/conversations/${this.conversation.id}/messages`));
    const visitor = await Visitor.open(this.engine, (await webchat(api)).widget_key);
    await visitor.ask("How much is the espresso?");
    this.from_document = await visitor.ask("Do you deliver?");
    this.from_profile = await visitor.ask("What is your address?");
    visitor.close();
  }

  async #trouble() {
    for (let i = 0; i < 3; ++i) await this.meta.deliver(new_page(), message(new_page(), new_person(), kSecretText));
    const { operator } = this.engine;
    await until("the dead letters", async () => (await operator.list("/dead-letters")).length === 3);
    const path_of = async (query) => (await operator.must("GET", `/actors?${query}`)).data[0].path;
    await operator.must("POST", `/actors${await path_of("kind=catalog&depth=9")}/restart`);
    await operator.must("POST", `/actors${await path_of(`conversation=${(await conversation_of(this.shop.api, this.people[0])).id}`)}/pause`);
    await until("the fault", async () => (await operator.must("GET", "/engine")).faults.length > 0);
  }

  /** The id of a message that waited two seconds at a paused connection. */
  async held_message() {
    const { operator } = this.engine;
    const { api, page, channel } = this.shop;
    const path = (await operator.must("GET", `/actors?channel=${channel.id}`)).data[0].path;
    await operator.must("POST", `/actors${path}/pause`);
    const person = new_person();
    await this.meta.say(page, person, "How much is the espresso?");
    await new Promise((done) => setTimeout(done, 2000));
    await operator.must("POST", `/actors${path}/resume`);
    const all = await messages_when("its answer", api, person, (messages) => outbound(messages)[0]?.status === "sent");
    return all.find(({ direction }) => direction === "in").id;
  }

  async close() {
    await this.engine?.close();
    await this.sim?.close();
  }
}

/** Opens the page and enters the token. Any error of the page (also a policy violation) goes to `problems`. */
export async function enter(context, stage, section = "Overview") {
  const page = await context.newPage();
  const problems = [];
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("console", (line) => { if (line.type() === "error") problems.push(line.text()); });
  page.on("dialog", (dialog) => dialog.accept("a test's reason"));
  await page.goto(`${stage.url}/actors#${encodeURIComponent(section)}`);
  await page.getByLabel("Operator token").fill(stage.token);
  await page.getByRole("button", { name: "Look inside" }).click();
  await page.getByRole("heading", { name: section, exact: true }).waitFor();
  return { page, problems };
}
