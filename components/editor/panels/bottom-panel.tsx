"use client";

import { ChevronDown, ChevronUp } from "lucide-react";
import { Badge } from "@/components/ui/chip";
import { useStoredSize } from "@/components/ui/hooks/use-stored-size";
import { IconButton } from "@/components/ui/icon-button";
import { ResizeHandle } from "@/components/ui/resize-handle";
import { Tab, TabList, TabPanel, Tabs } from "@/components/ui/tabs";
import { type Issue, isError } from "@/server/plan/issue";
import { useSessionState } from "../editor-session";
import { useLazyParts } from "../load-lazy-parts";
import type { DraftSaving } from "../saving/use-draft-saving";

export type BottomTab = "problems" | "tests" | "versions";

/** Room for the tabs and three rows. What stands in it never changes it, so that the canvas above keeps its place. */
const HEIGHT = { start: 132, min: 120, max: () => Math.floor(innerHeight / 2) };

interface BottomPanelProps {
	team: string;
	slug: string;
	saving: DraftSaving;
	/** Null while the panel is closed to its row of tabs. */
	tab: BottomTab | null;
	onTab: (tab: BottomTab | null) => void;
	/** Leads to the place of a problem. */
	onShowProblem: (issue: Issue) => void;
	/** Shows the difference between a version and the draft. */
	onCompare: (version: number) => void;
	/** Hands out the YAML of a version. */
	onExport: (version: number) => void;
}

/** The problems come and go while somebody types: what counts and lists them is drawn anew, the panel is not. */
function ProblemCount() {
	const issues = useSessionState((state) => state.issues);
	return issues.length > 0 && <Badge tone={issues.some(isError) ? "bad" : "plain"}>{issues.length}</Badge>;
}

/** Under the canvas: what is wrong, the tests of the draft, and what was published. */
export function BottomPanel(props: BottomPanelProps) {
	const { team, slug, saving, tab, onTab, onShowProblem, onCompare, onExport } = props;
	const late = useLazyParts();
	const [height, setHeight] = useStoredSize("editor-bottom", HEIGHT);
	const show = (next: string) => onTab(next === "tests" || next === "versions" ? next : "problems");
	const isOpen = tab !== null;
	return (
		<section
			aria-label="Problems, tests and versions"
			className="relative flex min-h-0 flex-col border-line border-t bg-panel"
			style={isOpen ? { height: `min(${height}px, 45vh)` } : undefined}
		>
			{isOpen && <ResizeHandle label="Height of the panel" edge="top" size={height} onResize={setHeight} />}
			<Tabs value={tab ?? ""} onValueChange={show} activationMode="manual" className="min-h-0 flex-1">
				<TabList
					size="strip"
					aria-label="Panel"
					end={
						<IconButton
							label={isOpen ? "Hide the panel" : "Show the panel"}
							size="panel"
							className="-mr-2"
							onClick={() => onTab(isOpen ? null : "problems")}
						>
							{isOpen ? <ChevronDown /> : <ChevronUp />}
						</IconButton>
					}
				>
					<Tab value="problems">
						Problems
						<ProblemCount />
					</Tab>
					<Tab value="tests">Test runs</Tab>
					<Tab value="versions">Versions</Tab>
				</TabList>
				<TabPanel value="problems" className="overflow-y-auto">
					{late && <late.ProblemList onShow={onShowProblem} />}
				</TabPanel>
				<TabPanel value="tests" className="overflow-y-auto">
					{late && <late.TestRuns team={team} slug={slug} />}
				</TabPanel>
				<TabPanel value="versions" className="overflow-y-auto">
					{late && (
						<late.VersionList team={team} slug={slug} saving={saving} onCompare={onCompare} onExport={onExport} />
					)}
				</TabPanel>
			</Tabs>
		</section>
	);
}
