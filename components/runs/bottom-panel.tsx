"use client";

import { ChevronDown, ChevronUp } from "lucide-react";
import { useId, useState } from "react";
import { useStore } from "zustand";
import { Badge } from "@/components/ui/chip";
import { formatCount } from "@/components/ui/format/format-number";
import { Checkbox } from "@/components/ui/forms/toggles";
import { IconButton } from "@/components/ui/icon-button";
import { Tab, TabList, TabPanel, Tabs } from "@/components/ui/tabs";
import { AllLogs } from "./logs/all-logs";
import { EventsList } from "./timeline/events-list";
import { Timeline } from "./timeline/timeline";
import { TimelineKey } from "./timeline/timeline-key";
import type { RunScreen } from "./use-run-screen";

interface BottomPanelProps {
	screen: RunScreen;
	open: boolean;
	onOpenChange: (open: boolean) => void;
}

/** Timeline, logs and events under the canvas. */
export function BottomPanel({ screen, open, onOpenChange }: BottomPanelProps) {
	const events = useStore(screen.store, (record) => record.events.length);
	const [tab, setTab] = useState("timeline");
	const [hideInstant, setHideInstant] = useState(true);
	const keyId = useId();
	const show = (next: string) => {
		setTab(next);
		onOpenChange(true);
	};
	return (
		<Tabs value={tab} onValueChange={show} className="h-full">
			<TabList
				size="strip"
				aria-label="Details of the run"
				end={
					<>
						{tab === "timeline" && open && (
							<TimelineKey id={keyId}>
								<Checkbox
									id={keyId}
									checked={hideInstant}
									onCheckedChange={(checked) => setHideInstant(checked === true)}
								/>
							</TimelineKey>
						)}
						<IconButton
							label={open ? "Hide the panel" : "Show the panel"}
							size="panel"
							className="-mr-2 flex-none"
							onClick={() => onOpenChange(!open)}
						>
							{open ? <ChevronDown /> : <ChevronUp />}
						</IconButton>
					</>
				}
			>
				<Tab value="timeline" onClick={() => onOpenChange(true)}>
					Timeline
				</Tab>
				{screen.shows.logs && (
					<Tab value="logs" onClick={() => onOpenChange(true)}>
						Logs
					</Tab>
				)}
				<Tab value="events" onClick={() => onOpenChange(true)}>
					Events
					<Badge>{formatCount(events)}</Badge>
				</Tab>
			</TabList>
			{open && (
				<>
					<TabPanel value="timeline">
						<Timeline screen={screen} hideInstant={hideInstant} />
					</TabPanel>
					<TabPanel value="logs">
						<AllLogs screen={screen} />
					</TabPanel>
					<TabPanel value="events">
						<EventsList screen={screen} />
					</TabPanel>
				</>
			)}
		</Tabs>
	);
}
