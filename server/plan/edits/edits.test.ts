import { describe, expect, it, test } from "vitest";
import { testPlan } from "@/server/plan/test-plan";
import { catalog } from "../../nodes/catalog";
import { addConnectedNode, addNode, explainAddition, insertNodeOnEdge } from "./add-node";
import { alignNodes } from "./align-nodes";
import { edgeKey } from "./edge-key";
import { explainParent } from "./explain-parent";
import { moveNodes, setPositions, swapNodes } from "./move-nodes";
import { newId } from "./new-id";
import { removeNodes } from "./remove-nodes";
import { explainRename, renameNodeId } from "./rename-node-id";
import { setConfigField } from "./set-config";
import { explainFields, setNodeFields } from "./set-node-fields";
import { setParent } from "./set-parent";
import { setInputs, setSettings } from "./set-plan-fields";

const position = { x: 10, y: 20 };
const edgesOf = (plan: { edges: Parameters<typeof edgeKey>[0][] }) => plan.edges.map(edgeKey);

describe("a new id", () => {
	it.each([
		["http-request", [], "http_request"],
		["shell", ["shell"], "shell_2"],
		["shell", ["shell", "shell_2"], "shell_3"],
		["build_2", ["build_2"], "build_3"],
		["Prüfe & sende 2×!", [], "prufe_sende_2"],
		["2 fast", [], "fast"],
		["—", [], "step"],
		["Constructor", [], "constructor_2"],
		["x".repeat(80), ["x".repeat(64)], `${"x".repeat(58)}_2`],
	])("made of %s beside %j is %s", (base, taken, id) => {
		expect(newId(base, new Set(taken))).toBe(id);
	});
});

describe("a new step", () => {
	it("is called like its type, and numbered when that is taken", () => {
		const plan = addNode(
			addNode(testPlan([]), { type: "http-request", position }, catalog),
			{ type: "http-request", position },
			catalog,
		);
		expect(plan.nodes.map(({ id, name }) => [id, name])).toEqual([
			["http_request", "HTTP request"],
			["http_request_2", "HTTP request 2"],
		]);
	});

	it("behind an exit is connected, in the same container", () => {
		const plan = testPlan([
			{ id: "loop", type: "loop" },
			{ id: "check", type: "condition", parent: "loop" },
		]);
		const after = addConnectedNode(plan, { from: "check", port: "false", node: { type: "shell", position } }, catalog);
		expect(after.nodes[2]).toMatchObject({ id: "shell", parent: "loop", position });
		expect(edgesOf(after)).toEqual(["check.false>shell"]);
	});

	it("behind an exit that does not exist is not added", () => {
		const plan = testPlan(["a"]);
		expect(addConnectedNode(plan, { from: "a", port: "true", node: { type: "shell", position } }, catalog)).toBe(plan);
	});

	it("on a connection passes on what came through it, from its first exit", () => {
		const plan = testPlan(["a", "b", "c"], ["a>b", "b>c"]);
		const after = insertNodeOnEdge(plan, { edge: "a.out>b", node: { type: "condition", position } }, catalog);
		expect(edgesOf(after)).toEqual(["a.out>condition", "condition.true>b", "b.out>c"]);
	});

	it("is refused where it cannot be", () => {
		const plan = testPlan(["a"]);
		expect(explainAddition(plan, { type: "telepathy" }, catalog)?.title).toBe("Unknown type");
		expect(explainAddition(plan, { type: "shell", parent: "a" }, catalog)?.title).toBe("This step holds no others");
		expect(addNode(plan, { type: "shell", parent: "a", position }, catalog)).toBe(plan);
	});
});

test("removing a container removes what is inside, and every connection of it", () => {
	const plan = testPlan(
		["a", { id: "loop", type: "loop" }, { id: "inner", type: "loop", parent: "loop" }, { id: "deep", parent: "inner" }],
		["a>loop"],
	);
	expect(removeNodes(plan, ["loop"])).toMatchObject({ nodes: [{ id: "a" }], edges: [] });
});

describe("moving", () => {
	const plan = testPlan([
		{ id: "loop", type: "loop", position },
		{ id: "in", parent: "loop", position },
	]);

	it("takes a container's body along once", () => {
		const after = moveNodes(plan, ["loop", "in"], { x: 5, y: 5 });
		expect(after.nodes.map((node) => node.position)).toEqual([{ x: 15, y: 25 }, position]);
	});

	it("rounds to whole units and keeps out what is no number", () => {
		const after = setPositions(plan, new Map([["loop", { x: 1.6, y: Number.NaN }]]));
		expect(after.nodes[0]?.position).toEqual({ x: 2, y: 0 });
	});

	it("nowhere gives back the very plan", () => {
		expect(moveNodes(plan, ["loop"], { x: 0.2, y: 0 })).toBe(plan);
	});

	it("swaps two steps of one body, not of two", () => {
		const two = testPlan([{ id: "a", position }, "b", { id: "loop", type: "loop" }, { id: "c", parent: "loop" }]);
		expect(swapNodes(two, ["a", "b"]).nodes[1]?.position).toEqual(position);
		expect(swapNodes(two, ["a", "c"])).toBe(two);
	});
});

describe("dragging into a container", () => {
	const plan = testPlan(
		["a", "b", "c", { id: "loop", type: "loop" }, { id: "inner", type: "loop", parent: "loop" }],
		["a>b", "b>c", "c>loop"],
	);

	it("keeps connections among the moved and drops those that would cross the border", () => {
		const after = setParent(plan, { ids: ["a", "b"], parent: "loop", positions: new Map([["a", position]]) }, catalog);
		expect(after.nodes.slice(0, 2)).toMatchObject([{ parent: "loop", position }, { parent: "loop" }]);
		expect(edgesOf(after)).toEqual(["a.out>b", "c.out>loop"]);
	});

	it("and out again leaves no trace of the container", () => {
		const inside = setParent(plan, { ids: ["a"], parent: "loop" }, catalog);
		const outside = setParent(inside, { ids: ["a"] }, catalog);
		expect(outside.nodes[0]).toEqual(plan.nodes[0]);
	});

	it.each([
		["a step that is none", ["a"], "b", "This step holds no others"],
		["itself", ["loop"], "loop", "A container cannot hold itself"],
		["one inside it", ["loop"], "inner", "A container cannot hold itself"],
		["one that is gone", ["a"], "nobody", "This container no longer exists"],
	])("is refused for %s", (_, ids, parent, title) => {
		expect(explainParent(plan, { ids, parent }, catalog)?.title).toBe(title);
		expect(setParent(plan, { ids, parent }, catalog)).toBe(plan);
	});

	it("is refused when it gets too deep, counting what moves along", () => {
		const chain = (prefix: string, length: number) =>
			Array.from({ length }, (_, i) => ({
				id: `${prefix}${i}`,
				type: "loop",
				...(i > 0 && { parent: `${prefix}${i - 1}` }),
			}));
		const deep = testPlan([...chain("x", 3), ...chain("y", 2), ...chain("z", 3)]);
		expect(explainParent(deep, { ids: ["y0"], parent: "x2" }, catalog)).toBeUndefined();
		expect(explainParent(deep, { ids: ["z0"], parent: "x2" }, catalog)?.title).toBe("Nested too deeply");
	});
});

describe("a config field", () => {
	const plan = testPlan(
		[{ id: "a", config: {} }, { id: "pick", type: "switch", config: { cases: [{ name: "bug", when: "true" }] } }, "b"],
		["pick.case:bug>b"],
	);
	const write = (path: (string | number)[], value?: Parameters<typeof setConfigField>[1]["value"]) =>
		setConfigField(plan, { id: "a", path, value }, catalog).nodes[0]?.config;

	it("is written at any depth, and removed", () => {
		expect(write(["env", "CI"], "1")).toEqual({ env: { CI: "1" } });
		const plan2 = setConfigField(plan, { id: "a", path: ["env", "CI"], value: "1" }, catalog);
		expect(setConfigField(plan2, { id: "a", path: ["env", "CI"], value: undefined }, catalog).nodes[0]?.config).toEqual(
			{ env: {} },
		);
	});

	it("in a list is added at its end and removed from its middle", () => {
		const listed = setConfigField(plan, { id: "a", path: ["list"], value: [1, 2, 3] }, catalog);
		expect(setConfigField(listed, { id: "a", path: ["list", 3], value: 4 }, catalog).nodes[0]?.config.list).toEqual([
			1, 2, 3, 4,
		]);
		expect(
			setConfigField(listed, { id: "a", path: ["list", 1], value: undefined }, catalog).nodes[0]?.config.list,
		).toEqual([1, 3]);
		expect(setConfigField(listed, { id: "a", path: ["list", 7], value: 4 }, catalog)).toBe(listed);
	});

	it("loses NUL and half characters, and refuses names that reach into objects", () => {
		expect(write(["command"], "a\0b\ud800")).toEqual({ command: "ab\ufffd" });
		expect(write(["__proto__", "x"], 1)).toEqual({});
		expect(write(["command"], { constructor: 1 })).toEqual({});
		expect(write(["command"], Number.NaN)).toEqual({});
	});

	it("gives other steps back as they are", () => {
		const after = setConfigField(plan, { id: "a", path: ["command"], value: "ls" }, catalog);
		expect(after.nodes[1]).toBe(plan.nodes[1]);
		expect(after.edges).toBe(plan.edges);
	});

	it("that names an exit takes the exit's connections along, through an empty name too", () => {
		const typed = ["bu", "", "i", "idea"].reduce(
			(before, value) => setConfigField(before, { id: "pick", path: ["cases", 0, "name"], value }, catalog),
			plan,
		);
		expect(edgesOf(typed)).toEqual(["pick.case:idea>b"]);
	});
});

describe("fields of a step", () => {
	const plan = testPlan(["a", "b"]);

	it("are written on several at once, and removed by undefined", () => {
		const off = setNodeFields(plan, ["a", "b"], { disabled: true, timeoutSeconds: 5 });
		expect(off.nodes.map(({ disabled }) => disabled)).toEqual([true, true]);
		expect(setNodeFields(off, ["a", "b"], { disabled: false, timeoutSeconds: undefined })).toEqual(plan);
	});

	it("that no plan may have are refused with the reason", () => {
		expect(explainFields({ name: "", timeoutSeconds: -1 }).map(({ field }) => field)).toEqual([
			"name",
			"timeoutSeconds",
		]);
		expect(setNodeFields(plan, ["a"], { name: "" })).toBe(plan);
	});
});

describe("another id for a step", () => {
	const plan = testPlan(
		["build", { id: "use", config: { command: "echo {{ steps.build.output.exitCode }}" } }],
		["build>use"],
	);

	it("is followed by connections and references", () => {
		const after = renameNodeId(plan, { from: "build", to: "compile" }, catalog);
		expect(edgesOf(after)).toEqual(["compile.out>use"]);
		expect(after.nodes[1]?.config.command).toBe("echo {{ steps.compile.output.exitCode }}");
	});

	it("is refused when it is taken or is no id", () => {
		expect(explainRename(plan, { from: "build", to: "use" })?.detail).toBe("“use” has the id use. Choose another one.");
		expect(explainRename(plan, { from: "build", to: "Build it" })?.title).toBe("Not an id");
		expect(renameNodeId(plan, { from: "build", to: "use" }, catalog)).toBe(plan);
	});
});

describe("aligning", () => {
	const sizes = new Map(["a", "b", "c"].map((id, index) => [id, { width: 100 + index * 20, height: 50 }]));
	const plan = testPlan([
		{ id: "a", position: { x: 0, y: 0 } },
		{ id: "b", position: { x: 300, y: 40 } },
		{ id: "c", position: { x: 400, y: 90 } },
	]);
	const xs = (to: Parameters<typeof alignNodes>[1]["to"]) =>
		alignNodes(plan, { ids: ["a", "b", "c"], to }, sizes).nodes.map((node) =>
			to === "down" || to === "middle" ? node.position.y : node.position.x,
		);

	it.each([
		["left", [0, 0, 0]],
		["right", [440, 420, 400]],
		["center", [220, 210, 200]],
		["across", [0, 190, 400]],
		["down", [0, 45, 90]],
		["middle", [45, 45, 45]],
	] as const)("%s", (to, expected) => {
		expect(xs(to)).toEqual(expected);
	});
});

test("inputs and settings that no plan may have leave it as it is", () => {
	const plan = testPlan(["a"]);
	expect(setInputs(plan, [{ type: "text", name: "Not a name", required: false }])).toBe(plan);
	expect(setSettings(plan, { timeoutSeconds: 0 })).toBe(plan);
	expect(setSettings(plan, { timeoutSeconds: 60 }).settings).toEqual({ timeoutSeconds: 60 });
	expect(setSettings(plan, { timeoutSeconds: 86_400 })).toBe(plan);
});
