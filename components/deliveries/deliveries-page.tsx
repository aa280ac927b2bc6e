"use client";

import dynamic from "next/dynamic";
import { PageHead } from "../shell/page-head";
import { SkeletonRows } from "../ui/skeleton";
import type { TriggerName } from "./trigger-choice";

/** Its times are those of the reader's time zone, which the server does not know. */
const Deliveries = dynamic(() => import("./deliveries").then((page) => page.Deliveries), {
	ssr: false,
	loading: () => <SkeletonRows rows={10} rowClassName="h-9" />,
});

/** What has come to the triggers of the team, and what became of it. */
export function DeliveriesPage({ trigger }: { trigger: TriggerName | undefined }) {
	return (
		<>
			<PageHead title="Deliveries" />
			<Deliveries first={trigger} />
		</>
	);
}
