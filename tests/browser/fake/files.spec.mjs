// Files that a visitor sends: chosen, pasted, dropped, photographed; their previews, progress and limits. And
// files that the business sends.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openBrowser, openDemo, until } from "../support/browser.mjs";
import { FakeServer } from "../support/fake_server.mjs";

const kPixel = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");
const picture = (name = "cake.png") => ({ name, mimeType: "image/png", buffer: kPixel });

/** `provoked`: the console error that the test causes on purpose. */
async function visit(t, options = {}, provoked = null) {
  const server = await FakeServer.start();
  t.after(() => server.close());
  server.replies = false;
  const context = await openBrowser(t, options);
  const { page, chat } = await openDemo(t, context, server.url, "/demo", provoked);
  await chat.open();
  const tray = chat.dialog.locator(".tray");
  const choose = async (...files) => {
    const [chooser] = await Promise.all([
      page.waitForEvent("filechooser"),
      chat.dialog.getByRole("button", { name: "Attach a file" }).click(),
    ]);
    await chooser.setFiles(files);
  };
  return { server, page, chat, tray, choose };
}

const isMessage = (frame) => frame.type === "message";
const kept = (server) => [...server.files.values()];

test("a chosen picture is uploaded, previewed, sent with the text and shown from the server", async (t) => {
  const { server, chat, tray, choose } = await visit(t);
  await choose(picture());
  await tray.getByText("cake.png").waitFor();
  await tray.locator("canvas").waitFor();
  await until(() => server.files.size === 1, "the upload");
  assert.deepEqual(kept(server)[0].bytes, kPixel);
  await chat.dialog.locator(".composer.ready").waitFor();
  await chat.send("Can you make one like this?");
  await chat.delivery("Can you make one like this?", "sent");
  const [sent] = server.received.filter(isMessage);
  assert.deepEqual(sent.attachments, [{ upload_id: kept(server)[0].id }]);
  const image = chat.mine.getByRole("img", { name: "cake.png" });
  await image.waitFor();
  assert.equal(await image.evaluate((img) => img.decode().then(() => img.naturalWidth)), 1);
  assert.equal(await tray.locator("li").count(), 0);
});

test("a file alone is a message; what is no picture is a named link with its size", async (t) => {
  const { server, chat, tray, choose } = await visit(t);
  await choose({ name: "order.pdf", mimeType: "application/pdf", buffer: Buffer.alloc(230_000) });
  await tray.getByText("0.2 MB").waitFor();
  await chat.dialog.locator(".composer.ready").waitFor();
  await chat.input.press("Enter");
  const link = chat.mine.getByRole("link", { name: /order\.pdf/ });
  await link.waitFor();
  assert.match(await link.textContent(), /0\.2 MB/);
  assert.equal(server.received.filter(isMessage)[0].text, "");
});

test("several at once, one removed; over the number the rest is refused in words", async (t) => {
  const { server, chat, tray, choose } = await visit(t);
  await choose(picture("a.png"), picture("b.png"), picture("c.png"), picture("d.png"));
  await tray.locator("li").nth(2).waitFor();
  assert.equal(await tray.locator("li").count(), 3);
  assert.equal(await chat.dialog.getByRole("alert").textContent(), "At most 3 files at once");
  await until(() => server.files.size === 3, "three uploads");
  await tray.getByRole("button", { name: "Remove: b.png" }).click();
  await chat.dialog.locator(".composer.ready").waitFor();
  await chat.send("Two");
  await chat.mine.getByRole("img").nth(1).waitFor();
  const ids = server.received.filter(isMessage)[0].attachments.map(({ upload_id }) => server.files.get(upload_id).filename);
  assert.deepEqual(ids, ["a.png", "c.png"]);
});

test("too large is told before anything is sent, and holds the message until removed", async (t) => {
  const { server, chat, tray, choose } = await visit(t);
  await choose({ name: "film.mp4", mimeType: "video/mp4", buffer: Buffer.alloc(1_000_001) });
  await tray.getByText("Larger than 1.0 MB").waitFor();
  await chat.send("With a film");
  assert.equal(await chat.input.inputValue(), "With a film");
  assert.equal(server.received.filter(isMessage).length, 0);
  await tray.getByRole("button", { name: "Remove: film.mp4" }).click();
  await chat.input.press("Enter");
  await chat.delivery("With a film", "sent");
  assert.equal(server.files.size, 0);
});

test("what the server refuses is told in its words", async (t) => {
  const { server, chat, tray, choose } = await visit(t, {}, /status of 415/);
  server.refuseUpload = () => [415, { detail: "Programs are not accepted." }];
  await choose({ name: "x.txt", mimeType: "text/plain", buffer: Buffer.from("MZ") });
  await tray.getByText("Programs are not accepted.").waitFor();
  assert.match(await chat.dialog.getByRole("alert").textContent(), /x\.txt: Programs/);
  assert.equal(await tray.getByRole("button", { name: "Try again" }).count(), 0);
});

test("a broken upload can be tried again", async (t) => {
  const { server, tray, choose } = await visit(t, {}, /status of 503/);
  let tries = 0;
  server.refuseUpload = () => (tries++ ? undefined : [503, { detail: "busy" }]);
  await choose(picture());
  await tray.getByText("Not uploaded").waitFor();
  await tray.getByRole("button", { name: "Try again" }).click();
  await until(() => server.files.size === 1, "the second try");
  await tray.getByText("1 kB").waitFor();
});

test("a pasted picture and a dropped one are taken", async (t) => {
  const { server, page, chat, tray } = await visit(t);
  const give = (target, type, name) => target.evaluate((element, { type, name, bytes }) => {
    const data = new DataTransfer();
    data.items.add(new File([Uint8Array.from(bytes)], name, { type: "image/png" }));
    const event = type === "paste"
      ? new ClipboardEvent(type, { clipboardData: data, bubbles: true, cancelable: true })
      : new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true });
    element.dispatchEvent(event);
    return event.defaultPrevented;
  }, { type, name, bytes: [...kPixel] });
  assert.ok(await give(chat.input, "paste", "pasted.png"));
  await tray.getByText("pasted.png").waitFor();
  assert.ok(await give(chat.log, "dragover", "dropped.png"));
  await page.getByText("Drop files here").waitFor();
  assert.ok(await give(chat.log, "drop", "dropped.png"));
  await tray.getByText("dropped.png").waitFor();
  await page.getByText("Drop files here").waitFor({ state: "hidden" });
  await until(() => server.files.size === 2, "both uploads");
});

test("a phone offers its camera", async (t) => {
  const { page, chat, server } = await visit(t, { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });
  const [chooser] = await Promise.all([
    page.waitForEvent("filechooser"),
    chat.dialog.getByRole("button", { name: "Take a photo" }).click(),
  ]);
  const wanted = await chooser.element().evaluate((input) => [input.accept, input.getAttribute("capture")]);
  assert.deepEqual(wanted, ["image/*", "environment"]);
  await chooser.setFiles([picture("IMG_1.png")]);
  await until(() => server.files.size === 1, "the photo");
});

test("a desk offers none, and a server that takes no files no button at all", async (t) => {
  const { server, page, chat } = await visit(t);
  assert.equal(await chat.dialog.getByRole("button", { name: "Take a photo" }).count(), 0);
  await chat.dialog.getByRole("button", { name: "Attach a file" }).waitFor();
  server.uploads = null;
  await page.reload();
  await chat.connected();
  assert.equal(await chat.dialog.getByRole("button", { name: "Attach a file" }).count(), 0);
});

test("a message with files that was sent into a broken link arrives once after a reload", async (t) => {
  const { server, page, chat, choose } = await visit(t);
  await choose(picture());
  await until(() => server.files.size === 1, "the upload");
  await chat.dialog.locator(".composer.ready").waitFor();
  server.intercept = (frame) => (isMessage(frame) ? "drop" : undefined);
  await chat.send("Look");
  await until(() => server.received.some(isMessage), "the first try");
  server.intercept = () => undefined;
  await page.reload();
  await chat.delivery("Look", "sent");
  await chat.mine.getByRole("img", { name: "cake.png" }).waitFor();
  assert.equal(server.stored("Look").length, 1);
});

test("files of the business: a thumbnail, one on its way that arrives, one that never will", async (t) => {
  const { server, chat } = await visit(t);
  const url = "/favicon.svg";
  server.say("Our menu", { attachments: [{ type: "image", url, title: "Menu", state: "stored" }] });
  await chat.theirs.getByRole("img", { name: "Menu" }).waitFor();
  server.say("Another", { attachments: [{ type: "image", state: "pending", url: null }] });
  await chat.theirs.getByText("On its way…").waitFor();
  server.say("Gone", { attachments: [{ type: "file", filename: "old.pdf", state: "expired", media_error: "The sender removed it." }] });
  await chat.theirs.getByText("The sender removed it.").waitFor();
  const pending = server.stored("Another")[0];
  server.broadcast({ type: "message", message: { ...pending, attachments: [{ type: "image", url, state: "stored" }] } });
  await chat.theirs.getByRole("img", { name: "Picture" }).waitFor();
  assert.equal(await chat.theirs.getByText("On its way…").count(), 0);
});
