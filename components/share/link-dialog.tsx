import { Eye, Link as LinkIcon } from "lucide-react";
import type { ReactNode } from "react";
import { useWhyNot } from "@/components/shell/why-not";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { GuardedButton } from "@/components/ui/guarded";
import { MadeLink } from "./made-link";

interface LinkDialogProps {
	title: string;
	description: string;
	/** Of the link that was just made. */
	token: string | undefined;
	busy: boolean;
	/** No link can be made here. */
	disabled: boolean;
	onCreate: () => void;
	onPreview: () => void;
	onClose: () => void;
	children: ReactNode;
}

/** Makes a link of something, and shows it once. */
export function LinkDialog({ title, description, token, onCreate, onPreview, onClose, ...rest }: LinkDialogProps) {
	const whyNot = useWhyNot("run:share");
	return (
		<Dialog
			open
			onOpenChange={(open) => open || onClose()}
			{...{ title, description }}
			className="w-[560px]"
			foot={
				<>
					<Button intent="ghost" size="form" className="text-accent" onClick={onPreview}>
						<Eye />
						What this link sends
					</Button>
					<span className="ml-auto flex gap-2 phone:w-full phone:[&>*]:flex-1">
						<Button intent={token === undefined ? "ghost" : "primary"} size="form" onClick={onClose}>
							{token === undefined ? "Cancel" : "Close"}
						</Button>
						<GuardedButton
							intent={token === undefined ? "primary" : "secondary"}
							size="form"
							whyNot={whyNot}
							busy={rest.busy}
							disabled={rest.disabled}
							onClick={onCreate}
						>
							<LinkIcon />
							{token === undefined ? "Create and copy link" : "Create another link"}
						</GuardedButton>
					</span>
				</>
			}
		>
			{token !== undefined && <MadeLink address={addressOf(token)} />}
			{rest.children}
		</Dialog>
	);
}

export function addressOf(token: string): string {
	return `${location.origin}/share/${token}`;
}
