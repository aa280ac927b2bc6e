import { spawn } from "node:child_process";
import { once } from "node:events";
import { rm } from "node:fs/promises";

/**
 * Runs the launcher on the data directory of WEFT_DATA_DIR and removes that directory afterwards. The signal that ends
 * it goes to the whole process group, so the launcher has got it too; this process only waits.
 */
for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => {});

const directory = process.env.WEFT_DATA_DIR;
if (!directory) throw new Error("WEFT_DATA_DIR is not set.");
const launcher = spawn(process.execPath, ["server/cli/weft.mjs", "start"], { stdio: "inherit" });
const [code] = await once(launcher, "exit");
await rm(directory, { recursive: true, force: true });
process.exit(code ?? 1);
