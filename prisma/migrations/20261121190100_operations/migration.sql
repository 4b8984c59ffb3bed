-- AlterTable
ALTER TABLE "build" ADD COLUMN     "content_removed_at" TIMESTAMPTZ(3),
ADD COLUMN     "traceparent" TEXT;

-- AlterTable
ALTER TABLE "worker" ADD COLUMN     "draining_at" TIMESTAMPTZ(3),
ADD COLUMN     "vitals" JSONB;

-- CreateTable
CREATE TABLE "metric_series" (
    "name" TEXT NOT NULL,
    "labels" TEXT NOT NULL,
    "shard" INTEGER NOT NULL,
    "count" BIGINT NOT NULL,
    "sum" DOUBLE PRECISION NOT NULL,
    "bounds" DOUBLE PRECISION[],
    "buckets" BIGINT[],

    CONSTRAINT "metric_series_pkey" PRIMARY KEY ("name","labels","shard")
);

-- CreateIndex
CREATE INDEX "build_content_removed_at_id_idx" ON "build"("content_removed_at", "id");

-- CreateIndex
CREATE INDEX "build_files_digest_idx" ON "build" USING HASH ("files_digest");

-- CreateIndex
CREATE INDEX "build_stage_cached_from_id_idx" ON "build_stage"("cached_from_id");

-- CreateIndex
CREATE INDEX "release_files_digest_idx" ON "release" USING HASH ("files_digest");

-- CreateIndex
CREATE INDEX "release_file_sha256_idx" ON "release_file" USING HASH ("sha256");

-- Counters and histograms. A row per series and shard; the shard is the session's, so that two transactions rarely wait
-- for each other's row.
CREATE FUNCTION count_metric(p_name text, p_labels jsonb, p_by bigint) RETURNS void LANGUAGE sql AS $$
  INSERT INTO metric_series AS m (name, labels, shard, count, sum, bounds, buckets)
  VALUES (p_name, p_labels::text, pg_backend_pid() % 16, p_by, 0, '{}', '{}')
  ON CONFLICT (name, labels, shard) DO UPDATE SET count = m.count + EXCLUDED.count
$$;

CREATE FUNCTION observe_metric(p_name text, p_labels jsonb, p_value double precision, p_bounds double precision[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_bucket int := 1 + (SELECT count(*) FROM unnest(p_bounds) AS bound WHERE bound < p_value);
  v_buckets bigint[] := array_fill(0::bigint, ARRAY[coalesce(array_length(p_bounds, 1), 0) + 1]);
BEGIN
  v_buckets[v_bucket] := 1;
  INSERT INTO metric_series AS m (name, labels, shard, count, sum, bounds, buckets)
  VALUES (p_name, p_labels::text, pg_backend_pid() % 16, 1, p_value, p_bounds, v_buckets)
  ON CONFLICT (name, labels, shard) DO UPDATE SET count = m.count + 1, sum = m.sum + p_value, buckets[v_bucket] = m.buckets[v_bucket] + 1;
END $$;

-- Counted where the truth changes, in the same transaction: a build or stage ends once, whichever process writes it.
CREATE FUNCTION count_build_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  v_bounds CONSTANT double precision[] := ARRAY[0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600];
BEGIN
  IF OLD.status = 'pending' AND NEW.started_at IS NOT NULL AND OLD.started_at IS NULL THEN
    PERFORM observe_metric('build_queue_wait_seconds', jsonb_build_object('kind', NEW.kind),
      greatest(0, extract(epoch FROM NEW.started_at - NEW.created_at)), v_bounds);
  END IF;
  IF NEW.status IN ('successful', 'failed', 'cancelled') THEN
    PERFORM count_metric('builds_finished_total', jsonb_build_object('kind', NEW.kind, 'outcome', NEW.status), 1);
    IF NEW.duration_ms IS NOT NULL THEN
      PERFORM observe_metric('build_duration_seconds', jsonb_build_object('kind', NEW.kind, 'outcome', NEW.status), NEW.duration_ms / 1000.0, v_bounds);
    END IF;
    IF NEW.cancelled_in_ms IS NOT NULL THEN
      PERFORM observe_metric('build_cancel_duration_seconds', '{}', NEW.cancelled_in_ms / 1000.0, ARRAY[0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]);
    END IF;
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER count_build_change AFTER UPDATE OF status ON build
  FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION count_build_change();

CREATE FUNCTION count_stage_end() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM count_metric('stages_finished_total', jsonb_build_object('kind', NEW.kind, 'stage', NEW.key, 'status', NEW.status, 'cached', NEW.cached::text), 1);
  IF NEW.status IN ('successful', 'failed') AND NOT NEW.cached AND NEW.duration_ms IS NOT NULL THEN
    PERFORM observe_metric('stage_duration_seconds', jsonb_build_object('kind', NEW.kind, 'stage', NEW.key), NEW.duration_ms / 1000.0,
      ARRAY[0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900]);
  END IF;
  IF NEW.log_lines > 0 THEN
    PERFORM count_metric('log_lines_total', jsonb_build_object('kind', NEW.kind), NEW.log_lines);
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER count_stage_end AFTER UPDATE OF status ON build_stage
  FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status AND NEW.status IN ('successful', 'failed', 'cancelled', 'skipped')) EXECUTE FUNCTION count_stage_end();
