import { currentKey } from "../app/session";
import { explained, failure } from "./client";

/** Splits a server-sent-event stream into events, across any chunk boundary. */
export class EventParser {
  private buffer = "";

  /** Feeds decoded text; calls back once per complete event that has data. */
  feed(text: string, onEvent: (name: string, data: string) => void): void {
    // A CR at the end may be half of a CRLF: it waits for the next chunk.
    this.buffer += text;
    const held = this.buffer.endsWith("\r") ? "\r" : "";
    let ready = this.buffer.slice(0, this.buffer.length - held.length).replace(/\r\n?/g, "\n");
    for (let end = ready.indexOf("\n\n"); end >= 0; end = ready.indexOf("\n\n")) {
      this.dispatch(ready.slice(0, end), onEvent);
      ready = ready.slice(end + 2);
    }
    this.buffer = ready + held;
  }

  private dispatch(block: string, onEvent: (name: string, data: string) => void): void {
    let name = "message";
    const data: string[] = [];
    for (const line of block.split("\n")) {
      const colon = line.indexOf(":");
      if (colon === 0) continue;
      const field = colon < 0 ? line : line.slice(0, colon);
      const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
      if (field === "event") name = value;
      else if (field === "data") data.push(value);
    }
    if (data.length > 0) onEvent(name, data.join("\n"));
  }
}

export interface LiveHandlers {
  onOpen: () => void;
  onEvent: (data: string) => void;
  /** The stream broke; it is opened again after `retryMs`. */
  onDown: (message: string, retryMs: number) => void;
}

/**
 * First wait before a broken stream is opened again, and the longest: a restart takes a second, an upgrade a minute.
 */
const firstRetryMs = 500;
const longestRetryMs = 15_000;

/** Follows an event stream with `fetch` (which can send a key, `EventSource` cannot). Returns what ends it. */
export function follow(path: string, handlers: LiveHandlers): () => void {
  const abort = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let retryMs = firstRetryMs;
  const run = async (): Promise<void> => {
    try {
      await read(path, abort.signal, {
        ...handlers,
        onOpen: () => {
          retryMs = firstRetryMs;
          handlers.onOpen();
        },
      });
      throw new TypeError("ended");
    } catch (error) {
      if (abort.signal.aborted) return;
      handlers.onDown(explained(error).message, retryMs);
      timer = setTimeout(() => void run(), retryMs);
      retryMs = Math.min(retryMs * 2, longestRetryMs);
    }
  };
  void run();
  return () => {
    abort.abort();
    clearTimeout(timer);
  };
}

async function read(path: string, signal: AbortSignal, handlers: LiveHandlers): Promise<void> {
  const headers = { Authorization: `Bearer ${currentKey() ?? ""}`, Accept: "text/event-stream" };
  const response = await fetch(`/api/v1${path}`, { headers, signal, cache: "no-store", credentials: "omit" });
  if (!response.ok || !response.body) throw await failure(response, true);
  handlers.onOpen();
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  const parser = new EventParser();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    parser.feed(decoder.decode(value, { stream: true }), (name, data) => {
      if (name === "request") handlers.onEvent(data);
    });
  }
}
