import type { Definition } from "../api/gateway";

/** A call that is only thought through, while it is typed. */
export interface Trial {
  prompt: string;
  stream: boolean;
  tools: boolean;
  maxTokens: string;
  user: string;
  session: string;
  tags: string;
  metadata: string;
  headers: string;
}

/** `name=value` or `name: value`, a line each; what has no name is left out. */
export function pairsOf(text: string): Record<string, string> {
  return Object.fromEntries(text.split("\n").flatMap((line) => {
    const match = /^\s*([^=:\s]+)\s*[=:]\s*(.*?)\s*$/.exec(line);
    return match?.[1] ? [[match[1], match[2] ?? ""] as [string, string]] : [];
  }));
}

const sampleTool = {
  type: "function", function: { name: "look_up", parameters: { type: "object",
    properties: { q: { type: "string" } } } },
};

/** The body of a dry run: under a definition that may not be saved yet, or under the route of that name. */
export function trialBody(trial: Trial, name: string, definition: Definition | null): Record<string, unknown> {
  const tags = trial.tags.split(",").map((one) => one.trim()).filter(Boolean);
  const limit = Number(trial.maxTokens);
  const [metadata, headers] = [pairsOf(trial.metadata), pairsOf(trial.headers)];
  return {
    ...(definition ? { definition } : { route: name }),
    request: {
      model: name,
      messages: [{ role: "user", content: trial.prompt }],
      ...(trial.stream ? { stream: true } : {}),
      ...(limit > 0 ? { max_tokens: Math.floor(limit) } : {}),
      ...(trial.tools ? { tools: [sampleTool] } : {}),
    },
    ...(Object.keys(headers).length > 0 ? { headers } : {}),
    ...(Object.keys(metadata).length > 0 ? { metadata } : {}),
    ...(tags.length > 0 ? { tags } : {}),
    ...(trial.user.trim() ? { user: trial.user.trim() } : {}),
    ...(trial.session.trim() ? { session: trial.session.trim() } : {}),
  };
}
