"use client";

import { Upload } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { Button } from "../../ui/button";
import type { Gallery } from "../gallery-data";

const PublishDialog = dynamic(() => import("./publish-dialog").then((module) => module.PublishDialog), { ssr: false });

interface PublishButtonProps {
	team: string;
	categories: Gallery["categories"];
	/** Why the viewer may not, if so. */
	refusal: string | null;
}

/** Makes a template of one of the team's workflows. */
export function PublishButton({ team, categories, refusal }: PublishButtonProps) {
	const [isOpen, setOpen] = useState(false);
	return (
		<>
			<Button disabled={refusal !== null} title={refusal ?? undefined} onClick={() => setOpen(true)}>
				<Upload />
				Publish a workflow
			</Button>
			{isOpen && <PublishDialog team={team} categories={categories} onClose={() => setOpen(false)} />}
		</>
	);
}
