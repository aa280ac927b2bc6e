"use client";

import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { allows, describeRefusal, type Permission } from "@/server/teams/permissions";
import { useTRPC } from "../trpc/client";
import { useViewer } from "./viewer-context";

/** Why the viewer may not do something in this team, and who could; undefined when they may. */
export function useWhyNot(permission: Permission): ReactNode | undefined {
	const { team } = useViewer();
	return allows(team.role, permission) ? undefined : <WhyNot permission={permission} />;
}

/** Who could is asked when somebody wants to know. */
function WhyNot({ permission }: { permission: Permission }) {
	const { team } = useViewer();
	const trpc = useTRPC();
	const { data: names = [] } = useQuery(trpc.members.whoCan.queryOptions({ team: team.slug, permission }));
	return (
		<>
			{describeRefusal(team.role, permission)}
			{names.length > 0 && ` ${listNames.format(names)} can do it.`}
		</>
	);
}

const listNames = new Intl.ListFormat("en-GB", { type: "disjunction" });
