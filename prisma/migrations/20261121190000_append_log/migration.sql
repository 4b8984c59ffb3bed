-- A reader that resumes finds its chunk by event id.
CREATE INDEX "log_chunk_build_id_first_event_id_idx" ON "log_chunk"("build_id", "first_event_id");

-- Appends a batch of log lines to a stage in one round trip, numbering them without gaps.
--
-- p_expected is the number of lines the writer knows its stage to have. When the stage already has p_expected plus the
-- batch's lines, the batch was committed and only its answer was lost: nothing is written and the answer is the same,
-- so a writer may send a batch again after a broken connection.
--
-- Answers one of: 'ok', 'lost' (the claim is no longer the writer's), 'capped' (the build's log is full; once, a last
-- line that says so is written instead of the batch).
CREATE FUNCTION append_log(
  p_build_id text, p_stage_id text, p_fence int, p_expected int, p_cap_bytes bigint,
  p_streams text[], p_counts int[], p_bodies text[]
) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  v_build record;
  v_stage record;
  v_lines int := (SELECT coalesce(sum(n), 0) FROM unnest(p_counts) AS n);
  v_bytes bigint := (SELECT coalesce(sum(octet_length(b) + 1), 0) FROM unnest(p_bodies) AS b);
  v_capped boolean := false;
  v_before int := 0;
BEGIN
  SELECT last_line, last_event_id, log_bytes, log_capped INTO v_build FROM build WHERE id = p_build_id FOR UPDATE;
  SELECT key, attempt, fence, status, log_lines INTO v_stage FROM build_stage WHERE id = p_stage_id FOR UPDATE;
  IF v_build IS NULL OR v_stage IS NULL OR v_stage.fence <> p_fence OR v_stage.status <> 'building' THEN RETURN 'lost'; END IF;
  IF v_build.log_capped THEN RETURN 'capped'; END IF;
  IF v_stage.log_lines = p_expected + v_lines AND v_lines > 0 THEN RETURN 'ok'; END IF;
  IF v_stage.log_lines <> p_expected THEN RETURN 'lost'; END IF;

  IF v_build.log_bytes + v_bytes > p_cap_bytes THEN
    v_capped := true;
    p_streams := ARRAY['system'];
    p_counts := ARRAY[1];
    p_bodies := ARRAY['The log of this build reached its limit of ' || (p_cap_bytes / 1048576) || ' MB; later output is not kept.'];
    v_lines := 1;
    v_bytes := octet_length(p_bodies[1]) + 1;
  END IF;

  FOR i IN 1 .. coalesce(array_length(p_counts, 1), 0) LOOP
    INSERT INTO log_chunk (build_id, first_line, first_stage_line, first_event_id, line_count, stage_key, attempt, stream, body, created_at)
    VALUES (p_build_id, v_build.last_line + v_before + 1, v_stage.log_lines + v_before + 1, v_build.last_event_id + v_before + 1,
            p_counts[i], v_stage.key, v_stage.attempt, p_streams[i], p_bodies[i], clock_timestamp());
    v_before := v_before + p_counts[i];
  END LOOP;
  UPDATE build_stage SET log_lines = log_lines + v_lines WHERE id = p_stage_id;
  UPDATE build SET last_line = last_line + v_lines, last_event_id = last_event_id + v_lines,
                   log_bytes = log_bytes + v_bytes, log_capped = v_capped
   WHERE id = p_build_id;
  PERFORM pg_notify('slipway', 'build:' || p_build_id || ':');
  RETURN CASE WHEN v_capped THEN 'capped' ELSE 'ok' END;
END $$;
