"""Ask dbt what each selection of cases.txt gives and write the answers as JSON.

Run in a project folder with dbt installed: python golden.py CASES OUT [STATE]
A case is a JSON object a line: {"args": ["--select", "x"]}.
"""

import contextlib
import io
import json
import sys

from dbt.cli.main import dbtRunner

def main(cases, out, state=None):
    manifest = dbtRunner().invoke(["parse", "--quiet"]).result
    answers = []
    for line in open(cases):
        line = line.strip()
        if not line:
            continue
        case = json.loads(line)
        warnings = []
        def note(event):
            if event.info.name == "NoNodesForSelectionCriteria":
                warnings.append(event.info.msg.split("]: ", 1)[-1])
        args = ["ls", "--quiet", "--output", "json", "--output-keys", "unique_id"] + case["args"]
        if state:
            args += ["--state", state]
        with contextlib.redirect_stdout(io.StringIO()):
            result = dbtRunner(manifest=manifest, callbacks=[note]).invoke(args)
        answer = dict(case)
        if result.success:
            answer["ids"] = sorted(json.loads(r)["unique_id"] for r in result.result)
        else:
            answer["error"] = str(result.exception).strip().splitlines()[0:3]
        if warnings:
            answer["warnings"] = warnings
        answers.append(answer)
    with open(out, "w") as f:
        f.write("[\n" + ",\n".join(json.dumps(a) for a in answers) + "\n]\n")

main(*sys.argv[1:])
