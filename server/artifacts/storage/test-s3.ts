import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import S3rver from "s3rver";
import type { S3Options } from "./s3-storage";

export interface TestS3 {
	/** The options of an empty bucket. */
	makeBucket(): Promise<S3Options>;
	close(): Promise<void>;
}

/** A server that speaks S3 on a loopback address, with its objects in a temporary directory. */
export async function startTestS3(): Promise<TestS3> {
	const directory = await mkdtemp(join(tmpdir(), "weft-s3-"));
	const server = new S3rver({ port: 0, address: "127.0.0.1", silent: true, directory });
	const { port } = await server.run();
	const endpoint = `http://127.0.0.1:${port}`;
	const keys = { accessKeyId: "S3RVER", secretAccessKey: "S3RVER" };
	return {
		async makeBucket() {
			const bucket = `bucket-${crypto.randomUUID()}`;
			const client = new S3Client({ endpoint, region: "us-east-1", forcePathStyle: true, credentials: keys });
			await client.send(new CreateBucketCommand({ Bucket: bucket }));
			client.destroy();
			return { bucket, endpoint, region: "us-east-1", keys };
		},
		async close() {
			await server.close();
			await rm(directory, { recursive: true, force: true });
		},
	};
}
