"use client";

import { type ComponentType, useState } from "react";
import { type LargePart, loadPart } from "../lazy-part";
import { showError } from "../toasts/toaster";

interface FirstPress<Props> {
	/** Undefined until the button has been pressed and the part is there; it is to be shown open. */
	Part: ComponentType<Props> | undefined;
	/** What the button is given until then. */
	trigger: {
		onClick: () => void;
		onPointerEnter: () => void;
		"aria-haspopup": "menu" | "dialog";
		"aria-expanded": false;
		"aria-busy": true | undefined;
	};
}

/** For a button whose menu or panel is loaded when it is first pressed: that opens as soon as it is there. */
export function useFirstPress<Props>(part: LargePart<Props>, opens: "menu" | "dialog"): FirstPress<Props> {
	const [Part, setPart] = useState<ComponentType<Props>>();
	const [isBusy, setBusy] = useState(false);
	const press = () => {
		setBusy(true);
		loadPart(part)
			.then(
				(loaded) => setPart(() => loaded),
				() => showError(`${part.name} could not be loaded. Check your connection, then press again.`),
			)
			.finally(() => setBusy(false));
	};
	return {
		Part,
		trigger: {
			onClick: press,
			// Pointing at it is a good guess, and a failed guess costs nothing.
			onPointerEnter: () => void loadPart(part).catch(() => undefined),
			"aria-haspopup": opens,
			"aria-expanded": false,
			"aria-busy": isBusy || undefined,
		},
	};
}
