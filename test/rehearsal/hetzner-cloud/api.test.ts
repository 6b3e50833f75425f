import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { startCloud } from "../../../rehearsal/hetzner-cloud/start-cloud.ts";
import { KEYS } from "../../school-yaml.ts";
import { api, type Json } from "./api-client.ts";
import { officialDocument } from "./official-document.ts";

test("answers are held against the official OpenAPI document", (t) => {
	if (!officialDocument())
		t.skip("the official OpenAPI document is not here (HETZNER_SPEC names it)");
});

test("a server's life: create, off, resize, on, protect, rebuild, delete", async (t) => {
	const { must, fails, call } = await api(t);
	const created = await must("POST", "/servers", {
		name: "one",
		server_type: "cpx32",
		image: "debian-13",
		location: "hel1",
		labels: { role: "test" },
	});
	const { id } = created.server;
	assert.equal(created.server.status, "initializing");
	assert.match(created.root_password, /^.{16}$/);
	const path = `/servers/${id}`;
	assert.equal((await must("GET", path)).server.status, "running");
	assert.deepEqual(
		await fails("POST", "/servers", {
			name: "one",
			server_type: "cpx32",
			image: "debian-13",
		}),
		[409, "uniqueness_error"],
	);
	assert.deepEqual(
		await fails("POST", `${path}/actions/change_type`, {
			server_type: "cpx42",
			upgrade_disk: false,
		}),
		[422, "server_not_stopped"],
	);
	await must("POST", `${path}/actions/poweroff`);
	await must("POST", `${path}/actions/change_type`, {
		server_type: "cpx42",
		upgrade_disk: true,
	});
	const resized = (await must("GET", path)).server;
	assert.deepEqual(
		[resized.server_type.name, resized.primary_disk_size, resized.status],
		["cpx42", 320, "off"],
	);
	assert.deepEqual(
		await fails("POST", `${path}/actions/change_type`, {
			server_type: "cpx32",
			upgrade_disk: false,
		}),
		[422, "invalid_server_type"],
	);
	assert.deepEqual(
		(
			await fails("POST", `${path}/actions/change_type`, {
				server_type: "cax31",
				upgrade_disk: false,
			})
		)[0],
		422,
	);
	await must("POST", `${path}/actions/poweron`);
	for (const action of [
		"reboot",
		"reset",
		"enable_backup",
		"disable_backup",
		"enable_rescue",
		"disable_rescue",
		"reset_password",
		"shutdown",
		"poweron",
	]) {
		await must(
			"POST",
			`${path}/actions/${action}`,
			action === "enable_rescue" ? { type: "linux64" } : undefined,
		);
	}
	assert.deepEqual(
		await fails("POST", `${path}/actions/change_protection`, { delete: true }),
		[422, "invalid_input"],
	);
	await must("POST", `${path}/actions/change_protection`, {
		delete: true,
		rebuild: true,
	});
	assert.deepEqual(await fails("DELETE", path), [423, "protected"]);
	assert.deepEqual(
		await fails("POST", `${path}/actions/rebuild`, { image: "debian-12" }),
		[423, "protected"],
	);
	await must("POST", `${path}/actions/change_protection`, {
		delete: false,
		rebuild: false,
	});
	await must("POST", `${path}/actions/rebuild`, { image: "debian-12" });
	assert.equal((await must("GET", path)).server.image.name, "debian-12");
	await must("PUT", path, { name: "uno", labels: { role: "other" } });
	assert.equal(
		(await must("GET", `${path}/actions?sort=id:desc`)).actions[0].command,
		"rebuild_server",
	);
	await must("DELETE", path);
	assert.equal((await call("GET", path)).status, 404);
	assert.deepEqual(
		(await must("GET", "/primary_ips")).primary_ips,
		[],
		"its own addresses go with it",
	);
});

test("addresses outlive a server unless they are told not to", async (t) => {
	const { must, fails } = await api(t);
	const { primary_ip: v4 } = await must("POST", "/primary_ips", {
		name: "v4",
		type: "ipv4",
		location: "fsn1",
		assignee_type: "server",
		auto_delete: false,
	});
	const { primary_ip: v6 } = await must("POST", "/primary_ips", {
		name: "v6",
		type: "ipv6",
		location: "fsn1",
		assignee_type: "server",
		auto_delete: false,
	});
	assert.deepEqual(
		await fails("POST", "/primary_ips", {
			name: "v4",
			type: "ipv4",
			location: "fsn1",
			assignee_type: "server",
		}),
		[409, "uniqueness_error"],
	);
	assert.deepEqual(
		await fails("POST", "/primary_ips", {
			name: "x",
			type: "ipv4",
			datacenter: "fsn1-dc14",
			assignee_type: "server",
		}),
		[422, "invalid_input"],
	);
	const { server } = await must("POST", "/servers", {
		name: "s",
		server_type: "cx33",
		image: "debian-13",
		location: "fsn1",
		public_net: { ipv4: v4.id, ipv6: v6.id },
	});
	assert.equal(server.public_net.ipv4.ip, v4.ip);
	assert.deepEqual(
		await fails("POST", "/servers", {
			name: "t",
			server_type: "cx33",
			image: "debian-13",
			location: "fsn1",
			public_net: { ipv4: v4.id },
		}),
		[422, "invalid_input"],
	);
	assert.deepEqual(
		await fails("POST", "/servers", {
			name: "t",
			server_type: "cx33",
			image: "debian-13",
			location: "fsn1",
			datacenter: "fsn1-dc14",
		}),
		[422, "invalid_input"],
	);
	const inside = v6.ip.replace("::/64", "::1");
	await must("POST", `/primary_ips/${v6.id}/actions/change_dns_ptr`, {
		ip: inside,
		dns_ptr: "meet.x.example",
	});
	assert.deepEqual(
		(await must("GET", `/primary_ips/${v6.id}`)).primary_ip.dns_ptr,
		[{ ip: inside, dns_ptr: "meet.x.example" }],
	);
	assert.deepEqual(
		await fails("POST", `/primary_ips/${v6.id}/actions/change_dns_ptr`, {
			ip: "2001:db8:ffff::1",
			dns_ptr: "x.example",
		}),
		[404, "not_found"],
	);
	await must("POST", `/primary_ips/${v4.id}/actions/change_dns_ptr`, {
		ip: v4.ip,
		dns_ptr: "meet.x.example",
	});
	await must("POST", `/primary_ips/${v4.id}/actions/change_dns_ptr`, {
		ip: v4.ip,
		dns_ptr: null,
	});
	assert.match(
		(await must("GET", `/primary_ips/${v4.id}`)).primary_ip.dns_ptr[0].dns_ptr,
		/^static\./,
	);
	assert.deepEqual(
		await fails("POST", `/primary_ips/${v4.id}/actions/unassign`),
		[422, "server_not_stopped"],
	);
	await must("DELETE", `/servers/${server.id}`);
	assert.equal(
		(await must("GET", `/primary_ips/${v4.id}`)).primary_ip.assignee_id,
		null,
	);
	await must("POST", `/primary_ips/${v4.id}/actions/change_protection`, {
		delete: true,
	});
	assert.deepEqual(await fails("DELETE", `/primary_ips/${v4.id}`), [
		423,
		"protected",
	]);
	await must("POST", `/primary_ips/${v4.id}/actions/change_protection`, {
		delete: false,
	});
	await must("DELETE", `/primary_ips/${v4.id}`);
	await must("PUT", `/primary_ips/${v6.id}`, {
		auto_delete: true,
		name: "six",
	});
});

test("networks: ranges, subnets, routes, attachment, use", async (t) => {
	const { must, fails } = await api(t);
	for (const ip_range of [
		"8.8.8.0/24",
		"10.0.0.1/16",
		"10.0.0.0/30",
		"nonsense",
	]) {
		assert.deepEqual(
			await fails("POST", "/networks", { name: "x", ip_range }),
			[422, "invalid_input"],
			ip_range,
		);
	}
	const { network } = await must("POST", "/networks", {
		name: "net",
		ip_range: "10.0.0.0/16",
	});
	const path = `/networks/${network.id}`;
	const subnet = {
		type: "cloud",
		ip_range: "10.0.1.0/24",
		network_zone: "eu-central",
	};
	await must("POST", `${path}/actions/add_subnet`, subnet);
	assert.deepEqual(
		await fails("POST", `${path}/actions/add_subnet`, {
			...subnet,
			ip_range: "10.0.0.0/23",
		}),
		[422, "invalid_input"],
	);
	assert.deepEqual(
		await fails("POST", `${path}/actions/add_subnet`, {
			...subnet,
			ip_range: "10.1.0.0/24",
		}),
		[422, "invalid_input"],
	);
	await must("POST", `${path}/actions/add_route`, {
		destination: "10.100.1.0/24",
		gateway: "10.0.1.1",
	});
	await must("POST", `${path}/actions/delete_route`, {
		destination: "10.100.1.0/24",
		gateway: "10.0.1.1",
	});
	const { server } = await must("POST", "/servers", {
		name: "s",
		server_type: "cx33",
		image: "debian-13",
		location: "nbg1",
		networks: [network.id],
	});
	assert.equal(server.private_net[0].ip, "10.0.1.1");
	assert.deepEqual(
		await fails("POST", `/servers/${server.id}/actions/attach_to_network`, {
			network: network.id,
		}),
		[422, "server_already_attached"],
	);
	assert.deepEqual(await fails("DELETE", path), [409, "resource_in_use"]);
	assert.deepEqual(
		await fails("POST", `${path}/actions/delete_subnet`, {
			ip_range: "10.0.1.0/24",
		}),
		[409, "resource_in_use"],
	);
	await must("POST", `/servers/${server.id}/actions/change_alias_ips`, {
		network: network.id,
		alias_ips: ["10.0.1.9"],
	});
	await must("POST", `/servers/${server.id}/actions/detach_from_network`, {
		network: network.id,
	});
	assert.deepEqual(
		await fails("POST", `/servers/${server.id}/actions/attach_to_network`, {
			network: network.id,
			ip: "10.0.0.1",
		}),
		[422, "ip_not_available"],
	);
	await must("POST", `/servers/${server.id}/actions/attach_to_network`, {
		network: network.id,
		ip: "10.0.1.77",
	});
	await must("DELETE", `/servers/${server.id}`);
	await must("POST", `${path}/actions/change_ip_range`, {
		ip_range: "10.0.0.0/8",
	});
	await must("POST", `${path}/actions/change_protection`, { delete: true });
	assert.deepEqual(await fails("DELETE", path), [423, "protected"]);
	await must("POST", `${path}/actions/change_protection`, { delete: false });
	await must("DELETE", path);
});

test("firewalls: rules, application by server and by label, use", async (t) => {
	const { must, fails } = await api(t);
	const ssh = {
		direction: "in",
		protocol: "tcp",
		port: "22",
		source_ips: ["0.0.0.0/0"],
	};
	for (const rule of [
		{ ...ssh, port: undefined },
		{ ...ssh, source_ips: ["10.0.0.1"] },
		{ ...ssh, protocol: "icmp" },
		{ ...ssh, source_ips: [] },
		{ ...ssh, protocol: "sctp" },
	]) {
		assert.deepEqual(
			await fails("POST", "/firewalls", { name: "x", rules: [rule] }),
			[422, "invalid_input"],
			JSON.stringify(rule),
		);
	}
	const { firewall } = await must("POST", "/firewalls", {
		name: "f",
		rules: [ssh],
		apply_to: [
			{ type: "label_selector", label_selector: { selector: "role=web" } },
		],
	});
	const { server } = await must("POST", "/servers", {
		name: "s",
		server_type: "cx33",
		image: "debian-13",
		location: "nbg1",
		labels: { role: "web" },
	});
	assert.deepEqual(
		(await must("GET", `/servers/${server.id}`)).server.public_net.firewalls,
		[{ id: firewall.id, status: "applied" }],
	);
	const target = [{ type: "server", server: { id: server.id } }];
	await must("POST", `/firewalls/${firewall.id}/actions/apply_to_resources`, {
		apply_to: target,
	});
	assert.deepEqual(
		await fails(
			"POST",
			`/firewalls/${firewall.id}/actions/apply_to_resources`,
			{ apply_to: target },
		),
		[422, "firewall_already_applied"],
	);
	assert.deepEqual(await fails("DELETE", `/firewalls/${firewall.id}`), [
		409,
		"resource_in_use",
	]);
	await must("POST", `/firewalls/${firewall.id}/actions/set_rules`, {
		rules: [],
	});
	await must(
		"POST",
		`/firewalls/${firewall.id}/actions/remove_from_resources`,
		{ remove_from: target },
	);
	assert.deepEqual(
		await fails(
			"POST",
			`/firewalls/${firewall.id}/actions/remove_from_resources`,
			{ remove_from: target },
		),
		[422, "firewall_resource_not_found"],
	);
	await must(
		"POST",
		`/firewalls/${firewall.id}/actions/remove_from_resources`,
		{
			remove_from: [
				{ type: "label_selector", label_selector: { selector: "role=web" } },
			],
		},
	);
	await must("DELETE", `/firewalls/${firewall.id}`);
});

test("keys and placement groups", async (t) => {
	const { must, fails } = await api(t);
	const { ssh_key: key } = await must("POST", "/ssh_keys", {
		name: "k",
		public_key: KEYS[0],
	});
	assert.match(key.fingerprint, /^([0-9a-f]{2}:){15}[0-9a-f]{2}$/);
	assert.deepEqual(
		await fails("POST", "/ssh_keys", { name: "other", public_key: KEYS[0] }),
		[409, "uniqueness_error"],
	);
	assert.deepEqual(
		await fails("POST", "/ssh_keys", { name: "k", public_key: KEYS[1] }),
		[409, "uniqueness_error"],
	);
	assert.deepEqual(
		await fails("POST", "/ssh_keys", {
			name: "x",
			public_key: "ssh-ed25519 AAAA",
		}),
		[422, "invalid_input"],
	);
	assert.equal(
		(await must("GET", `/ssh_keys?fingerprint=${key.fingerprint}`)).ssh_keys
			.length,
		1,
	);
	const { placement_group: group } = await must("POST", "/placement_groups", {
		name: "g",
		type: "spread",
	});
	for (let index = 0; index < 10; index++) {
		await must("POST", "/servers", {
			name: `s${index}`,
			server_type: "cx33",
			image: "debian-13",
			location: "nbg1",
			ssh_keys: ["k"],
			placement_group: group.id,
		});
	}
	assert.deepEqual(
		await fails("POST", "/servers", {
			name: "s10",
			server_type: "cx33",
			image: "debian-13",
			location: "nbg1",
			placement_group: group.id,
		}),
		[503, "placement_error"],
	);
	assert.deepEqual(await fails("DELETE", `/placement_groups/${group.id}`), [
		409,
		"resource_in_use",
	]);
	const [{ id }] = (await must("GET", "/servers?name=s3")).servers;
	await must("POST", `/servers/${id}/actions/remove_from_placement_group`);
	await must("POST", `/servers/${id}/actions/add_to_placement_group`, {
		placement_group: group.id,
	});
	await must("DELETE", `/ssh_keys/${key.id}`);
});

test("zones and their record sets", async (t) => {
	const { must, fails } = await api(t);
	const { zone } = await must("POST", "/zones", {
		name: "school.example",
		mode: "primary",
	});
	assert.equal(zone.authoritative_nameservers.assigned.length, 3);
	assert.deepEqual(
		await fails("POST", "/zones", { name: "school.example", mode: "primary" }),
		[409, "uniqueness_error"],
	);
	assert.deepEqual(
		await fails("POST", "/zones", { name: "not a zone", mode: "primary" }),
		[422, "invalid_input"],
	);
	const base = "/zones/school.example/rrsets";
	for (const [type, value] of [
		["A", "meet"],
		["A", "2001:db8::1"],
		["AAAA", "203.0.113.1"],
		["CAA", "letsencrypt.org"],
		["TXT", "unquoted"],
		["MX", "mail"],
	] as const) {
		assert.deepEqual(
			await fails("POST", base, { name: "bad", type, records: [{ value }] }),
			[422, "invalid_input"],
			`${type} ${value}`,
		);
	}
	await must("POST", base, {
		name: "meet",
		type: "A",
		ttl: 300,
		records: [{ value: "203.0.113.1" }],
	});
	await must("POST", base, {
		name: "meet",
		type: "CAA",
		records: [{ value: '0 issue "letsencrypt.org"' }],
	});
	assert.deepEqual(
		await fails("POST", base, {
			name: "meet",
			type: "A",
			records: [{ value: "203.0.113.2" }],
		}),
		[409, "uniqueness_error"],
	);
	assert.deepEqual(
		await fails("POST", base, {
			name: "meet",
			type: "CNAME",
			records: [{ value: "x.example." }],
		}),
		[422, "invalid_input"],
	);
	const one = `${base}/meet/A`;
	await must("POST", `${one}/actions/add_records`, {
		records: [{ value: "203.0.113.2" }],
	});
	await must("POST", `${one}/actions/update_records`, {
		records: [{ value: "203.0.113.2", comment: "second" }],
	});
	await must("POST", `${one}/actions/remove_records`, {
		records: [{ value: "203.0.113.1" }],
	});
	await must("POST", `${one}/actions/set_records`, {
		records: [{ value: "203.0.113.9" }],
	});
	await must("POST", `${one}/actions/change_ttl`, { ttl: 60 });
	const { rrset } = await must("GET", one);
	assert.deepEqual(
		[rrset.id, rrset.ttl, rrset.records],
		["meet/A", 60, [{ value: "203.0.113.9" }]],
	);
	await must("POST", `${one}/actions/change_protection`, { change: true });
	assert.deepEqual(await fails("DELETE", one), [423, "protected"]);
	await must("POST", `${one}/actions/change_protection`, { change: false });
	await must("PUT", one, { labels: { a: "b" } });
	assert.match(
		(await must("GET", "/zones/school.example/zonefile")).zonefile,
		/^meet\t60\tIN\tA\t203\.0\.113\.9$/m,
	);
	await must("DELETE", one);
	await must("POST", `/zones/${zone.id}/actions/change_ttl`, { ttl: 7200 });
	await must("POST", `/zones/${zone.id}/actions/change_protection`, {
		delete: true,
	});
	assert.deepEqual(await fails("DELETE", "/zones/school.example"), [
		423,
		"protected",
	]);
	await must("POST", `/zones/${zone.id}/actions/change_protection`, {
		delete: false,
	});
	await must("PUT", "/zones/school.example", { labels: { a: "b" } });
	await must("DELETE", "/zones/school.example");
});

test("lists: pages, sorting, names, label selectors", async (t) => {
	const { must, fails } = await api(t);
	for (let index = 0; index < 30; index++) {
		const labels = { n: String(index % 3), ...(index % 2 ? { odd: "" } : {}) };
		await must("POST", "/placement_groups", {
			name: `g${index}`,
			type: "spread",
			labels,
		});
	}
	const list = async (query: string) =>
		(await must("GET", `/placement_groups?${query}`)).placement_groups as {
			name: string;
		}[];
	assert.equal((await list("")).length, 25);
	assert.equal((await list("page=2")).length, 5);
	assert.equal((await list("per_page=50")).length, 30);
	assert.equal((await list("per_page=5000")).length, 30, "50 is the most");
	assert.deepEqual(
		(await must("GET", "/placement_groups?per_page=10&page=2")).meta.pagination,
		{
			page: 2,
			per_page: 10,
			previous_page: 1,
			next_page: 3,
			last_page: 3,
			total_entries: 30,
		},
	);
	assert.deepEqual(
		(await list("sort=name:desc&per_page=2")).map(({ name }) => name),
		["g9", "g8"],
	);
	assert.deepEqual(
		(await list("name=g7")).map(({ name }) => name),
		["g7"],
	);
	const selected: [string, number][] = [
		["n=1", 10],
		["n==1", 10],
		["n!=1", 20],
		["odd", 15],
		["!odd", 15],
		["n in (0, 1)", 20],
		["n notin (0,1)", 10],
		["odd,n=0", 5],
	];
	for (const [selector, count] of selected) {
		assert.equal(
			(await list(`per_page=50&label_selector=${encodeURIComponent(selector)}`))
				.length,
			count,
			selector,
		);
	}
	for (const query of [
		"label_selector=a%20b%20c",
		"page=0",
		"per_page=x",
		"sort=name:up",
	]) {
		assert.deepEqual(
			await fails("GET", `/placement_groups?${query}`),
			[422, "invalid_input"],
			query,
		);
	}
	for (const labels of [{ "-a": "b" }, { a: "b c" }, { a: "x".repeat(64) }]) {
		assert.deepEqual(
			await fails("POST", "/placement_groups", {
				name: "x",
				type: "spread",
				labels,
			}),
			[422, "invalid_input"],
		);
	}
});

test("the catalogue is that of the document", async (t) => {
	const { must, cloud } = await api(t);
	assert.equal((await must("GET", "/locations")).locations.length, 6);
	assert.equal(
		(await must("GET", "/images?name=debian-13&architecture=arm")).images
			.length,
		1,
	);
	const { pricing } = await must("GET", "/pricing");
	assert.ok(pricing.server_types.length > 10);
	cloud.faults.set({ sold_out: [{ server_type: "cx33", location: "nbg1" }] });
	const [type] = (await must("GET", "/server_types?name=cx33")).server_types;
	assert.deepEqual(
		type.locations.map(
			({ name, available }: { name: string; available: boolean }) => [
				name,
				available,
			],
		),
		[
			["fsn1", true],
			["nbg1", false],
			["hel1", true],
		],
	);
	for (const path of [
		"/locations/1",
		"/images/114690387",
		`/server_types/${type.id}`,
	])
		await must("GET", path);
});

test("authentication, rate limit, bad requests", async (t) => {
	const { cloud, fails, call } = await api(t, { rateLimit: 20 });
	for (const authorization of ["", "Bearer wrong", `Basic ${cloud.token}`]) {
		const response = await fetch(`${cloud.endpoint}/servers`, {
			headers: { authorization },
		});
		assert.equal(response.status, 401);
	}
	assert.deepEqual(await fails("GET", "/nothing"), [404, "not_found"]);
	assert.deepEqual(await fails("DELETE", "/servers"), [
		405,
		"method_not_allowed",
	]);
	const raw = (body: string) =>
		fetch(`${cloud.endpoint}/ssh_keys`, {
			method: "POST",
			headers: { authorization: `Bearer ${cloud.token}` },
			body,
		}).then(async (response) => [
			response.status,
			((await response.json()) as Json).error.code,
		]);
	assert.deepEqual(await raw("{"), [400, "json_error"]);
	assert.deepEqual(await raw("[]"), [422, "invalid_input"]);
	assert.deepEqual(await raw(`"${"x".repeat(2 * 1024 * 1024)}"`), [
		413,
		"request_too_large",
	]);
	let answer = await call("GET", "/locations");
	assert.equal(answer.headers.get("ratelimit-limit"), "20");
	while (answer.status === 200) answer = await call("GET", "/locations");
	assert.deepEqual(
		[
			answer.status,
			answer.body.error.code,
			answer.headers.get("ratelimit-remaining"),
		],
		[429, "rate_limit_exceeded", "0"],
	);
});

test("a busy server is locked, and every action that is asked for is told", async (t) => {
	const { call, cloud } = await api(t, { actionMilliseconds: 60_000 });
	const { body } = await call("POST", "/servers", {
		name: "s",
		server_type: "cx33",
		image: "debian-13",
		location: "nbg1",
	});
	const locked = await call(
		"POST",
		`/servers/${body.server.id}/actions/poweroff`,
	);
	assert.deepEqual([locked.status, locked.body.error.code], [423, "locked"]);
	const ids = [body.action.id, body.next_actions[0].id];
	const { body: list } = await call(
		"GET",
		`/actions?id=${ids[0]}&id=${ids[1]}&status=running`,
	);
	assert.deepEqual(
		list.actions.map(({ id }: { id: number }) => id),
		ids,
	);
	cloud.faults.set({});
});

test("what was answered survives a restart; two clouds never share a state", async (t) => {
	const { must, stateDir, cloud } = await api(t);
	await must("POST", "/servers", {
		name: "s",
		server_type: "cx33",
		image: "debian-13",
		location: "nbg1",
	});
	await assert.rejects(startCloud({ stateDir }), {
		name: "VisibleError",
		message: new RegExp(`in use by process ${process.pid}`),
	});
	const whole = JSON.parse(
		await readFile(join(stateDir, "state.json"), "utf8"),
	);
	assert.equal(
		Object.keys(whole.servers).length,
		1,
		"written before the answer",
	);
	await cloud.close();
	const again = await startCloud({ stateDir });
	try {
		assert.equal(again.token, cloud.token);
		const response = await fetch(`${again.endpoint}/servers`, {
			headers: { authorization: `Bearer ${again.token}` },
		});
		assert.equal(((await response.json()) as Json).servers[0].name, "s");
	} finally {
		await again.close();
	}
});
