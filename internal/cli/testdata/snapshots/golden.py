"""Runs the project's rounds with dbt and writes what each snapshot then holds.

usage: golden.py DBT, in a copy of this folder; prints the golden.
Times of the runs themselves are written as now1, now2 ... in their order.
"""
import datetime, json, shutil, subprocess, sys, duckdb

TABLES = ["by_time", "by_check", "closes", "tells", "tells_time"]
out = {}
for n in range(1, 5):
    shutil.copy(f"rounds/{n}/people.csv", "seeds/people.csv")
    for command in (["seed", "--full-refresh"], ["snapshot"]):
        subprocess.run([sys.argv[1], "-q", *command], check=True)
    with duckdb.connect("history.duckdb", read_only=True) as db:
        for t in TABLES:
            q = db.sql(f"select * from main.{t}")
            names = q.columns
            rows = q.fetchall()
            recent = sorted({v for r in rows for v in r if isinstance(v, datetime.datetime) and 2025 < v.year < 9000})
            def text(name, v):
                if name in ("dbt_scd_id", "row_id"):
                    return "by now" if t in ("by_check", "tells") or recent else v
                if v in recent:
                    return f"now{recent.index(v) + 1}"
                return v if v is None else str(v)
            out[f"{n} {t}"] = [" ".join(names)] + sorted(" | ".join(str(text(c, v)) for c, v in zip(names, r)) for r in rows)
print(json.dumps(out, indent=1, sort_keys=True))
