export function Slash() {
	return (
		<span aria-hidden="true" className="text-line-strong">
			/
		</span>
	);
}
