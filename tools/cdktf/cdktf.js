#!/usr/bin/env node
// `npx cdktf …`: schuljitsi's preparation, then the maintained CDK Terrain CLI.
import { runMain } from "../../scripts/run-main.js";

await runMain(async () => {
	const { cdktf } = await import("../../scripts/cdktf.ts");
	return cdktf(process.argv.slice(2));
});
