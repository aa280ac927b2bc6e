import { Copy } from "lucide-react";
import { copyText } from "@/components/ui/copy-text";
import { Input } from "@/components/ui/forms/input";
import { IconButton } from "@/components/ui/icon-button";

/** An address to be copied whole. */
export function AddressLine({ address }: { address: string }) {
	return (
		<span className="flex gap-1.5">
			<Input
				aria-label="Address"
				readOnly
				value={address}
				className="font-mono text-11"
				onFocus={({ target }) => target.select()}
			/>
			<IconButton label="Copy the address" onClick={() => void copyText(address, "The address")}>
				<Copy />
			</IconButton>
		</span>
	);
}
