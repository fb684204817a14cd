import type { ReactNode } from "react";
import type { Profile } from "../../api/resources";
import type { Scalar } from "../../api/types";
import { longDay } from "../../lib/dates";
import { useFilters } from "../../lib/filters";
import { count, fullMoney, none, plain, share, shortMoney } from "../../lib/format";

export const number = (value: Scalar | undefined): number | null => (typeof value === "number" ? value : null);
export const text = (value: Scalar | undefined): string => (typeof value === "string" ? value : "");

/** The reasons of a score, as the model writes them: "text (+12); text (-3)"; the points are left out where it has none. */
export function riskReasons(written: string): { text: string; points: number | null }[] {
  return written
    .split(/;\s*/)
    .filter(Boolean)
    .map((part) => {
      const match = /^(.*?)\s*\(([+-]\d+(?:\.\d+)?)\)$/.exec(part);
      return match ? { text: match[1] ?? part, points: Number(match[2]) } : { text: part, points: null };
    });
}

/** How often somebody orders, and whether they are late. */
export function rhythm(ordered: boolean, gap: number | null, recency: number | null): string {
  if (!ordered) return "";
  if (gap === null) return "One order alone has no rhythm.";
  const late = recency !== null && recency > 2 * gap ? "; now more than twice that." : ".";
  const days = gap.toFixed(gap < 10 ? 1 : 0);
  return `Usually ${days} ${days === "1.0" ? "day" : "days"} between orders${late}`;
}

/** Worth, rhythm and risk, each with where it comes from. */
export function Scores({ data }: { data: Profile }): ReactNode {
  const { session } = useFilters();
  const p = data;
  const reasons = riskReasons(text(p.churn_reasons));
  const recency = number(p.recency);
  const gap = number(p.mean_gap_days);
  const expected = number(p.expected_margin_12m);
  const historic = number(p.historic_margin);
  const risk = number(p.churn_risk_score);
  const band = text(p.churn_risk_band);
  const rule = number(p.churn_probability_rule);
  const last = text(p.last_order_day);
  return (
    <div className="scores">
      <div className="score">
        <h2>Last order</h2>
        <p className="value">
          {recency === null ? (
            none
          ) : (
            <>
              {count(recency)} <small>{recency === 1 ? "day ago" : "days ago"}</small>
            </>
          )}
        </p>
        <p className="small ink-3">{last ? longDay(last) : "No order yet"}</p>
        <p className="why">{rhythm(last !== "", gap, recency)}</p>
      </div>
      <div className="score">
        <h2>Value so far</h2>
        <p className="value" title={historic === null ? "No purchase yet" : fullMoney(historic, session.currency)}>
          {historic === null ? none : shortMoney(historic, session.currency)}
        </p>
        <p className="small ink-3">
          Margin; net revenue{" "}
          {number(p.net_revenue) === null ? none : fullMoney(number(p.net_revenue) ?? 0, session.currency)}
        </p>
        <p className="why">
          {expected === null
            ? "No value for the next 12 months has been estimated."
            : `Expected margin of the next 12 months, an estimate: ${shortMoney(expected, session.currency)}.`}
        </p>
      </div>
      <div className="score drivers">
        <div>
          <h2>Churn risk</h2>
          <p className="value">
            {risk === null ? none : Math.round(risk)} {risk !== null && <small>of 100</small>}
          </p>
          {band && (
            <span className={`badge ${/high/i.test(band) ? "bad" : /medium/i.test(band) ? "warn" : "good"}`}>
              {band}
            </span>
          )}
          <p className="why">
            {risk === null
              ? `No predictor has scored yet${rule === null ? "." : `; by the rule of thumb of days since the last order ${share(rule)}.`}`
              : ""}
          </p>
        </div>
        <div>
          {reasons.length > 0 ? (
            <table className="data dense">
              <thead>
                <tr>
                  <th scope="col">What it rests on</th>
                  <th scope="col" className="num">
                    Points
                  </th>
                </tr>
              </thead>
              <tbody>
                {reasons.map((reason) => (
                  <tr key={reason.text}>
                    <td className="ink-1">{reason.text}</td>
                    <td className={`num ${(reason.points ?? 0) > 0 ? "bad" : "good"}`}>
                      {reason.points === null
                        ? none
                        : `${reason.points > 0 ? "+" : "−"}${Math.abs(reason.points).toFixed(0)}`}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          ) : (
            <dl className="facts">
              <dt>Spending segment</dt>
              <dd>{plain(p.spending_segment)}</dd>
              <dt>Behaviour</dt>
              <dd>{plain(p.behavioural_group)}</dd>
              <dt>Cluster</dt>
              <dd>{plain(p.ml_segment_name)}</dd>
              <dt>RFM segment</dt>
              <dd>{plain(p.rfm_segmentation)}</dd>
            </dl>
          )}
        </div>
      </div>
    </div>
  );
}
