"use client";

import { Copy } from "lucide-react";
import { Button } from "../ui/button";
import { copyText } from "../ui/copy-text";

export function CopyYaml({ yaml }: { yaml: string }) {
	return (
		<Button intent="ghost" onClick={() => void copyText(yaml, "The YAML")}>
			<Copy />
			Copy YAML
		</Button>
	);
}
