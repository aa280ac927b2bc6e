import type { StageConfig } from "./stage-schema";

type Note = (key: string, message: string) => void;

/** What coding agents call the ways in which they may act. */
const MODES: ReadonlyMap<string, "plan" | "edits" | "ask" | "all"> = new Map([
	...["plan", "read-only", "readonly", "suggest"].map((mode) => [mode, "plan"] as const),
	...["acceptedits", "auto-edit", "auto_edit", "edits", "workspace-write", "headless"].map(
		(mode) => [mode, "edits"] as const,
	),
	...["default", "ask", "manual", "assisted"].map((mode) => [mode, "ask"] as const),
	...["bypasspermissions", "yolo", "full-auto", "auto", "danger-full-access", "all"].map(
		(mode) => [mode, "all"] as const,
	),
]);

/** How the providers of a stage follow each other, which says nothing of what they may do. */
export function isOrder(mode: string | undefined): boolean {
	return mode === "sequential" || mode === "parallel";
}

function readMode({ mode }: StageConfig, note: Note): "plan" | "edits" | "ask" | "all" {
	if (mode === undefined || isOrder(mode)) return "edits";
	const known = MODES.get(mode.toLowerCase());
	if (!known) note("mode", `The mode “${mode}” is not known: the step may edit files. Choose what it may do.`);
	return known ?? "edits";
}

export function permissionsOf(config: StageConfig, { agent, note }: { agent: string; note: Note }): string {
	const permissions = readMode(config, note);
	if (permissions !== "ask" || agent !== "codex") return permissions;
	note("mode", "Codex asks nobody when it runs by itself: it may edit files.");
	return "edits";
}

const READING = ["list_files", "read_file", "search_files"];

/** The tools of an agent in a mode; it asks before each that changes something. */
export function toolsOf(config: StageConfig, note: Note): string[] {
	const permissions = readMode(config, note);
	if (permissions === "plan") return READING;
	if (permissions === "all") note("mode", `“${config.mode}” acts without asking: here the agent asks before it acts.`);
	return [...READING, "write_file", "edit_file", "shell", "git"];
}
