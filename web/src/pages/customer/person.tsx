import type { ReactNode } from "react";
import type { Profile, Revealed } from "../../api/resources";
import { Block } from "../../blocks/block";
import { useFilters } from "../../lib/filters";
import { plain, plural } from "../../lib/format";

type Fact = Exclude<keyof Profile, "masked">;

const shown: [Fact, string][] = [
  ["first_name", "First name"],
  ["last_name", "Last name"],
  ["email", "E-mail"],
  ["phone", "Phone"],
  ["city", "City"],
  ["region", "Region"],
  ["country", "Country"],
  ["age_band", "Age"],
  ["gender", "Gender"],
  ["income_band", "Income"],
  ["acquisition_channel", "First channel"],
  ["loyalty_tier", "Loyalty"],
];

const consents: [Fact, string][] = [
  ["allows_marketing", "Marketing"],
  ["allows_profiling", "Profiling"],
  ["allows_sharing", "Sharing with others"],
];

const consent = (value: unknown): string => (value === true ? "yes" : value === false ? "no" : "not decided");

/** The tier of the loyalty programme, with the points where they are known. */
export const tierWords = (tier: string, points: unknown): string =>
  typeof points === "number" ? `${tier}, ${plural(points, "point", "points")}` : tier;

/** Who it is, and what they agreed to. What the API masks says so; what was revealed is on record. */
export function Person({ data, revealed }: { data: Profile; revealed: Revealed | null }): ReactNode {
  const { session } = useFilters();
  const points = data.points_balance;
  const facts = shown.map(([name, label]) => ({
    name,
    label,
    hidden: data.masked.includes(name),
    text: plain(data[name]),
  }));
  return (
    <Block
      title="Person and consent"
      finding={
        revealed ? `Personal data is shown: record ${revealed.audit_id} of the audit.` : "Personal data is masked."
      }
      width={5}
      currency={session.currency}
      note={data.is_inferred === true ? "Known by transactions alone: no customer record has been loaded." : undefined}
    >
      <dl className="facts">
        {facts.map((fact) => (
          <div key={fact.name}>
            <dt>{fact.label}</dt>
            <dd className={fact.hidden ? "masked" : undefined}>
              {fact.name === "loyalty_tier" ? tierWords(fact.text, points) : fact.text}
            </dd>
          </div>
        ))}
        {consents.map(([name, label]) => (
          <div key={name}>
            <dt>Consent: {label.toLowerCase()}</dt>
            <dd>{consent(data.has_decided_on_consent === false ? null : data[name])}</dd>
          </div>
        ))}
      </dl>
    </Block>
  );
}
