"""Keep of a manifest the shop's own resources: python trim.py MANIFEST OUT."""

import json
import os
import sys

source, out = sys.argv[1:]
with open(source) as f:
    doc = json.load(f)
doc["metadata"]["user_id"] = None
own = ("shop", "common")
todo = [
    macro
    for section in ("nodes", "exposures", "unit_tests")
    for node in doc[section].values()
    for macro in node.get("depends_on", {}).get("macros", [])
]
todo += [key for key, macro in doc["macros"].items() if macro["package_name"] in own]
keep = set()
while todo:
    macro = todo.pop()
    if macro not in keep:
        keep.add(macro)
        todo += doc["macros"][macro]["depends_on"]["macros"]
doc["macros"] = {key: macro for key, macro in doc["macros"].items() if key in keep}
for macro in doc["macros"].values():
    if macro["package_name"] not in own:
        macro["macro_sql"], macro["description"] = "-- left out", ""
        for argument in macro["arguments"]:
            argument["description"] = ""
doc["docs"] = {key: value for key, value in doc["docs"].items() if value["package_name"] == "shop"}
for node in doc["nodes"].values():
    if "root_path" in node:
        node["root_path"] = "/project" + node["root_path"][len(os.getcwd()) :]
with open(out, "w") as f:
    json.dump(doc, f, separators=(",", ":"))
