/**
 * The language of findings: a sentence with {{ expressions }} over a query's result.
 *
 *   expression = or ; or = and {"or" and} ; and = not {"and" not} ; not = ["not"] compare
 *   compare = sum [("<" | "<=" | ">" | ">=" | "=" | "!=") sum] ; sum = product {("+" | "-") product}
 *   product = unary {("*" | "/") unary} ; unary = ["-"] postfix ; postfix = primary {"." name}
 *   primary = number | "text" | name ["(" [expression {"," expression}] ")"] | "(" expression ")"
 *
 * internal/dashboard checks the same language when the files are loaded.
 */
export type Node =
  | { kind: "value"; value: number | string }
  | { kind: "name"; name: string }
  | { kind: "field"; of: Node; name: string }
  | { kind: "call"; name: string; args: Node[] }
  | { kind: "unary"; op: "-" | "not"; of: Node }
  | { kind: "binary"; op: string; left: Node; right: Node };

export class FindingError extends Error {}

const tokenForm = /\s*(?:(\d+(?:\.\d+)?)|"([^"]*)"|([A-Za-z_][A-Za-z0-9_]*)|(<=|>=|!=|[-+*/().,<>=]))/y;

type Token = { kind: "number" | "text" | "name" | "sign" | "end"; text: string };

function tokens(source: string): Token[] {
  const out: Token[] = [];
  const form = new RegExp(tokenForm);
  const text = source.trimEnd();
  while (form.lastIndex < text.length) {
    const start = form.lastIndex;
    const match = form.exec(text);
    if (!match) throw new FindingError(`unexpected ${JSON.stringify(text.slice(start).trim().slice(0, 10))}`);
    if (match[1] !== undefined) out.push({ kind: "number", text: match[1] });
    else if (match[2] !== undefined) out.push({ kind: "text", text: match[2] });
    else if (match[3] !== undefined) out.push({ kind: "name", text: match[3] });
    else out.push({ kind: "sign", text: match[4] ?? "" });
  }
  out.push({ kind: "end", text: "" });
  return out;
}

/** Binding strength of the operators between two values. */
const strength: Record<string, number> = {
  or: 1,
  and: 2,
  "=": 4,
  "!=": 4,
  "<": 4,
  "<=": 4,
  ">": 4,
  ">=": 4,
  "+": 5,
  "-": 5,
  "*": 6,
  "/": 6,
};

class Parser {
  private at = 0;
  private readonly list: Token[];

  constructor(source: string) {
    this.list = tokens(source);
  }

  private get next(): Token {
    return this.list[this.at] ?? { kind: "end", text: "" };
  }

  private take(text: string): boolean {
    const found = (this.next.kind === "sign" || this.next.kind === "name") && this.next.text === text;
    if (found) this.at++;
    return found;
  }

  whole(): Node {
    const node = this.binary(0);
    if (this.next.kind !== "end") throw new FindingError(`unexpected ${JSON.stringify(this.next.text)}`);
    return node;
  }

  private binary(least: number): Node {
    let left = this.unary();
    for (;;) {
      const op = this.next.kind === "text" || this.next.kind === "number" ? "" : this.next.text;
      const own = strength[op];
      if (own === undefined || own <= least) return left;
      this.at++;
      left = { kind: "binary", op, left, right: this.binary(own) };
    }
  }

  private unary(): Node {
    if (this.take("-")) return { kind: "unary", op: "-", of: this.binary(6) };
    // "not" covers a comparison, but not what "and" joins to it.
    if (this.take("not")) return { kind: "unary", op: "not", of: this.binary(3) };
    let node = this.primary();
    while (this.take(".")) {
      if (this.next.kind !== "name") throw new FindingError("a name has to follow the dot");
      node = { kind: "field", of: node, name: this.next.text };
      this.at++;
    }
    return node;
  }

  private primary(): Node {
    const token = this.next;
    this.at++;
    if (token.kind === "number") return { kind: "value", value: Number(token.text) };
    if (token.kind === "text") return { kind: "value", value: token.text };
    if (token.kind === "sign" && token.text === "(") {
      const node = this.binary(0);
      if (!this.take(")")) throw new FindingError("a bracket is not closed");
      return node;
    }
    if (token.kind !== "name") throw new FindingError(`unexpected ${JSON.stringify(token.text || "end")}`);
    if (!this.take("(")) return { kind: "name", name: token.text };
    const args: Node[] = [];
    if (!this.take(")")) {
      do args.push(this.binary(0));
      while (this.take(","));
      if (!this.take(")")) throw new FindingError(`the bracket of ${token.text} is not closed`);
    }
    return { kind: "call", name: token.text, args };
  }
}

export const parseExpression = (source: string): Node => new Parser(source).whole();

/** A sentence as its pieces: text, and the expressions between {{ and }}. */
export function parseSentence(source: string): (string | Node)[] {
  const out: (string | Node)[] = [];
  let rest = source;
  for (;;) {
    const open = rest.indexOf("{{");
    if (open < 0) break;
    const close = rest.indexOf("}}", open);
    if (close < 0) throw new FindingError("{{ is not closed");
    if (open > 0) out.push(rest.slice(0, open));
    out.push(parseExpression(rest.slice(open + 2, close)));
    rest = rest.slice(close + 2);
  }
  if (rest) out.push(rest);
  return out;
}
