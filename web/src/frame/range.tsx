import { type FormEvent, type ReactNode, useState } from "react";
import { dayRange, isDay } from "../lib/dates";
import { useFilters } from "../lib/filters";
import { presetRange, presets } from "../lib/url";
import { Popover } from "../ui/popover";

/** The range: a named one, or any two days. */
export function RangePicker(): ReactNode {
  const { filters } = useFilters();
  const face = dayRange(filters.from, filters.to);
  return (
    <Popover face={face} label={`Date range: ${face}`} title="Date range" className="range">
      {(close) => <Choices close={close} />}
    </Popover>
  );
}

function Choices({ close }: { close: () => void }): ReactNode {
  const { filters, session, setParams } = useFilters();
  const [wrong, setWrong] = useState("");
  const last = session.last_day ?? filters.to;
  const first = session.first_day ?? filters.from;
  const apply = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const [from, to] = [String(form.get("from")), String(form.get("to"))];
    if (!isDay(from) || !isDay(to)) setWrong("Both days are needed.");
    else if (from > to) setWrong("The first day is after the last.");
    else {
      setParams({ from, to, range: null });
      close();
    }
  };
  return (
    <>
      <ul>
        {presets.map((preset) => {
          const range = presetRange(preset.name, first, last);
          return (
            <li key={preset.name}>
              <button
                type="button"
                className="menu-item"
                data-checked={filters.preset === preset.name || undefined}
                onClick={() => {
                  setParams({ range: preset.name, from: null, to: null });
                  close();
                }}
              >
                <span>{preset.label}</span>
                <small>{dayRange(range.from, range.to)}</small>
              </button>
            </li>
          );
        })}
      </ul>
      <form onSubmit={apply} noValidate key={`${filters.from} ${filters.to}`}>
        <label className="field">
          <span>From</span>
          <input className="input" type="date" name="from" defaultValue={filters.from} />
        </label>
        <label className="field">
          <span>To, included</span>
          <input className="input" type="date" name="to" defaultValue={filters.to} />
        </label>
        {wrong && (
          <p className="bad small" role="alert">
            {wrong}
          </p>
        )}
        <button type="submit" className="btn primary">
          Apply
        </button>
        <p className="note">Data from {dayRange(first, last)}, days in UTC.</p>
      </form>
    </>
  );
}
