import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { commandLine, type Ended } from "../command-line.ts";
import { projectDirectory } from "../project-directory.ts";
import { schoolYaml } from "../school-yaml.ts";

test("the literal cdktf deploys, finds no difference, and destroys, without any account", async (t) => {
	const cwd = await projectDirectory(t, {
		alpha: schoolYaml("alpha"),
		beta: schoolYaml("beta"),
	});
	const cdktf = async (...argv: string[]) => {
		const ended = await commandLine("cdktf", argv, { cwd });
		assert.equal(ended.code, 0, ended.stdout + ended.stderr);
		return ended;
	};
	await cdktf("synth");
	assert.deepEqual((await readdir(join(cwd, "cdktf.out/stacks"))).sort(), [
		"alpha",
		"beta",
	]);
	const deployed = await cdktf("deploy", "alpha", "--auto-approve");
	for (const text of [
		deployed.stderr,
		deployed.stderr.trimEnd().split("\n").at(-1) ?? "",
	]) {
		assert.match(text, /No real server stands, nothing is billed/);
	}
	assert.match(deployed.stdout, /server +\d+ +alpha {2}cpx32 {2}nbg1/);
	assert.match(deployed.stdout, /price: \d+\.\d\d EUR a month net/);
	assert.match((await cdktf("diff", "alpha")).stdout, /No changes\./);
	assert.match((await cdktf("output", "alpha")).stdout, /meet\.alpha\.example/);
	assert.match(
		(await cdktf("destroy", "alpha", "--auto-approve")).stdout,
		/Destroy complete!/,
	);
	const cloud = JSON.parse(
		await readFile(join(cwd, "instances/rehearsal/.cloud/state.json"), "utf8"),
	);
	assert.deepEqual(
		Object.keys({ ...cloud.servers, ...cloud.primary_ips, ...cloud.zones }),
		[],
	);
});

test("plan tells by its exit code, deploy gives JSON alone on stdout, rehearse --down leaves no trace", async (t) => {
	const cwd = await projectDirectory(t, { alpha: schoolYaml("alpha") });
	const run = (...argv: string[]) => commandLine("schuljitsi", argv, { cwd });
	assert.equal((await run("plan", "alpha")).code, 1);
	const deployed = await run("deploy", "--json", "--auto-approve");
	assert.equal(deployed.code, 0, deployed.stderr);
	const document = JSON.parse(deployed.stdout);
	assert.equal(document.cloud, "rehearsal");
	assert.equal(document.schools[0].outputs.domain, "meet.alpha.example");
	assert.equal(document.schools[0].resources.length, 16);
	assert.equal((await run("plan", "alpha")).code, 0);
	const again = await run("rehearse", "alpha");
	assert.match(
		again.stdout,
		/Nothing was changed: it all stood as the settings say/,
	);
	assert.equal((await run("rehearse", "alpha", "--down")).code, 0);
	assert.equal(existsSync(join(cwd, "instances/rehearsal/alpha")), false);
});

test("with manual DNS the exact records are printed, and not awaited where nothing real stands", async (t) => {
	const cwd = await projectDirectory(t, {
		alpha: schoolYaml("alpha", { domain: { name: "meet.alpha.example" } }),
	});
	const { code, stderr } = await commandLine(
		"schuljitsi",
		["deploy", "--auto-approve"],
		{ cwd },
	);
	assert.equal(code, 0, stderr);
	assert.match(
		stderr,
		/meet\.alpha\.example\. {2}300 {2}IN {2}A {2}203\.0\.113\.1/,
	);
	assert.match(
		stderr,
		/turn\.meet\.alpha\.example\. {2}300 {2}IN {2}AAAA {2}2001:db8:0:1::1/,
	);
	assert.match(stderr, /Not awaited/);
});

const cases: [
	string,
	"schuljitsi" | "cdktf",
	string[],
	Record<string, string>,
	RegExp,
][] = [
	[
		"no terminal to ask at",
		"schuljitsi",
		["deploy", "alpha"],
		{},
		/deploy asks before it changes anything.*--auto-approve/,
	],
	[
		"no terminal to ask at",
		"cdktf",
		["destroy", "alpha"],
		{},
		/nothing of it stands in this cloud/,
	],
	[
		"an unknown school",
		"cdktf",
		["diff", "gamma"],
		{},
		/schools\/ holds no file for gamma\. Found: alpha, beta/,
	],
	[
		"no school named",
		"schuljitsi",
		["plan"],
		{},
		/Which school\? Found 2 in schools\/: alpha, beta/,
	],
	[
		"an unknown command",
		"schuljitsi",
		["upgarde"],
		{},
		/"upgarde" is no command/,
	],
	[
		"an unknown option",
		"schuljitsi",
		["check", "--stric"],
		{},
		/Unknown option '--stric'/,
	],
	[
		"another output directory",
		"cdktf",
		["diff", "alpha", "-o", "out"],
		{},
		/expected the usual cdktf\.out/,
	],
	[
		"watch",
		"cdktf",
		["watch"],
		{},
		/deploys at every saved file without asking/,
	],
	[
		"a token that cannot be one",
		"schuljitsi",
		["plan", "alpha"],
		{ HCLOUD_TOKEN: "x" },
		/found 1 characters, expected the 64/,
	],
	[
		"a cloud that cannot be reached",
		"schuljitsi",
		["plan", "alpha"],
		{ HCLOUD_TOKEN: "a1".repeat(32), HCLOUD_ENDPOINT: "http://127.0.0.1:9/v1" },
		/cannot be reached .*Nothing was changed/,
	],
	[
		"a file that is not there",
		"schuljitsi",
		["check", "schools/gamma.yaml"],
		{},
		/found no such file/,
	],
];
for (const [name, command, argv, environment, words] of cases) {
	test(`${command} ${argv.join(" ")} (${name}) ends with one sentence and no stack`, async (t) => {
		const cwd = await projectDirectory(t, {
			alpha: schoolYaml("alpha"),
			beta: schoolYaml("beta"),
		});
		const ended = await commandLine(command, argv, { cwd, environment });
		assertVisible(ended, words);
		assert.equal(
			ended.code,
			argv[0] === "check" && argv[1]?.includes("/") ? 1 : 2,
		);
	});
}

function assertVisible({ stdout, stderr }: Ended, words: RegExp): void {
	assert.match(stdout + stderr, words);
	assert.doesNotMatch(stdout + stderr, /\n\s+at |Error:/);
}

test("another school's mistake does not keep this one down, its own does", async (t) => {
	const cwd = await projectDirectory(t, {
		alpha: schoolYaml("alpha"),
		broken: "school: 1\n",
	});
	const { code, stderr } = await commandLine(
		"schuljitsi",
		["deploy", "alpha", "--auto-approve"],
		{ cwd },
	);
	assert.equal(code, 0, stderr);
	const own = await commandLine(
		"cdktf",
		["deploy", "broken", "--auto-approve"],
		{ cwd },
	);
	assert.equal(own.code, 2);
	assertVisible(
		own,
		/schools\/broken\.yaml:1:9: school: found 1 \(a number\), expected a map of settings/,
	);
});

test("check: 0 fine, 1 problems as text and as JSON, warnings count only when strict", async (t) => {
	const cwd = await projectDirectory(t, { alpha: schoolYaml("alpha") });
	const check = (...argv: string[]) =>
		commandLine("schuljitsi", ["check", ...argv], { cwd });
	const fine = await check();
	assert.equal(fine.code, 0);
	assert.match(
		fine.stdout,
		/schools\/alpha\.yaml: fine\. 60 people in 3 meetings/,
	);
	assert.equal((await check("--strict")).code, 1);
	assert.equal((await check("--json")).stdout, '{"problems":[]}\n');
	await writeFile(
		join(cwd, "schools/beta.yaml"),
		schoolYaml("beta", { "server.locations": ["ash"] }),
	);
	const wrong = await check("--json");
	assert.equal(wrong.code, 1);
	const [problem] = JSON.parse(wrong.stdout).problems;
	assert.deepEqual(Object.keys(problem).sort(), [
		"column",
		"file",
		"line",
		"message",
		"setting",
	]);
	assert.equal(problem.setting, "server.locations.0");
	assert.match(problem.message, /Ashburn, USA, where pupils' data must not go/);
});

test("init writes a valid file, never over another, and nothing if it would not be valid", async (t) => {
	const cwd = await projectDirectory(t);
	const key = join(cwd, "key.pub");
	await writeFile(
		key,
		"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPij35SU+Otwzu3fhgK/B+DmiQFN497ep8Dvg2Zskcs7 me\n",
	);
	const flags = (changes: Record<string, string> = {}) =>
		Object.entries({
			name: "neu",
			school: 'Schule "Zum Löwen": Nord',
			operator: "Stadt",
			email: "a@b.example",
			domain: "meet.neu.example",
			"ssh-key": key,
			"ssh-from": "198.51.100.0/24",
			...changes,
		}).flatMap(([flag, value]) => [`--${flag}`, value]);
	const init = (...argv: string[]) =>
		commandLine("schuljitsi", ["init", "--yes", ...argv], { cwd });
	const written = await init(...flags());
	assert.equal(written.code, 0, written.stderr);
	assert.equal((await commandLine("schuljitsi", ["check"], { cwd })).code, 0);
	const text = await readFile(join(cwd, "schools/neu.yaml"), "utf8");

	const again = await init(...flags({ school: "Andere" }));
	assert.equal(again.code, 2);
	assertVisible(
		again,
		/schools\/neu\.yaml exists already and is left as it is/,
	);
	assert.equal(await readFile(join(cwd, "schools/neu.yaml"), "utf8"), text);

	const invalid = await init(
		...flags({ name: "x", domain: "https://x", "ssh-from": "0.0.0.0/0" }),
	);
	assert.equal(invalid.code, 2);
	assertVisible(
		invalid,
		/domain\.name: found "https:\/\/x".*\n.*administration\.sshFrom\.0: .*Nothing was written/s,
	);
	assertVisible(
		await init("--name", "y"),
		/With --yes these are needed too: --school, --operator/,
	);
	assert.deepEqual(await readdir(join(cwd, "schools")), ["neu.yaml"]);
});

test("cloud --json tells endpoint and token in its first line, and ends at SIGTERM", async (t) => {
	const cwd = await projectDirectory(t);
	const file = join(
		import.meta.dirname,
		"../../tools/schuljitsi/schuljitsi.js",
	);
	const child = spawn(
		process.execPath,
		[file, "cloud", "--json", "--state", join(cwd, "state")],
		{ stdio: ["ignore", "pipe", "inherit"] },
	);
	t.after(() => child.kill("SIGKILL"));
	const [line] = (await child.stdout.take(1).toArray()) as [Buffer];
	const { endpoint, token } = JSON.parse(line.toString());
	const response = await fetch(`${endpoint}/locations`, {
		headers: { authorization: `Bearer ${token}` },
	});
	assert.equal(response.status, 200);
	const second = await commandLine(
		"schuljitsi",
		["cloud", "--state", join(cwd, "state")],
		{ cwd },
	);
	assert.equal(second.code, 2);
	assertVisible(second, /is in use by process \d+/);
	const port = new URL(endpoint).port;
	assertVisible(
		await commandLine(
			"schuljitsi",
			["cloud", "--port", port, "--state", join(cwd, "other")],
			{ cwd },
		),
		/Port \d+ on 127\.0\.0\.1 cannot be had/,
	);
	const ended = new Promise((resolve) => child.on("exit", resolve));
	child.kill("SIGTERM");
	assert.equal(await ended, 0);
});
