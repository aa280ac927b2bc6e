import postgres from "postgres";
import { inject } from "vitest";
import { type Database, openDatabase } from "./client";

declare module "vitest" {
	interface ProvidedContext {
		/** The tests' PostgreSQL: its maintenance database. */
		postgresUrl: string;
	}
}

/** The migrated database that each test file gets a copy of. */
export const TEMPLATE_DATABASE = "weft_template";

export interface TestDatabase extends Database {
	url: string;
	/** Closes the pools and removes the database, whoever is still connected. */
	drop(): Promise<void>;
}

/** A fresh, migrated database of its own: one per test file, in `beforeAll`; `drop()` it in `afterAll`. */
export async function createTestDatabase(): Promise<TestDatabase> {
	const name = `test_${crypto.randomUUID().replaceAll("-", "")}`;
	await runAsAdmin(`create database ${name} template ${TEMPLATE_DATABASE} strategy file_copy`);
	const url = new URL(inject("postgresUrl"));
	url.pathname = `/${name}`;
	const database = openDatabase(url.href);
	return {
		...database,
		url: url.href,
		async drop() {
			await database.close();
			await runAsAdmin(`drop database if exists ${name} with (force)`);
		},
	};
}

async function runAsAdmin(statement: string): Promise<void> {
	const sql = postgres(inject("postgresUrl"), { max: 1, onnotice: () => {} });
	try {
		await sql.unsafe(statement);
	} finally {
		await sql.end();
	}
}
