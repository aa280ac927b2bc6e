import { once } from "node:events";
import { connect, isIP, type Socket } from "node:net";
import { Duplex, Transform, type TransformCallback } from "node:stream";
import { connect as connectTls } from "node:tls";

export interface PostgresServer {
	/** Where it is, once its name has been looked up. */
	address: string;
	port: number;
	/** Its name, for the certificate. */
	host: string;
	/** As `sslmode` of a database URL: `disable`, `prefer`, `require`, `verify-ca`, `verify-full`. */
	mode: string;
	signal: AbortSignal;
}

/**
 * A connection to a PostgreSQL server that nobody vouches for, encrypted where it is asked for, on which the server can send
 * nothing that costs us much. Rejects with the network's error, or with `HostileServer`.
 * Source: PostgreSQL's documentation, "Frontend/Backend Protocol", 53.2.10 (SSL) and 53.7 (message formats).
 */
export async function openPostgresSocket(server: PostgresServer): Promise<Duplex> {
	const plain = await open(connect({ host: server.address, port: server.port }), "connect", server.signal);
	const socket = server.mode === "disable" ? plain : await encrypt(plain, server);
	return Duplex.from({ readable: socket.pipe(new MessageGuard()), writable: socket });
}

/** The server breaks the protocol, or asks for work that no honest one asks for. */
export class HostileServer extends Error {}

const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);
const YES = "S";

async function encrypt(plain: Socket, { host, mode, signal }: PostgresServer): Promise<Socket> {
	plain.write(SSL_REQUEST);
	const [answer]: Buffer[] = await once(plain, "data", { signal });
	// More than one letter would be read as if it had come encrypted.
	if (answer?.length !== 1) throw new HostileServer("It does not answer as a PostgreSQL server does.");
	if (answer.toString() !== YES) {
		if (mode !== "prefer") throw new HostileServer("It does not take encrypted connections.");
		return plain;
	}
	const options = { ...(isIP(host) === 0 && { servername: host }), rejectUnauthorized: mode.startsWith("verify") };
	return await open(connectTls({ ...options, socket: plain }), "secureConnect", signal);
}

async function open<Opened extends Socket>(socket: Opened, event: string, signal: AbortSignal): Promise<Opened> {
	signal.addEventListener("abort", () => socket.destroy(), { once: true });
	await once(socket, event, { signal });
	return socket;
}

/** In bytes. All that a server says until it has told its version are a few KB. */
const MAX_MESSAGE = 16_384;
const MAX_TOTAL = 262_144;
/** PostgreSQL's own default is 4,096. */
const MAX_ITERATIONS = 100_000;
/** A letter, and the length of what follows, itself included. */
const HEAD = 5;
const AUTHENTICATION = "R".charCodeAt(0);
const SASL_CONTINUE = 11;

/** Lets whole messages of the server pass that are small, and ask for the work of one sign-in at most. */
class MessageGuard extends Transform {
	#waiting = Buffer.alloc(0);
	#total = 0;
	#challenges = 0;

	override _transform(chunk: Buffer, _encoding: string, done: TransformCallback): void {
		try {
			this.#take(chunk);
			done();
		} catch (error) {
			done(error instanceof Error ? error : new HostileServer(String(error)));
		}
	}

	#take(chunk: Buffer): void {
		this.#total += chunk.length;
		if (this.#total > MAX_TOTAL) throw new HostileServer("It sends more than a sign-in needs.");
		this.#waiting = Buffer.concat([this.#waiting, chunk]);
		while (this.#waiting.length >= HEAD) {
			const length = this.#waiting.readUInt32BE(1) + 1;
			if (length < HEAD || length > MAX_MESSAGE)
				throw new HostileServer("It does not answer as a PostgreSQL server does.");
			if (this.#waiting.length < length) return;
			const message = this.#waiting.subarray(0, length);
			this.#check(message);
			this.push(message);
			this.#waiting = this.#waiting.subarray(length);
		}
	}

	#check(message: Buffer): void {
		if (message[0] !== AUTHENTICATION || message.length < HEAD + 4) return;
		if (message.readUInt32BE(HEAD) !== SASL_CONTINUE) return;
		this.#challenges += 1;
		const challenge = message.toString("utf8", HEAD + 4).split(",");
		const iterations = Number(challenge.findLast((part) => part.startsWith("i="))?.slice(2));
		if (this.#challenges > 1 || !(iterations >= 1 && iterations <= MAX_ITERATIONS))
			throw new HostileServer("It asks for more work than a sign-in needs.");
	}
}
