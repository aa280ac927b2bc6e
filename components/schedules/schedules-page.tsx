"use client";

import dynamic from "next/dynamic";
import { PageHead } from "../shell/page-head";
import { SkeletonRows } from "../ui/skeleton";

/** Its days are those of the reader's time zone, which the server does not know. */
const Calendar = dynamic(() => import("./calendar").then((page) => page.Calendar), {
	ssr: false,
	loading: () => <SkeletonRows rows={8} rowClassName="h-12" />,
});

/** When the team's workflows start by themselves, and what came of it. */
export function SchedulesPage() {
	return (
		<>
			<PageHead title="Schedules" />
			<Calendar />
		</>
	);
}
