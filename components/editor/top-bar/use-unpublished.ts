"use client";

import { useMemo } from "react";
import type { Outputs } from "@/components/trpc/types";
import { hashPlan } from "@/server/plan/hash-plan";
import { useEditor } from "../editor-store";

/** Whether the draft does something else than the published version. Worked out when it is saved, not at every key. */
export function useUnpublished({ publishedHash }: Pick<Outputs["workflows"]["draft"], "publishedHash">): boolean {
	const plan = useEditor(({ saved }) => saved.plan);
	return useMemo(() => hashPlan(plan) !== publishedHash, [plan, publishedHash]);
}
