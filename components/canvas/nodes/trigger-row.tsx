import type { TriggerLook } from "../drawing/describe-trigger";
import { NodeIcon } from "./node-icon";

interface TriggerRowProps {
	look: TriggerLook;
	onOpen?: () => void;
}

/** One trigger on the card before the first steps. */
export function TriggerRow({ look, onOpen }: TriggerRowProps) {
	const content = (
		<>
			<span className="tile">
				<NodeIcon name={look.icon} />
			</span>
			<span className="body">
				<span className="title">{look.title}</span>{" "}
				<span className="sub">
					<span className="text">{look.summary}</span>
				</span>
			</span>
		</>
	);
	if (!onOpen) return <div className="row">{content}</div>;
	// Zoomed out the row is its icon alone, so the words are said here as well.
	return (
		<button type="button" className="row nopan nodrag" aria-label={`${look.title} ${look.summary}`} onClick={onOpen}>
			{content}
		</button>
	);
}
