// A provider that serves files and accepts messages: the Graph API's send call, and files that are good,
// slow, missing, too large, of another type than declared, or redirect into our network.
import { createServer } from "node:http";

const kJpegHead = Buffer.from([0xff, 0xd8, 0xff, 0xe0]);

// A JPEG that contains `text`.
export const jpeg = (text, size = 0) =>
  Buffer.concat([kJpegHead, Buffer.from(text), Buffer.alloc(size, 0x5a)]);

export class MediaProvider {
  asked = []; // {path, headers} of every file request
  sent = []; // bodies of sends
  files = new Map(); // path → Buffer, or a function (request, response)
  #held = [];

  static async start() {
    const provider = new MediaProvider();
    provider.server = createServer((request, response) => provider.#serve(request, response));
    await new Promise((resolve) => provider.server.listen(0, "127.0.0.1", resolve));
    provider.url = `http://127.0.0.1:${provider.server.address().port}`;
    return provider;
  }

  put(path, content) {
    this.files.set(path, content);
    return this.url + path;
  }

  // A file whose bytes are sent when release() is called.
  hold(path, content) {
    return this.put(path, (_, response) => {
      response.writeHead(200, { "Content-Type": "image/jpeg", "Content-Length": content.length });
      response.write(content.subarray(0, 5));
      this.#held.push(() => response.end(content.subarray(5)));
    });
  }
  release() {
    for (const go_on of this.#held.splice(0)) go_on();
  }

  times(path) {
    return this.asked.filter((one) => one.path === path).length;
  }

  #serve(request, response) {
    const path = new URL(request.url, this.url).pathname;
    if (request.method === "POST") return this.#take(request, response);
    this.asked.push({ path, headers: request.headers });
    const file = this.files.get(path);
    if (file === undefined) return response.writeHead(404).end();
    if (typeof file === "function") return file(request, response);
    response.writeHead(200, { "Content-Type": "image/jpeg", "Content-Length": file.length });
    response.end(file);
  }

  #take(request, response) {
    const parts = [];
    request.on("data", (part) => parts.push(part));
    request.on("end", () => {
      this.sent.push(Buffer.concat(parts).toString());
      response.writeHead(200, { "Content-Type": "application/json" });
      response.end(JSON.stringify({ recipient_id: "1", message_id: `m_out_${this.sent.length}` }));
    });
  }

  async close() {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
