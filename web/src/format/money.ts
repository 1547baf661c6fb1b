/**
 * Money as text, from whole nano-dollars and without floating point. The API's integers stay below 2^53 nano-dollars
 * (nine million dollars) where JavaScript's numbers are exact; sums here are BigInt, so they cannot round either.
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
export function sumMoney(amounts: readonly number[]): bigint {
  return amounts.reduce((sum, amount) => sum + BigInt(amount), 0n);
}
