"use client";

import { Copy } from "lucide-react";
import { copyText } from "@/components/ui/copy-text";
import { InputBox } from "@/components/ui/forms/input";
import { IconButton } from "@/components/ui/icon-button";

/** The address of the link that was just made: nobody can be shown it again. */
export function MadeLink({ address }: { address: string }) {
	return (
		<div role="status" className="mb-3 rounded-3 border border-accent-line bg-accent-soft p-3">
			<p className="mb-2 text-12">The link is ready. It is shown only once, so keep it where you need it.</p>
			<InputBox
				readOnly
				aria-label="Address of the link"
				value={address}
				className="font-mono text-11"
				onFocus={(event) => event.target.select()}
				end={
					<IconButton
						label="Copy the link"
						size="panel"
						className="-mr-1.5"
						onClick={() => void copyText(address, "The link")}
					>
						<Copy />
					</IconButton>
				}
			/>
		</div>
	);
}
