import type { ReactNode } from "react";
import { Link, useLocation } from "react-router";
import { keptSearch } from "../lib/url";

export function Brand(): ReactNode {
  const { search } = useLocation();
  return (
    <Link className="brand" to={{ pathname: "/", search: keptSearch(new URLSearchParams(search)) }}>
      <svg width="18" height="18" viewBox="0 0 18 18" fill="none" strokeWidth="2" aria-hidden="true">
        <path className="axis" d="M3.5 1v16" />
        <path className="arm" d="M3.5 11.5 13 3.8M6.6 9 13 14.2" />
        <circle className="dot" cx="14.2" cy="2.9" r="2.2" />
        <circle className="dot" cx="14.2" cy="15.1" r="2.2" />
      </svg>{" "}
      Kith
    </Link>
  );
}
