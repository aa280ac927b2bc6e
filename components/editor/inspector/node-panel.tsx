"use client";

import { useEffect } from "react";
import { Badge } from "@/components/ui/chip";
import { Tab, TabList, TabPanel, Tabs } from "@/components/ui/tabs";
import { isError } from "@/server/plan/issue";
import { useEditorSession, useSessionState } from "../editor-session";
import { focusEmptyField } from "./focus-field";
import { useInspectorUi } from "./inspector-context";
import { INSPECTOR_TABS } from "./inspector-ui";
import { useNodeId, useOtherIssues } from "./node-fields";
import { NodeForm } from "./node-form";
import { NodeHead } from "./node-head";
import { LastInput, LastOutput } from "./try/last-values";
import { TryPanel } from "./try/try-panel";

/** A step: its form, what it read and put out last, and trying it alone. */
export function NodePanel() {
	const tab = useInspectorUi((state) => state.tab);
	const openTab = useInspectorUi((state) => state.openTab);
	useOpenedTab();
	return (
		<div className="flex h-full flex-col">
			<NodeHead />
			<Tabs
				className="flex-1"
				value={tab}
				onValueChange={(value) => {
					const known = INSPECTOR_TABS.find((each) => each === value);
					if (known) openTab(known);
				}}
			>
				<TabList aria-label="Step">
					<Tab value="configure">
						Configure
						<ProblemCount />
					</Tab>
					<Tab value="input">Input</Tab>
					<Tab value="output">Output</Tab>
					<Tab value="try">Try</Tab>
				</TabList>
				<TabPanel value="configure" className="overflow-y-auto">
					<NodeForm />
				</TabPanel>
				<TabPanel value="input" className="overflow-y-auto">
					<LastInput />
				</TabPanel>
				<TabPanel value="output" className="overflow-y-auto">
					<LastOutput />
				</TabPanel>
				<TabPanel value="try" className="overflow-y-auto">
					<TryPanel />
				</TabPanel>
			</Tabs>
		</div>
	);
}

/** A step that has just been added opens on its form, and one that is to be tried on that, whatever was looked at before. */
function useOpenedTab(): void {
	const id = useNodeId();
	const { state } = useEditorSession();
	const tab = useSessionState(({ opening }) => (opening?.id === id ? opening.tab : undefined));
	const openTab = useInspectorUi((ui) => ui.openTab);
	useEffect(() => {
		if (!tab) return;
		openTab(tab);
		state.setState({ opening: null });
		if (tab === "configure") focusEmptyField(id);
	}, [tab, id, state, openTab]);
}

const NO_FIELDS: readonly string[] = [];

function ProblemCount() {
	const count = useOtherIssues(NO_FIELDS).filter(isError).length;
	return count > 0 && <Badge tone="bad">{count}</Badge>;
}
