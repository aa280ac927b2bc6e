import { connect } from "node:net";
import type { Duplex } from "node:stream";
import postgres from "postgres";
import { errorCode } from "@/server/errors";
import { explainNetworkError } from "@/server/http/explain-network-error";
import type { CheckContext, CheckCredential, CheckResult } from "../../credential-check";
import { HostileServer, openPostgresSocket } from "./postgres-socket";

/** Signs in to PostgreSQL; of other databases it is asked whether they can be reached. */
export const checkDatabaseUrl: CheckCredential = async (parts, context) => {
	const { "": url = "", host = "", port = "" } = parts;
	const address = await context.resolve(host);
	if (/^postgres(ql)?:/.test(url)) {
		try {
			return await signIn(new URL(url), { address, parts, signal: context.signal });
		} catch (error) {
			if (error instanceof HostileServer) return { verdict: "refused", message: `${host}: ${error.message}` };
			throw error;
		}
	}
	await reach(address, { host, port: Number(port), signal: context.signal });
	const message = `${host} answers on port ${port}. The user and the password are tested only for PostgreSQL.`;
	return { verdict: "unknown", message };
};

interface SignIn extends Pick<CheckContext, "signal"> {
	address: string;
	parts: Readonly<Record<string, string>>;
}

async function signIn(url: URL, { address, parts, signal }: SignIn): Promise<CheckResult> {
	const { host = "", port = "", user = "", password = "", database = user } = parts;
	if (user === "") return { verdict: "unknown", message: "The address has no user name. Put one before the @." };
	const mode = url.searchParams.get("sslmode") ?? "prefer";
	const socket = await openPostgresSocket({ address, port: Number(port), host, mode, signal }).catch(
		(error: unknown) => {
			signal.throwIfAborted();
			throw error instanceof HostileServer ? error : explainNetworkError(error, host);
		},
	);
	const sql = postgres({
		...{ host: address, port: Number(port), user, database, ssl: false },
		// Given as functions, so that nothing of this server's own environment takes the place of what is empty.
		...{ password: () => password, socket: takeOnce(socket), connection: { application_name: "weft" } },
		...{ max: 1, connect_timeout: 10, fetch_types: false, prepare: false, onnotice: () => {} },
	});
	const stop = () => {
		socket.destroy();
		void sql.end({ timeout: 0 });
	};
	signal.addEventListener("abort", stop, { once: true });
	try {
		const [row] = await sql<{ version: string }[]>`select current_setting('server_version') as version`;
		return { verdict: "works", message: `Signed in to PostgreSQL ${row?.version ?? ""} at ${host}.` };
	} catch (error) {
		signal.throwIfAborted();
		if (error instanceof postgres.PostgresError) return { verdict: "refused", message: `${host}: ${error.message}.` };
		if (errorCode(error) === "CONNECT_TIMEOUT")
			return { verdict: "unknown", message: `${host} did not accept the connection in time.` };
		throw error instanceof HostileServer ? error : explainNetworkError(error, host);
	} finally {
		signal.removeEventListener("abort", stop);
		stop();
	}
}

/** The one connection: the client would make another when this one is lost. */
function takeOnce(socket: Duplex): () => Duplex {
	let isTaken = false;
	return () => {
		if (isTaken) throw new Error("The connection was lost.");
		isTaken = true;
		return socket;
	};
}

function reach(
	address: string,
	{ host, port, signal }: { host: string; port: number; signal: AbortSignal },
): Promise<void> {
	return new Promise((resolve, reject) => {
		const socket = connect({ host: address, port, signal });
		socket.once("connect", () => {
			socket.destroy();
			resolve();
		});
		socket.once("error", (error) => reject(signal.aborted ? signal.reason : explainNetworkError(error, host)));
	});
}
