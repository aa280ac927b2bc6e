"use client";

import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { allows, describeRefusal, type Permission, type Role } from "@/server/teams/permissions";
import { useTRPC } from "../trpc/client";
import { useViewer } from "./viewer-context";

/** Why the viewer may not do something in this team, and who could; undefined when they may. */
export function useWhyNot(permission: Permission): ReactNode | undefined {
	const { team } = useViewer();
	return allows(team.role, permission) ? undefined : <WhyNot permission={permission} />;
}

/** The same as text, for lists of actions. */
export function useRefusal(permission: Permission): string | undefined {
	const { team } = useViewer();
	const isRefused = !allows(team.role, permission);
	const names = useWhoCan(permission, isRefused);
	return isRefused ? explain({ role: team.role, permission, names }) : undefined;
}

/** Who could is asked when somebody wants to know. */
function WhyNot({ permission }: { permission: Permission }) {
	const { role } = useViewer().team;
	return explain({ role, permission, names: useWhoCan(permission, true) });
}

function useWhoCan(permission: Permission, enabled: boolean): readonly string[] {
	const { slug } = useViewer().team;
	const trpc = useTRPC();
	const { data = [] } = useQuery(trpc.members.whoCan.queryOptions({ team: slug, permission }, { enabled }));
	return data;
}

interface Refused {
	role: Role;
	permission: Permission;
	/** Those who could. */
	names: readonly string[];
}

function explain({ role, permission, names }: Refused): string {
	const why = describeRefusal(role, permission);
	return names.length > 0 ? `${why} ${listNames.format(names)} can do it.` : why;
}

const listNames = new Intl.ListFormat("en-GB", { type: "disjunction" });
