import { parseAnswer } from "../format/json";

/** Messages of any dialect as turns of parts, for one chat view. Unknown shapes are kept whole, as JSON. */

export type Part =
  | { kind: "text"; text: string }
  | { kind: "reasoning"; text: string }
  | { kind: "refusal"; text: string }
  | { kind: "call"; name: string; id: string | null; input: unknown }
  | { kind: "result"; id: string | null; failed: boolean; parts: Part[] }
  | { kind: "image"; source: string }
  | { kind: "json"; label: string; value: unknown };

export interface Turn {
  role: string;
  name: string | null;
  parts: Part[];
}

type Fields = Record<string, unknown>;

function isFields(value: unknown): value is Fields {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

/** One message; `role` is who is assumed to speak where the message does not say. */
export function turnOf(message: unknown, role: string): Turn {
  if (!isFields(message)) return { role, name: null, parts: contentParts(message) };
  if (isFields(message.message)) return turnOf(message.message, role);
  const item = responsesItem(message);
  if (item) return { role: item.kind === "result" ? "tool" : "assistant", name: null, parts: [item] };
  const speaker = textOf(message.role) ?? role;
  const parts = messageParts(message, speaker);
  // Anthropic sends tool results as the user's; to a reader they are the tool's.
  const fromTool = speaker === "user" && parts.length > 0 && parts.every((part) => part.kind === "result");
  return { role: fromTool ? "tool" : speaker, name: textOf(message.name), parts };
}

function messageParts(message: Fields, role: string): Part[] {
  const parts: Part[] = [];
  const thought = textOf(message.reasoning_content) ?? textOf(message.reasoning);
  if (thought) parts.push({ kind: "reasoning", text: thought });
  const content = contentParts(message.content);
  if (role === "tool") parts.push({ kind: "result", id: textOf(message.tool_call_id), failed: false, parts: content });
  else parts.push(...content);
  if (textOf(message.refusal)) parts.push({ kind: "refusal", text: String(message.refusal) });
  if (Array.isArray(message.tool_calls)) parts.push(...message.tool_calls.map(toolCall));
  if (isFields(message.function_call)) parts.push(toolCall({ function: message.function_call }));
  if (isFields(message.audio)) parts.push({ kind: "json", label: "audio", value: message.audio });
  if (parts.length === 0 && message.content === undefined) {
    parts.push({ kind: "json", label: "message", value: message });
  }
  return parts;
}

/** A chat completion's tool call. */
function toolCall(call: unknown): Part {
  const inner = isFields(call) && isFields(call.function)
    ? call.function
    : isFields(call) && isFields(call.custom) ? call.custom : null;
  if (!inner || !isFields(call)) return { kind: "json", label: "tool call", value: call };
  return { kind: "call", name: textOf(inner.name) ?? "tool", id: textOf(call.id), input: parsed(
    inner.arguments ?? inner.input,
  ) };
}

/** Arguments are JSON in a string; text that is not stays text. */
function parsed(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    return parseAnswer<unknown>(value);
  } catch {
    return value;
  }
}

/** An item of the Responses API that is not a message. */
function responsesItem(item: Fields): Part | null {
  switch (item.type) {
    case "function_call":
    case "custom_tool_call":
      return { kind: "call", name: textOf(item.name) ?? "tool", id: textOf(item.call_id), input: parsed(
        item.arguments ?? item.input,
      ) };
    case "function_call_output":
    case "custom_tool_call_output":
      return { kind: "result", id: textOf(item.call_id), failed: false, parts: contentParts(item.output) };
    case "reasoning":
      return { kind: "reasoning", text: summaryText(item) };
    default:
      return null;
  }
}

function summaryText(item: Fields): string {
  const lines = [item.summary, item.content].flatMap((list) => (Array.isArray(list) ? list : []))
    .flatMap((part) => (isFields(part) && textOf(part.text) ? [String(part.text)] : []));
  return lines.length > 0 ? lines.join("\n\n") : "(the provider keeps this to itself)";
}

/** A message's content: text, a list of blocks, or nothing. */
export function contentParts(content: unknown): Part[] {
  if (content === null || content === undefined || content === "") return [];
  if (typeof content === "string") return [{ kind: "text", text: content }];
  if (Array.isArray(content)) return content.flatMap(blockParts);
  if (isFields(content) && typeof content.type === "string") return blockParts(content);
  return [{ kind: "json", label: "content", value: content }];
}

function blockParts(block: unknown): Part[] {
  if (typeof block === "string") return block === "" ? [] : [{ kind: "text", text: block }];
  if (!isFields(block)) return [{ kind: "json", label: "content", value: block }];
  switch (block.type) {
    case "text":
    case "input_text":
    case "output_text":
      return typeof block.text === "string" ? [{ kind: "text", text: block.text }] : [];
    case "thinking":
      return [{ kind: "reasoning", text: textOf(block.thinking) ?? "(empty)" }];
    case "redacted_thinking":
      return [{ kind: "reasoning", text: "(the provider keeps this to itself)" }];
    case "refusal":
      return [{ kind: "refusal", text: textOf(block.refusal) ?? "" }];
    case "tool_use":
    case "server_tool_use":
      return [{ kind: "call", name: textOf(block.name) ?? "tool", id: textOf(block.id), input: block.input }];
    case "tool_result":
      return [
        {
          kind: "result", id: textOf(block.tool_use_id), failed: block.is_error === true,
          parts: contentParts(block.content),
        },
      ];
    case "image_url":
      return [{ kind: "image", source: imageSource(block.image_url) }];
    case "input_image":
    case "image":
      return [{ kind: "image", source: imageSource(block.image_url ?? block.source) }];
    default:
      return [{ kind: "json", label: textOf(block.type) ?? "content", value: block }];
  }
}

function imageSource(value: unknown): string {
  if (typeof value === "string") return value;
  if (!isFields(value)) return "";
  if (typeof value.url === "string") return value.url;
  if (typeof value.data === "string") return `data:${textOf(value.media_type) ?? "image"};base64,${value.data}`;
  return textOf(value.file_id) ?? "";
}
