import type { Format, Scalar } from "../api/types";
import { isDay, longDay } from "./dates";

/** A true minus, as wide as a plus. */
const minus = "−";
/** What stands for no value. It is never 0. */
export const none = "–";

const grouped = (value: number, decimals = 0): string =>
  value.toLocaleString("en-GB", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });

const symbols: Record<string, string> = { GBP: "£", USD: "$", EUR: "€", JPY: "¥", INR: "₹", CHF: "CHF ", PLN: "zł " };

/** How a currency is written before an amount. */
export const currencySymbol = (currency: string): string => symbols[currency] ?? (currency ? `${currency} ` : "");

const sign = (value: number, text: string): string => (value < 0 && /[1-9]/.test(text) ? minus + text : text);

/** £4.83m, £372k, £75.22. */
export function shortMoney(value: number, currency: string): string {
  const size = Math.abs(value);
  return sign(value, currencySymbol(currency) + shortAmount(size));
}

function shortAmount(size: number): string {
  if (size >= 999_500_000) return `${significant(size / 1e9)}bn`;
  if (size >= 999_500) return `${significant(size / 1e6)}m`;
  if (size >= 99_950) return `${Math.round(size / 1e3)}k`;
  if (size >= 9_995) return `${(size / 1e3).toFixed(1)}k`;
  if (size >= 1000) return grouped(Math.round(size));
  return grouped(size, 2);
}

const significant = (value: number): string => value.toFixed(value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2);

/** £1,583.20: what tables and tooltips show. A column is to the penny throughout or nowhere: its greatest value decides. */
export const fullMoney = (value: number, currency: string, greatest = value): string =>
  sign(value, currencySymbol(currency) + grouped(Math.abs(value), Math.abs(greatest) >= 100_000 ? 0 : 2));

/** The greatest of a column's values, whatever their sign. */
export const greatestOf = (values: (Scalar | undefined)[]): number =>
  values.reduce<number>((most, v) => (typeof v === "number" ? Math.max(most, Math.abs(v)) : most), 0);

export const count = (value: number): string => sign(value, grouped(Math.abs(Math.round(value))));

/** 1 day, 2 days. */
export const plural = (value: number, one: string, many: string): string =>
  `${count(value)} ${value === 1 ? one : many}`;

/** 46.2% for 0.462. */
export const share = (value: number, decimals = 1): string =>
  sign(value, `${grouped(Math.abs(value) * 100, decimals)}%`);

const decimalOf = (value: number, digits: number): string => sign(value, grouped(Math.abs(value), digits));

/** A value as tiles and sentences show it. */
export function shortValue(value: Scalar | undefined, format: Format | undefined, unit: string): string {
  if (typeof value !== "number") return plain(value);
  if (format === "money") return shortMoney(value, unit);
  return fullValue(value, format, unit);
}

/** A value as tables and tooltips show it; in a column, with the greatest of it. */
export function fullValue(
  value: Scalar | undefined,
  format: Format | undefined,
  unit: string,
  greatest?: number,
): string {
  if (typeof value !== "number") return plain(value);
  switch (format) {
    case "money":
      return fullMoney(value, unit, greatest);
    case "count":
      return count(value);
    case "share":
      return share(value);
    case "pp":
      return `${decimalOf(value * 100, 1)} pp`;
    case "days":
      return `${decimalOf(value, value >= 100 || Number.isInteger(value) ? 0 : 1)} d`;
    case "hours":
      return `${decimalOf(value, 1)} h`;
    case "score":
      return decimalOf(value, Math.abs(value) >= 10 || Number.isInteger(value) ? 0 : 1);
    case "ratio":
      return decimalOf(value, 2);
    default:
      return decimalOf(value, Number.isInteger(value) ? 0 : 2);
  }
}

/** Words, days and truth values as they are; nothing as a dash. */
export function plain(value: Scalar | undefined): string {
  if (value === null || value === undefined || value === "") return none;
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number") return decimalOf(value, Number.isInteger(value) ? 0 : 2);
  return isDay(value) ? longDay(value) : value;
}

const signed = (value: number, text: string): string => (value > 0 && /[1-9]/.test(text) ? `+${text}` : text);

/** +8.4% from 0.084. */
export const signedShare = (value: number, decimals = 1): string => signed(value, share(value, decimals));

/** +1.8 pp from 0.018. */
export const signedPoints = (value: number): string => signed(value, `${decimalOf(value * 100, 1)} pp`);

export const signedMoney = (value: number, currency: string): string => signed(value, shortMoney(value, currency));
export const signedCount = (value: number): string => signed(value, count(value));

/** The change of a value in the form that its format calls for: points for shares, the difference for scores, else in per cent. */
export function change(now: Scalar | undefined, before: Scalar | undefined, format: Format | undefined): string {
  if (typeof now !== "number" || typeof before !== "number") return none;
  if (format === "share" || format === "pp") return signedPoints(now - before);
  if (format === "score") return signed(now - before, decimalOf(now - before, Number.isInteger(now - before) ? 0 : 1));
  if (before === 0) return none;
  return signedShare((now - before) / Math.abs(before));
}

/** 0.29–0.54, and "to" where an end is negative. */
export function interval(low: number, high: number, form: (value: number) => string): string {
  return low < 0 || high < 0 ? `${form(low)} to ${form(high)}` : `${form(low)}–${form(high)}`;
}
