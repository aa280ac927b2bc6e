/** What a request may not carry or reach: said when the plan is checked, long before it is sent. */

/** Ports of other protocols, which no HTTP client calls (Fetch standard, "bad port"). */
const BAD_PORTS = new Set([
	...[0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104],
	...[109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526],
	...[530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045],
	...[4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10_080],
]);

/** What keeps an address from being called, in words; undefined when nothing does. */
export function problemOfPort(url: string): string | undefined {
	const digits = /^https?:\/\/[^/?#]*?:(\d+)(?=[/?#]|$)/i.exec(url)?.[1];
	if (digits === undefined) return undefined;
	const port = Number(digits);
	if (port > 65_535) return `There is no port ${digits}: ports end at 65535`;
	return BAD_PORTS.has(port) ? `HTTP may not use port ${port}, which belongs to another protocol` : undefined;
}

/** Headers that follow from the address, the body and the connection. */
const OWN_HEADERS = new Set(
	"host connection content-length keep-alive proxy-connection te trailer transfer-encoding upgrade expect".split(" "),
);

export function problemOfHeaderName(name: string): string | undefined {
	if (OWN_HEADERS.has(name.toLowerCase()))
		return `The header ${name} cannot be set: it follows from the address and the body. Remove it`;
	return /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name)
		? undefined
		: `“${name}” is no name of a header. Use letters, digits and hyphens`;
}
