/** The control API's shapes. Money is an integer of nano-dollars, durations are milliseconds, times RFC 3339 UTC. */

/** Whole nano-dollars; a `bigint` above 2^53 of them, where numbers would round. */
export type Money = number | bigint;

export type Status = "ok" | "error" | "cancelled";

export interface Usage {
  input: number;
  cache_read: number;
  cache_write_5m: number;
  cache_write_1h: number;
  audio_input: number;
  image_input: number;
  output: number;
  reasoning: number;
  audio_output: number;
  server_tool_calls: number;
  total_input: number;
  total_output: number;
  total: number;
  source: "reported" | "estimated" | "none";
}

export interface RequestSummary {
  id: string;
  started_at: string;
  environment: string;
  operation: string;
  dialect: string;
  endpoint: string;
  provider: string | null;
  model: string | null;
  upstream_model: string | null;
  response_model: string | null;
  streamed: boolean;
  status: Status;
  http_status: number | null;
  error_code: string | null;
  error_message: string | null;
  finish_reason: string | null;
  attempts: number;
  user: string | null;
  session: string | null;
  feature: string | null;
  tags: string[];
  metadata: Record<string, unknown>;
  key_id: string | null;
  trace_id: string | null;
  span_id: string | null;
  parent_span_id: string | null;
  duration_ms: number;
  time_to_first_token_ms: number | null;
  usage: Usage;
  cost_nanodollars: Money | null;
  saved_nanodollars?: Money | null;
  route?: string | null;
  fallback_index?: number;
  cache?: string | null;
  team?: string | null;
  customer?: string | null;
  input_preview: string | null;
  output_preview: string | null;
}

export interface Timing {
  admitted_ms: number | null;
  connected_ms: number | null;
  first_byte_ms: number | null;
  first_token_ms: number | null;
  ended_ms: number | null;
}

export interface ReceiptLine {
  bucket: string;
  quantity: number;
  nanodollars_per_million: Money;
  amount_nanodollars: Money;
}

export interface Receipt {
  price_version: string;
  source: string;
  total_nanodollars: Money;
  lines: ReceiptLine[];
}

/** A body as it was sent: messages where they could be told apart, JSON where it was JSON, text where it was not. */
export interface Exchange {
  messages?: unknown[];
  body?: unknown;
  text?: string;
}

export interface RequestDetail extends RequestSummary {
  timing: Timing | null;
  receipt: Receipt | null;
  truncated: boolean;
  request: Exchange | null;
  response: Exchange | null;
  /** The server's own text of both bodies and of the rest: no number or order of members is lost in it. */
  texts: { request: string | null; response: string | null; record: string };
}

export interface RequestPage {
  data: RequestSummary[];
  next_cursor: string | null;
  total?: number;
}

export interface Quantiles {
  p50: number;
  p95: number;
  p99: number;
}

export interface Values {
  calls: number;
  errors: number;
  cancelled: number;
  input_tokens: number;
  cached_tokens: number;
  output_tokens: number;
  cost_nanodollars: Money;
  unpriced: number;
  latency_ms: Quantiles | null;
  time_to_first_token_ms: Quantiles | null;
}

export interface Point extends Values {
  at: string;
}

export interface SummaryGroup {
  value: string | null;
  totals: Values;
  points: Point[];
}

export type Interval = "minute" | "hour" | "day";

export interface Summary {
  from: string;
  to: string;
  interval: Interval;
  group_by: string;
  totals: Values;
  groups: SummaryGroup[];
}

export interface Price {
  version: string;
  effective_from: string | null;
  source: string;
  nanodollars_per_million: Record<string, Money>;
  tiers: unknown[] | null;
}

export interface Model {
  name: string;
  provider: string;
  dialect: string;
  upstream_model: string;
  price: Price | null;
  context_window: number | null;
  max_output_tokens: number | null;
  capabilities: string[] | null;
  trains_on_inputs: boolean | null;
  region: string | null;
}

export interface ServerStatus {
  version: string;
  started_at: string;
  uptime_s: number;
  environment: string | null;
  store: { spans: number; contents: number; disk_bytes: number };
  journal: { backlog_bytes: number; limit_bytes: number; segments: number };
  open_requests: number;
  providers: { name: string; dialect: string; base_url: string; healthy: boolean | null }[];
}
