import { join } from "node:path";
import type { BuildOptions } from "esbuild";

const PROGRAMS = { worker: "inngest/worker.ts", "thread-program": "server/threads/thread-program.ts" };

/** Bundles what the threads of a process run, which tests need as well as the programs that are started. */
export async function bundleThreadProgram(root: string): Promise<void> {
	const { build } = await import("esbuild");
	const { "thread-program": program } = PROGRAMS;
	await build({ ...bundleOptions(root), entryPoints: { "thread-program": program } });
}

/** Bundles the worker and its packages into one file: it starts three times faster so, and takes less memory. */
export async function bundleWorker(root: string): Promise<void> {
	const { build, stop } = await import("esbuild");
	await build(bundleOptions(root));
	await stop();
}

/** Bundles the worker now and after each change of its sources; `onBundled` follows every success. */
export async function watchWorker(root: string, onBundled: () => void): Promise<{ dispose(): Promise<void> }> {
	const { context } = await import("esbuild");
	const options = bundleOptions(root);
	const plugin = {
		name: "on-bundled",
		setup: (build: { onEnd(callback: (result: { errors: unknown[] }) => void): void }) =>
			build.onEnd((result) => {
				if (result.errors.length === 0) onBundled();
			}),
	};
	const watcher = await context({ ...options, plugins: [plugin] });
	await watcher.watch();
	return watcher;
}

function bundleOptions(root: string): BuildOptions {
	return {
		absWorkingDir: root,
		entryPoints: PROGRAMS,
		outdir: join(root, ".weft-build"),
		bundle: true,
		platform: "node",
		target: "node20",
		format: "esm",
		// What brings binaries, WebAssembly or threads of its own stays in node_modules, and what few installations load.
		external: ["quickjs-emscripten", "pino", "esbuild", "piscina", "@aws-sdk/*"],
		// CommonJS packages call `require`, which a bundle of modules lacks.
		banner: {
			js: `import { createRequire as bannerRequire } from "node:module"; const require = bannerRequire(import.meta.url);`,
		},
		sourcemap: "linked",
		logLevel: "warning",
	};
}
