import { History, ListChecks, PanelBottom, PanelLeft, PanelRight } from "lucide-react";
import type { Panels } from "../use-panels";
import type { Action } from "./action";

/** Opening and closing what stands around the canvas. */
export function panelActions(panels: Panels, change: (changes: Partial<Panels>) => void): Action[] {
	const { palette, inspector, bottom } = panels;
	return [
		{
			id: "palette",
			title: palette ? "Hide the steps to add" : "Show the steps to add",
			group: "View",
			Icon: PanelLeft,
			keys: "mod+b",
			run: () => change({ palette: !palette }),
		},
		{
			id: "inspector",
			title: inspector ? "Hide the settings" : "Show the settings",
			group: "View",
			Icon: PanelRight,
			keys: "mod+alt+b",
			run: () => change({ inspector: !inspector }),
		},
		{
			id: "problems",
			title: bottom === null ? "Show the problems" : "Hide the panel below",
			group: "View",
			Icon: PanelBottom,
			keys: "mod+j",
			run: () => change({ bottom: bottom === null ? "problems" : null }),
		},
		{
			id: "tests",
			title: "Show the test runs",
			group: "View",
			Icon: ListChecks,
			run: () => change({ bottom: "tests" }),
		},
		{
			id: "versions",
			title: "Show the versions",
			group: "View",
			Icon: History,
			run: () => change({ bottom: "versions" }),
		},
	];
}
