// A WebSocket client (RFC 6455) that can also send what no browser would. Node 18 has none of its own.
import { createHash, randomBytes } from "node:crypto";
import { connect } from "node:net";

const kGuid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
export const kText = 1;
export const kBinary = 2;
const kClose = 8;
const kPing = 9;
const kPong = 10;

export class WebSocket {
  closed = null; // {code} once the connection has ended
  on_text = () => {};
  on_close = () => {};
  #bytes = Buffer.alloc(0);
  #message = [];

  // Fails with an error that has `status` if the server does not switch protocols.
  static open(url, headers = {}) {
    const { hostname, port, pathname, search } = new URL(url);
    const key = randomBytes(16).toString("base64");
    const socket = new WebSocket(connect(Number(port), hostname));
    const lines = [
      `GET ${pathname}${search} HTTP/1.1`,
      `Host: ${hostname}:${port}`,
      "Upgrade: websocket",
      "Connection: Upgrade",
      `Sec-WebSocket-Key: ${key}`,
      "Sec-WebSocket-Version: 13",
      ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ];
    socket.tcp.write(lines.join("\r\n") + "\r\n\r\n");
    return socket.#handshake(key);
  }

  constructor(tcp) {
    this.tcp = tcp;
    tcp.setNoDelay(true);
  }

  #handshake(key) {
    return new Promise((resolve, reject) => {
      this.tcp.on("error", (error) => (reject(error), this.#gone(1006)));
      this.tcp.on("close", () => {
        reject(new Error("closed during the handshake"));
        this.#gone(1006);
      });
      const head = (part) => {
        this.#bytes = Buffer.concat([this.#bytes, part]);
        const end = this.#bytes.indexOf("\r\n\r\n");
        if (end < 0) return;
        this.tcp.off("data", head);
        const text = this.#bytes.subarray(0, end).toString("latin1");
        this.#bytes = this.#bytes.subarray(end + 4);
        const wrong = check_handshake(text, key);
        if (wrong) {
          this.tcp.destroy();
          return reject(wrong);
        }
        this.tcp.on("data", (more) => this.#read(more));
        resolve(this);
        // Frames that arrived with the handshake wait until the caller has set on_text.
        setImmediate(() => this.#read(Buffer.alloc(0)));
      };
      this.tcp.on("data", head);
    });
  }

  send(text) {
    this.frame(kText, Buffer.from(text));
  }

  // One frame, masked as a client must.
  frame(opcode, payload, { fin = true, mask = true } = {}) {
    const size = payload.length;
    const bits = mask ? 0x80 : 0;
    let head = Buffer.from([(fin ? 0x80 : 0) | opcode, bits | Math.min(size, 126)]);
    if (size > 65535) {
      head = Buffer.alloc(10);
      head.writeUInt8((fin ? 0x80 : 0) | opcode, 0);
      head.writeUInt8(bits | 127, 1);
      head.writeBigUInt64BE(BigInt(size), 2);
    } else if (size > 125) {
      const length = Buffer.alloc(2);
      length.writeUInt16BE(size);
      head = Buffer.concat([head, length]);
    }
    const key = mask ? randomBytes(4) : Buffer.alloc(0);
    const body = mask ? Buffer.from(payload.map((byte, i) => byte ^ key[i % 4])) : payload;
    this.tcp.write(Buffer.concat([head, key, body]));
  }

  close(code = 1000) {
    if (this.closed) return;
    const payload = Buffer.alloc(2);
    payload.writeUInt16BE(code);
    this.frame(kClose, payload);
    this.tcp.end();
  }

  // Disconnects without a close frame, like a phone in a tunnel.
  drop() {
    this.tcp.destroy();
  }

  #read(part) {
    this.#bytes = Buffer.concat([this.#bytes, part]);
    for (;;) {
      const frame = take_frame(this.#bytes);
      if (!frame) return;
      this.#bytes = this.#bytes.subarray(frame.size);
      this.#handle(frame);
    }
  }

  #handle({ fin, opcode, payload }) {
    if (opcode === kPing) return this.frame(kPong, payload);
    if (opcode === kClose) {
      this.#gone(payload.length >= 2 ? payload.readUInt16BE(0) : 1005);
      return this.tcp.end();
    }
    if (opcode === kPong) return;
    this.#message.push(payload);
    if (!fin) return;
    const text = Buffer.concat(this.#message).toString("utf8");
    this.#message = [];
    this.on_text(text);
  }

  #gone(code) {
    if (this.closed) return;
    this.closed = { code };
    this.on_close(this.closed);
  }
}

function check_handshake(text, key) {
  const status = Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1]);
  if (status !== 101) return Object.assign(new Error(`handshake: ${status}`), { status });
  const accept = createHash("sha1").update(key + kGuid).digest("base64");
  if (!text.toLowerCase().includes(`sec-websocket-accept: ${accept.toLowerCase()}`)) {
    return new Error("handshake: wrong Sec-WebSocket-Accept");
  }
  return null;
}

function take_frame(bytes) {
  if (bytes.length < 2) return null;
  let size = bytes[1] & 0x7f;
  let at = 2;
  if (size === 126) {
    if (bytes.length < 4) return null;
    size = bytes.readUInt16BE(2);
    at = 4;
  } else if (size === 127) {
    if (bytes.length < 10) return null;
    size = Number(bytes.readBigUInt64BE(2));
    at = 10;
  }
  if (bytes.length < at + size) return null;
  const payload = bytes.subarray(at, at + size);
  return { fin: (bytes[0] & 0x80) !== 0, opcode: bytes[0] & 0x0f, payload, size: at + size };
}
