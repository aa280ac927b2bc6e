"use client";

import { Sparkles } from "lucide-react";
import { useModKey } from "@/components/ui/hooks/use-mod-key";
import { Kbd } from "@/components/ui/kbd";
import { useAction } from "../actions/actions-context";

/** Under the steps to add: words in their place. */
export function DescribeButton() {
	const action = useAction("describe");
	const modKey = useModKey();
	return (
		<button
			type="button"
			className="mt-1.5 flex h-7 w-full flex-none items-center gap-2 rounded-2 bg-fill-2 px-1.5 text-12 hover:bg-fill"
			disabled={!action}
			onClick={() => action?.run()}
		>
			<Sparkles aria-hidden="true" className="size-3.5 flex-none" />
			<span className="min-w-0 truncate">Describe it</span>
			<Kbd className="ml-auto">{modKey}I</Kbd>
		</button>
	);
}
