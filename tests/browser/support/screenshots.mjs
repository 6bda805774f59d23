// `node screenshots.mjs FOLDER`: screenshots of the demo page and the chat, for people. Needs the environment
// of the browser tests (see CMakeLists.txt); with AURA_BIN or AURA_URL they show the engine. Scenes that only
// the fake server can produce (files, cards, right to left) always come from it.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { closeBrowser, openBrowser, openDemo } from "./browser.mjs";
import { FakeServer } from "./fake_server.mjs";
import { startTarget } from "./target.mjs";

const kDesktop = { viewport: { width: 1280, height: 860 } };
const kPhone = {
  viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true,
};
const kViews = {
  "wide-light": { viewport: { width: 1640, height: 940 }, colorScheme: "light" },
  "desktop-light": { ...kDesktop, colorScheme: "light" },
  "desktop-dark": { ...kDesktop, colorScheme: "dark" },
  "phone-light": { ...kPhone, colorScheme: "light" },
  "phone-dark": { ...kPhone, colorScheme: "dark" },
};
const kRich = ["desktop-light", "desktop-dark", "phone-light"];

const folder = process.argv[2];
mkdirSync(folder, { recursive: true });

async function visit(url, name, work, path) {
  const cleanups = [];
  const t = { after: (cleanup) => cleanups.unshift(cleanup) };
  const context = await openBrowser(t, { ...kViews[name], reducedMotion: "reduce" });
  const { page, chat } = await openDemo(t, context, url, path);
  const shot = (part, more = {}) => page.screenshot({ path: join(folder, `${name}-${part}.png`), ...more });
  await work({ page, chat, shot });
  for (const cleanup of cleanups) await cleanup();
}

async function talk({ page, chat, shot }) {
  await shot("page", { fullPage: true });
  await chat.open();
  await shot("greeting");
  await page.getByRole("button", { name: "How much is the chocolate cake?" }).click();
  await chat.reply(/cake/i);
  await chat.send("Lovely! And could you draw a whale on my latte?");
  await chat.theirs.nth(1).waitFor();
  await shot("chat");
}

const item = (id, name, amount_minor, more = {}) => ({
  id, name, available: true, revision: 1, price: { amount_minor, currency: "USD" }, image_urls: [`/demo/${id}.svg`], ...more,
});
const kItems = [item("cake", "Chocolate Cake", 650), item("tart", "Lemon Tart", 595), item("roll", "Cinnamon Roll", 450, { available: false })];

async function show_rich(server, { page, chat, shot }) {
  const easel = await page.context().newPage();
  await easel.goto(`${server.url}/demo/cake.svg`);
  const picture = await easel.screenshot();
  await easel.close();
  await chat.open();
  await shot("consent");
  await chat.dialog.getByRole("button", { name: "Yes, remember" }).click();
  const [chooser] = await Promise.all([
    page.waitForEvent("filechooser"),
    chat.dialog.getByRole("button", { name: "Attach a file" }).click(),
  ]);
  await chooser.setFiles([
    { name: "our-cake.png", mimeType: "image/png", buffer: picture },
    { name: "film.mp4", mimeType: "video/mp4", buffer: Buffer.alloc(1_000_001) },
  ]);
  await chat.dialog.getByText("Larger than").waitFor();
  await shot("tray");
  await chat.dialog.getByRole("button", { name: "Remove: film.mp4" }).click();
  await chat.dialog.locator(".composer.ready").waitFor();
  await chat.send("Can you make one like this for Saturday?");
  await chat.mine.getByRole("img").waitFor();
  server.readAll();
  const claims = kItems.map(({ id, price }) => ({ item_id: id, item_revision: 1, amount: price }));
  server.say("We can! These are the ones people order most.", {
    claims, quick_replies: [{ title: "Order for Saturday", payload: "o" }, { title: "Talk to a person", payload: "p" }],
  });
  await chat.theirs.getByRole("listitem").nth(2).waitFor();
  await shot("rich");
}

const target = await startTarget();
for (const name of Object.keys(kViews)) await visit(target.url, name, talk);
await target.close();
if (target instanceof FakeServer) {
  for (const name of kRich) {
    const server = await FakeServer.start();
    server.replies = false;
    for (const one of kItems) server.items.set(one.id, one);
    server.pages["/ask"] = server.pages["/demo"].replace('data-lang="en"', 'data-lang="en" data-consent="ask"');
    server.pages["/rtl"] = server.pages["/demo"].replace('data-lang="en"', 'data-lang="ar"');
    await visit(server.url, name, (view) => show_rich(server, view), "/ask");
    await visit(server.url, name, async ({ page, chat, shot }) => {
      await page.locator(".launcher").click();
      await chat.connected();
      await chat.send("مرحبا، هل لديكم كعكة الشوكولاتة؟");
      await chat.delivery("مرحبا", "sent");
      server.say("أهلًا بك! نعم، لدينا.");
      await chat.reply(/أهلًا/);
      await shot("rtl");
    }, "/rtl");
    await server.close();
  }
}
await closeBrowser();
