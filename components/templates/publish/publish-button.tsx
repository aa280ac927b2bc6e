"use client";

import { Upload } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useWhyNot } from "../../shell/why-not";
import { GuardedButton } from "../../ui/guarded";
import type { Gallery } from "../gallery-data";

const PublishDialog = dynamic(() => import("./publish-dialog").then((module) => module.PublishDialog), { ssr: false });

interface PublishButtonProps {
	team: string;
	categories: Gallery["categories"];
	/** The workflow that somebody came to publish. */
	workflow: string | undefined;
}

/** Makes a template of one of the team's workflows. */
export function PublishButton({ team, categories, workflow }: PublishButtonProps) {
	const whyNot = useWhyNot("template:publish");
	const [isOpen, setOpen] = useState(workflow !== undefined && whyNot === undefined);
	return (
		<>
			<GuardedButton whyNot={whyNot} onClick={() => setOpen(true)}>
				<Upload />
				Publish a workflow
			</GuardedButton>
			{isOpen && (
				<PublishDialog team={team} categories={categories} workflow={workflow} onClose={() => setOpen(false)} />
			)}
		</>
	);
}
