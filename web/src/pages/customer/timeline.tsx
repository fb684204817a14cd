import { useInfiniteQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { getJson } from "../../api/client";
import type { Page, Revealed, TimelineEvent } from "../../api/resources";
import { Block } from "../../blocks/block";
import { shortDay, yearOf } from "../../lib/dates";
import { useFilters, useParam } from "../../lib/filters";
import { fullMoney, plain, signedCount } from "../../lib/format";
import { Empty, Failed, Loading } from "../../ui/states";

const kinds: { kind: string; label: string }[] = [
  { kind: "order", label: "Orders" },
  { kind: "return", label: "Returns" },
  { kind: "ticket", label: "Tickets" },
  { kind: "survey", label: "Surveys" },
  { kind: "feedback", label: "Feedback" },
  { kind: "message", label: "Messages" },
  { kind: "points", label: "Points" },
  { kind: "journey", label: "Visits" },
  { kind: "referral", label: "Referrals" },
  { kind: "consent", label: "Consent" },
];

/** Good or bad news, from what the event carries; most are neither. */
export function tone(event: TimelineEvent): "good" | "bad" | "none" {
  if (event.kind === "survey" || event.kind === "feedback") {
    if (event.value === null) return "none";
    const most = event.value > 5 ? 10 : 5;
    return event.value <= most * 0.6 ? "bad" : event.value >= most * 0.9 ? "good" : "none";
  }
  if (event.kind === "ticket") return event.status === "open" || event.status === "breached" ? "bad" : "none";
  return event.kind === "return" ? "bad" : "none";
}

/** The figure of an event: its money, or the points or the score that it carries. */
function figure(event: TimelineEvent, currency: string): string {
  if (event.amount !== null) return fullMoney(event.amount, currency);
  if (event.value === null) return "";
  return event.kind === "points" ? signedCount(event.value) : plain(event.value);
}

const words = (raw: string): string => raw.replaceAll("_", " ");
const first = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

/** What an event is called: with the word for its kind where its title is but its subject, and whether a consent was given. */
export function titleOf(event: Pick<TimelineEvent, "kind" | "title" | "status">): string {
  const title = words(event.title);
  switch (event.kind) {
    case "ticket":
      return /ticket/i.test(title) ? title : `Ticket: ${title}`;
    case "consent":
      return `Consent ${event.status ?? "changed"}: ${title}`;
    case "survey":
    case "points":
      return first(title);
    default: // numbers and names stay as they are
      return event.title;
  }
}

/** What stands below the title; names of the data are put as words, what people wrote stays as it is. */
export const plainDetail = (event: Pick<TimelineEvent, "kind" | "detail">): string =>
  event.kind === "journey" || event.kind === "consent" ? first(words(event.detail ?? "")) : (event.detail ?? "");

/** A mark for the kind, the same shape whatever the colours. */
function Mark({ event }: { event: TimelineEvent }): ReactNode {
  const mark = { good: "m-pos", bad: "m-neg", none: "f-1" }[tone(event)];
  const { kind } = event;
  return (
    <svg width="12" height="12" aria-hidden="true">
      {kind === "return" || kind === "ticket" ? (
        <rect className={mark} x="2" y="2" width="8" height="8" />
      ) : kind === "points" || kind === "referral" ? (
        <rect className="f-2" x="2" y="2" width="8" height="8" transform="rotate(45 6 6)" />
      ) : kind === "order" || kind === "survey" || kind === "feedback" ? (
        <circle className={mark} cx="6" cy="6" r="4" />
      ) : (
        <circle cx="6" cy="6" r="3" className="ring" />
      )}
    </svg>
  );
}

/** What happened, newest first, by kind. texts are what the customer wrote, once it is revealed. */
export function Timeline({ id, texts }: { id: string; texts: Revealed["texts"] }): ReactNode {
  const inClear = new Map(texts.map((t) => [`${t.kind} ${t.id}`, t.detail]));
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
  let year = 0;
  return (
    <Block title="Timeline" finding="Newest first." width={5} currency={session.currency}>
      <div className="chips above">
        <button type="button" className="chip" aria-pressed={!chosen} onClick={() => setChosen(null)}>
          All
        </button>
        {kinds.map((k) => (
          <button
            key={k.kind}
            type="button"
            className="chip"
            aria-pressed={chosen === k.kind}
            onClick={() => setChosen(k.kind)}
          >
            {k.label}
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
            const newYear = yearOf(event.at) !== year;
            year = yearOf(event.at);
            const detail = inClear.get(`${event.kind} ${event.id}`) ?? (event.detail && plainDetail(event));
            return (
              <li key={`${event.kind} ${event.id}`}>
                <time dateTime={event.at}>
                  {shortDay(event.at)}
                  {newYear && <small>{year}</small>}
                </time>
                <Mark event={event} />
                <span>
                  <b>{titleOf(event)}</b>
                  {detail && (
                    <>
                      <br />
                      {detail}
                    </>
                  )}
                </span>
                <span className="amt">{figure(event, session.currency)}</span>
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
