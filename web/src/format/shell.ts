import type { RequestDetail } from "../api/types";

/** One shell word, whatever it holds: single quotes stop every expansion, and a quote itself is spliced in. */
export function shellQuote(text: string): string {
  return `'${text.replace(/'/g, "'\\''")}'`;
}

/** The call as a curl command; the key is a placeholder that the shell fills in. */
export function curlCommand(detail: RequestDetail, origin: string): string {
  const body = detail.texts.request ?? detail.request?.text ?? "";
  const lines = [
    `curl ${shellQuote(origin + detail.endpoint)}`,
    `-H "Authorization: Bearer $SIGNALBOX_KEY"`,
    `-H 'Content-Type: application/json'`,
  ];
  if (detail.dialect === "anthropic") lines.push(`-H 'anthropic-version: 2023-06-01'`);
  if (body !== "") lines.push(`--data-raw ${shellQuote(body)}`);
  return lines.join(" \\\n  ");
}
