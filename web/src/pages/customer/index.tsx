import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Link, useLocation, useParams } from "react-router";
import { ApiError, postJson } from "../../api/client";
import { useResource } from "../../api/queries";
import type { Profile, Revealed } from "../../api/resources";
import { longDay } from "../../lib/dates";
import { useFilters } from "../../lib/filters";
import { plain, plural, shortMoney } from "../../lib/format";
import { keptSearch } from "../../lib/url";
import { Boundary } from "../../ui/boundary";
import { Empty, Failed, Loading } from "../../ui/states";
import { Person } from "./person";
import { number, Scores, text } from "./scores";
import { Spending } from "./spending";
import { Timeline } from "./timeline";
import { Transactions } from "./transactions";

/** All that is known of one customer; of the next one, nothing that was revealed of the last is left. */
export default function Customer(): ReactNode {
  const { id = "" } = useParams();
  return <OneCustomer key={id} id={id} />;
}

function OneCustomer({ id }: { id: string }): ReactNode {
  const { search } = useLocation();
  const { session } = useFilters();
  // Not a query: what is in clear is kept nowhere but here, and gone with the page.
  const reveal = useMutation({
    mutationFn: () => postJson<Revealed>(`/customers/${encodeURIComponent(id)}/reveal`, {}),
    gcTime: 0,
  });
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
        {found.error instanceof ApiError && found.error.status === 404 ? (
          <Empty>There is no customer of this number.</Empty>
        ) : (
          <Failed error={found.error} onRetry={() => void found.refetch()} />
        )}
        <p>{back}</p>
      </>
    );
  }
  if (!data) return <Loading shape="tiles" height={112} />;
  const revealed = reveal.data ?? null;
  const p: Profile = revealed?.customer ?? data;
  const group = text(p.rfm_group);
  const since = text(p.first_order_day);
  const place = [text(p.city), text(p.country)].filter(Boolean).join(", ");
  const name = [text(p.first_name), text(p.last_name)].filter(Boolean).join(" ");
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
                {plural(number(p.order_count) ?? 0, "order", "orders")},{" "}
                {shortMoney(number(p.net_revenue) ?? 0, session.currency)} net
              </span>
            )}
            {place && <span>{place}</span>}
          </p>
        </div>
        <div className="actions">
          {session.can_reveal && (
            <button
              type="button"
              className="btn"
              aria-pressed={revealed !== null}
              disabled={reveal.isPending}
              title={revealed ? "Mask personal data again" : "Show personal data; it is put on record"}
              onClick={() => (revealed ? reveal.reset() : reveal.mutate())}
            >
              {revealed ? "Mask" : "Reveal"}
            </button>
          )}
        </div>
      </div>
      {reveal.error && <Failed error={reveal.error} onRetry={() => reveal.mutate()} />}
      <Scores data={data} />
      <div className="row">
        <Boundary>
          <Timeline id={data.customer_id} texts={revealed?.texts ?? []} />
        </Boundary>
        <Boundary>
          <Transactions id={data.customer_id} />
        </Boundary>
        <Boundary>
          <Spending id={data.customer_id} />
        </Boundary>
        <Boundary>
          <Person data={p} revealed={revealed} />
        </Boundary>
      </div>
    </>
  );
}
