"use client";

import dynamic from "next/dynamic";
import { SkeletonRows } from "../../ui/skeleton";

/** The canvas of two versions, which is loaded once it is asked for. */
export const TemplateChanges = dynamic(
	() => import("../../editor/panels/changes/plan-changes").then((module) => module.PlanChanges),
	{
		ssr: false,
		loading: () => <SkeletonRows rows={8} label="Loading the comparison" />,
	},
);
