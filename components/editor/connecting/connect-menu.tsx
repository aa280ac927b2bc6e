"use client";

import { Command } from "cmdk";
import { Check } from "lucide-react";
import { useRef, useState } from "react";
import { portLabel } from "@/components/canvas/describe-node";
import type { NodeLayout } from "@/components/canvas/lay-out-plan";
import { NodeIcon } from "@/components/canvas/node-icon";
import { disconnect } from "@/server/plan/edits/connect";
import { edgeKey } from "@/server/plan/edits/edge-key";
import type { NodeId, PortName } from "@/server/plan/plan";
import { useShowNode } from "../canvas/show-node";
import { useEditorSession, useSessionState } from "../editor-session";
import { MarkedText } from "../marked-text";
import { SearchMenu, SearchMenuHead } from "../search-menu";
import { type ConnectionResult, pendingConnection } from "./connect-steps";
import { joinSteps } from "./use-connecting";

/** Connections of a step as a list: where its exits lead, where they could lead, and why not elsewhere. */
export function ConnectMenu() {
	const joining = useSessionState((state) => state.joining);
	const { state } = useEditorSession();
	const show = useShowNode();
	const from = useRef<NodeId | null>(null);
	if (joining !== null) from.current = joining;
	return (
		<SearchMenu
			isOpen={joining !== null}
			onClose={() => state.setState({ joining: null })}
			onReturn={() => {
				if (from.current !== null) show(from.current);
			}}
		>
			{joining !== null && <Targets from={joining} />}
		</SearchMenu>
	);
}

function Targets({ from }: { from: NodeId }) {
	const drawing = useSessionState((state) => state.drawing);
	const [search, setSearch] = useState("");
	const source = drawing.layout.nodes.get(from);
	if (!source) return null;
	const wanted = search.trim().toLowerCase();
	const others = [...drawing.layout.nodes.values()].filter(
		({ node }) => node.id !== from && node.name.toLowerCase().includes(wanted),
	);
	return (
		<Command label={`Connect ${source.node.name}`} shouldFilter={false} loop>
			<SearchMenuHead
				title={`Connect ${source.node.name} with`}
				placeholder="Find a step of this workflow"
				search={search}
				onSearch={setSearch}
			/>
			<Command.List className="max-h-[min(360px,60vh)] overflow-y-auto p-1.5">
				<Command.Empty className="px-2 py-3 text-ink-3">No other step matches.</Command.Empty>
				{source.ports.map(({ name }) => (
					<PortGroup key={name} source={source} port={name} others={others} search={search} />
				))}
			</Command.List>
		</Command>
	);
}

interface PortGroupProps {
	source: NodeLayout;
	port: PortName;
	others: readonly NodeLayout[];
	search: string;
}

/** The steps that an exit leads to, then those that it could lead to, then the others with the reason. */
function PortGroup({ source, port, others, search }: PortGroupProps) {
	const drawing = useSessionState((state) => state.drawing);
	const from = source.node.id;
	const pending = pendingConnection(drawing, { fixed: { node: from, port, end: "source" } });
	const joined = new Set(
		(drawing.graph.outgoing.get(from) ?? []).flatMap((edge) => (edge.port === port ? [edge.to] : [])),
	);
	const rows = others
		.map((nodeLayout) => ({
			nodeLayout,
			isJoined: joined.has(nodeLayout.node.id),
			result: pending.resolve(nodeLayout.node.id, nodeLayout.entry),
		}))
		.sort((a, b) => orderOf(a) - orderOf(b));
	if (rows.length === 0) return null;
	return (
		<Command.Group
			heading={source.ports.length > 1 ? `Exit ${portLabel(port)}` : "Steps"}
			className="[&>[cmdk-group-heading]]:px-2 [&>[cmdk-group-heading]]:py-1.5 [&>[cmdk-group-heading]]:font-medium [&>[cmdk-group-heading]]:text-11 [&>[cmdk-group-heading]]:text-ink-3"
		>
			{rows.map((row) => (
				<Target key={row.nodeLayout.node.id} from={from} port={port} search={search} {...row} />
			))}
		</Command.Group>
	);
}

interface TargetProps {
	from: NodeId;
	port: PortName;
	nodeLayout: NodeLayout;
	isJoined: boolean;
	result: ConnectionResult;
	search: string;
}

function orderOf({ isJoined, result }: Pick<TargetProps, "isJoined" | "result">): number {
	if (isJoined) return 0;
	return result.refusal ? 2 : 1;
}

function Target({ from, port, nodeLayout, isJoined, result, search }: TargetProps) {
	const session = useEditorSession();
	const { node, look } = nodeLayout;
	const choose = () => {
		session.state.setState({ joining: null });
		if (!isJoined) {
			joinSteps(session, result);
			return;
		}
		const edge = edgeKey({ from, port, to: node.id });
		session.editor.getState().apply("Disconnect", (plan) => disconnect(plan, [edge]));
		session.announce(`No longer leads to ${node.name}.`);
	};
	const refused = !isJoined && result.refusal;
	return (
		<Command.Item
			value={`${port} ${node.id}`}
			disabled={Boolean(refused)}
			onSelect={choose}
			className="flex min-h-8 cursor-pointer items-center gap-2.5 rounded-2 px-2 py-1 aria-disabled:cursor-default aria-disabled:text-ink-3 aria-selected:bg-fill [&>svg]:size-4 [&>svg]:flex-none [&>svg]:text-ink-2"
		>
			<NodeIcon name={look.icon} />
			<span className="min-w-0 flex-1 truncate">
				<MarkedText text={node.name} search={search} />
			</span>
			{isJoined && (
				<span className="flex items-center gap-1 text-12 text-accent">
					<Check aria-hidden="true" className="size-3.5" />
					connected, press to remove
				</span>
			)}
			{refused && <span className="max-w-[220px] truncate text-12">{refused.title}</span>}
		</Command.Item>
	);
}
