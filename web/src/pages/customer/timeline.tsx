import { useInfiniteQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { getJson } from "../../api/client";
import type { Page, TimelineEvent } from "../../api/resources";
import { Block } from "../../blocks/block";
import { shortDay, yearOf } from "../../lib/dates";
import { useFilters, useParam } from "../../lib/filters";
import { count, fullMoney } from "../../lib/format";
import { Empty, Failed, Loading } from "../../ui/states";

const kinds: { kind: string; label: string }[] = [
  { kind: "order", label: "Orders" },
  { kind: "return", label: "Returns" },
  { kind: "ticket", label: "Tickets" },
  { kind: "survey", label: "Surveys" },
  { kind: "message", label: "Messages" },
  { kind: "points", label: "Points" },
  { kind: "journey", label: "Visits" },
  { kind: "referral", label: "Referrals" },
  { kind: "consent", label: "Consent" },
];

/** A mark for the kind, the same shape whatever the colours. */
function Mark({ event }: { event: TimelineEvent }): ReactNode {
  const tone = event.tone === "bad" ? "m-neg" : event.tone === "good" ? "m-pos" : "f-1";
  return (
    <svg width="12" height="12" aria-hidden="true">
      {event.kind === "order" ? (
        <circle className="f-1" cx="6" cy="6" r="4" />
      ) : event.kind === "return" || event.kind === "ticket" ? (
        <rect className={event.kind === "return" ? "m-neg" : tone} x="2" y="2" width="8" height="8" />
      ) : event.kind === "points" || event.kind === "referral" ? (
        <rect className="f-2" x="2" y="2" width="8" height="8" transform="rotate(45 6 6)" />
      ) : event.kind === "survey" ? (
        <circle className={tone} cx="6" cy="6" r="4" />
      ) : (
        <circle cx="6" cy="6" r="3" className="ring" />
      )}
    </svg>
  );
}

/** What happened, newest first, by kind. */
export function Timeline({ id, counts }: { id: string; counts: Record<string, number> }): ReactNode {
  const { session } = useFilters();
  const [chosen, setChosen] = useParam("kinds");
  const found = useInfiniteQuery({
    queryKey: ["resource", "timeline", id, chosen],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      getJson<Page<TimelineEvent>>(
        `/customers/${encodeURIComponent(id)}/timeline`,
        { kinds: chosen, cursor: pageParam, limit: 20 },
        signal,
      ),
    getNextPageParam: (last) => last.next_cursor || undefined,
    retry: false,
  });
  const events = found.data?.pages.flatMap((p) => p.items) ?? [];
  const offered = kinds.filter((k) => (counts[k.kind] ?? 0) > 0);
  const all = offered.reduce((sum, k) => sum + (counts[k.kind] ?? 0), 0);
  let year = 0;
  return (
    <Block title="Timeline" finding="Newest first." width={5} currency={session.currency}>
      <div className="chips above">
        <button type="button" className="chip" aria-pressed={!chosen} onClick={() => setChosen(null)}>
          All {all > 0 && <b>{count(all)}</b>}
        </button>
        {offered.map((k) => (
          <button
            key={k.kind}
            type="button"
            className="chip"
            aria-pressed={chosen === k.kind}
            onClick={() => setChosen(k.kind)}
          >
            {k.label} <b>{count(counts[k.kind] ?? 0)}</b>
          </button>
        ))}
      </div>
      {found.error && !found.data ? (
        <Failed error={found.error} onRetry={() => void found.refetch()} />
      ) : !found.data ? (
        <Loading shape="rows" height={320} />
      ) : events.length === 0 ? (
        <Empty>Nothing of this kind has happened.</Empty>
      ) : (
        <ol className="events">
          {events.map((event) => {
            const first = yearOf(event.at) !== year;
            year = yearOf(event.at);
            return (
              <li key={`${event.kind} ${event.id}`}>
                <time dateTime={event.at}>
                  {shortDay(event.at)}
                  {first && <small>{year}</small>}
                </time>
                <Mark event={event} />
                <span>
                  <b>{event.title}</b>
                  {event.detail && (
                    <>
                      <br />
                      {event.detail}
                    </>
                  )}
                </span>
                <span className="amt">{event.amount === null ? "" : fullMoney(event.amount, session.currency)}</span>
              </li>
            );
          })}
        </ol>
      )}
      {found.hasNextPage && (
        <button
          type="button"
          className="link more"
          disabled={found.isFetchingNextPage}
          onClick={() => void found.fetchNextPage()}
        >
          Earlier events
        </button>
      )}
    </Block>
  );
}
