-- CreateIndex
CREATE INDEX "build_package_id_status_id_idx" ON "build"("package_id", "status", "id" DESC);
