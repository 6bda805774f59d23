// A flood of TLS handshakes, in a thread of its own so that it does not delay the client that is measured.
import { parentPort, workerData } from "node:worker_threads";
import tls from "node:tls";

let made = 0;
function next() {
  const socket = tls.connect({ host: "127.0.0.1", port: workerData.port, rejectUnauthorized: false }, () => {
    if (++made === workerData.at_once) parentPort.postMessage("there");
    socket.destroy();
    next();
  });
  socket.on("error", () => {});
}
for (let i = 0; i < workerData.at_once; ++i) next();
