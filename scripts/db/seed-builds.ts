/**
 * Fills a database with as many builds as a busy installation has after years, in minutes: users with a workspace each,
 * packages, releases, and builds with their stages and events, spread over the last year. Written with plain SQL into
 * the tables of the app, past its services, so only for databases that nobody mourns.
 */
import type pg from "pg";

export interface SeedBuildsOptions {
  pool: pg.Pool;
  /** Builds in all; a multiple of the packages makes all packages alike. */
  builds: number;
  /** Users, each with a personal workspace; default 100. */
  users?: number;
  /** Default 20. Every tenth package is public. */
  packagesPerUser?: number;
  /** Told after each batch. */
  onProgress?: (done: number) => void;
}

export interface SeededUser {
  userId: string;
  handle: string;
}

const STAGES = ["transpilation", "circuit_json_build", "image_generation", "fabrication_files"] as const;
const RELEASES_PER_PACKAGE = 5;
const BATCH = 50_000;
/** Only the newest builds keep a log and artifacts, as with retention. */
const WITH_LOG = 10_000;

// Hex digits are a part of a ULID's alphabet, so the random half is plain hex; the first half is the time in base 32.
const ULID = `
  CREATE OR REPLACE FUNCTION pg_temp.id_at(prefix text, at timestamptz) RETURNS text LANGUAGE sql VOLATILE AS $$
    SELECT prefix || '_' || string_agg(substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', ((ms >> (45 - 5 * i)) & 31)::int + 1, 1), '' ORDER BY i)
      || upper(substr(md5(random()::text), 1, 16))
    FROM (SELECT floor(extract(epoch FROM at) * 1000)::bigint AS ms) t, generate_series(0, 9) AS i
  $$`;

export async function seedBuilds(options: SeedBuildsOptions): Promise<SeededUser[]> {
  const { builds, users = 100, packagesPerUser = 20 } = options;
  const client = await options.pool.connect();
  try {
    // What a crash would lose is seeded again.
    await client.query("SET synchronous_commit = off");
    await client.query(ULID);
    const seeded = await seedPackages({ client, users, packagesPerUser });
    for (let from = 0; from < builds; from += BATCH) {
      await seedBatch({ client, from, to: Math.min(builds, from + BATCH), builds, packages: users * packagesPerUser });
      options.onProgress?.(Math.min(builds, from + BATCH));
    }
    await client.query("UPDATE package p SET last_build_number = b.newest FROM (SELECT package_id, max(number) AS newest FROM build GROUP BY package_id) b WHERE b.package_id = p.id");
    await client.query("UPDATE release r SET latest_build_id = b.newest FROM (SELECT release_id, max(id) AS newest FROM build GROUP BY release_id) b WHERE b.release_id = r.id");
    await client.query("DROP TABLE seed_release");
    await client.query("VACUUM ANALYZE");
    return seeded;
  } finally {
    client.release();
  }
}

async function seedPackages(options: { client: pg.PoolClient; users: number; packagesPerUser: number }): Promise<SeededUser[]> {
  const { client, users, packagesPerUser } = options;
  await client.query(`
    CREATE TEMP TABLE seed_user AS
    SELECT n, pg_temp.id_at('usr', now()) AS id, pg_temp.id_at('ws', now()) AS workspace_id, 'load-' || n AS handle FROM generate_series(0, $1::int - 1) n`, [users]);
  await client.query(`INSERT INTO "user" (id, email, handle, name, role, updated_at) SELECT id, handle || '@example.com', handle, 'Load ' || n, 'user', now() FROM seed_user`);
  await client.query(`INSERT INTO workspace (id, slug, name, personal_user_id) SELECT workspace_id, handle, handle, id FROM seed_user`);
  await client.query(`INSERT INTO membership (workspace_id, user_id, role) SELECT workspace_id, id, 'owner' FROM seed_user`);
  await client.query(`
    CREATE TEMP TABLE seed_package AS
    SELECT u.n * $1::int + p AS n, pg_temp.id_at('pkg', now()) AS id, u.workspace_id, u.id AS user_id, p FROM seed_user u, generate_series(0, $1::int - 1) p`, [packagesPerUser]);
  await client.query(`
    INSERT INTO package (id, workspace_id, name, kind, visibility, updated_at)
    SELECT id, workspace_id, 'board-' || p, 'circuit', (CASE WHEN p % 10 = 9 THEN 'public' ELSE 'private' END)::"Visibility", now() FROM seed_package`);
  await client.query(`
    CREATE TABLE seed_release AS
    SELECT n, r, pg_temp.id_at('rel', now() - interval '1 year' + r * interval '70 days') AS id, s.id AS package_id, workspace_id, user_id
    FROM seed_package s, generate_series(0, ${RELEASES_PER_PACKAGE - 1}) r`);
  await client.query("CREATE INDEX ON seed_release (n, r)");
  await client.query(`
    INSERT INTO release (id, package_id, version, commit_sha, ref, files_digest, file_count, total_size, display_status, created_by_id, updated_at)
    SELECT id, package_id, '1.' || r || '.0', md5(id) || '00000000', 'main', md5(id) || md5(package_id), 3, 12000, 'successful', user_id, now() FROM seed_release`);
  await client.query(`
    INSERT INTO release_stage (release_id, key, position, status)
    SELECT r.id, s.key, s.position - 1, 'successful' FROM seed_release r, unnest($1::text[]) WITH ORDINALITY AS s(key, position)`, [STAGES]);
  const { rows } = await client.query<{ id: string; handle: string }>("SELECT id, handle FROM seed_user ORDER BY n");
  return rows.map(({ id, handle }) => ({ userId: id, handle }));
}

async function seedBatch(options: { client: pg.PoolClient; from: number; to: number; builds: number; packages: number }): Promise<void> {
  const { client, from, to, builds, packages } = options;
  await client.query("BEGIN");
  await client.query(`
    CREATE TEMP TABLE seed_build ON COMMIT DROP AS
    SELECT i, pg_temp.id_at('build', at) AS id, at, i / ${packages} + 1 AS number, r.id AS release_id, r.package_id, r.workspace_id, r.user_id,
           CASE WHEN luck < 17 THEN 'successful' WHEN luck < 19 THEN 'failed' ELSE 'cancelled' END AS status, (800 + (i::bigint * 7919) % 9000)::int AS ms,
           i >= ${builds - WITH_LOG} AS with_log
    FROM (SELECT i, now() - (${builds} - i) * (interval '365 days' / ${builds}) AS at, i::bigint * 7919 % 10007 % 20 AS luck FROM generate_series(${from}, ${to - 1}) i) t
    JOIN seed_release r ON r.n = i % ${packages} AND r.r = least(${RELEASES_PER_PACKAGE - 1}, (i::bigint * ${RELEASES_PER_PACKAGE} / ${builds})::int)`);
  await client.query(`
    INSERT INTO build (id, package_id, workspace_id, release_id, number, kind, trigger, status, files_digest, labels, requested_by_id, error_stage, error_code, error_message,
                       created_at, started_at, completed_at, duration_ms, last_event_id, last_line, log_bytes)
    SELECT id, package_id, workspace_id, release_id, number, 'circuit', 'push', status::"BuildStatus", md5(release_id) || md5(package_id),
           CASE WHEN i % 50 = 0 THEN jsonb_build_object('third_party_id', 'tp-' || i % 500) ELSE '{}' END, user_id,
           CASE status WHEN 'failed' THEN 'circuit_json_build' END, CASE status WHEN 'failed' THEN 'module_not_found' END,
           CASE status WHEN 'failed' THEN 'index.tsx imports "./part", which is not there' END,
           at, at + interval '40 ms', at + ms * interval '1 ms', ms, 10 + CASE WHEN with_log THEN 40 ELSE 0 END, CASE WHEN with_log THEN 40 ELSE 0 END, CASE WHEN with_log THEN 2400 ELSE 0 END
    FROM seed_build`);
  await client.query(`
    INSERT INTO build_stage (id, build_id, workspace_id, kind, key, title, position, needs, status, attempt, fence, fingerprint, inputs, output_digest, started_at, completed_at, duration_ms, log_lines)
    SELECT 'stg' || substr(b.id, 6, 11) || upper(substr(md5(b.id || s.key), 1, 16)), b.id, b.workspace_id, 'circuit', s.key, initcap(replace(s.key, '_', ' ')), s.position - 1, '{}',
           b.status::"StageStatus", 1, 1, md5(b.id || s.key) || md5(b.id), '{"toolchain": {"node": "24.21.0", "tscircuit": "0.0.2387"}}', md5(b.id) || md5(s.key), b.at, b.at + b.ms * interval '0.25 ms', b.ms / 4,
           CASE WHEN with_log THEN 10 ELSE 0 END
    FROM seed_build b, unnest($1::text[]) WITH ORDINALITY AS s(key, position)`, [STAGES]);
  await client.query(`
    INSERT INTO build_event (build_id, id, type, stage_key, payload, created_at)
    SELECT b.id, e.n, CASE e.n WHEN 1 THEN 'build.created' WHEN 10 THEN 'build.completed' ELSE 'build.step' END, CASE WHEN e.n BETWEEN 2 AND 9 THEN ($1::text[])[e.n / 2] END,
           CASE e.n WHEN 1 THEN '{}'::jsonb WHEN 10 THEN jsonb_build_object('status', b.status, 'exit_code', CASE b.status WHEN 'successful' THEN 0 ELSE 1 END)
             ELSE jsonb_build_object('status', CASE e.n % 2 WHEN 0 THEN 'building' ELSE b.status END, 'progress', CASE e.n % 2 WHEN 0 THEN 0 ELSE 100 END) END, b.at
    FROM seed_build b, unnest(ARRAY[1, 2, 3, 10]) AS e(n)`, [STAGES]);
  await client.query(`
    INSERT INTO log_chunk (build_id, first_line, first_stage_line, first_event_id, line_count, stage_key, attempt, stream, body)
    SELECT b.id, s.position * 10 - 9, 1, s.position * 10, 10, s.key, 1, 'stdout', rtrim(repeat('a line of output, as long as they are on average, of a stage' || chr(10), 10), chr(10))
    FROM seed_build b, unnest($1::text[]) WITH ORDINALITY AS s(key, position) WHERE b.with_log`, [STAGES]);
  await client.query(`
    INSERT INTO artifact (id, build_id, build_stage_id, stage_key, name, media_type, size, sha256)
    SELECT 'art' || substr(st.id, 4) , st.build_id, st.id, st.key, st.key || '/result.json', 'application/json', 4000, st.output_digest
    FROM seed_build b JOIN build_stage st ON st.build_id = b.id WHERE b.with_log`);
  await client.query("COMMIT");
}
