// `node screenshots.mjs FOLDER`: pictures of the demo page and the chat, to look at. Needs the
// environment of the browser tests (see CMakeLists.txt); with AURA_BIN or AURA_URL of the engine.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { openBrowser, openDemo } from "./browser.mjs";
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

const folder = process.argv[2];
mkdirSync(folder, { recursive: true });
const target = await startTarget();
for (const [name, options] of Object.entries(kViews)) {
  const cleanups = [];
  const t = { after: (cleanup) => cleanups.unshift(cleanup) };
  const context = await openBrowser(t, { ...options, reducedMotion: "reduce" });
  const { page, chat } = await openDemo(t, context, target.url);
  const shot = (part, more = {}) => page.screenshot({ path: join(folder, `${name}-${part}.png`), ...more });
  await shot("page", { fullPage: true });
  await chat.open();
  await shot("greeting");
  await page.getByRole("button", { name: "How much is the chocolate cake?" }).click();
  await chat.reply(/cake/i);
  await chat.send("Lovely! And could you draw a whale on my latte?");
  await chat.theirs.nth(1).waitFor();
  await shot("chat");
  for (const cleanup of cleanups) await cleanup();
}
await target.close();
