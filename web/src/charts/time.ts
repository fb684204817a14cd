import { addDays, type Day, monthName, monthOf, shortDay, yearOf } from "../lib/dates";

/**
 * The labels under a time axis of periods, "" for a period without one: the first
 * period of each month (each year for long axes), with the year below the first and
 * below January. No more than fit the width.
 */
export function timeLabels(times: Day[], grain: string, width: number): string[] {
  const most = Math.max(2, Math.floor(width / 46));
  if (grain === "year") return times.map((t, i) => (i % Math.ceil(times.length / most) === 0 ? String(yearOf(t)) : ""));
  if (grain === "day" && times.length <= 45) return dayLabels(times, most);
  const starts = times.map((t, i) => i === 0 || !sameMonth(startDay(t, grain), startDay(times[i - 1] ?? t, grain)));
  const months = starts.filter(Boolean).length;
  const every = [1, 2, 3, 6, 12, 24, 60].find((n) => months / n <= most) ?? 120;
  let lastYear = 0;
  let lastLabel = Number.NEGATIVE_INFINITY;
  const gap = (times.length / Math.max(1, width)) * 34;
  return times.map((t, i) => {
    const at = startDay(t, grain);
    if (!starts[i]) return "";
    const wanted = i === 0 || (monthOf(at) - 1) % every === 0;
    if (!wanted || i - lastLabel < gap) return "";
    // The first label gives way to a full month right behind it.
    const following = starts.indexOf(true, 1);
    if (i === 0 && following > 0 && following < gap && every === 1) return "";
    lastLabel = i;
    const year = yearOf(at);
    const named = year !== lastYear;
    lastYear = year;
    return named ? `${monthName(at)}\n${year}` : monthName(at);
  });
}

/** A week belongs to the month in which it has its first whole day of a month: that of its Sunday. */
const startDay = (t: Day, grain: string): Day => (grain === "week" ? addDays(t, 6) : t);

const sameMonth = (a: Day, b: Day): boolean => a.slice(0, 7) === b.slice(0, 7);

function dayLabels(times: Day[], most: number): string[] {
  const every = Math.max(1, Math.ceil(times.length / most));
  return times.map((t, i) => {
    if (i % every !== 0) return "";
    return i === 0 ? `${shortDay(t)}\n${yearOf(t)}` : shortDay(t);
  });
}
