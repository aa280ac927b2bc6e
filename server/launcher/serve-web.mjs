/**
 * Serves the web app as it was built: `--port`, `--hostname`. Does what the server of Next's standalone output does;
 * `next start` would read its configuration anew, with half of the build tools.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const dir = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const { values } = parseArgs({ options: { port: { type: "string" }, hostname: { type: "string" } } });
const { config } = JSON.parse(readFileSync(join(dir, ".next", "required-server-files.json"), "utf8"));

process.chdir(dir);
process.env.__NEXT_PRIVATE_STANDALONE_CONFIG = JSON.stringify(config);
const require = createRequire(import.meta.url);
require("next");
const { startServer } = require("next/dist/server/lib/start-server");
await startServer({
	dir,
	isDev: false,
	config,
	hostname: values.hostname,
	port: Number(values.port),
	allowRetry: false,
});
