import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { catalog } from "@/server/nodes/catalog";
import { testPlan } from "@/server/plan/test-plan";
import { anyEdits, applyEdits } from "../edits/arbitrary-edits";
import { edgeKey } from "../edits/edge-key";
import { duplicateNodes, explainPaste, partOf, pasteNodes } from "../edits/paste-nodes";
import { hashPlan } from "../hash-plan";
import { PLAN_LIMITS } from "../plan";
import { validatePlan } from "../validate/validate-plan";
import { fromClipboard, toClipboard } from "./clipboard";

const EMPTY = testPlan([]);
const offset = { x: 24, y: 24 };

const release = testPlan(
	[
		"build",
		{ id: "each", type: "for-each", config: { items: "{{ inputs.regions }}" } },
		{ id: "deploy", parent: "each", config: { command: "./deploy {{ item }} {{ steps.build.output.stdout }}" } },
		{ id: "check", parent: "each", type: "condition", config: { when: "steps.deploy.output.exitCode == 0" } },
	],
	["build>each", "deploy>check"],
	{
		inputs: [
			{ type: "text", name: "regions" },
			{ type: "text", name: "unused" },
		],
		notes: [{ id: "note", text: "Careful:\n  - here", position: { x: 1, y: 2 } }],
	},
);

describe("copied steps", () => {
	test("of any selection in any plan read back as they were copied", () => {
		fc.assert(
			fc.property(anyEdits(40), fc.infiniteStream(fc.boolean()), (edits, chosen) => {
				const plan = applyEdits(EMPTY, edits);
				const nodes = plan.nodes.flatMap(({ id }) => (chosen.next().value ? [id] : []));
				const notes = plan.notes.flatMap(({ id }) => (chosen.next().value ? [id] : []));
				const part = partOf(plan, { nodes, notes }, catalog);
				fc.pre(part.nodes.length + part.notes.length > 0);
				expect(fromClipboard(toClipboard(part), catalog)).toEqual({ part });
			}),
			{ numRuns: 200 },
		);
	});

	test("pasted into an empty plan are the whole plan again", () => {
		fc.assert(
			fc.property(anyEdits(40), (edits) => {
				const plan = { ...applyEdits(EMPTY, edits), inputs: [], settings: EMPTY.settings };
				const part = partOf(
					plan,
					{ nodes: plan.nodes.map(({ id }) => id), notes: plan.notes.map(({ id }) => id) },
					catalog,
				);
				const pasted = pasteNodes(EMPTY, { part, offset: { x: 0, y: 0 } }, catalog);
				expect(pasted).toEqual(plan);
				expect(hashPlan(pasted)).toBe(hashPlan(plan));
			}),
		);
	});

	it("are a container's whole body, the connections among them, and the inputs that they read", () => {
		const part = partOf(release, { nodes: ["each"] }, catalog);
		expect(part.nodes.map(({ id }) => id)).toEqual(["each", "deploy", "check"]);
		expect(part.edges.map(edgeKey)).toEqual(["deploy.out>check"]);
		expect(part.inputs.map(({ name }) => name)).toEqual(["regions"]);
	});

	it("leave a container that is not copied", () => {
		expect(partOf(release, { nodes: ["deploy"] }, catalog).nodes).toMatchObject([{ id: "deploy" }]);
		expect(partOf(release, { nodes: ["deploy"] }, catalog).nodes[0]).not.toHaveProperty("parent");
	});

	it("are YAML that a person can read", () => {
		expect(toClipboard(partOf(release, { nodes: ["deploy"] }, catalog))).toBe(`version: 1
name: Steps
nodes:
  - id: deploy
    type: shell
    name: deploy
    config:
      command: ./deploy {{ item }} {{ steps.build.output.stdout }}
`);
	});
});

describe("pasted steps", () => {
	const part = partOf(release, { nodes: ["build", "each"], notes: ["note"] }, catalog);

	it("get new ids where theirs are taken, and what refers to them follows inside the part only", () => {
		const plan = testPlan(["build", "deploy", { id: "use", config: { command: "{{ steps.build.output }}" } }]);
		const after = pasteNodes(plan, { part, offset }, catalog);
		expect(after.nodes.map(({ id, parent }) => [id, parent])).toEqual([
			["build", undefined],
			["deploy", undefined],
			["use", undefined],
			["build_2", undefined],
			["each", undefined],
			["deploy_2", "each"],
			["check", "each"],
		]);
		expect(after.nodes[2]).toBe(plan.nodes[2]);
		expect(after.nodes[5]?.config.command).toBe("./deploy {{ item }} {{ steps.build_2.output.stdout }}");
		expect(after.nodes[6]?.config.when).toBe("steps.deploy_2.output.exitCode == 0");
		expect(after.edges.map(edgeKey)).toEqual(["build_2.out>each", "deploy_2.out>check"]);
	});

	it("never take an id that another one of them has", () => {
		const twins = testPlan(
			["a", { id: "a_2", config: { command: "{{ steps.a.output }} {{ steps.a_2.output }}" } }],
			["a>a_2"],
		);
		const after = duplicateNodes(twins, { nodes: ["a", "a_2"], offset }, catalog);
		expect(after.nodes.map(({ id }) => id)).toEqual(["a", "a_2", "a_3", "a_4"]);
		expect(after.nodes[3]?.config.command).toBe("{{ steps.a_3.output }} {{ steps.a_4.output }}");
		expect(after.edges.map(edgeKey)).toEqual(["a.out>a_2", "a_3.out>a_4"]);
	});

	it("are called by the next number where their name is taken", () => {
		const named = (names: string[]) => testPlan(names.map((name, i) => ({ id: `s${i}`, name })));
		const copy = ({ nodes }: typeof EMPTY) => ({ nodes, edges: [], notes: [], inputs: [] });
		const paste = (into: string[], names: string[]) =>
			pasteNodes(named(into), { part: copy(named(names)), offset }, catalog)
				.nodes.slice(into.length)
				.map(({ name }) => name);
		expect(paste(["Build", "Shell"], ["Shell"])).toEqual(["Shell 2"]);
		expect(paste(["Shell", "Shell 2"], ["Shell", "Shell 2"])).toEqual(["Shell 3", "Shell 4"]);
		expect(paste(["Shell"], ["Shell", "Shell 2", "Shell"])).toEqual(["Shell 3", "Shell 2", "Shell 4"]);
		expect(paste(["Build"], ["Shell", "Shell"])).toEqual(["Shell", "Shell"]);
		expect(paste(["Plans of 2024"], ["Plans of 2024"])).toEqual(["Plans of 2024 2"]);
		expect(paste(["x".repeat(120)], ["x".repeat(120)])).toEqual([`${"x".repeat(114)} 2`]);
	});

	it("bring the inputs that the plan lacks, and keep those that it has", () => {
		const plan = testPlan([], [], { inputs: [{ type: "json", name: "regions" }] });
		expect(pasteNodes(plan, { part, offset }, catalog).inputs).toEqual(plan.inputs);
		expect(pasteNodes(EMPTY, { part, offset }, catalog).inputs).toEqual(part.inputs);
	});

	it("go into a container, moved as a whole", () => {
		const plan = testPlan([{ id: "loop", type: "loop" }]);
		const after = pasteNodes(plan, { part, offset, parent: "loop" }, catalog);
		expect(after.nodes.slice(1).map(({ parent, position }) => [parent, position.x])).toEqual([
			["loop", 24],
			["loop", 24],
			["each", 0],
			["each", 0],
		]);
		expect(after.notes[0]?.position).toEqual({ x: 25, y: 26 });
	});

	it("stand beside the original in its container when they are duplicated", () => {
		const after = duplicateNodes(release, { nodes: ["deploy"], offset }, catalog);
		expect(after.nodes[4]).toMatchObject({ id: "deploy_2", parent: "each", position: offset });
	});

	it("are refused where they do not fit", () => {
		const nodes = Array.from({ length: PLAN_LIMITS.nodes - 2 }, (_, index) => ({ ...part.nodes[0], id: `n${index}` }));
		const full = { ...EMPTY, nodes: nodes.flatMap((node) => testPlan([node]).nodes) };
		expect(explainPaste(full, { part, offset }, catalog)?.title).toBe("Too much for one workflow");
		expect(pasteNodes(full, { part, offset }, catalog)).toBe(full);
		expect(explainPaste(release, { part, offset, parent: "build" }, catalog)?.title).toBe("This step holds no others");
	});

	test("hundreds at once collide, follow their references and leave no problem of structure", () => {
		const nodes = Array.from({ length: 300 }, (_, index) => ({
			id: `s${index}`,
			config: { command: index === 0 ? "ls" : `echo {{ steps.s${index - 1}.output.stdout }}` },
		}));
		const plan = testPlan(
			nodes,
			nodes.slice(1).map((_, index) => `s${index}>s${index + 1}`),
		);
		const after = duplicateNodes(plan, { nodes: nodes.map(({ id }) => id), offset }, catalog);
		expect(after.nodes).toHaveLength(600);
		expect(validatePlan(after, { definitions: catalog })).toEqual([]);
	});
});

describe("a text that is pasted", () => {
	const chat = `Sure, here is the workflow:

\`\`\`yaml
name: Nightly
description: Runs the tests
nodes:
  - id: test
    type: shell
    name: Test
    config:
      command: npm test
  - id: tell
    type: comment
    name: Tell
edges:
  - test -> tell
\`\`\`

It runs the tests and leaves a comment.
`;

	it("is found in the block that holds them, however many fences there are", () => {
		const part = partOf(release, { nodes: ["deploy"] }, catalog);
		const fences = "```\n".repeat(10_001);
		expect(fromClipboard(`${fences}${"\n".repeat(50_000)}`, catalog).problem).toMatchObject({ line: 1 });
		const quoted = `\`\`\`sh\nnpm test\n\`\`\`\r\n\`\`\`\`yaml\r\n${toClipboard(part)}\`\`\`\`\n`;
		expect(fromClipboard(quoted, catalog)).toEqual({ part });
	});

	it("may be a whole workflow between the lines of a chat", () => {
		const { part } = fromClipboard(chat, catalog);
		expect(part?.nodes.map(({ id }) => id)).toEqual(["test", "tell"]);
		expect(part?.edges.map(edgeKey)).toEqual(["test.out>tell"]);
	});

	it("may be indented, lack its head, or hold notes only", () => {
		expect(
			fromClipboard("  nodes:\n    - id: a\n      type: shell\n      name: A\n", catalog).part?.nodes,
		).toHaveLength(1);
		expect(
			fromClipboard("notes:\n  - id: n\n    text: Hello\n    position: [1, 2]\n", catalog).part?.notes,
		).toHaveLength(1);
	});

	it.each([
		["something else", "https://example.com/nodes: a list", "The clipboard holds no steps."],
		["nothing", "", "The clipboard holds no steps."],
		["a workflow without steps", "version: 1\nname: Empty\nnodes: []\n", "The clipboard holds no steps."],
	])("that is %s is no problem of the plan", (_, text, message) => {
		expect(fromClipboard(text, catalog).problem?.message).toContain(message);
	});

	it("with a mistake says on which line of what was pasted it stands", () => {
		expect(fromClipboard(chat.replace("    type: shell", "    typ: shell"), catalog).problem).toMatchObject({
			line: 7,
		});
		expect(fromClipboard(chat.replace("id: tell", "id: test"), catalog).problem).toMatchObject({
			line: 12,
			message: "Two steps have the id test. Give one another id.",
		});
	});

	it.each([
		["a circle", "  - test -> tell\n  - tell -> test"],
		["a connection to nowhere", "  - test -> nobody"],
		["a connection twice", "  - test -> tell\n  - test -> tell"],
	])("with %s is refused", (_, edges) => {
		expect(fromClipboard(chat.replace("  - test -> tell", edges), catalog).problem).toBeDefined();
	});

	it("with a type or a reference that is unknown is taken, and its problem shown on the canvas", () => {
		const text = chat.replace("npm test", "echo {{ steps.nobody.output }}").replace("type: comment", "type: telepathy");
		expect(fromClipboard(text, catalog).part?.nodes).toHaveLength(2);
	});
});
