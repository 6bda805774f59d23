// Client of the operator endpoint: JSON requests with the token, and the live trace as a fetch stream
// (EventSource cannot send a token). The token is kept in this tab's sessionStorage only.

const kTokenKey = "aura-operator-token";
const kPatienceMs = 5000;  // an engine that hangs must not look like one that is slow

export interface Actor {
  path: string; kind: string; id: string; state: string;
  mailbox: number; queue: number; processed: number; rate: number; busy_us: number; busy_share: number;
  restarts: number; last_failure: string | null; activated_at: string | null; next_timer_at: string | null;
  waits_on: string | null; waits_since_at: string | null; stuck: boolean; children: number; resource: string | null;
  held: number; held_more: boolean;
  name: string | null; channel_type: string | null;  // of a workspace or a connection
}
export interface Bucket { below: number | null; count: number }
export interface Kind {
  kind: string; alive: number; rate: number; busy_share: number; mailbox: number; restarts: number; stuck: number;
  under_order: number;
  turns: Bucket[];
}
export interface ActorList { data: Actor[]; next: string | null; kinds: Kind[]; mailboxes: Bucket[] }
export interface Step { started_at: string; what: string; outcome: string; took_us: number }
export interface Send {
  message_id: string; conversation_id: string; state: string; attempts: number; created_at: string;
  not_before_at: string | null; maybe_duplicate: boolean;
}
export interface Detail {
  actor: Actor; answered: boolean; summary: Record<string, unknown> | null; recent: Step[]; commits_in_flight: number;
  timers: { what: string; due_at: string }[]; outbox: Send[]; actors: Actor[];
}
export interface TraceEvent {
  happened_at: string; path: string; step: string; what: string; detail: string | null; took_us: number;
}
export interface Connection {
  workspace_id: string; channel_id: string; type: string; name: string; status: string; error: string | null;
  path: string; awake: boolean; queue: number; mailbox: number; held: number; held_more: boolean;
  account: string | null; state: string | null; workspace_name: string;
}
export interface Letter {
  id: string; workspace_id: string; channel_id: string | null; source: string; reason: string; detail: string;
  tries: number; received_at: string; retry_until_at: string;
}
export interface Engine {
  version: string; build: string; started_at: string;
  settings: { key: string; value: string }[];
  storage: {
    families: { name: string; keys: number; bytes: number; memory_bytes: number; files: number }[];
    compaction_pending_bytes: number; compactions_running: number; flushes_running: number; free_bytes: number;
    fsync: { count: number; p50_us: number; p99_us: number };
  };
  faults: { happened_at: string; path: string; what: string; reason: string }[];
}
export interface Money { amount_minor: number; currency: string }
export interface Story {
  message_id: string; workspace_id: string; conversation_id: string; channel_id: string; direction: string;
  author: string; conversation_path: string; text: string; masked: boolean; provider_time_at: string;
  raw: { sha256_prefix: string | null; received_at: string | null; taken_at: string | null; failed_tries: number };
  dedupe: { key: string | null; decision: string };
  waits: { early_events: number; in_outbox: boolean; not_before_at: string | null; turn_pending: boolean;
    holds: { path: string; by: string; began_at: string; ended_at: string | null }[] };
  // A claim rests on an item, on a document or, with neither, on the business's own profile.
  claims: { item_id: string | null; item_revision: number | null; document_id: string | null;
    document_revision: number | null; text: string; amount: Money | null; price_now: Money | null;
    revision_now: number | null; holds: string }[];
  status: string; error_code: string | null; error_detail: string | null;
  attempts: { number: number; part: number; started_at: string; finished_at: string | null; outcome: string;
    http_status: number | null; provider_code: string | null; next_try_at: string | null }[];
  statuses: { happened_at: string; what: string }[];
  events: { happened_at: string; what: string }[];
  took_us: number;
  complete: boolean;
}
export interface Page<T> { data: T[]; next: string | null }

export class Refused extends Error {
  constructor(readonly status: number, detail: string) { super(detail); }
}

/** No answer came: the engine does not run, or the connection broke. */
export class Unreachable extends Error {}

let token = sessionStorage.getItem(kTokenKey) ?? "";

export const has_token = () => token !== "";
export function set_token(value: string): void {
  token = value;
  if (value) sessionStorage.setItem(kTokenKey, value);
  else sessionStorage.removeItem(kTokenKey);
}

const headers = () => ({ Authorization: `Bearer ${token}`, Accept: "application/json" });

async function reached<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    throw new Unreachable(String(error));
  }
}

async function answer(response: Response): Promise<unknown> {
  const text = await reached(response.text());
  if (response.ok) return text ? JSON.parse(text) : {};
  let told: { detail?: string; title?: string } = {};
  try { told = JSON.parse(text); } catch { /* a proxy's page */ }
  throw new Refused(response.status, told.detail ?? told.title ?? `HTTP ${response.status}`);
}

/** A 503 is a valid answer here: not ready, with the reasons. */
export async function readiness(): Promise<{ ready: boolean; reasons: string[] }> {
  const response = await reached(fetch("/readyz", { signal: AbortSignal.timeout(kPatienceMs) }));
  return response.status === 503 ? await reached(response.json()) : await answer(response) as { ready: boolean; reasons: string[] };
}

const read = (path: string) => reached(fetch(path, { headers: headers(), signal: AbortSignal.timeout(kPatienceMs) }));

export async function get<T>(path: string): Promise<T> {
  return await answer(await read(path)) as T;
}

export async function get_text(path: string): Promise<string> {
  const response = await read(path);
  if (!response.ok) throw new Refused(response.status, `HTTP ${response.status}`);
  return reached(response.text());
}

export async function send(method: string, path: string, body?: unknown): Promise<void> {
  const response = await reached(fetch(path, {
    method, headers: { ...headers(), ...(body ? { "Content-Type": "application/json" } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  }));
  if (!response.ok) await answer(response);
}

/** Streams the actor's trace until the signal aborts; calls `tell` for each step. */
export async function follow(path: string, signal: AbortSignal, tell: (event: TraceEvent) => void): Promise<void> {
  const response = await fetch(`/actors${path}/trace`, { headers: { Authorization: `Bearer ${token}` }, signal });
  if (!response.ok || !response.body) return void await answer(response);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    rest += value;
    const events = rest.split("\n\n");
    rest = events.pop() ?? "";
    for (const event of events) {
      const data = event.split("\n").find((line) => line.startsWith("data: "));
      if (data) tell(JSON.parse(data.slice(6)) as TraceEvent);
    }
  }
}
