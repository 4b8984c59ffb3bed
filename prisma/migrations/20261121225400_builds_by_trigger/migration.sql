-- CreateIndex
CREATE INDEX "build_trigger_id_idx" ON "build"("trigger", "id" DESC);
