import fc from "fast-check";
import { catalog } from "../../nodes/catalog";
import { portsOfNode } from "../graph/ports-of-node";
import type { NodeId, Plan } from "../plan";
import type { Json } from "../values/json";
import { addConnectedNode, addNode, insertNodeOnEdge } from "./add-node";
import { alignNodes } from "./align-nodes";
import { connect, disconnect, reconnect } from "./connect";
import { edgeKey } from "./edge-key";
import { addNote, moveNotes, removeNotes, updateNote } from "./edit-notes";
import { moveNodes, setPositions, swapNodes } from "./move-nodes";
import { duplicateNodes, partOf, pasteNodes } from "./paste-nodes";
import { definitionIn, type PlanEdit } from "./plan-edit";
import { renameNodeId } from "./rename-node-id";
import { replaceNodeType } from "./replace-node-type";
import { setConfig, setConfigField } from "./set-config";
import { setNodeFields } from "./set-node-fields";
import { setParent } from "./set-parent";
import { setInputs, setSettings } from "./set-plan-fields";
import { takeOutNodes } from "./take-out-nodes";

/** Edits for property tests: whatever a person can do, to whatever the plan holds by then. */

const type = fc.constantFrom(...Object.keys(catalog));
const pick = fc.nat({ max: 40 });
const position = fc.record({
	x: fc.oneof(fc.integer({ min: -2_000, max: 4_000 }), fc.double({ min: -50, max: 50 })),
	y: fc.integer({ min: -2_000, max: 4_000 }),
});
const text = fc.oneof(
	fc.string({ unit: "binary", maxLength: 8 }),
	fc.constantFrom(
		"",
		"a: b\n",
		"- x\n  ",
		"{{ steps.shell.output.stdout }}",
		"echo {{ steps.shell_2.output }}",
		"\ud800",
		"null",
	),
);
const value: fc.Arbitrary<Json | undefined> = fc.oneof(
	text,
	fc.integer(),
	fc.constantFrom<Json | undefined>(undefined, null, -0, Number.NaN, [], {}, [{ name: "bug", when: "true" }]),
	fc.dictionary(fc.string({ maxLength: 4 }), text, { maxKeys: 2 }),
);

/** What makes a plan larger. */
const growth: readonly fc.Arbitrary<PlanEdit>[] = [
	fc.tuple(type, position, pick).map(([type, position, home]) => (plan) => {
		const parent = home % 2 === 0 && hasContainer(plan) ? idAt(plan, home, true) : undefined;
		return addNode(plan, { type, position, parent }, catalog);
	}),
	fc.tuple(type, position, pick, pick).map(([type, position, from, port]) => (plan) => {
		return addConnectedNode(plan, { ...exitAt(plan, from, port), node: { type, position } }, catalog);
	}),
	fc.tuple(type, position, pick).map(([type, position, edge]) => (plan) => {
		return insertNodeOnEdge(plan, { edge: edgeAt(plan, edge), node: { type, position } }, catalog);
	}),
	fc.tuple(pick, pick, pick).map(([from, port, to]) => (plan) => {
		return connect(plan, { ...exitAt(plan, from, port), to: idAt(plan, to) }, catalog);
	}),
];

/** What changes it, or makes it smaller. */
const changes: readonly fc.Arbitrary<PlanEdit>[] = [
	fc.tuple(pick, pick, pick, pick).map(([edge, from, port, to]) => (plan) => {
		const end = { ...exitAt(plan, from, port), to: idAt(plan, to) };
		return reconnect(plan, { edge: edgeAt(plan, edge), to: end }, catalog);
	}),
	pick.map((edge) => (plan) => disconnect(plan, [edgeAt(plan, edge)])),
	fc.tuple(pick, pick).map(([one, other]) => (plan) => {
		return one % 3 === 0 ? takeOutNodes(plan, [idAt(plan, one), idAt(plan, other)], catalog) : plan;
	}),
	fc.tuple(pick, pick, position).map(([one, other, by]) => (plan) => {
		return moveNodes(plan, [idAt(plan, one), idAt(plan, other)], by);
	}),
	fc.tuple(pick, position).map(
		([one, to]) =>
			(plan) =>
				setPositions(plan, new Map([[idAt(plan, one), to]])),
	),
	fc.tuple(pick, pick).map(
		([one, other]) =>
			(plan) =>
				swapNodes(plan, [idAt(plan, one), idAt(plan, other)]),
	),
	fc.tuple(pick, pick, pick).map(([one, other, home]) => (plan) => {
		const ids = [idAt(plan, one), idAt(plan, other)];
		return setParent(plan, { ids, parent: home % 4 === 0 ? undefined : idAt(plan, home, true) }, catalog);
	}),
	fc
		.tuple(pick, value, fc.constantFrom("command", "cases", "env", "__proto__", "a.b"))
		.map(([one, value, name]) => (plan) => {
			return setConfigField(plan, { id: idAt(plan, one), path: [name], value }, catalog);
		}),
	fc.tuple(pick, fc.constantFrom("bug", "idea", "")).map(([one, name]) => (plan) => {
		return setConfigField(plan, { id: idAt(plan, one), path: ["cases", 0, "name"], value: name }, catalog);
	}),
	fc.tuple(pick, text).map(
		([one, text]) =>
			(plan) =>
				setConfig(plan, { id: idAt(plan, one), config: { text } }, catalog),
	),
	fc.tuple(pick, text).map(
		([one, name]) =>
			(plan) =>
				setNodeFields(plan, [idAt(plan, one)], { name }),
	),
	fc.tuple(pick, fc.constantFrom("stop" as const, "continue" as const, "branch" as const), fc.boolean()).map(
		([one, onFailure, disabled]) =>
			(plan) =>
				setNodeFields(plan, [idAt(plan, one)], { onFailure, disabled }),
	),
	fc
		.tuple(pick, fc.option(fc.integer({ min: -1, max: 60 }), { nil: undefined }))
		.map(([one, timeoutSeconds]) => (plan) => {
			return setNodeFields(plan, [idAt(plan, one)], { timeoutSeconds });
		}),
	fc.tuple(pick, fc.constantFrom("build", "shell", "shell_2", "Not an id")).map(([one, to]) => (plan) => {
		return renameNodeId(plan, { from: idAt(plan, one), to }, catalog);
	}),
	fc.tuple(pick, type).map(
		([one, type]) =>
			(plan) =>
				replaceNodeType(plan, { id: idAt(plan, one), type }, catalog),
	),
	fc.tuple(pick, pick, position).map(([one, other, offset]) => (plan) => {
		return duplicateNodes(plan, { nodes: [idAt(plan, one), idAt(plan, other)], offset }, catalog);
	}),
	fc.tuple(pick, pick, position).map(([one, home, offset]) => (plan) => {
		const part = partOf(plan, { nodes: [idAt(plan, one)], notes: plan.notes.map(({ id }) => id) }, catalog);
		return pasteNodes(plan, { part, offset, parent: idAt(plan, home, true) }, catalog);
	}),
	fc
		.tuple(pick, pick, fc.constantFrom("left" as const, "middle" as const, "across" as const))
		.map(([one, other, to]) => (plan) => {
			return alignNodes(plan, { ids: [idAt(plan, one), idAt(plan, other)], to }, new Map());
		}),
	fc.tuple(text, position).map(
		([text, position]) =>
			(plan) =>
				addNote(plan, { text, position }),
	),
	fc.tuple(pick, text, fc.integer({ min: -5, max: 5_000 })).map(([one, text, width]) => (plan) => {
		return updateNote(plan, noteAt(plan, one), { text, width });
	}),
	fc.tuple(pick, position).map(
		([one, by]) =>
			(plan) =>
				moveNotes(plan, [noteAt(plan, one)], by),
	),
	pick.map((one) => (plan) => removeNotes(plan, [noteAt(plan, one)])),
	fc.tuple(fc.constantFrom("region", "stage"), text).map(([name, value]) => (plan) => {
		return setInputs(plan, [{ type: "text", name, required: false, default: value }]);
	}),
	fc.integer({ min: -1, max: 9 }).map((timeoutSeconds) => (plan) => setSettings(plan, { timeoutSeconds })),
];

/** Any one edit. */
export const anyEdit: fc.Arbitrary<PlanEdit> = fc.oneof(
	{ arbitrary: fc.oneof(...growth), weight: 3 },
	{ arbitrary: fc.oneof(...changes), weight: 4 },
);

/** A chain of edits, in the order in which they are made. */
export const anyEdits = (maxLength: number): fc.Arbitrary<PlanEdit[]> => fc.array(anyEdit, { maxLength, size: "max" });

/** The plan that edits lead to. */
export function applyEdits(plan: Plan, edits: readonly PlanEdit[]): Plan {
	return edits.reduce((before, edit) => edit(before), plan);
}

function idAt(plan: Plan, pick: number, container = false): NodeId {
	const found = container ? plan.nodes.filter(({ type }) => type === "loop" || type === "for-each") : plan.nodes;
	return found[pick % Math.max(1, found.length)]?.id ?? "nothing";
}

function hasContainer(plan: Plan): boolean {
	return plan.nodes.some(({ type }) => type === "loop" || type === "for-each");
}

/** One of the exits that a node has, or now and then one that it has not. */
function exitAt(plan: Plan, pick: number, port: number): { from: NodeId; port: string } {
	const node = plan.nodes[pick % Math.max(1, plan.nodes.length)];
	const ports = node ? [...portsOfNode(node, definitionIn(catalog, node.type)), "gone"] : ["out"];
	return { from: node?.id ?? "nothing", port: ports[port % ports.length] ?? "out" };
}

function edgeAt(plan: Plan, pick: number): string {
	const edge = plan.edges[pick % Math.max(1, plan.edges.length)];
	return edge ? edgeKey(edge) : "nothing";
}

function noteAt(plan: Plan, pick: number): string {
	return plan.notes[pick % Math.max(1, plan.notes.length)]?.id ?? "nothing";
}
