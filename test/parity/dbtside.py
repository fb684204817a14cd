"""Run a project's commands with dbt, for the parity tests.

Usage: dbtside.py PLAN.json...

A plan holds "dir", "steps" ([{"overlay", "args", "save"}]), "ls" (argument
lists) and "out". After each step the artifacts and the warehouse are copied to
the step's folder "save"; exit codes and what `ls` lists go to "out".
"""

import gc
import json
import os
import shutil
import sys

import duckdb
from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.adapters.factory import cleanup_connections, reset_adapters
from dbt.cli.main import dbtRunner


def exit_code(result):
    """The exit code that the command line would have ended with."""
    if result.success:
        return 0
    return 1 if result.exception is None else 2


def message(result):
    """What went wrong: the exception, or what the failed nodes say."""
    if result.exception is not None:
        return str(result.exception)
    failed = [r for r in getattr(result.result, "results", []) if str(r.status) in ("error", "fail")]
    return "\n".join(r.message or "" for r in failed)


def keep(folder, database, save):
    os.makedirs(save)
    for name in ("manifest.json", "run_results.json", "sources.json", "catalog.json"):
        path = os.path.join(folder, "target", name)
        if os.path.exists(path):
            shutil.copy(path, save)
    path = os.path.join(folder, database)
    if os.path.exists(path):
        # Opening it moves what is in the log beside it into the file.
        duckdb.connect(path).close()
        shutil.copy(path, save)


def run(path):
    with open(path, encoding="utf-8") as f:
        plan = json.load(f)
    os.chdir(plan["dir"])
    out = {"steps": [], "ls": []}
    for step in plan["steps"]:
        if step.get("overlay"):
            shutil.copytree(step["overlay"], plan["dir"], dirs_exist_ok=True)
        result = dbtRunner().invoke(step["args"] + ["--no-partial-parse", "--no-use-colors"])
        out["steps"].append({"exit": exit_code(result), "message": message(result)})
        DuckDBConnectionManager.close_all_connections()
        cleanup_connections()
        reset_adapters()
        gc.collect()
        keep(plan["dir"], plan["database"], step["save"])
    if plan["ls"]:
        parsed = dbtRunner().invoke(["parse", "--no-partial-parse", "--quiet"])
        for args in plan["ls"]:
            result = dbtRunner(manifest=parsed.result).invoke(["--quiet", "ls"] + args)
            out["ls"].append({"exit": exit_code(result), "lines": list(result.result or [])})
    with open(plan["out"], "w", encoding="utf-8") as f:
        json.dump(out, f)


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        run(argument)
