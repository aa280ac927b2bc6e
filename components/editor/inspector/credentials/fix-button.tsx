import type { ReactNode } from "react";

/** What mends a problem, behind its message. */
export function FixButton({ onClick, children }: { onClick: () => void; children: ReactNode }) {
	return (
		<>
			{" "}
			<button type="button" className="text-accent hover:underline phone:min-h-11" onClick={onClick}>
				{children}
			</button>
		</>
	);
}
