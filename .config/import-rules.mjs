/**
 * Who may import whom. `from` selects files; what they import from this repository must match `allow` (or, for type-only
 * imports, `allowTypes`) and must not match `deny`. `packages`, where given, lists the only packages allowed.
 */
const core = [
	/^server\/plan\//,
	/^server\/nodes\/[^/]+\/definition\.ts$/,
	/^server\/nodes\/(catalog|model-fields|program-fields|prompt-fields|summary-text)\.ts$/,
	/^server\/triggers\/[^/]+\/(definition|registration)\.ts$/,
	/^server\/triggers\/(schedule\/times|[^/]+\/settings)\//,
	/^server\/triggers\/(catalog|registrations|trigger-definition|trigger-registration|trigger-id)\.ts$/,
	/^server\/credentials\/(catalog|common-values|credential-definition|min-redacted-length)\.ts$/,
	/^server\/credentials\/types\/[^/]+\/definition\.ts$/,
	/^server\/runs\/(coding-attempt|coding-result|coding-transcript|events|state|told-usage)\.ts$/,
	/^server\/artifacts\/artifact-ref\.ts$/,
	/^server\/assistant\/news\.ts$/,
	/^server\/budgets\/describe-spent\.ts$/,
	/^server\/llm\/(count-text-tokens|messages|provider-names)\.ts$/,
	/^server\/notifications\/(catalog|notification-kind|run-place)\.ts$/,
	/^server\/notifications\/kinds\//,
];
const everything = [/^/];
const nodeFiles = /^server\/nodes\/([^/]+)\//;

/** A rule for each room of a folder: of the others it knows those that stand before it in the list. */
const inOrder = (folder, rooms) =>
	rooms.map((room, index) => ({
		name: `Of the rooms of ${folder} each knows those before it: ${rooms.join(", ")}`,
		from: (file) => file.startsWith(`${folder}/${room}/`),
		allow: everything,
		deny: rooms.slice(index + 1).map((later) => new RegExp(`^${folder}/${later}/`)),
	}));

export const importRules = [
	...inOrder("server/plan", [
		"values",
		"graph",
		"shell",
		"expressions",
		"prompts",
		"validate",
		"edits",
		"yaml",
		"merge",
		"changes",
	]),
	...inOrder("server/runs", ["store", "read", "watch", "workers", "verbs", "fork", "try", "chores"]),
	...inOrder("components/canvas", ["drawing", "run", "nodes"]),
	{
		name: "The shared core runs in browsers: it imports small parsers and itself only",
		from: (file) => core.some((pattern) => pattern.test(file)),
		allow: core,
		deny: [/\/execute[^/]*\.ts$/],
		allowOwnFolder: true,
		packages: ["zod", "yaml", "@handlebars/parser", "@marcbachmann/cel-js", "re2js", "@noble/hashes", "croner"],
	},
	{
		name: "Components know the shared core, and of the server the type of its router, how values travel, roles, limits, audited actions, how comments mention people, and one cookie",
		from: (file) => file.startsWith("components/"),
		allow: [
			/^components\//,
			/^server\/trpc\/transformer\.ts$/,
			/^server\/comments\/mention-text\.ts$/,
			/^server\/teams\/(audit-action|last-team-cookie|permissions|team-limits)\.ts$/,
			...core,
		],
		allowTypes: [/^server\/trpc\/(router|share-router)\.ts$/],
	},
	{
		name: "A node knows itself, the shared core and its context, never another node",
		from: (file) => nodeFiles.test(file) && !/\/definition\.ts$/.test(file),
		allow: [
			/^server\/nodes\/[^/]+\.ts$/,
			/^server\/(errors|linked-abort)\.ts$/,
			/^server\/llm\/(messages|provider)\.ts$/,
			...core.filter((pattern) => !pattern.test("server/nodes/x/definition.ts")),
		],
		allowOwnFolder: true,
		allowTypes: [/^server\/runners\/runner\.ts$/],
	},
	{
		name: "A type of step is known by the catalog and the executors alone",
		from: (file) => !nodeFiles.test(file) && !/^server\/nodes\/(catalog|executors)\.ts$/.test(file),
		allow: everything,
		deny: [nodeFiles],
	},
	{
		name: "Runners and providers know the environment and errors, never the database, nodes or the engine",
		from: (file) => /^server\/(runners|llm)\//.test(file),
		allow: everything,
		deny: [/^db\//, /^server\/nodes\//, /^inngest\//, /^app\//, /^components\//],
	},
	{
		name: "Routers call verbs: no tables, no queries",
		from: (file) => file.startsWith("server/trpc/"),
		allow: everything,
		deny: [/^db\/schema\//, /^inngest\//, /^app\//, /^components\//],
	},
	{
		name: "The server knows of the engine only how to send it events, and nothing of screens",
		from: (file) => /^(server|db)\//.test(file) && !/^server\/(launcher|cli)\//.test(file),
		allow: everything,
		deny: [/^app\//, /^components\//, /^inngest\/(?!client\.ts$)/],
	},
	{
		name: "Execution knows of no engine: whatever walks runs calls it, and waits for what it waits for",
		from: (file) => file.startsWith("server/execution/"),
		allow: everything,
		deny: [/^inngest\//],
	},
	{
		name: "The engine knows nothing of screens and routers",
		from: (file) => file.startsWith("inngest/"),
		allow: everything,
		deny: [/^app\//, /^components\//, /^server\/trpc\//],
	},
	{
		name: "Pages know components, tRPC, auth and what the server offers them, never tables",
		from: (file) => file.startsWith("app/"),
		allow: everything,
		deny: [/^db\/schema\//, /^server\/launcher\//],
	},
];
