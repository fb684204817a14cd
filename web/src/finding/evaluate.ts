import { FindingError, type Node } from "./parse";

/** What an expression can come to. A row is a group of the result with its fields. */
export type Value = number | string | boolean | null | Row;
export interface Row {
  [field: string]: number | string | boolean | null;
}
export type Call = (args: Value[]) => Value;

/** What names and functions mean. */
export interface Scope {
  names: Map<string, Value>;
  calls: Map<string, Call>;
}

const isRow = (value: Value): value is Row => typeof value === "object" && value !== null;

export function truth(value: Value): boolean {
  return value !== null && value !== false && value !== 0 && value !== "";
}

/** Evaluates a node. Arithmetic on nothing is nothing, and comparisons with nothing are false. */
export function evaluate(node: Node, scope: Scope): Value {
  switch (node.kind) {
    case "value":
      return node.value;
    case "name": {
      const value = scope.names.get(node.name);
      if (value === undefined) throw new FindingError(`there is no ${node.name}`);
      return value;
    }
    case "field": {
      const of = evaluate(node.of, scope);
      if (of === null) return null;
      if (!isRow(of)) throw new FindingError(`${node.name} is no field of a plain value`);
      return of[node.name] ?? null;
    }
    case "call": {
      const call = scope.calls.get(node.name);
      if (!call) throw new FindingError(`there is no function ${node.name}`);
      return call(node.args.map((arg) => evaluate(arg, scope)));
    }
    case "unary": {
      const of = evaluate(node.of, scope);
      if (node.op === "not") return !truth(of);
      return typeof of === "number" ? -of : null;
    }
    case "binary":
      return binary(node.op, node.left, node.right, scope);
  }
}

function binary(op: string, leftNode: Node, rightNode: Node, scope: Scope): Value {
  const left = evaluate(leftNode, scope);
  if (op === "and") return truth(left) && truth(evaluate(rightNode, scope));
  if (op === "or") return truth(left) || truth(evaluate(rightNode, scope));
  const right = evaluate(rightNode, scope);
  if (op === "=") return left === right;
  if (op === "!=") return left !== right;
  if (typeof left !== "number" || typeof right !== "number") {
    return op === "<" || op === "<=" || op === ">" || op === ">=" ? false : null;
  }
  switch (op) {
    case "<":
      return left < right;
    case "<=":
      return left <= right;
    case ">":
      return left > right;
    case ">=":
      return left >= right;
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "/":
      return right === 0 ? null : left / right;
    default:
      throw new FindingError(`unknown operator ${op}`);
  }
}
