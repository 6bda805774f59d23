// Sends one HTTP request. Bodies are sent byte for byte, because signatures cover bytes.
import http from "node:http";

const kTimeoutMs = 30_000;

// Resolves to {status, headers, text, json}; json is undefined if the body is not JSON.
export function request(url, { method = "GET", headers = {}, body, agent } = {}) {
  return new Promise((resolve, reject) => {
    const bytes = body === undefined ? undefined : Buffer.from(body);
    const all = { ...headers };
    if (bytes) all["Content-Length"] = bytes.length;
    const sent = http.request(url, { method, headers: all, agent, timeout: kTimeoutMs }, (answer) => {
      const parts = [];
      answer.on("data", (part) => parts.push(part));
      answer.on("error", reject);
      answer.on("end", () => resolve(read_answer(answer, Buffer.concat(parts).toString("utf8"))));
    });
    sent.on("timeout", () => sent.destroy(new Error(`${method} ${url}: no answer`)));
    sent.on("error", reject);
    sent.end(bytes);
  });
}

function read_answer(answer, text) {
  let json;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined;
  }
  return { status: answer.statusCode, headers: answer.headers, text, json };
}

// A keep-alive client for one base URL that adds a bearer token.
export class Client {
  #agent = new http.Agent({ keepAlive: true, maxSockets: 16 });

  constructor(base, token) {
    this.base = base;
    this.token = token;
  }

  call(method, path, body, headers = {}) {
    const all = { ...headers };
    if (this.token) all.Authorization ??= `Bearer ${this.token}`;
    let bytes = body;
    if (body !== undefined && typeof body !== "string" && !Buffer.isBuffer(body)) {
      bytes = JSON.stringify(body);
    }
    if (bytes !== undefined) all["Content-Type"] ??= "application/json";
    return request(this.base + path, { method, headers: all, body: bytes, agent: this.#agent });
  }

  get(path, headers) {
    return this.call("GET", path, undefined, headers);
  }
  post(path, body, headers) {
    return this.call("POST", path, body, headers);
  }
  patch(path, body, headers) {
    return this.call("PATCH", path, body, headers);
  }
  put(path, body, headers) {
    return this.call("PUT", path, body, headers);
  }
  delete(path, headers) {
    return this.call("DELETE", path, undefined, headers);
  }

  // Returns the JSON of a 2xx answer; throws for any other.
  async must(method, path, body, headers) {
    const answer = await this.call(method, path, body, headers);
    if (answer.status < 200 || answer.status > 299) {
      throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
    }
    return answer.json;
  }

  // Returns all elements of a list, page by page.
  async list(path, limit = 200) {
    const all = [];
    let after = "";
    do {
      const join = path.includes("?") ? "&" : "?";
      const page = await this.must("GET", `${path}${join}limit=${limit}${after}`);
      all.push(...page.data);
      after = page.next === null ? null : `&after=${encodeURIComponent(page.next)}`;
    } while (after !== null);
    return all;
  }

  close() {
    this.#agent.destroy();
  }
}
