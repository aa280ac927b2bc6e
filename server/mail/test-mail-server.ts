import { createServer, type Socket } from "node:net";

export interface TestMailServer {
	/** As `SMTP_URL` takes it. */
	url: string;
	mails: { from: string; to: string[]; text: string }[];
	close(): Promise<void>;
}

interface Refusal {
	/** The first four letters of what is refused. */
	verb: string;
	/** Only what is for this address. */
	of?: string;
	answer: string;
}

/** A mail server on the loopback that keeps what it is given (RFC 5321, as far as a client needs it). */
export async function startTestMailServer({
	port = 0,
	refusals = [] as readonly Refusal[],
} = {}): Promise<TestMailServer> {
	const mails: TestMailServer["mails"] = [];
	const server = createServer((socket) => serve(socket, { mails, refusals }));
	await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
	const address = server.address();
	if (typeof address !== "object" || address === null) throw new Error("The server has no port.");
	return {
		url: `smtp://127.0.0.1:${address.port}`,
		mails,
		close: () => new Promise((resolve) => server.close(() => resolve())),
	};
}

function serve(socket: Socket, { mails, refusals }: Pick<TestMailServer, "mails"> & { refusals: readonly Refusal[] }) {
	let mail = { from: "", to: [] as string[], text: "" };
	let isData = false;
	const answer = (line: string) => {
		if (isData) {
			if (line !== ".") {
				mail.text += `${line}\n`;
				return undefined;
			}
			isData = false;
			mails.push({ ...mail, text: decodeQuotedPrintable(mail.text) });
			return "250 kept";
		}
		const path = line.split("<")[1]?.split(">")[0] ?? "";
		const verb = line.slice(0, 4).toUpperCase();
		if (verb === "MAIL") mail = { from: path, to: [], text: "" };
		if (verb === "RCPT") mail.to.push(path);
		const refusal = refusals.find(({ of, ...refused }) => refused.verb === verb && (!of || mail.to.includes(of)));
		if (refusal !== undefined) return refusal.answer;
		if (verb === "DATA") isData = true;
		return { EHLO: "250 AUTH PLAIN", AUTH: "235 ok", DATA: "354 go on", QUIT: "221 bye" }[verb] ?? "250 ok";
	};
	readLines(socket, answer);
	socket.write("220 test\r\n");
}

/** As far as plain text of ours needs it (RFC 2045, 6.7). */
function decodeQuotedPrintable(text: string): string {
	return text.replaceAll("=\n", "").replaceAll("=3D", "=");
}

function readLines(socket: Socket, answer: (line: string) => string | undefined): void {
	let rest = "";
	socket.setEncoding("utf8").on("data", (chunk) => {
		const lines = (rest + chunk).split("\r\n");
		rest = lines.pop() ?? "";
		for (const line of lines) {
			const said = answer(line);
			if (said !== undefined) socket.write(`${said}\r\n`);
		}
	});
	socket.on("error", () => {});
}
