"use client";

import { PencilLine } from "lucide-react";
import Link from "next/link";
import { GuardedIconButton } from "@/components/ui/guarded";
import type { NodeId } from "@/server/plan/plan";
import type { TeamRunScreen } from "../use-run-screen";
import { editorOf } from "./editor-of";
import { useWhyNotEdit } from "./use-why-not-edit";

/** Leads to a step of the run's workflow in the editor. */
export function EditStep({ screen, step }: { screen: TeamRunScreen; step: NodeId }) {
	const whyNot = useWhyNotEdit(screen.run);
	const icon = <PencilLine aria-hidden="true" />;
	return (
		<GuardedIconButton label="Edit this step" size="panel" whyNot={whyNot} asChild={whyNot === undefined}>
			{whyNot === undefined ? <Link href={editorOf(screen, step)}>{icon}</Link> : icon}
		</GuardedIconButton>
	);
}
