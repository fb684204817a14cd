import { type ReactNode, useState } from "react";
import { Link, useLocation, useParams } from "react-router";
import { useResource } from "../../api/queries";
import type { Profile } from "../../api/resources";
import { longDay } from "../../lib/dates";
import { useFilters } from "../../lib/filters";
import { count, plain, shortMoney } from "../../lib/format";
import { keptSearch } from "../../lib/url";
import { Boundary } from "../../ui/boundary";
import { Failed, Loading } from "../../ui/states";
import { masked, Person } from "./person";
import { number, Scores, text } from "./scores";
import { Spending } from "./spending";
import { Timeline } from "./timeline";
import { Transactions } from "./transactions";

/** All that is known of one customer. */
export default function Customer(): ReactNode {
  const { id = "" } = useParams();
  const { search } = useLocation();
  const { session } = useFilters();
  const [revealed, setRevealed] = useState(false);
  const found = useResource<Profile>(`/customers/${encodeURIComponent(id)}`);
  const data = found.data;
  const back = (
    <Link to={{ pathname: "/customers", search: keptSearch(new URLSearchParams(search)) }}>All customers</Link>
  );
  if (found.error && !data) {
    return (
      <>
        <div className="page-head">
          <h1>{id}</h1>
        </div>
        <Failed error={found.error} onRetry={() => void found.refetch()} />
        <p>{back}</p>
      </>
    );
  }
  if (!data) return <Loading shape="tiles" height={112} />;
  const p = data;
  const group = text(p.rfm_group);
  const since = text(p.first_order_day);
  const shown = (value: string): string => (revealed ? value : masked(value));
  const place = [shown(text(p.city)), text(p.country)].filter(Boolean).join(", ");
  const name = [text(p.first_name), text(p.last_name)].filter(Boolean).map(shown).join(" ");
  return (
    <>
      <div className="who">
        <div>
          <p className="small">{back}</p>
          <h1>
            {data.customer_id} {name && <span className={revealed ? "name" : "masked"}>{name}</span>}
          </h1>
          <p className="line">
            <span>
              {group && (
                <span
                  className={
                    /risk|hibernat/i.test(group) ? "badge bad" : /champion|loyal/i.test(group) ? "badge good" : "badge"
                  }
                >
                  {group}
                </span>
              )}{" "}
              {plain(p.activity_status) === "–" ? "" : plain(p.activity_status)}
            </span>
            {since && <span>First order {longDay(since)}</span>}
            {number(p.order_count) !== null && (
              <span>
                {count(number(p.order_count) ?? 0)} orders, {shortMoney(number(p.net_revenue) ?? 0, session.currency)}{" "}
                net
              </span>
            )}
            {place && <span>{place}</span>}
          </p>
        </div>
        <div className="actions">
          <button type="button" className="btn" aria-pressed={revealed} onClick={() => setRevealed(!revealed)}>
            {revealed ? "Mask" : "Reveal"}
          </button>
        </div>
      </div>
      <Scores data={data} />
      <div className="row">
        <Boundary>
          <Timeline id={data.customer_id} />
        </Boundary>
        <Boundary>
          <Transactions id={data.customer_id} />
        </Boundary>
        <Boundary>
          <Spending id={data.customer_id} />
        </Boundary>
        <Boundary>
          <Person data={data} revealed={revealed} />
        </Boundary>
      </div>
    </>
  );
}
