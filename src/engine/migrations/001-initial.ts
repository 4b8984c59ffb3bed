/** The engine's first tables. Payloads are `json`, not `jsonb`: they must come back exactly as the SDK sent them. */
export const initialMigration = {
  id: "001-initial",
  sql: `
CREATE TABLE engine.functions (
  id text PRIMARY KEY,
  app_id text NOT NULL,
  config json NOT NULL,
  registered_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE engine.events (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id text NOT NULL UNIQUE,
  name text NOT NULL,
  payload json NOT NULL,
  received_at timestamptz NOT NULL DEFAULT now(),
  matched_at timestamptz
);
CREATE INDEX events_unmatched ON engine.events (seq) WHERE matched_at IS NULL;
CREATE INDEX events_received ON engine.events (received_at);

CREATE TABLE engine.runs (
  id text PRIMARY KEY,
  fn_id text NOT NULL,
  event_id text NOT NULL,
  event json NOT NULL,
  status text NOT NULL DEFAULT 'queued' CHECK (status IN ('queued', 'running', 'completed', 'failed', 'cancelled')),
  max_attempts integer NOT NULL,
  finish_ms bigint,
  gates text[] NOT NULL DEFAULT '{}',
  rank_at timestamptz NOT NULL,
  parent_run_id text,
  parent_step_id text,
  output json,
  error json,
  created_at timestamptz NOT NULL DEFAULT now(),
  start_deadline timestamptz,
  started_at timestamptz,
  finish_deadline timestamptz,
  ended_at timestamptz
);
CREATE INDEX runs_event ON engine.runs (event_id);
CREATE INDEX runs_active ON engine.runs (fn_id) WHERE status IN ('queued', 'running');
CREATE INDEX runs_start_deadline ON engine.runs (start_deadline) WHERE status = 'queued' AND start_deadline IS NOT NULL;
CREATE INDEX runs_finish_deadline ON engine.runs (finish_deadline) WHERE status = 'running' AND finish_deadline IS NOT NULL;
CREATE INDEX runs_ended ON engine.runs (ended_at) WHERE ended_at IS NOT NULL;

-- One row per call to make: step_id '' runs the function until it finds its next steps, any other runs that one step.
CREATE TABLE engine.queue (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  run_id text NOT NULL REFERENCES engine.runs (id) ON DELETE CASCADE,
  step_id text NOT NULL DEFAULT '',
  fn_id text NOT NULL,
  attempt integer NOT NULL DEFAULT 0,
  crashes integer NOT NULL DEFAULT 0,
  again boolean NOT NULL DEFAULT false,
  run_at timestamptz NOT NULL DEFAULT now(),
  rank_at timestamptz NOT NULL,
  gates text[] NOT NULL DEFAULT '{}',
  locked_by text,
  lease_expires_at timestamptz,
  fence bigint NOT NULL DEFAULT 0,
  UNIQUE (run_id, step_id)
);
CREATE INDEX queue_ready ON engine.queue (rank_at, id) WHERE locked_by IS NULL;
CREATE INDEX queue_run_at ON engine.queue (run_at) WHERE locked_by IS NULL;
CREATE INDEX queue_leases ON engine.queue (lease_expires_at) WHERE locked_by IS NOT NULL;

CREATE TABLE engine.steps (
  run_id text NOT NULL REFERENCES engine.runs (id) ON DELETE CASCADE,
  step_id text NOT NULL,
  seq bigint GENERATED ALWAYS AS IDENTITY,
  op text NOT NULL,
  name text NOT NULL,
  data json,
  error json,
  completed_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (run_id, step_id)
);

CREATE TABLE engine.waits (
  run_id text NOT NULL REFERENCES engine.runs (id) ON DELETE CASCADE,
  step_id text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('sleep', 'event', 'invoke')),
  name text NOT NULL,
  event_name text,
  expression text,
  due_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (run_id, step_id)
);
CREATE INDEX waits_due ON engine.waits (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX waits_event ON engine.waits (event_name) WHERE kind = 'event';

CREATE TABLE engine.crons (
  fn_id text NOT NULL REFERENCES engine.functions (id) ON DELETE CASCADE,
  expression text NOT NULL,
  next_at timestamptz NOT NULL,
  PRIMARY KEY (fn_id, expression)
);

CREATE TABLE engine.once_keys (
  fn_id text NOT NULL,
  key text NOT NULL,
  run_id text NOT NULL,
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (fn_id, key)
);

-- Claims are made one at a time (the advisory lock): only so can limits that span many rows be held by several workers.
-- A gate is '<limit>|<key>'; a key is full when as many leased rows carry it as its limit allows.
CREATE FUNCTION engine.claim(p_worker text, p_limit integer, p_lease_ms integer, p_fn_ids text[])
RETURNS SETOF engine.queue LANGUAGE plpgsql AS $$
DECLARE
  item engine.queue;
  gate text;
  full_gates text[] := '{}';
  taken integer := 0;
  passes boolean;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('engine.claim'));
  WHILE taken < p_limit LOOP
    SELECT * INTO item FROM engine.queue q
      WHERE q.locked_by IS NULL AND q.run_at <= clock_timestamp() AND q.fn_id = ANY (p_fn_ids)
        AND NOT (q.gates && full_gates)
      ORDER BY q.rank_at, q.id LIMIT 1 FOR UPDATE SKIP LOCKED;
    EXIT WHEN NOT FOUND;
    passes := true;
    FOREACH gate IN ARRAY item.gates LOOP
      IF (SELECT count(*) FROM engine.queue q, unnest(q.gates) AS held
          WHERE q.locked_by IS NOT NULL AND substr(held, strpos(held, '|')) = substr(gate, strpos(gate, '|')))
         >= split_part(gate, '|', 1)::integer THEN
        full_gates := full_gates || gate;
        passes := false;
      END IF;
    END LOOP;
    IF passes THEN
      UPDATE engine.queue q SET locked_by = p_worker, fence = q.fence + 1, again = false,
        lease_expires_at = clock_timestamp() + p_lease_ms * interval '1 millisecond'
        WHERE q.id = item.id RETURNING * INTO item;
      taken := taken + 1;
      RETURN NEXT item;
    END IF;
  END LOOP;
END $$;
`,
};
