import { signalDefinition } from "./signal.fixture/definition";
import { signalHook } from "./signal.fixture/hook";

/** All that a new kind of trigger takes beside its folder: a line in the catalog … */
export function addDefinition(original: typeof import("./catalog")) {
	Object.assign(original.triggerCatalog, { signal: signalDefinition });
	return original;
}

/** … and, as requests start it, one among the kinds of hooks. */
export function addHook(original: typeof import("./hooks/hook-kinds")) {
	Object.assign(original.hookKinds, { signal: signalHook });
	return original;
}
