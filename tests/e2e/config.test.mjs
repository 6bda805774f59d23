// Commands and configuration (config/example.toml), from outside the program.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync, existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";

import { Engine, kAura } from "./support/engine.mjs";
import { request } from "./support/http.mjs";
import { envelope, hmac, Meta, message } from "./support/meta.mjs";
import { run } from "./support/process.mjs";

const folder = mkdtempSync(join(tmpdir(), "aura-e2e-config-"));
after(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;
function config_file(text) {
  const file = join(folder, `config${++files}.toml`);
  writeFileSync(file, text);
  return file;
}

async function check(text, env) {
  const file = config_file(text);
  const { code, stdout, stderr } = await run(kAura, ["check-config", file], { env });
  return { code, said: stdout + stderr, file };
}

describe("check-config", () => {
  it("accepts the empty file: every key has a default", async () => {
    assert.equal((await check("")).code, 0);
  });

  it("accepts every key of the contract", async () => {
    const { code, said } = await check(`
      [public]
      listen = "127.0.0.1:0"
      url = "https://shop.example.test"
      [operator]
      listen = "127.0.0.1:0"
      token = "operator-token-0123456789"
      [storage]
      path = "./data"
      sync = true
      [security]
      master_key_file = "./master.key"
      [runtime]
      threads = 2
      conversation_idle_seconds = 300
      [channels.meta]
      app_id = "1"
      app_secret = "s"
      verify_token = "v"
      graph_url = "https://graph.facebook.com"
      instagram_url = "https://graph.instagram.com"
      api_version = "v25.0"
      [channels.twilio]
      api_url = "https://api.twilio.com"
      [ai]
      provider = "embedded"
      reply_debounce_ms = 0
      [log]
      level = "debug"`);
    assert.equal(code, 0, said);
  });

  it("wants a model's name, and for a provider's own API a key, as serve does", async () => {
    for (const provider of ["openai", "anthropic"]) {
      const head = `[ai]\nprovider = "${provider}"\n`;
      assert.equal((await check(`${head}model = "m"\napi_key = "k"\n`)).code, 0);
      assert.equal((await check(`${head}model = "m"\nbase_url = "http://127.0.0.1:11434/v1"\n`)).code, 0);
      const { code, said, file } = await check(head);
      assert.equal(code, 2);
      assert.match(said, /:2: ai\.provider: stands without ai\.model/);
      assert.match(said, /:2: ai\.provider: stands without ai\.api_key/);
      const data = join(folder, "no_model");
      const served = await run(kAura, ["serve", "--config", file, "--data", data]);
      assert.equal(served.code, 2);
      assert.match(served.stderr, /stands without ai\.model/);
      assert.ok(!existsSync(data), "nothing was made");
    }
  });

  // Each entry: a configuration, the wrong key and its line.
  const wrong = [
    ["an unknown key", '[public]\nlisten = "127.0.0.1:1"\nlissten = "x"\n', "public.lissten", 3],
    ["an unknown table", "\n[publik]\nx = 1\n", "publik", 2],
    ["an unknown key in a nested table", '[channels.meta]\napp_sekret = "x"\n', "channels.meta.app_sekret", 2],
    ["a wrong type", "[public]\nlisten = 8080\n", "public.listen", 2],
    ["a number as text", '[runtime]\nthreads = "2"\n', "runtime.threads", 2],
    ["a port out of range", '[public]\nlisten = "127.0.0.1:65536"\n', "public.listen", 2],
    ["a port that is no number", '[public]\nlisten = "127.0.0.1:http"\n', "public.listen", 2],
    ["a negative time", "[runtime]\n\nconversation_idle_seconds = -1\n", "runtime.conversation_idle_seconds", 3],
    ["an unknown log level", '[log]\nlevel = "loud"\n', "log.level", 2],
    ["a model's address that is not encrypted", '[ai]\nbase_url = "http://api.example.com/v1"\n', "ai.base_url", 2],
    ["an unknown provider", '[ai]\nprovider = "oracle"\n', "ai.provider", 2],
    ["a host name to listen on", '[public]\nlisten = "chat.example.com:80"\n', "public.listen", 2],
    ["half an address to listen on", '[operator]\nlisten = "127.0.0:80"\n', "operator.listen", 2],
    ["a URL that is none", '[public]\nurl = "not a url"\n', "public.url", 2],
    ["a secret file that is missing", '[channels.meta]\napp_secret_file = "/nowhere/x"\n', "channels.meta.app_secret", 2],
    ["a certificate without its key", '[public]\ntls_certificate = "c.pem"\n', "public.tls_", 2],
  ];
  for (const [what, text, key, line] of wrong) {
    it(`refuses ${what} and names key and line`, async () => {
      const { code, said, file } = await check(text);
      assert.equal(code, 2, said);
      assert.ok(said.includes(key), said);
      assert.ok(said.includes(`${file}:${line}`) || said.includes(`line ${line}`), said);
    });
  }

  it("names all wrong keys at once", async () => {
    const { code, said } = await check('[public]\nnope = 1\n[log]\nlevel = "loud"\n[ai]\nmodul = "x"\n');
    assert.equal(code, 2);
    for (const key of ["public.nope", "log.level", "ai.modul"]) assert.ok(said.includes(key), said);
  });

  it("refuses bad syntax with its line", async () => {
    const { code, said } = await check('[public]\nlisten = "127.0.0.1:1\n');
    assert.equal(code, 2);
    assert.match(said, /:2\b|line 2\b/);
  });

  it("refuses a file that is missing, a directory and no argument", async () => {
    for (const args of [["check-config", join(folder, "none.toml")], ["check-config", folder]]) {
      assert.equal((await run(kAura, args)).code, 2, args.join(" "));
    }
    assert.notEqual((await run(kAura, ["check-config"])).code, 0);
  });

  it("checks what the environment overrides and names the variable", async () => {
    const { code, said } = await check("", { AURA_PUBLIC__LISTEN: "nonsense" });
    assert.equal(code, 2);
    assert.ok(said.includes("AURA_PUBLIC__LISTEN"), said);
    assert.equal((await check('[log]\nlevel = "loud"\n', { AURA_LOG__LEVEL: "info" })).code, 0);
  });

  it("says what to write for a misspelt variable, and leaves our other ones alone", async () => {
    const { code, said } = await check("", { AURA_STORAGE_PATH: "/data" });
    assert.equal(code, 2);
    assert.match(said, /AURA_STORAGE_PATH: .*write AURA_STORAGE__PATH/);
    assert.equal((await check("", { AURA_E2E_KEEP: "1", AURA_SEED: "2" })).code, 0);
  });

  it("never prints a secret", async () => {
    const { said } = await check('[channels.meta]\napp_secret = "canary-secret-5c1"\nnope = "canary-secret-5c1"\n');
    assert.ok(!said.includes("canary-secret-5c1"), said);
  });
});

describe("serve", () => {
  it("with a wrong configuration exits 2 and makes nothing", async () => {
    const data = join(folder, "never");
    const args = ["serve", "--config", config_file("[nope]\nx = 1\n"), "--data", data];
    const { code, stderr, stdout } = await run(kAura, args);
    assert.equal(code, 2);
    assert.ok((stdout + stderr).includes("nope"));
    assert.ok(!existsSync(data));
  });

  it("without or with unknown arguments says how it is used", async () => {
    for (const args of [[], ["servve"], ["serve", "--nope"]]) {
      const { code, stdout, stderr } = await run(kAura, args);
      assert.notEqual(code, 0, args.join(" "));
      assert.ok((stdout + stderr).length > 0);
    }
    const help = await run(kAura, ["--help"]);
    assert.equal(help.code, 0);
    for (const command of ["serve", "check-config", "workspace"]) assert.ok(help.stdout.includes(command));
  });

  it("takes the environment before the file", async () => {
    const engine = await Engine.start({
      env: { AURA_CHANNELS__META__VERIFY_TOKEN: "from-environment" },
    });
    try {
      const path = "/webhooks/meta?hub.mode=subscribe&hub.challenge=77&hub.verify_token=";
      const client = engine.public_client();
      assert.equal((await client.get(path + "from-environment")).text, "77");
      assert.equal((await client.get(path + "vt%2B01")).status, 403);
    } finally {
      await engine.close();
    }
  });

  it("reads secrets from files, without the newline at their end", async () => {
    const file = join(folder, "app_secret");
    writeFileSync(file, "secret-of-a-file\n");
    const engine = new Engine();
    delete engine.config["channels.meta"].app_secret;
    engine.config["channels.meta"].app_secret_file = file;
    engine.config.operator.token = "operator-of-the-config";
    try {
      await engine.start();
      const meta = new Meta(engine);
      const body = envelope({ page: "1", events: [message("1", "2", "hello")] });
      assert.equal((await meta.post(body, { secret: "secret-of-a-file" })).status, 200);
      assert.equal((await meta.post(body, { secret: "secret-of-a-file\n" })).status, 401);
      assert.equal((await engine.operator.get("/actors")).status, 200);
    } finally {
      await engine.close();
    }
  });

  it("refuses every webhook when no app secret is configured", async () => {
    const engine = new Engine();
    delete engine.config["channels.meta"].app_secret;
    await engine.start();
    try {
      const body = JSON.stringify(envelope({ page: "1", events: [] }));
      const meta = new Meta(engine);
      assert.equal((await meta.post(body, { secret: "" })).status, 401);
      assert.equal((await meta.post(body, { signature: `sha256=${hmac(body, "")}` })).status, 401);
    } finally {
      await engine.close();
    }
  });

  it("makes its keys readable by the owner only", async () => {
    const engine = await Engine.start();
    try {
      for (const name of ["operator.token", "master.key"]) {
        assert.equal(statSync(join(engine.data, name)).mode & 0o777, 0o600, name);
      }
      assert.ok(engine.operator_token().length >= 32);
      const log = readFileSync(engine.log, "utf8");
      assert.ok(!log.includes(engine.operator_token()));
      for (const line of log.trim().split("\n").filter((one) => !one.startsWith("aura ready"))) {
        assert.doesNotThrow(() => JSON.parse(line), `a log line that is not JSON: ${line}`);
      }
    } finally {
      await engine.close();
    }
  });
});

describe("public.url", () => {
  it("is the address of the port that the system chose, if none is configured", async () => {
    const engine = await Engine.start({ config: { public: { listen: "127.0.0.2:0" } } });
    try {
      const api = await engine.workspace();
      const media = await api.must("POST", "/media?filename=note.txt", "hello", { "Content-Type": "text/plain" });
      assert.ok(media.url.startsWith(`${engine.url}/media/`), media.url);
      const file = await request(media.url);
      assert.equal(file.status, 200, file.text);
      assert.equal(file.text, "hello");
    } finally {
      await engine.close();
    }
  });
});

describe("workspace create", () => {
  it("prints the workspace and a key that opens its API", async () => {
    const engine = await Engine.start();
    try {
      const env = {
        AURA_OPERATOR__LISTEN: new URL(engine.operator_url).host,
        AURA_STORAGE__PATH: engine.data,
      };
      const wanted = ["--name", "Käsehaus", "--slug", "kaesehaus", "--timezone", "Europe/Berlin",
        "--currency", "EUR"];
      const { code, stdout, stderr } = await run(kAura, ["workspace", "create", ...wanted], { env });
      assert.equal(code, 0, stderr);
      const made = JSON.parse(stdout);
      assert.deepEqual(Object.keys(made).sort(), ["api_key", "workspace_id"]);
      const api = engine.workspace_api(made.workspace_id, made.api_key);
      const workspace = await api.must("GET", "");
      assert.equal(workspace.name, "Käsehaus");
      assert.equal(workspace.slug, "kaesehaus");
      assert.equal(workspace.timezone, "Europe/Berlin");
      assert.equal(workspace.currency, "EUR");
    } finally {
      await engine.close();
    }
  });

  it("finds the engine by its data directory alone", async () => {
    const engine = await Engine.start();
    try {
      const { code, stdout, stderr } = await run(kAura, ["workspace", "create", "--name", "X", "--data", engine.data]);
      assert.equal(code, 0, stderr);
      assert.ok(JSON.parse(stdout).workspace_id);
    } finally {
      await engine.close();
    }
  });

  it("fails with a reason when the input is wrong or no engine runs", async () => {
    const engine = await Engine.start();
    const env = {
      AURA_OPERATOR__LISTEN: new URL(engine.operator_url).host,
      AURA_STORAGE__PATH: engine.data,
    };
    const create = (...args) => run(kAura, ["workspace", "create", ...args], { env });
    try {
      for (const args of [["--name", "X", "--currency", "EURO"], ["--name", "X", "--timezone", "Mars/Base"],
        ["--name", ""], []]) {
        const { code, stderr, stdout } = await create(...args);
        assert.notEqual(code, 0, args.join(" "));
        assert.ok((stderr + stdout).length > 0);
      }
    } finally {
      await engine.stop();
    }
    const { code, stderr } = await create("--name", "X");
    assert.notEqual(code, 0);
    assert.ok(stderr.length > 0);
    await engine.close();
  });
});
