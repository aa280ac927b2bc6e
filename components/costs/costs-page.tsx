"use client";

import dynamic from "next/dynamic";
import { PageHead } from "../shell/page-head";
import { SkeletonRows } from "../ui/skeleton";

/** Its days are those of the reader's time zone, which the server does not know. */
const Costs = dynamic(() => import("./costs").then((page) => page.Costs), {
	ssr: false,
	loading: () => <SkeletonRows rows={10} rowClassName="h-9" />,
});

/** What calls of models cost the team. @param workflow the slug of the one that is shown first */
export function CostsPage({ workflow }: { workflow: string | undefined }) {
	return (
		<>
			<PageHead title="Costs" />
			<Costs workflow={workflow} />
		</>
	);
}
