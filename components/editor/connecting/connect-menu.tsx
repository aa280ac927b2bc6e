"use client";

import { Check } from "lucide-react";
import { useState } from "react";
import type { NodeLayout } from "@/components/canvas/drawing/lay-out-plan";
import { portLabel } from "@/components/canvas/drawing/port-label";
import { NodeIcon } from "@/components/canvas/nodes/node-icon";
import { disconnect } from "@/server/plan/edits/connect";
import { edgeKey } from "@/server/plan/edits/edge-key";
import { nameOfNode } from "@/server/plan/graph/index-plan";
import type { NodeId, PortName } from "@/server/plan/plan";
import { useShowNode } from "../canvas/show-node";
import { useEditorSession, useSessionState } from "../editor-session";
import { matchesSearch } from "../search/match-search";
import { SearchMenu } from "../search/search-dialog";
import { RowNote, SearchGroup, SearchList, SearchRow } from "../search/search-list";
import { type ConnectionResult, pendingConnection } from "./connect-steps";
import { joinSteps } from "./use-connecting";

/** Connections of a step as a list: where its exits lead, where they could lead, and why not elsewhere. */
export function ConnectMenu() {
	const joining = useSessionState((state) => state.joining);
	const { state } = useEditorSession();
	const show = useShowNode();
	const nameOf = (id: NodeId) => nameOfNode(state.getState().drawing.graph, id);
	return (
		<SearchMenu
			about={joining}
			title={(from) => `Connect ${nameOf(from)} with`}
			onClose={() => state.setState({ joining: null })}
			onReturn={(from) => show(from)}
		>
			{(from) => <Targets from={from} />}
		</SearchMenu>
	);
}

function Targets({ from }: { from: NodeId }) {
	const drawing = useSessionState((state) => state.drawing);
	const [search, setSearch] = useState("");
	const source = drawing.layout.nodes.get(from);
	if (!source) return null;
	const others = [...drawing.layout.nodes.values()].filter(
		({ node }) => node.id !== from && matchesSearch(node.name, search),
	);
	return (
		<SearchList
			label={`Connect ${source.node.name}`}
			placeholder="Find a step of this workflow"
			search={search}
			onSearch={setSearch}
			empty="No other step matches."
		>
			{source.ports.map(({ name }) => (
				<PortGroup key={name} source={source} port={name} others={others} search={search} />
			))}
		</SearchList>
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
		(drawing.graph.nodes.get(from)?.outgoing ?? []).flatMap((edge) => (edge.port === port ? [edge.to] : [])),
	);
	const rows = others
		.map((nodeLayout) => ({
			nodeLayout,
			isJoined: joined.has(nodeLayout.node.id),
			result: pending.resolve(nodeLayout.node.id, nodeLayout.entry),
		}))
		.sort((a, b) => orderOf(a) - orderOf(b));
	return (
		<SearchGroup title={source.ports.length > 1 ? `Exit ${portLabel(port)}` : "Steps"}>
			{rows.map((row) => (
				<Target key={row.nodeLayout.node.id} from={from} port={port} search={search} {...row} />
			))}
		</SearchGroup>
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
		<SearchRow
			value={`${port} ${node.id}`}
			icon={<NodeIcon name={look.icon} />}
			text={node.name}
			search={search}
			disabled={Boolean(refused)}
			onSelect={choose}
		>
			{isJoined && (
				<span className="flex items-center gap-1 text-12 text-accent">
					<Check aria-hidden="true" className="size-3.5" />
					connected, press to remove
				</span>
			)}
			{refused && <RowNote>{refused.title}</RowNote>}
		</SearchRow>
	);
}
