import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

/** The binary under test, with the app in it: `make web build` makes it. */
export const binary = resolve(process.env.KITH_BINARY ?? join(import.meta.dirname, "../../bin/kith"));
/** The public sales log; tests on it are skipped where it is not. */
export const salesLog = resolve(
  process.env.KITH_SALES_LOG ?? join(import.meta.dirname, "../../../shared/data/online_retail.csv.gz"),
);

export interface Served {
  url: string;
  link: string;
  stop: () => Promise<void>;
}

/** Runs a command; what it said is in the error when it fails. */
function kith(folder: string, ...args: string[]): void {
  const ended = spawnSync(binary, args, { cwd: folder, encoding: "utf8", env: { ...process.env, NO_COLOR: "1" } });
  if (ended.status !== 0) throw new Error(`kith ${args.join(" ")}: ${ended.stdout.slice(-2000)}${ended.stderr}`);
}

/** A shop of made-up customers, built and tested; the small scale unless KITH_E2E_SCALE says less. */
export function generatedShop(): { folder: string; made: boolean } {
  const kept = process.env.KITH_E2E_PROJECT;
  if (kept && existsSync(join(kept, "kith.duckdb"))) return { folder: kept, made: false };
  // What is made up is paid in euros, and other money would be set aside.
  const folder = emptyShop("EUR");
  kith(folder, "generate", "--scale", "small");
  kith(folder, "build");
  return { folder, made: true };
}

/** A project with a currency, so that money has a sign. */
export function emptyShop(currency: string): string {
  const parent = mkdtempSync(join(tmpdir(), "kith-e2e-"));
  kith(parent, "init", "shop", "--currency", currency);
  const folder = join(parent, "shop");
  return folder;
}

/** A shop from sales logs: the files loaded, the tables built without their tests. */
export function loggedShop(...files: string[]): string {
  const folder = emptyShop("GBP");
  for (const file of files) kith(folder, "load", "--preset", "online-retail", file);
  kith(folder, "build", "--exclude-resource-type", "test", "--exclude-resource-type", "unit_test");
  return folder;
}

export const removeShop = (folder: string): void => rmSync(resolve(folder, ".."), { recursive: true, force: true });

/** Serves a project on a free port and gives its address and a link to sign in. */
export function serve(folder: string): Promise<Served> {
  const child = spawn(binary, ["serve", "--addr", "127.0.0.1:0", "--print-link"], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, NO_COLOR: "1" },
  });
  const ended = new Promise<void>((done) => child.once("exit", () => done()));
  return new Promise((done, fail) => {
    let text = "";
    const read = (chunk: Buffer): void => {
      text += chunk.toString();
      const link = /https?:\/\/\S+\/login\?token=\S+/.exec(text)?.[0];
      if (!link) return;
      done({
        url: new URL(link).origin,
        link,
        stop: async () => {
          child.kill("SIGTERM");
          await ended;
        },
      });
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.once("error", fail);
    child.once("exit", (code) => fail(new Error(`kith serve ended with ${code}: ${text}`)));
  });
}
