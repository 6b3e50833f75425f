// Plain JavaScript, so that a Node that is too old can still say so.

/**
 * Runs a command: its number becomes the exit code, a visible error one message and exit code 2.
 *
 * @param {() => Promise<number>} main
 */
export async function runMain(main) {
	const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
	if (major < 22 || (major === 22 && minor < 19)) {
		console.error(
			`Node ${process.versions.node} found, 22.19 or newer expected. Start it with npx or an npm script from this directory after npm ci: they use the Node that comes with it.`,
		);
		process.exit(2);
	}
	try {
		process.exitCode = await main();
	} catch (error) {
		if (!(error instanceof Error) || error.name !== "VisibleError") throw error;
		console.error(error.message);
		process.exitCode = 2;
	}
}
