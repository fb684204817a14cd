/** The design's values as charts need them: read from the page, so that there is one place to change them. */
export interface Tokens {
  surface: string;
  raised: string;
  ink1: string;
  ink2: string;
  ink3: string;
  rule: string;
  ruleStrong: string;
  accent: string;
  ghost: string;
  positive: string;
  negative: string;
  positiveMark: string;
  negativeMark: string;
  cat: string[];
  catText: string[];
  seq: string[];
  onSeq: string[];
  font: string;
}

const series = (style: CSSStyleDeclaration, form: (i: number) => string, n: number): string[] =>
  Array.from({ length: n }, (_, i) => style.getPropertyValue(form(i + 1)).trim());

export function readTokens(): Tokens {
  const style = getComputedStyle(document.documentElement);
  const one = (name: string): string => style.getPropertyValue(name).trim();
  return {
    surface: one("--surface"),
    raised: one("--raised"),
    ink1: one("--ink-1"),
    ink2: one("--ink-2"),
    ink3: one("--ink-3"),
    rule: one("--rule"),
    ruleStrong: one("--rule-strong"),
    accent: one("--accent"),
    ghost: one("--ghost"),
    positive: one("--positive"),
    negative: one("--negative"),
    positiveMark: one("--positive-mark"),
    negativeMark: one("--negative-mark"),
    cat: series(style, (i) => `--cat-${i}`, 8),
    catText: series(style, (i) => `--cat-${i}-text`, 8),
    seq: series(style, (i) => `--seq-${i}`, 9),
    onSeq: series(style, (i) => `--on-seq-${i}`, 9),
    font: one("--font-ui"),
  };
}
