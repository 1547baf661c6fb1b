import type { Definition, WhatIfDelta } from "../api/gateway";
import { readByHand } from "../format/json";
import { isObject } from "../routes/tree";

/** What is to be changed, while it is typed. */
export interface Changes {
  routes: { name: string; text: string }[];
  prices: { provider: string; model: string; input: string; output: string }[];
  cache: { route: string; ttl: string }[];
}

export interface Filter {
  model: string;
  route: string;
  environment: string;
  tag: string;
}

export const noChanges: Changes = { routes: [], prices: [], cache: [] };
export const filterNames: (keyof Filter)[] = ["model", "route", "environment", "tag"];

/** What is wrong with the changes before they are sent, each with its place; empty if they can be. */
export function mistakesIn(changes: Changes): string[] {
  const found: string[] = [];
  if (changes.routes.length + changes.prices.length + changes.cache.length === 0) {
    found.push("Change a route, a price or the cache: without a change there is nothing to compare.");
  }
  changes.routes.forEach((one, at) => {
    const read = readByHand(one.text);
    if (one.name.trim() === "") found.push(`Route ${at + 1}: name it.`);
    else if ("mistake" in read) found.push(`Route ${one.name}, line ${read.mistake.line}: ${read.mistake.message}`);
    else if (!isObject(read.value)) found.push(`Route ${one.name}: a definition is an object.`);
  });
  changes.prices.forEach((one, at) => {
    if (one.provider.trim() === "" || one.model.trim() === "") found.push(`Price ${at + 1}: name provider and model.`);
    else if (![one.input, one.output].some((text) => text.trim() !== "")) {
      found.push(`Price ${at + 1}: write dollars per million tokens.`);
    }
    for (const text of [one.input, one.output]) {
      if (text.trim() !== ""
        && !/^\d+(\.\d+)?$/.test(text.trim())) found.push(`Price ${at + 1}: "${text}" is no amount of dollars.`);
    }
  });
  changes.cache.forEach((one, at) => {
    if (one.route.trim() === "") found.push(`Cache ${at + 1}: name the route.`);
    if (!/^\d+(ms|s|m|h)$/.test(one.ttl.trim())) found.push(`Cache ${at + 1}: write how long, such as 10m or 1h.`);
  });
  return found;
}

/** The body of the question; call it when nothing is wrong. */
export function questionBody(
  changes: Changes, filter: Filter, from: number, to: number, limit: number,
): Record<string, unknown> {
  const said = filterNames.filter((name) => filter[name].trim() !== "").map((name) => [name, filter[name].trim()]);
  const routes = changes.routes.flatMap((one) => {
    const read = readByHand(one.text);
    return "value" in read ? [[one.name.trim(), read.value as Definition] as [string, Definition]] : [];
  });
  return {
    from: new Date(from).toISOString(), to: new Date(to).toISOString(), limit,
    ...(said.length > 0 ? { filter: Object.fromEntries(said) as Record<string, string> } : {}),
    changes: {
      ...(routes.length > 0 ? { routes: Object.fromEntries(routes) } : {}),
      ...(changes.prices.length > 0 ? { prices: changes.prices.map(priceBody) } : {}),
      ...(changes.cache.length > 0
        ? { cache: changes.cache.map((one) => ({ route: one.route.trim(), ttl: one.ttl.trim() })) }
        : {}),
    },
  };
}

/** Dollars stay the text that was typed: a decimal must not become a binary fraction. */
function priceBody(price: Changes["prices"][number]): Record<string, string> {
  const rates = [["input", price.input.trim()], ["output", price.output.trim()]].filter(([, text]) => text !== "");
  return { provider: price.provider.trim(), model: price.model.trim(), ...Object.fromEntries(rates) as object };
}

/** Whether an interval leaves no doubt: less is better for everything that is compared here. */
export function judgement(delta: WhatIfDelta | null): "better" | "worse" | "unclear" {
  if (!delta || delta.lower === null || delta.upper === null) return "unclear";
  if (delta.upper < 0) return "better";
  return delta.lower > 0 ? "worse" : "unclear";
}
