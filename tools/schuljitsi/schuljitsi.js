#!/usr/bin/env node
import { runMain } from "../../scripts/run-main.js";

await runMain(async () => {
	const { cli } = await import("../../scripts/cli.ts");
	return cli(process.argv.slice(2));
});
