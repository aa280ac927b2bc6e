import type { PlanSketch } from "./plan-sketch";
import type { StepRule } from "./step-rule";

/** Known words for what most repositories call so. */
const USUAL: [RegExp, { name: string; command: string }][] = [
	[/\btests?\b/i, { name: "Test", command: "npm test" }],
	[/\blint/i, { name: "Lint", command: "npm run lint" }],
	[/\bbuild/i, { name: "Build", command: "npm run build" }],
	[/\bdeploy/i, { name: "Deploy", command: "./deploy.sh" }],
	[/\bback ?up\b/i, { name: "Back up", command: "./backup.sh" }],
	[/\binstall/i, { name: "Install", command: "npm ci" }],
	[/\brestart\b/i, { name: "Restart", command: "./restart.sh" }],
	[/\broll(?:s|ing)? ?back\b/i, { name: "Roll back", command: "./rollback.sh" }],
];

/** Programs, Git, agents and other workflows. */
export const PROGRAM_RULES: StepRule[] = [
	{ words: /\b(?:coding agent|agent|investigate|find out why)\b/i, draw: drawAgent },
	{ words: /\bworkflow\s(?:§\d{1,4}q|[\w-]{1,48})|(?:§\d{1,4}q|[\w-]{1,48})\sworkflow\b/i, draw: drawWorkflow },
	{ words: /\b(?:clone|check ?out)\b/i, draw: drawClone },
	{ words: /\bpull request\b|\bmerge request\b/i, draw: (clause, sketch) => drawGit(clause, sketch, "pull request") },
	{ words: /^commit\b/i, draw: (clause, sketch) => drawGit(clause, sketch, "commit") },
	{ words: /^push\b/i, draw: (clause, sketch) => drawGit(clause, sketch, "push") },
	{ words: /\bpython\b/i, draw: drawPython },
	{ words: /§\d{1,4}c/, draw: drawCommands },
	{
		words: /\b(?:tests?|lint|build|deploy|back ?up|install|restart|roll ?back)\b/i,
		draw: (clause, sketch) => {
			const [, usual] = USUAL.find(([words]) => words.test(clause)) ?? [];
			if (usual) addCommand(sketch, usual.command, usual.name);
		},
	},
];

function addCommand(sketch: PlanSketch, command: string, name: string): void {
	const inside = sketch.parent !== undefined && !command.includes("{{") && /\.sh$/.test(command);
	sketch.add({ type: "shell", name, config: { command: inside ? `${command} {{ item }}` : command }, gives: "stdout" });
}

/** One after the other, or side by side where the words say so. */
function drawCommands(clause: string, sketch: PlanSketch): void {
	const before = sketch.exits;
	const isParallel = /\b(?:in parallel|at the same time|simultaneously|side by side)\b/i.test(clause);
	const ends = [];
	for (const command of sketch.held.all("code", clause)) {
		if (isParallel) sketch.exits = before;
		addCommand(sketch, command, `Run ${command.split("\n")[0]?.slice(0, 40) ?? command}`);
		ends.push(...sketch.exits);
	}
	if (isParallel) sketch.exits = ends;
}

function drawPython(clause: string, sketch: PlanSketch): void {
	const code = sketch.held.first("code", clause);
	sketch.add({
		...{ type: "python", name: "Run Python", gives: "" },
		config: {
			code: code ?? 'output = {"value": input["value"]}',
			input: { value: sketch.valueOr("") },
		},
	});
	if (code === undefined) sketch.note("The Python step hands its input on as it is: write what it should do.");
}

function drawClone(clause: string, sketch: PlanSketch): void {
	const { held } = sketch;
	const named = /\b([\w.-]{1,40}\/[\w.-]{1,60})\b/.exec(clause)?.[1];
	const url =
		held.first("url", clause) ??
		(named === undefined
			? sketch.input({ type: "text", name: "repository_url", label: "Address of the repository", required: true })
			: `https://github.com/${named}.git`);
	const ref = /\b(?:branch|tag)\s([\w./-]{1,60})/i.exec(clause)?.[1];
	sketch.add({
		type: "git",
		name: "Clone the repository",
		config: { action: "clone", url, ...(ref !== undefined && { ref }) },
	});
}

function drawGit(clause: string, sketch: PlanSketch, action: "commit" | "push" | "pull request"): void {
	const words = sketch.held.first("quote", clause) ?? "Changes by {{ run.workflow }}";
	if (action === "commit") sketch.add({ type: "git", name: "Commit", config: { action, message: words } });
	else if (action === "push") sketch.add({ type: "git", name: "Push", config: { action, ...withToken(sketch) } });
	else
		sketch.add({
			...{ type: "git", name: "Open a pull request" },
			config: { action, title: words, base: "main", ...withToken(sketch) },
		});
}

function withToken(sketch: PlanSketch) {
	const clone = sketch.firstOf("git");
	const url =
		clone === undefined
			? sketch.input({ type: "text", name: "repository_url", required: true })
			: `{{ steps.${clone}.output.url }}`;
	return { url, auth: "token", token: sketch.credential("git") };
}

function drawWorkflow(clause: string, sketch: PlanSketch): void {
	const [, after] = /\bworkflow\s(§\d{1,4}q|[\w-]{1,48})/i.exec(clause) ?? [];
	const [, before] = /(§\d{1,4}q|[\w-]{1,48})\sworkflow\b/i.exec(clause) ?? [];
	const workflow =
		sketch.held
			.plain(after ?? before ?? "")
			.toLowerCase()
			.replace(/[^a-z0-9]/g, "-") || "other";
	sketch.add({ type: "run-workflow", name: `Run ${workflow}`, config: { workflow }, gives: "output" });
}

function drawAgent(clause: string, sketch: PlanSketch): void {
	const task = sketch.held.plain(clause);
	const prompt = sketch.value === undefined ? task : `${task}\n\n{{ ${sketch.value} }}`;
	const tools = ["list_files", "read_file", "search_files"];
	sketch.add({ type: "agent", name: "Agent", config: { provider: "demo", prompt, tools }, gives: "text" });
}
