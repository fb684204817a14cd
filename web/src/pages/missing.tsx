import type { ReactNode } from "react";
import { Link } from "react-router";

export default function Missing(): ReactNode {
  return (
    <>
      <div className="page-head">
        <h1>There is no such page</h1>
      </div>
      <p>
        <Link to="/">To the overview</Link>
      </p>
    </>
  );
}
