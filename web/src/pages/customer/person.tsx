import type { ReactNode } from "react";
import type { CustomerProfile } from "../../api/resources";
import { Block } from "../../blocks/block";
import { useFilters } from "../../lib/filters";
import { count, plain } from "../../lib/format";

const shown: [string, string][] = [
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

/** Who it is, and what they agreed to. */
export function Person({ data }: { data: CustomerProfile }): ReactNode {
  const { session } = useFilters();
  const points = data.profile.points_balance;
  return (
    <Block
      title="Person and consent"
      finding={data.is_revealed ? "Personal data is shown." : "Personal data is masked."}
      width={5}
      currency={session.currency}
    >
      <dl className="facts">
        {shown.map(([name, label]) => (
          <div key={name}>
            <dt>{label}</dt>
            <dd className={data.masked.includes(name) && !data.is_revealed ? "masked" : undefined}>
              {plain(data.profile[name])}
              {name === "loyalty_tier" && typeof points === "number" ? `, ${count(points)} points` : ""}
            </dd>
          </div>
        ))}
        {data.consents.map((c) => (
          <div key={`${c.purpose} ${c.channel}`}>
            <dt>Consent: {[c.purpose, c.channel].filter(Boolean).join(", ").replaceAll("_", " ")}</dt>
            <dd>
              {c.is_granted ? "yes" : "no"}
              {c.changed_at ? <small className="ink-3"> since {plain(c.changed_at.slice(0, 10))}</small> : null}
            </dd>
          </div>
        ))}
        {data.consents.length === 0 && (
          <div>
            <dt>Consent</dt>
            <dd>none on record</dd>
          </div>
        )}
      </dl>
    </Block>
  );
}
