-- AlterTable
ALTER TABLE "deployment" DROP COLUMN "detail",
ADD COLUMN     "attempt" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "block" BIGINT,
ADD COLUMN     "carried_over" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "chain_name" TEXT NOT NULL,
ADD COLUMN     "completed_at" TIMESTAMPTZ(3),
ADD COLUMN     "contract" TEXT NOT NULL,
ADD COLUMN     "cost_wei" TEXT,
ADD COLUMN     "deployable_hash" TEXT NOT NULL,
ADD COLUMN     "error_code" TEXT,
ADD COLUMN     "error_message" TEXT,
ADD COLUMN     "explorer_url" TEXT,
ADD COLUMN     "gas_used" BIGINT,
ADD COLUMN     "signer" TEXT,
ADD COLUMN     "started_at" TIMESTAMPTZ(3),
ADD COLUMN     "unit" TEXT NOT NULL,
ADD COLUMN     "verified" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "workspace_id" TEXT NOT NULL;

-- CreateTable
CREATE TABLE "deployment_transaction" (
    "id" TEXT NOT NULL,
    "deployment_id" TEXT NOT NULL,
    "chain_id" INTEGER NOT NULL,
    "signer" TEXT NOT NULL,
    "nonce" INTEGER NOT NULL,
    "step" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "raw" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "deployment_transaction_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "deployment_transaction_chain_id_signer_nonce_idx" ON "deployment_transaction"("chain_id", "signer", "nonce");

-- CreateIndex
CREATE INDEX "deployment_transaction_deployment_id_idx" ON "deployment_transaction"("deployment_id");

-- CreateIndex
CREATE INDEX "deployment_workspace_id_chain_id_deployable_hash_idx" ON "deployment"("workspace_id", "chain_id", "deployable_hash");

-- AddForeignKey
ALTER TABLE "deployment_transaction" ADD CONSTRAINT "deployment_transaction_deployment_id_fkey" FOREIGN KEY ("deployment_id") REFERENCES "deployment"("id") ON DELETE CASCADE ON UPDATE CASCADE;
