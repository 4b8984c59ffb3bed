/* eslint-disable max-lines -- written by scripts/openapi/write-client-types.ts from the API's document; change that, then run `npm run openapi:types` */
export interface paths {
    "/api/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_liveness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_readiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/health/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_status"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_openapi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/package_releases/get": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["get_package_release"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/package_releases/list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["list_package_releases"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/package_releases/rebuild": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["rebuild_package_release"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/activity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_activity"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/retention": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["plan_retention"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/async-jobs/stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_job_stats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/builds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_builds"];
        put?: never;
        post: operations["create_build"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/builds/{build_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_build"];
        put?: never;
        post?: never;
        delete: operations["delete_build"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/builds/{build_id}/artifacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_artifacts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/builds/{build_id}/artifacts.zip": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["download_artifacts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/builds/{build_id}/artifacts/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["download_artifact"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/builds/{build_id}/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_audit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/builds/{build_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["cancel_build"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/builds/{build_id}/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["compare_build"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/builds/{build_id}/code": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["download_code"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/builds/{build_id}/contract": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["read_contract"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/builds/{build_id}/deploy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["deploy_build"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/builds/{build_id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["follow_build"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/builds/{build_id}/logs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_build_logs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/builds/{build_id}/rebuild": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["rebuild_build"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/builds/{build_id}/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["open_build_socket"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/chains": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_chains"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/examples": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_examples"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/examples/{slug}/builds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["build_example"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_me"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/packages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_packages"];
        put?: never;
        post: operations["create_package"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/packages/{owner}/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_package"];
        put?: never;
        post?: never;
        delete: operations["delete_package"];
        options?: never;
        head?: never;
        patch: operations["update_package"];
        trace?: never;
    };
    "/api/v1/packages/{owner}/{name}/releases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_releases"];
        put?: never;
        post: operations["create_release"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/releases/{release_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_release"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch: operations["lock_release"];
        trace?: never;
    };
    "/api/v1/releases/{release_id}/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["read_release_file"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/releases/{release_id}/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: operations["update_release_files"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/releases/{release_id}/files.zip": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["download_release_files"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/releases/{release_id}/rebuild": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["rebuild_release"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_workspaces"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_workspace"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/audit-log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_audit_entries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_metrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        ArtifactView: {
            name: string;
            stage: string;
            media_type: string;
            size: number;
            sha256: string;
            url: string;
        };
        BuildEvent: {
            /** @constant */
            object: "build.event";
            id: number;
            /** @enum {string} */
            type: "build.created" | "build.step" | "build.log" | "build.completed";
            build_id: string;
            /** Format: date-time */
            created: string;
            step?: string;
            /** @enum {string} */
            stream?: "stdout" | "stderr" | "system";
            status?: components["schemas"]["StageStatus"];
            progress?: number;
            message?: string;
            line?: number;
            stage_line?: number;
            exit_code?: number;
            error_message?: string | null;
            error_code?: string | null;
            deployment?: components["schemas"]["DeploymentView"];
            summary?: string;
        };
        BuildExampleAnswer: {
            build_id: string;
            release_id: string;
            package: string;
            number: number;
            status: components["schemas"]["BuildStatus"];
            /** Format: date-time */
            created_at: string;
            estimated_time: number | null;
            links: {
                self: string;
                html: string;
                logs: string;
                events: string;
                artifacts: string;
            };
            /** @constant */
            success: true;
            /** Format: date-time */
            timestamp: string;
            duration: number;
            request_id: string;
        };
        /** @enum {string} */
        BuildStatus: "pending" | "building" | "successful" | "failed" | "cancelled";
        BuildSummary: {
            build_id: string;
            number: number;
            kind: components["schemas"]["PackageKind"];
            package: string;
            release_id: string;
            version: string;
            commit_sha: string | null;
            ref: string | null;
            trigger: components["schemas"]["BuildTrigger"];
            mode: components["schemas"]["RebuildMode"];
            requested_by: components["schemas"]["Person"] | null;
            status: components["schemas"]["BuildStatus"];
            cancelling: boolean;
            stages: components["schemas"]["StageDot"][];
            error: {
                stage: string | null;
                code: string;
                message: string;
            } | null;
            labels: {
                [key: string]: string;
            };
            insecure: boolean;
            /** Format: date-time */
            created_at: string;
            started_at: string | null;
            completed_at: string | null;
            duration_ms: number | null;
            queue_wait_ms: number | null;
            cancelled_in_ms: number | null;
        };
        /** @enum {string} */
        BuildTrigger: "push" | "rebuild" | "api" | "files_changed";
        CancelBuildAnswer: {
            build_id: string;
            /** @constant */
            status: "cancelled";
            cancelled_in_ms: number;
            /** @constant */
            success: true;
            /** Format: date-time */
            timestamp: string;
            duration: number;
            request_id: string;
        };
        CompareBuildAnswer: {
            base: {
                build_id: string;
                number: number;
            } | null;
            files: {
                path: string;
                /** @enum {string} */
                change: "added" | "removed" | "changed";
            }[];
            toolchain: {
                name: string;
                from: string | null;
                to: string | null;
            }[];
            artifacts: {
                name: string;
                /** @enum {string} */
                change: "added" | "removed" | "changed";
            }[];
            /** @constant */
            success: true;
            /** Format: date-time */
            timestamp: string;
            duration: number;
            request_id: string;
        };
        CreateBuildAnswer: {
            build_id: string;
            release_id: string;
            package: string;
            number: number;
            status: components["schemas"]["BuildStatus"];
            /** Format: date-time */
            created_at: string;
            estimated_time: number | null;
            links: {
                self: string;
                html: string;
                logs: string;
                events: string;
                artifacts: string;
            };
            /** @constant */
            success: true;
            /** Format: date-time */
            timestamp: string;
            duration: number;
            request_id: string;
        };
        CreateBuildBody: {
            release_id: string;
        } | {
            prompt: string;
            /** @default [] */
            chains?: number[];
            confirm_mainnet?: number[];
            template?: string;
            options?: {
                [key: string]: unknown;
            };
            package?: string;
            /** @enum {string} */
            visibility?: "private" | "public";
            labels?: components["schemas"]["Labels"];
            version?: string;
        } | {
            kind: components["schemas"]["PackageKind"];
            package: string;
            /** @enum {string} */
            visibility?: "private" | "public";
            labels?: components["schemas"]["Labels"];
            version?: string;
            commit_sha?: string;
            ref?: string;
            options?: {
                [key: string]: unknown;
            };
            files?: components["schemas"]["FileInput"][];
            git?: {
                url: string;
                ref?: string;
            };
        };
        CreatePackageAnswer: {
            package_id: string;
            package: string;
            workspace: string;
            name: string;
            kind: components["schemas"]["PackageKind"];
            /** @enum {string} */
            visibility: "private" | "public";
            description: string;
            labels: {
                [key: string]: string;
            };
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            owner: components["schemas"]["Person"] | null;
            release_count: number;
            build_count: number;
            latest_release: {
                version: string;
                release_id: string;
                display_status: components["schemas"]["BuildStatus"];
                /** Format: date-time */
                created_at: string;
            } | null;
            latest_build: components["schemas"]["BuildSummary"] | null;
            preview_url: string | null;
            can_write: boolean;
            /** @constant */
            success: true;
            /** Format: date-time */
            timestamp: string;
            duration: number;
            request_id: string;
        };
        CreatePackageBody: {
            package: string;
            kind: components["schemas"]["PackageKind"];
            /** @enum {string} */
            visibility?: "private" | "public";
            description?: string;
            labels?: components["schemas"]["Labels"];
        };
        CreateReleaseAnswer: {
            build_id: string;
            release_id: string;
            package: string;
            number: number;
            status: components["schemas"]["BuildStatus"];
            /** Format: date-time */
            created_at: string;
            estimated_time: number | null;
            links: {
                self: string;
                html: string;
                logs: string;
                events: string;
                artifacts: string;
            };
            /** @constant */
            success: true;
            /** Format: date-time */
            timestamp: string;
            duration: number;
            request_id: string;
        };
        CreateReleaseBody: {
            version?: string;
            commit_sha?: string;
            ref?: string;
            options?: {
                [key: string]: unknown;
            };
            files?: components["schemas"]["FileInput"][];
            git?: {
                url: string;
                ref?: string;
            };
        };
        DeletePackageAnswer: {
            /** @constant */
            ok: true;
            /** @constant */
            success: true;
            /** Format: date-time */
            timestamp: string;
            duration: number;
            request_id: string;
        };
        DeployBuildAnswer: {
            build_id: string;
            release_id: string;
            package: string;
            number: number;
            status: components["schemas"]["BuildStatus"];
            /** Format: date-time */
            created_at: string;
            estimated_time: number | null;
            links: {
                self: string;
                html: string;
                logs: string;
                events: string;
                artifacts: string;
            };
            /** @constant */
            success: true;
            /** Format: date-time */
            timestamp: string;
            duration: number;
            request_id: string;
        };
        DeployBuildBody: {
            chain_ids: number[];
            confirm_mainnet?: number[];
        };
        DeploymentView: {
            chain_id: number;
            chain_name: string;
            status: components["schemas"]["StageStatus"];
            attempt: number;
            contract: string;
            address: string | null;
            transaction: string | null;
            block: number | null;
            gas_used: number | null;
            cost_wei: string | null;
            cost: string | null;
            unit: string;
            explorer_url: string | null;
            verified: boolean;
            carried_over: boolean;
            error: {
                code: string;
                message: string;
            } | null;
            started_at: string | null;
            completed_at: string | null;
        };
        FileInput: {
            path: string;
            content: string;
        } | {
            path: string;
            /** Format: base64 */
            content_base64: string;
        };
        GetActivityAnswer: {
            days: {
                /** Format: date */
                date: string;
                successful: number;
                failed: number;
                cancelled: number;
                median_duration_ms: number | null;
            }[];
            /** @constant */
            success: true;
            /** Format: date-time */
            timestamp: string;
            duration: number;
            request_id: string;
        };
        GetAuditAnswer: {
            /** @constant */
            success: true;
            build_id: string;
            /** Format: date-time */
            timestamp: string;
            duration: number;
            request_id: string;
        } & {
            [key: string]: unknown;
        };
        GetBuildAnswer: {
            build_id: string;
            number: number;
            kind: components["schemas"]["PackageKind"];
            package: string;
            release_id: string;
            version: string;
            commit_sha: string | null;
            ref: string | null;
            trigger: components["schemas"]["BuildTrigger"];
            mode: components["schemas"]["RebuildMode"];
            requested_by: components["schemas"]["Person"] | null;
            status: components["schemas"]["BuildStatus"];
            cancelling: boolean;
            stages: components["schemas"]["StageView"][];
            error: {
                stage: string | null;
                code: string;
                message: string;
            } | null;
            labels: {
                [key: string]: string;
            };
            insecure: boolean;
            /** Format: date-time */
            created_at: string;
            started_at: string | null;
            completed_at: string | null;
            duration_ms: number | null;
            queue_wait_ms: number | null;
            cancelled_in_ms: number | null;
            artifacts: components["schemas"]["ArtifactView"][];
            deployments: components["schemas"]["DeploymentView"][];
            generation_time: number | null;
            audit_time: number | null;
            deploy_time: number | null;
            total_cost: {
                chains: {
                    chain_id: number;
                    chain_name: string;
                    gas_used: number;
                    cost_wei: string;
                    cost: string;
                    unit: string;
                }[];
                model_tokens: number | null;
            } | null;
            estimated_time: number | null;
            logs_preview: components["schemas"]["LogLine"][];
            events: components["schemas"]["BuildEvent"][];
            log: {
                lines: number;
                bytes: number;
                capped: boolean;
                complete: boolean;
            };
            content_removed_at: string | null;
            created_by_request: string | null;
            last_event_id: number;
            is_latest: boolean;
            locked: boolean;
            queue: {
                position: number;
                ahead: string;
                estimated_start_ms: number | null;
            } | null;
            estimated_duration_ms: number | null;
            can_write: boolean;
            /** @constant */
            success: true;
            /** Format: date-time */
            timestamp: string;
            duration: number;
            request_id: string;
        };
        GetBuildLogsAnswer: {
            logs: components["schemas"]["LogLine"][];
            next_after_id: number | null;
            total: number;
            /** @constant */
            success: true;
            /** Format: date-time */
            timestamp: string;
            duration: number;
            request_id: string;
        };
        GetHealthAnswer: {
            /** @constant */
            status: "ok";
            request_id: string;
        };
        GetJobStatsAnswer: {
            worker_count: number;
            slots: number;
            running_count: number;
            queue_size: number;
            max_queue_size: number;
            results_count: number;
            results_count_exact: boolean;
            is_shutdown: boolean;
            wait_ms: {
                p50: number | null;
                p95: number | null;
                p99: number | null;
            };
            run_ms: {
                p50: number | null;
                p95: number | null;
                p99: number | null;
            };
            sample: number;
            /** @constant */
            success: true;
            /** Format: date-time */
            timestamp: string;
            duration: number;
            request_id: string;
        };
        GetMeAnswer: {
            user: {
                user_id: string;
                handle: string;
                name: string;
                email: string;
                image: string | null;
                /** @enum {string} */
                role: "user" | "admin";
            } | null;
            workspaces: {
                workspace_id: string;
                slug: string;
                name: string;
                /** @enum {string} */
                role: "owner" | "member" | "viewer";
            }[];
            signup_open: boolean;
            github_enabled: boolean;
            /** @enum {string} */
            isolation: "sandboxed" | "insecure" | "none" | "unknown";
            kinds: components["schemas"]["PackageKind"][];
            /** @constant */
            success: true;
            /** Format: date-time */
            timestamp: string;
            duration: number;
            request_id: string;
        };
        GetPackageAnswer: {
            package_id: string;
            package: string;
            workspace: string;
            name: string;
            kind: components["schemas"]["PackageKind"];
            /** @enum {string} */
            visibility: "private" | "public";
            description: string;
            labels: {
                [key: string]: string;
            };
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            owner: components["schemas"]["Person"] | null;
            release_count: number;
            build_count: number;
            latest_release: {
                version: string;
                release_id: string;
                display_status: components["schemas"]["BuildStatus"];
                /** Format: date-time */
                created_at: string;
            } | null;
            latest_build: components["schemas"]["BuildSummary"] | null;
            preview_url: string | null;
            can_write: boolean;
            readme: string | null;
            /** @constant */
            success: true;
            /** Format: date-time */
            timestamp: string;
            duration: number;
            request_id: string;
        };
        GetPackageReleaseAnswer: {
            /** @constant */
            ok: true;
            package_release: {
                package_release_id: string;
                package_name: string;
                package_name_with_version: string;
                version: string;
                commit_sha: string | null;
                is_locked: boolean;
                is_latest: boolean;
                /** Format: date-time */
                created_at: string;
                display_status: components["schemas"]["BuildStatus"];
                total_build_duration_ms: number | null;
                latest_build_id: string | null;
                stages: components["schemas"]["ReleaseStageView"][];
            } & {
                [key: string]: components["schemas"]["StageStatus"] | boolean | string | {
                    code: string;
                    message: string;
                } | components["schemas"]["LogLine"][] | null;
            };
        };
        GetPackageReleaseBody: {
            package_release_id?: string;
            package_name_with_version?: string;
            package_name?: string;
            /** @constant */
            is_latest?: true;
            /** @default false */
            include_logs?: boolean;
        };
        GetReadinessAnswer200: {
            /** @constant */
            status: "ready";
            request_id: string;
        };
        GetReadinessAnswer503: {
            /** @constant */
            status: "not_ready";
            /** @enum {string} */
            reason: "draining" | "migrations_pending" | "database_unreachable";
            request_id: string;
        };
        GetReleaseAnswer: {
            release_id: string;
            package: string;
            kind: components["schemas"]["PackageKind"];
            version: string;
            commit_sha: string | null;
            ref: string | null;
            locked: boolean;
            is_latest: boolean;
            display_status: components["schemas"]["BuildStatus"];
            total_build_duration_ms: number | null;
            latest_build: components["schemas"]["BuildSummary"] | null;
            stages: components["schemas"]["ReleaseStageView"][];
            created_by: components["schemas"]["Person"] | null;
            file_count: number;
            total_size: number;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            files: components["schemas"]["ReleaseFile"][];
            can_write: boolean;
            /** @constant */
            success: true;
            /** Format: date-time */
            timestamp: string;
            duration: number;
            request_id: string;
        } & {
            [key: string]: string | boolean | {
                [key: string]: unknown;
            } | unknown[] | null;
        };
        GetStatusAnswer: {
            /** @enum {string} */
            status: "ok" | "degraded";
            request_id: string;
            uptime_seconds?: number;
        } & {
            [key: string]: unknown;
        };
        GetWorkspaceAnswer: {
            workspace_id: string;
            slug: string;
            name: string;
            role: ("owner" | "member" | "viewer") | null;
            personal: boolean;
            package_count: number;
            /** Format: date-time */
            created_at: string;
            members: {
                handle: string;
                name: string;
                image: string | null;
                /** @enum {string} */
                role: "owner" | "member" | "viewer";
            }[];
            /** @constant */
            success: true;
            /** Format: date-time */
            timestamp: string;
            duration: number;
            request_id: string;
        };
        Labels: {
            [key: string]: string;
        };
        ListArtifactsAnswer: {
            artifacts: components["schemas"]["ArtifactView"][];
            count: number;
            total: number;
            next_cursor: null;
            /** @constant */
            success: true;
            /** Format: date-time */
            timestamp: string;
            duration: number;
            request_id: string;
        };
        ListAuditEntriesAnswer: {
            entries: {
                entry_id: string;
                action: string;
                subject: string;
                detail: {
                    [key: string]: string | null;
                };
                actor: components["schemas"]["Person"] | null;
                /** Format: date-time */
                created_at: string;
            }[];
            count: number;
            total: number;
            next_cursor: string | null;
            page?: number;
            page_size?: number;
            limit?: number;
            offset?: number;
            /** @constant */
            success: true;
            /** Format: date-time */
            timestamp: string;
            duration: number;
            request_id: string;
        };
        ListBuildsAnswer: {
            builds: components["schemas"]["BuildSummary"][];
            count: number;
            total: number;
            next_cursor: string | null;
            page?: number;
            page_size?: number;
            limit?: number;
            offset?: number;
            total_exact: boolean;
            /** @constant */
            success: true;
            /** Format: date-time */
            timestamp: string;
            duration: number;
            request_id: string;
        };
        ListChainsAnswer: {
            chains: {
                chain_id: number;
                name: string;
                testnet: boolean;
                unit: string;
                embedded: boolean;
                explorer_url: string | null;
                available: boolean;
                has_signer: boolean;
                signer: string | null;
            }[];
            count: number;
            total: number;
            next_cursor: null;
            /** @constant */
            success: true;
            /** Format: date-time */
            timestamp: string;
            duration: number;
            request_id: string;
        };
        ListExamplesAnswer: {
            examples: {
                slug: string;
                title: string;
                description: string;
                kind: components["schemas"]["PackageKind"];
            }[];
            count: number;
            total: number;
            next_cursor: null;
            /** @constant */
            success: true;
            /** Format: date-time */
            timestamp: string;
            duration: number;
            request_id: string;
        };
        ListPackageReleasesAnswer: {
            /** @constant */
            ok: true;
            package_releases: ({
                package_release_id: string;
                package_name: string;
                package_name_with_version: string;
                version: string;
                commit_sha: string | null;
                is_locked: boolean;
                is_latest: boolean;
                /** Format: date-time */
                created_at: string;
                display_status: components["schemas"]["BuildStatus"];
                total_build_duration_ms: number | null;
                latest_build_id: string | null;
                stages: components["schemas"]["ReleaseStageView"][];
            } & {
                [key: string]: components["schemas"]["StageStatus"] | boolean | string | {
                    code: string;
                    message: string;
                } | components["schemas"]["LogLine"][] | null;
            })[];
            next_cursor: string | null;
        };
        ListPackageReleasesBody: {
            package_name: string;
            is_latest?: boolean;
            /** @default 30 */
            limit?: number;
            cursor?: string;
        };
        ListPackagesAnswer: {
            packages: components["schemas"]["PackageView"][];
            count: number;
            total: number;
            next_cursor: string | null;
            page?: number;
            page_size?: number;
            limit?: number;
            offset?: number;
            /** @constant */
            success: true;
            /** Format: date-time */
            timestamp: string;
            duration: number;
            request_id: string;
        };
        ListReleasesAnswer: {
            releases: ({
                release_id: string;
                package: string;
                kind: components["schemas"]["PackageKind"];
                version: string;
                commit_sha: string | null;
                ref: string | null;
                locked: boolean;
                is_latest: boolean;
                display_status: components["schemas"]["BuildStatus"];
                total_build_duration_ms: number | null;
                latest_build: components["schemas"]["BuildSummary"] | null;
                stages: components["schemas"]["ReleaseStageView"][];
                created_by: components["schemas"]["Person"] | null;
                file_count: number;
                total_size: number;
                /** Format: date-time */
                created_at: string;
                /** Format: date-time */
                updated_at: string;
            } & {
                [key: string]: string | boolean | {
                    [key: string]: unknown;
                } | unknown[] | null;
            })[];
            count: number;
            total: number;
            next_cursor: string | null;
            page?: number;
            page_size?: number;
            limit?: number;
            offset?: number;
            /** @constant */
            success: true;
            /** Format: date-time */
            timestamp: string;
            duration: number;
            request_id: string;
        };
        ListWorkspacesAnswer: {
            workspaces: components["schemas"]["WorkspaceView"][];
            count: number;
            total: number;
            next_cursor: null;
            /** @constant */
            success: true;
            /** Format: date-time */
            timestamp: string;
            duration: number;
            request_id: string;
        };
        LockReleaseAnswer: {
            release_id: string;
            package: string;
            kind: components["schemas"]["PackageKind"];
            version: string;
            commit_sha: string | null;
            ref: string | null;
            locked: boolean;
            is_latest: boolean;
            display_status: components["schemas"]["BuildStatus"];
            total_build_duration_ms: number | null;
            latest_build: components["schemas"]["BuildSummary"] | null;
            stages: components["schemas"]["ReleaseStageView"][];
            created_by: components["schemas"]["Person"] | null;
            file_count: number;
            total_size: number;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            /** @constant */
            success: true;
            /** Format: date-time */
            timestamp: string;
            duration: number;
            request_id: string;
        };
        LockReleaseBody: {
            locked: boolean;
        };
        LogLine: {
            id: number;
            stage_line: number;
            stage: string;
            /** @enum {string} */
            stream: "stdout" | "stderr" | "system";
            /** Format: date-time */
            created_at: string;
            message: string;
        };
        /** @enum {string} */
        PackageKind: "circuit" | "contract" | "python" | "function" | "project";
        PackageRegistryError: {
            /** @constant */
            ok: false;
            error: {
                /** @enum {string} */
                error_code: "bad_request" | "unauthenticated" | "forbidden" | "not_found" | "code_not_available" | "audit_not_available" | "method_not_allowed" | "request_timeout" | "conflict" | "build_not_cancellable" | "build_in_progress" | "release_locked" | "version_taken" | "name_taken" | "idempotency_key_reused" | "payload_too_large" | "unsupported_media_type" | "range_not_satisfiable" | "validation_failed" | "mainnet_not_confirmed" | "no_signer" | "call_reverted" | "answer_not_readable" | "upgrade_required" | "too_many_requests" | "headers_too_large" | "internal" | "not_available" | "queue_full" | "safe_mode_enabled";
                message: string;
            };
            request_id: string;
        };
        PackageView: {
            package_id: string;
            package: string;
            workspace: string;
            name: string;
            kind: components["schemas"]["PackageKind"];
            /** @enum {string} */
            visibility: "private" | "public";
            description: string;
            labels: {
                [key: string]: string;
            };
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            owner: components["schemas"]["Person"] | null;
            release_count: number;
            build_count: number;
            latest_release: {
                version: string;
                release_id: string;
                display_status: components["schemas"]["BuildStatus"];
                /** Format: date-time */
                created_at: string;
            } | null;
            latest_build: components["schemas"]["BuildSummary"] | null;
            preview_url: string | null;
            can_write: boolean;
        };
        Person: {
            handle: string;
            name: string;
            image: string | null;
        };
        PlanRetentionAnswer: {
            retention_days: number;
            grace_hours: number;
            older_than: string | null;
            total: {
                count: number;
                log_bytes: number;
                artifact_count: number;
                artifact_bytes: number;
            };
            builds: {
                build_id: string;
                package: string;
                number: number;
                status: string;
                /** Format: date-time */
                completed_at: string;
                log_bytes: number;
                artifact_bytes: number;
            }[];
            blobs: {
                count: number;
                bytes: number;
            };
            expired: {
                sessions: number;
                idempotency_keys: number;
                rate_counters: number;
                tokens: number;
                outbox_events: number;
                workers: number;
            };
            /** @constant */
            success: true;
            /** Format: date-time */
            timestamp: string;
            duration: number;
            request_id: string;
        };
        Problem: {
            /** @constant */
            success: false;
            type: string;
            title: string;
            status: number;
            detail: string;
            /** @enum {string} */
            code: "bad_request" | "unauthenticated" | "forbidden" | "not_found" | "code_not_available" | "audit_not_available" | "method_not_allowed" | "request_timeout" | "conflict" | "build_not_cancellable" | "build_in_progress" | "release_locked" | "version_taken" | "name_taken" | "idempotency_key_reused" | "payload_too_large" | "unsupported_media_type" | "range_not_satisfiable" | "validation_failed" | "mainnet_not_confirmed" | "no_signer" | "call_reverted" | "answer_not_readable" | "upgrade_required" | "too_many_requests" | "headers_too_large" | "internal" | "not_available" | "queue_full" | "safe_mode_enabled";
            request_id: string;
            errors?: {
                path: string;
                message: string;
            }[];
        };
        ReadContractAnswer: {
            chain_id: number;
            address: string;
            function: string;
            block: number;
            outputs: {
                name: string;
                type: string;
                value: unknown;
            }[];
            /** @constant */
            success: true;
            /** Format: date-time */
            timestamp: string;
            duration: number;
            request_id: string;
        };
        ReadReleaseFileAnswer: {
            path: string;
            size: number;
            content: string | null;
            /** @constant */
            success: true;
            /** Format: date-time */
            timestamp: string;
            duration: number;
            request_id: string;
        };
        RebuildBuildAnswer: {
            build_id: string;
            release_id: string;
            package: string;
            number: number;
            status: components["schemas"]["BuildStatus"];
            /** Format: date-time */
            created_at: string;
            estimated_time: number | null;
            links: {
                self: string;
                html: string;
                logs: string;
                events: string;
                artifacts: string;
            };
            /** @constant */
            success: true;
            /** Format: date-time */
            timestamp: string;
            duration: number;
            request_id: string;
        };
        RebuildBuildBody: {
            /** @default stale */
            mode?: components["schemas"]["RebuildMode"];
            stages?: string[];
        };
        /** @enum {string} */
        RebuildMode: "stale" | "failed" | "all";
        RebuildPackageReleaseBody: {
            package_release_id: string;
            /** @default stale */
            mode?: components["schemas"]["RebuildMode"];
        };
        RebuildReleaseAnswer: {
            build_id: string;
            release_id: string;
            package: string;
            number: number;
            status: components["schemas"]["BuildStatus"];
            /** Format: date-time */
            created_at: string;
            estimated_time: number | null;
            links: {
                self: string;
                html: string;
                logs: string;
                events: string;
                artifacts: string;
            };
            /** @constant */
            success: true;
            /** Format: date-time */
            timestamp: string;
            duration: number;
            request_id: string;
        };
        RebuildReleaseBody: {
            /** @default stale */
            mode?: components["schemas"]["RebuildMode"];
            stages?: string[];
        };
        ReleaseFile: {
            path: string;
            size: number;
            sha256: string;
        };
        ReleaseStageView: {
            key: string;
            title: string;
            status: components["schemas"]["StageStatus"];
            cached: boolean;
            is_stale: boolean;
            stale_reason: string | null;
            error: {
                code: string;
                message: string;
            } | null;
            started_at: string | null;
            completed_at: string | null;
            duration_ms: number | null;
        };
        ReleaseView: {
            release_id: string;
            package: string;
            kind: components["schemas"]["PackageKind"];
            version: string;
            commit_sha: string | null;
            ref: string | null;
            locked: boolean;
            is_latest: boolean;
            display_status: components["schemas"]["BuildStatus"];
            total_build_duration_ms: number | null;
            latest_build: components["schemas"]["BuildSummary"] | null;
            stages: components["schemas"]["ReleaseStageView"][];
            created_by: components["schemas"]["Person"] | null;
            file_count: number;
            total_size: number;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
        };
        SourceLocation: {
            file: string;
            line?: number;
            column?: number;
            excerpt?: string;
        };
        StageDot: {
            key: string;
            title: string;
            status: components["schemas"]["StageStatus"];
            cached: boolean;
        };
        StageError: {
            code: string;
            message: string;
            location: components["schemas"]["SourceLocation"] | null;
            log_line: number | null;
        };
        StageFinding: {
            /** @enum {string} */
            severity: "error" | "warning";
            code: string;
            message: string;
            subject?: string;
            location?: components["schemas"]["SourceLocation"];
        };
        StageReport: {
            errorCount: number;
            warningCount: number;
            findings: components["schemas"]["StageFinding"][];
            facts: {
                [key: string]: string | number | boolean;
            };
        };
        /** @enum {string} */
        StageStatus: "pending" | "building" | "successful" | "failed" | "cancelled" | "skipped";
        StageView: {
            key: string;
            title: string;
            status: components["schemas"]["StageStatus"];
            cached: boolean;
            needs: string[];
            attempt: number;
            progress: number;
            reason: string | null;
            fingerprint: string | null;
            toolchain: {
                [key: string]: string;
            };
            error: components["schemas"]["StageError"] | null;
            report: components["schemas"]["StageReport"] | null;
            started_at: string | null;
            completed_at: string | null;
            duration_ms: number | null;
            log_lines: number;
            insecure: boolean;
            is_stale: boolean;
            stale_reason: string | null;
        };
        UpdatePackageAnswer: {
            package_id: string;
            package: string;
            workspace: string;
            name: string;
            kind: components["schemas"]["PackageKind"];
            /** @enum {string} */
            visibility: "private" | "public";
            description: string;
            labels: {
                [key: string]: string;
            };
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            owner: components["schemas"]["Person"] | null;
            release_count: number;
            build_count: number;
            latest_release: {
                version: string;
                release_id: string;
                display_status: components["schemas"]["BuildStatus"];
                /** Format: date-time */
                created_at: string;
            } | null;
            latest_build: components["schemas"]["BuildSummary"] | null;
            preview_url: string | null;
            can_write: boolean;
            /** @constant */
            success: true;
            /** Format: date-time */
            timestamp: string;
            duration: number;
            request_id: string;
        };
        UpdatePackageBody: {
            /** @enum {string} */
            visibility?: "private" | "public";
            description?: string;
            labels?: components["schemas"]["Labels"];
        };
        UpdateReleaseFilesAnswer: {
            build_id: string;
            release_id: string;
            package: string;
            number: number;
            status: components["schemas"]["BuildStatus"];
            /** Format: date-time */
            created_at: string;
            estimated_time: number | null;
            links: {
                self: string;
                html: string;
                logs: string;
                events: string;
                artifacts: string;
            };
            /** @constant */
            success: true;
            /** Format: date-time */
            timestamp: string;
            duration: number;
            request_id: string;
        };
        UpdateReleaseFilesBody: {
            /** @default [] */
            upsert?: components["schemas"]["FileInput"][];
            /** @default [] */
            remove?: string[];
        };
        WorkspaceView: {
            workspace_id: string;
            slug: string;
            name: string;
            role: ("owner" | "member" | "viewer") | null;
            personal: boolean;
            package_count: number;
            /** Format: date-time */
            created_at: string;
        };
    };
    responses: {
        "answer_not_readable.call_reverted.validation_failed": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 422;
                    /** @enum {unknown} */
                    code?: "answer_not_readable" | "call_reverted" | "validation_failed";
                };
            };
        };
        "audit_not_available.not_found": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 404;
                    /** @enum {unknown} */
                    code?: "audit_not_available" | "not_found";
                };
            };
        };
        "bad_request.uncounted": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 400;
                    /** @enum {unknown} */
                    code?: "bad_request";
                };
            };
        };
        build_in_progress: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 409;
                    /** @enum {unknown} */
                    code?: "build_in_progress";
                };
            };
        };
        "build_in_progress.idempotency_key_reused": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 409;
                    /** @enum {unknown} */
                    code?: "build_in_progress" | "idempotency_key_reused";
                };
            };
        };
        "build_in_progress.idempotency_key_reused.version_taken": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 409;
                    /** @enum {unknown} */
                    code?: "build_in_progress" | "idempotency_key_reused" | "version_taken";
                };
            };
        };
        "build_in_progress.release_locked": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 409;
                    /** @enum {unknown} */
                    code?: "build_in_progress" | "release_locked";
                };
            };
        };
        build_not_cancellable: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 409;
                    /** @enum {unknown} */
                    code?: "build_not_cancellable";
                };
            };
        };
        "code_not_available.not_found": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 404;
                    /** @enum {unknown} */
                    code?: "code_not_available" | "not_found";
                };
            };
        };
        forbidden: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 403;
                    /** @enum {unknown} */
                    code?: "forbidden";
                };
            };
        };
        "forbidden.uncounted": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 403;
                    /** @enum {unknown} */
                    code?: "forbidden";
                };
            };
        };
        idempotency_key_reused: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 409;
                    /** @enum {unknown} */
                    code?: "idempotency_key_reused";
                };
            };
        };
        "idempotency_key_reused.name_taken": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 409;
                    /** @enum {unknown} */
                    code?: "idempotency_key_reused" | "name_taken";
                };
            };
        };
        "idempotency_key_reused.version_taken": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 409;
                    /** @enum {unknown} */
                    code?: "idempotency_key_reused" | "version_taken";
                };
            };
        };
        internal: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 500;
                    /** @enum {unknown} */
                    code?: "internal";
                };
            };
        };
        "internal.uncounted": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 500;
                    /** @enum {unknown} */
                    code?: "internal";
                };
            };
        };
        "mainnet_not_confirmed.no_signer.validation_failed": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 422;
                    /** @enum {unknown} */
                    code?: "mainnet_not_confirmed" | "no_signer" | "validation_failed";
                };
            };
        };
        not_available: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 503;
                    /** @enum {unknown} */
                    code?: "not_available";
                };
            };
        };
        "not_available.queue_full.safe_mode_enabled": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 503;
                    /** @enum {unknown} */
                    code?: "not_available" | "queue_full" | "safe_mode_enabled";
                };
            };
        };
        not_found: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 404;
                    /** @enum {unknown} */
                    code?: "not_found";
                };
            };
        };
        "payload_too_large.uncounted": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 413;
                    /** @enum {unknown} */
                    code?: "payload_too_large";
                };
            };
        };
        range_not_satisfiable: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 416;
                    /** @enum {unknown} */
                    code?: "range_not_satisfiable";
                };
            };
        };
        "registry.bad_request.uncounted": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["PackageRegistryError"];
            };
        };
        "registry.build_in_progress.idempotency_key_reused": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["PackageRegistryError"];
            };
        };
        "registry.forbidden": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["PackageRegistryError"];
            };
        };
        "registry.internal": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["PackageRegistryError"];
            };
        };
        "registry.not_available": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["PackageRegistryError"];
            };
        };
        "registry.not_found": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["PackageRegistryError"];
            };
        };
        "registry.payload_too_large.uncounted": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["PackageRegistryError"];
            };
        };
        "registry.too_many_requests": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["PackageRegistryError"];
            };
        };
        "registry.unauthenticated.uncounted": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["PackageRegistryError"];
            };
        };
        "registry.unsupported_media_type.uncounted": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["PackageRegistryError"];
            };
        };
        "registry.validation_failed": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["PackageRegistryError"];
            };
        };
        too_many_requests: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 429;
                    /** @enum {unknown} */
                    code?: "too_many_requests";
                };
            };
        };
        "unauthenticated.uncounted": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 401;
                    /** @enum {unknown} */
                    code?: "unauthenticated";
                };
            };
        };
        "unsupported_media_type.uncounted": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 415;
                    /** @enum {unknown} */
                    code?: "unsupported_media_type";
                };
            };
        };
        upgrade_required: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 426;
                    /** @enum {unknown} */
                    code?: "upgrade_required";
                };
            };
        };
        validation_failed: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 422;
                    /** @enum {unknown} */
                    code?: "validation_failed";
                };
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: {
        "X-Request-Id": string;
        "RateLimit-Limit": number;
        "RateLimit-Remaining": number;
        "RateLimit-Reset": number;
        "Retry-After": number;
        "Idempotency-Replayed": "true";
        "WWW-Authenticate": string;
        ETag: string;
        "Accept-Ranges": string;
        "Content-Range": string;
        "Content-Disposition": string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    get_health: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetHealthAnswer"];
                };
            };
            500: components["responses"]["internal.uncounted"];
        };
    };
    get_liveness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetHealthAnswer"];
                };
            };
            500: components["responses"]["internal.uncounted"];
        };
    };
    get_readiness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetReadinessAnswer200"];
                };
            };
            500: components["responses"]["internal.uncounted"];
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetReadinessAnswer503"];
                };
            };
        };
    };
    get_status: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetStatusAnswer"];
                };
            };
            500: components["responses"]["internal.uncounted"];
        };
    };
    get_openapi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            500: components["responses"]["internal.uncounted"];
        };
    };
    get_package_release: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GetPackageReleaseBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetPackageReleaseAnswer"];
                };
            };
            400: components["responses"]["registry.bad_request.uncounted"];
            401: components["responses"]["registry.unauthenticated.uncounted"];
            403: components["responses"]["registry.forbidden"];
            404: components["responses"]["registry.not_found"];
            413: components["responses"]["registry.payload_too_large.uncounted"];
            415: components["responses"]["registry.unsupported_media_type.uncounted"];
            422: components["responses"]["registry.validation_failed"];
            429: components["responses"]["registry.too_many_requests"];
            500: components["responses"]["registry.internal"];
            503: components["responses"]["registry.not_available"];
        };
    };
    list_package_releases: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ListPackageReleasesBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListPackageReleasesAnswer"];
                };
            };
            400: components["responses"]["registry.bad_request.uncounted"];
            401: components["responses"]["registry.unauthenticated.uncounted"];
            403: components["responses"]["registry.forbidden"];
            404: components["responses"]["registry.not_found"];
            413: components["responses"]["registry.payload_too_large.uncounted"];
            415: components["responses"]["registry.unsupported_media_type.uncounted"];
            422: components["responses"]["registry.validation_failed"];
            429: components["responses"]["registry.too_many_requests"];
            500: components["responses"]["registry.internal"];
            503: components["responses"]["registry.not_available"];
        };
    };
    rebuild_package_release: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RebuildPackageReleaseBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetPackageReleaseAnswer"];
                };
            };
            400: components["responses"]["registry.bad_request.uncounted"];
            401: components["responses"]["registry.unauthenticated.uncounted"];
            403: components["responses"]["registry.forbidden"];
            404: components["responses"]["registry.not_found"];
            409: components["responses"]["registry.build_in_progress.idempotency_key_reused"];
            413: components["responses"]["registry.payload_too_large.uncounted"];
            415: components["responses"]["registry.unsupported_media_type.uncounted"];
            422: components["responses"]["registry.validation_failed"];
            429: components["responses"]["registry.too_many_requests"];
            500: components["responses"]["registry.internal"];
            503: components["responses"]["registry.not_available"];
        };
    };
    get_activity: {
        parameters: {
            query?: {
                workspace?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetActivityAnswer"];
                };
            };
            401: components["responses"]["unauthenticated.uncounted"];
            422: components["responses"]["validation_failed"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["not_available"];
        };
    };
    plan_retention: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlanRetentionAnswer"];
                };
            };
            401: components["responses"]["unauthenticated.uncounted"];
            403: components["responses"]["forbidden"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["not_available"];
        };
    };
    get_job_stats: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetJobStatsAnswer"];
                };
            };
            401: components["responses"]["unauthenticated.uncounted"];
            403: components["responses"]["forbidden"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["not_available"];
        };
    };
    list_builds: {
        parameters: {
            query?: {
                status?: string[];
                kind?: "circuit" | "contract" | "python" | "function" | "project";
                package?: string;
                workspace?: string;
                release_id?: string;
                trigger?: "push" | "rebuild" | "api" | "files_changed";
                ref?: string;
                third_party_id?: string;
                parser_id?: string;
                label?: {
                    [key: string]: string;
                };
                q?: string;
                created_after?: string;
                created_before?: string;
                page?: number;
                page_size?: number;
                limit?: number;
                offset?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListBuildsAnswer"];
                };
            };
            401: components["responses"]["unauthenticated.uncounted"];
            422: components["responses"]["validation_failed"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["not_available"];
        };
    };
    create_build: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateBuildBody"];
                "multipart/form-data": {
                    kind: string;
                    package: string;
                    visibility?: string;
                    labels?: string;
                    version?: string;
                    commit_sha?: string;
                    ref?: string;
                    options?: string;
                    /** Format: binary */
                    archive: string;
                };
            };
        };
        responses: {
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreateBuildAnswer"];
                };
            };
            400: components["responses"]["bad_request.uncounted"];
            401: components["responses"]["unauthenticated.uncounted"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            409: components["responses"]["build_in_progress.idempotency_key_reused.version_taken"];
            413: components["responses"]["payload_too_large.uncounted"];
            415: components["responses"]["unsupported_media_type.uncounted"];
            422: components["responses"]["mainnet_not_confirmed.no_signer.validation_failed"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["not_available.queue_full.safe_mode_enabled"];
        };
    };
    get_build: {
        parameters: {
            query?: {
                tail?: number;
            };
            header?: never;
            path: {
                build_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetBuildAnswer"];
                };
            };
            400: components["responses"]["bad_request.uncounted"];
            401: components["responses"]["unauthenticated.uncounted"];
            404: components["responses"]["not_found"];
            422: components["responses"]["validation_failed"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["not_available"];
        };
    };
    delete_build: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                build_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CancelBuildAnswer"];
                };
            };
            400: components["responses"]["bad_request.uncounted"];
            401: components["responses"]["unauthenticated.uncounted"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            409: components["responses"]["build_not_cancellable"];
            413: components["responses"]["payload_too_large.uncounted"];
            415: components["responses"]["unsupported_media_type.uncounted"];
            422: components["responses"]["validation_failed"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["not_available"];
        };
    };
    list_artifacts: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                build_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListArtifactsAnswer"];
                };
            };
            400: components["responses"]["bad_request.uncounted"];
            401: components["responses"]["unauthenticated.uncounted"];
            404: components["responses"]["not_found"];
            422: components["responses"]["validation_failed"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["not_available"];
        };
    };
    download_artifacts: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                build_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "Content-Disposition": components["headers"]["Content-Disposition"];
                    [name: string]: unknown;
                };
                content: {
                    "application/zip": unknown;
                };
            };
            400: components["responses"]["bad_request.uncounted"];
            401: components["responses"]["unauthenticated.uncounted"];
            404: components["responses"]["not_found"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["not_available"];
        };
    };
    download_artifact: {
        parameters: {
            query?: {
                download?: string;
            };
            header?: {
                Range?: string;
                "If-None-Match"?: string;
            };
            path: {
                build_id: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    ETag: components["headers"]["ETag"];
                    "Accept-Ranges": components["headers"]["Accept-Ranges"];
                    "Content-Disposition": components["headers"]["Content-Disposition"];
                    [name: string]: unknown;
                };
                content: {
                    "*/*": unknown;
                };
            };
            206: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    ETag: components["headers"]["ETag"];
                    "Accept-Ranges": components["headers"]["Accept-Ranges"];
                    "Content-Range": components["headers"]["Content-Range"];
                    [name: string]: unknown;
                };
                content: {
                    "*/*": unknown;
                };
            };
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["bad_request.uncounted"];
            401: components["responses"]["unauthenticated.uncounted"];
            404: components["responses"]["not_found"];
            416: components["responses"]["range_not_satisfiable"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["not_available"];
        };
    };
    get_audit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                build_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetAuditAnswer"];
                };
            };
            400: components["responses"]["bad_request.uncounted"];
            401: components["responses"]["unauthenticated.uncounted"];
            404: components["responses"]["audit_not_available.not_found"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["not_available"];
        };
    };
    cancel_build: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                build_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CancelBuildAnswer"];
                };
            };
            400: components["responses"]["bad_request.uncounted"];
            401: components["responses"]["unauthenticated.uncounted"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            409: components["responses"]["build_not_cancellable"];
            413: components["responses"]["payload_too_large.uncounted"];
            415: components["responses"]["unsupported_media_type.uncounted"];
            422: components["responses"]["validation_failed"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["not_available"];
        };
    };
    compare_build: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                build_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CompareBuildAnswer"];
                };
            };
            400: components["responses"]["bad_request.uncounted"];
            401: components["responses"]["unauthenticated.uncounted"];
            404: components["responses"]["not_found"];
            422: components["responses"]["validation_failed"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["not_available"];
        };
    };
    download_code: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                build_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "Content-Disposition": components["headers"]["Content-Disposition"];
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": unknown;
                    "text/javascript": unknown;
                    "application/zip": unknown;
                };
            };
            400: components["responses"]["bad_request.uncounted"];
            401: components["responses"]["unauthenticated.uncounted"];
            404: components["responses"]["code_not_available.not_found"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["not_available"];
        };
    };
    read_contract: {
        parameters: {
            query?: {
                chain_id?: number;
                contract?: string;
                function?: string;
                args?: unknown[];
            };
            header?: never;
            path: {
                build_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReadContractAnswer"];
                };
            };
            400: components["responses"]["bad_request.uncounted"];
            401: components["responses"]["unauthenticated.uncounted"];
            404: components["responses"]["not_found"];
            422: components["responses"]["answer_not_readable.call_reverted.validation_failed"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["not_available"];
        };
    };
    deploy_build: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                build_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeployBuildBody"];
            };
        };
        responses: {
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeployBuildAnswer"];
                };
            };
            400: components["responses"]["bad_request.uncounted"];
            401: components["responses"]["unauthenticated.uncounted"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            409: components["responses"]["build_in_progress.idempotency_key_reused"];
            413: components["responses"]["payload_too_large.uncounted"];
            415: components["responses"]["unsupported_media_type.uncounted"];
            422: components["responses"]["mainnet_not_confirmed.no_signer.validation_failed"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["not_available.queue_full.safe_mode_enabled"];
        };
    };
    follow_build: {
        parameters: {
            query?: {
                after_id?: number;
            };
            header?: {
                "Last-Event-ID"?: string;
                Accept?: string;
            };
            path: {
                build_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": components["schemas"]["BuildEvent"];
                    "text/event-stream": string;
                };
            };
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["bad_request.uncounted"];
            401: components["responses"]["unauthenticated.uncounted"];
            404: components["responses"]["not_found"];
            422: components["responses"]["validation_failed"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["not_available"];
        };
    };
    get_build_logs: {
        parameters: {
            query?: {
                stage?: string;
                after_id?: number;
                from_stage_line?: number;
                limit?: number;
                q?: string;
                download?: string;
            };
            header?: {
                Accept?: string;
            };
            path: {
                build_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetBuildLogsAnswer"];
                    "text/plain": string;
                };
            };
            400: components["responses"]["bad_request.uncounted"];
            401: components["responses"]["unauthenticated.uncounted"];
            404: components["responses"]["not_found"];
            422: components["responses"]["validation_failed"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["not_available"];
        };
    };
    rebuild_build: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                build_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RebuildBuildBody"];
            };
        };
        responses: {
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RebuildBuildAnswer"];
                };
            };
            400: components["responses"]["bad_request.uncounted"];
            401: components["responses"]["unauthenticated.uncounted"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            409: components["responses"]["build_in_progress.idempotency_key_reused"];
            413: components["responses"]["payload_too_large.uncounted"];
            415: components["responses"]["unsupported_media_type.uncounted"];
            422: components["responses"]["validation_failed"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["not_available.queue_full.safe_mode_enabled"];
        };
    };
    open_build_socket: {
        parameters: {
            query?: {
                after_id?: number;
            };
            header?: {
                "Sec-WebSocket-Protocol"?: string;
            };
            path: {
                build_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            101: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["bad_request.uncounted"];
            401: components["responses"]["unauthenticated.uncounted"];
            404: components["responses"]["not_found"];
            422: components["responses"]["validation_failed"];
            426: components["responses"]["upgrade_required"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["not_available"];
        };
    };
    list_chains: {
        parameters: {
            query?: {
                workspace?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListChainsAnswer"];
                };
            };
            401: components["responses"]["unauthenticated.uncounted"];
            404: components["responses"]["not_found"];
            422: components["responses"]["validation_failed"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["not_available"];
        };
    };
    list_examples: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListExamplesAnswer"];
                };
            };
            401: components["responses"]["unauthenticated.uncounted"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["not_available"];
        };
    };
    build_example: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                slug: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BuildExampleAnswer"];
                };
            };
            400: components["responses"]["bad_request.uncounted"];
            401: components["responses"]["unauthenticated.uncounted"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            409: components["responses"]["idempotency_key_reused"];
            413: components["responses"]["payload_too_large.uncounted"];
            415: components["responses"]["unsupported_media_type.uncounted"];
            422: components["responses"]["validation_failed"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["not_available.queue_full.safe_mode_enabled"];
        };
    };
    get_me: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetMeAnswer"];
                };
            };
            401: components["responses"]["unauthenticated.uncounted"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["not_available"];
        };
    };
    list_packages: {
        parameters: {
            query?: {
                workspace?: string;
                q?: string;
                kind?: "circuit" | "contract" | "python" | "function" | "project";
                page?: number;
                page_size?: number;
                limit?: number;
                offset?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListPackagesAnswer"];
                };
            };
            401: components["responses"]["unauthenticated.uncounted"];
            422: components["responses"]["validation_failed"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["not_available"];
        };
    };
    create_package: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreatePackageBody"];
            };
        };
        responses: {
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatePackageAnswer"];
                };
            };
            400: components["responses"]["bad_request.uncounted"];
            401: components["responses"]["unauthenticated.uncounted"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            409: components["responses"]["idempotency_key_reused.name_taken"];
            413: components["responses"]["payload_too_large.uncounted"];
            415: components["responses"]["unsupported_media_type.uncounted"];
            422: components["responses"]["validation_failed"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["not_available"];
        };
    };
    get_package: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                owner: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetPackageAnswer"];
                };
            };
            400: components["responses"]["bad_request.uncounted"];
            401: components["responses"]["unauthenticated.uncounted"];
            404: components["responses"]["not_found"];
            422: components["responses"]["validation_failed"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["not_available"];
        };
    };
    delete_package: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                owner: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeletePackageAnswer"];
                };
            };
            400: components["responses"]["bad_request.uncounted"];
            401: components["responses"]["unauthenticated.uncounted"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            409: components["responses"]["build_in_progress"];
            413: components["responses"]["payload_too_large.uncounted"];
            415: components["responses"]["unsupported_media_type.uncounted"];
            422: components["responses"]["validation_failed"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["not_available"];
        };
    };
    update_package: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                owner: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["UpdatePackageBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UpdatePackageAnswer"];
                };
            };
            400: components["responses"]["bad_request.uncounted"];
            401: components["responses"]["unauthenticated.uncounted"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            413: components["responses"]["payload_too_large.uncounted"];
            415: components["responses"]["unsupported_media_type.uncounted"];
            422: components["responses"]["validation_failed"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["not_available"];
        };
    };
    list_releases: {
        parameters: {
            query?: {
                page?: number;
                page_size?: number;
                limit?: number;
                offset?: number;
                cursor?: string;
            };
            header?: never;
            path: {
                owner: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListReleasesAnswer"];
                };
            };
            400: components["responses"]["bad_request.uncounted"];
            401: components["responses"]["unauthenticated.uncounted"];
            404: components["responses"]["not_found"];
            422: components["responses"]["validation_failed"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["not_available"];
        };
    };
    create_release: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                owner: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateReleaseBody"];
                "multipart/form-data": {
                    version?: string;
                    commit_sha?: string;
                    ref?: string;
                    options?: string;
                    /** Format: binary */
                    archive: string;
                };
            };
        };
        responses: {
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreateReleaseAnswer"];
                };
            };
            400: components["responses"]["bad_request.uncounted"];
            401: components["responses"]["unauthenticated.uncounted"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            409: components["responses"]["idempotency_key_reused.version_taken"];
            413: components["responses"]["payload_too_large.uncounted"];
            415: components["responses"]["unsupported_media_type.uncounted"];
            422: components["responses"]["validation_failed"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["not_available.queue_full.safe_mode_enabled"];
        };
    };
    get_release: {
        parameters: {
            query?: {
                include_logs?: boolean;
            };
            header?: never;
            path: {
                release_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetReleaseAnswer"];
                };
            };
            400: components["responses"]["bad_request.uncounted"];
            401: components["responses"]["unauthenticated.uncounted"];
            404: components["responses"]["not_found"];
            422: components["responses"]["validation_failed"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["not_available"];
        };
    };
    lock_release: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                release_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LockReleaseBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LockReleaseAnswer"];
                };
            };
            400: components["responses"]["bad_request.uncounted"];
            401: components["responses"]["unauthenticated.uncounted"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            413: components["responses"]["payload_too_large.uncounted"];
            415: components["responses"]["unsupported_media_type.uncounted"];
            422: components["responses"]["validation_failed"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["not_available"];
        };
    };
    read_release_file: {
        parameters: {
            query?: {
                path?: string;
            };
            header?: never;
            path: {
                release_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReadReleaseFileAnswer"];
                };
            };
            400: components["responses"]["bad_request.uncounted"];
            401: components["responses"]["unauthenticated.uncounted"];
            404: components["responses"]["not_found"];
            422: components["responses"]["validation_failed"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["not_available"];
        };
    };
    update_release_files: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                release_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateReleaseFilesBody"];
            };
        };
        responses: {
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UpdateReleaseFilesAnswer"];
                };
            };
            400: components["responses"]["bad_request.uncounted"];
            401: components["responses"]["unauthenticated.uncounted"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            409: components["responses"]["build_in_progress.release_locked"];
            413: components["responses"]["payload_too_large.uncounted"];
            415: components["responses"]["unsupported_media_type.uncounted"];
            422: components["responses"]["validation_failed"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["not_available.queue_full.safe_mode_enabled"];
        };
    };
    download_release_files: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                release_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "Content-Disposition": components["headers"]["Content-Disposition"];
                    [name: string]: unknown;
                };
                content: {
                    "application/zip": unknown;
                };
            };
            400: components["responses"]["bad_request.uncounted"];
            401: components["responses"]["unauthenticated.uncounted"];
            404: components["responses"]["not_found"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["not_available"];
        };
    };
    rebuild_release: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                release_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RebuildReleaseBody"];
            };
        };
        responses: {
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RebuildReleaseAnswer"];
                };
            };
            400: components["responses"]["bad_request.uncounted"];
            401: components["responses"]["unauthenticated.uncounted"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            409: components["responses"]["build_in_progress.idempotency_key_reused"];
            413: components["responses"]["payload_too_large.uncounted"];
            415: components["responses"]["unsupported_media_type.uncounted"];
            422: components["responses"]["validation_failed"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["not_available.queue_full.safe_mode_enabled"];
        };
    };
    list_workspaces: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListWorkspacesAnswer"];
                };
            };
            401: components["responses"]["unauthenticated.uncounted"];
            403: components["responses"]["forbidden"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["not_available"];
        };
    };
    get_workspace: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetWorkspaceAnswer"];
                };
            };
            400: components["responses"]["bad_request.uncounted"];
            401: components["responses"]["unauthenticated.uncounted"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            422: components["responses"]["validation_failed"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["not_available"];
        };
    };
    list_audit_entries: {
        parameters: {
            query?: {
                page?: number;
                page_size?: number;
                limit?: number;
                offset?: number;
                cursor?: string;
            };
            header?: never;
            path: {
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListAuditEntriesAnswer"];
                };
            };
            400: components["responses"]["bad_request.uncounted"];
            401: components["responses"]["unauthenticated.uncounted"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            422: components["responses"]["validation_failed"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["not_available"];
        };
    };
    get_metrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            401: components["responses"]["unauthenticated.uncounted"];
            403: components["responses"]["forbidden.uncounted"];
            500: components["responses"]["internal.uncounted"];
        };
    };
}
