"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useWhyNot } from "../../shell/why-not";
import { useTRPC } from "../../trpc/client";
import { ConfirmDialog } from "../../ui/confirm-dialog";
import { GuardedButton } from "../../ui/guarded";
import { showDone } from "../../ui/toasts/toaster";
import type { TemplateData } from "../template-data";

interface UnpublishButtonProps {
	team: string;
	template: Pick<TemplateData, "slug" | "name">;
}

/** Takes one's own template back, after a question. */
export function UnpublishButton({ team, template: { slug, name } }: UnpublishButtonProps) {
	const trpc = useTRPC();
	const router = useRouter();
	const [isAsking, setAsking] = useState(false);
	const whyNot = useWhyNot("template:publish");
	const taking = useMutation({
		...trpc.templates.unpublish.mutationOptions(),
		onSuccess: () => {
			showDone(`${name} is unpublished`);
			router.push(`/${team}/templates`);
			router.refresh();
		},
	});
	return (
		<>
			<GuardedButton size="form" full className="mt-2" whyNot={whyNot} onClick={() => setAsking(true)}>
				Unpublish
			</GuardedButton>
			<ConfirmDialog
				open={isAsking}
				onOpenChange={setAsking}
				title={`Unpublish ${name}?`}
				action="Unpublish"
				busy={taking.isPending}
				whyNot={whyNot}
				onConfirm={() => taking.mutate({ team, template: slug })}
			>
				It disappears from the gallery. Workflows that were made from it stay as they are.
			</ConfirmDialog>
		</>
	);
}
