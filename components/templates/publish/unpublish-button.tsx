"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTRPC } from "../../trpc/client";
import { Button } from "../../ui/button";
import { ConfirmDialog } from "../../ui/confirm-dialog";
import { showDone } from "../../ui/toasts/toaster";
import type { TemplateData } from "../template-data";

interface UnpublishButtonProps {
	team: string;
	template: Pick<TemplateData, "slug" | "name" | "refusal">;
}

/** Takes one's own template back, after a question. */
export function UnpublishButton({ team, template: { slug, name, refusal } }: UnpublishButtonProps) {
	const trpc = useTRPC();
	const router = useRouter();
	const [isAsking, setAsking] = useState(false);
	const taking = useMutation({
		...trpc.templates.unpublish.mutationOptions(),
		onSuccess: () => {
			showDone(`${name} is no template any more`);
			router.push(`/${team}/templates`);
			router.refresh();
		},
	});
	return (
		<>
			<Button
				size="form"
				full
				className="mt-2"
				disabled={refusal !== null}
				title={refusal ?? undefined}
				onClick={() => setAsking(true)}
			>
				Unpublish
			</Button>
			<ConfirmDialog
				open={isAsking}
				onOpenChange={setAsking}
				title={`Unpublish ${name}?`}
				action="Unpublish"
				busy={taking.isPending}
				onConfirm={() => taking.mutate({ team, template: slug })}
			>
				Nobody finds it any more. Workflows that were made of it stay as they are.
			</ConfirmDialog>
		</>
	);
}
