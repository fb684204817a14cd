/** Days as the API writes them, 2025-09-28, reckoned in UTC and free of clocks. */
export type Day = string;

const dayLength = 86_400_000;
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

const number = (day: Day): number => Date.parse(`${day.slice(0, 10)}T00:00:00Z`);
const text = (time: number): Day => new Date(time).toISOString().slice(0, 10);

/** Whether text is a day that the calendar has. */
export function isDay(value: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(number(value)) && text(number(value)) === value;
}

export const addDays = (day: Day, days: number): Day => text(number(day) + days * dayLength);

/** The days from one day to another, both included. */
export const daysBetween = (from: Day, to: Day): number => Math.round((number(to) - number(from)) / dayLength) + 1;

/** The same date some months away; the month's last day where it has no such date. */
export function addMonths(day: Day, count: number): Day {
  const date = new Date(number(day));
  const wanted = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + count);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(wanted, last));
  return text(date.getTime());
}

export const startOfMonth = (day: Day): Day => `${day.slice(0, 7)}-01`;
export const endOfMonth = (day: Day): Day => addDays(addMonths(startOfMonth(day), 1), -1);
/** The calendar months from one day to another, both included. */
export const monthsBetween = (from: Day, to: Day): number =>
  12 * (yearOf(to) - yearOf(from)) + monthOf(to) - monthOf(from) + 1;
/** Whether the month of a day is over on the last day of the data. */
export const monthIsOver = (day: Day, last: Day): boolean => endOfMonth(day) <= last;
export const startOfYear = (day: Day): Day => `${day.slice(0, 4)}-01-01`;

export function startOfQuarter(day: Day): Day {
  const month = Number(day.slice(5, 7));
  return `${day.slice(0, 4)}-${String(month - ((month - 1) % 3)).padStart(2, "0")}-01`;
}

export const yearOf = (day: Day): number => Number(day.slice(0, 4));
export const monthOf = (day: Day): number => Number(day.slice(5, 7));
export const monthName = (day: Day): string => months[monthOf(day) - 1] ?? "";

/** 28 Sep 2025 */
export const longDay = (day: Day): string => `${Number(day.slice(8, 10))} ${monthName(day)} ${yearOf(day)}`;
/** 28 Sep */
export const shortDay = (day: Day): string => `${Number(day.slice(8, 10))} ${monthName(day)}`;
/** Sep 2025 */
export const longMonth = (day: Day): string => `${monthName(day)} ${yearOf(day)}`;
/** Sep 25 */
export const shortMonth = (day: Day): string => `${monthName(day)} ${day.slice(2, 4)}`;
export const weekday = (day: Day): string => weekdays[new Date(number(day)).getUTCDay()] ?? "";

/** 30 Sep 2024 – 28 Sep 2025; the year once where it is the same. */
export function dayRange(from: Day, to: Day): string {
  if (from === to) return longDay(from);
  const start = yearOf(from) === yearOf(to) ? shortDay(from) : longDay(from);
  return `${start} – ${longDay(to)}`;
}

/** What a period that begins on a day is called. */
export function periodName(day: Day, grain: string): string {
  switch (grain) {
    case "week":
      return `Week of ${longDay(day)}`;
    case "month":
      return longMonth(day);
    case "quarter":
      return `Q${Math.floor((monthOf(day) - 1) / 3) + 1} ${yearOf(day)}`;
    case "year":
      return String(yearOf(day));
    default:
      return `${weekday(day)}, ${longDay(day)}`;
  }
}

/** 28 Sep 2025, 06:12 UTC */
export function moment(time: string): string {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return time;
  const iso = date.toISOString();
  return `${longDay(iso)}, ${iso.slice(11, 16)} UTC`;
}

/** "2 h ago" below a day, else the moment. */
export function ago(time: string, now: Date): string {
  const minutes = Math.floor((now.getTime() - Date.parse(time)) / 60_000);
  if (Number.isNaN(minutes)) return time;
  if (minutes < 0 || minutes >= 24 * 60) return moment(time);
  if (minutes < 1) return "just now";
  return minutes < 60 ? `${minutes} min ago` : `${Math.floor(minutes / 60)} h ago`;
}
