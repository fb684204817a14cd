"""Answers of real Jinja2: reads a JSON list of templates, writes a JSON list of
{"template", "expect"} or {"template", "error"}."""

import json
import sys

import jinja2

CONTEXT = {
    "b": True,
    "d": {"a": 1, "b": {"c": [1, 2]}, "z": None},
    "f": 2.5,
    "l": [3, 1, 2],
    "n": 7,
    "none_value": None,
    "rows": [
        {"g": "x", "k": "a", "v": 3},
        {"g": "y", "k": "B", "v": 1},
        {"g": "x", "k": "c", "v": 2},
    ],
    "s": "Hello World",
    "u": "naïve Ünïcode €",
    "words": ["banana", "Apple", "cherry"],
}


def main():
    env = jinja2.Environment(extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"])
    out = []
    for template in json.load(sys.stdin):
        try:
            out.append({"template": template, "expect": env.from_string(template).render(json.loads(json.dumps(CONTEXT)))})
        except Exception as error:  # any answer counts, errors too
            out.append({"template": template, "error": f"{type(error).__name__}: {error}"})
    json.dump(out, sys.stdout, ensure_ascii=False, indent=1)


main()
