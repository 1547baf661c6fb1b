/**
 * Money as text, from whole nano-dollars and without floating point. Amounts above 2^53 nano-dollars (nine million
 * dollars) come as BigInt, because JavaScript's numbers would round them; sums are BigInt for the same reason.
 */
const nano = 1_000_000_000n;

function grouped(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ",");
}

/** Every digit that is not a trailing zero, and at least `minimumDecimals`. `null` is an unknown price: "–". */
export function exactMoney(nanodollars: number | bigint | null | undefined, minimumDecimals = 2): string {
  if (nanodollars === null || nanodollars === undefined) return "–";
  const value = BigInt(nanodollars);
  const size = value < 0n ? -value : value;
  const fraction = (size % nano).toString().padStart(9, "0").replace(/0+$/, "").padEnd(minimumDecimals, "0");
  const sign = value < 0n ? "-" : "";
  return `${sign}$${grouped((size / nano).toString())}${fraction === "" ? "" : `.${fraction}`}`;
}

/** A decimal of dollars, as people type it, as whole nano-dollars; by digits alone. `null` for anything else. */
export function nanodollars(text: string): bigint | null {
  const match = /^\s*\$?\s*(\d{1,10})(?:\.(\d{0,9}))?\s*$/.exec(text.replace(/,(?=\d{3})/g, ""));
  return match ? BigInt(`${match[1]}${(match[2] ?? "").padEnd(9, "0")}`) : null;
}

/** Nano-dollars as a decimal to edit: no sign, no grouping. */
export function dollarText(amount: number | bigint): string {
  return exactMoney(amount, 0).replace(/[$,]/g, "");
}

/** Rounded half up for a headline: cents from ten dollars, otherwise enough decimals to show four digits. */
export function shortMoney(nanodollars: number | bigint | null | undefined): string {
  if (nanodollars === null || nanodollars === undefined) return "–";
  const value = BigInt(nanodollars);
  const size = value < 0n ? -value : value;
  const decimals = size >= 10n * nano ? 2 : size >= nano / 100n ? 4 : size === 0n ? 2 : 6;
  const unit = 10n ** BigInt(9 - decimals);
  const rounded = ((size + unit / 2n) / unit) * unit;
  const fraction = (rounded % nano).toString().padStart(9, "0").slice(0, decimals);
  return `${value < 0n ? "-" : ""}$${grouped((rounded / nano).toString())}.${fraction}`;
}

/** The exact sum of amounts. */
export function sumMoney(amounts: readonly (number | bigint)[]): bigint {
  return amounts.reduce<bigint>((sum, amount) => sum + BigInt(amount), 0n);
}
