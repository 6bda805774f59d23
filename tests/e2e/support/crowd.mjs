// Bad company, in a thread of its own so that it does not delay the clients that are measured: slow headers that
// drip, silent connections, header bombs, request smuggling. Posts "there" once all are connected, until it is
// told to end.
import { connect } from "node:net";
import { parentPort, workerData } from "node:worker_threads";

const { hostname, port } = new URL(workerData.url);
const kBomb = `GET / HTTP/1.1\r\nHost: x\r\nX-Bomb: ${"b".repeat(20_000)}\r\n\r\n`;
const kSmuggler =
  "POST /webhooks/meta HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n";
const kDripMs = 100;
const kDripping = 300;

let connected = 0;
function open(count, text, from = () => undefined) {
  return Array.from({ length: count }, (_, i) => {
    const socket = connect({ host: hostname, port: Number(port), localAddress: from(i) });
    socket.on("error", () => {});
    socket.once("connect", () => ++connected);
    if (text) socket.write(text);
    return socket;
  });
}

const address = (i) => `127.2.${Math.floor(i / 250)}.${1 + (i % 250)}`;
const slow = open(workerData.slow, "POST /webhooks/meta HTTP/1.1\r\nHost: x\r\n", address);
open(workerData.silent, "", address);
let told = false;
setInterval(() => {
  slow.slice(0, kDripping).forEach((socket) => socket.write("X-A: b\r\n"));
  for (const text of [kBomb, kSmuggler]) open(3, text);
  if (!told && connected >= workerData.slow + workerData.silent) parentPort.postMessage("there");
  told ||= connected >= workerData.slow + workerData.silent;
}, kDripMs);
