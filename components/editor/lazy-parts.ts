import { RunsList } from "@/components/runs/runs-list";
import { CanvasTools, PaletteButton } from "./canvas/canvas-tools";
import { ContextMenu } from "./canvas/context-menu";
import { HoverToolbar } from "./canvas/hover-toolbar";
import { DescribePanel } from "./describe/describe-panel";
import { ProposedDrawing } from "./describe/proposed-drawing";
import { EditorTools } from "./editor-tools";
import { Inspector } from "./inspector/inspector";
import { issuesOf } from "./inspector/plan-issues";
import { MergeView } from "./panels/merge-view";
import { NoRunsYet } from "./panels/no-runs-yet";
import { ProblemList } from "./panels/problems/problem-list";
import { TestRuns } from "./panels/test-runs";
import { VersionHistory } from "./panels/version-history";
import { VersionList } from "./panels/versions/version-list";
import { YamlPanel } from "./panels/yaml-panel";
import { OpenedNameMenu } from "./top-bar/opened-name-menu";

/** What a workflow can be seen and dragged without. It comes in one, so that all of it is there or nothing. */
export const lazyParts = {
	CanvasTools,
	ContextMenu,
	DescribePanel,
	EditorTools,
	HoverToolbar,
	Inspector,
	MergeView,
	NoRunsYet,
	OpenedNameMenu,
	PaletteButton,
	ProposedDrawing,
	ProblemList,
	RunsList,
	TestRuns,
	VersionHistory,
	VersionList,
	YamlPanel,
	issuesOf,
};

export type LazyParts = typeof lazyParts;
