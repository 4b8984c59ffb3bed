import NextAuth from "next-auth";
import { findAuth } from "~/server/auth/auth-bridge";
import { createAuthOptions } from "~/server/auth/next-auth-options";

type Context = { params: Promise<{ nextauth: string[] }> };

async function handle(request: Request, context: Context): Promise<Response> {
  const bridge = findAuth();
  if (bridge === null) return Response.json({ error: "Signing in needs the Slipway server around the pages." }, { status: 503 });
  const handler: (request: Request, context: Context) => Promise<Response> = NextAuth(createAuthOptions({ bridge, headers: request.headers }));
  return handler(request, context);
}

export { handle as GET, handle as POST };
