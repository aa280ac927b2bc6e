import { type ComponentProps, useId } from "react";
import { Input } from "./input";

/** The name of a time zone, with all that there are to choose from. */
export function TimeZoneInput(props: Omit<ComponentProps<typeof Input>, "list" | "maxLength" | "autoComplete">) {
	const listId = useId();
	return (
		<>
			<Input {...props} list={listId} maxLength={64} autoComplete="off" />
			<datalist id={listId}>
				{Intl.supportedValuesOf("timeZone").map((zone) => (
					<option key={zone} value={zone} />
				))}
			</datalist>
		</>
	);
}
